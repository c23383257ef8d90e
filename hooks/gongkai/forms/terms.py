"""A heading of the form explained once for all formats: what it means now, and meant otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .formats import Format


class Reference(NamedTuple):
    """A row or column that another one speaks of."""

    anchor: str
    text: str


class Use(NamedTuple):
    """A heading as one table of one format has it."""

    edition: Format
    band: str
    """The line above its table; empty where there is none."""
    label: str
    meaning: str
    basis: str
    unit: str = ""
    note: str = ""
    addends: tuple[Reference, ...] = ()
    level: int = 0
    """How many headings stand above it."""
    has_figures: bool = False


class Sense(NamedTuple):
    """What a heading says in the formats that say the same."""

    label: str
    meaning: str
    unit: str
    note: str
    """How far it may be compared with another format; empty where nothing is said."""
    addends: tuple[Reference, ...]
    """What a total sums."""
    editions: tuple[Format, ...]
    """The formats that say so, newest first."""
    bands: tuple[str, ...]
    """The lines above the tables in which it stands, where tables have such lines."""
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A heading in all formats: its senses, that of the newest format first."""

    anchor: str
    """Empty for a heading that only serves the layout, and for one whose address is taken."""
    level: int
    has_figures: bool
    senses: tuple[Sense, ...]


def term(anchor: str, uses: Sequence[Use]) -> Term:
    """Gather the uses of a heading, given newest first, so that equal things are said once."""
    return Term(anchor, uses[0].level, uses[0].has_figures, tuple(_senses(uses)))


def _senses(uses: Iterable[Use]) -> Iterator[Sense]:
    alike: dict[object, list[Use]] = {}
    for use in uses:
        said = (use.label, use.meaning, use.unit, use.note, use.addends)
        alike.setdefault(said, []).append(use)
    for found in alike.values():
        first = found[0]
        yield Sense(
            first.label,
            first.meaning,
            first.unit,
            first.note,
            first.addends,
            tuple(dict.fromkeys(use.edition for use in found)),
            tuple(dict.fromkeys(use.band for use in found if use.band)),
            tuple(dict.fromkeys(use.basis for use in found)),
        )
