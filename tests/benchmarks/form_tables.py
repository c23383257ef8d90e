"""The statutory formats laid out for other generators: what a table prints, and where from.

They read the reports' YAML themselves; only the layout of the forms is worked out for them.
"""

from collections.abc import Mapping
from itertools import groupby

from gongkai.data.dataset import Dataset
from gongkai.forms.formats import (
    Format,
    Section,
    figure_address,
    glossary_anchor,
    of_year,
)
from gongkai.forms.grid import GridCell, Role, grid


def form_tables(dataset: Dataset) -> Mapping[str, object]:
    """Return the formats as plain data, with the format of each year that has reports."""
    editions = {year: of_year(dataset.formats, year) for year in dataset.years}
    return {
        "years": {str(year): edition.id for year, edition in editions.items() if edition},
        "forms": {edition.id: _form(edition) for edition in editions.values() if edition},
    }


def _form(edition: Format) -> dict[str, object]:
    shown = []
    for item in edition.key_figures:
        section = edition.by_id[item.section]
        table, leaf = section.rows[item.row]
        shown.append(
            {
                "label": item.label,
                "keys": [section.key, *leaf.keys],
                "at": table.columns.index[item.column],
                "address": figure_address(item.section, item.row, item.column),
            }
        )
    sections = [_section(section) for section in edition.sections]
    return {
        "id": edition.id,
        "title": edition.report_title,
        "key_figures": shown,
        "sections": sections,
    }


def _section(section: Section) -> dict[str, object]:
    blocks = grid(section).blocks if section.tables else ()
    cells = [cell for block in blocks for line in (*block.head, *block.body) for cell in line]
    ids = {cell: f"{section.id}-{number}" for number, cell in enumerate(cells)}
    laid = [
        {
            "head": [[_heading(section, cell, ids) for cell in line] for line in block.head],
            "body": [_line(section, line, ids) for line in block.body],
        }
        for block in blocks
    ]
    return {"id": section.id, "heading": section.heading, "key": section.key, "blocks": laid}


def _heading(section: Section, cell: GridCell, ids: Mapping[GridCell, str]) -> dict[str, object]:
    _, _, rowspan, colspan = cell.place
    scope = "row" if cell.role is Role.ROW else "col"
    return {
        "id": ids[cell],
        "class": cell.role,
        "scope": f"{scope}group" if cell.has_children or cell.role is Role.BAND else scope,
        "spans": f'rowspan="{rowspan}" colspan="{colspan}"',
        "text": cell.text,
        "anchor": glossary_anchor(section.id, cell.path) if cell.path else "",
    }


def _line(
    section: Section, line: tuple[GridCell, ...], ids: Mapping[GridCell, str]
) -> dict[str, object]:
    """A line's headings, and its figures by the row of the file that has them, in its order."""
    figures = (cell for cell in line if cell.role is Role.FIGURE)
    rows = [
        {
            "keys": section.rows[row][1].keys,
            "figures": [_figure(section, cell, ids) for cell in found],
        }
        for row, found in groupby(figures, key=lambda cell: cell.figure[0])
    ]
    heads = [_heading(section, cell, ids) for cell in line if cell.role is Role.ROW]
    return {"head": heads, "rows": rows}


def _figure(section: Section, cell: GridCell, ids: Mapping[GridCell, str]) -> dict[str, object]:
    return {
        "id": figure_address(section.id, *cell.figure),
        "headers": " ".join(ids[heading] for heading in cell.headers),
        "colspan": cell.place.colspan,
    }
