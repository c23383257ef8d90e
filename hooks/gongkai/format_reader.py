"""Located nodes of `data/formats/*.yaml` → `Format` values.

A section may be the same as in another format, with single headings replaced, so that a new edition
states only what is new.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from . import rules
from .fields import Fields, Reading
from .formats import (
    Axis,
    CarryOver,
    Comparison,
    Degree,
    Format,
    Heading,
    KeyFigure,
    Kind,
    Reconciliation,
    Section,
    Table,
)
from .source import Node

_ID = re.compile(r"[a-z0-9_]+")
_YEAR = re.compile(r"(19|20|21)\d\d")
_FORMAT = (
    "id",
    "title",
    "authority",
    "report_title",
    "years",
    "key_figures",
    "key_figures_of",
    "sections",
)
_SECTION = ("id", "heading", "key", "meaning", "basis", "tables", "same_as", "replace")
_TABLE = (
    "band",
    "corner",
    "meaning",
    "basis",
    "printed",
    "columns",
    "rows",
    "reconciliations",
    "carry_over",
)
_HEADING = (
    "id",
    "label",
    "key",
    "meaning",
    "basis",
    "unit",
    "kind",
    "printed_units",
    "total",
    "comparison",
    "children",
)
_REPORT_TITLE = re.compile(r"(?=.*\{机关\})(?=.*\{年度\})[^<>&\"]*")
_NEEDED = "格式文件必须写明这一项。"


def read_formats(files: Mapping[str, tuple[Reading, Node]]) -> dict[str, Format]:
    """Read the format files, given by id; a file that cannot be used is reported and left out."""
    shelf = _Shelf(files)
    return {name: edition for name in files if (edition := shelf.take(name)) is not None}


@dataclass(slots=True)
class _Shelf:
    """The format files and what was read of them so far."""

    files: Mapping[str, tuple[Reading, Node]]
    done: dict[str, Format | None] = field(default_factory=dict)

    def take(self, name: str) -> Format | None:
        """Read a format, and first those that it refers to; None where it is not usable."""
        if name not in self.done:
            self.done[name] = None  # a format that refers to itself finds nothing
            reading, node = self.files[name]
            before = len(reading.problems)
            edition = _read_format(reading, node, name, self)
            if len(reading.problems) == before:
                self.done[name] = edition
        return self.done[name]


def _read_format(reading: Reading, node: Node, name: str, shelf: _Shelf) -> Format:
    fields = reading.fields(node, _FORMAT, "格式文件")
    if (stated := fields.text("id", needed=_NEEDED)) and stated != name:
        reading.report(node, rules.REFERENCE, f"id 是“{stated}”。", f"与文件名一致，写“{name}”。")
    years = fields.need("years", _NEEDED)
    span = reading.fields(years, ("first", "last"), "years") if years else None
    sections = tuple(_section(reading, item, shelf) for item in fields.each("sections"))
    edition = Format(
        id=name,
        title=fields.name("title", needed=_NEEDED),
        authority=fields.name("authority", needed=_NEEDED),
        report_title=fields.matching(
            "report_title", _REPORT_TITLE, "带“{机关}”和“{年度}”的标题", needed=_NEEDED
        ),
        first_year=_year(span, "first", needed=_NEEDED) or 0,
        last_year=_year(span, "last"),
        sections=sections,
        key_figures=_key_figures(reading, fields, shelf),
    )
    _check_references(reading, node, edition)
    return edition


def _year(span: Fields | None, key: str, *, needed: str = "") -> int | None:
    text = span.matching(key, _YEAR, "四位年份", needed=needed) if span else ""
    return int(text) if text else None


def _section(reading: Reading, node: Node, shelf: _Shelf) -> Section:
    fields = reading.fields(node, _SECTION, "部分")
    section_id = fields.matching("id", _ID, "小写字母、数字和下划线", needed=_NEEDED)
    if other := fields.text("same_as"):
        return _same(reading, fields, shelf, other, section_id)
    heading = fields.name("heading", needed=_NEEDED)
    return Section(
        id=section_id,
        heading=heading,
        key=fields.name("key", needed=_NEEDED),
        meaning=fields.text("meaning", needed=_NEEDED),
        basis=fields.text("basis", needed=_NEEDED),
        tables=tuple(_table(reading, item) for item in fields.each("tables")),
    )


def _same(
    reading: Reading, fields: Fields, shelf: _Shelf, other: str, section_id: str
) -> Section:
    source = shelf.take(other) if other in shelf.files else None
    section = source.by_id.get(section_id) if source else None
    if section is None:
        message = f"格式“{other}”里没有“{section_id}”这一部分。"
        reading.report(fields.node, rules.REFERENCE, message, "检查 same_as 和 id。")
        return Section(section_id, "", "", "", "")
    for item in fields.each("replace"):
        section = _replaced(reading, section, item)
    return section


def _replaced(reading: Reading, section: Section, node: Node) -> Section:
    fields = reading.fields(node, ("table", "row", "with"), "replace")
    number = fields.matching("table", re.compile(r"[1-9]"), "第几张表", needed=_NEEDED)
    path = fields.text("row", needed=_NEEDED)
    heading_node = fields.need("with", _NEEDED)
    position = int(number or 1) - 1
    if heading_node is None or position >= len(section.tables):
        return section
    table = section.tables[position]
    rows = _with_heading(table.rows.headings, path.split("."), _heading(reading, heading_node))
    if rows == table.rows.headings:
        reading.report(fields.node, rules.REFERENCE, f"没有“{path}”这一行。", "检查 row。")
    changed = replace(table, rows=Axis(rows))
    return replace(
        section, tables=(*section.tables[:position], changed, *section.tables[position + 1 :])
    )


def _with_heading(
    headings: tuple[Heading, ...], path: list[str], new: Heading
) -> tuple[Heading, ...]:
    def put(heading: Heading) -> Heading:
        if heading.id != path[0]:
            return heading
        if len(path) == 1:
            return new
        return replace(heading, children=_with_heading(heading.children, path[1:], new))

    return tuple(put(heading) for heading in headings)


def _table(reading: Reading, node: Node) -> Table:
    fields = reading.fields(node, _TABLE, "表格")
    printed = fields.matching("printed", re.compile("across"), "across")
    return Table(
        rows=_axis(reading, fields, "rows"),
        columns=_axis(reading, fields, "columns"),
        band=fields.text("band"),
        corner=fields.text("corner"),
        meaning=fields.text("meaning"),
        basis=fields.text("basis"),
        is_across=printed == "across",
        reconciliations=tuple(
            _reconciliation(reading, item) for item in fields.each("reconciliations")
        ),
        carry_over=_carry_over(reading, fields),
    )


def _axis(reading: Reading, fields: Fields, key: str) -> Axis:
    headings = tuple(_heading(reading, item) for item in fields.each(key))
    if not headings and not fields.broken:
        reading.report(fields.node, rules.MISSING_KEY, f"表格缺少“{key}”。", _NEEDED)
    return Axis(headings)


def _heading(reading: Reading, node: Node) -> Heading:
    fields = reading.fields(node, _HEADING, "行列标题")
    label = fields.text("label", needed=_NEEDED)
    kind = fields.matching("kind", re.compile("|".join(Kind)), "、".join(Kind))
    units = (reading.text(item, "“printed_units”") for item in fields.each("printed_units"))
    return Heading(
        id=fields.matching("id", _ID, "小写字母、数字和下划线"),
        label=label,
        key=fields.name("key") or label,
        meaning=fields.text("meaning", needed=_NEEDED),
        basis=fields.text("basis", needed=_NEEDED),
        unit=fields.text("unit"),
        kind=Kind(kind) if kind else None,
        printed_units=tuple(units),
        is_total=fields.matching("total", re.compile("true"), "true") == "true",
        comparison=_comparison(reading, fields),
        children=tuple(_heading(reading, item) for item in fields.each("children")),
    )


def _comparison(reading: Reading, fields: Fields) -> Comparison | None:
    node = fields.get("comparison")
    if node is None:
        return None
    inner = reading.fields(node, ("with", "degree", "note"), "comparison")
    degree = inner.matching(
        "degree", re.compile("|".join(Degree)), "、".join(Degree), needed=_NEEDED
    )
    return Comparison(
        inner.text("with", needed=_NEEDED),
        Degree(degree or Degree.NONE),
        inner.text("note", needed=_NEEDED),
    )


def _reconciliation(reading: Reading, node: Node) -> Reconciliation:
    fields = reading.fields(node, ("rule", "left", "right"), "勾稽关系")
    return Reconciliation(
        rule=fields.text("rule", needed=_NEEDED),
        left=tuple(reading.text(item, "“left”") for item in fields.each("left")),
        right=tuple(reading.text(item, "“right”") for item in fields.each("right")),
    )


def _carry_over(reading: Reading, fields: Fields) -> CarryOver | None:
    node = fields.get("carry_over")
    if node is None:
        return None
    inner = reading.fields(node, ("opening", "closing"), "carry_over")
    return CarryOver(
        inner.text("opening", needed=_NEEDED), inner.text("closing", needed=_NEEDED)
    )


def _key_figures(reading: Reading, fields: Fields, shelf: _Shelf) -> tuple[KeyFigure, ...]:
    if other := fields.text("key_figures_of"):
        source = shelf.take(other) if other in shelf.files else None
        return source.key_figures if source else ()
    keys = ("label", "section", "row", "column")
    figures = []
    for item in fields.each("key_figures"):
        inner = reading.fields(item, keys, "key_figures")
        figures.append(KeyFigure(*(inner.text(key, needed=_NEEDED) for key in keys)))
    return tuple(figures)


def _check_references(reading: Reading, node: Node, edition: Format) -> None:
    """Every path that a format names must be a row or column that it has."""
    for section in edition.sections:
        for table in section.tables:
            named = {row for rule in table.reconciliations for row in (*rule.left, *rule.right)}
            if table.carry_over:
                named |= {table.carry_over.opening, table.carry_over.closing}
            for row in sorted(named - set(table.rows.paths)):
                reading.report(node, rules.REFERENCE, f"“{section.id}”里没有“{row}”这一行。", "改正路径。")
    for figure in edition.key_figures:
        found = edition.by_id.get(figure.section)
        table_of_row = found.rows.get(figure.row) if found else None
        if not table_of_row or figure.column not in table_of_row[0].columns.index:
            message = f"key_figures 里的“{figure.label}”找不到对应的格。"
            reading.report(node, rules.REFERENCE, message, "检查 section、row、column。")
