"""Mentions of statutory figures in prose, against the tables.

A number counts as a mention only where the sentence leaves no doubt of what it is: which figure,
of this year, of all applicants and all channels, for the whole agency. Whatever else is said is
left alone.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gongkai.data.passages import Amount, Passage, Sentence
from gongkai.forms.kinds import KINDS
from gongkai.forms.mentions import MentionPattern, Sum, Topic
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, check, in_text

_CLAUSE = re.compile(r"[:()]|,(?!\d{3}(?!\d))")
_YEAR = re.compile(r"(2\d{3})(?!\d)年?|(上年|上一年|去年)(?!度?结转)")
_COMPARED = re.compile(r"[比较]|同期|增[加长幅]|减少|下降|上升|多收|少收|分别")
_EVERYBODY = re.compile(r"公民、法人(?:和|或者?|及|以及|、)?(?:其[他它])?组织")
_PARTLY = re.compile(
    r"其中|网[上络页]|信函|信件|邮[寄件箱]|当面|现场|窗口|传真|平台|系统|电话|口头|线[上下]|渠道"
    r"|自然人|法人|企业|公民|组织|机构|个人|依法不|涉及(?!政府信息公开|信息公开|政务公开)|转[办送交]"
    r"|补正|撤[回销]|维持|纠正|驳回|败诉|胜诉|予以|部分|不予|不属于|不存在|不掌握|无法"
    r"|按时|逾期|[尚仍还]未|审结|除|另|还有|(?<!年)(?<!年度)累计|历年|以来"
)
_PART_OF_ALL = r"本级|办公室|我办|本办|机关本部|各[镇乡县区局单部]|下属|所属"
_OFFICE = {
    True: re.compile(_PART_OF_ALL),
    False: re.compile(rf"{_PART_OF_ALL}|全[省市县区州旗系]|辖区"),
}
"""Words for a part or for more than the agency; a government reports for its whole region."""
_AFTER = re.compile(r"次|%|左右|以[上内下]|[个]?(?:工作日|月|小时|天)")
_EACH = re.compile(r"[各均都]")
_NONE = re.compile(
    r"(?<!从)(?:未|没有|尚未|暂未|无|零|不存在)(?!(?:按时|及时|能|法|经|公开|发现))(?:[1一][件起宗例])?"
)
_NOUGHT = re.compile(r"(?:为|均为|是)(?:零|0(?!\d))")
_NOT_ALL = re.compile(
    r"[除另外]|其[他它余]|投诉|举报|信访|收费|逾期|超期|[1-9一二三四]+(?:月|季度)|上半年|下半年"
)
_JOINED = re.compile(r"[、和及与或]")
_NEAR = 14
"""So many characters after a number the thing counted may stand."""


class _Mention(NamedTuple):
    """A number that prose tells of a figure."""

    passage: Passage
    figure: MentionPattern
    value: Decimal
    span: tuple[int, int]
    is_of_office: bool
    """Whether the words before it speak of a part of the agency or of more than the agency."""


@check("正文数字", Severity.WARNING)
def figure_told(context: ReportContext) -> Iterator[Assessment]:
    """正文所写本年收到、办结、结转的申请数和复议、诉讼数与表格一致。

    依据：国办公开办函〔2021〕30号要求数据准确
    错：正文写收到申请 15 件，表中总计是 14。
    对：两处写同一个数。
    """
    for topic in context.report.edition.mentions.topics:
        found = [item for passage in context.passages for item in _found(context, passage, topic)]
        for figure in topic.figures:
            yield from _judge(context, figure, [item for item in found if item.figure is figure])


def _judge(
    context: ReportContext, figure: MentionPattern, found: list[_Mention]
) -> Iterator[Assessment]:
    sums = [total for cells in figure.sums if (total := _sum(context, cells)) is not None]
    if not found or not sums:
        return
    if any(item.value in sums for item in found):
        yield None
        return
    own = [item for item in found if not item.is_of_office]
    if own:
        item = own[0]
        message = (
            f"“{figure.name}”正文写的是 {item.value}，表格里是 {' 或 '.join(map(str, sums))}。"
        )
        hint = "核对正文和表格，改正错的一处。"
        yield in_text(context, item.passage, item.span, message, hint).known_by(figure.name)


def _sum(context: ReportContext, cells: Sum) -> Decimal | None:
    numbers = [context.number(*cell) for cell in cells]
    return None if None in numbers else Decimal(sum(number or 0 for number in numbers))


def _found(context: ReportContext, passage: Passage, topic: Topic) -> Iterator[_Mention]:
    """The numbers that a section tells of a topic."""
    last: Sentence | None = None
    for sentence in passage.sentences:
        before = last.text if last and last.paragraph == sentence.paragraph else ""
        last = sentence
        if not topic.thing.search(sentence.text):
            continue
        if topic.about.search(f"{sentence.heading}\n{before}\n{sentence.text}"):
            text = _relative(sentence.text, context.report.year)
            yield from _in_sentence(context, passage, topic, sentence._replace(text=text))


def _relative(text: str, year: int) -> str:
    """Years beside 结转 as last or next year, so that they are not taken for another report's.

    The text stays as long as it was, because places are counted in it.
    """
    text = re.sub(rf"{year - 1}(年度?(?:转入|结转))", r"   上\1", text)
    return re.sub(rf"((?:结转|转|跨)[至到入]?){year + 1}年", r"   \1下年", text)


def _in_sentence(
    context: ReportContext, passage: Passage, topic: Topic, sentence: Sentence
) -> Iterator[_Mention]:
    office = _OFFICE[context.agency.kind == KINDS[0]]
    for begin, end in _clauses(sentence.text):
        before = sentence.text[:end]
        if not _is_of_year(before, context.report.year):
            continue
        start = sentence.start + begin
        is_of_office = bool(office.search(before))
        clause = _clause(passage, topic, start, sentence.text[begin:end])
        for figure, value, span in (*_numbers(clause), *_zeros(clause)):
            place = (start + span[0], start + span[1])
            yield _Mention(passage, figure, value, place, is_of_office)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _CLAUSE.finditer(text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def _is_of_year(before: str, year: int) -> bool:
    """Whether the last year named so far is the report's own, or none is named."""
    named = [match[1] for match in _YEAR.finditer(before)]
    return not named or named[-1] == str(year)


class _Word(NamedTuple):
    """Where words for a figure stand in a clause."""

    figure: MentionPattern
    start: int
    end: int


class _Clause(NamedTuple):
    """A clause about a topic; all places are counted from its beginning."""

    topic: Topic
    text: str
    amounts: list[Amount]
    """The numbers of what is counted."""
    words: list[_Word]
    """The words for figures, by place."""


def _clause(passage: Passage, topic: Topic, start: int, text: str) -> _Clause:
    """The clause that begins at a place of a section's text."""
    text = _EVERYBODY.sub(lambda match: "有" * len(match[0]), text)
    amounts = [
        amount._replace(start=amount.start - start, end=amount.end - start)
        for amount in passage.amounts_in(start, start + len(text))
        if amount.unit in topic.units
    ]
    return _Clause(topic, text, amounts, _words(topic, text))


def _words(topic: Topic, text: str) -> list[_Word]:
    """The words for figures in a clause, by place; of those within another the longer stays."""
    found = [
        _Word(figure, *match.span())
        for figure in topic.figures
        for match in figure.words.finditer(text)
    ]
    kept = [word for word in found if not any(_is_in(word, other) for other in found)]
    return sorted(kept, key=lambda word: word.start)


def _is_in(word: _Word, other: _Word) -> bool:
    is_shorter = word.end - word.start < other.end - other.start
    return is_shorter and other.start <= word.start and word.end <= other.end


_Said = tuple[MentionPattern, Decimal, tuple[int, int]]


def _numbers(clause: _Clause) -> Iterator[_Said]:
    """The numbers of a clause, each with the figures that it is told of."""
    begin = 0
    for amount in clause.amounts:
        if _is_whole(clause.text, amount):
            for figure in _before(clause, begin, amount) or _after(clause, amount):
                yield figure, amount.value, (amount.start, amount.end)
        begin = amount.end


def _is_whole(text: str, amount: Amount) -> bool:
    """Whether a number is exact and not of a part, of a change, or of something else."""
    before = text[: amount.start]
    is_other = amount.is_rough or _AFTER.match(text, amount.end)
    return not (is_other or _PARTLY.search(before) or _COMPARED.search(before))


def _before(clause: _Clause, begin: int, amount: Amount) -> list[MentionPattern]:
    """The figure whose words stand last before a number, or all of them where each has it."""
    named = [word for word in clause.words if begin <= word.end <= amount.start]
    if named and not _EACH.search(clause.text, named[-1].end, amount.start):
        named = named[-1:]
    return [word.figure for word in named]


def _after(clause: _Clause, amount: Amount) -> list[MentionPattern]:
    """The figure whose words follow the only number of a clause, if what is near is the topic."""
    if len(clause.amounts) > 1 or not clause.topic.about.search(
        clause.text, amount.end, amount.end + _NEAR
    ):
        return []
    return [word.figure for word in clause.words if word.start >= amount.end][:1]


class _Zero(NamedTuple):
    """Words that say that there was none, and where to look for what there was none of."""

    span: tuple[int, int]
    first: int
    """The words for figures begin here or later."""
    thing: str
    """The text on the side on which it is named."""
    near: str
    """The part of that text next to the words."""


def _zero(text: str) -> _Zero | None:
    """The first of 没有……, else of ……为零."""
    if none := _NONE.search(text):
        thing = text[none.end() :]
        return _Zero(none.span(), none.start(), thing, thing[:_NEAR])
    if none := _NOUGHT.search(text):
        thing = text[: none.start()]
        return _Zero(none.span(), 0, thing, thing[-_NEAR:])
    return None


def _zeros(clause: _Clause) -> Iterator[_Said]:
    """The figures of which a clause says that there were none."""
    zero = _zero(clause.text)
    if zero is None or _NOT_ALL.search(clause.text) or _has_number_beside(clause, zero):
        return
    if clause.topic.thing.search(zero.thing):
        for figure in _denied(clause, zero):
            yield figure, Decimal(0), zero.span


def _has_number_beside(clause: _Clause, zero: _Zero) -> bool:
    start, end = zero.span
    return any(amount.start >= end or amount.end <= start for amount in clause.amounts)


def _denied(clause: _Clause, zero: _Zero) -> list[MentionPattern]:
    """The figures that are named; the topic's first one where only the topic itself is."""
    named = [word for word in clause.words if word.start >= zero.first]
    figures = [word.figure for word in _joined(clause.text, named)]
    if not figures and clause.topic.about.search(zero.near):
        return [clause.topic.figures[0]]
    return figures


def _joined(text: str, words: list[_Word]) -> Iterator[_Word]:
    """The first of some words, and those that follow it in one list."""
    for last, word in zip([None, *words], words, strict=False):
        if last is not None and not _JOINED.search(text, last.end, word.start):
            return
        yield word
