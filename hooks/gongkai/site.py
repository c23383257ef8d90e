"""A checked dataset → the plan of every bulk page: its name, its date, and how to make it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from . import addresses
from .addresses import Addresses
from .checks import Examination
from .coverage import ledger
from .dataset import Dataset
from .pages import agency, region, report, year
from .pages.atlas import survey
from .pages.page import Page, Site
from .regions import lineage
from .reports import last_change
from .rollups import roll_ups


class Planned(NamedTuple):
    """A page that will be made."""

    name: str
    changed: str
    """The day when what it shows last changed, by the data's own dates; empty if not known."""
    make: Callable[[], Page]


def prepare(
    dataset: Dataset,
    examination: Examination,
    places: Addresses,
    edit_url: str = "",
    *,
    is_preview: bool = False,
) -> Site:
    """Gather what pages are made from."""
    covered = ledger(dataset, examination.today)
    sums = roll_ups(dataset, covered)
    atlas = survey(dataset)
    return Site(dataset, examination, atlas, covered, sums, places, edit_url, is_preview)


def plan(site: Site) -> Iterator[Planned]:
    """Yield every bulk page; each is made only when it is asked for."""
    days = _days(site.dataset)
    for name, make in _pages(site):
        yield Planned(name, days.get(name, ""), make)


def _pages(site: Site) -> Iterator[tuple[str, Callable[[], Page]]]:
    dataset = site.dataset
    for item in dataset.reports:
        yield addresses.report(item.agency, item.year), partial(report.page, site, item)
    for slug, body in dataset.agencies.items():
        yield addresses.agency(slug), partial(agency.page, site, body)
    for code, area in dataset.regions.items():
        if site.atlas.has(area):
            yield addresses.region(code), partial(region.page, site, area)
            for number in site.atlas.report_years.get(code, ()):
                name = addresses.region_year(code, number)
                yield name, partial(region.year_page, site, area, number)
    for number in dataset.years:
        yield addresses.year(number), partial(year.page, site, number)


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
