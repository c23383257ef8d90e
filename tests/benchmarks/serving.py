"""`manage.py serve` as a clerk uses it: from saving a file to the page that shows it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from workshop import ROOT, Project, edit, environment, report_file

_PATIENCE = 600.0
_EVERY = 0.02
_SETTLE = 1.0
"""Seconds between the first page and the first edit: the watcher must stand."""


@dataclass(frozen=True, slots=True)
class Served:
    """Seconds until a preview shows something."""

    start: float
    """From the command to the first page."""
    edits: tuple[float, ...]
    """From saving a file to its page, for each edit."""


def can_serve() -> bool:
    """Whether the project has a ready environment: the benchmark must not install one."""
    return (ROOT / ".venv/installed-lock").is_file()


def time_serving(project: Project, edits: int) -> Served:
    """Start the preview of a project, and edit one report some times."""
    path = report_file(project)
    page = f"reports/{path.parent.name}/{path.stem}/"
    begin = time.perf_counter()
    with _served(project) as address:
        before = _wait(f"{address}/{page}", "<html", 0)
        start = time.perf_counter() - begin
        found = []
        for _ in range(edits):
            time.sleep(_SETTLE)
            figure = edit(path)
            saved = time.perf_counter()
            sign = f">{figure}<"
            before = _wait(f"{address}/{page}", sign, before.count(sign))
            found.append(time.perf_counter() - saved)
    return Served(start, tuple(found))


@contextmanager
def _served(project: Project) -> Iterator[str]:
    link = project.folder / ".venv"
    if not link.exists():
        link.symlink_to(ROOT / ".venv")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    own = {**os.environ, **environment(project)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command,
        cwd=project.folder,
        env=own,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def _wait(address: str, sign: str, count: int) -> str:
    """Ask for a page until it has a sign more often than before; return the page."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310 - our own server
                page = str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            page = ""
        if page.count(sign) > count:
            return page
        time.sleep(_EVERY)
    raise TimeoutError(address)
