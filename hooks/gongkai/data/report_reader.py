"""Located nodes of a report file → `Report`."""

import re
from collections.abc import Mapping

from gongkai.forms import formats
from gongkai.forms.formats import Format, Section
from gongkai.source import rules
from gongkai.source.dates import MOMENT, existing_moment
from gongkai.source.fields import Fields, Reading, canonical
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node, Scalar

from . import report_keys as keys
from .answers import read_answers
from .reports import Channel, Channels, Correction, Prose, Report, Source
from .row_reader import expected_parents, read_tables


def read_report(
    reading: Reading, node: Node, agency: str, year: int, editions: Mapping[str, Format]
) -> Report | None:
    """Read a report; None where the year has no format or the file no keys."""
    in_force = formats.of_year(editions, year)
    if in_force is None:
        hint = "检查文件名里的年份和 data/formats 里的格式。"
        reading.report(node, rules.REFERENCE, f"{year} 年没有对应的报告格式。", hint)
        return None
    if not isinstance(node, MappingNode):
        reading.fields(node, (), "报告文件")
        return None
    edition, others = _editions(reading, node, in_force, editions)
    sections = tuple(
        others.get(section.id, edition).by_id.get(section.id, section)
        for section in edition.sections
    )
    fields = reading.fields(
        node, keys.report_keys(sections), "报告文件", expected_parents(sections)
    )
    source = _source(fields)
    historical = source is not Source.FILED
    if not historical and (edition != in_force or others):
        _report_state(reading, fields, keys.EDITION)
    return Report(
        agency=agency,
        year=year,
        path=reading.path,
        edition=edition,
        sections=sections,
        section_editions=others,
        source=source,
        title=fields.name(keys.TITLE),
        published=_published(reading, fields, historical=historical),
        original_url=fields.url(keys.ORIGINAL, needed="填写原报告的网址。" if historical else ""),
        prose=_prose(reading, fields, sections, source),
        figures=read_tables(reading, fields, sections, historical=historical),
        channels=_channels(reading, fields),
        answers=read_answers(reading, fields),
        corrections=_corrections(reading, fields),
        transcription_notes=_notes(reading, fields, historical=historical),
        places={
            key: reading.at(value)
            for key, (_, value) in fields.found.items()
            if key in keys.OWN_KEYS
        },
    )


def _editions(
    reading: Reading, node: MappingNode, in_force: Format, editions: Mapping[str, Format]
) -> tuple[Format, dict[str, Format]]:
    """Return the report's format, and those of the sections that follow another one."""
    stated = next(
        (value for key, value in node.entries if canonical(key.text) == keys.EDITION), None
    )
    if stated is None:
        return in_force, {}
    if not isinstance(stated, MappingNode):
        return _edition(reading, stated, editions) or in_force, {}
    by_key = {section.key: section.id for section in in_force.sections}
    others = {}
    for key, (_, value) in reading.entries(stated, by_key).items():
        other = _edition(reading, value, editions)
        if other is not None and by_key[key] in other.by_id:
            others[by_key[key]] = other
        elif other is not None:
            message = f"格式“{other.id}”里没有“{key}”。"
            reading.report(value, rules.REFERENCE, message, "写有这一部分的格式。")
    return in_force, others


def _edition(reading: Reading, node: Node, editions: Mapping[str, Format]) -> Format | None:
    name = reading.text(node, f"“{keys.EDITION}”")
    if name and name not in editions:
        known = "、".join(editions)
        reading.report(node, rules.REFERENCE, f"没有“{name}”这种格式。", f"可以写：{known}。")
    return editions.get(name)


def _source(fields: Fields) -> Source:
    text = fields.matching(keys.SOURCE, re.compile("|".join(Source)), f"{'、'.join(Source)}之一")
    if fields.get(keys.SOURCE) is not None and not text:
        return Source.TRANSCRIBED  # reported; whoever writes it seldom means a new report
    return Source(text) if text else Source.FILED


def _report_state(reading: Reading, fields: Fields, key: str) -> None:
    node = fields.get(key)
    if node is not None:
        message = f"“{key}”只用于转录已经发布的报告。"
        reading.report(node, rules.STATE, message, f"删掉这一行，或者写明“{keys.SOURCE}”。")


def _published(reading: Reading, fields: Fields, *, historical: bool) -> str:
    text = fields.text(keys.PUBLISHED, needed=keys.DATE_NEEDED)
    node = fields.get(keys.PUBLISHED)
    if node is None:
        return ""
    if text == keys.UNKNOWN_DATE and historical:
        return ""
    if text and not MOMENT.fullmatch(text):
        message = f"“{keys.PUBLISHED}”写成了“{text[:24]}”。"
        reading.report(node, rules.VALUE, message, keys.DATE_NEEDED)
        return ""
    return existing_moment(reading, node, text)


def _prose(
    reading: Reading, fields: Fields, sections: tuple[Section, ...], source: Source
) -> dict[str, Prose]:
    found = {}
    for section in sections:
        if section.tables:
            continue
        node = fields.get(section.key)
        if source is Source.FIGURES_ONLY:
            if node is not None:
                message = f"{keys.SOURCE}是“{source}”，这里却有正文。"
                hint = f"删掉正文，或者把{keys.SOURCE}改成“{Source.TRANSCRIBED}”。"
                reading.report(node, rules.STATE, message, hint)
        elif fields.text(section.key, needed=keys.PROSE_NEEDED) and isinstance(node, Scalar):
            found[section.id] = _placed(node)
    return found


def _placed(node: Scalar) -> Prose:
    """Return a text with the place in the file of its first line."""
    text = node.text.lstrip("\n").rstrip()
    if node.style == "|":
        before = len(node.text) - len(node.text.lstrip("\n"))
        return Prose(text, node.line + 1 + before, node.indent + 1)
    quote = 1 if node.style else 0
    return Prose(text, node.line, node.column + quote, is_folded=not node.end_column)


def _channels(reading: Reading, fields: Fields) -> Channels | None:
    node = fields.get(keys.CHANNELS)
    if node is None:
        return None
    before = len(reading.problems)
    inner = reading.fields(node, keys.CHANNELS_GROUP.keys, f"“{keys.CHANNELS}”")
    total = _count(inner, "合计")
    items = tuple(_channel(reading, item) for item in inner.each(keys.CHANNEL_ITEMS))
    return Channels(total, items, node.line) if len(reading.problems) == before else None


def _channel(reading: Reading, node: Node) -> Channel:
    inner = reading.fields(node, keys.CHANNEL.keys, f"“{keys.CHANNEL_ITEMS}”的每一项")
    parts_node = inner.get("其中")
    parts = []
    if isinstance(parts_node, MappingNode):
        part_fields = Fields(reading, parts_node, reading.entries(parts_node, _keys(parts_node)))
        parts = [(key, _count(part_fields, key)) for key in part_fields.found]
    elif parts_node is not None:
        message, hint = "“其中”应当是一组“名称: 条数”。", "写成 {甲类: 3, 乙类: 5}。"
        reading.report(parts_node, rules.WRONG_TYPE, message, hint)
    content = inner.name("内容", needed="写明公开的是什么。")
    channel = inner.name("渠道", needed="写明在哪里公开。")
    return Channel(content, channel, _count(inner, "条数"), tuple(parts), node.line)


def _keys(node: MappingNode) -> tuple[str, ...]:
    return tuple(key.text for key, _ in node.entries)


def _count(fields: Fields, key: str) -> int:
    text = fields.matching(
        key, keys.COUNT, "不带小数的数字，例如 12", needed="填写条数，没有填 0。"
    )
    return int(text) if text else 0


def _corrections(reading: Reading, fields: Fields) -> tuple[Correction, ...]:
    found = []
    for node in fields.each(keys.CORRECTIONS):
        inner = reading.fields(node, keys.CORRECTION.keys, f"“{keys.CORRECTIONS}”的每一项")
        date = inner.matching("日期", MOMENT, "2022-03-01", needed="写明更正的日期。")
        date = existing_moment(reading, inner.get("日期") or node, date)
        text = inner.text("内容", needed="写明改了什么、为什么改。")
        found.append(Correction(date, text))
    return tuple(found)


def _notes(reading: Reading, fields: Fields, *, historical: bool) -> tuple[str, ...]:
    if not historical:
        _report_state(reading, fields, keys.NOTES)
    text = fields.text(keys.NOTES)
    return Prose(text, 0).paragraphs
