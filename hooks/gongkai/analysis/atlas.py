"""Which agencies and reports belong to which region, counted once for all pages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.regions import Region, lineage
from gongkai.forms.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Atlas:
    """The regions of a dataset with what lies in them; counts include the regions below."""

    tops: tuple[Region, ...]
    children: Mapping[str, tuple[Region, ...]]
    agencies: Mapping[str, tuple[Agency, ...]]
    """The agencies of each region itself, by kind and then by folder."""
    agency_count: Mapping[str, int]
    report_count: Mapping[str, int]
    reports_in_year: Mapping[tuple[str, int], int]
    report_years: Mapping[str, tuple[int, ...]]
    """The years with reports in each region, newest first."""

    def has(self, region: Region) -> bool:
        """Whether any agency lies in a region or below it."""
        return bool(self.agency_count.get(region.code))


def survey(dataset: Dataset) -> Atlas:
    """Count a dataset by region."""
    agencies: dict[str, list[Agency]] = {}
    agency_count: Counter[str] = Counter()
    in_year: Counter[tuple[str, int]] = Counter()
    for agency in dataset.agencies.values():
        agencies.setdefault(agency.region, []).append(agency)
        for region in lineage(dataset.regions, agency.region):
            agency_count[region.code] += 1
            in_year.update((region.code, item.year) for item in dataset.by_agency[agency.slug])
    children: dict[str, list[Region]] = {}
    for region in dataset.regions.values():
        if agency_count[region.code]:
            children.setdefault(region.parent, []).append(region)
    report_count: Counter[str] = Counter()
    years: dict[str, set[int]] = {}
    for (code, year), count in in_year.items():
        report_count[code] += count
        years.setdefault(code, set()).add(year)
    return Atlas(
        tops=tuple(children.pop("", ())),
        children={code: tuple(found) for code, found in children.items()},
        agencies={code: tuple(sorted(found, key=_order)) for code, found in agencies.items()},
        agency_count=agency_count,
        report_count=report_count,
        reports_in_year=in_year,
        report_years={code: tuple(sorted(found, reverse=True)) for code, found in years.items()},
    )


def _order(agency: Agency) -> tuple[int, str]:
    kind = KINDS.index(agency.kind) if agency.kind in KINDS else len(KINDS)
    return kind, agency.slug
