"""What a text names: laws and documents, other agencies and places."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.data.agencies import Agency
from gongkai.data.passages import Passage
from gongkai.data.vocabulary import Document, Vocabulary
from gongkai.source.halfwidth import halfwidth
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, check, in_text
from .names import NameInText, Owner

_TITLE = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》")
_NUMBER = re.compile(
    r"[一-鿿]{2,10}[〔\[(【]?(?:20\d\d)[〕\])】]?(?:第)?\d{1,4}号|国务院令第?\d+号"
)
_HISTORY = re.compile(r"原|旧|修订前|废止|2007|2008|第492号.{0,12}(?:公布|修订)")
_NEAR = 4
_MARKS = re.compile(r"[\s〔〕\[\]()【】第\"“”]")


@check("文件引用", Severity.WARNING)
def cited_document(context: ReportContext) -> Iterator[Assessment]:
    """引用的法规和文件名称、文号正确，没有失效。

    依据：审核经验
    错：《中华人民共和国信息公开条例》
    对：《中华人民共和国政府信息公开条例》
    """
    words = context.shared.dataset.vocabulary
    for passage in context.passages:
        found = [
            *_misnamed(passage, words),
            *_misnumbered(passage, words),
            *_outdated(passage, words),
        ]
        if not found and ("《" in passage.text or "号" in passage.text):
            yield None
        for span, message, hint in found:
            yield in_text(context, passage, span, message, hint)


_Slip = tuple[tuple[int, int], str, str]


@lru_cache(maxsize=8)
def _right_names(words: Vocabulary) -> frozenset[str]:
    return frozenset(
        halfwidth(name) for item in words.documents for name in (item.title, *item.names)
    )


def _misnamed(passage: Passage, words: Vocabulary) -> Iterator[_Slip]:
    right = _right_names(words)
    for match in _TITLE.finditer(passage.text):
        title = "".join(match[1].split())
        if title in right or not any(item.fullmatch(title) for item in words.misnamed):
            continue
        message = f"没有名称是《{title}》的法规。"
        yield match.span(), message, f"正确的名称是《{words.documents[0].title}》。"


@lru_cache(maxsize=256)
def _plain(number: str) -> str:
    return _MARKS.sub("", halfwidth(number))


def _misnumbered(passage: Passage, words: Vocabulary) -> Iterator[_Slip]:
    """A known title followed by another number, or a known number after another title."""
    for title, number in _numbered(passage.text):
        by_title = _of_title(words, title[1])
        by_number = _of_number(words, number[0])
        if by_title and not _has_number(by_title, number[0]):
            message = f"《{title[1]}》的文号写成了“{number[0]}”。"
            yield number.span(), message, f"它的文号是{by_title.number}。"
        elif by_number and by_title is None and "转发" not in title[1]:
            message = f"{by_number.number}不是《{title[1]}》的文号。"
            yield title.span(), message, f"这个文号的文件是《{by_number.title}》。"


def _numbered(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The titles that a number follows at once, each with its number."""
    for title in _TITLE.finditer(text):
        number = _NUMBER.search(text, title.end(), title.end() + 30)
        if number is not None:
            between = text[title.end() : number.start()].replace("中华人民共和国", "")
            if len(between) <= _NEAR:
                yield title, number


def _is(number: str, stated: str) -> bool:
    return _plain(stated).endswith(_plain(number))


def _has_number(document: Document, stated: str) -> bool:
    """Whether a document has a number, or had it."""
    return any(_is(number, stated) for number in (document.number, *document.old_numbers))


def _of_number(words: Vocabulary, stated: str) -> Document | None:
    return next((item for item in words.documents if _is(item.number, stated)), None)


def _of_title(words: Vocabulary, title: str) -> Document | None:
    title = "".join(title.split())
    for item in words.documents:
        if title in {halfwidth(name) for name in (item.title, *item.names)}:
            return item
    return None


def _outdated(passage: Passage, words: Vocabulary) -> Iterator[_Slip]:
    for item in words.documents:
        for number in item.old_numbers:
            for match in re.finditer(
                re.escape(halfwidth(number)).replace("第", "第?"), passage.text
            ):
                sentence = _around(passage.text, match.start())
                if not _HISTORY.search(sentence.replace(match[0], "")):
                    message = f"“{match[0]}”已经不是有效的文号。"
                    yield match.span(), message, f"现行的是{item.number}。"


def _around(text: str, at: int) -> str:
    start = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [end for end in (text.find("。", at), text.find("\n", at)) if end >= 0]
    return text[start : min(ends, default=len(text))]


_OWN_THING = re.compile(
    r"[”』]?(?:的|官方)?(?:(?:政府|政务)?(?:门户|官方)?网站|门户|微信公众号|公众号|官网|政务微博"
    r"|20\d\d年度?政府信息公开|(?:政府信息公开|政务公开)(?:工作|年度报告|年报|指南|目录|领导小组))"
)
_GOVERNMENT = re.compile(r"(?:党工委|区委|县委|市委|党委|管委会|管理委员会|人民政府|政府|[、和])+")
_LED = re.compile(r"的?(?:正确|坚强|统一)?(?:领导|指导|关心|支持)(?:和[^,。;]{2,10})?下")
_MADE = re.compile(r"(?:由|隶属于?|归)$")
_LEARNT = re.compile(r"(?:学习|借鉴|参照|参考|赴|到|考察|对标)[^,。;]{0,4}$")
_PASSED_ON = re.compile(r"[^。;\n]*?(?:转[我本]|移送|转交|转送)")
_MADE_BY = re.compile(r"编制|制作|[,。]")
_SUBJECT = re.compile(
    r",?20\d\d年(?!以来|印发)|始终|认真|严格|积极(?!配合)|高度重视|深入|全面|坚持|按照|根据|切实"
    r"|进一步|不断|现将|主动公开|共(?!同)|没有|未收到|收到|受理|编制|将|无"
)
_BEFORE_SUBJECT = re.compile(
    r"(?:^|[。;\n])\s*(?:(?:20\d\d年度?|一年来|近年来|本年度?|全年|下一步|今后|下步),?)?\s*$"
)


@check("他处名称", Severity.WARNING)
def foreign_name(context: ReportContext) -> Iterator[Assessment]:
    """正文说的是本机关，没有留下别的机关、别的地方的名称。

    依据：国办公开办函〔2021〕30号；审核经验
    错：抄了邻县的报告，没有改“某某县财政局认真落实……”。
    对：写本机关的名称。
    """
    names = context.shared.names
    own = {*names.near(context.agency), Owner(context.agency.slug, is_region=False)}
    called = _own_names(context.agency)
    for passage in context.passages:
        for named in names.found_in(passage.text):
            if named.owner in own or named.name in called:
                continue
            if not _is_speaker(passage.text, named):
                yield None
                continue
            message = f"这里写的是“{named.name}”，不是本机关。"
            hint = "检查是不是抄了别处的文字没有改。"
            yield in_text(context, passage, (named.start, named.end), message, hint)


def _own_names(agency: Agency) -> set[str]:
    former = (item.name for item in agency.former_names)
    return {halfwidth(name) for name in (agency.name, agency.short_name, *former)}


def _is_speaker(text: str, named: NameInText) -> bool:
    """Whether the text speaks as the one named, or of what is its own."""
    if _LEARNT.search(text, max(0, named.start - 8), named.start):
        return False
    government = _GOVERNMENT.match(text, named.end)
    after = government.end() if government else named.end
    if _owns(text, named.end) or _owns(text, after):
        return True
    if government and _LED.match(text, after):
        return True
    is_body = bool(government) or not named.owner.is_region
    return is_body and (_makes(text, named, after) or _acts(text, named, after))


def _owns(text: str, at: int) -> bool:
    """Whether something of one's own follows, such as a web site."""
    return _OWN_THING.match(text, at) is not None


def _makes(text: str, named: NameInText, after: int) -> bool:
    """Whether the one named is said to have made this report."""
    is_by = _MADE.search(text, 0, named.start) is not None
    return is_by and _MADE_BY.match(text, after) is not None


def _acts(text: str, named: NameInText, after: int) -> bool:
    """Whether the one named is the subject of a sentence about work, and not one who passes on."""
    if not _BEFORE_SUBJECT.search(text, max(0, named.start - 16), named.start):
        return False
    return not _PASSED_ON.match(text, after) and _SUBJECT.match(text, after) is not None
