"""Reading dates that staff write as a year, a month, a day, or a day of every year."""

import re
from datetime import date

from . import rules
from .fields import Fields

PERIOD = re.compile(r"(19|20|21)\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?", re.ASCII)
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-\d\d", re.ASCII)
_DAY = len("2019-08-01")


def period(fields: Fields, key: str) -> str:
    """A year, a month or a day (`2019`, `2019-08`, `2019-08-01`); empty where there is none."""
    text = fields.matching(key, PERIOD, "2019、2019-08 或 2019-08-01")
    return _existing(fields, key, text, text if len(text) == _DAY else "2000-01-01")


def moment(stated: str) -> str:
    """Write `2022-01-20 09:30`, a time in China, as `2022-01-20T09:30:00+08:00`; a day stays."""
    day, _, time = stated.partition(" ")
    return f"{day}T{time}:00+08:00" if time else day


def month_day(fields: Fields, key: str, *, needed: str = "") -> str:
    """A day of every year (`01-31`); empty where there is none."""
    text = fields.matching(key, MONTH_DAY, "01-31", needed=needed)
    return _existing(fields, key, text, f"2001-{text or '01-01'}")


def _existing(fields: Fields, key: str, text: str, day: str) -> str:
    """The text, or an empty one where the calendar lacks its day, which is reported."""
    try:
        date.fromisoformat(day)
    except ValueError:
        node = fields.get(key) or fields.node
        fields.reading.report(node, rules.VALUE, f"没有“{text}”这一天。", "对照日历改正。")
        return ""
    return text
