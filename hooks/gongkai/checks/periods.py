"""Which year a text speaks of."""

import re
from collections.abc import Iterator

from gongkai.problems import Severity

from .assessment import Assessment, Case, check, in_text

_OF_THE_REPORT = re.compile(
    r"(?:本|该)(?:年度)?报告.{0,16}?(20\d\d)年1月1日(?:起)?至"
    r"|(?:统计|报告|数据)(?:的)?(?:期限|时间|周期|范围).{0,8}?(20\d\d)年1月1日"
    r"|(?:所列|列)数据.{0,12}?(20\d\d)年1月1日"
    r"|(?:编制|公布|现将|形成|制作|发布)[^。;,《]{0,16}?(20\d\d)年(?:度)?政府信息公开(?:工作)?年度?报告"
    r"|(20\d\d)年1月1日(?:起)?至(?:20\d\d年)?12月31日"
)
_OWN_WORK = re.compile(
    r"^\s*(20\d\d)年(?:度|以来)?,?(?:我[局委办镇乡区县市院厅队站所]|本(?:局|单位|机关|部门|办|镇|乡|街道|年度)|全[区县市局镇年]|[^,。;《]{2,20}?[局委办镇乡厅]|共|累计|主动|依法|严格|认真|按照|根据|在|坚持)"
)
_NOT_NOW = re.compile(
    r"[比较]|同期|印发|出台|施行|成立|起,|以来|开始|建成|制定|修订|颁布|《|将|计划|打算|下一步|下步|已经?于|曾|当时"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_FAR = re.compile(
    r"规划|纲要|到20|至20|前,|目标|行动|方案|计划|—20|-20|~20|远景|愿景|力争|《[^》]*$"
)


@check("年份", Severity.WARNING)
def wrong_year(case: Case) -> Iterator[Assessment]:
    """正文讲的是报告年度的事，统计期限、报告名称里的年份正确。

    依据：条例第四十九条（公布上一年度的报告）
    错：2021 年的报告写“本报告数据统计期限自2020年1月1日起”。
    对：自2021年1月1日起。
    """
    year = case.report.year
    for passage in case.passages:
        spans = []
        for sentence in passage.sentences:
            span = _wrong(sentence.text, year)
            if span:
                spans.append((sentence.start + span[0], sentence.start + span[1]))
        if not spans:
            yield None
        for start, end in spans:
            message = f"写的是“{passage.quoted(start, end)}”，这是 {year} 年的报告。"
            yield in_text(case, passage, (start, end), message, "检查是不是沿用了别的年份的文字。")


def _wrong(sentence: str, year: int) -> tuple[int, int] | None:
    """Where a sentence is evidently about another year, if it is."""
    for match in _OF_THE_REPORT.finditer(sentence):
        group = next(number for number, text in enumerate(match.groups(), 1) if text)
        if int(match[group]) != year and not _compares(sentence, match.start()):
            return match.start(group), match.end(group) + 1
    own = _OWN_WORK.match(sentence)
    if own and int(own[1]) < year and not _NOT_NOW.search(sentence) and str(year) not in sentence:
        return own.start(1), own.end(1) + 1
    for match in _YEAR.finditer(sentence):
        if int(match[1]) > year + 1 and not _FAR.search(sentence[: match.end() + 8]):
            return match.start(1), match.end(1) + 1
    return None


def _compares(sentence: str, start: int) -> bool:
    return bool(re.search(r"上一?年|同期|[比较]", sentence[max(0, start - 8) : start]))
