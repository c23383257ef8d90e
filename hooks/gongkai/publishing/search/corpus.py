"""Texts of all reports → one long text on the disk to take grams from.

A unit is one kind of entries of one report. Each begins at a multiple of `SLOT`, so that the
browser needs to know only how many slots each unit takes; at its end stands a boundary. The text is
cut into chunks between reports: they fit into memory, and no gram reaches from one to the next.
"""

import hashlib
from array import array
from itertools import repeat
from pathlib import Path

from .texts import BOUNDARY, ReportText

SLOT = 64
"""In characters: smaller ones make more to tell the browser, larger ones more distant places."""
ENCODING, ERRORS = "utf-8", "surrogatepass"


class Corpus:
    """The searched text of the reports added so far."""

    def __init__(self, folder: Path, kinds: int, chunk: int) -> None:
        self._folder, self._chunk = folder, chunk
        self._parts = [BOUNDARY * SLOT]
        self._slots = array("I", (0,))
        self.widths = [array("I") for _ in range(kinds)]
        """For each kind, how many slots it takes in each report."""
        self.digest = hashlib.sha256()
        """Of all that was added."""
        self.chunks: list[int] = [0]
        """At which place each chunk begins; at last where the text ends."""

    def add(self, text: ReportText) -> None:
        """Lay out the next report, kind by kind."""
        first = len(self.widths[0]) * len(self.widths)
        units = dict(text.units)
        for kind, widths in enumerate(self.widths):
            widths.append(self._unit(first + kind, units[kind]) if kind in units else 0)
        self.digest.update("".join((*units.values(), text.shown)).encode(ENCODING, ERRORS))
        if len(self._slots) * SLOT - self.chunks[-1] >= self._chunk:
            self._put_aside()

    def close(self) -> None:
        """Put the rest of the text on the disk, and to which unit each slot belongs."""
        self._put_aside()
        (self._folder / "slots").write_bytes(self._slots.tobytes())

    def _unit(self, unit: int, text: str) -> int:
        width = len(text) // SLOT + 1
        self._parts.append(text.ljust(width * SLOT, BOUNDARY))
        self._slots.extend(repeat(unit, width))
        return width

    def _put_aside(self) -> None:
        if self._parts:
            text = "".join(self._parts).encode(ENCODING, ERRORS)
            _path(self._folder, len(self.chunks) - 1).write_bytes(text)
            self.chunks.append(len(self._slots) * SLOT)
            self._parts = []


def text_of(folder: Path, chunk: int) -> str:
    """Return a chunk: normalised pieces; between two, at the ends and to fill slots boundaries."""
    return _path(folder, chunk).read_bytes().decode(ENCODING, ERRORS)


def units_of_slots(folder: Path) -> "array[int]":
    """Return the unit of each slot: the number of its report times kinds, plus that of its kind."""
    return array("I", (folder / "slots").read_bytes())


def _path(folder: Path, chunk: int) -> Path:
    return folder / f"text-{chunk}"
