"""The sums and reconciliations that a statutory section states, as signed figures.

Totals and 勾稽关系 are data of the format; here they become one list, in which each relation says
which figures must be equal to which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from .formats import Section, Table


class RelationKind(StrEnum):
    """What sort of relation it is."""

    ROW_TOTAL = "row_total"
    GROUP_TOTAL = "group_total"
    """A total of rows that are printed side by side in one line."""
    COLUMN_TOTAL = "column_total"
    RECONCILIATION = "reconciliation"


class Operand(NamedTuple):
    """A figure of a section: its row's path, and its column's index and path."""

    row: str
    column_index: int
    column: str


@dataclass(frozen=True, eq=False)
class Relation:
    """The figures at the left sum to the same as those at the right."""

    kind: RelationKind
    left: tuple[Operand, ...]
    right: tuple[Operand, ...]
    reported: Operand
    """The figure at which a breach is reported."""


@lru_cache(maxsize=64)
def relations(section: Section) -> tuple[Relation, ...]:
    """Return every relation of a section's tables."""
    return tuple(relation for table in section.tables for relation in _of_table(table))


def _of_table(table: Table) -> Iterator[Relation]:
    index = table.columns.index
    kind = RelationKind.GROUP_TOTAL if table.is_across else RelationKind.ROW_TOTAL
    for row in table.rows.paths:
        for total in table.columns.totals:
            addends = tuple(Operand(row, index[path], path) for path in total.addends)
            whole = Operand(row, index[total.path], total.path)
            yield Relation(kind, (whole,), addends, whole)
    for column in table.columns.paths:
        for total in table.rows.totals:
            (whole,) = _down((total.path,), column, index)
            addends = _down(total.addends, column, index)
            yield Relation(RelationKind.COLUMN_TOTAL, (whole,), addends, whole)
        for stated in table.reconciliations:
            left, right = (_down(paths, column, index) for paths in (stated.left, stated.right))
            yield Relation(RelationKind.RECONCILIATION, left, right, right[-1])


def _down(rows: tuple[str, ...], column: str, index: Mapping[str, int]) -> tuple[Operand, ...]:
    """Return the figures of some rows in one column."""
    return tuple(Operand(row, index[column], column) for row in rows)
