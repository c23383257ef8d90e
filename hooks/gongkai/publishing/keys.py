"""What results follow from, as digests: the program, the data, the day where it matters."""

import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from gongkai.data.files import agency_folders, folder_files, ground_files

from .store import digest

_PACKAGE = Path(__file__).parents[1]
_MATTERING = ("jinja2", "markupsafe", "pyyaml")
"""The libraries that results depend on."""


@cache
def program() -> str:
    """Return the digest of the program itself: results of another one are no results of this."""
    paths = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in (".py", ".j2"))
    files = (part for path in paths for part in (path.name, path.read_bytes()))
    libraries = (f"{name} {version(name)}" for name in _MATTERING)
    return digest(platform.python_version(), *libraries, *files)


def ground(root: Path) -> str:
    """Return the digest of what all agencies are read against, their folders' names among it."""
    folders = (f"{path.name}/{path.is_dir()}" for path in agency_folders(root))
    files = (part for path in ground_files(root) for part in (path.name, content(path)))
    return digest(program(), root.name, *folders, "|", *files)


def contents(root: Path, slug: str) -> dict[str, bytes]:
    """Return what the files of an agency's folder hold, by name."""
    return {path.name: content(path) for path in folder_files(root, slug)}


def content(path: Path) -> bytes:
    """Return what a file holds, or in a form that no file has why it cannot be read."""
    try:
        return b"f" + path.read_bytes()
    except OSError as error:
        return b"e" + type(error).__name__.encode()
