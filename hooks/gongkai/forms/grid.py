"""Where the headings and figures of a statutory table stand: merged cells on a grid.

The HTML table is made from this, as every other printed form of the table will be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from .axes import Axis, Heading, Placed
from .formats import Section, Table


class Role(StrEnum):
    """What a grid cell is."""

    BAND = "band"
    CORNER = "corner"
    COLUMN = "column"
    ROW = "row"
    FIGURE = "figure"


class Area(NamedTuple):
    """A rectangle of the grid, counted from 0."""

    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, eq=False)
class GridCell:
    """One printed cell."""

    role: Role
    place: Area
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


class _Column(NamedTuple):
    """A column heading as it is printed."""

    heading: Heading
    path: str
    level: int
    first: int
    """How many printed columns stand at its left."""
    size: int
    is_group: bool


def grid(section: Section) -> Grid:
    """Lay out the tables of a section; every cell of the grid is covered exactly once."""
    width = max(map(_least_width, section.tables))
    blocks: list[Block] = []
    top = 0
    for table in section.tables:
        block = _block(table, top, width)
        blocks.append(block)
        top += len(block.head) + len(block.body)
    return Grid(width, tuple(blocks))


def _least_width(table: Table) -> int:
    return _label_depth(table) + len(_lines(table)[0])


def _label_depth(table: Table) -> int:
    """Return how many grid columns the row headings take; rows printed side by side have none."""
    return 0 if table.is_across else table.rows.depth


def _lines(table: Table) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the row and column paths of the figures on each printed line."""
    rows = [[(row, column) for column in table.columns.paths] for row in table.rows.paths]
    return (tuple(chain.from_iterable(rows)),) if table.is_across else tuple(map(tuple, rows))


def _columns(table: Table) -> Iterator[_Column]:
    """Yield the printed columns: those of every row one after the other where rows go across."""
    if not table.is_across:
        yield from _below(table.columns, 0, 0)
        return
    count = len(table.columns.leaves)
    for row in table.rows.walk():
        first, size = row.first * count, row.heading.size * count
        yield _Column(row.heading, _address(row), row.level, first, size, is_group=True)
        if not row.heading.children:
            yield from _below(table.columns, row.level + 1, first)


def _below(axis: Axis, level: int, first: int) -> Iterator[_Column]:
    for placed in axis.walk():
        heading = placed.heading
        yield _Column(
            heading,
            _address(placed),
            level + placed.level,
            first + placed.first,
            heading.size,
            bool(heading.children),
        )


def _address(placed: Placed) -> str:
    return placed.path if placed.heading.id else ""


def _block(table: Table, top: int, width: int) -> Block:
    bands = (GridCell(Role.BAND, Area(top, 0, 1, width), table.band),) if table.band else ()
    left = _label_depth(table)
    depth = table.columns.depth + (table.rows.depth if table.is_across else 0)
    area = Area(top + len(bands), left, depth, width - left)
    columns = tuple(_column_cells(table, area))
    corner = (GridCell(Role.CORNER, Area(area.row, 0, depth, left), table.corner),) if left else ()
    lines = _by_line((*corner, *columns))
    body = _body(table, area.row + depth, columns, bands)
    return Block((bands, *lines) if bands else lines, tuple(body))


def _by_line(cells: Sequence[GridCell]) -> tuple[tuple[GridCell, ...], ...]:
    """Return cells by the line on which they begin."""
    lines: dict[int, list[GridCell]] = {}
    for cell in cells:
        lines.setdefault(cell.place.row, []).append(cell)
    return tuple(tuple(lines[row]) for row in sorted(lines))


def _column_cells(table: Table, area: Area) -> Iterator[GridCell]:
    """Place column headings in an area; the last leaf takes what the area has to spare."""
    count = len(_lines(table)[0])
    for column in _columns(table):
        is_last = column.first + column.size == count
        place = Area(
            area.row + column.level,
            area.column + column.first,
            1 if column.is_group else area.rowspan - column.level,
            column.size + (area.colspan - count if is_last else 0),
        )
        yield GridCell(
            Role.COLUMN, place, column.heading.label, column.heading, column.path, column.is_group
        )


def _body(
    table: Table, top: int, columns: tuple[GridCell, ...], bands: tuple[GridCell, ...]
) -> Iterator[tuple[GridCell, ...]]:
    leaves = tuple(cell for cell in columns if not cell.has_children)
    over = tuple(tuple(cell for cell in columns if _is_over(cell, leaf)) for leaf in leaves)
    rows = tuple(_row_cells(table, top))
    for row, paths in enumerate(_lines(table), top):
        beside = tuple(cell for cell in rows if _is_beside(cell, row))
        figures = (
            GridCell(
                Role.FIGURE,
                Area(row, leaf.place.column, 1, leaf.place.colspan),
                figure=path,
                headers=(*bands, *beside, *above),
            )
            for path, leaf, above in zip(paths, leaves, over, strict=True)
        )
        yield (*(cell for cell in beside if cell.place.row == row), *figures)


def _row_cells(table: Table, top: int) -> Iterator[GridCell]:
    """Place the row headings; rows that go across have theirs above them."""
    if table.is_across:
        return
    for placed in table.rows.walk():
        heading, level = placed.heading, placed.level
        is_group = bool(heading.children)
        colspan = 1 if is_group else table.rows.depth - level
        place = Area(top + placed.first, level, heading.size, colspan)
        yield GridCell(Role.ROW, place, heading.label, heading, _address(placed), is_group)


def _is_beside(heading: GridCell, row: int) -> bool:
    return heading.place.row <= row < heading.place.row + heading.place.rowspan


def _is_over(heading: GridCell, leaf: GridCell) -> bool:
    return (
        heading.place.column <= leaf.place.column
        and heading.place.column + heading.place.colspan >= leaf.place.column + leaf.place.colspan
    )
