"""Located nodes of `data/formats/*.yaml` → `Format` values.

A section may be the same as in another format, with single headings replaced, so that a new edition
states only what is new.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gongkai.source import rules
from gongkai.source.dates import YEAR, month_day
from gongkai.source.fields import Fields, Reading
from gongkai.source.nodes import Node

from .formats import Format, KeyFigure, Section, StatutoryDeadline, newest_first
from .kinds import KINDS
from .mentions import NO_MENTIONS, Mentions
from .mentions_reader import read_mentions
from .table_reader import ID, NEEDED, has_heading, read_table, with_heading

_FORMAT = (
    "id",
    "title",
    "authority",
    "report_title",
    "years",
    "key_figures",
    "key_figures_of",
    "told",
    "told_of",
    "deadlines",
    "deadlines_of",
    "sections",
)
_SECTION = (
    "id",
    "heading",
    "key",
    "meaning",
    "basis",
    "tables",
    "length",
    "same_as",
    "replace",
)
_SIZE = re.compile(r"[1-9]\d{0,4}", re.ASCII)
_REPORT_TITLE = re.compile(r"(?=.*\{机关\})(?=.*\{年度\})[^<>&\"]*")


def read_formats(files: Mapping[str, tuple[Reading, Node]]) -> dict[str, Format]:
    """Read the format files, given by id; a file that cannot be used is reported and left out."""
    shelf = _Shelf(files)
    return _named({name: edition for name in files if (edition := shelf.take(name)) is not None})


def _named(editions: Mapping[str, Format]) -> dict[str, Format]:
    """Name every form after the oldest edition that has it, whichever file states it."""
    forms = {
        section: replace(section, form=_form(edition.id, section.id))
        for edition in newest_first(editions.values())
        for section in edition.sections
    }
    return {
        name: replace(edition, sections=tuple(forms[section] for section in edition.sections))
        for name, edition in editions.items()
    }


def _form(edition: str, section_id: str) -> str:
    return f"{edition}/{section_id}"


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
    if (stated := fields.text("id", needed=NEEDED)) and stated != name:
        reading.report(node, rules.REFERENCE, f"id 是“{stated}”。", f"与文件名一致，写“{name}”。")
    years = fields.need("years", NEEDED)
    span = reading.fields(years, ("first", "last"), "years") if years else None
    sections = tuple(_section(reading, item, name, shelf) for item in fields.each("sections"))
    edition = Format(
        id=name,
        title=fields.name("title", needed=NEEDED),
        authority=fields.name("authority", needed=NEEDED),
        report_title=fields.matching(
            "report_title", _REPORT_TITLE, "带“{机关}”和“{年度}”的标题", needed=NEEDED
        ),
        first_year=_year(span, "first", needed=NEEDED) or 0,
        last_year=_year(span, "last"),
        sections=sections,
        key_figures=_key_figures(reading, fields, shelf, sections),
        mentions=_mentions(reading, fields, shelf, sections),
        deadlines=_deadlines(reading, fields, shelf),
    )
    for what, values in (("id", edition.by_id), ("key", {item.key for item in sections})):
        if len(values) < len(sections):
            message = f"有两个部分的 {what} 一样。"
            reading.report(node, rules.DUPLICATE_KEY, message, f"改掉其中一个 {what}。")
    return edition


def _year(span: Fields | None, key: str, *, needed: str = "") -> int | None:
    text = span.matching(key, YEAR, "四位年份", needed=needed) if span else ""
    return int(text) if text else None


def _section(reading: Reading, node: Node, edition: str, shelf: _Shelf) -> Section:
    fields = reading.fields(node, _SECTION, "部分")
    section_id = fields.matching("id", ID, "小写字母、数字和下划线", needed=NEEDED)
    if other := fields.text("same_as"):
        section = _same(reading, fields, shelf, other, section_id)
        replaced = tuple(fields.each("replace"))
        for item in replaced:
            section = _replaced(reading, section, item)
        return replace(section, form=_form(edition, section_id)) if replaced else section
    length = fields.get("length")
    span = reading.fields(length, ("fewest", "most"), "length") if length else None
    section = Section(
        id=section_id,
        form=_form(edition, section_id),
        heading=fields.name("heading", needed=NEEDED),
        key=fields.name("key", needed=NEEDED),
        meaning=fields.text("meaning", needed=NEEDED),
        basis=fields.text("basis", needed=NEEDED),
        tables=tuple(read_table(reading, item) for item in fields.each("tables")),
        fewest=_size(span, "fewest"),
        most=_size(span, "most"),
    )
    if len(section.rows) < sum(len(set(table.rows.paths)) for table in section.tables):
        message = "同一部分的几张表里有两行的 id 一样。"
        reading.report(node, rules.DUPLICATE_KEY, message, "改掉其中一个 id。")
    return section


def _size(span: Fields | None, key: str) -> int:
    return int(span.matching(key, _SIZE, "字数") or 0) if span else 0


def _same(reading: Reading, fields: Fields, shelf: _Shelf, other: str, section_id: str) -> Section:
    source = shelf.take(other) if other in shelf.files else None
    section = source.by_id.get(section_id) if source else None
    if section is None:
        message = f"格式“{other}”里没有“{section_id}”这一部分。"
        reading.report(fields.node, rules.REFERENCE, message, "检查 same_as 和 id。")
        return Section(section_id, "", "", "", "", "")
    return section


def _replaced(reading: Reading, section: Section, node: Node) -> Section:
    fields = reading.fields(node, ("table", "row", "with"), "replace")
    number = fields.matching("table", re.compile(r"[1-9]"), "第几张表", needed=NEEDED)
    path = fields.text("row", needed=NEEDED)
    heading_node = fields.need("with", NEEDED)
    index = int(number or 1) - 1
    table = section.tables[index] if index < len(section.tables) else None
    if heading_node is None or table is None or not has_heading(table, path):
        reading.report(fields.node, rules.REFERENCE, f"没有“{path}”这一行。", "检查 table 和 row。")
        return section
    changed = with_heading(reading, table, path, heading_node)
    return replace(section, tables=(*section.tables[:index], changed, *section.tables[index + 1 :]))


def _key_figures(
    reading: Reading, fields: Fields, shelf: _Shelf, sections: tuple[Section, ...]
) -> tuple[KeyFigure, ...]:
    if fields.get("key_figures_of"):
        source = _model(reading, fields, shelf, "key_figures_of")
        return source.key_figures if source else ()
    keys = ("label", "section", "row", "column")
    figures = []
    for item in fields.each("key_figures"):
        inner = reading.fields(item, keys, "key_figures")
        figure = KeyFigure(*(inner.text(key, needed=NEEDED) for key in keys))
        unit = _unit(sections, figure)
        if unit is None:
            message = f"key_figures 里的“{figure.label}”找不到对应的格。"
            reading.report(item, rules.REFERENCE, message, "检查 section、row、column。")
        figures.append(replace(figure, unit=unit or ""))
    return tuple(figures)


def _mentions(
    reading: Reading, fields: Fields, shelf: _Shelf, sections: tuple[Section, ...]
) -> Mentions:
    if fields.get("told_of"):
        source = _model(reading, fields, shelf, "told_of")
        return source.mentions if source else NO_MENTIONS
    node = fields.get("told")
    return NO_MENTIONS if node is None else read_mentions(reading, node, sections)


def _deadlines(reading: Reading, fields: Fields, shelf: _Shelf) -> tuple[StatutoryDeadline, ...]:
    if fields.get("deadlines_of"):
        source = _model(reading, fields, shelf, "deadlines_of")
        return source.deadlines if source else ()
    return tuple(_deadline(reading, item) for item in fields.each("deadlines"))


def _deadline(reading: Reading, node: Node) -> StatutoryDeadline:
    inner = reading.fields(node, ("kinds", "by", "basis"), "deadlines")
    day, basis = month_day(inner, "by", needed=NEEDED), inner.text("basis", needed=NEEDED)
    kinds = []
    for item in inner.each("kinds"):
        if (kind := reading.text(item, "“kinds”")) in KINDS:
            kinds.append(kind)
        else:
            message, hint = f"没有“{kind}”这一类机关。", f"写{'、'.join(KINDS)}。"
            reading.report(item, rules.VALUE, message, hint)
    return StatutoryDeadline(tuple(kinds), day, basis)


def _model(reading: Reading, fields: Fields, shelf: _Shelf, key: str) -> Format | None:
    """The other format that a key names, for what is the same there."""
    other = fields.text(key)
    source = shelf.take(other) if other in shelf.files else None
    if other and source is None:
        reading.report(fields.node, rules.REFERENCE, f"没有格式“{other}”。", f"检查 {key}。")
    return source


def _unit(sections: tuple[Section, ...], figure: KeyFigure) -> str | None:
    """Return the unit of a figure, or None where no section has it."""
    section = next((item for item in sections if item.id == figure.section), None)
    if section is None or figure.row not in section.rows:
        return None
    table, row = section.rows[figure.row]
    index = table.columns.index.get(figure.column)
    return None if index is None else table.unit(row, table.columns.leaves[index])
