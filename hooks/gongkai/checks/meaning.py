"""Figures that can be right as numbers and still not be what they say."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from gongkai.data.figures import Number, Row
from gongkai.data.passages import Amount, Passage
from gongkai.forms.axes import FigureKind, Heading, Leaf
from gongkai.forms.formats import Section, Table
from gongkai.forms.kinds import rank
from gongkai.forms.mentions import Fee
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, at_figure, check, is_unit_slip
from .lengths import says_nothing

_LEAST_ALIKE = 100
"""The same number in yuan and in the table is a slip of unit only where it is not small."""
_STANDARD = re.compile(r"标准|每[件页份]|逐档")
_COLLECTED = re.compile(r"实收|实际收(?:取|缴|到)|收(?:取|缴|到|费)|计收")
_UNPAID = re.compile(r"未缴|未收|没有收|不收|免收|未按|无收")
_THEN_UNPAID = re.compile(r"[,;]?[^,。;\d]{0,8}(?:未|没有)(?:按时|按期)?(?:缴|交)")
_DUE = re.compile(r"应收|应缴|通知|拟收")


def _cells(context: ReportContext) -> Iterator[tuple[Section, Table, Leaf, Row]]:
    return (item for item in context.report.table_rows() if item[3].cells)


@check("无权制定", Severity.WARNING)
def maker(context: ReportContext) -> Iterator[Assessment]:
    """依法只有特定机关才能制定的文件，其他机关填 0。

    依据：立法法第九十一条、第九十三条
    错：县级部门把上级的规章算作自己的，填了 6 件。
    对：没有制定权的机关填 [0, 0, 0]。
    """
    own = rank(context.agency.kind, context.agency.region)
    for section, table, leaf, row in _cells(context):
        makers = leaf.heading.makers
        if not makers:
            continue
        for index, column in enumerate(table.columns.paths):
            value = row.number(index)
            if value is None:
                continue
            if not value or own in makers:
                yield None
                continue
            message = f"填的是 {value}；{'、'.join(makers)}和国务院部门才能制定，本机关应当是 0。"
            hint = "检查是不是把上级机关的算了进来，或者与下一行填反了。"
            yield at_figure(context.report, section, (leaf.path, column), message, hint)


@check("金额单位", Severity.WARNING)
def amount_unit(context: ReportContext) -> Iterator[Assessment]:
    """以万元为单位的金额不会一年之间相差几千倍，否则多半有一年填成了元。

    依据：年度报告格式的表样（单位：万元）
    错：上年 5.25 万元，今年填 48300。
    对：今年填 4.83。
    """
    if context.before is None:
        return
    for section, table, leaf, row in _cells(context):
        for index, column in _amounts(table, leaf):
            now = row.number(index)
            last = context.before.number(section.id, leaf.path, column.path)
            if not now or not last:
                continue
            if not is_unit_slip(last, now):
                yield None
                continue
            ratio = Decimal(max(now, last)) / Decimal(min(now, last))
            message = f"上年是 {last}，今年是 {now}，相差约 {ratio:.0f} 倍。"
            hint = f"单位是{table.unit(leaf, column)}，检查是不是有一年按元填了。"
            yield at_figure(context.report, section, (leaf.path, column.path), message, hint)


@lru_cache(maxsize=256)
def _amounts(table: Table, leaf: Leaf) -> tuple[tuple[int, Leaf], ...]:
    """The columns with money in a unit that the form fixes, with their indices."""
    return tuple(
        (index, column)
        for index, column in enumerate(table.columns.leaves)
        if table.kind(leaf, column) is FigureKind.AMOUNT and table.unit(leaf, column)
    )


@check("应有说明", Severity.WARNING)
def unexplained_figure(context: ReportContext) -> Iterator[Assessment]:
    """有些数字大于 0 时，正文的对应部分应当说明情况，不能只写“无”。

    依据：国办函〔2020〕109号；条例第四十二条、第五十条
    错：逾期不缴费的有 2 件，“其他需要报告”的部分只写“无”。
    对：写明发出收费通知的件数、总金额和实际收取的金额。
    """
    for section, table, leaf, row in _cells(context):
        if not leaf.heading.explained_in:
            continue
        passage = _explaining(context, leaf.heading)
        if passage is None:
            continue
        for column, value in _whole(table, row):
            if not value:
                continue
            if not says_nothing(passage.text):
                yield None
                continue
            message = f"这一格是 {value}，“{passage.section.key}”里却没有说明。"
            hint = "在正文里写明情况，例如发出收费通知的件数、总金额和实际收取的金额。"
            yield at_figure(context.report, section, (leaf.path, column), message, hint)


def _whole(table: Table, row: Row) -> Iterator[tuple[str, Number | None]]:
    """The numbers of a row by column: of the totals, or of all columns where there is none."""
    return ((table.columns.paths[at], row.number(at)) for at in table.columns.totals_or_all)


def _explaining(context: ReportContext, heading: Heading) -> Passage | None:
    found = (item for item in context.passages if item.section.id == heading.explained_in)
    return next(found, None)


@check("少见情形", Severity.NOTICE)
def unusual_figure(context: ReportContext) -> Iterator[Assessment]:
    """法律修改以后少见的情形，大于 0 时请核对。

    依据：复议法第二十三条第（四）项（2024 年 1 月 1 日起施行）
    错：2024 年的报告里没有复议就起诉的有 5 件。
    对：核对确为以前受理的案件，或者与拒绝公开无关。
    """
    for section, table, leaf, row in _cells(context):
        unusual = next((item.unusual for item in leaf.trail if item.unusual), None)
        if unusual is None or context.report.year < unusual.first_year:
            continue
        since = f"{unusual.first_year} 年起{unusual.note}，这种情形应当少见。"
        for column, value in _whole(table, row):
            if value:
                message, figure = f"填的是 {value}；{since}", (leaf.path, column)
                yield at_figure(context.report, section, figure, message, "请核对是否填错了格。")
            elif value is not None:
                yield None


@check("处理费金额", Severity.WARNING)
def fee_told(context: ReportContext) -> Iterator[Assessment]:
    """正文说收取了信息处理费的，表中的收费金额不小于这个数，并且按万元填写。

    依据：国办函〔2020〕109号；年度报告格式的表样（单位：万元）
    错：正文收取 400 元，表中填 0 或者 400。
    对：表中填 0.04，有别的收费的加在一起。
    """
    for fee in context.report.edition.mentions.fees:
        stated = context.number(*fee.cell)
        told = [
            (passage, amount) for passage in context.passages for amount in _collected(passage, fee)
        ]
        if stated is None or not told:
            continue
        passage, amount = max(told, key=lambda item: item[1].value)
        yield _judge_fee(context, fee, passage, amount, Decimal(stated))


def _collected(passage: Passage, fee: Fee) -> Iterator[Amount]:
    """The amounts in yuan that sentences about the fee say were collected."""
    for sentence in passage.sentences:
        if not fee.words.search(sentence.text) or _STANDARD.search(sentence.text):
            continue
        start, end = sentence.start, sentence.start + len(sentence.text)
        for amount in passage.amounts_in(start, end):
            clause = re.split(r"[(]|,(?!\d{3}(?!\d))", passage.text[start : amount.start])[-1]
            is_paid = not _UNPAID.search(clause) and not _THEN_UNPAID.match(
                passage.text, amount.end
            )
            is_collected = _COLLECTED.search(clause) and not _DUE.search(clause)
            if amount.unit == "元" and amount.value and is_collected and is_paid:
                yield amount


def _judge_fee(
    context: ReportContext, fee: Fee, passage: Passage, amount: Amount, stated: Decimal
) -> Assessment:
    due = amount.value / fee.yuan
    section = context.report.section(fee.cell.section)
    is_same_number = stated == amount.value >= _LEAST_ALIKE
    if section is None or (stated >= due and not is_same_number):
        return None
    message = f"“{passage.section.key}”说收取了 {amount.value} 元，这一格是 {stated}。"
    hint = f"表中按 {fee.yuan} 元为 1 填写，至少是 {due.normalize():f}。"
    return at_figure(context.report, section, fee.cell[1:], message, hint)
