"""The comments of a YAML text, each with the entry or item that it was written for.

A comment on lines of its own belongs to what follows, one at the end of a line to what begins
there, one inside brackets to the entry that has the brackets.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import yaml

from gongkai.source.composer import LOADER
from gongkai.source.fields import canonical
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node, Scalar, Sequence

Headings = Mapping[str, frozenset[str]]
"""By canonical top-level key, the canonical texts of the comments that the program wrote itself."""

_COMMENT = re.compile(r"#[^\n]*")
_BLOCK_HEADER = re.compile(r"[|>][-+\d]*[ \t]*")
_NOTHING_BEFORE = " \t-?:"
"""A line with only these before its comment has nothing yet that the comment could be about."""


class Beginning(NamedTuple):
    """Where an entry of a mapping, or an item of a list, begins."""

    line: int
    column: int
    is_item: bool


class Comments(NamedTuple):
    """The comments of one entry or item."""

    before: tuple[str, ...] = ()
    """Lines of their own before it."""
    tail: str = ""
    """At the end of its first line."""


NO_COMMENTS = Comments()


@dataclass(frozen=True, slots=True)
class FileComments:
    """All comments of a file."""

    head: tuple[str, ...] = ()
    """Those that a blank line parts from the first entry."""
    end: tuple[str, ...] = ()
    by_beginning: Mapping[Beginning, Comments] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every comment, sorted."""
        placed = ((*found.before, found.tail) for found in self.by_beginning.values())
        return tuple(sorted(filter(None, chain(self.head, self.end, *placed))))

    def of_entry(self, key: Scalar) -> Comments:
        """The comments of the entry with a key."""
        return self.by_beginning.get(Beginning(key.line, key.column, is_item=False), NO_COMMENTS)

    def of_item(self, node: Node) -> Comments:
        """The comments of an item of a list."""
        return self.by_beginning.get(Beginning(node.line, node.column, is_item=True), NO_COMMENTS)

    def within(self, node: Node) -> tuple[str, ...]:
        """All comments inside a value, in order."""
        if isinstance(node, Scalar):
            return ()
        if isinstance(node, Sequence):
            inner = [(self.of_item(item), item) for item in node.items]
        else:
            inner = [(self.of_entry(key), value) for key, value in node.entries]
        found = ((*own.before, own.tail, *self.within(value)) for own, value in inner)
        return tuple(filter(None, chain.from_iterable(found)))


NO_FILE_COMMENTS = FileComments()


class _Comment(NamedTuple):
    line: int
    text: str
    is_alone: bool
    """Whether its line has nothing else."""
    is_enclosed: bool
    """Whether it stands inside brackets."""


class _Anchor(NamedTuple):
    """What comments can be attached to."""

    line: int
    value_line: int
    """Where its value begins, if that is a scalar or in brackets; else 0."""
    beginning: Beginning
    top: str
    """The canonical top-level key that it is under."""


def comments_of(text: str, root: Node, headings: Headings) -> FileComments:
    """Return the comments of a text that `root` was read from, without those in `headings`."""
    lines = text.split("\n")
    anchors = list(_anchors(root, lines, ""))
    begins = [anchor.line for anchor in anchors]
    first = begins[0] if begins else 0
    parted = next((line for line in range(first - 1, 0, -1) if not lines[line - 1].strip()), 0)
    found = _Found(headings)
    for comment in _comments(text):
        following = bisect_right(begins, comment.line)
        if comment.line < parted:
            found.head.append(comment.text)
        else:
            last = anchors[following - 1] if following else None
            coming = anchors[following] if following < len(anchors) else None
            found.take(comment, last, coming)
    return found.comments()


@dataclass(frozen=True, slots=True)
class _Found:
    """The comments that have found their place."""

    headings: Headings
    head: list[str] = field(default_factory=list)
    end: list[str] = field(default_factory=list)
    before: dict[Beginning, list[str]] = field(default_factory=lambda: defaultdict(list))
    tails: dict[Beginning, str] = field(default_factory=dict)

    def take(self, comment: _Comment, last: _Anchor | None, coming: _Anchor | None) -> None:
        """Take in a comment between two anchors, either of which may be missing."""
        if self._is_heading(comment, last, coming):
            return
        if last:
            self._take_after(comment, last, coming)
        elif comment.is_alone and not comment.is_enclosed:
            self._take_before(comment, coming)
        else:
            self.head.append(comment.text)

    def _is_heading(self, comment: _Comment, last: _Anchor | None, coming: _Anchor | None) -> bool:
        """Whether the program wrote it itself above the columns of a table."""
        words = canonical(comment.text.lstrip("#"))
        tops = {anchor.top for anchor in (last, coming) if anchor}
        return any(words in self.headings.get(top, ()) for top in tops)

    def _take_after(self, comment: _Comment, last: _Anchor, coming: _Anchor | None) -> None:
        """At the end of a line or inside a value, it belongs to what has begun."""
        if not comment.is_alone:
            self._take_tail(comment, last.beginning)
        elif comment.is_enclosed or comment.line < last.value_line:
            self.before[last.beginning].append(comment.text)
        else:
            self._take_before(comment, coming)

    def _take_before(self, comment: _Comment, coming: _Anchor | None) -> None:
        """On lines of its own, it belongs to what follows, if anything does."""
        (self.before[coming.beginning] if coming else self.end).append(comment.text)

    def _take_tail(self, comment: _Comment, beginning: Beginning) -> None:
        """An entry keeps the last comment at its end; it may lose its lines but not its words."""
        if beginning in self.tails:
            self.before[beginning].append(self.tails.pop(beginning))
        if comment.is_enclosed:
            self.before[beginning].append(comment.text)
        else:
            self.tails[beginning] = comment.text

    def comments(self) -> FileComments:
        """All of them."""
        beginnings = {**self.before, **self.tails}
        by_beginning = {
            beginning: Comments(
                tuple(self.before.get(beginning, ())), self.tails.get(beginning, "")
            )
            for beginning in beginnings
        }
        return FileComments(tuple(self.head), tuple(self.end), by_beginning)


def _anchors(node: Node, lines: list[str], top: str) -> Iterator[_Anchor]:
    """Everything in block style that begins on a line, in order; outer things come first."""
    if isinstance(node, Scalar) or _is_flow(node, lines):
        return
    if isinstance(node, Sequence):
        children = [
            (item, Beginning(item.line, item.column, is_item=True), top) for item in node.items
        ]
    else:
        children = [
            (value, Beginning(key.line, key.column, is_item=False), top or canonical(key.text))
            for key, value in node.entries
        ]
    for value, beginning, above in children:
        is_block = not isinstance(value, Scalar) and not _is_flow(value, lines)
        yield _Anchor(beginning.line, 0 if is_block else value.line, beginning, above)
        yield from _anchors(value, lines, above)


def _is_flow(node: MappingNode | Sequence, lines: list[str]) -> bool:
    return lines[node.line - 1][node.column - 1 : node.column] in {"[", "{"}


def _comments(text: str) -> Iterator[_Comment]:
    """Every comment: what begins with “#” between two tokens."""
    begins = [0, *(match.end() for match in re.finditer("\n", text))]
    for match, depth in _matches(text):
        line = bisect_right(begins, match.start())
        before = text[begins[line - 1] : match.start()]
        is_alone = not before.strip(_NOTHING_BEFORE)
        yield _Comment(line, match[0].rstrip(), is_alone, is_enclosed=depth > 0)


def _matches(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The comments with the number of brackets that they are in."""
    depth = end = 0
    for token in yaml.scan(text, Loader=LOADER):
        start = token.start_mark.index
        yield from ((match, depth) for match in _COMMENT.finditer(text, end, start))
        depth += isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken)
        depth -= isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken)
        end = max(end, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and (header := _BLOCK_HEADER.match(text, start)):
            match = _COMMENT.match(text, header.end())
            yield from [(match, depth)] if match else []
