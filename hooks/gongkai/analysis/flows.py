"""What came in and what became of it, by the relation that the form marks as a `flow`.

The left rows of a 勾稽关系 are what came in. Of its right rows a total stands for the groups that
it sums, any other for what is still open.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from gongkai.data.figures import Number
from gongkai.data.reports import Report
from gongkai.forms.axes import Leaf
from gongkai.forms.formats import Section, Table

Reader = Callable[[str, str], Number | None]
"""Gives the number at a row and a column, or None where there is none."""


class Part(NamedTuple):
    """A share of what came in, or of what became of it."""

    label: str
    """As staff write it: the short statutory label."""
    number: Number | None
    """None where one of its cells states no number."""
    is_open: bool = False
    """Whether it is still to be dealt with."""


class Flow(NamedTuple):
    """What came in and what became of it, in one column: that of all applicants."""

    incoming: tuple[Part, ...]
    outgoing: tuple[Part, ...]
    unit: str

    @property
    def numbers(self) -> tuple[Number | None, ...]:
        """All its numbers."""
        return tuple(part.number for part in (*self.incoming, *self.outgoing))


def flow_of(report: Report) -> Flow | None:
    """Return the flow of the first section of a report that has one."""
    found = (flow(section, _reader(report, section)) for section in report.sections)
    return next((item for item in found if item), None)


def _reader(report: Report, section: Section) -> Reader:
    def read(row: str, column: str) -> Number | None:
        figure = report.figure(section.id, row, column)
        return figure.cell.value if figure else None

    return read


def flow(section: Section, number: Reader) -> Flow | None:
    """Return the flow of a section, or None where its form marks no relation as one.

    Args:
        section: the section as its form has it.
        number: gives its numbers: those of a report, or the sums of a roll-up.
    """
    stated = ((table, item) for table in section.tables for item in table.reconciliations)
    table, relation = next(((table, item) for table, item in stated if item.flow), (None, None))
    if table is None or relation is None:
        return None
    column, rows = relation.flow, {leaf.path: leaf for leaf in table.rows.leaves}
    outgoing = chain.from_iterable(
        _outgoing(table, rows[path], column, number) for path in relation.right
    )
    return Flow(
        incoming=tuple(_part(rows[path], column, number) for path in relation.left),
        outgoing=tuple(outgoing),
        unit=table.unit(rows[relation.left[0]], table.columns.leaf(column)),
    )


def _part(leaf: Leaf, column: str, number: Reader, *, is_open: bool = False) -> Part:
    return Part(leaf.keys[-1], number(leaf.path, column), is_open)


def _outgoing(table: Table, leaf: Leaf, column: str, number: Reader) -> Iterator[Part]:
    total = next((item for item in table.rows.totals if item.path == leaf.path), None)
    if total is None:
        yield _part(leaf, column, number, is_open=True)
        return
    depth = len(leaf.trail) - 1
    groups: dict[str, list[Number | None]] = {}
    for addend in table.rows.leaves:
        if addend.path in total.addends:
            groups.setdefault(addend.trail[depth].key, []).append(number(addend.path, column))
    for label, numbers in groups.items():
        stated = [item for item in numbers if item is not None]
        yield Part(label, sum(stated) if len(stated) == len(numbers) else None)
