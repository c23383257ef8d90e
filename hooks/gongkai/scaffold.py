"""Reports as YAML text in canonical form: key order, aligned columns, heading comments.

Widths come from the headings alone, never from the numbers, so that changing one cell changes one
line of the file.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .axes import Heading
from .figures import UNFILLED
from .formats import Section, Table

_INDENT = "  "
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s])[^\n#]*(?<![\s:])")


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a report file, as text, before it is read and checked."""

    sections: Sequence[Section]
    head: Sequence[tuple[str, str]]
    """The keys before the sections with their values."""
    prose: Mapping[str, str]
    """Text by section id; several lines are several paragraphs."""
    rows: Mapping[str, Mapping[str, Sequence[str] | str]]
    """Cells, or a word for a whole row, by section id and row path."""
    after: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Finished lines that follow a section, by its id."""
    tail: Sequence[tuple[str, Mapping[str, str] | str]] = ()
    """The keys after the sections: a text, or a mapping of texts."""


def blank(sections: Sequence[Section], head: Sequence[tuple[str, str]]) -> Draft:
    """A report in which every cell and text is still to be filled in."""
    prose = {section.id: UNFILLED for section in sections if not section.tables}
    rows = {
        section.id: {
            path: [UNFILLED] * len(table.columns.leaves)
            for path, (table, _) in section.rows.items()
        }
        for section in sections
        if section.tables
    }
    return Draft(sections, head, prose, rows)


def text(draft: Draft) -> str:
    """Write a draft as YAML in canonical form."""
    lines = [f"{key}: {scalar(value)}" for key, value in draft.head]
    for section in draft.sections:
        if section.tables:
            lines += ["", *_tables(section, draft.rows[section.id])]
        elif section.id in draft.prose:
            lines += ["", *_block(section.key, draft.prose[section.id])]
        lines += draft.after.get(section.id, ())
    for key, value in draft.tail:
        lines.append("")
        if isinstance(value, str):
            lines += _block(key, value)
        else:
            lines.append(f"{key}:")
            lines += [f"{_INDENT}{scalar(name)}: {scalar(words)}" for name, words in value.items()]
    return "\n".join(lines) + "\n"


def scalar(words: str) -> str:
    """A one-line value, quoted where YAML would misread it."""
    safe = _PLAIN.fullmatch(words) and ": " not in words
    return words if safe else json.dumps(words, ensure_ascii=False)


def _block(key: str, words: str) -> Iterator[str]:
    yield f"{key}: |"
    for line in words.splitlines():
        yield f"{_INDENT}{line.strip()}".rstrip()


def _tables(section: Section, rows: Mapping[str, Sequence[str] | str]) -> Iterator[str]:
    yield f"{section.key}:"
    margin = max(
        _width(heading.key) + 2 * level
        for table in section.tables
        for level, heading in _walk(table.rows.headings, 1)
    )
    columns: tuple[str, ...] = ()
    for table in section.tables:
        names = tuple(leaf.heading.key for leaf in table.columns.leaves)
        if names != columns:
            columns = names
            yield _INDENT + "#" + " " * (margin - 1) + "  ".join(names)
        yield from _rows(table, table.rows.headings, "", 1, (margin, rows))


def _rows(
    table: Table,
    headings: Iterable[Heading],
    prefix: str,
    level: int,
    layout: tuple[int, Mapping[str, Sequence[str] | str]],
) -> Iterator[str]:
    margin, rows = layout
    for heading in headings:
        if not heading.id:
            yield from _rows(table, heading.children, prefix, level, layout)
            continue
        path = f"{prefix}.{heading.id}" if prefix else heading.id
        label = _INDENT * level + heading.key + ":"
        if heading.children:
            yield label
            yield from _rows(table, heading.children, path, level + 1, layout)
            continue
        stated = rows[path]
        value = stated if isinstance(stated, str) else _cells(table, stated)
        yield label + " " * (margin + 2 - _width(label)) + value


def _cells(table: Table, cells: Sequence[str]) -> str:
    widths = [_width(leaf.heading.key) for leaf in table.columns.leaves]
    padded = (
        " " * (width - _width(cell)) + cell for width, cell in zip(widths, cells, strict=True)
    )
    return f"[{', '.join(padded)}]"


def _walk(headings: Iterable[Heading], level: int) -> Iterator[tuple[int, Heading]]:
    """The headings that staff write, with their depth; those for the layout are passed through."""
    for heading in headings:
        if heading.id:
            yield level, heading
        yield from _walk(heading.children, level + bool(heading.id))


def _width(words: str) -> int:
    """The columns that a text takes where Han characters are two wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in words)
