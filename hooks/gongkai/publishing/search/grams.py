"""A chunk of text → the places of its grams.

Every pair of characters is a gram. One that stands in more than so many places of the whole text is
*common*: its places are too many to load, so only the units that have it are listed, and every
longer gram that begins or ends with it is listed too. So any string of two characters or more is
either a common gram itself, or is covered by grams whose places are listed.

What happens at every place of the text happens in iterators of the interpreter, without a loop.
"""

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, compress, count, groupby, repeat
from operator import add
from typing import Union

from .corpus import SLOT
from .texts import BOUNDARY

LONGEST = 6
"""Grams of this length are never common: their places are listed, however many."""
_CODE = 4
"""Bytes of a character's code."""

Places = dict[str, "array[int]"]
Part = Union["array[int]", "memoryview[int]"]
"""A list, or a part of one, in numbers of 32 bits."""


class _Lists(dict[object, "array[int]"]):
    """Lists that begin when something is first met."""

    def __missing__(self, key: object) -> "array[int]":
        self[key] = places = array("I")
        return places

    def extend(self, keys: Iterable[object], places: Iterable[int]) -> None:
        """Add the place of each key to its list."""
        deque(map(array.append, map(self.__getitem__, keys), places), maxlen=0)


def characters(text: str, slots: Iterable[int]) -> Places:
    """Return the units in which each character stands.

    Args:
        text: a chunk.
        slots: the unit of each of its slots.
    """
    found, end = _Lists(), 0
    for unit, run in groupby(slots):
        start, end = end, end + SLOT * sum(1 for _ in run)
        found.extend(dict.fromkeys(text[start:end]), repeat(unit))
    return {str(character): units for character, units in found.items() if character != BOUNDARY}


def pairs(text: str, first: int) -> Places:
    """Return the places of every pair of characters.

    Args:
        text: a chunk.
        first: the place at which it begins.
    """
    found = _Lists()
    found.extend(_keys(text), count(first))
    named = (
        (text[at : at + 2], places) for places in found.values() for at in (places[0] - first,)
    )
    return {pair: places for pair, places in named if BOUNDARY not in pair}


def _keys(text: str) -> Iterator[int]:
    """A number for each pair, up to the last: numbers are made and compared faster than strings."""
    codes = memoryview(text.encode("utf-32-le", "surrogatepass"))
    size = 2 * _CODE
    even = codes[: len(codes) // size * size].cast("Q")
    odd = codes[_CODE : _CODE + (len(codes) - _CODE) // size * size].cast("Q")
    return chain.from_iterable(zip(even, odd, strict=False))


def longer(text: str, first: int, common: Mapping[str, Part]) -> Places:
    """Return the places of the grams one character longer that begin or end with a common one.

    Args:
        text: a chunk.
        first: the place at which it begins.
        common: all common grams of one length that the chunk has, with their places there.
    """
    found: Places = {}
    for gram, places in common.items():
        after = _beside(text, places, len(gram) - first)
        for character, starts in _parted(after, places, set(after)):
            found[gram + character] = starts
        before = _beside(text, places, -1 - first)
        wanted = {character for character in set(before) if character + gram[:-1] not in common}
        for character, ends in _parted(before, places, wanted):
            found[character + gram] = array("I", map(add, ends, repeat(-1)))
    return found


def _beside(text: str, places: Part, distance: int) -> list[str]:
    """Return the characters at a distance from places."""
    return list(map(text.__getitem__, map(add, places, repeat(distance))))


def _parted(
    characters: list[str], places: Part, wanted: set[str]
) -> Iterator[tuple[str, "array[int]"]]:
    """Yield some characters with the places at which they are."""
    wanted.discard(BOUNDARY)
    if wanted:
        chosen = list(map(wanted.__contains__, characters))
        found = _Lists()
        found.extend(compress(characters, chosen), compress(places, chosen))
        yield from ((str(character), listed) for character, listed in found.items())
