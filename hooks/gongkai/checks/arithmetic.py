"""The sums and reconciliations that the statutory form itself states.

Which figures sum to which is data of the format; a cell without a number leaves its relation
undecided and is never taken for zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from gongkai.data.figures import Number
from gongkai.forms.formats import Section
from gongkai.forms.relations import Operand, Relation, RelationKind, relations
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, at_figure, cell_of, check
from .suspicion import suspect

_MEND_TOTAL = "核对各项和总计，改正错的那一格。"
_MEND_BALANCE = "核对这一列的这几格，改正错的那一格。"

Values = Mapping[str, tuple[Number | None, ...]]


@check("行合计", Severity.ERROR)
def row_total(context: ReportContext) -> Iterator[Assessment]:
    """每一行的“总计”等于同一行各类之和。

    依据：年度报告格式的表样
    错：一行填 [2, 1, 0, 0, 0, 0, 4]，前六格之和是 3。
    对：[2, 1, 0, 0, 0, 0, 3]
    """
    yield from _assess(context, RelationKind.ROW_TOTAL)


@check("分组合计", Severity.ERROR)
def group_total(context: ReportContext) -> Iterator[Assessment]:
    """并排印在一行里的每一组，“总计”等于组内各种结果之和。

    依据：年度报告格式的表样
    错：[1, 0, 0, 0, 2]
    对：[1, 0, 0, 0, 1]
    """
    yield from _assess(context, RelationKind.GROUP_TOTAL)


@check("列合计", Severity.ERROR)
def column_total(context: ReportContext) -> Iterator[Assessment]:
    """每一列的“总计”等于同一列各行之和。

    依据：年度报告格式的表样
    错：一列各种结果是 2、1、1，总计填 5。
    对：总计填 4。
    """
    yield from _assess(context, RelationKind.COLUMN_TOTAL)


@check("勾稽关系", Severity.ERROR)
def reconciliation(context: ReportContext) -> Iterator[Assessment]:
    """表内印明的勾稽关系逐列成立。

    依据：年度报告格式表内印明的文字
    错：一列第一项 5、第二项 1，第三项总计 5、第四项 0。
    对：第四项填 1，5 + 1 = 5 + 1。
    """
    yield from _assess(context, RelationKind.RECONCILIATION)


class _Sides(NamedTuple):
    """The numbers on both sides of a relation."""

    left: list[Number]
    right: list[Number]


def _assess(context: ReportContext, kind: RelationKind) -> Iterator[Assessment]:
    for section in context.report.sections:
        values = context.numbers.get(section.id)
        if not values:
            continue
        for relation in _of_kind(section, kind):
            left = numbers_at(values, relation.left)
            right = numbers_at(values, relation.right)
            if left is not None and right is not None:
                yield _judge(context, section, relation, _Sides(left, right))


@lru_cache(maxsize=256)
def _of_kind(section: Section, kind: RelationKind) -> tuple[Relation, ...]:
    return tuple(relation for relation in relations(section) if relation.kind is kind)


def numbers_at(values: Values, places: Sequence[Operand]) -> list[Number] | None:
    """The numbers at some places, or None where one of them is not stated."""
    try:
        found = [values[row][index] for row, index, _ in places]
    except (KeyError, IndexError):
        return None
    return None if None in found else cast(list[Number], found)


def _judge(
    context: ReportContext, section: Section, relation: Relation, sides: _Sides
) -> Assessment:
    if sum(sides.left) == sum(sides.right):
        return None
    figure = (relation.reported.row, relation.reported.column)
    if relation.kind is RelationKind.RECONCILIATION:
        left = _named_addition(section, relation.left, sides.left)
        right = _named_addition(section, relation.right, sides.right)
        message, hint = f"{left}，{right}，两边应当相等。", _MEND_BALANCE
    else:
        message = f"各项之和 {_addition(sides.right)}，这一格填的是 {sides.left[0]}。"
        hint = _MEND_TOTAL
    hint += _likely(context, section, relation)
    return at_figure(context.report, section, figure, message, hint)


def _likely(context: ReportContext, section: Section, relation: Relation) -> str:
    """The one cell whose change would satisfy every relation that it is in, in words."""
    found = suspect(section, context.numbers[section.id])
    if found is None or relation not in found.relations:
        return ""
    cell = "·".join(cell_of(section, (found.place.row, found.place.column))[1:])
    return (
        f"很可能错在“{cell}”：它改成 {found.value} 时，这里的 {len(found.relations)} 条关系都成立。"
    )


def _addition(addends: Sequence[Number]) -> str:
    """An addition written out, zeros left away: `2 + 1 = 3`."""
    shown = [str(number) for number in addends if number]
    total = str(sum(addends))
    return f"{' + '.join(shown)} = {total}" if len(shown) > 1 else total


def _named_addition(section: Section, places: Sequence[Operand], numbers: Sequence[Number]) -> str:
    """An addition with the row of each number."""
    named = (
        f"{'·'.join(section.rows[place.row][1].keys)} {number}"
        for place, number in zip(places, numbers, strict=True)
    )
    return f"{' + '.join(named)} = {sum(numbers)}"
