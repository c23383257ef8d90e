"""The frame: a page that the site generator rendered once, with marked slots to fill in.

Every bulk page of one depth shares one frame, so that the theme stays the generator's and a page
costs no more than joining strings.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_MARK = re.compile(r"%%gongkai\.([a-z_]+)%%")
_SWITCHES = re.compile(
    r"""\s*(?:<input\ class="md-toggle"[^>]*>
    |<label\ class="md-overlay"[^>]*></label>
    |<div\ data-md-component="skip">.*?</div>
    |<div\ class="md-dialog".*?</div>\s*</div>
    |class="no-js"(?=>))""",
    re.VERBOSE | re.DOTALL,
)


class Slot(StrEnum):
    """What differs from page to page."""

    HEAD = "head"
    CONTENTS = "contents"
    BODY = "body"

    @property
    def mark(self) -> str:
        """The text that stands for the slot in a frame."""
        return f"%%gongkai.{self.value}%%"


class FrameError(Exception):
    """A frame lacks a slot, or has one that nobody fills."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rendered page cut at its slots: text, slot, text, slot, …, text."""

    pieces: tuple[str, ...]

    def fill(self, values: Mapping[Slot, str]) -> str:
        """Return the page with its slots filled; values are finished HTML."""
        pieces = list(self.pieces)
        pieces[1::2] = [values[Slot(name)] for name in self.pieces[1::2]]
        return "".join(pieces)


def without_switches(html: str) -> str:
    """Leave out what only the theme's own script makes use of, unnamed to a screen reader."""
    return _SWITCHES.sub("", html)


def cut(html: str) -> Frame:
    """Cut a rendered frame page at its marks.

    Raises:
        FrameError: the theme left out a slot, or printed an unknown one.
    """
    pieces = tuple(_MARK.split(html))
    if wrong := sorted(set(pieces[1::2]) ^ set(Slot)):
        raise FrameError(f"the frame's slots differ from what pages fill: {', '.join(wrong)}")
    return Frame(pieces)
