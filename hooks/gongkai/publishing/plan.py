"""A checked dataset → the plan of every bulk page: its name, its date, and how to make it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from gongkai.data.dataset import Dataset
from gongkai.data.regions import Region, lineage
from gongkai.data.reports import last_change
from gongkai.html import addresses
from gongkai.html.metadata import Head
from gongkai.html.site import Site
from gongkai.pages import agency, region, report, year
from gongkai.pages import metadata as heads
from gongkai.pages.page import Page

_Make = Callable[[], Page]
_Describe = Callable[[Page], Head]


class Planned(NamedTuple):
    """A page that will be made."""

    name: str
    changed: str
    """The day when what it shows last changed, by the data's own dates; empty if not known."""
    make: _Make
    describe: _Describe
    """What machines are told of it, once it is made."""


def plan(site: Site) -> Iterator[Planned]:
    """Yield every bulk page; each is made only when it is asked for."""
    days = _days(site.portal.dataset)
    for name, make, describe in _pages(site):
        yield Planned(name, days.get(name, ""), make, describe)


def _pages(site: Site) -> Iterator[tuple[str, _Make, _Describe]]:
    dataset = site.portal.dataset
    for item in dataset.reports:
        name = addresses.report(item.agency, item.year)
        yield name, partial(report.page, site, item), partial(heads.of_report, site, item)
    for slug, body in dataset.agencies.items():
        describe = partial(heads.of_agency, site, body)
        yield addresses.agency(slug), partial(agency.page, site, body), describe
    for area in dataset.regions.values():
        if site.portal.atlas.has(area):
            yield from _of_region(site, area)
    for number in dataset.years:
        describe = partial(heads.of_year, site, number)
        yield addresses.year(number), partial(year.page, site, number), describe


def _of_region(site: Site, area: Region) -> Iterator[tuple[str, _Make, _Describe]]:
    name = addresses.region(area.code)
    yield name, partial(region.page, site, area), partial(heads.of_region, site, area)
    for number in site.portal.atlas.report_years.get(area.code, ()):
        name = addresses.region_year(area.code, number)
        describe = partial(heads.of_region_year, site, area, number)
        yield name, partial(region.year_page, site, area, number), describe


def _days(dataset: Dataset) -> dict[str, str]:
    """The newest day of the reports that a page shows, by the page's name."""
    days: dict[str, str] = {}
    for item in dataset.reports:
        day = last_change((item,))
        names = [addresses.report(item.agency, item.year), addresses.agency(item.agency)]
        for area in lineage(dataset.regions, dataset.agencies[item.agency].region):
            names += addresses.region(area.code), addresses.region_year(area.code, item.year)
        for name in (*names, addresses.year(item.year)):
            days[name] = max(day, days.get(name, ""))
    return days
