"""What a report's prose says by itself: sums, years, gaps, leftovers of a template."""

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
    """Whether a folded text says only that there is nothing to say."""
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


@check("漏填数字", Severity.WARNING)
def blank_number(context: ReportContext) -> Iterator[Assessment]:
    """正文里该写数字的地方都写了数字。

    依据：审核经验
    错：全年公开信息  条。
    对：全年公开信息 120 条。
    """
    yield from _marks(context, _BLANK, "这里该有一个数字，没有写。", "补上数字，没有发生写 0。")


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


def _marks(
    context: ReportContext, patterns: tuple[re.Pattern[str], ...], message: str, hint: str
) -> Iterator[Assessment]:
    """A finding at each match of some patterns; one assessment for a text without any."""
    for passage in context.passages:
        spans = _matches(passage.text, patterns)
        if not spans:
            yield None
        for span in spans:
            yield _at(context, passage, span, message, hint)


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
