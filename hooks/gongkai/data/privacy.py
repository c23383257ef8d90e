"""Personal data in the text of a data file: found, and never shown whole.

Digits may be full-width, and spaces or hyphens may stand among them. Addresses of web pages and
rows of statutory figures are left out.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from gongkai.source.fields import Reading
from gongkai.source.halfwidth import halfwidth
from gongkai.source.nodes import Mapping, Node
from gongkai.source.problems import Location
from gongkai.source.rules import PERSONAL_DATA, UNUSED_ANSWER
from gongkai.source.subjects import Target

from .answers import ALLOWED, texts

_ELSEWHERE = re.compile(r"https?://[^\s\u4e00-\u9fff]+|^\s*[^:\s]+:\s*\[[^\]]*\]", re.MULTILINE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_BEFORE, _AFTER = r"(?<![\dA-Za-z.])(?<!\d-)", r"(?![\dA-Za-z])"
_PRIVATE_MAIL = (
    r"(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|foxmail|gmail|hotmail|outlook|live|yahoo|yeah|aliyun"
    r"|icloud|tom|21cn|wo|msn|vip)\.(?:com(?:\.cn)?|cn|net)"
)
_LONG_NUMBER = re.compile(r"\d(?:[ \u3000-]?\d){10}")
_QQ = re.compile(r"[Qq\uff31\uff51]{2}")
_WECHAT = re.compile("微信(?:号|账号|联系|[是为:：(（])")


class _Sort(NamedTuple):
    """A kind of personal data: how it looks, and what makes it sure."""

    name: str
    pattern: re.Pattern[str]
    is_sure: Callable[[str], bool]
    kept: tuple[int, int]
    """How many characters at the beginning and at the end may be shown."""


def _is_identity_number(text: str) -> bool:
    """Whether date and check digit are right (GB 11643)."""
    digits = _bare(text).upper()
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[0] != "0" and "10X98765432"[total % 11] == digits[17]


def _passes_luhn(text: str) -> bool:
    digits = [int(digit) for digit in reversed(_bare(text))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _always(text: str) -> bool:  # noqa: ARG001
    return True


def _bare(text: str) -> str:
    return re.sub(r"[ -]", "", text)


_SORTS = (
    _Sort(
        "身份证号",
        re.compile(rf"{_BEFORE}\d{{6}}[ -]?\d{{4}}[ -]?\d{{4}}[ -]?\d{{3}}[\dXx]{_AFTER}"),
        _is_identity_number,
        (6, 2),
    ),
    _Sort(
        "银行卡号",
        re.compile(rf"{_BEFORE}[3-6]\d{{3}}(?:[ -]?\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?{_AFTER}"),
        _passes_luhn,
        (4, 2),
    ),
    _Sort(
        "手机号",
        re.compile(rf"{_BEFORE}(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}){_AFTER}"),
        _always,
        (3, 4),
    ),
    _Sort(
        "私人邮箱",
        re.compile(rf"(?<![\w.+-])([A-Za-z0-9][\w.+-]*@{_PRIVATE_MAIL})(?![\w.-])", re.ASCII),
        _always,
        (1, 7),
    ),
    _Sort(
        "QQ 号",
        re.compile(r"[Qq]{2}(?:群|号码?|群号)?[是为:]?[ ]?([1-9]\d{4,11})(?![\d@])"),
        _always,
        (2, 1),
    ),
    _Sort(
        "微信号",
        re.compile(
            r"微信(?:(?:号码?|账号|联系)?[是为:(][ ]?|号码?[ ]?)"
            r"([A-Za-z][\w-]{5,19}|\d{6,11})(?!\w)",
            re.ASCII,
        ),
        _always,
        (2, 1),
    ),
)


class PersonalData(NamedTuple):
    """A piece of personal data, and where it stands."""

    kind: str
    masked: str
    start: int
    end: int


def _is_likely(text: str) -> bool:
    """Whether there may be personal data; each is sought alone, since that is how it is quick."""
    return bool(
        "@" in text
        or "\uff20" in text
        or (any(letter in text for letter in "Qq\uff31\uff51") and _QQ.search(text))
        or _WECHAT.search(text)
        or _LONG_NUMBER.search(text)
    )


def find(text: str) -> Iterator[PersonalData]:
    """Find the personal data in a text, by place; none lies within another."""
    if not _is_likely(text):
        return
    plain = _ELSEWHERE.sub(lambda match: " " * len(match[0]), halfwidth(text))
    taken: list[PersonalData] = []
    for kind in _SORTS:
        for match in kind.pattern.finditer(plain):
            start, end = match.span(match.lastindex or 0)
            is_free = all(end <= other.start or other.end <= start for other in taken)
            if is_free and kind.is_sure(plain[start:end]):
                taken.append(
                    PersonalData(kind.name, _mask(plain[start:end], kind.kept), start, end)
                )
    yield from sorted(taken, key=lambda item: item.start)


def guard(reading: Reading, text: str, root: Node) -> None:
    """Report the personal data in a file's text, unless the file allows it by its masked form."""
    found = list(find(text))
    entries = root.entries if isinstance(root, Mapping) else ()
    stated = next((value for key, value in entries if key.text == ALLOWED), None)
    allowed = {name: place for name, place, _ in texts(Reading(reading.path), stated, ALLOWED)}
    meant: dict[str, str] = {}
    for item in found:
        number = _bare(text[item.start : item.end])
        is_meant = meant.setdefault(item.masked, number) == number
        if item.masked not in allowed or not is_meant:
            place = _place(reading.path, text, item)
            message = f"这里有{item.kind}“{item.masked}”。"
            hint = f"删掉它；确实要公开的，在“{ALLOWED}”里写“{item.masked}: 理由”。"
            target = Target(key=item.masked)
            reading.collect(PERSONAL_DATA, target, place, message, hint)
    for name in allowed.keys() - {item.masked for item in found}:
        message = f"文件里没有“{name}”。"
        hint = "已经删掉的，把这一条也删掉。"
        reading.collect(UNUSED_ANSWER, Target(key=name), allowed[name], message, hint)


def _place(path: str, text: str, item: PersonalData) -> Location:
    begin = text.rfind("\n", 0, item.start) + 1
    line = text.count("\n", 0, begin) + 1
    return Location(path, line, item.start - begin + 1, item.end - begin + 1)


def _mask(text: str, kept: tuple[int, int]) -> str:
    first, last = kept
    hidden = re.sub(r"[^ @-]", "*", text[first : len(text) - last])
    return text[:first] + hidden + text[len(text) - last :]


def masked(text: str) -> str:
    """Return the text with all personal data in it masked; its length stays."""
    for item in find(text):
        text = text[: item.start] + item.masked + text[item.end :]
    return text
