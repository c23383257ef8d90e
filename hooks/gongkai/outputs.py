"""Findings as text that a clerk reads, and as GitHub annotations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from .problems import Problem, Severity

MAX_ANNOTATIONS = 10
"""GitHub keeps ten annotations of a level for each step and drops the rest without a word."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def text(problems: Sequence[Problem]) -> Iterator[str]:
    """Write findings by file, one to a line."""
    for path, found in groupby(problems, key=lambda problem: problem.location.path):
        yield path
        for problem in found:
            place = f"第 {problem.location.line} 行第 {problem.location.column} 字"
            state = "已说明" if problem.answer else problem.rule.severity.label
            yield f"  {place}  {state}：{problem.text()} [{problem.rule.id}]"


def github(problems: Sequence[Problem]) -> Iterator[str]:
    """Write findings as text, then annotate the first ones on their lines."""
    yield from text(problems)
    blocking = [problem for problem in problems if problem.blocks_publication]
    rest = len(blocking) - (MAX_ANNOTATIONS - 1)
    for problem in blocking[: MAX_ANNOTATIONS - 1]:
        yield _annotation(problem, problem.text())
    if rest == 1:
        yield _annotation(blocking[-1], blocking[-1].text())
    elif rest > 1:
        first = blocking[MAX_ANNOTATIONS - 1]
        yield _annotation(first, f"{first.text()}（另有 {rest - 1} 处，见检查记录。）")


def _annotation(problem: Problem, message: str) -> str:
    location = problem.location
    properties = {"file": location.path, "line": location.line, "col": location.column}
    if location.end_column:
        properties["endColumn"] = location.end_column
    properties["title"] = problem.rule.name
    stated = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[problem.rule.severity]} {stated}::{_data(message)}"


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS: Mapping[str, Callable[[Sequence[Problem]], Iterator[str]]] = {
    "text": text,
    "github": github,
}
