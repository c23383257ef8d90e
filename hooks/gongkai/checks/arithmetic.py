"""The sums and reconciliations that the statutory form itself states.

Which cells sum to which is data of the format; a cell without a number leaves its relation
undecided and is never taken for zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..figures import Row
from ..formats import Leaf, Section, Table
from ..problems import Severity
from ..reports import value_at
from .assessment import Assessment, Case, Finding, check

Number = int | Decimal


@check("行合计", Severity.ERROR)
def row_total(case: Case) -> Iterator[Assessment]:
    """每一行的“总计”等于同一行各类之和。依据：年度报告格式的表样。"""
    for section, table, leaf, row in case.report.table_rows():
        if not table.is_across:
            yield from _across_columns(case, section, table, leaf, row)


@check("分组合计", Severity.ERROR)
def group_total(case: Case) -> Iterator[Assessment]:
    """并排印在一行里的每一组，“总计”等于组内各种结果之和。依据：年度报告格式的表样。"""
    for section, table, leaf, row in case.report.table_rows():
        if table.is_across:
            yield from _across_columns(case, section, table, leaf, row)


def _across_columns(
    case: Case, section: Section, table: Table, leaf: Leaf, row: Row
) -> Iterator[Assessment]:
    for total in table.columns.totals:
        position = table.columns.index[total.path]
        stated = value_at(row, position)
        addends = _numbers(value_at(row, table.columns.index[path]) for path in total.addends)
        if stated is None or addends is None:
            continue
        column = table.columns.leaves[position]
        yield _compare(
            case,
            (row, position),
            (section.key, *leaf.keys, *column.keys),
            (addends, stated),
            f"“{column.heading.key}”",
        )


@check("列合计", Severity.ERROR)
def column_total(case: Case) -> Iterator[Assessment]:
    """每一列的“总计”等于同一列各行之和。依据：年度报告格式的表样。"""
    for section, table, rows in _tables(case):
        for total in table.rows.totals:
            total_row = rows.get(total.path)
            if total_row is None:
                continue
            leaf = section.rows[total.path][1]
            for position, column in enumerate(table.columns.leaves):
                stated = value_at(total_row, position)
                addends = _numbers(value_at(rows.get(path), position) for path in total.addends)
                if stated is None or addends is None:
                    continue
                cell = (section.key, *leaf.keys, *column.keys)
                where = (total_row, position)
                yield _compare(case, where, cell, (addends, stated), f"“{leaf.heading.key}”")


@check("勾稽关系", Severity.ERROR)
def reconciliation(case: Case) -> Iterator[Assessment]:
    """表内印明的勾稽关系逐列成立。依据：年度报告格式表内的文字。"""
    for section, table, rows in _tables(case):
        for relation in table.reconciliations:
            for position, column in enumerate(table.columns.leaves):
                left = _numbers(value_at(rows.get(path), position) for path in relation.left)
                right = _numbers(value_at(rows.get(path), position) for path in relation.right)
                if left is None or right is None:
                    continue
                if sum(left) == sum(right):
                    yield None
                    continue
                last = relation.right[-1]
                location = case.report.location(rows[last], position)
                cell = (section.key, *section.rows[last][1].keys, *column.keys)
                sides = (
                    _side(section, relation.left, left),
                    _side(section, relation.right, right),
                )
                hint = "核对这一列的这几格，改正错的那一格。"
                yield Finding(location, cell, f"{'，'.join(sides)}，两边应当相等。", hint)


def _side(section: Section, paths: Sequence[str], numbers: Sequence[Number]) -> str:
    """One side of a reconciliation written out, each number with its row."""
    named = (
        f"{'·'.join(section.rows[path][1].keys)} {number}"
        for path, number in zip(paths, numbers, strict=True)
    )
    return f"{' + '.join(named)} = {sum(numbers)}"


def _tables(case: Case) -> Iterator[tuple[Section, Table, Mapping[str, Row]]]:
    for section in case.report.sections:
        rows = case.report.figures.get(section.id, {})
        for table in section.tables:
            yield section, table, rows


def _numbers(values: Iterator[Number | None]) -> list[Number] | None:
    """The values as a list, or None where one of them is not stated."""
    found = []
    for value in values:
        if value is None:
            return None
        found.append(value)
    return found


def _compare(
    case: Case,
    where: tuple[Row, int],
    cell: tuple[str, ...],
    numbers: tuple[Sequence[Number], Number],
    total_name: str,
) -> Assessment:
    addends, stated = numbers
    if sum(addends) == stated:
        return None
    message = f"各项之和 {_sum(addends)}，{total_name}填的是 {stated}。"
    return Finding(case.report.location(*where), cell, message, "核对各项和总计，改正错的那一格。")


def _sum(addends: Sequence[Number]) -> str:
    """An addition written out, zeros left away: `2 + 1 = 3`."""
    shown = [str(number) for number in addends if number]
    total = str(sum(addends))
    return f"{' + '.join(shown)} = {total}" if len(shown) > 1 else total
