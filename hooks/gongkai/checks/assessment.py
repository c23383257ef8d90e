"""What a check is: a generator that assesses one report and yields what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.agencies import Agency
from gongkai.formats import Section, figure_address
from gongkai.problems import Location, Rule, Severity
from gongkai.reports import Report


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
    message: str
    hint: str
    cell: tuple[str, ...] = ()
    """Staff keys from the section inwards."""
    address: str = ""
    """The address of the figure within the report's page."""


def at_figure(
    report: Report, section: Section, figure: tuple[str, str], message: str, hint: str
) -> Finding:
    """Return a finding at a figure, given by its row and column path."""
    row, column = figure
    table, leaf = section.rows[row]
    position = table.columns.index[column]
    return Finding(
        report.location(report.figures[section.id][row], position),
        message,
        hint,
        (section.key, *leaf.keys, *table.columns.leaves[position].keys),
        figure_address(section.id, row, column),
    )


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
