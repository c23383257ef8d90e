"""How much of a report's text is copied: from last year, or from another agency."""

import re
from collections.abc import Iterator

from gongkai.source.problems import Location, Severity

from .assessment import Assessment, Finding, ReportContext, check, in_text
from .fingerprints import Fingerprinted, Overlap

_MOST = 0.5
"""The share that one city's scoring sheet of 2025 tolerates."""
_SHOWN = 3
_LONGEST = 40
_FOUND_BY = 6
_NOT_HAN = "[^\u4e00-\u9fff]*"


@check("与上年雷同", Severity.WARNING)
def copied_from_last_year(context: ReportContext) -> Iterator[Assessment]:
    """正文与上年的报告相同的不超过一半（名称、数字和通用的套话不算）。

    依据：国办公开办函〔2021〕30号（雷同、敷衍的要追究责任）；一半是地方考核的标准
    错：只改了年份和数字，八成文字与上年一样。
    对：写本年的工作和本年的问题。
    """
    before = context.before
    other = context.shared.texts.get(before.report.key) if before else None
    if other is not None:
        yield from _judge(context, other, f" {other.key.year} 年的报告")


@check("与他人雷同", Severity.WARNING)
def copied_from_others(context: ReportContext) -> Iterator[Assessment]:
    """正文与别的机关同年的报告相同的不超过一半（名称、数字和通用的套话不算）。

    依据：国办公开办函〔2021〕30号（雷同、敷衍的要追究责任）；一半是地方考核的标准
    错：几个单位用同一篇文字，只换了单位名称。
    对：写本机关的情况。
    """
    other = context.shared.nearest.get(context.report.key)
    if other is not None:
        name = context.shared.dataset.agencies[other.key.agency].name
        yield from _judge(context, other, f"{name} {other.key.year} 年的报告")


def _judge(context: ReportContext, other: Fingerprinted, whose: str) -> Iterator[Assessment]:
    own = context.shared.texts.get(context.report.key)
    if own is None or not own.is_long or not other.is_long:
        return
    overlap = own.overlap(other)
    if overlap.share <= _MOST:
        yield None
        return
    message = f"与{whose}相同 {overlap.share:.1%}，例如：{_shown(overlap)}。"
    yield _at_first(context, overlap, message)


def _shown(overlap: Overlap) -> str:
    stretches = (words[:_LONGEST] for words in overlap.stretches[:_SHOWN])
    return "；".join(f"“{words}{'……' if len(words) == _LONGEST else ''}”" for words in stretches)


def _at_first(context: ReportContext, overlap: Overlap, message: str) -> Finding:
    """The finding where the longest of what is the same stands in the text."""
    hint = "改写成本机关本年的情况；确有原因的，用“说明”写明。"
    letters = _NOT_HAN.join(overlap.stretches[0][:_FOUND_BY])
    for passage in context.passages:
        if match := re.search(letters, passage.prose.text):
            return in_text(context, passage, match.span(), message, hint).known_by("")
    return Finding(Location(context.report.path), message, hint)
