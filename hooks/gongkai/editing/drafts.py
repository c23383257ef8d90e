"""New reports: what a report file is to say → its text in canonical form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.data.report_keys import report_keys
from gongkai.forms.axes import Heading, path_below
from gongkai.forms.formats import Section
from gongkai.source.fields import UNFILLED
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node, Scalar
from gongkai.source.nodes import Sequence as SequenceNode

from .writer import write


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a report file, as text, before it is read and checked."""

    sections: Sequence[Section]
    head: Sequence[tuple[str, str]]
    """Keys with one-line values."""
    prose: Mapping[str, str]
    """Text by section id; several lines are several paragraphs."""
    rows: Mapping[str, Mapping[str, Sequence[str] | str]]
    """Cells, or a word for a whole row, by section id and row path."""
    others: Mapping[str, Node] = field(default_factory=dict)
    """Values of further keys."""


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
    values: dict[str, Node] = {key: scalar(words) for key, words in draft.head}
    for section in draft.sections:
        if section.tables:
            rows = _rows(section.row_headings, "", draft.rows[section.id])
            values[section.key] = mapping(rows)
        elif section.id in draft.prose:
            values[section.key] = scalar(draft.prose[section.id])
    return write(mapping({**values, **draft.others}), report_keys(draft.sections))


def scalar(words: str) -> Scalar:
    """A text that is in no file yet."""
    return Scalar(words, 0, 0, 0, None)


def sequence(items: Iterable[Node]) -> SequenceNode:
    """A list that is in no file yet."""
    return SequenceNode(tuple(items), 0, 0)


def mapping(entries: Mapping[str, Node]) -> MappingNode:
    """A mapping that is in no file yet."""
    return MappingNode(tuple((scalar(key), value) for key, value in entries.items()), 0, 0)


def _rows(
    headings: Iterable[Heading], prefix: str, rows: Mapping[str, Sequence[str] | str]
) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for heading in headings:
        path = path_below(prefix, heading)
        if heading.children:
            found[heading.key] = mapping(_rows(heading.entered, path, rows))
        else:
            stated = rows[path]
            found[heading.key] = (
                scalar(stated) if isinstance(stated, str) else sequence(map(scalar, stated))
            )
    return found
