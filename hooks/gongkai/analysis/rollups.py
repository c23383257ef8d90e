"""Roll-ups: every cell of the statutory tables summed over a region's reports, with its proof.

A cell without a number is never taken for zero: the sum then lacks it, and says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

from gongkai.data.dataset import Dataset
from gongkai.data.figures import Cell, Number, Row
from gongkai.data.reports import Report
from gongkai.forms import formats
from gongkai.forms.axes import FigureKind
from gongkai.forms.formats import Format, Section
from gongkai.source.subjects import ReportKey

from .composition import Composition, compose
from .coverage import Ledger

_CHANGES = "增减数有正有负，相加会互相抵消，不作合计。"
_NOTHING = "没有一份报告有这个数字。"


class Sum(NamedTuple):
    """One cell of a roll-up."""

    value: Number | None
    """None where there is nothing to add, or where it must not be added."""
    lacking: int
    """How many reports that should be in it are not here, not comparable or without a number."""
    reason: str = ""
    """Why there is no value."""
    unit: str = ""
    """The unit that all reports print with the number, where the form fixes none."""

    @property
    def is_complete(self) -> bool:
        """Whether every report that should be in it is in it."""
        return self.value is not None and self.lacking == 0


class NoNumber(NamedTuple):
    """A report that adds nothing to a sum, with the cell that says why."""

    report: Report
    cell: Cell


class ReportedTotal(NamedTuple):
    """The same cell in the report of the region's own government."""

    report: Report
    cell: Cell | None
    """None where that report has no such cell."""
    difference: Number | None
    """Its number less the sum; None where one of them is missing or the units differ."""


@dataclass(frozen=True, eq=False)
class SectionSum:
    """A statutory section summed over the reports that have it in the same form."""

    section: Section
    edition: Format
    """A format that has this form of the section."""
    reports: tuple[Report, ...]
    others: tuple[Report, ...]
    """Reports of the same roll-up whose section has another form: not comparable."""
    missing: int
    """How many agencies owe a report that is not here."""
    own_government: tuple[Report, ...]
    """The reports of the region's own government; never added."""

    @cached_property
    def sums(self) -> Mapping[str, tuple[Sum, ...]]:
        """The sums of every row, by row path, in the order of its columns."""
        return {row: tuple(self._row(row)) for row in self.section.rows}

    def sum(self, row: str, column: str) -> Sum:
        """Return one sum by its paths."""
        return self.sums[row][self._index(row, column)]

    def value(self, row: str, column: str) -> Number | None:
        """Return the number of one sum."""
        return self.sum(row, column).value

    def without_number(self, row: str, column: str) -> Iterator[NoNumber]:
        """Yield the reports whose cell states no number."""
        index = self._index(row, column)
        for report in self.reports:
            cell = self._stated(report, row).cell(index)
            if cell.value is None:
                yield NoNumber(report, cell)

    def reported_totals(self, row: str, column: str) -> Iterator[ReportedTotal]:
        """Yield the cell of each report of the region's own government."""
        total = self.sum(row, column)
        for report in self.own_government:
            if self.section not in report.sections:
                yield ReportedTotal(report, None, None)
                continue
            cell = self._stated(report, row).cell(self._index(row, column))
            is_alike = total.unit in ("", cell.unit) or not cell.value
            if total.value is None or cell.value is None or not is_alike:
                yield ReportedTotal(report, cell, None)
            else:
                yield ReportedTotal(report, cell, cell.value - total.value)

    def _stated(self, report: Report, row: str) -> Row:
        return self._figures[report.key][row]

    @cached_property
    def _figures(self) -> Mapping[ReportKey, Mapping[str, Row]]:
        """The rows of all reports, which may be long to load."""
        reports = (*self.reports, *self.own_government)
        return {report.key: report.figures.get(self.section.id, {}) for report in reports}

    def _index(self, row: str, column: str) -> int:
        return self.section.rows[row][0].columns.index[column]

    def _row(self, row: str) -> Iterator[Sum]:
        table, leaf = self.section.rows[row]
        stated = [cells for report in self.reports if (cells := self._stated(report, row).cells)]
        elsewhere = self.missing + len(self.others) + len(self.reports) - len(stated)
        none: tuple[Cell, ...] = ()
        columns = zip(*stated, strict=True) if stated else repeat(none)
        for column, cells in zip(table.columns.leaves, columns, strict=False):
            numbers = [cell.value for cell in cells if cell.value is not None]
            lacking = elsewhere + len(cells) - len(numbers)
            kind = table.kind(leaf, column)
            units = column.heading.printed_units if kind is FigureKind.AMOUNT else ()
            yield _sum(kind, numbers, lacking, _units(cells) if units else set())


def _units(cells: Sequence[Cell]) -> set[str]:
    """Return the units that are printed with numbers; a zero needs none."""
    return {cell.unit for cell in cells if cell.value}


def _sum(kind: FigureKind, numbers: Sequence[Number], lacking: int, units: set[str]) -> Sum:
    if kind is FigureKind.CHANGE:
        return Sum(None, lacking, _CHANGES)
    if not numbers:
        return Sum(None, lacking, _NOTHING)
    if len(units) > 1:
        named = "、".join(f"“{unit}”" if unit else "没有写明" for unit in sorted(units))
        return Sum(None, lacking, f"各报告用的单位不同（{named}），不作合计。")
    if units == {""}:
        return Sum(None, lacking, "各报告没有写明单位，不作合计。")
    return Sum(sum(numbers), lacking, unit=next(iter(units), ""))


@dataclass(frozen=True, eq=False)
class RollUp:
    """The sums of a region in a year."""

    code: str
    """The region's code; empty for all regions."""
    year: int
    composition: Composition
    sections: tuple[SectionSum, ...]
    """Those of the format in force, then other forms that some reports still have."""


@dataclass(frozen=True)
class RollUps:
    """Makes roll-ups; each is made when it is asked for, and kept until another one is."""

    dataset: Dataset
    ledger: Ledger
    _last: list[RollUp] = field(default_factory=list, compare=False)

    def of(self, code: str, year: int) -> RollUp:
        """Sum the reports of a region (of all, for an empty code) for a year."""
        if not self._last or (self._last[0].code, self._last[0].year) != (code, year):
            self._last[:] = [self._make(code, year)]
        return self._last[0]

    def _make(self, code: str, year: int) -> RollUp:
        composition = compose(self.ledger, code, year)
        reports = tuple(entry.report for entry in composition.included if entry.report)
        own = tuple(entry.report for entry in composition.own_government if entry.report)
        forms = self._forms(year, reports)
        sections = (
            _section(section, edition, reports, len(composition.missing), own)
            for section, edition in forms.items()
        )
        return RollUp(code, year, composition, tuple(sections))

    def _forms(self, year: int, reports: Sequence[Report]) -> dict[Section, Format]:
        """Return every form of a section with tables, with the format that has it."""
        in_force = formats.of_year(self.dataset.formats, year)
        forms = dict.fromkeys(in_force.sections, in_force) if in_force else {}
        for report in reports:
            for section in report.sections:
                edition = report.edition_of(section)
                forms.setdefault(section, edition)
        return {section: edition for section, edition in forms.items() if section.tables}


def _section(
    section: Section,
    edition: Format,
    reports: Sequence[Report],
    missing: int,
    own: tuple[Report, ...],
) -> SectionSum:
    alike = tuple(report for report in reports if section in report.sections)
    others = tuple(report for report in reports if section not in report.sections)
    return SectionSum(section, edition, alike, others, missing, own)
