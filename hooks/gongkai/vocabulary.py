"""The words that checks of prose look for: laws and documents, drafting guidance, set phrases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import rules
from .fields import Fields, Reading
from .nodes import Node


@dataclass(frozen=True, slots=True)
class Document:
    """A law or document that reports cite."""

    title: str
    names: tuple[str, ...]
    """Other right ways to name it."""
    number: str
    old_numbers: tuple[str, ...]
    """Numbers of editions that are no longer in force."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What `data/vocabulary.yaml` says; patterns are for folded text."""

    documents: tuple[Document, ...] = ()
    misnamed: tuple[re.Pattern[str], ...] = ()
    """Wrong names of laws, as the whole of what stands between 《 and 》."""
    guidance: tuple[re.Pattern[str], ...] = ()
    boilerplate: tuple[str, ...] = ()
    """Set phrases, in Han characters only."""


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
    fields = reading.fields(node, ("title", "names", "number", "old_numbers"), "documents")
    needed = "词句文件必须写明这一项。"
    names, old = (
        tuple(reading.text(item, f"“{key}”") for item in fields.each(key))
        for key in ("names", "old_numbers")
    )
    title, number = fields.text("title", needed=needed), fields.text("number", needed=needed)
    return Document(title, names, number, old)


def _patterns(reading: Reading, fields: Fields, key: str) -> Iterator[re.Pattern[str]]:
    for item in fields.each(key):
        try:
            if pattern := reading.text(item, f"“{key}”"):
                yield re.compile(pattern, re.MULTILINE)
        except re.error:
            message, hint = f"“{key}”里有一条不是正则表达式。", "检查括号是否配对。"
            reading.report(item, rules.VALUE, message, hint)
