"""The statutory formats: what a report must contain, as values read from `data/formats/`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .axes import Axis, FigureKind, Heading, Leaf
from .mentions import NO_MENTIONS, Mentions
from .stated import Stated


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A 勾稽关系: in every column the rows at the left sum to those at the right."""

    rule: str
    """The relation in the words that the form prints."""
    left: tuple[str, ...]
    right: tuple[str, ...]
    flow: str = ""
    """The column to show where the rows say what came in and what became of it; else empty."""


class RollForwardKind(StrEnum):
    """What sort of relation joins a report to that of the year before."""

    CARRY_OVER = "carry_over"
    """What is carried forward is carried over."""
    STOCK = "stock"
    """What is in force is last year's, with this year's additions and removals."""
    ITEMS = "items"
    """Last year's items are counted again as such."""


@dataclass(frozen=True, slots=True)
class RollForward:
    """A relation between two years: last year's figures and this year's changes give this year's.

    The paths are rows, for every column; where `by_columns`, they are columns, for every row.
    """

    kind: RollForwardKind
    by_columns: bool
    last: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    now: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that it names."""
        return (*self.last, *self.added, *self.removed, self.now)


@dataclass(frozen=True, eq=False)
class Table(Stated):
    """One block of a statutory table: rows of figures under one set of columns."""

    rows: Axis
    columns: Axis
    band: str = ""
    """A line printed across the whole table above the columns."""
    corner: str = ""
    """The text printed where the row headings and the column headings meet."""
    meaning: str = ""
    basis: str = ""
    is_across: bool = False
    """Whether all rows are printed side by side in one line."""
    reconciliations: tuple[Reconciliation, ...] = ()
    roll_forwards: tuple[RollForward, ...] = ()

    def kind(self, row: Leaf, column: Leaf) -> FigureKind:
        """Return the kind of number at a crossing; the row's own word goes before the column's."""
        return row.heading.kind or column.heading.kind or FigureKind.COUNT

    def unit(self, row: Leaf, column: Leaf) -> str:
        """Return the unit at a crossing, empty where the form states none."""
        return row.heading.unit or column.heading.unit


@dataclass(frozen=True, eq=False)
class Section(Stated):
    """A part of the report: prose, or tables printed as one."""

    id: str
    form: str
    """The permanent id of this form of it, as `2019/requests`: the edition that brought it."""
    heading: str
    key: str
    meaning: str
    basis: str
    tables: tuple[Table, ...] = ()
    fewest: int = 0
    """The fewest characters that its text should have; 0 where nothing is said."""
    most: int = 0
    """The most characters that its text should have, in principle; 0 where nothing is said."""

    @property
    def brought_by(self) -> str:
        """The id of the edition that brought this form of it."""
        return self.form.partition("/")[0]

    @cached_property
    def rows(self) -> Mapping[str, tuple[Table, Leaf]]:
        """Every row of figures with its table, by path, in printed order."""
        return {leaf.path: (table, leaf) for table in self.tables for leaf in table.rows.leaves}

    @cached_property
    def row_headings(self) -> tuple[Heading, ...]:
        """The outermost row headings that staff write, of all its tables."""
        return tuple(heading for table in self.tables for heading in table.rows.entered)

    @cached_property
    def unit(self) -> str:
        """The unit that all its figures share; empty where they do not."""
        units = {
            table.unit(row, column)
            for table in self.tables
            for row in table.rows.leaves
            for column in table.columns.leaves
        }
        return units.pop() if len(units) == 1 else ""


def figure_address(section: str, row: str, column: str) -> str:
    """Return the permanent address of a figure within its report's page."""
    return f"{section}.{row}.{column}"


def glossary_anchor(section: str, path: str) -> str:
    """Return the permanent address of a row or column within the glossary's page, by its path.

    Where a row and a column of a section have one path, it is the row's.
    """
    return f"{section}.{path}"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that overviews of agencies and regions show."""

    label: str
    section: str
    row: str
    column: str
    unit: str = ""


class StatutoryDeadline(NamedTuple):
    """The last day on which agencies of some kinds may publish; the law's, in every year."""

    kinds: tuple[str, ...]
    day: str
    """Month and day of the year after the report year, as `01-31`."""
    basis: str


@dataclass(frozen=True, eq=False)
class Format(Stated):
    """One edition of the statutory format."""

    id: str
    title: str
    authority: str
    """The document number (文号) that issued it."""
    report_title: str
    """The title of a report, with `{机关}` and `{年度}` for the agency's full name and the year."""
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    key_figures: tuple[KeyFigure, ...] = field(default=())
    mentions: Mentions = NO_MENTIONS
    """Which figures reports tell in prose, and in which words."""
    deadlines: tuple[StatutoryDeadline, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        """The sections by id."""
        return {section.id: section for section in self.sections}

    def title_of(self, agency_name: str, year: int) -> str:
        """Return the statutory title of an agency's report."""
        return self.report_title.replace("{机关}", agency_name).replace("{年度}", str(year))


def newest_first(formats: Iterable[Format]) -> tuple[Format, ...]:
    """Return the formats, the newest first."""
    return tuple(sorted(formats, key=lambda edition: edition.first_year, reverse=True))


def of_year(formats: Mapping[str, Format], year: int) -> Format | None:
    """Return the format in force for a report year: the newest that has begun and not ended."""
    begun = (
        edition
        for edition in newest_first(formats.values())
        if edition.first_year <= year and (edition.last_year is None or year <= edition.last_year)
    )
    return next(begun, None)


def last_year_of(edition: Format, formats: Iterable[Format]) -> int | None:
    """Return the last report year that a format is for; None where it is in force until further."""
    later = [other.first_year - 1 for other in formats if other.first_year > edition.first_year]
    ends = [*later, *([] if edition.last_year is None else [edition.last_year])]
    return min(ends, default=None)
