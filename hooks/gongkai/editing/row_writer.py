"""Rows of statutory tables as aligned lines below a comment with the headings.

Widths come from the headings alone, never from the numbers, so that changing one cell changes one
line of the file.
"""

from collections.abc import Iterable, Iterator, Sequence

from gongkai.forms.axes import Heading
from gongkai.forms.formats import Section, Table
from gongkai.source.fields import canonical
from gongkai.source.nodes import Mapping, Node, Scalar
from gongkai.source.widths import width

INDENT = 2


def margin(section: Section) -> int:
    """How far the headings of a section's rows reach, their indentation and colon left out."""
    return max(
        width(placed.heading.key) + INDENT * sum(1 for heading in placed.trail if heading.id)
        for table in section.tables
        for placed in table.rows.walk()
        if placed.heading.id
    )


def column_names(table: Table) -> tuple[str, ...]:
    """The headings of the figures of a row."""
    return tuple(leaf.heading.key for leaf in table.columns.leaves)


def heading_line(names: Sequence[str], reach: int) -> str:
    """The comment that names the columns."""
    return " " * INDENT + "#" + " " * (reach - 1) + "  ".join(names)


def row_line(label: str, value: str, reach: int) -> str:
    """A row: its label with indentation and colon, and its cells."""
    return f"{label}{' ' * (reach + INDENT - width(label))}{value}".rstrip()


def cells_text(cells: Sequence[str], names: Sequence[str]) -> str:
    """The cells of a row in brackets, each as wide as its heading; not aligned if they are others.

    A cell that is wider than its heading pushes the others to the right.
    """
    widths = [width(name) for name in names] if len(cells) == len(names) else [0] * len(cells)
    padded = (" " * (wide - width(cell)) + cell for wide, cell in zip(widths, cells, strict=True))
    return f"[{', '.join(padded)}]"


def rows_of(headings: Iterable[Heading], node: Mapping) -> Iterator[tuple[Heading, Scalar, Node]]:
    """The entries of a mapping that belong to headings, in printed order."""
    entries = {canonical(key.text): (key, value) for key, value in node.entries}
    for heading in headings:
        if canonical(heading.key) in entries:
            yield heading, *entries[canonical(heading.key)]
