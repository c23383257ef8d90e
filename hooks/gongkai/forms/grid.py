"""Where the headings and figures of a statutory table stand: merged cells on a grid.

The HTML table is made from this, as every other printed form of the table will be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from .axes import Axis, Heading, Leaf
from .formats import Section, Table


class Role(StrEnum):
    """What a grid cell is."""

    BAND = "band"
    CORNER = "corner"
    COLUMN = "column"
    ROW = "row"
    FIGURE = "figure"


class Place(NamedTuple):
    """A rectangle of the grid, counted from 0."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, eq=False)
class GridCell:
    """One printed cell."""

    role: Role
    place: Place
    text: str = ""
    heading: Heading | None = None
    path: str = ""
    """The path of a row or column heading; empty for one that only serves the layout."""
    has_children: bool = False
    """Whether a heading stands over a group."""
    figure: tuple[str, str] = ("", "")
    """The row and column path of a figure."""
    headers: tuple["GridCell", ...] = ()
    """The headings that a figure is read under, outermost first: band, rows, columns."""


@dataclass(frozen=True, eq=False)
class Block:
    """The printed lines of one table: heading lines, then lines of figures."""

    head: tuple[tuple[GridCell, ...], ...]
    body: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, eq=False)
class Grid:
    """A section's tables as they are printed, one under the other at one width."""

    width: int
    blocks: tuple[Block, ...]


def grid(section: Section) -> Grid:
    """Lay out the tables of a section; every cell of the grid is covered exactly once."""
    width = max(_label_depth(table) + len(_columns(table).leaves) for table in section.tables)
    blocks = []
    top = 0
    for table in section.tables:
        block = _block(table, top, width)
        blocks.append(block)
        top += len(block.head) + len(block.body)
    return Grid(width, tuple(blocks))


def _label_depth(table: Table) -> int:
    """How many grid columns the row headings take; rows printed side by side have none."""
    return 0 if table.is_across else table.rows.depth


def _columns(table: Table) -> Axis:
    """The printed columns: those of every row one after the other where rows go across."""
    if not table.is_across:
        return table.columns

    def over(heading: Heading) -> Heading:
        below = tuple(map(over, heading.children)) or table.columns.headings
        return replace(heading, children=below)

    return Axis(tuple(map(over, table.rows.headings)))


def _paths(table: Table, columns: Axis) -> dict[Heading, str]:
    """The path of each heading: of a row below rows, of a column below columns."""
    found: dict[Heading, str] = {}

    def walk(headings: Iterable[Heading], prefix: str) -> None:
        for heading in headings:
            found[heading] = f"{prefix}.{heading.id}" if prefix and heading.id else heading.id
            is_last_row = table.is_across and heading.children is table.columns.headings
            walk(heading.children, "" if is_last_row else found[heading] or prefix)

    walk(columns.headings, "")
    if not table.is_across:
        walk(table.rows.headings, "")
    return found


def _block(table: Table, top: int, width: int) -> Block:
    head: list[list[GridCell]] = []
    if table.band:
        head.append([GridCell(Role.BAND, Place(top, 0, 1, width), table.band)])
    first = top + len(head)
    columns = _columns(table)
    named = _paths(table, columns)
    left = _label_depth(table)
    area = Place(first, left, columns.depth, width - left)
    placed = list(_column_cells(columns, area, named))
    for level in range(columns.depth):
        line = [cell for cell in placed if cell.place.row == first + level]
        if level == 0 and left:
            corner = GridCell(Role.CORNER, Place(first, 0, columns.depth, left), table.corner)
            line.insert(0, corner)
        head.append(line)
    over = tuple(head[0]) if table.band else ()
    body = _body(table, tuple(placed), over, (first + columns.depth, named))
    return Block(tuple(map(tuple, head)), tuple(map(tuple, body)))


def _column_cells(axis: Axis, area: Place, paths: Mapping[Heading, str]) -> Iterator[GridCell]:
    """Place column headings in an area; the last leaf takes what the area has to spare."""
    spare = area.colspan - len(axis.leaves)

    def walk(headings: Iterable[Heading], level: int, column: int) -> Iterator[GridCell]:
        for heading in headings:
            size = len(Axis((heading,)).leaves)
            last = column + size == area.column + len(axis.leaves)
            rowspan = 1 if heading.children else area.rowspan - level
            place = Place(area.row + level, column, rowspan, size + (spare if last else 0))
            yield _headed(Role.COLUMN, place, heading, paths)
            yield from walk(heading.children, level + 1, column)
            column += size

    yield from walk(axis.headings, 0, area.column)


def _body(
    table: Table,
    columns: tuple[GridCell, ...],
    over: tuple[GridCell, ...],
    start: tuple[int, Mapping[Heading, str]],
) -> list[list[GridCell]]:
    top, named = start
    if table.is_across:
        paths = [(row, column) for row in table.rows.paths for column in table.columns.paths]
        return [_figures(top, paths, columns, over)]
    lines = []
    started: list[GridCell] = []
    for offset, leaf in enumerate(table.rows.leaves):
        row = top + offset
        started = [cell for cell in started if cell.heading in leaf.trail]
        fresh = list(_row_cells(leaf, len(started), row, (table, named)))
        started = [*started, *fresh]
        paths = [(leaf.path, column) for column in table.columns.paths]
        lines.append([*fresh, *_figures(row, paths, columns, (*over, *started))])
    return lines


def _row_cells(
    leaf: Leaf, level: int, row: int, of: tuple[Table, Mapping[Heading, str]]
) -> Iterator[GridCell]:
    """The row headings that begin on a leaf's line."""
    table, named = of
    for depth in range(level, len(leaf.trail)):
        heading = leaf.trail[depth]
        if heading.children:
            place = Place(row, depth, len(Axis((heading,)).leaves), 1)
        else:
            place = Place(row, depth, 1, table.rows.depth - depth)
        yield _headed(Role.ROW, place, heading, named)


def _headed(role: Role, place: Place, heading: Heading, paths: Mapping[Heading, str]) -> GridCell:
    has_children = bool(heading.children)
    return GridCell(role, place, heading.label, heading, paths[heading], has_children)


def _figures(
    row: int,
    paths: list[tuple[str, str]],
    columns: tuple[GridCell, ...],
    others: tuple[GridCell, ...],
) -> list[GridCell]:
    leaves = [cell for cell in columns if not cell.has_children]
    cells = []
    for path, leaf in zip(paths, leaves, strict=True):
        place = Place(row, leaf.place.column, 1, leaf.place.colspan)
        over = tuple(cell for cell in columns if _covers(cell.place, leaf.place))
        bands = tuple(cell for cell in others if cell.role is Role.BAND)
        rows = tuple(cell for cell in others if cell.role is Role.ROW)
        cells.append(GridCell(Role.FIGURE, place, figure=path, headers=(*bands, *rows, *over)))
    return cells


def _covers(outer: Place, inner: Place) -> bool:
    return (
        outer.row <= inner.row
        and outer.column <= inner.column
        and outer.column + outer.colspan >= inner.column + inner.colspan
    )
