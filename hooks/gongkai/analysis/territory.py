"""Which agencies and reports belong to which region, found once for all pages and sums."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.regions import Region, lineage
from gongkai.forms.kinds import KINDS

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RegionIndex:
    """The regions of a dataset with what lies in them; counts include the regions below."""

    children: Mapping[str, tuple[Region, ...]]
    """The regions with agencies directly below each region; see `tops` for an empty code."""
    own_agencies: Mapping[str, tuple[Agency, ...]]
    """The agencies of each region itself, by its code."""
    all_agencies: Mapping[str, tuple[Agency, ...]]
    """The agencies of each region and of those below it; of all regions under an empty code."""
    report_count: Mapping[str, int]
    reports_in_year: Mapping[tuple[str, int], int]
    report_years: Mapping[str, tuple[int, ...]]
    """The years with reports in each region, newest first."""

    @property
    def tops(self) -> tuple[Region, ...]:
        """The outermost regions with agencies, also those whose parent is not known."""
        return self.children.get("", ())

    def has(self, region: Region) -> bool:
        """Whether any agency lies in a region or below it."""
        return region.code in self.all_agencies

    def agency_count(self, code: str) -> int:
        """Return how many agencies lie in a region or below it."""
        return len(self.all_agencies.get(code, ()))

    def by_kind(self, code: str) -> tuple[Agency, ...]:
        """Return the agencies of a region itself, by kind and then by folder."""
        return tuple(sorted(self.own_agencies.get(code, ()), key=_order))


def region_index(dataset: Dataset) -> RegionIndex:
    """Index a dataset by region."""
    own: dict[str, list[Agency]] = {}
    everyone: dict[str, list[Agency]] = {"": []}
    in_year: Counter[tuple[str, int]] = Counter()
    for agency in dataset.agencies.values():
        own.setdefault(agency.region, []).append(agency)
        everyone[""].append(agency)
        for region in lineage(dataset.regions, agency.region):
            everyone.setdefault(region.code, []).append(agency)
            in_year.update((region.code, item.year) for item in dataset.by_agency[agency.slug])
    children: dict[str, list[Region]] = {}
    for region in dataset.regions.values():
        if region.code in everyone:
            above = region.parent if region.parent in dataset.regions else ""
            children.setdefault(above, []).append(region)
    report_count: Counter[str] = Counter()
    years: dict[str, set[int]] = {}
    for (code, year), count in in_year.items():
        report_count[code] += count
        years.setdefault(code, set()).add(year)
    return RegionIndex(
        children=_frozen(children),
        own_agencies=_frozen(own),
        all_agencies=_frozen(everyone),
        report_count=report_count,
        reports_in_year=in_year,
        report_years={code: tuple(sorted(found, reverse=True)) for code, found in years.items()},
    )


def _frozen(lists: Mapping[str, list[_T]]) -> dict[str, tuple[_T, ...]]:
    return {code: tuple(found) for code, found in lists.items()}


def _order(agency: Agency) -> tuple[int, str]:
    kind = KINDS.index(agency.kind) if agency.kind in KINDS else len(KINDS)
    return kind, agency.slug
