"""What every page is made of, whatever it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongkai.html.templating import render


class Link(NamedTuple):
    """A link: its words and its target."""

    text: str
    href: str


class ContentsEntry(NamedTuple):
    """A line of a page's list of contents."""

    id: str
    text: str
    children: tuple["ContentsEntry", ...] = ()


def contents_of(entries: Sequence[ContentsEntry]) -> str:
    """Print a list of contents; nothing where it is empty."""
    return str(render("contents.html.j2", contents=entries))


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page, before it is put into its frame."""

    name: str
    """As `reports/<slug>/2021`; see `Addresses`."""
    title: str
    description: str
    body: Markup
    contents: tuple[ContentsEntry, ...] = ()
