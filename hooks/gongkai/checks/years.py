"""What a report says of last year, and how its figures moved since."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.data.figures import Number
from gongkai.data.reports import Report
from gongkai.forms.axes import FigureKind
from gongkai.forms.formats import RollForward, RollForwardKind, Section
from gongkai.source.problems import Location, Severity

from .assessment import (
    Assessment,
    FigurePath,
    Finding,
    ReportContext,
    at_figure,
    check,
    is_unit_slip,
)

_TIMES = 5
_JUMP_FROM = 50
"""A change among smaller numbers says nothing."""
_LARGE = 100
_FEWEST_SAME = 6
"""So many figures above zero must be the same before it is remarkable."""


@check("结转衔接", Severity.WARNING)
def carry_over(context: ReportContext) -> Iterator[Assessment]:
    """“上年转来”的一行逐列等于上一年度报告的“结转下年”。

    依据：年度报告格式的表样；两年报告前后衔接
    错：上年报告结转下年 2 件，今年转来的填 0。
    对：填 2；确实有变化的，写明原因。
    """
    yield from _roll_forwards(context, RollForwardKind.CARRY_OVER)


@check("现行有效", Severity.NOTICE)
def running_stock(context: ReportContext) -> Iterator[Assessment]:
    """“现行有效”等于上年数加本年制发减本年废止；清理后重新统计的，请写明。

    依据：两年报告前后衔接；有的机关清理文件后重新统计
    错：上年现行有效 10 件，本年制发 2、废止 1，现行有效填 15。
    对：现行有效填 11；重新统计的，用“说明”写明。
    """
    yield from _roll_forwards(context, RollForwardKind.STOCK)


@check("项目数衔接", Severity.WARNING)
def item_count(context: ReportContext) -> Iterator[Assessment]:
    """上一年的项目数等于上年报告的项目数量加上年增减。

    依据：2019 年格式的表样；两年报告前后衔接
    错：上年报告填 [3, 1]，今年这一格填 3。
    对：填 4；事项调整过的，写明原因。
    """
    yield from _roll_forwards(context, RollForwardKind.ITEMS)


def _roll_forwards(context: ReportContext, kind: RollForwardKind) -> Iterator[Assessment]:
    if context.before is None:
        return
    for section, relation, line in _relations(context.report, kind):
        step = _step(context, section.id, relation, line)
        if step is not None:
            place = _figure(relation, line, relation.now)
            yield _judge(context, section, place, step)


def _relations(report: Report, kind: RollForwardKind) -> Iterator[tuple[Section, RollForward, str]]:
    """The relations of one kind, once for every row or column along which they hold."""
    for section in report.sections:
        for table in section.tables:
            for relation in table.roll_forwards:
                if relation.kind is kind:
                    lines = table.rows.paths if relation.by_columns else table.columns.paths
                    yield from ((section, relation, line) for line in lines)


class _Step(NamedTuple):
    """The figures of a relation along one row or column."""

    last: Number
    added: Number
    removed: Number
    now: Number
    has_changes: bool
    """Whether the relation knows of changes during the year."""

    @property
    def due(self) -> Number:
        """What this year's figure should be."""
        return self.last + self.added - self.removed


def _step(context: ReportContext, section: str, relation: RollForward, line: str) -> _Step | None:
    """The figures of a relation along a line, if all are stated."""

    def total(report: ReportContext | None, paths: tuple[str, ...]) -> Number | None:
        figures = [_figure(relation, line, path) for path in paths]
        return _sum(report, section, figures) if report else None

    last, added = total(context.before, relation.last), total(context, relation.added)
    removed, now = total(context, relation.removed), total(context, (relation.now,))
    if last is None or added is None or removed is None or now is None:
        return None
    return _Step(last, added, removed, now, bool(relation.added))


def _figure(relation: RollForward, line: str, path: str) -> FigurePath:
    """The figure at one of a relation's paths along a line."""
    return (line, path) if relation.by_columns else (path, line)


def _judge(context: ReportContext, section: Section, figure: FigurePath, step: _Step) -> Assessment:
    if step.now == step.due:
        return None
    changes = f"，本年增加 {step.added}、减少 {step.removed}，应当是 {step.due}"
    steps = f"上年数 {step.last}{changes if step.has_changes else ''}"
    message = f"{steps}，这一格填的是 {step.now}。"
    hint = "对照上一年度报告核对；确实有变化的，用“说明”写明原因。"
    return at_figure(context.report, section, figure, message, hint)


def _sum(context: ReportContext, section: str, figures: list[FigurePath]) -> Number | None:
    numbers = [context.number(section, row, column) for row, column in figures]
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


@check("年度缺口", Severity.WARNING)
def missing_year(context: ReportContext) -> Iterator[Assessment]:
    """两份报告之间没有缺少的年度。

    依据：条例第四十九条（每年公布上一年度的报告）
    错：有 2019 年和 2021 年的报告，没有 2020 年的。
    对：补上 2020 年的报告；没有发布过的，用“说明”写明。
    """
    if context.last is None:
        return
    if context.before is not None:
        yield None
        return
    between = range(context.last.year + 1, context.report.year)
    owed = [str(year) for year in between if not context.agency.life.exemption(year)]
    if not owed:
        yield None
        return
    years = "、".join(owed)
    message = f"本站有 {context.last.year} 年和 {context.report.year} 年的报告，没有 {years} 年的。"
    hint = "补上缺少的报告；没有发布过的，用“说明”写明。"
    yield Finding(Location(context.report.path), message, hint)


@check("同比大变", Severity.NOTICE)
def sharp_change(context: ReportContext) -> Iterator[Assessment]:
    """与上年相比增加到五倍以上、减少到五分之一以下的数字，请核对是否多写、漏写了一位。

    依据：审核经验
    错：上年 120，今年 1200。
    对：核对无误的不用改。
    """
    for section, row, column, last, now in _pairs(context):
        if last <= 0 or now <= 0 or max(last, now) < _JUMP_FROM:
            continue
        if _TIMES * min(last, now) > max(last, now) or _is_slip(section, row, column, last, now):
            yield None
        else:
            message = f"上年是 {last}，今年是 {now}，{_change(last, now)}。"
            yield at_figure(context.report, section, (row, column), message, "请核对。")


def _is_slip(section: Section, row: str, column: str, last: Number, now: Number) -> bool:
    """Whether the rule about units of money reports the figure already."""
    table, leaf = section.rows[row]
    place = table.columns.leaves[table.columns.index[column]]
    is_money = table.kind(leaf, place) is FigureKind.AMOUNT and bool(table.unit(leaf, place))
    return is_money and is_unit_slip(last, now)


def _change(last: Number, now: Number) -> str:
    times = Decimal(max(last, now)) / Decimal(min(last, now))
    return f"增加到 {times:.1f} 倍" if now > last else f"减少到原来的 1/{times:.0f}"


@check("由多变零", Severity.NOTICE)
def fell_to_zero(context: ReportContext) -> Iterator[Assessment]:
    """上年一百以上、今年是 0 的数字，请核对是否漏填。

    依据：审核经验
    错：上年 2629，今年 0。
    对：核对无误的不用改；职能划出的，可以用“说明”写明。
    """
    for section, row, column, last, now in _pairs(context):
        if last < _LARGE:
            continue
        if now:
            yield None
        else:
            message = f"上年是 {last}，今年是 0。"
            yield at_figure(context.report, section, (row, column), message, "请核对是否漏填。")


@check("与上年相同", Severity.WARNING)
def same_figures(context: ReportContext) -> Iterator[Assessment]:
    """三张法定表格的全部数字不会与上年完全一样。

    依据：审核经验；国办公开办函〔2021〕30号要求内容真实
    错：把上年的表格原样抄了一遍。
    对：填写本年的数字。
    """
    if context.before is None or context.report.sections != context.before.report.sections:
        return
    numbers = [
        number
        for rows in context.numbers.values()
        for row in rows.values()
        for number in row
        if number
    ]
    if len(numbers) < _FEWEST_SAME:
        return
    if context.numbers != context.before.numbers:
        yield None
        return
    message = (
        f"全部数字与 {context.before.report.year} 年的报告一样，其中 {len(numbers)} 格不是 0。"
    )
    hint = "检查是不是抄了上年的表格。"
    yield Finding(Location(context.report.path), message, hint)


def _pairs(context: ReportContext) -> Iterator[tuple[Section, str, str, Number, Number]]:
    """Every figure above zero in a year that is worth comparing with last year's.

    Amounts are compared only where the form fixes their unit, or both years print the same one.
    """
    before = context.before
    if before is None:
        return
    for section in context.report.sections:
        rows = context.report.figures.get(section.id, {})
        others = before.report.figures.get(section.id, {})
        if section not in before.report.sections:
            continue
        for path, column, index, is_free in _compared(section):
            row, other = rows[path], others[path]
            now, last = row.number(index), other.number(index)
            if now is None or last is None or not (now or last):
                continue
            if not is_free or row.cells[index].unit == other.cells[index].unit != "":
                yield section, path, column, last, now


@lru_cache(maxsize=64)
def _compared(section: Section) -> tuple[tuple[str, str, int, bool], ...]:
    """The figures to compare: totals, or all where a table has none; with their indices.

    The last part says whether the form leaves an amount's unit open.
    """
    found = []
    for path, (table, leaf) in section.rows.items():
        for index in table.columns.totals_or_all:
            column = table.columns.leaves[index]
            is_amount = table.kind(leaf, column) is FigureKind.AMOUNT
            is_free = is_amount and not table.unit(leaf, column)
            found.append((path, column.path, index, is_free))
    return tuple(found)
