"""Who is added up for a region and a year, and who is not, and why.

What counts for a region are the reports of its own agencies and, of each region below it, the
government's report, which covers that whole region; where a region below has none, its agencies
count instead. So nothing is added twice. The region's own government is never added: its report
should equal the sum and is set beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.forms.kinds import GOVERNMENT

from .coverage import Ledger, LedgerEntry


class IncludedElsewhere(NamedTuple):
    """An agency whose figures another report contains already."""

    entry: LedgerEntry
    by: LedgerEntry
    """The government of a region below, whose report is added."""


@dataclass(frozen=True, slots=True)
class Composition:
    """Each agency of a region in a year, in exactly one of these lists."""

    included: tuple[LedgerEntry, ...]
    """Their reports are added."""
    missing: tuple[LedgerEntry, ...]
    """A report is due and not here: the sum lacks it."""
    not_required: tuple[LedgerEntry, ...]
    """There is no report and none is due."""
    included_elsewhere: tuple[IncludedElsewhere, ...]
    own_government: tuple[LedgerEntry, ...]
    """The governments of the region itself, with or without a report."""


class _Claim(NamedTuple):
    """What becomes of an agency; the first claim for it holds."""

    entry: LedgerEntry
    by: LedgerEntry | None = None
    """The government whose report contains it."""
    is_own_government: bool = False


def compose(ledger: Ledger, code: str, year: int) -> Composition:
    """Put each agency of a region (of all, for an empty code) where it belongs in a year."""
    claims: dict[str, _Claim] = {}
    for claim in _Claims(ledger, year).claims(code):
        claims.setdefault(claim.entry.agency.slug, claim)
    added = [item.entry for item in claims.values() if not item.by and not item.is_own_government]
    return Composition(
        included=tuple(entry for entry in added if entry.report),
        missing=tuple(entry for entry in added if not entry.report and entry.is_required),
        not_required=tuple(entry for entry in added if not entry.report and not entry.is_required),
        included_elsewhere=tuple(
            IncludedElsewhere(item.entry, item.by) for item in claims.values() if item.by
        ),
        own_government=tuple(item.entry for item in claims.values() if item.is_own_government),
    )


class _Claims(NamedTuple):
    """What is claimed of the agencies of regions in a year."""

    ledger: Ledger
    year: int

    def claims(self, code: str) -> Iterator[_Claim]:
        if code:
            for entry in self.governments(code):
                yield _Claim(entry, is_own_government=True)
        yield from self.gathered(code, {code})
        for agency in self.ledger.regions.all_agencies.get(code, ()):
            yield _Claim(self.ledger.entry(agency.slug, self.year))

    def gathered(self, code: str, walked: set[str]) -> Iterator[_Claim]:
        """Yield a region's own agencies, then what stands for each region below; each once."""
        regions = self.ledger.regions
        for agency in regions.own_agencies.get(code, ()):
            yield _Claim(self.ledger.entry(agency.slug, self.year))
        for inner in regions.children.get(code, ()):
            if inner.code in walked:
                continue
            walked.add(inner.code)
            yield from self.standing_for(inner.code, walked)

    def standing_for(self, code: str, walked: set[str]) -> Iterator[_Claim]:
        """Yield the government that reports for a whole region, or else all that is in it."""
        government = next((item for item in self.governments(code) if item.report), None)
        if government is None:
            yield from self.gathered(code, walked)
            return
        yield _Claim(government)
        for agency in self.ledger.regions.all_agencies[code]:
            yield _Claim(self.ledger.entry(agency.slug, self.year), by=government)

    def governments(self, code: str) -> Iterator[LedgerEntry]:
        for agency in self.ledger.regions.own_agencies.get(code, ()):
            if agency.kind == GOVERNMENT:
                yield self.ledger.entry(agency.slug, self.year)
