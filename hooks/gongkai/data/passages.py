"""The prose of a report cut into sentences and counted things, each with its place in the text.

Text is made half-width first, so that offsets stay those of the text as printed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from gongkai.forms.formats import Section
from gongkai.source.halfwidth import halfwidth

from .reports import Prose, Report

_SENTENCE = re.compile(r"[^。;!?\n]+")
_SUBHEADING = re.compile(r"[(（][一二三四五六七八九十]+[)）][^。;!?；！？]{1,40}")
_LONGEST_HEADING = 50

_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"": 1, "万": 10_000, "亿": 100_000_000}
_AMOUNT = re.compile(
    r"(?P<number>[\d零〇一二两三四五六七八九十百千][\d,.零〇一二两三四五六七八九十百千]*)"
    r"(?P<large>[万亿]?)(?P<after>[余多来]?)[ ]?"
    r"(?P<unit>件次|人次|条次|元|件|宗|份|条|起|篇|期|场|项|批|例|则|个|次|部)"
)
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+")
_ROUGHLY = ("近", "约", "超", "超过", "逾", "不足", "将近", "大约", "至少")


class Amount(NamedTuple):
    """A number of something, as `15件` or `十五件`."""

    start: int
    end: int
    value: Decimal
    unit: str
    is_rough: bool
    """Whether words such as 近 or 余 stand with it."""


class Sentence(NamedTuple):
    """A sentence, or a part of one that ends in a semicolon; `text` is half-width."""

    text: str
    start: int
    """Where it begins in the text of its section."""
    heading: str
    """The sub-heading above it, half-width; empty where there is none."""
    paragraph: int
    """The number of its paragraph."""


class Paragraph(NamedTuple):
    """A line of staff text: a paragraph, or a sub-heading with its address."""

    text: str
    id: str = ""


class Passage:
    """The prose of one section, made half-width and cut up when asked for."""

    def __init__(self, section: Section, prose: Prose) -> None:
        """Keep the section and its prose."""
        self.section = section
        self.prose = prose
        self.text = halfwidth(prose.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order; sub-headings are not among them."""
        return tuple(_sentences(self.text))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every number that is followed by a unit, by place."""
        return tuple(amounts(self.text))

    def amounts_in(self, start: int, end: int) -> tuple[Amount, ...]:
        """Return the amounts within a stretch of the text."""
        first = bisect_left(self.amounts, start, key=_start)
        last = bisect_left(self.amounts, end, key=_start)
        return tuple(item for item in self.amounts[first:last] if item.end <= end)

    def quoted(self, start: int, end: int) -> str:
        """Return the words as printed."""
        return self.prose.text[start:end]


def _start(amount: Amount) -> int:
    return amount.start


def passages(report: Report) -> tuple[Passage, ...]:
    """Return the prose sections of a report, in order."""
    return tuple(
        Passage(section, report.prose[section.id])
        for section in report.sections
        if section.id in report.prose
    )


def is_subheading(line: str) -> bool:
    """Whether a line is a sub-heading such as `(一)主动公开情况`, in marks of any width."""
    return len(line) < _LONGEST_HEADING and _SUBHEADING.fullmatch(line) is not None


def _sentences(text: str) -> Iterator[Sentence]:
    heading, start = "", 0
    for number, line in enumerate(text.split("\n")):
        if is_subheading(line.strip()):
            heading = line.strip()
        else:
            for match in _SENTENCE.finditer(line):
                yield Sentence(match[0], start + match.start(), heading, number)
        start += len(line) + 1


def amounts(text: str) -> Iterator[Amount]:
    """Yield every number of a half-width text that is followed by a unit."""
    for match in _AMOUNT.finditer(text):
        start = match.start()
        number = match["number"].lstrip(",.")
        before = text[max(0, start - 2) : start]
        if _WHOLE.fullmatch(number) and not before.endswith("第"):
            value = _number(number) * _LARGE[match["large"]]
            is_rough = bool(match["after"]) or before.endswith(_ROUGHLY)
            yield Amount(start, match.end(), value, match["unit"], is_rough)


def _number(text: str) -> Decimal:
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    total = digit = 0
    for character in text:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character] if digit else _DIGITS[character]
    return Decimal(total + digit)


def paragraphs_of(section: Section, lines: Iterable[str]) -> Iterator[Paragraph]:
    """Tell the sub-headings of a section's prose from its paragraphs."""
    count = 0
    for line in lines:
        if is_subheading(line):
            count += 1
            yield Paragraph(line, f"{section.id}-{count}")
        else:
            yield Paragraph(line)
