"""The few sums of a region and a year that overviews show."""

from collections.abc import Mapping
from typing import NamedTuple

from .flows import Flow, flow
from .rollups import RollUp, RollUps, Sum


class Tally(NamedTuple):
    """Sums of a roll-up by which it is known."""

    sums: Mapping[str, Sum]
    """Those of the key figures, by label."""
    flow: Flow | None
    """What came in and what became of it; None where nothing was added."""


def tally(roll_up: RollUp) -> Tally:
    """Take from a roll-up what overviews show."""
    found: dict[str, Sum] = {}
    for total in roll_up.sections:
        for item in total.edition.key_figures:
            if item.section == total.section.id and item.row in total.section.rows:
                found.setdefault(item.label, total.sum(item.row, item.column))
    flows = (flow(total.section, total.value) for total in roll_up.sections if total.reports)
    return Tally(found, next((item for item in flows if item), None))


class Tallies:
    """Makes tallies when they are asked for; what is known already is not made again."""

    def __init__(
        self, roll_ups: RollUps, known: Mapping[tuple[str, int], Tally] | None = None
    ) -> None:
        """Take tallies from where they are known, or else from roll-ups."""
        self._roll_ups = roll_ups
        self._known = dict(known or {})

    def of(self, code: str, year: int) -> Tally:
        """Return the tally of a region (of all, for an empty code) and a year."""
        if (code, year) not in self._known:
            self._known[code, year] = tally(self._roll_ups.of(code, year))
        return self._known[code, year]
