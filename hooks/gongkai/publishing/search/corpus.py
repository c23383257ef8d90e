"""Entries of all reports → one text to take grams from, in which every place has its unit.

A unit is one kind of entries of one report. Each begins at a multiple of `SLOT`, so that the
browser needs to know only how many slots each unit takes.
"""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import floordiv

from .characters import normalised
from .entries import Entry, Kind
from .grams import BOUNDARY

SLOT = 64
"""In characters: smaller ones make more to tell the browser, larger ones more distant places."""


class Corpus:
    """The searched text of all reports added so far."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._order = {kind: number for number, kind in enumerate(kinds)}
        self._parts = [BOUNDARY * SLOT]
        self._units = array("I", (0,))
        self.widths = [array("I") for _ in kinds]
        """For each kind, how many slots it takes in each report."""
        self.digest = hashlib.sha256()
        """Of the texts of all units."""
        self._characters: dict[str, array[int]] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """Lay out the next report, kind by kind; a piece that recurs in a unit is kept once."""
        pieces: list[dict[str, None]] = [{} for _ in self.widths]
        for entry in entries:
            pieces[self._order[entry.kind]].update(dict.fromkeys(entry.pieces[::2]))
        first = len(self.widths[0]) * len(pieces)
        for kind, searched in enumerate(pieces):
            width = self._add_unit(first + kind, searched) if searched else 0
            self.widths[kind].append(width)

    def _add_unit(self, unit: int, searched: Iterable[str]) -> int:
        text = normalised(BOUNDARY.join(searched))
        width = len(text) // SLOT + 1
        self.digest.update(text.encode("utf-8", "replace"))
        self._parts.append(text.ljust(width * SLOT, BOUNDARY))
        self._units.extend(repeat(unit, width))
        for character in dict.fromkeys(text):
            try:
                self._characters[character].append(unit)
            except KeyError:
                self._characters[character] = array("I", (unit,))
        return width

    def text(self) -> str:
        """All normalised entries; between two, at the ends and to fill slots stand boundaries."""
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def taken_characters(self) -> Iterator[tuple[str, "array[int]"]]:
        """Yield each character with the units that have it, and forget them."""
        while self._characters:
            character, units = self._characters.popitem()
            if character != BOUNDARY:
                yield character, units

    def units_of(self, places: Iterable[int]) -> Iterator[int]:
        """Return the unit in which each place of the text lies: report times kinds, plus kind."""
        return map(self._units.__getitem__, map(floordiv, places, repeat(SLOT)))
