"""When a report must be published: the law's day, or an earlier one that a region has set."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from gongkai.forms.formats import Format

from .regions import Region


class Deadline(NamedTuple):
    """The last day for one report."""

    day: date
    basis: str
    """The article of law, or the name of the region that set the day."""
    is_local: bool

    def days_late(self, day: date) -> int:
        """Return how many days after the last day it was; 0 where it was in time."""
        return max(0, (day - self.day).days)


def deadline(
    edition: Format | None, lineage: Sequence[Region], kind: str, year: int
) -> Deadline | None:
    """Return the last day for the report of a year, or None where no rule sets one.

    A region's own day counts where it is earlier than the law's, which stays the outer limit, or
    where the law has none. Article 49 of the Regulations names departments and governments from
    the county upwards; it does not name townships, so for them only a local day can count.

    Args:
        edition: the format in force in that year.
        lineage: the agency's region with those above it, outermost first.
        kind: the kind of agency.
        year: the report year; reports are due in the next one.
    """
    law = (
        next((item for item in edition.deadlines if kind in item.kinds), None) if edition else None
    )
    statutory = _day(year, law.day) if law else None
    local = next((region for region in reversed(lineage) if kind in dict(region.deadlines)), None)
    if local is not None:
        day = _day(year, dict(local.deadlines)[kind])
        if statutory is None or day < statutory:
            return Deadline(day, local.name, is_local=True)
    if law is None or statutory is None:
        return None
    return Deadline(statutory, law.basis, is_local=False)


def last_day(edition: Format | None, year: int) -> date | None:
    """Return the day after which no report of a year is in time, whatever the kind of agency."""
    days = [_day(year, item.day) for item in edition.deadlines] if edition else []
    return max(days, default=None)


def _day(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year + 1}-{month_day}")
