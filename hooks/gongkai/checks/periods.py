"""Which year a text speaks of."""

import re
from collections.abc import Iterator

from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, check, in_text

_HAN_YEAR = re.compile(r"[二][〇零○O0][〇零○O0一二三四五六七八九]{2}(?=年)")
_HAN_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
_THE_YEAR, _FIRST, _LAST = (
    r"(20\d\d)[ ]?年",
    r"[ ]?1[ ]?月[ ]?1[ ]?日",
    r"[ ]?12[ ]?月[ ]?31[ ]?日",
)
_OF_THE_REPORT = re.compile(
    rf"(?:本|该)(?:年度)?报告.{{0,16}}?{_THE_YEAR}{_FIRST}(?:起)?至"
    rf"|(?:统计|报告|数据)(?:的)?(?:期限|时间|周期|范围).{{0,8}}?{_THE_YEAR}{_FIRST}"
    rf"|(?:所列|列)数据.{{0,12}}?{_THE_YEAR}{_FIRST}"
    rf"|(?:编制|公布|现将|形成|制作|发布)[^。;,《]{{0,16}}?{_THE_YEAR}(?:度)?政府信息公开(?:工作)?"
    r"(?:年度报告|情况)"
    rf"|{_THE_YEAR}{_FIRST}(?:起)?至(?:20\d\d[ ]?年)?{_LAST}"
    rf"|截至[ ]?{_THE_YEAR}{_LAST},?(?:我.{{1,3}})?本年度?"
)
_UNDER = r"(?:在[^,。;]{2,40}(?:领导|指导|支持|关心|关怀|部署)下,)?"
_SELF = (
    r"[我本](?:局|委|办|镇|乡|区|县|市|院|厅|队|站|所|单位|街道|部门|机关|中心|年度)"
    r"|全[区市县局镇乡年]"
)
_OWN_WORK = re.compile(
    rf"^\s*{_UNDER}{_THE_YEAR}(?:度|以来)?,?"
    rf"(?:在[^,。;]{{2,20}}(?:方面|过程中),)?"
    rf"(?:{_SELF}|[^,。;《]{{2,20}}?[局委办镇乡厅]|共|累计|主动|依法|严格|认真|按照|根据|坚持)"
)
_NOT_NOW = re.compile(
    r"[比较]|同期|印发|出台|施行|起,|以来|开始|颁布|将|计划|打算|下一步|下步|已经?于|曾|当时|沿用|延续"
)
_FOUNDED = re.compile(r"成立|制定|修订|建成|《")
_TRACE = re.compile(r"共|已|收到|办结|没有|按期|[0-9]+[条件份]")
_YEAR = re.compile(rf"(?<!\d){_THE_YEAR}")
_FAR = re.compile(
    r"规划|纲要|到20|至20|前,|目标|行动|方案|计划|—20|-20|~20|远景|愿景|力争|《[^》]*$"
)


@check("年份", Severity.WARNING)
def wrong_year(context: ReportContext) -> Iterator[Assessment]:
    """正文讲的是报告年度的事，统计期限、报告名称里的年份正确。

    依据：条例第四十九条（公布上一年度的报告）
    错：2021 年的报告写“本报告数据统计期限自2020年1月1日起”。
    对：自2021年1月1日起。
    """
    year = context.report.year
    for passage in context.passages:
        spans = [
            (sentence.start + span[0], sentence.start + span[1])
            for sentence in passage.sentences
            if "年" in sentence.text and (span := _wrong(_in_digits(sentence.text), year))
        ]
        if not spans:
            yield None
        for start, end in spans:
            message = f"写的是“{passage.quoted(start, end)}”，这是 {year} 年的报告。"
            yield in_text(
                context, passage, (start, end), message, "检查是不是沿用了别的年份的文字。"
            )


def _in_digits(sentence: str) -> str:
    return _HAN_YEAR.sub(lambda match: match[0].translate(_HAN_DIGITS), sentence)


def _wrong(sentence: str, year: int) -> tuple[int, int] | None:
    """Where a sentence is evidently about another year, if it is."""
    return _wrong_period(sentence, year) or _wrong_work(sentence, year) or _to_come(sentence, year)


def _wrong_period(sentence: str, year: int) -> tuple[int, int] | None:
    """The year of the report or of its data, where that is another one."""
    if not ("报告" in sentence or "月" in sentence or "列数据" in sentence):
        return None
    for match in _OF_THE_REPORT.finditer(sentence):
        group = match.lastindex or 0
        if int(match[group]) != year and not _compares(sentence, match.start()):
            return match.start(group), _end(sentence, match.end(group))
    return None


def _wrong_work(sentence: str, year: int) -> tuple[int, int] | None:
    """The year at the beginning, where the agency's own work of another one is told."""
    own = _OWN_WORK.match(sentence)
    if own and _tells_of(sentence, int(own[1]), year):
        return own.start(1), _end(sentence, own.end(1))
    return None


def _to_come(sentence: str, year: int) -> tuple[int, int] | None:
    """A year after the next one that is in no plan."""
    for match in _YEAR.finditer(sentence):
        if int(match[1]) > year + 1 and not _FAR.search(sentence[: match.end() + 8]):
            return match.start(1), _end(sentence, match.end(1))
    return None


def _end(sentence: str, digits_end: int) -> int:
    """Where 年 ends after the digits of a year."""
    return sentence.index("年", digits_end) + 1


def _tells_of(sentence: str, told: int, year: int) -> bool:
    """Whether a sentence that begins with a year tells the work of that other year as its own."""
    if told == year or _NOT_NOW.search(sentence) or str(year) in sentence:
        return False
    if told > year:
        return _TRACE.search(sentence) is not None
    return not _FOUNDED.search(sentence) or told < year - 1 or "年度" in sentence


def _compares(sentence: str, start: int) -> bool:
    return bool(re.search(r"上一?年|同期|[比较]", sentence[max(0, start - 8) : start]))
