"""An agency's figures over the years: what may be compared, and what sets two years apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gongkai.data.figures import NO_ROW_CELL, Cell, CellState, Number
from gongkai.data.reports import Report
from gongkai.forms.axes import Comparison, Degree, Heading
from gongkai.forms.formats import Format, Section

_NO_SUCH_CELL = "另一年的格式里没有这一格。"
_NO_REPORT = "没有上一年的报告。"
_NO_NUMBER = "有一年没有这个数字。"
_UNITS = "两年写的单位不同。"


class SectionForm(NamedTuple):
    """A section as one format has it."""

    section: Section
    edition: Format


class Comparability(NamedTuple):
    """How far a cell of one form may be compared with the same cell of another."""

    is_comparable: bool
    note: str = ""
    """Why it may not, or what to mind; empty where nothing sets them apart."""


_ABSENT = Comparability(is_comparable=False, note=_NO_SUCH_CELL)


class PointStatus(StrEnum):
    """What a year has to say of a figure."""

    NUMBER = "number"
    NO_REPORT = "no_report"
    NO_NUMBER = "no_number"
    """The report is there, but the cell states no number."""
    NOT_COMPARABLE = "not_comparable"
    """The year's form lacks the cell, or means something else by it."""


class Point(NamedTuple):
    """A figure in one year."""

    year: int
    status: PointStatus
    report: Report | None = None
    cell: Cell | None = None
    """What the year's report states; None where it has no such cell."""
    note: str = ""
    """Why it is not comparable, or what to mind when comparing."""

    @property
    def number(self) -> Number | None:
        """The number, where it may be compared with the other years'."""
        if self.cell is None or self.status is not PointStatus.NUMBER:
            return None
        return self.cell.value


class Series(NamedTuple):
    """A figure over years."""

    points: tuple[Point, ...]
    """Every year of the span, oldest first."""
    breaks: tuple[int, ...]
    """The years whose report follows another form of the section than the report before."""


class Change(NamedTuple):
    """A figure beside that of the year before."""

    before: Cell | None
    """Last year's cell, where its form has one."""
    difference: Number | None
    """This year's number less last year's; None where they cannot be compared."""
    note: str = ""
    """Why there is no difference, or what to mind."""


def form_of(report: Report, section_id: str) -> SectionForm | None:
    """Return the form that a section has in a report, or None where it has none."""
    section = report.section(section_id)
    if section is None:
        return None
    return SectionForm(section, report.edition_of(section))


def series(
    reports: Iterable[Report], years: Sequence[int], edition: Format, path: tuple[str, str, str]
) -> Series:
    """Follow a figure through an agency's reports.

    Args:
        reports: the agency's reports, in any order.
        years: the years to show, also those without a report.
        edition: the format that says what the figure is; the other years are compared with it.
        path: section, row and column.
    """
    by_year = {report.year: report for report in reports}
    target = SectionForm(edition.by_id[path[0]], edition)
    points = tuple(_point(year, by_year.get(year), target, path) for year in sorted(years))
    return Series(points, tuple(_breaks(points, path[0])))


def _point(
    year: int, report: Report | None, target: SectionForm, path: tuple[str, str, str]
) -> Point:
    if report is None:
        return Point(year, PointStatus.NO_REPORT)
    form = form_of(report, path[0])
    alike = comparability(target, form, path[1], path[2]) if form else _ABSENT
    figure = report.figure(*path)
    if figure is None or not alike.is_comparable:
        cell = figure.cell if figure else None
        return Point(year, PointStatus.NOT_COMPARABLE, report, cell, alike.note)
    is_stated = figure.cell.state is CellState.STATED
    status = PointStatus.NUMBER if is_stated else PointStatus.NO_NUMBER
    return Point(year, status, report, figure.cell, alike.note)


def _breaks(points: Iterable[Point], section_id: str) -> Iterator[int]:
    last = None
    for point in points:
        form = form_of(point.report, section_id) if point.report else None
        if form and last and form.section != last.section:
            yield point.year
        last = form or last


@lru_cache(maxsize=16384)
def comparability(one: SectionForm, other: SectionForm, row: str, column: str) -> Comparability:
    """Return how far a cell may be compared between two forms, by what their headings say.

    Both must have it; a heading above it, or its own, may set it apart.
    """
    if one.section == other.section:
        return Comparability(is_comparable=True)
    remarks = [*_remarks(one, other, row, column), *_remarks(other, one, row, column)]
    notes = "".join(dict.fromkeys(remark.note for remark in remarks))
    if not (_has(one, row, column) and _has(other, row, column)):
        return Comparability(is_comparable=False, note=notes or _NO_SUCH_CELL)
    is_comparable = all(remark.degree is not Degree.NONE for remark in remarks)
    return Comparability(is_comparable, notes)


def _has(form: SectionForm, row: str, column: str) -> bool:
    found = form.section.rows.get(row)
    return found is not None and column in found[0].columns.index


def _remarks(form: SectionForm, other: SectionForm, row: str, column: str) -> Iterator[Comparison]:
    """Yield what the headings of a cell in one form say of the other form.

    Where a form does not divide a row as finely, the heading of the undivided row speaks.
    """
    home = next((item for item in _prefixes(row) if item in form.section.rows), None)
    if home is None:
        return
    table, leaf = form.section.rows[home]
    headings: list[Heading] = list(leaf.trail)
    if column in table.columns.index:
        headings += table.columns.leaves[table.columns.index[column]].trail
    for heading in headings:
        if heading.comparison and heading.comparison.other == other.edition.id:
            yield heading.comparison


def _prefixes(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]


def changes(
    report: Report, history: Iterable[Report]
) -> Mapping[str, Mapping[str, tuple[Change, ...]]]:
    """Set each figure of a report beside that of the year before.

    Args:
        report: the report.
        history: the agency's reports, in any order.

    Returns:
        One change for each column, by section id and row path, as `Report.figures` has its cells.
    """
    before = next((item for item in history if item.year == report.year - 1), None)
    found: dict[str, dict[str, tuple[Change, ...]]] = {}
    for section in report.sections:
        now = SectionForm(section, report.edition_of(section))
        then = form_of(before, section.id) if before else None
        old = before.figures.get(section.id, {}) if before else {}
        found[section.id] = {
            row: _row(now, then, row, stated.cells, old[row].cells if row in old else None)
            for row, stated in report.figures.get(section.id, {}).items()
        }
    return found


@lru_cache(maxsize=2048)
def _row(
    now: SectionForm,
    then: SectionForm | None,
    row: str,
    cells: tuple[Cell, ...],
    old: tuple[Cell, ...] | None,
) -> tuple[Change, ...]:
    """Return the changes of a row; kept, because most rows of a portal are alike."""
    columns = now.section.rows[row][0].columns.paths
    if then is None:
        return (Change(None, None, _NO_REPORT),) * len(columns)
    places = then.section.rows[row][0].columns.index if row in then.section.rows else {}
    return tuple(
        _change(
            cells[index] if cells else NO_ROW_CELL,
            _at(old, places.get(column)),
            comparability(now, then, row, column),
        )
        for index, column in enumerate(columns)
    )


def _at(cells: tuple[Cell, ...] | None, index: int | None) -> Cell | None:
    """Return the cell at a place that may not be there."""
    if cells is None or index is None:
        return None
    return cells[index] if cells else NO_ROW_CELL


def _change(now: Cell, before: Cell | None, alike: Comparability) -> Change:
    if before is None or not alike.is_comparable:
        return Change(before, None, alike.note)
    if now.value is None or before.value is None:
        return Change(before, None, _NO_NUMBER)
    if now.unit != before.unit and now.value and before.value:
        return Change(before, None, _UNITS)
    return Change(before, now.value - before.value, alike.note)
