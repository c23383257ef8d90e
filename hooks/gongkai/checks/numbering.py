"""Whether the numbers of paragraphs and items follow one another."""

import re
from collections.abc import Iterator

from gongkai.data.passages import Passage
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, check, in_text


@check("序号", Severity.WARNING)
def broken_numbering(context: ReportContext) -> Iterator[Assessment]:
    """“一是、二是”“（一）（二）”这样的序号连续，不跳号，不重号，从一开始。

    依据：审核经验
    错：二是……三是……（没有一是）
    对：一是……二是……
    """
    for passage in context.passages:
        for series in _SERIES:
            yield from _numbering(context, passage, series)


_HAN = "一二三四五六七八九十"
_SERIES = (
    re.compile(rf"(?:^|(?<=[,。;:!\n ]))([{_HAN}]{{1,3}})(?:是|要)(?!否)", re.MULTILINE),
    re.compile(rf"^[ ]*\(([{_HAN}]{{1,3}})\)", re.MULTILINE),
    re.compile(r"^[ ]*(\d{1,2})[.、](?!\d)", re.MULTILINE),
)


def _ordinal(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, is_large, ones = text.rpartition("十")
    ten = 10 * (_HAN.index(tens) + 1 if tens else 1) if is_large else 0
    return ten + (_HAN.index(ones[-1]) + 1 if ones else 0)


def _numbering(
    context: ReportContext, passage: Passage, series: re.Pattern[str]
) -> Iterator[Assessment]:
    """Judge one kind of number; a list within an item of another has numbers of its own."""
    open_lists: list[int] = []
    for match in series.finditer(passage.text):
        number = _ordinal(match[1])
        while number > 1 and open_lists[1:] and open_lists[-1] != number - 1:
            if number - 1 not in open_lists:
                break
            open_lists.pop()
        if number == 1:
            open_lists.append(1)
            yield None
        elif open_lists and open_lists[-1] == number - 1:
            open_lists[-1] = number
            yield None
        else:
            before = f"前一个是第 {open_lists[-1]} 项" if open_lists else "前面没有第 1 项"
            message = f"这里是第 {number} 项，{before}。"
            hint = "按顺序改正序号，或者补上缺的一项。"
            yield in_text(context, passage, match.span(1), message, hint)
            open_lists[-1:] = [number]
