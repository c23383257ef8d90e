"""A checked dataset → the plan of every bulk page: its name, its date, and how to make it."""

from collections.abc import Callable, Iterator, Sequence
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
from .reports import Report
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
    dataset = site.dataset
    for item in dataset.reports:
        name = addresses.report(item.agency, item.year)
        yield Planned(name, _changed((item,)), partial(report.page, site, item))
    for slug, body in dataset.agencies.items():
        changed = _changed(dataset.by_agency[slug])
        yield Planned(addresses.agency(slug), changed, partial(agency.page, site, body))
    yield from _regions(site)
    for number in dataset.years:
        reports = [item for item in dataset.reports if item.year == number]
        yield Planned(addresses.year(number), _changed(reports), partial(year.page, site, number))


def _regions(site: Site) -> Iterator[Planned]:
    for code, area in site.dataset.regions.items():
        if not site.atlas.has(area):
            continue
        bodies = site.atlas.agencies.get(code, ())
        reports = [item for body in bodies for item in site.dataset.by_agency[body.slug]]
        yield Planned(addresses.region(code), _changed(reports), partial(region.page, site, area))
        for number in site.atlas.report_years.get(code, ()):
            of_year = [item for item in reports if item.year == number]
            make = partial(region.year_page, site, area, number)
            yield Planned(addresses.region_year(code, number), _changed(of_year), make)


def _changed(reports: Sequence[Report]) -> str:
    """The newest date of publication or correction among reports."""
    dates = [date[:10] for item in reports for date in (item.published, *_corrected(item))]
    return max(dates, default="")


def _corrected(item: Report) -> tuple[str, ...]:
    return tuple(correction.date for correction in item.corrections)
