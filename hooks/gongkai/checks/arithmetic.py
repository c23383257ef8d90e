"""The sums and reconciliations that the statutory form itself states.

Which cells sum to which is data of the format; a cell without a number leaves its relation
undecided and is never taken for zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.figures import Row
from gongkai.formats import Section, Table
from gongkai.problems import Severity
from gongkai.reports import Report, value_at

from .assessment import Assessment, Case, at_figure, check

Number = int | Decimal
_MEND_TOTAL = "核对各项和总计，改正错的那一格。"
_MEND_BALANCE = "核对这一列的这几格，改正错的那一格。"


@check("行合计", Severity.ERROR)
def row_total(case: Case) -> Iterator[Assessment]:
    """每一行的“总计”等于同一行各类之和。依据：年度报告格式的表样。"""
    yield from _totals_of_columns(case.report, is_across=False)


@check("分组合计", Severity.ERROR)
def group_total(case: Case) -> Iterator[Assessment]:
    """并排印在一行里的每一组，“总计”等于组内各种结果之和。依据：年度报告格式的表样。"""
    yield from _totals_of_columns(case.report, is_across=True)


def _totals_of_columns(report: Report, *, is_across: bool) -> Iterator[Assessment]:
    for section, table, leaf, row in report.table_rows():
        if table.is_across is not is_across:
            continue
        index = table.columns.index
        for total in table.columns.totals:
            addends = _numbers(value_at(row, index[path]) for path in total.addends)
            stated = value_at(row, index[total.path])
            if addends is None or stated is None:
                continue
            yield _sum_of(report, section, (leaf.path, total.path), addends, stated)


@check("列合计", Severity.ERROR)
def column_total(case: Case) -> Iterator[Assessment]:
    """每一列的“总计”等于同一列各行之和。依据：年度报告格式的表样。"""
    for section, table, rows in _tables(case.report):
        for total in table.rows.totals:
            for position, column in enumerate(table.columns.paths):
                addends = _numbers(value_at(rows.get(path), position) for path in total.addends)
                stated = value_at(rows.get(total.path), position)
                if addends is None or stated is None:
                    continue
                yield _sum_of(case.report, section, (total.path, column), addends, stated)


def _sum_of(
    report: Report,
    section: Section,
    figure: tuple[str, str],
    addends: Sequence[Number],
    stated: Number,
) -> Assessment:
    total = sum(addends)
    if total == stated:
        return None
    message = f"各项之和 {_addition(addends)}，这一格填的是 {stated}。"
    return at_figure(report, section, figure, message, _MEND_TOTAL)


def _addition(addends: Sequence[Number]) -> str:
    """An addition written out, zeros left away: `2 + 1 = 3`."""
    shown = [str(number) for number in addends if number]
    total = str(sum(addends))
    return f"{' + '.join(shown)} = {total}" if len(shown) > 1 else total


@check("勾稽关系", Severity.ERROR)
def reconciliation(case: Case) -> Iterator[Assessment]:
    """表内印明的勾稽关系逐列成立。依据：年度报告格式表内的文字。"""
    for section, table, rows in _tables(case.report):
        for relation in table.reconciliations:
            for column in table.columns.paths:
                position = table.columns.index[column]
                left = _numbers(value_at(rows.get(path), position) for path in relation.left)
                right = _numbers(value_at(rows.get(path), position) for path in relation.right)
                if left is None or right is None:
                    continue
                if sum(left) == sum(right):
                    yield None
                    continue
                sides = (
                    _named_addition(section, relation.left, left),
                    _named_addition(section, relation.right, right),
                )
                figure = (relation.right[-1], column)
                message = f"{'，'.join(sides)}，两边应当相等。"
                yield at_figure(case.report, section, figure, message, _MEND_BALANCE)


def _named_addition(section: Section, paths: Sequence[str], numbers: Sequence[Number]) -> str:
    """An addition with the row of each number."""
    named = (
        f"{'·'.join(section.rows[path][1].keys)} {number}"
        for path, number in zip(paths, numbers, strict=True)
    )
    return f"{' + '.join(named)} = {sum(numbers)}"


def _tables(report: Report) -> Iterator[tuple[Section, Table, Mapping[str, Row]]]:
    for section in report.sections:
        rows = report.figures.get(section.id, {})
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
