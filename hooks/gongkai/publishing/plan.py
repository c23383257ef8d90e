"""A site → the plan of every bulk page: its name, its date, and how to make it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.regions import Region, lineage
from gongkai.data.reports import Report, last_change
from gongkai.html import addresses
from gongkai.html.metadata import Head
from gongkai.html.site import Site
from gongkai.pages import agency, metadata, region, report, year
from gongkai.pages.page import Page


class Planned(NamedTuple):
    """A page that will be made."""

    name: str
    make: Callable[[], Page]
    describe: Callable[[Page], Head]
    """What machines are told of it, once it is made."""


def plan(site: Site) -> Iterator[Planned]:
    """Yield every bulk page; each is made only when it is asked for."""
    dataset = site.portal.dataset
    for item in dataset.reports:
        yield of_report(site, item)
    for body in dataset.agencies.values():
        yield of_agency(site, body)
    for area in dataset.regions.values():
        if site.portal.territory.has(area):
            yield of_region(site, area)
            for number in site.portal.territory.report_years.get(area.code, ()):
                yield of_region_year(site, area, number)
    for number in dataset.years:
        yield of_year(site, number)


def of_report(site: Site, item: Report) -> Planned:
    """Plan the page of a report."""
    name = addresses.report(item.agency, item.year)
    describe = partial(metadata.of_report, site, item)
    return Planned(name, partial(report.page, site, item), describe)


def of_agency(site: Site, body: Agency) -> Planned:
    """Plan the page of an agency."""
    make, describe = partial(agency.page, site, body), partial(metadata.of_agency, site, body)
    return Planned(addresses.agency(body.slug), make, describe)


def of_region(site: Site, area: Region) -> Planned:
    """Plan the page of a region."""
    make, describe = partial(region.page, site, area), partial(metadata.of_region, site, area)
    return Planned(addresses.region(area.code), make, describe)


def of_region_year(site: Site, area: Region, number: int) -> Planned:
    """Plan the page of a region and a year."""
    name = addresses.region_year(area.code, number)
    describe = partial(metadata.of_region_year, site, area, number)
    return Planned(name, partial(region.year_page, site, area, number), describe)


def of_year(site: Site, number: int) -> Planned:
    """Plan the page of a year."""
    describe = partial(metadata.of_year, site, number)
    return Planned(addresses.year(number), partial(year.page, site, number), describe)


def days(dataset: Dataset) -> dict[str, str]:
    """Return the newest day of the reports that a page shows, by the page's name.

    A page that is not here has no day that is known.
    """
    found: dict[str, str] = {}
    for item in dataset.reports:
        day = last_change((item,))
        names = [addresses.report(item.agency, item.year), addresses.agency(item.agency)]
        for area in lineage(dataset.regions, dataset.agencies[item.agency].region):
            names += addresses.region(area.code), addresses.region_year(area.code, item.year)
        for name in (*names, addresses.year(item.year)):
            found[name] = max(day, found.get(name, ""))
    return found
