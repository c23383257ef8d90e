"""The entries of a report → all that the index keeps of it, as plain data."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .characters import normalised
from .entries import EntryKind, SearchEntry

BOUNDARY = "\uffff"
"""What stands between two pieces: no match reaches across it."""


class ReportText(NamedTuple):
    """A report as it is searched, and as it is shown."""

    units: tuple[tuple[int, str], ...]
    """The number of each kind of entries that the report has, with their normalised text."""
    shown: str
    """Its entries as JSON."""


def report_text(entries: Iterable[SearchEntry], order: Mapping[EntryKind, int]) -> ReportText:
    """Return what the index keeps of a report.

    Args:
        entries: those of the report, in the order of its page.
        order: the number of each kind of entries.
    """
    pieces: dict[int, dict[str, None]] = {}
    shown: list[list[object]] = []
    for entry in entries:
        kind = order[entry.kind]
        pieces.setdefault(kind, {}).update(dict.fromkeys(entry.pieces[::2]))
        fragment = "" if entry.fragment == entry.kind.section else entry.fragment
        shown.append([kind, fragment, *entry.pieces])
    units = ((kind, normalised(BOUNDARY.join(searched))) for kind, searched in pieces.items())
    return ReportText(tuple(sorted(units)), json_text(shown))


def json_text(data: object) -> str:
    """Write data as JSON, without blanks."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
