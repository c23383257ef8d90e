"""The day on which tests check data, so that they say the same every day."""

from datetime import date

TODAY = date(2026, 11, 24)
