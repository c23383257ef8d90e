"""A text → lists of the places of its grams, short enough to be loaded for one query.

Every pair of characters is a gram. One that stands in more than `limit` places is *common*: its
places are too many to load, so only the units that have it are listed, and every longer gram that
begins or ends with it is listed too. So any string of two characters or more is either a common
gram itself, or is covered by grams whose places are listed.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import compress, islice, repeat
from operator import add, mod
from typing import NamedTuple

BOUNDARY = "\uffff"
"""What stands between two entries: no gram reaches across it."""
LONGEST = 6
"""Grams of this length are never common: their places are listed, however many."""

_SHARE, _MOST_SHARES = 1_000_000, 8

Places = dict[str, "array[int]"]


class Gram(NamedTuple):
    """A gram with its places in the text or, if it is common, with the units that have it."""

    text: str
    is_common: bool
    places: Iterable[int]
    """Ascending, without repetition."""


def grams(
    text: str, units_of: Callable[[Iterable[int]], Iterable[int]], limit: int
) -> Iterator[Gram]:
    """Yield the grams of a text, which must begin and end with a boundary.

    Args:
        text: what the grams are taken from.
        units_of: turns places of the text into units.
        limit: the most places of a gram that is not common.
    """
    common: Places = {}
    for found in _pairs(text):
        yield from _told(found, common, units_of, limit)
    length = 3
    while common:
        found, common = _longer(text, common, length), {}
        yield from _told(found, common, units_of, limit if length < LONGEST else len(text))
        length += 1


def _told(
    found: Places, common: Places, units_of: Callable[[Iterable[int]], Iterable[int]], limit: int
) -> Iterator[Gram]:
    """Yield grams, and keep the places of common ones; others are let go at once."""
    while found:
        gram, places = found.popitem()
        if BOUNDARY in gram:
            continue
        if len(places) > limit:
            common[gram] = places
            yield Gram(gram, is_common=True, places=dict.fromkeys(units_of(places)))
        else:
            yield Gram(gram, is_common=False, places=places)


def _pairs(text: str) -> Iterator[Places]:
    """Yield the pairs of characters in shares, so that not all places are in memory at once."""
    shares = min(_MOST_SHARES, len(text) // _SHARE + 1)
    turns = bytes(map(mod, map(ord, text), repeat(shares)))
    for share in range(shares):
        found: Places = {}
        chosen = turns.translate(bytes(turn == share for turn in range(256)))
        pairs = enumerate(map(add, text, islice(text, 1, None)))
        for place, pair in compress(pairs, chosen):
            try:  # the busiest line of all; a function would double its cost
                found[pair].append(place)
            except KeyError:
                found[pair] = array("I", (place,))
        yield found


def _longer(text: str, common: Places, length: int) -> Places:
    """The grams one character longer than common ones, that begin or end with one."""
    found: Places = {}
    for places in common.values():
        for place in places:
            _add(found, text[place : place + length], place)
        for place in places:
            longer = text[place - 1 : place - 1 + length]
            if longer[:-1] not in common:
                _add(found, longer, place - 1)
    return found


def _add(found: Places, gram: str, place: int) -> None:
    try:
        found[gram].append(place)
    except KeyError:
        found[gram] = array("I", (place,))
