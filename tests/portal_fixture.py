"""Portals built for the tests, and a server and a browser to look at them."""

import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import fonts
import pytest
from gongkai.data import dataset
from gongkai.data.dataset import Dataset
from lxml import html
from playwright.sync_api import Browser, Error, Playwright, sync_playwright
from portal_data import DATA, ROOT, copy_data

PREFIX = "/a/b/"
SITE_URL = f"https://example.org{PREFIX}"
SEED = "linxiang-zwfwj/2021"
BUILD_SECONDS = 300
TWO_REPORTS = (SEED, "pingtan-shehui/2021")

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Portal:
    """A folder with all that a portal is built from."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def put(self, place: str, text: str) -> None:
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def replace(self, place: str, old: str, new: str) -> None:
        text = (self.root / place).read_text("utf-8")
        assert old in text, f"{place} does not have: {old}"
        self.put(place, text.replace(old, new, 1))

    def build(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Build the site as the publisher does; all that is said stands in `stdout`."""
        dropped = ("GONGKAI_", "PYTHONPATH")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(dropped)}
        settings = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", *options],
            cwd=self.root,
            env=kept | settings | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@dataclass(frozen=True)
class Built:
    """A portal that has been built."""

    portal: Portal
    process: subprocess.CompletedProcess[str]

    @cached_property
    def dataset(self) -> Dataset:
        return dataset.load(self.portal.root / "data")

    @cached_property
    def pages(self) -> dict[str, html.HtmlElement]:
        """Every page of the site, parsed, by its file."""
        site = self.portal.site
        return {
            path.relative_to(site).as_posix(): html.document_fromstring(path.read_bytes())
            for path in sorted(site.rglob("*.html"))
        }


def copy_portal(folder: Path, reports: Sequence[str] | None = None) -> Portal:
    """Copy the portal into a folder, with all reports or with those named `slug/year`."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    copy_data(folder)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if reports is not None:
        agencies = folder / "data/agencies"
        shutil.rmtree(agencies)
        for report in reports:
            origin = DATA / "agencies" / f"{report}.yaml"
            target = agencies / origin.parent.name
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, target)
            shutil.copy(origin.parent / "agency.yaml", target)
    return Portal(folder)


def built(portal: Portal, **environment: str) -> Built:
    """Build a portal that must come out well."""
    process = portal.build(**environment)
    assert process.returncode == 0, process.stdout
    return Built(portal, process)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep the other processes of the run out, for as long as a build may take at most."""
    end = time.monotonic() + BUILD_SECONDS
    while time.monotonic() < end:
        with suppress(FileExistsError):
            lock.mkdir()
            break
        time.sleep(0.1)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            lock.rmdir()


def built_once(
    factory: pytest.TempPathFactory,
    name: str,
    copy: Callable[[Path], Portal] = copy_portal,
    **environment: str,
) -> Built:
    """Build a portal, or take what another process of the same run has built of that name."""
    own = factory.getbasetemp()
    portal = Portal((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name)
    said = portal.root / "process.pickle"
    with alone(portal.root.with_suffix(".lock")):
        if not said.exists():
            made = built(copy(portal.root), **environment)
            said.write_bytes(pickle.dumps(made.process))
    return Built(portal, pickle.loads(said.read_bytes()))  # noqa: S301 - written above


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The portal with all its reports, as it is published below a path of a server."""
    return built_once(tmp_path_factory, "portal", GONGKAI_SITE_URL=SITE_URL)


@pytest.fixture(scope="session")
def offline_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The portal, built to be opened from a folder on disk."""
    return built_once(tmp_path_factory, "offline", GONGKAI_DIRECTORY_URLS="false")


Variant = Callable[..., Portal]
Browsers = Callable[[str], Browser]


@pytest.fixture
def variant(tmp_path: Path) -> Variant:
    """Make small portals of a few real reports, with files put in place of theirs."""

    def make(
        reports: Sequence[str] = TWO_REPORTS, files: Mapping[str, str] | None = None
    ) -> Portal:
        portal = copy_portal(tmp_path / f"variant-{len(list(tmp_path.iterdir()))}", reports)
        for place, text in (files or {}).items():
            portal.put(place, text)
        return portal

    return make


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site at the root and below `PREFIX`, with its own page for what is missing."""

    def __init__(self, *arguments: Any, headers: Mapping[str, str], **options: Any) -> None:  # noqa: ANN401 - the base's
        self.extra_headers = headers
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + urlsplit(path).path.removeprefix(PREFIX).lstrip("/"))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in self.extra_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass


@contextmanager
def serving(folder: Path, **headers: str) -> Iterator[str]:
    """Serve a folder on this machine and give its address, without a slash at the end."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    handler = partial(_Handler, directory=str(folder), headers=named)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def served(site: Built) -> Iterator[str]:
    """The address at which the real portal is served."""
    with serving(site.portal.site) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What launches browsers."""
    with sync_playwright() as launcher:
        yield launcher


@contextmanager
def launched(playwright: Playwright, **options: Any) -> Iterator[Browser]:  # noqa: ANN401 - Playwright's
    """Launch a browser without a window; where there is none, leave the test out, but not in CI."""
    found = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    path = os.environ.get("GONGKAI_BROWSER", found)
    try:
        browser = playwright.chromium.launch(
            executable_path=path or None, args=BROWSER_ARGUMENTS, **options
        )
    except Error as error:
        message = f"no browser can be launched: {error.message.splitlines()[0]}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A browser with the fonts of the machine."""
    with launched(playwright) as found:
        yield found


@pytest.fixture(scope="session")
def browsers(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browsers]:
    """Give a browser for each set of fonts, launched when it is first asked for."""
    with ExitStack() as stack:

        @cache
        def give(name: str) -> Browser:
            folder = tmp_path_factory.mktemp(name)
            environment = fonts.environment(folder, fonts.SETS[name])
            return stack.enter_context(launched(playwright, env=environment))

        def checked(name: str) -> Browser:
            found = give(name)
            fonts.require(found, fonts.SETS[name])
            return found

        yield checked
