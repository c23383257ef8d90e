"""Findings for those who read them: text for a clerk, annotations and records for machines."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.data.privacy import masked
from gongkai.source.problems import Location, Problem, Rule, Severity
from gongkai.source.widths import is_wide, width

MAX_ANNOTATIONS = 10
"""GitHub keeps ten annotations of a level for each step and drops the rest without a word."""

_BEFORE, _WINDOW = 24, 60
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}
_GITLAB = {Severity.ERROR: "blocker", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def _no_lines(path: str) -> Sequence[str]:  # noqa: ARG001
    return ()


@dataclass(frozen=True, slots=True)
class Sources:
    """What findings may show beside themselves."""

    lines_of: Callable[[str], Sequence[str]] = _no_lines
    """The lines of a data file by its path; none where they cannot be shown."""
    rules_url: str = ""
    """The address of the page of rules; empty where the portal's address is not known."""

    def link(self, rule: Rule) -> str:
        """Where a rule is explained."""
        return f"{self.rules_url}#{rule.id}" if self.rules_url else ""


NOTHING = Sources()


def text(problems: Sequence[Problem], sources: Sources = NOTHING) -> Iterator[str]:
    """Write findings by file, each with the place in its line."""
    for path, found in groupby(problems, key=lambda problem: problem.location.path):
        yield path
        lines = sources.lines_of(path)
        for problem in found:
            place = f"第 {problem.location.line} 行第 {problem.location.column} 字"
            state = "已说明" if problem.answer else problem.rule.severity.label
            rule = f"[{problem.rule.id}] {sources.link(problem.rule)}".rstrip()
            yield f"  {place}  {state}：{masked(problem.text())} {rule}"
            if problem.location.line <= len(lines):
                yield from _quoted(masked(lines[problem.location.line - 1]), problem.location)


def _quoted(line: str, location: Location) -> Iterator[str]:
    """The part of a line around a place, and carets below the place."""
    start = location.column - 1
    end = max(location.end_column - 1, location.column)
    begin = 0 if start <= _BEFORE else start - _BEFORE
    ellipsis = "..." if begin else ""
    shown = line[begin : begin + _WINDOW]
    yield f"      {ellipsis}{shown.rstrip()}"
    before = "".join("\u3000" if is_wide(character) else " " for character in line[begin:start])
    marks = width(shown[start - begin : end - begin])
    yield f"      {' ' * len(ellipsis)}{before}{'^' * max(marks, 1)}"


def github(problems: Sequence[Problem], sources: Sources = NOTHING) -> Iterator[str]:
    """Write findings as text, then annotate the first ones of each level on their lines."""
    yield from text(problems, sources)
    for severity in Severity:
        found = [item for item in problems if item.rule.severity is severity and not item.answer]
        for problem in found[: MAX_ANNOTATIONS - 1]:
            yield _annotation(problem, masked(problem.text()))
        rest = found[MAX_ANNOTATIONS - 1 :]
        if rest:
            more = f"（另有 {len(rest) - 1} 处，见检查记录。）" if rest[1:] else ""
            yield _annotation(rest[0], masked(rest[0].text()) + more)


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


def as_json(problems: Sequence[Problem], sources: Sources = NOTHING) -> Iterator[str]:
    """Write findings as one JSON list; columns count from 1, `end_column` 0 is not known."""
    yield _dump([_record(problem, sources) for problem in problems])


def _record(problem: Problem, sources: Sources) -> dict[str, object]:
    return {
        "path": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "end_column": problem.location.end_column,
        "rule": problem.rule.id,
        "severity": problem.rule.severity.value,
        "cell": list(problem.cell),
        "message": masked(problem.message),
        "hint": masked(problem.hint),
        "answer": masked(problem.answer),
        "fingerprint": problem.fingerprint,
        "rule_url": sources.link(problem.rule),
    }


def gitlab(problems: Sequence[Problem], sources: Sources = NOTHING) -> Iterator[str]:  # noqa: ARG001
    """Write findings as a GitLab Code Quality report."""
    yield _dump(
        [
            {
                "description": masked(problem.text()),
                "check_name": problem.rule.id,
                "fingerprint": problem.fingerprint,
                "severity": _GITLAB[problem.rule.severity],
                "location": {
                    "path": problem.location.path,
                    "lines": {"begin": problem.location.line},
                },
            }
            for problem in problems
        ]
    )


def record(
    rules: Sequence[Rule],
    assessed: Mapping[str, int],
    problems: Sequence[Problem],
    sources: Sources = NOTHING,
) -> str:
    """Everything that a check found, as one JSON document for other programs.

    Every rule is there with how often it was assessed, how often it failed, and how many of these
    findings are answered; a rule of form, which is not counted, has null for the first.
    """
    found = Counter(problem.rule.id for problem in problems)
    answered = Counter(problem.rule.id for problem in problems if problem.answer)
    return _dump(
        {
            "rules": [
                {
                    "id": rule.id,
                    "name": rule.name,
                    "severity": rule.severity.value,
                    "text": rule.text,
                    "basis": rule.basis,
                    "assessed": None if rule.is_of_form else assessed.get(rule.id, 0),
                    "found": found[rule.id],
                    "answered": answered[rule.id],
                }
                for rule in rules
            ],
            "findings": [_record(problem, sources) for problem in problems],
        }
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


REPORTERS: Mapping[str, Callable[[Sequence[Problem], Sources], Iterator[str]]] = {
    "text": text,
    "github": github,
    "gitlab": gitlab,
    "json": as_json,
}
"""The outputs of `check`, by the name that `--format` takes."""

RECORDS = ("gitlab", "json")
"""Those whose whole output is one document for a machine."""
