"""The words that checks of prose look for: laws and documents, drafting guidance, set phrases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from gongkai.source import rules
from gongkai.source.fields import Fields, Reading
from gongkai.source.nodes import Node


@dataclass(frozen=True, slots=True)
class Document:
    """A law or document that reports cite."""

    title: str
    names: tuple[str, ...]
    """Other right ways to name it."""
    number: str
    old_numbers: tuple[str, ...]
    """Numbers of editions that are no longer in force."""
    url: str = ""
    """Where the original stands, on gov.cn; empty where not known."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What `data/vocabulary.yaml` says; patterns are for half-width text."""

    documents: tuple[Document, ...] = ()
    misnamed: tuple[re.Pattern[str], ...] = ()
    """Wrong names of laws, as the whole of what stands between 《 and 》."""
    guidance: tuple[re.Pattern[str], ...] = ()
    boilerplate: tuple[str, ...] = ()
    """Set phrases, in Han characters only."""


_DOCUMENT = ("title", "names", "number", "old_numbers", "url")


def read_vocabulary(reading: Reading, node: Node) -> Vocabulary:
    """Read the vocabulary file."""
    keys = ("documents", "misnamed", "guidance", "boilerplate")
    fields = reading.fields(node, keys, "词句文件")
    phrases = (reading.text(item, "“boilerplate”") for item in fields.each("boilerplate"))
    return Vocabulary(
        documents=tuple(_document(reading, item) for item in fields.each("documents")),
        misnamed=tuple(_patterns(reading, fields, "misnamed")),
        guidance=tuple(_patterns(reading, fields, "guidance")),
        boilerplate=tuple(filter(None, phrases)),
    )


def _document(reading: Reading, node: Node) -> Document:
    fields = reading.fields(node, _DOCUMENT, "documents")
    needed = "词句文件必须写明这一项。"
    names, old = (
        tuple(filter(None, (reading.text(item, f"“{key}”") for item in fields.each(key))))
        for key in ("names", "old_numbers")
    )
    title, number = fields.text("title", needed=needed), fields.text("number", needed=needed)
    return Document(title, names, number, old, _official(reading, fields))


def _official(reading: Reading, fields: Fields) -> str:
    """Return the address of an original: copies elsewhere are often not what they seem."""
    url, node = fields.url("url"), fields.get("url")
    host = urlsplit(url).hostname or ""
    if url and node is not None and not f".{host}".endswith(".gov.cn"):
        message = f"“url”不在 gov.cn：“{url[:40]}”。"
        reading.report(node, rules.VALUE, message, "只写 gov.cn 的网址；没有就不写这一项。")
        return ""
    return url


def _patterns(reading: Reading, fields: Fields, key: str) -> Iterator[re.Pattern[str]]:
    for item in fields.each(key):
        try:
            if pattern := reading.text(item, f"“{key}”"):
                yield re.compile(pattern, re.MULTILINE)
        except re.error:
            message, hint = f"“{key}”里有一条不是正则表达式。", "检查括号是否配对。"
            reading.report(item, rules.VALUE, message, hint)
