"""The page of rules: what is checked, why, and how often it holds in this portal's data."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from gongkai.checks.registry import RULES
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render
from gongkai.source.problems import Problem, Rule, Severity
from gongkai.source.subjects import ReportKey

from .page import Link


class RuleView(NamedTuple):
    """A rule with what came of it in this portal."""

    rule: Rule
    assessed: int | None
    """How often it was decided; None for a rule of form, which every file must follow."""
    found: int
    answered: int
    reports: tuple[Link, ...]
    """The reports with findings, each once."""


def rules(site: Site) -> Markup:
    """The part of the page that lists every rule, the gravest first."""
    found: dict[str, list[Problem]] = {}
    for problem in site.portal.findings.problems:
        found.setdefault(problem.rule.id, []).append(problem)
    groups = {
        severity: tuple(
            _view(site, rule, found.get(rule.id, [])) for rule in RULES if rule.severity is severity
        )
        for severity in Severity
    }
    return render("rules.html.j2", groups=groups)


def _view(site: Site, rule: Rule, found: list[Problem]) -> RuleView:
    assessed = None if rule.is_of_form else site.portal.findings.assessed.get(rule.id, 0)
    answered = sum(bool(problem.answer) for problem in found)
    return RuleView(rule, assessed, len(found), answered, tuple(_reports(site, found)))


def _reports(site: Site, found: list[Problem]) -> Iterator[Link]:
    link = site.addresses.linker(addresses.RULES)
    reports = site.portal.dataset.by_key
    subjects = dict.fromkeys(problem.subject for problem in found)
    for report in (
        reports[key] for key in subjects if isinstance(key, ReportKey) and key in reports
    ):
        name = site.portal.dataset.agencies[report.agency].name
        target = link(addresses.report(report.agency, report.year))
        yield Link(f"{name} {report.year}年", target)
