"""Located nodes of a format's `told` → `Mentions`: which figures prose tells, in which words."""

import re
from collections.abc import Sequence
from decimal import Decimal

from gongkai.source import rules
from gongkai.source.fields import Fields, Reading
from gongkai.source.nodes import Node

from .formats import Section
from .mentions import CellPath, Fee, MentionPattern, Mentions, Sum, Topic

_NEEDED = "格式文件必须写明这一项。"
_NOTHING = re.compile(r"(?!)")


def read_mentions(reading: Reading, node: Node, sections: Sequence[Section]) -> Mentions:
    """Read what a format says of numbers in prose; every figure named must be there."""
    fields = reading.fields(node, ("topics", "fees"), "told")
    reader = _Reader(reading, {section.id: section for section in sections})
    return Mentions(
        tuple(reader.topic(item) for item in fields.each("topics")),
        tuple(fee for item in fields.each("fees") if (fee := reader.fee(item))),
    )


class _Reader:
    def __init__(self, reading: Reading, sections: dict[str, Section]) -> None:
        self.reading = reading
        self.sections = sections

    def topic(self, node: Node) -> Topic:
        fields = self.reading.fields(node, ("about", "thing", "units", "figures"), "topics")
        units = (self.reading.text(item, "“units”") for item in fields.each("units"))
        return Topic(
            about=self.pattern(fields, "about"),
            thing=self.pattern(fields, "thing"),
            units=frozenset(units),
            figures=tuple(self.figure(item) for item in fields.each("figures")),
        )

    def figure(self, node: Node) -> MentionPattern:
        fields = self.reading.fields(node, ("name", "words", "any"), "figures")
        sums = (self.sum(item) for item in fields.each("any"))
        name = fields.text("name", needed=_NEEDED)
        return MentionPattern(name, self.pattern(fields, "words"), tuple(sums))

    def fee(self, node: Node) -> Fee | None:
        fields = self.reading.fields(node, ("words", "cell", "yuan"), "fees")
        words, cell = self.pattern(fields, "words"), fields.need("cell", _NEEDED)
        yuan = fields.matching("yuan", re.compile(r"\d{1,9}"), "数字", needed=_NEEDED)
        cells = self.sum(cell) if cell is not None else ()
        return Fee(words, cells[0], Decimal(yuan)) if cells and yuan else None

    def sum(self, node: Node) -> Sum:
        text = self.reading.text(node, "格")
        cells = tuple(self.cell(part.strip()) for part in text.split("+"))
        if None in cells:
            message, hint = f"没有“{text}”这样的格。", "写成“部分.行.列”，几格相加用“ + ”。"
            self.reading.report(node, rules.REFERENCE, message, hint)
        return tuple(cell for cell in cells if cell is not None)

    def cell(self, path: str) -> CellPath | None:
        section_id, *parts = path.split(".")
        section = self.sections.get(section_id)
        for cut in range(1, len(parts)) if section else ():
            row, column = ".".join(parts[:cut]), ".".join(parts[cut:])
            if section and row in section.rows and column in section.rows[row][0].columns.index:
                return CellPath(section_id, row, column)
        return None

    def pattern(self, fields: Fields, key: str) -> re.Pattern[str]:
        text = fields.text(key, needed=_NEEDED)
        try:
            return re.compile(text) if text else _NOTHING
        except re.error:
            message, hint = f"“{key}”不是正则表达式。", "检查括号是否配对。"
            self.reading.report(fields.get(key) or fields.node, rules.VALUE, message, hint)
            return _NOTHING
