"""Dates that staff write: a year, a month, a day, a day with the time, or a day of every year."""

import os
import re
from datetime import UTC, date, datetime

from . import rules
from .fields import Fields, Reading
from .nodes import Node

YEAR = re.compile(r"(19|20|21)\d\d", re.ASCII)
PERIOD = re.compile(r"(19|20|21)\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?", re.ASCII)
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-\d\d", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(rf"{DAY.pattern}( \d\d:\d\d)?", re.ASCII)
"""A day, or a day with the time, which is that of China."""
_DAY_SIZE = len("2019-08-01")


def today() -> date:
    """Return the day here, or that of `SOURCE_DATE_EPOCH`, by which a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()  # noqa: DTZ011 - the clerk's


def period(fields: Fields, key: str, form: str = "2019、2019-08 或 2019-08-01") -> str:
    """Read a year, a month or a day; empty where there is none. `form` is an example in words."""
    text = fields.matching(key, PERIOD, form)
    return _existing(fields, key, text, text if len(text) == _DAY_SIZE else "2000-01-01")


def month_day(fields: Fields, key: str, *, needed: str = "") -> str:
    """Read a day of every year (`01-31`); empty where there is none."""
    text = fields.matching(key, MONTH_DAY, "01-31", needed=needed)
    return _existing(fields, key, text, f"2001-{text or '01-01'}")


def existing_moment(reading: Reading, node: Node, stated: str) -> str:
    """Return a moment, or an empty text where the calendar lacks it, which is reported."""
    if not stated or _is_in_calendar(stated):
        return stated
    reading.report(node, rules.VALUE, f"没有“{stated}”这个时间。", "对照日历改正。")
    return ""


def day_of(moment: str) -> date | None:
    """Return the day of a moment; None where nothing is stated."""
    return date.fromisoformat(moment[:_DAY_SIZE]) if moment else None


def with_zone(moment: str) -> str:
    """Write `2022-01-20 09:30`, a time in China, as `2022-01-20T09:30:00+08:00`; a day stays."""
    day, _, time = moment.partition(" ")
    return f"{day}T{time}:00+08:00" if time else day


def _existing(fields: Fields, key: str, text: str, day: str) -> str:
    """Return the text, or an empty one where the calendar lacks its day, which is reported."""
    if _is_in_calendar(day):
        return text
    node = fields.get(key) or fields.node
    fields.reading.report(node, rules.VALUE, f"没有“{text}”这一天。", "对照日历改正。")
    return ""


def _is_in_calendar(stated: str) -> bool:
    try:
        datetime.fromisoformat(stated)
    except ValueError:
        return False
    return True
