"""What happened to reports, the newest first; pages and feeds tell it alike."""

from dataclasses import replace

from gongkai.analysis.events import newest_first
from gongkai.data.dataset import Dataset
from gongkai.data.reports import Correction
from single_report import PORTAL

FIRST, SECOND = PORTAL.reports[:2]


def told(dataset: Dataset) -> list[tuple[str, int, str, int]]:
    """The events in plain values."""
    return [
        (event.moment, event.report.year, event.correction, event.number)
        for event in newest_first(dataset)
    ]


def with_reports(one: str, other: str, *corrections: Correction) -> Dataset:
    """A portal with two reports of these days; the first was corrected."""
    first = replace(FIRST, published=one, corrections=corrections)
    return replace(PORTAL, reports=(first, replace(SECOND, published=other, corrections=())))


def test_the_newest_stands_first_and_equal_days_in_the_order_of_the_reports() -> None:
    one, two = FIRST.year, SECOND.year
    dataset = with_reports("2022-01-20", "2022-01-20", Correction("2022-03-01", "改了一个数。"))
    assert told(dataset) == [
        ("2022-03-01", one, "改了一个数。", 1),
        ("2022-01-20", one, "", 0),
        ("2022-01-20", two, "", 0),
    ]


def test_corrections_of_one_day_are_counted() -> None:
    days = ("2022-03-01", "2022-03-02", "2022-03-01")
    dataset = with_reports("", "", *(Correction(day, f"改{day}") for day in days))
    assert [(moment, number) for moment, _, _, number in told(dataset)] == [
        ("2022-03-02", 1),
        ("2022-03-01", 1),
        ("2022-03-01", 2),
    ]


def test_what_has_no_date_is_no_event() -> None:
    assert told(with_reports("", "")) == []
