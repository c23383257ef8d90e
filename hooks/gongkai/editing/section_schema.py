"""The sections of a format → JSON Schema: rows of titled cells, and completions of whole rows.

What a row or a group holds stands under `allOf`: beside `items` or `properties` the YAML language
server would not use `defaultSnippets`. `required` stands apart from `properties`: it would else
offer to complete a whole table with zeros, which look like figures.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count

from gongkai.data.figures import EXPECTED, NUMBER, WORDS, CellState
from gongkai.data.report_keys import PROSE
from gongkai.forms.axes import Heading, Leaf, path_below
from gongkai.forms.formats import Section, Table
from gongkai.source.fields import UNFILLED

from .shape_schema import Schema, number, text

_WORDS = "|".join(WORDS[state] for state in (CellState.BLANK, CellState.UNRECORDED))


def definitions(sections: Iterable[Section]) -> Schema:
    """Return the schema of each section by its id, and of what its rows and columns share."""
    found: Schema = {}
    for section in sections:
        found[section.id] = _tables(section) if section.tables else _prose(section)
        for table, row in section.rows.values():
            place = _place(section, table, row)
            found[f"row-{place}"] = _row_of(table, place)
            for column in table.columns.leaves:
                found[f"cell-{place}-{column.path}"] = _cell(table, row, column)
    return found


def _place(section: Section, table: Table, row: Leaf) -> str:
    """The rows of a table are alike, but for those with a kind or unit of their own."""
    place = f"{section.id}-{section.tables.index(table) + 1}"
    return f"{place}-{row.path}" if row.heading.kind or row.heading.unit else place


def _titled(title: str, part: Section | Heading, more: str, body: object) -> Schema:
    """Title and explanation, and what an editor inserts for the whole of it."""
    return {
        "title": title,
        "description": f"{part.meaning}{more}依据：{part.basis}。",
        "defaultSnippets": [{"label": title, "body": body}],
    }


def _prose(section: Section) -> Schema:
    titled = _titled(section.heading, section, "", f"|\n  ${{1:{UNFILLED}}}")
    return titled | {"errorMessage": PROSE.about} | text(PROSE)


def _tables(section: Section) -> Schema:
    rows = section.row_headings
    titled = _titled(section.heading, section, "", _blank(section, rows, "", count(1)))
    return titled | {"allOf": _rows(section, section.heading, rows, "")}


def _rows(section: Section, title: str, above: tuple[Heading, ...], prefix: str) -> list[Schema]:
    properties = {
        heading.key: _group(section, heading, path) if heading.children else _row(section, path)
        for heading in above
        for path in (path_below(prefix, heading),)
    }
    known = {"title": title, "properties": properties, "additionalProperties": False}
    return [{"type": "object"} | known, {"required": list(properties)}]


def _group(section: Section, heading: Heading, path: str) -> Schema:
    body = _blank(section, heading.entered, path, count(1))
    rows = _rows(section, heading.label, heading.entered, path)
    return _titled(heading.label, heading, "", body) | {"allOf": rows}


def _row(section: Section, path: str) -> Schema:
    table, row = section.rows[path]
    titled = _titled(row.heading.label, row.heading, _order(table), _stops(table, "0", count(1)))
    return titled | {"allOf": [{"$ref": f"#/definitions/row-{_place(section, table, row)}"}]}


def _order(table: Table) -> str:
    return f"依次填：{'、'.join(column.keys[-1] for column in table.columns.leaves)}。"


def _blank(
    section: Section, above: tuple[Heading, ...], prefix: str, stops: Iterator[int]
) -> Schema:
    """Rows in which every cell is still to be filled in."""
    return {
        heading.key: _blank(section, heading.entered, path, stops)
        if heading.children
        else _stops(section.rows[path][0], UNFILLED, stops)
        for heading in above
        for path in (path_below(prefix, heading),)
    }


def _stops(table: Table, words: str, stops: Iterator[int]) -> str:
    """A row in which an editor's Tab key goes from cell to cell."""
    return f"[{', '.join(f'${{{next(stops)}:{words}}}' for _ in table.columns.leaves)}]"


def _row_of(table: Table, place: str) -> Schema:
    columns = table.columns.leaves
    return {
        "type": ["array", "string"],
        "items": [{"$ref": f"#/definitions/cell-{place}-{column.path}"} for column in columns],
        "additionalItems": False,
        "minItems": len(columns),
        "maxItems": len(columns),
        "pattern": f"^{WORDS[CellState.NO_ROW]}$",
        "errorMessage": f"方括号里写 {len(columns)} 个数字，用半角逗号隔开。{_order(table)}",
    }


def _cell(table: Table, row: Leaf, column: Leaf) -> Schema:
    kind, unit = table.kind(row, column), table.unit(row, column)
    numbers = number(NUMBER[kind].pattern)
    texts, expected = _WORDS, f"{EXPECTED[kind]}。"
    if units := column.heading.printed_units:
        texts += f"|(?:{NUMBER[kind].pattern})(?:{'|'.join(map(re.escape, units))})"
        expected += f"单位紧跟着数字，只能写{'、'.join(units)}。"
    about = f"{column.heading.meaning}{f'单位：{unit}。' if unit else ''}"
    return {
        "title": "·".join(heading.label for heading in column.trail if heading.id),
        "description": f"{about}依据：{column.heading.basis}。",
        **numbers,
        "type": [numbers["type"], "string"],
        "pattern": f"^(?:{texts})$",
        "errorMessage": expected,
    }
