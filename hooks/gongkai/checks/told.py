"""Numbers that prose tells against the tables.

A number counts as told only where the sentence leaves no doubt of what it is: which figure, of this
year, of all applicants and all channels, for the whole agency. Whatever else is said is left alone.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gongkai.passages import Amount, Passage, Sentence
from gongkai.problems import Severity
from gongkai.telling import Sum, ToldFigure, Topic

from .assessment import Assessment, Case, check, in_text

_CLAUSE = re.compile(r"[,:()]")
_YEAR = re.compile(r"(2\d{3})(?!\d)年?|(上年|上一年|去年)(?!度?结转)")
_COMPARED = re.compile(r"[比较]|同期|增[加长幅]|减少|下降|上升|多收|少收")
_PARTLY = re.compile(
    r"其中|网[上络页]|信函|信件|邮[寄件箱]|当面|现场|窗口|传真|平台|系统|电话|口头|线[上下]|渠道"
    r"|自然人|法人|企业|公民|组织|机构|个人|依法|涉及|转办|转送|转交|补正|撤[回销]|维持|纠正|驳回|败诉|胜诉"
    r"|予以公开|部分公开|不予|不属于|不存在|不掌握|无法提供|按时|逾期|除|另|还有|累计|历年|以来"
)
_OFFICE = re.compile(
    r"本级|办公室|我办|本办|机关本部|全[省市县区州旗系]|各[镇乡县区局单部]|下属|所属|辖区"
)
_AFTER = re.compile(r"次|%|左右|以[上内下]")
_EACH = re.compile(r"[各均都]")
_NONE = re.compile(r"(?<!从)(?:未|没有|尚未|暂未|无|零|不存在)(?!(?:按时|及时|能|法|经|公开|发现))")
_NOT_ALL = re.compile(
    r"[除另外]|其[他它余]|投诉|举报|信访|收费|逾期|超期|[1-9一二三四]+(?:月|季度)|上半年|下半年"
)
_LINK = re.compile(
    r"^(?:总数|数量|总量|案件|事项|共计?|总计|合计|一共|累计|为|是|有|达到?|[:了的\"“”、件信息公开政府及和、与])*$"
)


class _Told(NamedTuple):
    """A number told of a figure."""

    passage: Passage
    figure: ToldFigure
    value: Decimal
    span: tuple[int, int]
    is_of_office: bool
    """Whether the words before it speak of a part of the agency or of more than the agency."""


@check("正文数字", Severity.WARNING)
def figure_told(case: Case) -> Iterator[Assessment]:
    """正文所写本年收到、办结、结转的申请数和复议、诉讼数与表格一致。

    依据：国办公开办函〔2021〕30号要求数据准确
    错：正文写收到申请 15 件，表中总计是 14。
    对：两处写同一个数。
    """
    for topic in case.report.edition.told.topics:
        told = [item for passage in case.passages for item in _told(case, passage, topic)]
        for figure in topic.figures:
            yield from _judge(case, figure, [item for item in told if item.figure is figure])


def _judge(case: Case, figure: ToldFigure, told: list[_Told]) -> Iterator[Assessment]:
    sums = [total for cells in figure.sums if (total := _sum(case, cells)) is not None]
    if not told or not sums:
        return
    if any(item.value in sums for item in told):
        yield None
        return
    own = [item for item in told if not item.is_of_office]
    if own:
        item = own[0]
        message = f"“{figure.name}”正文写的是 {item.value}，表格里是 {'或 '.join(map(str, sums))}。"
        hint = "核对正文和表格，改正错的一处。"
        yield in_text(case, item.passage, item.span, message, hint)


def _sum(case: Case, cells: Sum) -> Decimal | None:
    numbers = [case.number(*cell) for cell in cells]
    return None if None in numbers else Decimal(sum(number or 0 for number in numbers))


def _told(case: Case, passage: Passage, topic: Topic) -> Iterator[_Told]:
    for sentence in passage.sentences:
        if topic.thing.search(sentence.text) and (
            topic.about.search(sentence.text) or topic.about.search(sentence.heading)
        ):
            yield from _in_sentence(case, passage, topic, sentence)


def _in_sentence(case: Case, passage: Passage, topic: Topic, sentence: Sentence) -> Iterator[_Told]:
    start = sentence.start
    for begin, end in _clauses(sentence.text):
        clause = sentence.text[begin:end]
        if not _is_of_year(sentence.text[:end], case.report.year):
            continue
        amounts = [
            amount._replace(start=amount.start - start - begin, end=amount.end - start - begin)
            for amount in passage.amounts_in(start + begin, start + end)
            if amount.unit in topic.units
        ]
        found = _words(topic, clause)
        is_of_office = bool(_OFFICE.search(sentence.text[:end]))
        for figure, value, span in (
            *_numbers(clause, amounts, found),
            *_zeros(topic, clause, amounts, found),
        ):
            place = (start + begin + span[0], start + begin + span[1])
            yield _Told(passage, figure, value, place, is_of_office)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _CLAUSE.finditer(text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def _is_of_year(before: str, year: int) -> bool:
    """Whether the last year named so far is the report's own, or none is named."""
    last = None
    for last in _YEAR.finditer(before):  # noqa: B007 - the last one is wanted
        pass
    return last is None or last[1] == str(year)


class _Word(NamedTuple):
    """Where words for a figure stand in a clause."""

    figure: ToldFigure
    start: int
    end: int


def _words(topic: Topic, clause: str) -> list[_Word]:
    found = [
        _Word(figure, match.start(), match.end())
        for figure in topic.figures
        for match in figure.words.finditer(clause)
    ]
    kept = [
        word
        for word in found
        if not any(
            other is not word
            and other.start <= word.start
            and word.end <= other.end
            and other.end - other.start > word.end - word.start
            for other in found
        )
    ]
    return sorted(kept, key=lambda word: word.start)


def _numbers(
    clause: str, amounts: list[Amount], words: list[_Word]
) -> Iterator[tuple[ToldFigure, Decimal, tuple[int, int]]]:
    """The numbers of a clause, each with the figure whose words stand last before it."""
    used = 0
    for amount in amounts:
        governing = [word for word in words if used <= word.end <= amount.start]
        before = clause[: amount.start]
        if not governing or amount.is_rough or _AFTER.match(clause, amount.end):
            continue
        if _PARTLY.search(before) or _COMPARED.search(before):
            continue
        is_each = _EACH.search(clause[governing[-1].end : amount.start])
        for word in governing if is_each else governing[-1:]:
            yield word.figure, amount.value, (amount.start, amount.end)
        used = amount.end


def _zeros(
    topic: Topic, clause: str, amounts: list[Amount], words: list[_Word]
) -> Iterator[tuple[ToldFigure, Decimal, tuple[int, int]]]:
    """The figures of which a clause says that there were none."""
    none = _NONE.search(clause)
    if not none or amounts or _NOT_ALL.search(clause) or not topic.thing.search(clause, none.end()):
        return
    for word in words:
        if word.start >= none.start():
            yield word.figure, Decimal(0), (none.start(), word.end)
