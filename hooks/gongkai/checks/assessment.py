"""What a check is: a generator that assesses one report and yields what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..agencies import Agency
from ..problems import Location, Rule, Severity
from ..reports import Report


@dataclass(frozen=True, slots=True)
class Case:
    """What a check may look at: a report, its agency, and all of the agency's reports."""

    report: Report
    agency: Agency
    history: tuple[Report, ...]
    """Oldest first, the report itself included."""


class Finding(NamedTuple):
    """A relation that does not hold."""

    location: Location
    cell: tuple[str, ...]
    message: str
    hint: str


Assessment = Finding | None
"""One relation looked at: what is wrong with it, or None where it holds."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with the generator that assesses it, once for each relation that it can decide."""

    rule: Rule
    assess: Callable[[Case], Iterator[Assessment]]


def check(
    name: str, severity: Severity
) -> Callable[[Callable[[Case], Iterator[Assessment]]], Check]:
    """Make a check of a generator: its name gives the id, its docstring the published text."""

    def make(assess: Callable[[Case], Iterator[Assessment]]) -> Check:
        rule_id = assess.__name__.replace("_", "-")
        text = " ".join((assess.__doc__ or "").split())
        return Check(Rule(rule_id, name, severity, text), assess)

    return make
