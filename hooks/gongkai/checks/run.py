"""The run of all checks: agency by agency, then joined."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.data.dataset import Dataset
from gongkai.data.findings import Findings
from gongkai.source.problems import Problem, numbered, place
from gongkai.source.subjects import AgencyKey, Subject

from .answering import answered
from .assessment import AgencyContext, Check, Checked, Context, ReportContext
from .fingerprints import nearest_texts, texts_of
from .names import Names
from .registry import AGENCY_CHECKS, CHECKS


class Judgement(NamedTuple):
    """What the checks found in an agency and its reports."""

    problems: tuple[Problem, ...]
    assessed: Mapping[str, int]
    """Relations decided, by rule id."""


def check(dataset: Dataset, today: date) -> Findings:
    """Apply every check to every report and agency; problems of form are included."""
    texts = texts_of(dataset)
    context = Context(dataset, today, Names(dataset), texts, nearest_texts(texts))
    return gather(dataset, today, (check_agency(context, slug) for slug in dataset.agencies))


def check_agency(context: Context, slug: str) -> Judgement:
    """Apply every check to an agency and its reports.

    What is found follows from these and the context alone, so any process can do it. Of other
    agencies the context needs no reports, but only their names and the nearest texts.
    """
    agency, key = context.dataset.agencies[slug], AgencyKey(slug)
    assessed: Counter[str] = Counter()
    found = _run(AGENCY_CHECKS, AgencyContext(agency, context), key, assessed)
    problems = [*answered(found, key, agency.answers, is_historical=False)]
    for item in _reports(context, slug):
        report = item.report
        found = _run(CHECKS, item, report.key, assessed)
        is_historical = report.is_historical
        problems += answered(found, report.key, report.answers, is_historical=is_historical)
    return Judgement(tuple(problems), assessed)


def gather(dataset: Dataset, today: date, judgements: Iterable[Judgement]) -> Findings:
    """Join what was found in all agencies, and what was wrong while reading."""
    problems = list(dataset.problems)
    assessed: Counter[str] = Counter()
    for judgement in judgements:
        problems += judgement.problems
        assessed.update(judgement.assessed)
    problems.sort(key=place)
    return Findings(tuple(numbered(problems)), assessed, today)


def _reports(context: Context, slug: str) -> Iterator[ReportContext]:
    """The contexts of an agency's reports, oldest first, each knowing that of the year before."""
    last: ReportContext | None = None
    for report in context.dataset.by_agency[slug]:
        before = last if last and last.report.year == report.year - 1 else None
        agency = context.dataset.agencies[slug]
        last = ReportContext(report, agency, context, before, last.report if last else None)
        yield last


def _run(
    checks: Sequence[Check[Checked]], context: Checked, subject: Subject, assessed: Counter[str]
) -> Iterator[Problem]:
    for item in checks:
        for finding in item.assess(context):
            assessed[item.rule.id] += 1
            if finding is not None:
                location, message, hint, target = finding
                yield Problem(item.rule, subject, target, location, message, hint)
