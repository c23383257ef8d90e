"""Who is added up for a region and a year, and who is not, and why.

What counts for a region are the reports of its own agencies and, of each region below it, the
government's report, which covers that whole region; where a region below has none, its agencies
count instead. So nothing is added twice. The region's own government is never added: its report
should equal the sum and is set beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from gongkai.data.agencies import Agency
from gongkai.data.regions import Region
from gongkai.forms.kinds import GOVERNMENT

from .coverage import Entry, Ledger


class Covered(NamedTuple):
    """An agency whose figures another report contains already."""

    entry: Entry
    by: Entry
    """The government of a region below, whose report is added."""


@dataclass(frozen=True, slots=True)
class Composition:
    """Each agency of a region in a year, in exactly one of these lists."""

    included: tuple[Entry, ...]
    """Their reports are added."""
    missing: tuple[Entry, ...]
    """A report is due and not here: the sum lacks it."""
    not_required: tuple[Entry, ...]
    """There is no report and none is due."""
    covered: tuple[Covered, ...]
    own: tuple[Entry, ...]
    """The governments of the region itself, with or without a report."""


@dataclass
class _Lists:
    """The lists of a composition while they grow."""

    included: list[Entry] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)
    not_required: list[Entry] = field(default_factory=list)
    covered: list[Covered] = field(default_factory=list)
    own: list[Entry] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)

    def place(self, entry: Entry) -> None:
        self.placed.add(entry.agency.slug)
        if entry.report:
            self.included.append(entry)
        else:
            (self.missing if entry.is_required else self.not_required).append(entry)

    def cover(self, entry: Entry, by: Entry) -> None:
        self.placed.add(entry.agency.slug)
        self.covered.append(Covered(entry, by))

    def set_beside(self, entry: Entry) -> None:
        self.placed.add(entry.agency.slug)
        self.own.append(entry)

    def finish(self) -> Composition:
        return Composition(
            included=tuple(self.included),
            missing=tuple(self.missing),
            not_required=tuple(self.not_required),
            covered=tuple(self.covered),
            own=tuple(self.own),
        )


@dataclass(frozen=True)
class Territory:
    """Regions and the agencies in them, as the ledger enters them."""

    ledger: Ledger
    regions: Mapping[str, Region]

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the regions directly below each; of the topmost under an empty code."""
        found: dict[str, list[str]] = {}
        for region in self.regions.values():
            if region.code in self.ledger.within:
                found.setdefault(region.parent, []).append(region.code)
        return {code: tuple(codes) for code, codes in found.items()}

    @cached_property
    def seated(self) -> Mapping[str, tuple[Agency, ...]]:
        """The agencies of each region itself, without those of the regions below."""
        found: dict[str, list[Agency]] = {}
        for agency in self.ledger.within[""]:
            found.setdefault(agency.region, []).append(agency)
        return {code: tuple(agencies) for code, agencies in found.items()}

    def compose(self, code: str, year: int) -> Composition:
        """Put each agency of a region (of all, for an empty code) where it belongs in a year."""
        lists = _Lists()
        for agency in self.seated.get(code, ()):
            if agency.kind == GOVERNMENT and code:
                lists.set_beside(self.ledger.entries[agency.slug, year])
        self._gather(code, year, lists, {code})
        for agency in self.ledger.within.get(code, ()):
            if agency.slug not in lists.placed:  # its region leads nowhere, which is reported
                lists.place(self.ledger.entries[agency.slug, year])
        return lists.finish()

    def _gather(self, code: str, year: int, lists: _Lists, walked: set[str]) -> None:
        for agency in self.seated.get(code, ()):
            if agency.slug not in lists.placed:
                lists.place(self.ledger.entries[agency.slug, year])
        for inner in self.below.get(code, ()):
            if inner in walked:
                continue
            walked.add(inner)
            government = next(self._governments(inner, year), None)
            if government is None:
                self._gather(inner, year, lists, walked)
                continue
            lists.place(government)
            for agency in self.ledger.within[inner]:
                if agency.slug not in lists.placed:
                    lists.cover(self.ledger.entries[agency.slug, year], government)

    def _governments(self, code: str, year: int) -> Iterator[Entry]:
        """The entries of a region's governments that have a report."""
        for agency in self.seated.get(code, ()):
            entry = self.ledger.entries[agency.slug, year]
            if agency.kind == GOVERNMENT and entry.report:
                yield entry
