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
from gongkai.pages import metadata
from gongkai.pages.agency import page as agency_page
from gongkai.pages.page import Page
from gongkai.pages.region import page as region_page
from gongkai.pages.region import year_page as region_year_page
from gongkai.pages.report import page as report_page
from gongkai.pages.year import page as year_page


class Planned(NamedTuple):
    """A page that will be made."""

    name: str
    make: Callable[[], Page]
    describe: Callable[[Page], Head]
    """What machines are told of it, once it is made."""


def plan(site: Site) -> Iterator[Planned]:
    """Yield every bulk page; each is made only when it is asked for."""
    dataset = site.portal.dataset
    for report in dataset.reports:
        yield of_report(site, report)
    for agency in dataset.agencies.values():
        yield of_agency(site, agency)
    for region in dataset.regions.values():
        if site.portal.territory.has(region):
            yield of_region(site, region)
            for year in site.portal.territory.report_years.get(region.code, ()):
                yield of_region_year(site, region, year)
    for year in dataset.years:
        yield of_year(site, year)


def of_report(site: Site, report: Report) -> Planned:
    """Plan the page of a report."""
    name = addresses.report(report.agency, report.year)
    make = partial(report_page, site, report)
    return Planned(name, make, partial(metadata.of_report, site, report))


def of_agency(site: Site, agency: Agency) -> Planned:
    """Plan the page of an agency."""
    make = partial(agency_page, site, agency)
    describe = partial(metadata.of_agency, site, agency)
    return Planned(addresses.agency(agency.slug), make, describe)


def of_region(site: Site, region: Region) -> Planned:
    """Plan the page of a region."""
    make = partial(region_page, site, region)
    describe = partial(metadata.of_region, site, region)
    return Planned(addresses.region(region.code), make, describe)


def of_region_year(site: Site, region: Region, year: int) -> Planned:
    """Plan the page of a region and a year."""
    name = addresses.region_year(region.code, year)
    make = partial(region_year_page, site, region, year)
    return Planned(name, make, partial(metadata.of_region_year, site, region, year))


def of_year(site: Site, year: int) -> Planned:
    """Plan the page of a year."""
    make = partial(year_page, site, year)
    return Planned(addresses.year(year), make, partial(metadata.of_year, site, year))


def days(dataset: Dataset) -> dict[str, str]:
    """Return the newest day of the reports that a page shows, by the page's name.

    A page that is not here has no day that is known.
    """
    found: dict[str, str] = {}
    for report in dataset.reports:
        day = last_change((report,))
        names = [addresses.report(report.agency, report.year), addresses.agency(report.agency)]
        for region in lineage(dataset.regions, dataset.agencies[report.agency].region):
            names += addresses.region(region.code), addresses.region_year(region.code, report.year)
        for name in (*names, addresses.year(report.year)):
            found[name] = max(day, found.get(name, ""))
    return found
