"""Which statutory figures a report's prose tells, and in which words; data of a format."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class CellPath(NamedTuple):
    """A figure by its paths."""

    section: str
    row: str
    column: str


Sum = tuple[CellPath, ...]


@dataclass(frozen=True, slots=True)
class MentionPattern:
    """A number told in prose: the words that stand before it, and what it must be equal to."""

    name: str
    words: re.Pattern[str]
    sums: tuple[Sum, ...]
    """Any of these sums of figures."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a sentence must be about for its numbers to be those of the tables."""

    about: re.Pattern[str]
    """Stands in the sentence or in the sub-heading above it."""
    thing: re.Pattern[str]
    """Stands in the sentence itself: what is counted."""
    units: frozenset[str]
    figures: tuple[MentionPattern, ...]


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee that prose tells in yuan and a table in another unit."""

    words: re.Pattern[str]
    cell: CellPath
    yuan: Decimal
    """How many yuan the table's unit is."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that a format says of numbers in prose; patterns are for half-width text."""

    topics: tuple[Topic, ...]
    fees: tuple[Fee, ...]


NO_MENTIONS = Mentions((), ())
