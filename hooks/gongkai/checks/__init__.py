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
from gongkai.source.problems import Problem, Rule, Severity, numbered, place
from gongkai.source.rules import FORM, UNUSED_ANSWER
from gongkai.source.subjects import AgencyKey, Subject, Target

from .arithmetic import column_total, group_total, reconciliation, row_total
from .assessment import AgencyCase, Case, Check, Checked, Surroundings
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
        own = AgencyKey(slug)
        found = _run(AGENCY_CHECKS, AgencyCase(agency, around), own, assessed)
        problems += _answered(found, own, agency.answers, is_historical=False)
        for case in _cases(dataset, slug, around):
            report = case.report
            found = _run(CHECKS, case, report.key, assessed)
            answers, is_historical = report.answers, report.is_historical
            problems += _answered(found, report.key, answers, is_historical=is_historical)
    problems.sort(key=place)
    return Findings(tuple(numbered(problems)), assessed, today)


def _cases(dataset: Dataset, slug: str, around: Surroundings) -> Iterator[Case]:
    """The cases of an agency's reports, oldest first, each knowing that of the year before."""
    last: Case | None = None
    for report in dataset.by_agency[slug]:
        before = last if last and last.report.year == report.year - 1 else None
        case = Case(report, dataset.agencies[slug], around, before, last.report if last else None)
        yield case
        last = case


def _run(
    checks: Sequence[Check[Checked]], case: Checked, subject: Subject, assessed: Counter[str]
) -> Iterator[Problem]:
    for item in checks:
        for finding in item.assess(case):
            assessed[item.rule.id] += 1
            if finding is not None:
                location, message, hint, target = finding
                yield Problem(item.rule, subject, target, location, message, hint)


def _answered(
    problems: Iterator[Problem],
    subject: Subject,
    answers: Sequence[Answer],
    *,
    is_historical: bool,
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
            yield _unused(answer, subject, is_historical=is_historical)


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


def _unused(answer: Answer, subject: Subject, *, is_historical: bool) -> Problem:
    names = {rule.name: rule for rule in ANSWERABLE}
    name = "·".join((answer.rule_name, *answer.cell))
    message = f"没有与“{name}”对应的问题。"
    hint = "问题已经改好的，删掉这一条说明。"
    if answer.rule_name in {rule.name for rule in FORM}:
        hint = "这条规则的问题要改正，不能用说明代替；删掉这一条。"
    elif answer.rule_name not in names:
        guess = nearest(answer.rule_name, names)
        hint = f"规则名是不是“{guess}”？" if guess else f"规则名有：{'、'.join(names)}。"
    elif not is_historical and names[answer.rule_name].severity is Severity.ERROR:
        hint = "新报告里的错误要改正，不能用说明代替；删掉这一条。"
    return Problem(UNUSED_ANSWER, subject, Target(key=name), answer.location, message, hint)
