"""The statutory formats: what an annual report must contain, as values read from `data/formats/`.

Equal paths mean the same thing in every format, unless a heading's `comparison` says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What sort of number a figure is."""

    COUNT = "count"
    """A whole number from 0."""
    CHANGE = "change"
    """A whole number that may be negative."""
    AMOUNT = "amount"
    """Money from 0, with at most six decimals."""


class Degree(StrEnum):
    """How far a figure may be compared with the same path in another format."""

    CAUTION = "caution"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What sets a heading apart from the same path in the format `other`."""

    other: str
    degree: Degree
    note: str


@dataclass(frozen=True, eq=False)
class Heading:
    """A heading of a row or column, or of a group of them."""

    id: str
    """Its part of a path; empty for a heading that only serves the layout."""
    label: str
    """As the law prints it."""
    key: str
    """As staff write it in YAML."""
    meaning: str
    basis: str
    unit: str = ""
    kind: Kind | None = None
    printed_units: tuple[str, ...] = ()
    """Units that may follow the number, where the form does not fix one."""
    is_total: bool = False
    """Whether it sums the leaves under its siblings."""
    comparison: Comparison | None = None
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True, eq=False)
class Leaf:
    """A heading that has figures, with the headings above it."""

    path: str
    trail: tuple[Heading, ...]
    """From the outermost heading to the leaf itself."""

    @property
    def heading(self) -> Heading:
        """The leaf's own heading."""
        return self.trail[-1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The staff keys that lead to it, layout headings left out."""
        return tuple(heading.key for heading in self.trail if heading.id)


@dataclass(frozen=True, slots=True)
class Total:
    """A leaf that must equal the sum of others."""

    path: str
    addends: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Axis:
    """The rows or the columns of a table: a forest of headings."""

    headings: tuple[Heading, ...]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every heading with figures, in printed order."""
        return tuple(_leaves(self.headings, "", ()))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the leaves."""
        return tuple(leaf.path for leaf in self.leaves)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The position of each path."""
        return {path: position for position, path in enumerate(self.paths)}

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Each total with what it sums: the leaves under its siblings that are no totals."""
        return tuple(_totals(self.headings, ""))

    @cached_property
    def depth(self) -> int:
        """How many levels of headings are printed."""
        return max(len(leaf.trail) for leaf in self.leaves)


def _leaves(
    headings: tuple[Heading, ...], prefix: str, trail: tuple[Heading, ...]
) -> Iterator[Leaf]:
    for heading in headings:
        path = _join(prefix, heading.id)
        if heading.children:
            yield from _leaves(heading.children, path, (*trail, heading))
        else:
            yield Leaf(path, (*trail, heading))


def _totals(headings: tuple[Heading, ...], prefix: str) -> Iterator[Total]:
    siblings = tuple(heading for heading in headings if not heading.is_total)
    addends = tuple(
        leaf.path for leaf in _leaves(siblings, prefix, ()) if not leaf.heading.is_total
    )
    for heading in headings:
        path = _join(prefix, heading.id)
        if heading.is_total:
            yield Total(path, addends)
        yield from _totals(heading.children, path)


def _join(prefix: str, part: str) -> str:
    return f"{prefix}.{part}" if prefix and part else prefix or part


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A 勾稽关系: in every column the rows at the left sum to those at the right."""

    rule: str
    """The relation in the words that the form prints."""
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """This year's opening row is last year's closing row."""

    opening: str
    closing: str


@dataclass(frozen=True, eq=False)
class Table:
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
    carry_over: CarryOver | None = None

    def kind(self, row: Leaf, column: Leaf) -> Kind:
        """The kind of number at a crossing; the row's own word goes before the column's."""
        return row.heading.kind or column.heading.kind or Kind.COUNT

    def unit(self, row: Leaf, column: Leaf) -> str:
        """The unit at a crossing, empty where the form states none."""
        return row.heading.unit or column.heading.unit


@dataclass(frozen=True, eq=False)
class Section:
    """A part of the report: prose, or tables printed as one."""

    id: str
    heading: str
    key: str
    meaning: str
    basis: str
    tables: tuple[Table, ...] = ()

    @cached_property
    def rows(self) -> Mapping[str, tuple[Table, Leaf]]:
        """Every row of figures with its table, by path, in printed order."""
        return {leaf.path: (table, leaf) for table in self.tables for leaf in table.rows.leaves}

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
    """The permanent address of a figure within its report's page."""
    return f"{section}.{row}.{column}"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that overviews of agencies and regions show."""

    label: str
    section: str
    row: str
    column: str
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Format:
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

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        """The sections by id."""
        return {section.id: section for section in self.sections}

    def title_of(self, agency_name: str, year: int) -> str:
        """The statutory title of an agency's report."""
        return self.report_title.replace("{机关}", agency_name).replace("{年度}", str(year))


def of_year(formats: Mapping[str, Format], year: int) -> Format | None:
    """The format in force for a report year: the newest that has begun and not ended."""
    begun = [
        edition
        for edition in formats.values()
        if edition.first_year <= year and (edition.last_year is None or year <= edition.last_year)
    ]
    return max(begun, key=lambda edition: edition.first_year, default=None)
