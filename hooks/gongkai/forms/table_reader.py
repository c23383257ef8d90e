"""Located nodes of a format's tables → `Table` values: axes of headings, and the relations."""

import re
from dataclasses import replace

from gongkai.source import rules
from gongkai.source.dates import YEAR
from gongkai.source.fields import Fields, Reading
from gongkai.source.nodes import Node

from .axes import Axis, Comparison, Degree, FigureKind, Heading, Unusual
from .formats import Reconciliation, RollForward, RollForwardKind, Table

ID = re.compile(r"[a-z0-9_]+")
_TABLE = (
    "band",
    "corner",
    "meaning",
    "basis",
    "printed",
    "columns",
    "rows",
    "reconciliations",
    "across_years",
)
_HEADING = (
    "id",
    "label",
    "key",
    "meaning",
    "basis",
    "unit",
    "kind",
    "printed_units",
    "total",
    "comparison",
    "makers",
    "explained_in",
    "unusual",
    "children",
)
NEEDED = "格式文件必须写明这一项。"


def read_table(reading: Reading, node: Node) -> Table:
    """Read one table of a format."""
    fields = reading.fields(node, _TABLE, "表格")
    printed = fields.matching("printed", re.compile("across"), "across")
    table = Table(
        rows=_axis(reading, fields, "rows"),
        columns=_axis(reading, fields, "columns"),
        band=fields.text("band"),
        corner=fields.text("corner"),
        meaning=fields.text("meaning"),
        basis=fields.text("basis"),
        is_across=printed == "across",
        reconciliations=tuple(
            _reconciliation(reading, item) for item in fields.each("reconciliations")
        ),
        roll_forwards=tuple(_roll_forward(reading, item) for item in fields.each("across_years")),
    )
    _check_relations(reading, node, table)
    return table


def has_heading(table: Table, path: str) -> bool:
    """Whether a table has a row, or a group of rows, at a path."""
    headings = table.rows.headings
    for part in path.split("."):
        heading = next((item for item in headings if item.id == part), None)
        if heading is None:
            return False
        headings = heading.children
    return True


def with_heading(reading: Reading, table: Table, path: str, node: Node) -> Table:
    """Return a table whose heading at a path is replaced by the one that a node states."""
    new = _heading(reading, node)
    changed = replace(table, rows=Axis(_put(table.rows.headings, path.split("."), new)))
    _check_relations(reading, node, changed)
    return changed


def _put(headings: tuple[Heading, ...], path: list[str], new: Heading) -> tuple[Heading, ...]:
    def put(heading: Heading) -> Heading:
        if heading.id != path[0]:
            return heading
        if len(path) == 1:
            return new
        return replace(heading, children=_put(heading.children, path[1:], new))

    return tuple(put(heading) for heading in headings)


def _check_relations(reading: Reading, node: Node, table: Table) -> None:
    """Every row that a table's relations name must be one of its rows."""
    named = {row for rule in table.reconciliations for row in (*rule.left, *rule.right)}
    named |= {path for bond in table.roll_forwards if not bond.by_columns for path in bond.paths}
    for row in sorted(named - set(table.rows.paths)):
        message, hint = (
            f"这张表没有“{row}”这一行。",
            "改正 reconciliations、across_years 里的路径。",
        )
        reading.report(node, rules.REFERENCE, message, hint)
    across = {path for bond in table.roll_forwards if bond.by_columns for path in bond.paths}
    across |= {rule.flow for rule in table.reconciliations if rule.flow}
    for column in sorted(across - set(table.columns.paths)):
        message = f"这张表没有“{column}”这一列。"
        hint = "改正 across_years、flow 里的路径。"
        reading.report(node, rules.REFERENCE, message, hint)


def _axis(reading: Reading, fields: Fields, key: str) -> Axis:
    headings = tuple(_heading(reading, item) for item in fields.each(key))
    if not headings and not fields.broken:
        reading.report(fields.node, rules.MISSING_KEY, f"表格缺少“{key}”。", NEEDED)
    axis = Axis(headings)
    for what, values in (("id", set(axis.paths)), ("key", {leaf.keys for leaf in axis.leaves})):
        if len(values) < len(axis.leaves):
            message, hint = f"“{key}”里有两处 {what} 一样。", f"改掉其中一个 {what}。"
            reading.report(fields.node, rules.DUPLICATE_KEY, message, hint)
    return axis


def _heading(reading: Reading, node: Node) -> Heading:
    fields = reading.fields(node, _HEADING, "行列标题")
    if not fields.get("children"):
        fields.need("id", NEEDED)
    label = fields.text("label", needed=NEEDED)
    kind = fields.matching("kind", re.compile("|".join(FigureKind)), "、".join(FigureKind))
    return Heading(
        id=fields.matching("id", ID, "小写字母、数字和下划线"),
        label=label,
        key=fields.name("key") or label,
        meaning=fields.text("meaning", needed=NEEDED),
        basis=fields.text("basis", needed=NEEDED),
        unit=fields.text("unit"),
        kind=FigureKind(kind) if kind else None,
        printed_units=_paths(reading, fields, "printed_units"),
        is_total=fields.matching("total", re.compile("true"), "true") == "true",
        comparison=_comparison(reading, fields),
        makers=_paths(reading, fields, "makers"),
        explained_in=fields.text("explained_in"),
        unusual=_unusual(reading, fields),
        children=tuple(_heading(reading, item) for item in fields.each("children")),
    )


def _comparison(reading: Reading, fields: Fields) -> Comparison | None:
    node = fields.get("comparison")
    if node is None:
        return None
    inner = reading.fields(node, ("with", "degree", "note"), "comparison")
    degree = inner.matching(
        "degree", re.compile("|".join(Degree)), "、".join(Degree), needed=NEEDED
    )
    return Comparison(
        inner.text("with", needed=NEEDED),
        Degree(degree or Degree.NONE),
        inner.text("note", needed=NEEDED),
    )


def _reconciliation(reading: Reading, node: Node) -> Reconciliation:
    fields = reading.fields(node, ("rule", "left", "right", "flow"), "勾稽关系")
    return Reconciliation(
        rule=fields.text("rule", needed=NEEDED),
        left=_paths(reading, fields, "left"),
        right=_paths(reading, fields, "right"),
        flow=fields.text("flow"),
    )


def _roll_forward(reading: Reading, node: Node) -> RollForward:
    keys = ("bond", "axis", "last", "added", "removed", "now")
    fields = reading.fields(node, keys, "across_years")
    kind = fields.matching(
        "bond", re.compile("|".join(RollForwardKind)), "、".join(RollForwardKind), needed=NEEDED
    )
    axis = fields.matching("axis", re.compile("rows|columns"), "rows、columns", needed=NEEDED)
    return RollForward(
        RollForwardKind(kind or RollForwardKind.CARRY_OVER),
        by_columns=axis == "columns",
        last=_paths(reading, fields, "last"),
        added=_paths(reading, fields, "added"),
        removed=_paths(reading, fields, "removed"),
        now=fields.text("now", needed=NEEDED),
    )


def _paths(reading: Reading, fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(reading.text(item, f"“{key}”") for item in fields.each(key))


def _unusual(reading: Reading, fields: Fields) -> Unusual | None:
    node = fields.get("unusual")
    if node is None:
        return None
    inner = reading.fields(node, ("from", "note"), "unusual")
    year = inner.matching("from", YEAR, "四位年份", needed=NEEDED)
    return Unusual(int(year or 0), inner.text("note", needed=NEEDED))
