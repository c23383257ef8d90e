"""What the site consists of: files that can be made, compared and counted before being written."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What an artifact is for."""

    REPORT = "report"
    """The page of a report."""
    PAGE = "page"
    """Any other page."""
    TABLE = "table"
    """Figures for other programs."""
    FEED = "feed"
    SEARCH = "search"
    """A part of the search index."""
    MACHINE = "machine"
    """What only programs read, such as `robots.txt`."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site, made when it is asked for."""

    path: str
    """Relative to the site."""
    sort: Sort
    make: Callable[[], bytes]
    inputs: bytes = b""
    """A digest of all that it is made from; empty where that is not known."""


def text(path: str, sort: Sort, make: Callable[[], str], inputs: bytes = b"") -> Artifact:
    """Return an artifact whose content is text, written as UTF-8."""
    return Artifact(path, sort, lambda: make().encode(), inputs)
