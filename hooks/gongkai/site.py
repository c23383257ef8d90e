"""A checked dataset → every bulk page of the portal, one after the other."""

from collections.abc import Iterator

from .addresses import Addresses
from .checks import Examination
from .dataset import Dataset
from .pages import agency, region, report, year
from .pages.atlas import survey
from .pages.page import Page, Site


def prepare(
    dataset: Dataset,
    examination: Examination,
    addresses: Addresses,
    edit_url: str = "",
    *,
    is_preview: bool = False,
) -> Site:
    """Gather what pages are made from."""
    return Site(dataset, examination, survey(dataset), addresses, edit_url, is_preview)


def pages(site: Site) -> Iterator[Page]:
    """Yield every bulk page; each is made only when it is asked for."""
    for item in site.dataset.reports:
        yield report.page(site, item)
    for body in site.dataset.agencies.values():
        yield agency.page(site, body)
    for area in site.dataset.regions.values():
        if site.atlas.has(area):
            yield region.page(site, area)
            for number in site.atlas.report_years.get(area.code, ()):
                yield region.year_page(site, area, number)
    for number in site.dataset.years:
        yield year.page(site, number)
