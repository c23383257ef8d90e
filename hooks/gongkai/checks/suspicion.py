"""Which single cell is likely wrong where several relations of a section fail together."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gongkai.data.figures import Number
from gongkai.forms.formats import Section
from gongkai.forms.relations import Operand, Relation, relations

Values = Mapping[str, tuple[Number | None, ...]]


class Suspect(NamedTuple):
    """A cell, the number that would satisfy all of its relations, and those relations."""

    place: Operand
    value: Number
    relations: tuple[Relation, ...]


def suspect(section: Section, values: Values) -> Suspect | None:
    """The only cell whose change alone satisfies every relation that it is in, all now broken.

    A cell in one relation is no suspect: any cell of that relation could be wrong. The change must
    leave a number that the form allows, that is none below zero.
    """
    missing = {
        relation: gap for relation in relations(section) if (gap := _gap(values, relation)) != 0
    }
    found = [item for place in _places(missing) if (item := _try(section, values, missing, place))]
    return found[0] if len(found) == 1 else None


def _gap(values: Values, relation: Relation) -> Number | None:
    """What the left side lacks; None where a number is not stated."""
    total: Number = 0
    for side, sign in ((relation.right, 1), (relation.left, -1)):
        for row, index, _ in side:
            numbers = values.get(row)
            number = numbers[index] if numbers else None
            if number is None:
                return None
            total += sign * number
    return total


def _places(missing: Mapping[Relation, Number | None]) -> Iterator[Operand]:
    seen = (place for relation in missing for place in (*relation.left, *relation.right))
    return iter(dict.fromkeys(seen))


def _try(
    section: Section,
    values: Values,
    missing: Mapping[Relation, Number | None],
    place: Operand,
) -> Suspect | None:
    covering = _covering(section)[place]
    steps = {_step(relation, missing.get(relation, 0), place) for relation in covering}
    number = values[place.row][place.column_index] if values.get(place.row) else None
    if len(covering) < 2 or len(steps) != 1 or number is None:  # noqa: PLR2004 - a row and a column
        return None
    (step,) = steps
    if not step or number + step < 0:
        return None
    return Suspect(place, number + step, covering)


@lru_cache(maxsize=64)
def _covering(section: Section) -> Mapping[Operand, tuple[Relation, ...]]:
    """The relations that each cell is in."""
    found: dict[Operand, list[Relation]] = {}
    for relation in relations(section):
        for operand in dict.fromkeys((*relation.left, *relation.right)):
            found.setdefault(operand, []).append(relation)
    return {operand: tuple(covering) for operand, covering in found.items()}


def _step(relation: Relation, gap: Number | None, place: Operand) -> Number | None:
    """By how much the cell must change to close a relation's gap."""
    if gap is None:
        return None
    return gap if place in relation.left else -gap
