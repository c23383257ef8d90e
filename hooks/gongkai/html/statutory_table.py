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


class _Slot(NamedTuple):
    """A figure's place."""

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
    slots: tuple[_Slot, ...]
    addresses: frozenset[str]


@dataclass(frozen=True, eq=False)
class _Line:
    """A printed line: its finished headings, then the figures of one row or of several."""

    headings: str
    stretches: tuple[_Stretch, ...]


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """A section's table with finished headings and open slots."""

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


def render(  # noqa: PLR0913 - one thing of each kind
    section: Section,
    number: int,
    rows: Mapping[str, Row],
    subject: str,
    marks: Mapping[str, Mark],
    *,
    glossary: str = "",
    has_ids: bool = True,
) -> Markup:
    """Return a section's table filled with a report's rows, or with sums.

    Args:
        section: the section as its format states it.
        number: the table's place on the page; makes ids of headings unique there.
        rows: the rows by path.
        subject: what the figures are about, as the agency and the year.
        marks: what stands with figures, by their address.
        glossary: the address of the page that explains headings; empty where there is none.
        has_ids: whether figures carry their address as an id: in one table of a section only.
    """
    skeleton = _skeleton(section, number, glossary, has_ids)
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
            own = [marks.get(slot.address) for slot in stretch.slots]
            html += _figures(stretch, cells, own)
    return html + "</tr>"


@lru_cache(maxsize=1024)
def _plain(stretch: _Stretch, cells: tuple[Cell, ...]) -> str:
    """The figures of a row without marks; kept, because most rows of a portal are alike."""
    return _figures(stretch, cells, [None] * len(cells))


def _figures(stretch: _Stretch, cells: tuple[Cell, ...], marks: Iterable[Mark | None]) -> str:
    if cells:
        return "".join(map(_figure, stretch.slots, cells, marks))
    span = sum(slot.colspan for slot in stretch.slots)
    headers = dict.fromkeys(name for slot in stretch.slots for name in slot.headers)
    place = f'colspan="{span}"{stretch.slots[0].name} headers="{" ".join(headers)}"'
    return f'<td class="no-row" {place}>{NO_ROW_CELL.text}</td>'


def _figure(slot: _Slot, cell: Cell, mark: Mark | None) -> str:
    begin = f"<td{_class(cell)}{slot.attributes}"
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
def _skeleton(section: Section, number: int, glossary: str, has_ids: bool) -> _Skeleton:  # noqa: FBT001
    laid = grid(section)
    cells = [cell for block in laid.blocks for line in (*block.head, *block.body) for cell in line]
    ids = {
        cell: f"t{number}-{position}"
        for position, cell in enumerate(cells)
        if cell.role in {Role.BAND, Role.COLUMN, Role.ROW}
    }
    parts: list[str | _Line] = []
    for block in laid.blocks:
        slots = _Slots(section, ids, glossary, has_ids)
        parts += _block(block, slots, is_only=len(laid.blocks) == 1)
    classes = "statutory wide" if laid.width > _WIDE else "statutory"
    caption = f'<span class="caption-title visually-hidden">{escape(section.heading)}</span>'
    if section.unit:
        caption += f'<span class="caption-unit">单位：{escape(section.unit)}</span>'
    return _Skeleton(classes, caption, tuple(parts))


class _Slots(NamedTuple):
    """What the slots of a section's figures are made from."""

    section: Section
    ids: Mapping[GridCell, str]
    """The ids of headings."""
    glossary: str
    has_ids: bool

    def stretch(self, row: str, figures: Iterable[GridCell]) -> _Stretch:
        found = tuple(map(self.slot, figures))
        return _Stretch(row, found, frozenset(slot.address for slot in found))

    def slot(self, cell: GridCell) -> _Slot:
        address = figure_address(self.section.id, *cell.figure)
        headers = tuple(self.ids[heading] for heading in cell.headers)
        colspan = cell.place.colspan
        span = f' colspan="{colspan}"' if colspan > 1 else ""
        name = f' id="{address}"' if self.has_ids else ""
        attributes = f'{span}{name} headers="{" ".join(headers)}"'
        return _Slot(address, headers, colspan, name, attributes)


def _block(block: Block, slots: _Slots, *, is_only: bool) -> list[str | _Line]:
    """A lone table repeats its head on every printed page; stacked ones are bodies of one table."""
    head = "".join(
        "<tr>" + "".join(_heading(cell, slots) for cell in line) + "</tr>" for line in block.head
    )
    parts: list[str | _Line] = [f"<thead>{head}</thead><tbody>" if is_only else f"<tbody>{head}"]
    for line in block.body:
        headings = "".join(_heading(cell, slots) for cell in line if cell.role is Role.ROW)
        figures = [cell for cell in line if cell.role is Role.FIGURE]
        stretches = tuple(
            slots.stretch(row, found)
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


def _heading(cell: GridCell, slots: _Slots) -> str:
    _, _, rowspan, colspan = cell.place
    spans = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    spans += f' colspan="{colspan}"' if colspan > 1 else ""
    if cell.role is Role.CORNER:
        return f'<td class="corner"{spans}>{escape(cell.text)}</td>'
    scope = _SCOPES[cell.role, cell.has_children]
    total = " total" if cell.heading and cell.heading.is_total else ""
    words = escape(cell.text)
    if slots.glossary and cell.path:
        anchor = glossary_anchor(slots.section.id, cell.path)
        words = Markup('<a href="{}#{}">{}</a>').format(slots.glossary, anchor, words)
    return (
        f'<th class="{cell.role}{total}" id="{slots.ids[cell]}" scope="{scope}"{spans}>{words}</th>'
    )
