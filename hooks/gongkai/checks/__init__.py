"""The rules about figures and their meaning, and the run that applies them all.

A new rule is a generator in one of the modules here and its name in `CHECKS`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.dataset import Dataset
from gongkai.fields import nearest
from gongkai.problems import Problem, Rule, Severity, place
from gongkai.reports import Answer, Report
from gongkai.rules import FORM

from .arithmetic import column_total, group_total, reconciliation, row_total
from .assessment import Case, Check, Finding

CHECKS: tuple[Check, ...] = (row_total, column_total, group_total, reconciliation)

UNUSED_ANSWER = Rule(
    "unused-answer",
    "多余的说明",
    Severity.WARNING,
    "“说明”里的每一条都对应一个仍然存在的问题。",
)

RULES: tuple[Rule, ...] = (*FORM, *(item.rule for item in CHECKS), UNUSED_ANSWER)
"""Every rule of the portal."""


@dataclass(frozen=True, slots=True)
class Examination:
    """All that is wrong with a dataset, and how often each rule was assessed."""

    problems: tuple[Problem, ...]
    """Sorted by place."""
    assessed: Mapping[str, int]
    """Relations decided, by rule id; a rule that is not here had nothing to decide."""
    by_path: Mapping[str, tuple[Problem, ...]]
    """The problems of each file."""

    @property
    def blocks_publication(self) -> bool:
        """Whether the site must not be built."""
        return any(problem.blocks_publication for problem in self.problems)


def examine(dataset: Dataset) -> Examination:
    """Apply every check to every report; problems of form are included."""
    problems = list(dataset.problems)
    assessed: Counter[str] = Counter()
    for slug, history in dataset.by_agency.items():
        for report in history:
            case = Case(report, dataset.agencies[slug], history)
            problems.extend(_report(case, assessed))
    problems.sort(key=place)
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.location.path, []).append(problem)
    return Examination(
        tuple(problems), assessed, {path: tuple(found) for path, found in by_path.items()}
    )


def _report(case: Case, assessed: Counter[str]) -> Iterator[Problem]:
    """Run the checks on one report and join its published answers to the findings."""
    used: set[Answer] = set()
    for item in CHECKS:
        for finding in item.assess(case):
            assessed[item.rule.id] += 1
            if finding is not None:
                problem = _problem(item.rule, finding)
                answer = _answer(case.report, problem)
                if answer is not None:
                    used.add(answer)
                    problem = problem.answered(answer.text)
                yield problem
    yield from _unused(case.report, used)


def _problem(rule: Rule, finding: Finding) -> Problem:
    return Problem(
        finding.location, rule, finding.message, finding.hint, finding.cell, finding.address
    )


def _answer(report: Report, problem: Problem) -> Answer | None:
    """The published answer to a finding; only a historical report can answer an error."""
    if problem.rule.severity is Severity.ERROR and not report.is_historical:
        return None
    fitting = (
        answer
        for answer in report.answers
        if answer.rule_name == problem.rule.name and _is_within(answer.cell, problem.cell)
    )
    return max(fitting, key=lambda answer: len(answer.cell), default=None)


def _is_within(part: tuple[str, ...], cell: tuple[str, ...]) -> bool:
    """Whether keys stand one after another in a cell: a row's “总计” is not a column's."""
    return any(
        cell[start : start + len(part)] == part for start in range(len(cell) - len(part) + 1)
    )


def _unused(report: Report, used: set[Answer]) -> Iterator[Problem]:
    names = [item.rule.name for item in CHECKS]
    for answer in report.answers:
        if answer in used:
            continue
        message = f"没有与“{'·'.join((answer.rule_name, *answer.cell))}”对应的问题。"
        hint = "问题已经改好的，删掉这一条说明。"
        if answer.rule_name not in names:
            guess = nearest(answer.rule_name, names)
            hint = f"规则名是不是“{guess}”？" if guess else f"规则名有：{'、'.join(names)}。"
        elif not report.is_historical:
            hint = "新报告里的错误要改正，不能用说明代替；删掉这一条。"
        yield Problem(answer.location, UNUSED_ANSWER, message, hint)
