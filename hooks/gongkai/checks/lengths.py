"""How much a section says: nothing, too little, or too much."""

import re
from collections.abc import Iterator

from gongkai.data.passages import Passage
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, check, in_text

_NOTHING = re.compile(
    r"(?:本机关|本单位|本部门|本年度?|[我本][局委办镇乡区县市厅院站所]|我?街道|\d{4}年度?|在?\d{4}年)*"
    r"(?:暂|尚)?(?:无|没有)"
    r"(?:其[他它])?(?:存在的?)?(?:主要)?(?:问题)?[和及]?(?:需要?|应当?)?(?:报告|说明|改进)?的?(?:其[他它])?"
    r"(?:事项|情况|内容|问题)?"
)
_NOT_WORDS = re.compile(r"[\W_]+")


def says_nothing(text: str) -> bool:
    """Whether a half-width text says only that there is nothing to say."""
    return _NOTHING.fullmatch(_NOT_WORDS.sub("", text)) is not None


def _length(passage: Passage) -> int:
    return len("".join(passage.text.split()))


@check("篇幅过长", Severity.NOTICE)
def long_section(context: ReportContext) -> Iterator[Assessment]:
    """“总体”部分重点突出、言简意赅，原则上不超过 1000 字。

    依据：国办公开办函〔2021〕30号
    错：写了 1229 字，其中一半是指导思想。
    对：压缩到 1000 字以内。
    """
    for passage in context.passages:
        if not passage.section.most:
            continue
        length = _length(passage)
        if length <= passage.section.most:
            yield None
            continue
        message = f"有 {length} 字，原则上不超过 {passage.section.most} 字。"
        hint = "删去套话和与公开工作无关的内容。"
        yield in_text(context, passage, _beginning(passage), message, hint).known_by("")


@check("内容过简", Severity.WARNING)
def short_section(context: ReportContext) -> Iterator[Assessment]:
    """应当写明情况的部分不能空着，也不能只写几个字。

    依据：条例第五十条第（四）项
    错：存在的主要问题写“无”。
    对：写明主要问题，已经采取和准备采取的改进办法。
    """
    for passage in context.passages:
        if not passage.section.fewest:
            continue
        length = _length(passage)
        if length >= passage.section.fewest and not says_nothing(passage.text):
            yield None
            continue
        message = f"只写了“{passage.prose.text[:20]}”。"
        hint = "写明主要问题，已经采取和准备采取的改进办法。"
        yield in_text(context, passage, _beginning(passage), message, hint).known_by("")


def _beginning(passage: Passage) -> tuple[int, int]:
    """The first characters of a text."""
    return 0, min(len(passage.prose.text), 10)
