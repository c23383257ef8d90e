"""What is left of a template or of typing: gaps, words to choose from, stray spaces."""

import re
from collections.abc import Iterator

from gongkai.data.passages import Passage
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, check, in_text


@check("漏填数字", Severity.WARNING)
def blank_number(context: ReportContext) -> Iterator[Assessment]:
    """正文里该写数字的地方都写了数字。

    依据：审核经验
    错：全年公开信息  条。
    对：全年公开信息 120 条。
    """
    message, hint = "这里该有一个数字，没有写。", "补上数字，没有发生写 0。"
    for passage in context.passages:
        spans = _matches(passage.text, _BLANK)
        if not spans:
            yield None
        for span in spans:
            yield _at(context, passage, span, message, hint)


_UNIT = r"(?:件次|人次|万元|件|宗|份|条|起|篇|期|场|项|次|人|元|个|%)"
_BLANK = (
    re.compile(
        r"(?:共计?|合计|累计|总计|信息|申请|收到|受理|办结|答复|公开|发布|制发|废止|文件|开展|举办|报道"
        r"|推送|公众号|新增|其中|收费|增长|下降|增加|减少|率)"
        rf"[ ]{{1,}}(?={_UNIT}(?![一-鿿])|{_UNIT}[、和及与])"
    ),
    re.compile(rf"(?<![A-Za-z])[Xx×*_]{{1,}}[ ]?(?=[余多]?[ ]?{_UNIT}(?![A-Za-z]))"),
    re.compile(rf"(?:\([ ]*\)|\[[ ]*\]|【[ ]*】|〔[ ]*〕)[ ]?(?={_UNIT})"),
    re.compile(r"年[ ]+月|月[ ]+日"),
)


@check("模板文字", Severity.WARNING)
def template_left(context: ReportContext) -> Iterator[Assessment]:
    """正文里没有留下模板的提示语和供选择的词。

    依据：国办公开办函〔2021〕30号；审核经验
    错：我局/委认真落实……（此处填写具体情况）
    对：我局认真落实……
    """
    patterns = context.shared.dataset.vocabulary.guidance
    for passage in context.passages:
        guidance = _matches(passage.text, patterns)
        alternatives = list(_alternatives(passage))
        if not guidance and not alternatives:
            yield None
        for span in guidance:
            message = "像是模板里给填报人看的话。"
            yield _at(context, passage, span, message, "删掉，换成本机关的情况。")
        for span in alternatives:
            message = "像是模板里供选择的写法。"
            yield _at(context, passage, span, message, "留下合适的一个，其余删掉。")


_SELF = "局|委|办|厅|院|站|所|中心|镇|乡|街道|县|区|市|州|旗|省|府|单位|部门|机关"
_CHOICE = re.compile(rf"(?:(?:{_SELF})\)?/)(?:{_SELF})|[有是未已]/[无否已未]|是/不是|有/没有")
_SLASH = re.compile(r"/(?=[一-鿿(])")
_BEFORE_SLASH = re.compile("[一-鿿)]")
_AROUND = 12
_SHARED = 3


def _alternatives(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where a slash stands between words to choose from: known pairs, or nearly the same words."""
    text = passage.text
    for match in _SLASH.finditer(text):
        at = match.start()
        is_quoted = text.count("“", 0, at) > text.count("”", 0, at)
        if (
            is_quoted
            or text[at - 1 : at + 2] == "和/或"
            or not _BEFORE_SLASH.match(text, max(0, at - 1), at)
        ):
            continue
        left, right = text[max(0, at - _AROUND) : at], text[at + 1 : at + 1 + _AROUND]
        ends = [left[-size:] for size in range(_SHARED, len(left) + 1)]
        is_choice = _CHOICE.search(text, at - 3, at + 4) is not None
        if is_choice or any(end in right for end in ends):
            yield match.span()


@check("多余空格", Severity.NOTICE)
def stray_space(context: ReportContext) -> Iterator[Assessment]:
    """汉字之间没有空格。

    依据：审核经验
    错：政府信息 公开工 作
    对：政府信息公开工作
    """
    for passage in context.passages:
        text = passage.prose.text
        spans = [
            match.span()
            for match in _SPACE.finditer(text)
            if _HAN_LETTER.match(text, max(0, match.start() - 1), match.start())
        ]
        if not spans:
            yield None
        for span in spans:
            yield _at(context, passage, span, "两个汉字之间有空格。", "删掉空格。")


_SPACE = re.compile(r"[ \t]+(?=[一-鿿])")
_HAN_LETTER = re.compile("[一-鿿]")


def _matches(text: str, patterns: tuple[re.Pattern[str], ...]) -> list[tuple[int, int]]:
    return sorted({match.span() for pattern in patterns for match in pattern.finditer(text)})


def _at(
    context: ReportContext, passage: Passage, span: tuple[int, int], message: str, hint: str
) -> Assessment:
    """A finding at a stretch that says little without the words around it."""
    shown = _shown(passage, span)
    return in_text(context, passage, span, f"{shown}：{message}", hint).known_by(shown)


def _shown(passage: Passage, span: tuple[int, int]) -> str:
    """The words around a stretch."""
    start, end = span
    around = passage.quoted(max(0, start - 8), min(len(passage.text), end + 8))
    return f"“{' '.join(around.split())}”"
