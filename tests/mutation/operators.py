"""What may be changed in a module, one thing at a time."""

import ast
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple, TypeVar

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SUMS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
SILENT = {"TypeVar", "lru_cache", "cast"}
"""Calls whose arguments change nothing that a program does."""

T = TypeVar("T", bound=ast.AST)


class Site(NamedTuple):
    """A place where something may be changed."""

    line: int
    told: str
    apply: Callable[[], None]


def sites(tree: ast.Module) -> Iterator[Site]:
    """Yield every change of a module; `apply` makes it in the tree."""
    for node in _walk(tree):
        if isinstance(node, ast.Compare):
            op = COMPARISONS[type(node.ops[0])]
            yield _site(node, f"→ {op.__name__}", partial(node.ops.__setitem__, 0, op()))
        elif isinstance(node, ast.BoolOp):
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield _site(node, f"→ {type(other).__name__}", partial(setattr, node, "op", other))
        elif isinstance(node, ast.BinOp) and type(node.op) in SUMS:
            sign = SUMS[type(node.op)]
            yield _site(node, f"→ {sign.__name__}", partial(setattr, node, "op", sign()))
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            negated = ast.UnaryOp(ast.Not(), node.test)
            yield _site(node, "condition negated", partial(setattr, node, "test", negated))
        elif isinstance(node, ast.Constant):
            yield from _constant(node)
        elif isinstance(node, ast.Return) and not _is_nothing(node.value):
            nothing = ast.Constant(None)
            yield _site(node, "return None", partial(setattr, node, "value", nothing))
        yield from _dropped(node)


def _constant(node: ast.Constant) -> Iterator[Site]:
    value = node.value
    if isinstance(value, bool):
        changed: object = not value
    elif isinstance(value, int):
        changed = value + 1
    elif isinstance(value, str):
        changed = "" if value else "mutated"
    else:
        return
    yield _site(node, f"{value!r} → {changed!r}", partial(setattr, node, "value", changed))


def _dropped(node: ast.AST) -> Iterator[Site]:
    """The statements within a function that may be left out."""
    for block in (getattr(node, name, None) for name in ("body", "orelse")):
        if isinstance(block, list) and not isinstance(node, ast.Module | ast.ClassDef):
            for at, statement in enumerate(block):
                if isinstance(statement, ast.Expr | ast.AugAssign) and not _is_text(statement):
                    drop = partial(block.__setitem__, at, ast.copy_location(ast.Pass(), statement))
                    yield _site(statement, "statement dropped", drop)


def _site(node: ast.AST, told: str, apply: Callable[[], None]) -> Site:
    return Site(getattr(node, "lineno", 1), told, apply)


def _is_text(node: ast.AST) -> bool:
    """Whether a statement is a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """All of a tree but for docstrings, annotations, parts of f-strings, and what is silent."""
    yield node
    skipped = {"annotation", "returns"} | ({"values"} if isinstance(node, ast.JoinedStr) else set())
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if name in skipped and not isinstance(child, ast.FormattedValue):
                continue
            if isinstance(child, ast.AST) and not _is_text(child) and not _is_silent(child):
                yield from _walk(child)


def _is_silent(node: ast.AST) -> bool:
    function = node.func if isinstance(node, ast.Call) else None
    return isinstance(function, ast.Name) and function.id in SILENT


def _is_nothing(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)
