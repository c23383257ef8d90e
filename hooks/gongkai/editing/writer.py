"""Nodes and comments → the text of a data file in canonical form.

Keys stand in the order of their declaration; a blank line parts two top-level blocks unless both
take one line. Prose is a `|` block, tables are as `row_writer.py` has them. An item of a list,
and a collection inside it, stands on one line in brackets if it fits and no comment is inside.
"""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Sequence as SequenceType
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.data.report_keys import FileKeys
from gongkai.forms.axes import Heading
from gongkai.forms.formats import Section, Table
from gongkai.source.fields import canonical
from gongkai.source.nodes import Mapping, Node, Scalar, Sequence, is_null
from gongkai.source.shapes import Shape, Text, entry_shape, item_shape, known_keys
from gongkai.source.widths import width

from .comments import NO_FILE_COMMENTS, FileComments
from .quoting import cell, exact, in_braces, trimmed, words_of
from .quoting import key as key_text
from .row_writer import (
    INDENT,
    cells_text,
    column_names,
    heading_line,
    margin,
    row_line,
    rows_of,
)

MAX_WIDTH = 100
"""The columns that an item in brackets may take."""


def write(root: Mapping, keys: FileKeys, comments: FileComments = NO_FILE_COMMENTS) -> str:
    """Return the canonical text of a file with its comments."""
    writer = _Writer(comments)
    lines = [*comments.head, ""] if comments.head else []
    size = 0
    for name, key, value in _ordered(root, keys):
        block = list(writer.top((name, key, value), keys.get(name)))
        if size and max(size, len(block)) > 1:
            lines.append("")
        size = len(block)
        lines += [*comments.of_entry(key).before, *block]
    if comments.end:
        lines += ["", *comments.end]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes entries and items as lines."""

    comments: FileComments

    def top(self, entry: "_Pair", declared: Shape | Section | None) -> Iterator[str]:
        """The lines of a top-level entry, without the comments before it."""
        name, key, value = entry
        tail = _tail(self.comments.of_entry(key).tail)
        if not isinstance(declared, Section):
            yield from self.value(f"{key_text(name)}:", value, tail, _Level(0, declared))
        elif isinstance(value, Mapping) and value.entries:
            yield f"{name}:{tail}"
            yield from self.tables(declared, value)
        else:
            yield from self.value(f"{name}:", value, tail, _Level(0))

    def tables(self, section: Section, node: Mapping) -> Iterator[str]:
        """The rows of a section with the headings of their columns."""
        reach = margin(section)
        columns: SequenceType[str] = ()
        for table in section.tables:
            names = column_names(table)
            for heading, key, value in rows_of(table.rows.entered, node):
                yield from _indented(self.before(key, value), INDENT)
                if names != columns:
                    columns = names
                    yield heading_line(names, reach)
                yield from self.rows(table, heading, (key, value), reach, INDENT)

    def rows(
        self, table: Table, heading: Heading, entry: tuple[Scalar, Node], reach: int, indent: int
    ) -> Iterator[str]:
        """A row, or a group of rows."""
        key, value = entry
        tail = _tail(self.comments.of_entry(key).tail)
        label = f"{' ' * indent}{heading.key}:"
        if not isinstance(value, Mapping):
            yield row_line(label, self.cells(table, value), reach) + tail
        elif not heading.children or not value.entries:
            yield from self.value(f"{heading.key}:", value, tail, _Level(indent))
        else:
            yield label + tail
            for child, inner, below in rows_of(heading.entered, value):
                yield from _indented(self.before(inner, below), indent + INDENT)
                yield from self.rows(table, child, (inner, below), reach, indent + INDENT)

    def before(self, key: Scalar, value: Node) -> tuple[str, ...]:
        """The comments before a row: also those inside it, since it is written on one line."""
        inside = self.comments.within(value) if isinstance(value, Sequence) else ()
        return *self.comments.of_entry(key).before, *inside

    def cells(self, table: Table, value: Scalar | Sequence) -> str:
        """What stands behind the heading of a row."""
        if isinstance(value, Scalar):
            return exact(value)
        cells = [self.in_brackets(item, None) for item in value.items]
        return cells_text(cells, column_names(table))

    def value(self, head: str, node: Node, tail: str, level: "_Level") -> Iterator[str]:
        """An entry by its `head` (`key:`, or `-` for an item), in block style."""
        pad = " " * level.indent
        if isinstance(node, Scalar):
            if _is_block(node, level.shape):
                yield f"{pad}{head} |{tail}"
                yield from _paragraphs(words_of(node), level.indent + INDENT)
            else:
                yield f"{pad}{head} {trimmed(node)}".rstrip() + tail
        elif isinstance(node, Sequence):
            yield f"{pad}{head}{'' if node.items else ' []'}{tail}"
            inner = _Level(level.indent + INDENT, item_shape(level.shape), is_in_item=True)
            for item in node.items:
                yield from self.item(item, inner)
        else:
            yield f"{pad}{head}{'' if node.entries else ' {}'}{tail}"
            yield from self.below(self.entries(node, level), level)

    def item(self, node: Node, level: "_Level") -> Iterator[str]:
        """An item of a list; the comments before its first entry stand before the item."""
        own = self.comments.of_item(node)
        entries = self.entries(node, level)
        first = self.comments.of_entry(entries[0][1]).before if entries else ()
        yield from _indented((*own.before, *first), level.indent)
        tail = _tail(own.tail)
        line = self.one_line("-", node, level, first)
        if line is not None:
            yield line + tail
        elif entries:
            head, *lines = self.below(entries, level, is_begun=True)
            yield f"{' ' * level.indent}- {head.lstrip()}{tail}"
            yield from lines
        else:
            yield from self.value("-", node, tail, level)

    def entries(self, node: Node, level: "_Level") -> "list[_Pair]":
        """The entries of a mapping below the top level in order; none of what is no mapping."""
        return _ordered(node, known_keys(level.shape)) if isinstance(node, Mapping) else []

    def below(
        self, entries: "list[_Pair]", level: "_Level", *, is_begun: bool = False
    ) -> Iterator[str]:
        """Entries one level deeper; of a begun item the first comments are written already."""
        for index, (name, key, value) in enumerate(entries):
            inner = _Level(level.indent + INDENT, entry_shape(name, level.shape), level.is_in_item)
            own = self.comments.of_entry(key)
            if index or not is_begun:
                yield from _indented(own.before, inner.indent)
            tail, head = _tail(own.tail), f"{key_text(name)}:"
            line = self.one_line(head, value, inner) if inner.is_in_item else None
            if line is not None:
                yield line + tail
            else:
                yield from self.value(head, value, tail, inner)

    def one_line(
        self, head: str, node: Node, level: "_Level", written: tuple[str, ...] = ()
    ) -> str | None:
        """A collection on one line with its head; None where it is long or has more inside.

        That is blocks of text, or comments other than those which are written already.
        """
        if isinstance(node, Scalar) or not _is_flat(node) or self.comments.within(node) != written:
            return None
        line = f"{' ' * level.indent}{head} {self.in_brackets(node, level.shape)}"
        return line if width(line) <= MAX_WIDTH else None

    def in_brackets(self, node: Node, shape: Shape | None) -> str:
        """A value as it stands in brackets; a scalar is an item there."""
        if isinstance(node, Scalar):
            return cell(node)
        if isinstance(node, Sequence):
            inner = item_shape(shape)
            return f"[{', '.join(self.in_brackets(item, inner) for item in node.items)}]"
        entries = _ordered(node, known_keys(shape))
        pairs = (self.pair(key, value, entry_shape(key, shape)) for key, _, value in entries)
        return f"{{{', '.join(pairs)}}}"

    def pair(self, name: str, value: Node, shape: Shape | None) -> str:
        """An entry as it stands in braces."""
        if isinstance(value, Scalar):
            return f"{in_braces(key_text(name))}: {in_braces(trimmed(value))}"
        return f"{in_braces(key_text(name))}: {self.in_brackets(value, shape)}"


class _Level(NamedTuple):
    """Where a value is written."""

    indent: int
    shape: Shape | None = None
    """What should stand there; None where nothing is declared."""
    is_in_item: bool = False
    """Whether it is, or is in, an item of a list."""


_Pair = tuple[str, Scalar, Node]
"""A key as it is declared, the key as it was read, and its value."""


def _ordered(node: Mapping, order: Collection[str]) -> list[_Pair]:
    """The entries of a mapping: those with declared keys in order, then the others as they were."""
    declared = {canonical(name): (index, name) for index, name in enumerate(order)}
    named = [
        (*declared.get(canonical(key.text), (len(order), key.text)), key, value)
        for key, value in node.entries
    ]
    named.sort(key=lambda entry: entry[0])
    return [(name, key, value) for _, name, key, value in named]


def _is_flat(node: Node) -> bool:
    """Whether no text inside has several lines."""
    if isinstance(node, Scalar):
        return "\n" not in words_of(node)
    values = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
    return all(map(_is_flat, values))


def _is_block(node: Scalar, shape: Shape | None) -> bool:
    """Whether a text stands in paragraphs below its key."""
    words = words_of(node).strip()
    is_prose = isinstance(shape, Text) and shape.is_prose and bool(words) and not is_null(node)
    return (is_prose or "\n" in words) and "\r" not in words


def _paragraphs(words: str, indent: int) -> Iterator[str]:
    return (f"{' ' * indent}{line}".rstrip() for line in words.strip().split("\n"))


def _indented(comments: Iterable[str], indent: int) -> Iterator[str]:
    return (" " * indent + comment for comment in comments)


def _tail(comment: str) -> str:
    return f"  {comment}" if comment else ""
