"""The day on which tests check data, so that they say the same every day."""

from datetime import UTC, date, datetime

TODAY = date(2026, 11, 24)
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
