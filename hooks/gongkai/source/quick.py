"""A text in the canonical form → the nodes that `composer` makes of it, in less than half the time.

Only what `manage.py format` writes is understood, line by line. At the slightest doubt `compose`
gives up, and the composer reads the text: what it refuses is never accepted here. It does not see
what the guards before it refuse. `tests/test_quick.py` holds both against each other.
"""

import json
import re
from functools import lru_cache, partial
from itertools import accumulate, repeat
from typing import NamedTuple

from .composer import MAX_NODES
from .nodes import Mapping, Node, Scalar, Sequence
from .syntax import WIDE_SPACES

_INDENT = 2
_LONGEST_KEY, _LONGEST_LINE = 100, 1000
_END = "."
"""What stands behind the last line: neither blank nor a comment nor an entry."""

_START = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`.]"
_QUOTED = r'"[^"\\]*(?:\\["\\][^"\\]*)*"'
_CELL = rf"-?{_START}[^ ,\[\]{{}}:#?]*"
_HEAD = re.compile(rf"( *)(?:({_START}[^:#]*(?<! )|{_QUOTED}):|-)(?: +([^ ].*))?")
_OFTEN = "]:|"
"""What stands at the end of lines that many reports have."""
_COMMENT = re.compile(r" *#")
_TAIL = re.compile(r"(?: +#.*)?\Z")
_BLOCK = re.compile(r"\|(?: +#.*)?")
_VALUE = re.compile(rf"{_QUOTED}|{_START}[^#]*(?<! )")
_WORDS = re.compile(rf"{_QUOTED}|{_CELL}(?: +[^ ,\[\]{{}}:#?]+)*")
_ROW = re.compile(rf"\[ *{_CELL}(?:, *{_CELL})*\]")
_OPENING = re.compile(r"[\[{] *")
_COMMA = re.compile(r", *")
_COLON = re.compile(r": +")

_to_scalar = partial(tuple.__new__, Scalar)
"""Makes a scalar of its fields at once: most nodes of a file are the cells of rows."""


class _DoubtError(Exception):
    """A text may not be in the canonical form."""


def compose(text: str, max_depth: int) -> Node | None:
    """Return the root node of a text in the canonical form; None if it may not be in it."""
    is_odd = "\t" in text or "\r" in text or not text.endswith("\n")
    if is_odd or _most_nodes(text) > MAX_NODES:
        return None
    lines = _Lines([*text.split("\n")[:-1], _END])
    try:
        root = lines.below(0, max_depth)
    except _DoubtError:
        return None
    return root if lines.at == len(lines.lines) - 1 else None


def _most_nodes(text: str) -> int:
    """A number that the nodes of a text in the canonical form do not exceed."""
    return 2 * text.count(":") + text.count(",") + text.count("[") + text.count("\n")


class _Lines:
    """The lines of a text, read from top to bottom; `at` is the next one.

    `room` says how many collections may be opened inside each other.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def below(self, indent: int, room: int) -> Mapping | Sequence:
        """A collection on lines of its own."""
        self.skip()
        is_sequence = self.lines[self.at].startswith("-", indent)
        return self.sequence(indent, room) if is_sequence else self.mapping(indent, room)

    def skip(self) -> None:
        """Go on to a line that is neither blank nor a comment."""
        while not (line := self.lines[self.at]) or ("#" in line and _COMMENT.match(line)):
            self.at += 1

    def head(self) -> "_Head | None":
        """The next line, if it begins an entry or item."""
        line = self.lines[self.at]
        return _kept(line) if line[-1] in _OFTEN else _head(line)

    def mapping(self, indent: int, room: int) -> Mapping:
        """The entries that begin with so many blanks."""
        if not room:
            raise _DoubtError
        first = self.at + 1
        entries: list[tuple[Scalar, Node]] = []
        while (head := self.head()) and (key := head.key) and head.indent == indent:
            key = _to_scalar((key.text, self.at + 1, key.column, key.end_column, key.style, 0))
            entries.append((key, self.value(head, room - 1)))
            self.skip()
        if not entries:
            raise _DoubtError
        return Mapping(tuple(entries), first, indent + 1)

    def sequence(self, indent: int, room: int) -> Sequence:
        """The items that begin with so many blanks and a dash."""
        if not room:
            raise _DoubtError
        first = self.at + 1
        items: list[Node] = []
        while (head := self.head()) and not head.key and head.indent == indent:
            items.append(self.item(head, room - 1))
            self.skip()
        if not items:
            raise _DoubtError
        return Sequence(tuple(items), first, indent + 1)

    def item(self, head: "_Head", room: int) -> Node:
        """What stands behind a dash: a value, or the first entry of a mapping."""
        if not head.said or not _HEAD.fullmatch(head.said):
            return self.value(head, room)
        self.lines[self.at] = " " * (head.column - 1) + head.said
        return self.mapping(head.indent + _INDENT, room)

    def value(self, head: "_Head", room: int) -> Node:
        """What stands behind a key or a dash, or else below it; nothing is an empty text."""
        self.at += 1
        if head.row and room:
            cells = zip(head.row[0], repeat(self.at), *head.row[1:], repeat(None), repeat(0))
            return Sequence(tuple(map(_to_scalar, cells)), self.at, head.column)
        said, column, inner = head.said, head.column, head.indent + _INDENT
        if said and said[0] == "|":
            return self.block(said, column, " " * inner)
        if said and said[0] != "#":
            return _line(_Said(said, self.at, column), room)
        line = self.at
        self.skip()
        if self.lines[self.at].startswith(" " * (inner - 1)):
            return self.below(inner, room)
        return Scalar("", line, head.behind, head.behind, None)

    def block(self, said: str, column: int, margin: str) -> Scalar:
        """A text in paragraphs that neither begin nor end with blanks."""
        start = self.at
        paragraphs: list[str] = []
        while (line := self.lines[self.at]).startswith(margin) or not line:
            paragraphs.append(line.removeprefix(margin))
            self.at += 1
        text = "\n".join(paragraphs).rstrip("\n") + "\n"
        if text[0] in " \n" or " \n" in text or not _BLOCK.fullmatch(said):
            raise _DoubtError
        return Scalar(text, start, column, 0, "|", len(margin))


class _Said(NamedTuple):
    """A value on one line, and where it begins."""

    text: str
    line: int
    column: int

    def scalar(self, pattern: re.Pattern[str], at: int) -> tuple[Scalar, int]:
        """The text that must stand at a place, and where it ends."""
        match = pattern.match(self.text, at)
        if match is None:
            raise _DoubtError
        return _scalar(match[0], self.line, self.column + at), match.end()


def _scalar(words: str, line: int, column: int) -> Scalar:
    end_column = column + len(words)
    if words[0] != '"':
        return _to_scalar((words, line, column, end_column, None, 0))
    text = json.loads(words) if "\\" in words else words[1:-1]
    return Scalar(text, line, column, end_column, '"')


def _checked(key: Scalar) -> Scalar:
    """A key that the composer does not refuse."""
    if len(key.text) > _LONGEST_KEY or key.text.startswith(WIDE_SPACES):
        raise _DoubtError
    return key


class _Row(NamedTuple):
    """The cells of a row, field by field, without their line."""

    texts: tuple[str, ...]
    columns: tuple[int, ...]
    end_columns: tuple[int, ...]


class _Head(NamedTuple):
    """A line that begins an entry, or an item if it has no key."""

    indent: int
    key: Scalar | None
    behind: int
    """The column behind the colon or dash."""
    said: str
    """What the rest of the line says."""
    column: int
    row: _Row | None


def _head(line: str) -> _Head | None:
    """The line that begins an entry or item, or None if it is none."""
    if len(line) > _LONGEST_LINE:
        raise _DoubtError
    match = _HEAD.fullmatch(line)
    if match is None:
        return None
    indent, words, said = match.end(1), match[2], match[3] or ""
    key = _checked(_scalar(words, 1, indent + 1)) if words else None
    behind = indent + 2 + len(words or "")
    column = match.start(3) + 1
    row = _row(said, column) if said.startswith("[") else None
    return _Head(indent, key, behind, said, column, row)


_kept = lru_cache(maxsize=1024)(_head)
"""The same for the rows of tables, most of which are alike in a portal."""


def _row(said: str, column: int) -> _Row | None:
    """The cells of a row; None where it is something else in brackets."""
    if not _ROW.fullmatch(said):
        return None
    pieces = said[1:-1].split(",")
    texts = [piece.lstrip(" ") for piece in pieces]
    ends = [column + end for end in accumulate(len(piece) + 1 for piece in pieces)]
    columns = [end - len(text) for end, text in zip(ends, texts, strict=True)]
    return _Row(tuple(texts), tuple(columns), tuple(ends))


def _line(said: _Said, room: int) -> Node:
    """The value that fills a line, but for a comment."""
    if said.text[0] in "[{":
        node, end = _flow(said, 0, room)
    else:
        node, end = said.scalar(_VALUE, 0)
        if node.style is None and (": " in node.text or node.text[-1] == ":"):
            raise _DoubtError
    _after(_TAIL, said.text, end)
    return node


def _flow(said: _Said, at: int, room: int) -> tuple[Node, int]:
    """A value in brackets, or one of those between them, and where it ends."""
    if said.text.startswith("[", at) and room:
        return _list(said, at, room - 1)
    if said.text.startswith("{", at) and room:
        return _braces(said, at, room - 1)
    return said.scalar(_WORDS, at)


def _list(said: _Said, start: int, room: int) -> tuple[Sequence, int]:
    items: list[Node] = []
    at = _after(_OPENING, said.text, start)
    while not said.text.startswith("]", at):
        at = _after(_COMMA, said.text, at) if items else at
        item, at = _flow(said, at, room)
        items.append(item)
    return Sequence(tuple(items), said.line, said.column + start), at + 1


def _braces(said: _Said, start: int, room: int) -> tuple[Mapping, int]:
    entries: list[tuple[Scalar, Node]] = []
    at = _after(_OPENING, said.text, start)
    while not said.text.startswith("}", at):
        at = _after(_COMMA, said.text, at) if entries else at
        key, at = said.scalar(_WORDS, at)
        value, at = _flow(said, _after(_COLON, said.text, at), room)
        entries.append((_checked(key), value))
    return Mapping(tuple(entries), said.line, said.column + start), at + 1


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what must stand at a place ends."""
    match = pattern.match(text, at)
    if match is None:
        raise _DoubtError
    return match.end()
