"""Texts as YAML scalars: plain where YAML reads them back as they are, else in double quotes."""

import json
import re

from gongkai.source.nodes import Scalar, is_null

_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s])[^\n#]*(?<![\s:])")
_BRACKETS = re.compile(r"[,\[\]{}]")
_FLOW_MARKS = re.compile(r"[,\[\]{}?:]")


def scalar(words: str) -> str:
    """A one-line value, quoted where YAML would misread it."""
    safe = _PLAIN.fullmatch(words) and ": " not in words
    return words if safe else _quoted(words)


def exact(node: Scalar) -> str:
    """The value of an entry, every character kept."""
    return _value(node, node.text)


def trimmed(node: Scalar) -> str:
    """The value of an entry without the white space around it, if it has several lines."""
    return _value(node, words_of(node))


def in_braces(written: str) -> str:
    """A written scalar as it must stand between brackets."""
    if written.startswith('"') or not _FLOW_MARKS.search(written):
        return written
    return _quoted(written)


def cell(node: Scalar) -> str:
    """A cell of a row: a quoted number is another thing than a plain one, so quotes stay."""
    if node.style is None and node.text and not _BRACKETS.search(node.text):
        return node.text
    return _quoted(node.text)


def is_quoted(node: Scalar) -> bool:
    """Whether quotes tell a cell from the plain cell with the same text."""
    return node.style is not None and bool(node.text) and not _BRACKETS.search(node.text)


def key(words: str) -> str:
    """A key of a mapping."""
    return scalar(words) if words else _quoted(words)


def words_of(node: Scalar) -> str:
    """A text; a block, or another of several lines, has no white space around it and its lines."""
    if "\n" not in node.text and node.style not in {"|", ">"}:
        return node.text
    return "\n".join(line.strip() for line in node.text.strip().split("\n"))


def _value(node: Scalar, words: str) -> str:
    if is_null(node) or (node.style is None and not words):
        return words
    if words in {"", "~", "null"}:
        return _quoted(words)
    return scalar(words)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
