"""The ledger of coverage: for every registered agency and year, what became of its report.

No agency is ever left out: one that owes no report has an entry that says why.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.deadlines import Deadline, last_day
from gongkai.data.reports import Report, Source
from gongkai.forms import formats
from gongkai.source.subjects import ReportKey

from .territory import RegionIndex, region_index


class ReportStatus(StrEnum):
    """What became of a report; that it has figures only is said beside it."""

    ON_TIME = "on_time"
    LATE = "late"
    UNDATED = "undated"
    """Published, but on which day is not known."""
    PUBLISHED = "published"
    """Published by a kind of agency for which no deadline is set."""
    MISSING = "missing"
    """Not here though due; whether it was published elsewhere the portal does not know."""
    PENDING = "pending"
    """Not published, and its last day has not passed."""
    EXEMPT = "exempt"
    """Not due for a stated reason."""
    NOT_FOUNDED = "not_founded"
    """The agency did not exist yet at the end of the year."""
    ENDED = "ended"
    """The agency no longer existed at the end of the year."""


_WORDS = {
    ReportStatus.ON_TIME: "按时",
    ReportStatus.UNDATED: "日期不详",
    ReportStatus.PUBLISHED: "已发布",
    ReportStatus.MISSING: "无报告",
    ReportStatus.PENDING: "未到期",
    ReportStatus.EXEMPT: "不需报告",
    ReportStatus.NOT_FOUNDED: "尚未设立",
    ReportStatus.ENDED: "已撤销",
}


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One agency in one year."""

    agency: Agency
    year: int
    status: ReportStatus
    report: Report | None
    is_required: bool
    """Whether a report is due; one may be there although none is."""
    deadline: Deadline | None
    days_late: int = 0
    """Days after `deadline`; 0 unless the state is `LATE`."""

    @property
    def is_figures_only(self) -> bool:
        """Whether only the report's tables are here; it may be late as well."""
        return self.report is not None and self.report.source is Source.FIGURES_ONLY

    @property
    def reason(self) -> str:
        """Why no report is due, in the data's words; empty where the state says all."""
        return self.agency.life.exemption(self.year) if self.status is ReportStatus.EXEMPT else ""

    @property
    def successor(self) -> str:
        """The slug of the agency that an ended one was merged into; empty where there is none."""
        return self.agency.life.successor if self.status is ReportStatus.ENDED else ""

    @property
    def words(self) -> str:
        """The state in a few words."""
        if self.status is ReportStatus.LATE:
            return f"迟 {self.days_late} 天"
        return "已并入其他机关" if self.successor else _WORDS[self.status]


class LedgerSummary(NamedTuple):
    """How many entries are in which state; only reports that are due count as expected."""

    entries: int
    expected: int
    published: int
    """Of those expected; the sum of on time, late, undated and without a deadline."""
    on_time: int
    late: int
    undated: int
    without_deadline: int
    missing: int
    pending: int
    exempt: int
    not_founded: int
    ended: int
    voluntary: int
    """Reports that are here although none was due."""


@dataclass(frozen=True)
class Ledger:
    """The entries of all agencies."""

    years: tuple[int, ...]
    """Every year of the span, newest first."""
    entries: Mapping[ReportKey, LedgerEntry]
    """By agency and year."""
    regions: RegionIndex

    def entry(self, agency: str, year: int) -> LedgerEntry:
        """Return the entry of an agency in a year."""
        return self.entries[ReportKey(agency, year)]

    def of(self, code: str = "", year: int | None = None) -> tuple[LedgerEntry, ...]:
        """Return the entries of a region, in one year or in all."""
        years = self.years if year is None else (year,)
        return tuple(
            self.entry(agency.slug, number)
            for agency in self.regions.all_agencies.get(code, ())
            for number in years
        )

    def summary(self, code: str = "", year: int | None = None) -> LedgerSummary:
        """Count the entries of a region, in one year or in all."""
        return summarize(self.of(code, year))


def span(dataset: Dataset, today: date) -> tuple[int, ...]:
    """Return every year from the first report to the last that could be due, newest first."""
    last = max((*dataset.years, today.year - 1))
    return tuple(range(last, min((*dataset.years, last)) - 1, -1))


def ledger(dataset: Dataset, today: date, years: Iterable[int] | None = None) -> Ledger:
    """Enter every registered agency in every year.

    Args:
        dataset: the portal's data.
        today: the day on which it is judged what is missing and what is not due yet.
        years: the years to enter; all of `span` where none are given.
    """
    numbers = span(dataset, today) if years is None else tuple(sorted(set(years), reverse=True))
    editions = {year: formats.of_year(dataset.formats, year) for year in numbers}
    entries: dict[ReportKey, LedgerEntry] = {}
    for agency in dataset.agencies.values():
        reports = {report.year: report for report in dataset.by_agency[agency.slug]}
        for year in numbers:
            due = dataset.deadline_of(agency, year)
            end = due.day if due else last_day(editions[year], year)
            is_over = end is None or end < today
            entries[ReportKey(agency.slug, year)] = _entry(
                agency, year, reports.get(year), due, is_over=is_over
            )
    return Ledger(numbers, entries, region_index(dataset))


def _entry(
    agency: Agency, year: int, report: Report | None, due: Deadline | None, *, is_over: bool
) -> LedgerEntry:
    excuse = _excuse(agency, year)
    if report is not None:
        status, days = _punctuality(report, due)
        return LedgerEntry(agency, year, status, report, excuse is None, due, days)
    status = excuse or (ReportStatus.MISSING if is_over else ReportStatus.PENDING)
    return LedgerEntry(agency, year, status, None, excuse is None, due)


def _excuse(agency: Agency, year: int) -> ReportStatus | None:
    """Return why an agency owes no report for a year; None where it owes one."""
    if not agency.life.is_founded_in(year):
        return ReportStatus.NOT_FOUNDED
    if agency.life.is_ended_in(year):
        return ReportStatus.ENDED
    return ReportStatus.EXEMPT if agency.life.exemption(year) else None


def _punctuality(report: Report, due: Deadline | None) -> tuple[ReportStatus, int]:
    if due is None:
        return ReportStatus.PUBLISHED, 0
    if report.day is None:
        return ReportStatus.UNDATED, 0
    days = due.days_late(report.day)
    return (ReportStatus.LATE if days else ReportStatus.ON_TIME), days


def summarize(entries: Sequence[LedgerEntry]) -> LedgerSummary:
    """Count entries by state."""
    statuses = Counter(entry.status for entry in entries if entry.is_required)
    excused = Counter(_excuse(entry.agency, entry.year) for entry in entries)
    published = [entry for entry in entries if entry.is_required and entry.report]
    return LedgerSummary(
        entries=len(entries),
        expected=statuses.total(),
        published=len(published),
        on_time=statuses[ReportStatus.ON_TIME],
        late=statuses[ReportStatus.LATE],
        undated=statuses[ReportStatus.UNDATED],
        without_deadline=statuses[ReportStatus.PUBLISHED],
        missing=statuses[ReportStatus.MISSING],
        pending=statuses[ReportStatus.PENDING],
        exempt=excused[ReportStatus.EXEMPT],
        not_founded=excused[ReportStatus.NOT_FOUNDED],
        ended=excused[ReportStatus.ENDED],
        voluntary=sum(1 for entry in entries if entry.report and not entry.is_required),
    )
