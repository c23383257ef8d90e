"""What a check is: a generator that assesses one report and yields what it finds."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.figures import Number
from gongkai.data.passages import Passage, passages
from gongkai.data.reports import Report, numbers_of
from gongkai.forms.formats import Section
from gongkai.source.problems import Location, Rule, Severity
from gongkai.source.subjects import WHOLE, ReportKey, Target

from .fingerprints import Fingerprinted
from .names import Names

FigurePath = tuple[str, str]
"""A figure of a section: the paths of its row and its column."""


@dataclass(frozen=True)
class Context:
    """What checks may know beyond one agency."""

    dataset: Dataset
    today: date
    names: Names
    """The names of all agencies and regions."""
    texts: Mapping[ReportKey, Fingerprinted]
    """The texts of reports; those of the agency that is checked are enough."""
    nearest: Mapping[ReportKey, Fingerprinted]
    """The text of another agency that a report's text is most like."""


@dataclass(frozen=True, eq=False)
class ReportContext:
    """What a check may look at: a report, its agency, and what is known beyond the agency."""

    report: Report
    agency: Agency
    shared: Context
    before: "ReportContext | None" = None
    """That of the report of the year before, if there is one."""
    last: Report | None = None
    """The agency's latest report of an earlier year."""

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, tuple[Number | None, ...]]]:
        """The numbers of every row, by section id and row path; None where none is stated."""
        return numbers_of(self.report)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The report's prose, section by section."""
        return passages(self.report)

    def number(self, section: str, row: str, column: str) -> Number | None:
        """The number of a figure, or None where there is none."""
        found = self.report.section(section)
        if found is None or row not in found.rows:
            return None
        index = found.rows[row][0].columns.index.get(column)
        numbers = self.numbers.get(section, {}).get(row)
        return numbers[index] if numbers and index is not None else None


@dataclass(frozen=True, slots=True)
class AgencyContext:
    """What a check of an agency's own file may look at."""

    agency: Agency
    shared: Context


class Finding(NamedTuple):
    """A relation that does not hold."""

    location: Location
    message: str
    hint: str
    target: Target = WHOLE

    def known_by(self, words: str) -> "Finding":
        """The same finding, told from others of its rule in a section by these words."""
        return self._replace(target=self.target._replace(words=words))


def at_figure(
    report: Report, section: Section, figure: FigurePath, message: str, hint: str
) -> Finding:
    """Return a finding at a figure."""
    row, column = figure
    return Finding(
        report.location(report.figures[section.id][row], index_of(section, figure)),
        message,
        hint,
        Target(cell_of(section, figure), section.id, row, column),
    )


def index_of(section: Section, figure: FigurePath) -> int:
    """The index of a figure in its row."""
    row, column = figure
    return section.rows[row][0].columns.index[column]


def cell_of(section: Section, figure: FigurePath) -> tuple[str, ...]:
    """The staff keys that lead to a figure, from the section inwards."""
    table, leaf = section.rows[figure[0]]
    column = table.columns.leaves[index_of(section, figure)]
    return (section.key, *leaf.keys, *column.keys)


def in_text(
    context: ReportContext, passage: Passage, span: tuple[int, int], message: str, hint: str
) -> Finding:
    """Return a finding at a stretch of a section's text, known by the words there."""
    section = passage.section
    place = passage.prose.place(context.report.path, *span)
    target = Target((section.key,), section.id, words=passage.quoted(*span))
    return Finding(place, message, hint, target)


def at_key(context: ReportContext, key: str, message: str, hint: str) -> Finding:
    """Return a finding at a key beside the sections, or at the file where the key is absent."""
    place = context.report.places.get(key, Location(context.report.path))
    return Finding(place, message, hint, Target(key=key))


_SLIP = (Decimal(2000), Decimal(50000))
"""A change within this range is likely one of unit: 万元 written in 元 is 10,000 times as much."""


def is_unit_slip(last: Number, now: Number) -> bool:
    """Whether two amounts differ as much as when one of them is in yuan and the other in 万元."""
    return _SLIP[0] <= Decimal(max(last, now)) / Decimal(min(last, now)) <= _SLIP[1]


Assessment = Finding | None
"""One relation looked at: what is wrong with it, or None where it holds."""

Checked = TypeVar("Checked", ReportContext, AgencyContext)


@dataclass(frozen=True, slots=True)
class Check(Generic[Checked]):
    """A rule with the generator that assesses it, once for each relation that it can decide."""

    rule: Rule
    assess: Callable[[Checked], Iterator[Assessment]]


_PART = re.compile(r"^(依据|错|对)：(.+)$", re.MULTILINE)


def check(
    name: str, severity: Severity
) -> Callable[[Callable[[Checked], Iterator[Assessment]]], Check[Checked]]:
    """Make a check of a generator: its name gives the id, its docstring the published text.

    The docstring's first lines are the rule; then one line each begins with 依据, 错 and 对.
    """

    def make(assess: Callable[[Checked], Iterator[Assessment]]) -> Check[Checked]:
        words = assess.__doc__ or ""
        parts = {key: text.strip() for key, text in _PART.findall(_unindented(words))}
        text = "".join(words.split("\n\n")[0].split())
        rule_id = assess.__name__.replace("_", "-")
        rule = Rule(rule_id, name, severity, text, parts["依据"], parts["错"], parts["对"])
        return Check(rule, assess)

    return make


def _unindented(words: str) -> str:
    return "\n".join(line.strip() for line in words.splitlines())
