"""Statutory tables as HTML: true merged headings, an address and the full heading path per figure.

The skeleton of a section is derived from its format once; a report only fills in its cells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from gongkai.data.figures import NO_ROW_CELL, Cell, CellState, Row
from gongkai.forms.formats import Section, figure_address, glossary_anchor
from gongkai.forms.grid import Block, GridCell, Role, grid

_CLASSES = {
    CellState.BLANK: "blank",
    CellState.UNRECORDED: "unrecorded",
    CellState.NO_ROW: "no-row",
    CellState.INVALID: "invalid",
}


_WIDE = 6
"""A table with more grid columns than this does not fit a phone."""


class _OpenCell(NamedTuple):
    """The cell of a figure, still without its value."""

    address: str
    headers: tuple[str, ...]
    """The ids of the headings that it is read under, outermost first."""
    colspan: int
    name: str
    """The address as it stands in a tag; empty where it is no id."""
    attributes: str
    """Width, address and headings as they stand in a tag."""


@dataclass(frozen=True, eq=False)
class _Stretch:
    """The figures of one statutory row, side by side."""

    row: str
    cells: tuple[_OpenCell, ...]
    addresses: frozenset[str]


@dataclass(frozen=True, eq=False)
class _Line:
    """A printed line: its finished headings, then the figures of one row or of several."""

    headings: str
    stretches: tuple[_Stretch, ...]


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """A section's table with finished headings and open cells."""

    classes: str
    caption: str
    """What the caption says of every report: the section, and the unit if there is one for all."""
    parts: tuple[str | _Line, ...]


class Mark(NamedTuple):
    """What stands with a figure."""

    notes: str = ""
    """The element ids of the notes that explain it."""
    last: str = ""
    """Last year's figure and the difference, for readers who ask for it."""
    href: str = ""
    """Where the figure comes from."""


@dataclass(frozen=True, slots=True)
class Placement:
    """How a table stands on its page."""

    index: int
    """Which of the page's tables it is; makes ids of headings unique there."""
    glossary: str = ""
    """The address of the page that explains headings; empty where there is none."""
    has_ids: bool = True
    """Whether figures carry their address as an id: in one table of a section only."""


def render(
    section: Section,
    placement: Placement,
    subject: str,
    rows: Mapping[str, Row],
    marks: Mapping[str, Mark],
) -> Markup:
    """Return a section's table filled with a report's rows, or with sums.

    Args:
        section: the section as its format states it.
        placement: how the table stands on its page.
        subject: what the figures are about, as the agency and the year.
        rows: the rows by path.
        marks: what stands with figures, by their address.
    """
    skeleton = _skeleton(section, placement)
    lines = [part if isinstance(part, str) else _line(part, rows, marks) for part in skeleton.parts]
    caption = f'<span class="caption-of">{escape(subject)}</span>'
    head = f'<table class="{skeleton.classes}"><caption>{skeleton.caption}{caption}</caption>'
    return Markup(f"{head}{''.join(lines)}</table>")  # noqa: S704 - cells are escaped one by one


def _line(line: _Line, rows: Mapping[str, Row], marks: Mapping[str, Mark]) -> str:
    html = line.headings
    for stretch in line.stretches:
        cells = rows[stretch.row].cells
        if stretch.addresses.isdisjoint(marks):
            html += _plain(stretch, cells)
        else:
            own = [marks.get(item.address) for item in stretch.cells]
            html += _figures(stretch, cells, own)
    return html + "</tr>"


@lru_cache(maxsize=1024)
def _plain(stretch: _Stretch, cells: tuple[Cell, ...]) -> str:
    """The figures of a row without marks; kept, because most rows of a portal are alike."""
    return _figures(stretch, cells, [None] * len(cells))


def _figures(stretch: _Stretch, cells: tuple[Cell, ...], marks: Iterable[Mark | None]) -> str:
    if cells:
        return "".join(map(_figure, stretch.cells, cells, marks))
    span = sum(item.colspan for item in stretch.cells)
    headers = dict.fromkeys(name for item in stretch.cells for name in item.headers)
    attributes = f'colspan="{span}"{stretch.cells[0].name} headers="{" ".join(headers)}"'
    return f'<td class="no-row" {attributes}>{NO_ROW_CELL.text}</td>'


def _figure(open_cell: _OpenCell, cell: Cell, mark: Mark | None) -> str:
    begin = f"<td{_class(cell)}{open_cell.attributes}"
    text = escape(cell.text)
    if mark is None:
        return f"{begin}>{text}</td>"
    extra = f' aria-describedby="{mark.notes}" data-note' if mark.notes else ""
    extra += f' data-last="{escape(mark.last)}"' if mark.last else ""
    words = f'<a href="{escape(mark.href)}">{text}</a>' if mark.href else text
    return f"{begin}{extra}>{words}</td>"


def _class(cell: Cell) -> str:
    if cell.state is CellState.STATED:
        return "" if cell.value else ' class="zero"'
    return f' class="{_CLASSES[cell.state]}"'


@lru_cache(maxsize=64)
def _skeleton(section: Section, placement: Placement) -> _Skeleton:
    laid = grid(section)
    cells = [cell for block in laid.blocks for line in (*block.head, *block.body) for cell in line]
    ids = {
        cell: f"t{placement.index}-{index}"
        for index, cell in enumerate(cells)
        if cell.role in {Role.BAND, Role.COLUMN, Role.ROW}
    }
    context = _Context(section, ids, placement)
    parts: list[str | _Line] = []
    for block in laid.blocks:
        parts += _block(block, context, is_only=len(laid.blocks) == 1)
    classes = "statutory wide" if laid.width > _WIDE else "statutory"
    caption = f'<span class="caption-title visually-hidden">{escape(section.heading)}</span>'
    if section.unit:
        caption += f'<span class="caption-unit">单位：{escape(section.unit)}</span>'
    return _Skeleton(classes, caption, tuple(parts))


class _Context(NamedTuple):
    """What the headings and open cells of a section are made from."""

    section: Section
    ids: Mapping[GridCell, str]
    """The ids of headings."""
    placement: Placement

    def stretch(self, row: str, figures: Iterable[GridCell]) -> _Stretch:
        found = tuple(map(self.open_cell, figures))
        return _Stretch(row, found, frozenset(item.address for item in found))

    def open_cell(self, cell: GridCell) -> _OpenCell:
        address = figure_address(self.section.id, *cell.figure)
        headers = tuple(self.ids[heading] for heading in cell.headers)
        colspan = cell.place.colspan
        span = f' colspan="{colspan}"' if colspan > 1 else ""
        name = f' id="{address}"' if self.placement.has_ids else ""
        attributes = f'{span}{name} headers="{" ".join(headers)}"'
        return _OpenCell(address, headers, colspan, name, attributes)


def _block(block: Block, context: _Context, *, is_only: bool) -> list[str | _Line]:
    """A lone table repeats its head on every printed page; stacked ones are bodies of one table."""
    head = "".join(
        "<tr>" + "".join(_heading(cell, context) for cell in line) + "</tr>" for line in block.head
    )
    parts: list[str | _Line] = [f"<thead>{head}</thead><tbody>" if is_only else f"<tbody>{head}"]
    for line in block.body:
        headings = "".join(_heading(cell, context) for cell in line if cell.role is Role.ROW)
        figures = [cell for cell in line if cell.role is Role.FIGURE]
        stretches = tuple(
            context.stretch(row, found)
            for row, found in groupby(figures, key=lambda cell: cell.figure[0])
        )
        parts.append(_Line(f"<tr>{headings}", stretches))
    parts.append("</tbody>")
    return parts


_SCOPES = {
    (Role.COLUMN, False): "col",
    (Role.COLUMN, True): "colgroup",
    (Role.ROW, False): "row",
    (Role.ROW, True): "rowgroup",
    (Role.BAND, False): "colgroup",
}


def _heading(cell: GridCell, context: _Context) -> str:
    _, _, rowspan, colspan = cell.place
    spans = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    spans += f' colspan="{colspan}"' if colspan > 1 else ""
    if cell.role is Role.CORNER:
        return f'<td class="corner"{spans}>{escape(cell.text)}</td>'
    scope = _SCOPES[cell.role, cell.has_children]
    total = " total" if cell.heading and cell.heading.is_total else ""
    words = escape(cell.text)
    if context.placement.glossary and cell.path:
        anchor = glossary_anchor(context.section.id, cell.path)
        words = Markup('<a href="{}#{}">{}</a>').format(context.placement.glossary, anchor, words)
    name = context.ids[cell]
    return f'<th class="{cell.role}{total}" id="{name}" scope="{scope}"{spans}>{words}</th>'
