"""What happened to reports on a day that is known: publication and corrections."""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.data.dataset import Dataset
from gongkai.data.reports import Report, title_of


class Event(NamedTuple):
    """A report that was published, or a correction of it."""

    moment: str
    """`YYYY-MM-DD` or `YYYY-MM-DD HH:MM`, as stated."""
    report: Report
    title: str
    correction: str = ""
    """What was corrected; empty where the report was published."""
    number: int = 0
    """Which correction of its day it is, from 1; 0 where the report was published."""


def newest_first(dataset: Dataset) -> tuple[Event, ...]:
    """Return all events; those of one moment in the order of the reports."""
    found = (event for report in dataset.reports for event in _of_report(dataset, report))
    return tuple(sorted(found, key=lambda event: event.moment, reverse=True))


def _of_report(dataset: Dataset, report: Report) -> Iterator[Event]:
    title = title_of(report, dataset.agencies[report.agency])
    if report.published:
        yield Event(report.published, report, title)
    counts: dict[str, int] = {}
    for day, words in report.corrections:
        if not day:
            continue
        counts[day] = counts.get(day, 0) + 1
        yield Event(day, report, title, words, counts[day])
