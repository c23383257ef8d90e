"""The preview: a saved file shows, a slip leaves its errors on every page, and both reload."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from gongkai.html.artifacts import Artifact, Sort
from gongkai.publishing.preview import Preview
from portal_fixture import SEED, TWO_REPORTS, Portal, copy_portal

PATIENCE = 60
REPORT = f"reports/{SEED}/"
FILE = f"data/agencies/{SEED}.yaml"


@contextmanager
def serving(portal: Portal) -> Iterator[str]:
    """The preview of a portal, at an address that ends in a slash."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    dropped = ("GONGKAI_", "PYTHONPATH")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(dropped)}
    settings = {"GONGKAI_PREVIEW": "true", "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    command = (sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}")
    with subprocess.Popen(
        command,
        cwd=portal.root,
        env=kept | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def until(address: str, holds: Callable[[str], bool]) -> str:
    """The page, as soon as it is as it should be."""
    text = ""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
                text = answer.read().decode()
        except (HTTPError, URLError, ConnectionError):
            text = ""
        if holds(text):
            return text
        time.sleep(0.1)
    raise AssertionError(text[:2000] or "there is no answer")


@pytest.mark.site
def test_what_is_saved_shows_and_a_slip_stops_nothing(tmp_path: Path) -> None:
    portal = copy_portal(tmp_path, TWO_REPORTS)
    good = (portal.root / FILE).read_text("utf-8")
    with serving(portal) as address:
        until(address + REPORT, lambda text: "一、总体情况" in text)
        portal.replace(FILE, "临翔区政务服务管理局始终", "本局一直")
        until(address + REPORT, lambda text: "本局一直" in text)
        for place in ("search/data/catalogue.js", "years/2021/figures.csv", "regions/530902/2021/"):
            until(address + place, bool)

        portal.put(FILE, good + "坏的: [1\n")
        for place in ("", REPORT, "agencies/linxiang-zwfwj/", "no/such/page/"):
            slip = until(address + place, lambda text: "数据有 1 处错误" in text)
            assert FILE in slip, place
            assert "livereload(" in slip, place

        portal.put(FILE, good)
        text = until(address + REPORT, lambda text: "一、总体情况" in text)
        assert "处错误" not in text
        assert "livereload(" in text


def artifact(path: str, content: bytes = b"content") -> Artifact:
    return Artifact(path, Sort.PAGE, lambda: content)


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    found = Preview()
    late = {"late/": lambda: [artifact("late/one.js"), artifact("late/two.js")]}
    found.offer(tmp_path, [artifact("a/b/index.html"), artifact("c.html")], late)
    return found


def test_only_what_is_asked_for_is_made(preview: Preview, tmp_path: Path) -> None:
    for path in ("a/b/", "a/b", "a/b/index.html"):
        assert preview.put(path)
    assert (tmp_path / "a/b/index.html").read_bytes() == b"content"
    assert not (tmp_path / "c.html").exists()
    assert not (tmp_path / "late").exists()


def test_what_comes_late_is_told_when_asked_for(preview: Preview, tmp_path: Path) -> None:
    assert preview.put("late/two.js")
    assert not (tmp_path / "late/one.js").exists()
    assert preview.put("late/one.js")
    assert not preview.put("late/three.js")


def test_what_is_not_there_is_not_made_up(preview: Preview) -> None:
    assert not preview.put("x/")
    assert not preview.put("")


def test_browsers_wait_while_the_site_is_built(preview: Preview, tmp_path: Path) -> None:
    preview.begin()
    found: list[bool] = []
    waiting = Thread(target=lambda: found.append(preview.put("new/")))
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    preview.offer(tmp_path, [artifact("new/index.html")], {})
    waiting.join(PATIENCE)
    assert found == [True]


def test_nobody_waits_for_a_build_that_failed(preview: Preview) -> None:
    preview.begin()
    preview.end()
    assert preview.put("c.html")
