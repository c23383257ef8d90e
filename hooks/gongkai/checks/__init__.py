"""The rules about figures and their meaning, and the run that applies them all.

A new rule is a generator in one of the modules here and its name in `CHECKS`. It does not know
`analysis` or `editing`. Imports `source`, `forms` and `data`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.data.answers import Answer
from gongkai.data.dataset import Dataset
from gongkai.data.findings import Findings
from gongkai.source.fields import nearest
from gongkai.source.problems import Problem, Rule, Severity, place
from gongkai.source.rules import FORM, UNUSED_ANSWER

from .arithmetic import column_total, group_total, reconciliation, row_total
from .assessment import AgencyCase, Case, Check, Finding, Subject, Surroundings
from .citations import cited_document, foreign_name
from .copying import copied_from_last_year, copied_from_others
from .forms import mixed_forms, outdated_form
from .identity import credit_code, early, future, late, title
from .manuscripts import likeliest, manuscripts
from .meaning import amount_unit, fee_told, maker, unexplained_figure, unusual_figure
from .names import Names
from .periods import wrong_year
from .prose import (
    blank_number,
    broken_numbering,
    long_section,
    short_section,
    stray_space,
    template_left,
)
from .sums import channels_total, prose_sum
from .told import figure_told
from .years import (
    carry_over,
    fell_to_zero,
    item_count,
    missing_year,
    running_stock,
    same_figures,
    sharp_change,
)

CHECKS: tuple[Check[Case], ...] = (
    row_total,
    column_total,
    group_total,
    reconciliation,
    carry_over,
    running_stock,
    item_count,
    missing_year,
    sharp_change,
    fell_to_zero,
    same_figures,
    outdated_form,
    mixed_forms,
    maker,
    amount_unit,
    unexplained_figure,
    unusual_figure,
    fee_told,
    figure_told,
    prose_sum,
    channels_total,
    wrong_year,
    blank_number,
    template_left,
    broken_numbering,
    stray_space,
    long_section,
    short_section,
    cited_document,
    foreign_name,
    copied_from_last_year,
    copied_from_others,
    title,
    late,
    early,
    future,
)
"""The checks of a report."""

AGENCY_CHECKS: tuple[Check[AgencyCase], ...] = (credit_code,)
"""The checks of an agency's own file."""

ANSWERABLE: tuple[Rule, ...] = (
    *(item.rule for item in CHECKS),
    *(item.rule for item in AGENCY_CHECKS),
)
RULES: tuple[Rule, ...] = (*FORM, *ANSWERABLE, UNUSED_ANSWER)
"""Every rule of the portal."""


def examine(dataset: Dataset, today: date) -> Findings:
    """Apply every check to every report and agency; problems of form are included."""
    problems = list(dataset.problems)
    assessed: Counter[str] = Counter()
    written = manuscripts(dataset)
    around = Surroundings(dataset, today, Names(dataset), written, likeliest(written))
    for slug, agency in dataset.agencies.items():
        found = _run(AGENCY_CHECKS, AgencyCase(agency, around), assessed)
        problems += _answered(found, agency.answers, is_historical=False)
        for case in _cases(dataset, slug, around):
            found = _run(CHECKS, case, assessed)
            report = case.report
            problems += _answered(found, report.answers, is_historical=report.is_historical)
    problems.sort(key=place)
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.location.path, []).append(problem)
    grouped = {path: tuple(found) for path, found in by_path.items()}
    return Findings(tuple(problems), assessed, grouped, today)


def _cases(dataset: Dataset, slug: str, around: Surroundings) -> Iterator[Case]:
    """The cases of an agency's reports, oldest first, each knowing that of the year before."""
    last: Case | None = None
    for report in dataset.by_agency[slug]:
        before = last if last and last.report.year == report.year - 1 else None
        case = Case(report, dataset.agencies[slug], around, before, last.report if last else None)
        yield case
        last = case


def _run(
    checks: Sequence[Check[Subject]], case: Subject, assessed: Counter[str]
) -> Iterator[Problem]:
    for item in checks:
        for finding in item.assess(case):
            assessed[item.rule.id] += 1
            if finding is not None:
                yield _problem(item.rule, finding)


def _problem(rule: Rule, finding: Finding) -> Problem:
    return Problem(
        finding.location, rule, finding.message, finding.hint, finding.cell, finding.address
    )


def _answered(
    problems: Iterator[Problem], answers: Sequence[Answer], *, is_historical: bool
) -> Iterator[Problem]:
    """Join published answers to the findings that they answer; say which answer none."""
    used: set[Answer] = set()
    for problem in problems:
        answer = _answer(problem, answers, is_historical=is_historical)
        if answer is None:
            yield problem
        else:
            used.add(answer)
            yield problem.answered(answer.text)
    for answer in answers:
        if answer not in used:
            yield _unused(answer, is_historical=is_historical)


def _answer(problem: Problem, answers: Sequence[Answer], *, is_historical: bool) -> Answer | None:
    """The published answer to a finding; only a historical report can answer an error."""
    if problem.rule.severity is Severity.ERROR and not is_historical:
        return None
    fitting = (
        answer
        for answer in answers
        if answer.rule_name == problem.rule.name and _is_within(answer.cell, problem.cell)
    )
    return max(fitting, key=lambda answer: len(answer.cell), default=None)


def _is_within(part: tuple[str, ...], cell: tuple[str, ...]) -> bool:
    """Whether keys stand one after another in a cell: a row's “总计” is not a column's."""
    return any(
        cell[start : start + len(part)] == part for start in range(len(cell) - len(part) + 1)
    )


def _unused(answer: Answer, *, is_historical: bool) -> Problem:
    names = {rule.name: rule for rule in ANSWERABLE}
    message = f"没有与“{'·'.join((answer.rule_name, *answer.cell))}”对应的问题。"
    hint = "问题已经改好的，删掉这一条说明。"
    if answer.rule_name in {rule.name for rule in FORM}:
        hint = "这条规则的问题要改正，不能用说明代替；删掉这一条。"
    elif answer.rule_name not in names:
        guess = nearest(answer.rule_name, names)
        hint = f"规则名是不是“{guess}”？" if guess else f"规则名有：{'、'.join(names)}。"
    elif not is_historical and names[answer.rule_name].severity is Severity.ERROR:
        hint = "新报告里的错误要改正，不能用说明代替；删掉这一条。"
    return Problem(answer.location, UNUSED_ANSWER, message, hint)
