"""The statutory tables of a report file → rows of cells."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from gongkai.forms.axes import Heading, Leaf, path_below
from gongkai.forms.formats import Section, Table
from gongkai.source import rules
from gongkai.source.fields import Fields, Reading, canonical, colon_hint
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node, Scalar, Sequence

from .figures import INVALID_CELL, WORDS, Cell, CellState, Row, parse

_ONLY_HISTORICAL = (CellState.BLANK, CellState.UNRECORDED)
_RUN_TOGETHER = re.compile(r"\d\s*[，、；\s]\s*\d")


def read_tables(
    reading: Reading, fields: Fields, sections: tuple[Section, ...], *, historical: bool
) -> dict[str, dict[str, Row]]:
    """Read the rows of every section that has tables; by section id and row path.

    Every row of the form is there: what the file lacks has been reported and has invalid cells.
    """
    found = {}
    for section in sections:
        if not section.tables:
            continue
        node = fields.need(section.key, "法定表格必须填写，没有发生的填 0。")
        rows: dict[str, Row] = {}
        if node is not None:
            reader = _SectionReader(
                reading, section, expected_parents(sections), historical=historical
            )
            rows = dict(reader.rows(node, section.row_headings, "", (section.key,)))
        place = node or fields.node
        found[section.id] = {
            path: rows.get(path) or _unread(place, table)
            for path, (table, _) in section.rows.items()
        }
    return found


def _unread(node: Node, table: Table) -> Row:
    """Return a row whose figures could not be read."""
    size = len(table.columns.leaves)
    return Row(node.line, (INVALID_CELL,) * size, (node.column,) * size)


@lru_cache(maxsize=64)
def expected_parents(sections: tuple[Section, ...]) -> Mapping[str, str]:
    """Return in words where each key of a report belongs, by canonical key."""
    above: dict[str, list[str]] = {}
    for section in sections:
        for _, leaf in section.rows.values():
            trail = (section.key, *leaf.keys)
            for parent, key in pairwise(trail):
                above.setdefault(canonical(key), []).append(f"“{parent}”")
    found = {
        key: f"应当写在{'或者'.join(dict.fromkeys(parents))}下面，比它多缩进两格。"
        for key, parents in above.items()
    }
    return found | {canonical(section.key): "应当顶格写，前面不空格。" for section in sections}


class _SectionReader:
    """Reads the rows of one section."""

    def __init__(
        self,
        reading: Reading,
        section: Section,
        parents: Mapping[str, str],
        *,
        historical: bool,
    ) -> None:
        self.reading = reading
        self.section = section
        self.parents = parents
        self.historical = historical

    def rows(
        self, node: Node, headings: tuple[Heading, ...], prefix: str, cell: tuple[str, ...]
    ) -> Iterator[tuple[str, Row]]:
        """Yield the rows below a group of headings; report what is missing or unknown."""
        if not isinstance(node, MappingNode):
            message = "这里应当是一组行，每行写“名称: [数字, …]”。"
            hint = colon_hint(node) or "对照模板补全各行，每行比上一层多缩进两格。"
            self.reading.report(node, rules.WRONG_TYPE, message, hint, cell)
            return
        keys = (heading.key for heading in headings)
        entries = self.reading.entries(node, keys, cell, self.parents)
        for heading in headings:
            path = path_below(prefix, heading)
            here = (*cell, heading.key)
            if heading.key not in entries:
                self._missing(node, heading, here)
            elif heading.children:
                yield from self.rows(entries[heading.key][1], heading.entered, path, here)
            else:
                yield path, self.row(entries[heading.key][1], path, here)

    def _missing(self, node: Node, heading: Heading, cell: tuple[str, ...]) -> None:
        what = "这一组" if heading.children else "这一行"
        hint = "补上，没有发生的填 0。"
        if self.historical:
            hint = f"补上；原件没有这一行的写“{WORDS[CellState.NO_ROW]}”。"
        self.reading.report(node, rules.MISSING_ROW, f"缺少“{heading.key}”{what}。", hint, cell)

    def row(self, node: Node, path: str, cell: tuple[str, ...]) -> Row:
        """Read one row."""
        table, leaf = self.section.rows[path]
        columns = table.columns.leaves
        if isinstance(node, Scalar) and node.text == WORDS[CellState.NO_ROW]:
            self._allow(node, CellState.NO_ROW, cell)
            return Row(node.line, (), (node.column,))
        if not isinstance(node, Sequence):
            self._not_a_row(node, len(columns), cell)
            return _unread(node, table)
        if len(node.items) != len(columns):
            self._wrong_length(node, table, cell)
            return _unread(node, table)
        if known := _known(table, leaf, _plain_texts(node)):
            return Row(node.line, known, _places(tuple([item.column for item in node.items])))
        if any(item.line != node.line for item in node.items):
            message = "这一行的数字没有写在同一行里。"
            self.reading.report(node, rules.WRONG_TYPE, message, "写成一行，放在方括号里。", cell)
        cells = tuple(
            self.cell(item, table, leaf, index, cell) for index, item in enumerate(node.items)
        )
        places = tuple(item.column for item in node.items)
        return Row(node.line, cells, _places(places))

    def cell(
        self, node: Node, table: Table, leaf: Leaf, index: int, where: tuple[str, ...]
    ) -> Cell:
        """Read one cell."""
        column = table.columns.leaves[index]
        if not isinstance(node, Scalar):
            here = (*where, *column.keys)
            message, hint = "这一格应当是一个数字。", "去掉多余的括号。"
            self.reading.report(node, rules.WRONG_TYPE, message, hint, here)
            return INVALID_CELL
        cell, complaint = parse(
            node.text,
            is_quoted=node.style is not None,
            kind=table.kind(leaf, column),
            units=column.heading.printed_units,
        )
        if complaint:
            self.reading.report(node, *complaint, (*where, *column.keys))
        elif cell.state in _ONLY_HISTORICAL:
            self._allow(node, cell.state, (*where, *column.keys))
        return cell

    def _allow(self, node: Node, state: CellState, cell: tuple[str, ...]) -> None:
        if not self.historical:
            message = f"“{WORDS[state]}”只用于转录已经发布的报告。"
            self.reading.report(node, rules.STATE, message, "填写数字，没有发生填 0。", cell)

    def _not_a_row(self, node: Node, length: int, cell: tuple[str, ...]) -> None:
        example = f"[{', '.join('0' * length)}]"
        if isinstance(node, Scalar) and not node.text:
            self.reading.report(node, rules.BLANK, "这一行没有填。", f"写成 {example} 这样。", cell)
            return
        shown = f"“{node.text[:24]}”" if isinstance(node, Scalar) else "分项"
        message = f"这一行写成了{shown}，应当是方括号里的 {length} 个数字。"
        hint = f"写成 {example} 这样，方括号和逗号用半角。"
        self.reading.report(node, rules.WRONG_TYPE, message, hint, cell)

    def _wrong_length(self, node: Sequence, table: Table, cell: tuple[str, ...]) -> None:
        length, found = len(table.columns.leaves), len(node.items)
        order = "、".join(leaf.keys[-1] for leaf in table.columns.leaves)
        hint = f"按顺序填：{order}。"
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        if any(_RUN_TOGETHER.search(text) for text in texts):
            hint = "数字之间用半角逗号“,”隔开，不用“，”“、”和空格。"
        elif found > length:
            hint += "数字里不要写千分位逗号。"
        message = f"有 {found} 格，应当是 {length} 格。"
        self.reading.report(node, rules.ROW_LENGTH, message, hint, cell)


def _plain_texts(node: Sequence) -> tuple[str, ...]:
    """Return the texts of a row that is written plainly on one line, or nothing."""
    line = node.line
    texts = [
        item.text
        for item in node.items
        if isinstance(item, Scalar) and item.style is None and item.line == line
    ]
    return tuple(texts) if len(texts) == len(node.items) else ()


@lru_cache(maxsize=8192)
def _known(table: Table, leaf: Leaf, texts: tuple[str, ...]) -> tuple[Cell, ...]:
    """Return the cells of a row of numbers, kept once because most rows of a portal are alike.

    Nothing is returned for a row in which a cell needs a closer look.
    """
    cells = []
    for column, text in zip(table.columns.leaves, texts, strict=False):
        units = column.heading.printed_units
        cell, complaint = parse(text, is_quoted=False, kind=table.kind(leaf, column), units=units)
        if complaint or cell.state is not CellState.STATED:
            return ()
        cells.append(cell)
    return tuple(cells)


@lru_cache(maxsize=16384)
def _places(items: tuple[int, ...]) -> tuple[int, ...]:
    return items
