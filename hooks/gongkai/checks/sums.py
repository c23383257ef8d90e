"""Sums that prose tells, and the counts of channels that are entered as data."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from gongkai.data.passages import Amount, Passage
from gongkai.data.report_keys import CHANNELS
from gongkai.source.problems import Location, Severity
from gongkai.source.subjects import Target

from .assessment import Assessment, Finding, ReportContext, check, in_text

_PARTS = re.compile(r"[,:;。(\[]?(?:其中|分别[为是])[,:]?")
_COMPLETE = re.compile(r"分别[为是]")
_OPEN_ENDED = re.compile(r"等(?!级|次|候|待|值|额|同)")
_ELSEWHERE = re.compile(
    r"另外?|此外|同时|截至|同比|其中|还|累计|总共|一共|(?<!公)共(?=[计有收发办\d])"
)
_COMPARED = re.compile(r"(?:[比较]|同比|增[加长]|减少|下降|上升)[^,:;。()]*$")
_OVERLAP = re.compile(r"重叠|交叉|重复|部分.{0,6}同时")
_NUMBERED = re.compile(r"[,。;:!\n ]([一二三四五六七八九十]{1,2})是")
_FEWEST = 2


@check("正文合计", Severity.WARNING)
def prose_sum(context: ReportContext) -> Iterator[Assessment]:
    """正文里“共多少，其中多少、多少”的分项之和不超过总数；写明是全部分项的，等于总数。

    依据：国办公开办函〔2021〕30号要求数据准确
    错：共 276 条，其中动态 216 条、通知 50 条、其他 100 余条。
    对：共 276 条，其中动态 216 条、通知 50 条、其他 10 条。
    """
    for passage in context.passages:
        for total in passage.amounts:
            if total.is_rough or _COMPARED.search(passage.text, 0, total.start):
                continue
            listed = _listed(passage, total)
            if listed is not None:
                yield _judge(context, passage, total, *listed)


def _judge(
    context: ReportContext,
    passage: Passage,
    total: Amount,
    parts: list[Amount],
    is_complete: bool,  # noqa: FBT001
) -> Assessment:
    values = [part.value for part in parts]
    whole = sum(values, Decimal(0))
    if total.value in accumulate(values) or (whole < total.value and not is_complete):
        return None
    shown = " + ".join(str(value) for value in values)
    message = f"总数写的是 {total.value}，分项之和 {shown} = {whole}。"
    hint = "核对总数和各分项，改正错的一处。"
    return in_text(context, passage, (total.start, total.end), message, hint)


def _listed(passage: Passage, total: Amount) -> tuple[list[Amount], bool] | None:
    """The parts that a total is said to have, and whether they are all of them."""
    if match := _PARTS.match(passage.text, total.end):
        return _in_one_sentence(passage, total, match)
    if match := _NUMBERED.match(passage.text, total.end):
        return _numbered(passage, total, match.start()) if match[1] == "一" else None
    return None


def _in_one_sentence(
    passage: Passage, total: Amount, opening: re.Match[str]
) -> tuple[list[Amount], bool] | None:
    start, end = opening.end(), _end(passage.text, opening)
    if stop := _ELSEWHERE.search(passage.text, start, end):
        end = stop.start()
    parts = _outside_brackets(passage, start, end, total.unit)
    text = passage.text[start:end]
    if len(parts) < _FEWEST or _OVERLAP.search(passage.text[start : _end(passage.text, opening)]):
        return None
    is_complete = (
        bool(_COMPLETE.search(opening[0]))
        and not _OPEN_ENDED.search(text)
        and not any(part.is_rough for part in parts)
    )
    return parts, is_complete


def _end(text: str, opening: re.Match[str]) -> int:
    """Where a list ends: at its closing bracket, or with the sentence."""
    depth = 0
    is_list = opening[0][0] in "([" or opening[0][-1] == ":"
    for at in range(opening.end(), len(text)):
        if text[at] in "。\n" or (text[at] == ";" and not is_list):
            return at
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth < 0:
            return at
    return len(text)


def _outside_brackets(passage: Passage, start: int, end: int, unit: str) -> list[Amount]:
    """The amounts of a unit in a stretch, those in brackets left out."""
    found = []
    for amount in passage.amounts_in(start, end):
        before = passage.text[start : amount.start]
        if amount.unit == unit and before.count("(") == before.count(")"):
            found.append(amount)
    return found


def _numbered(passage: Passage, total: Amount, start: int) -> tuple[list[Amount], bool] | None:
    """The first amount of each numbered item of a paragraph; None where an item has none."""
    end = passage.text.find("\n", start + 1)
    end = len(passage.text) if end < 0 else end
    begins = [match.end() for match in _NUMBERED.finditer(passage.text, start, end)]
    parts = []
    for begin, stop in zip(begins, [*begins[1:], end], strict=True):
        amounts = _outside_brackets(passage, begin, stop, total.unit)
        if len(amounts) != 1 or amounts[0].is_rough:
            return None
        parts += amounts
    return (parts, True) if len(parts) >= _FEWEST else None


@check("渠道合计", Severity.WARNING)
def channels_total(context: ReportContext) -> Iterator[Assessment]:
    """“主动公开渠道”的合计等于各项之和，每一项等于它的分项之和。

    依据：本站填报约定；数据取自第一部分的正文
    错：合计 477，明细加起来是 476。
    对：合计与明细之和相等。
    """
    channels = context.report.channels
    if channels is None:
        return
    numbers = [item.number for item in channels.items]
    yield _sum(context, channels.line, "合计", channels.total, numbers)
    for item in channels.items:
        if item.parts:
            parts = [number for _, number in item.parts]
            yield _sum(context, item.line, item.content, item.number, parts)


def _sum(context: ReportContext, line: int, name: str, total: int, parts: list[int]) -> Assessment:
    if sum(parts) == total:
        return None
    shown = " + ".join(map(str, parts))
    message = f"“{name}”填的是 {total}，各项之和 {shown} = {sum(parts)}。"
    hint = "核对合计和各项，改正错的一处。"
    return Finding(
        Location(context.report.path, line), message, hint, Target((CHANNELS,), key=name)
    )
