"""Agencies and regions → their pages, tables and what is searched of them, in the store.

A page is kept as it is before it is put into its frame.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from gongkai.analysis.coverage import ledger
from gongkai.analysis.portal import Portal, portal_of
from gongkai.analysis.series import SectionForm
from gongkai.analysis.tallies import tally
from gongkai.checks.run import Judgement, gather
from gongkai.data.dataset import Dataset, join
from gongkai.data.findings import Findings
from gongkai.exports import csv_tables
from gongkai.html import metadata
from gongkai.html.addresses import Addresses
from gongkai.html.metadata import Identity
from gongkai.html.site import Site
from gongkai.pages.page import contents_of

from . import plan
from .checking import JUDGEMENT, Others
from .plan import Planned
from .reading import Desk, head_of, whole_of
from .search.files import text_of
from .shelf import Shelf

TABLE, TALLIES, SETTING = "table", "tallies", "setting"
EXAMPLES = "examples"


class Settings(NamedTuple):
    """How a portal is published."""

    addresses: Addresses
    edit_url: str
    is_preview: bool
    identity: Identity

    def site(self, portal: Portal) -> Site:
        """Return a portal, or a part of it, as it is published."""
        return Site(portal, self.addresses, self.edit_url, self.is_preview, self.identity)


class Finished(NamedTuple):
    """A page before it is put into its frame, as finished HTML."""

    name: str
    head: str
    contents: str
    body: str


@dataclass(frozen=True)
class Setting(Others):
    """What the pages of an agency or a region may know beyond it."""

    years: tuple[int, ...]
    """The years of the ledger."""
    forms: Mapping[int, tuple[SectionForm, ...]]
    """The forms that the table of each year has columns for."""
    is_dated: bool
    """Whether the day of any publication or correction is known."""
    settings: Settings

    def site(self, portal: Portal, dataset: Dataset) -> Site:
        """Return a part of the portal as it is published."""
        return self.settings.site(replace(portal, dataset=dataset, is_dated=self.is_dated))


class PageItem(NamedTuple):
    """An agency whose pages are to be made."""

    slug: str
    key: str
    reading: str
    judgement: str


class PageTask(NamedTuple):
    """The pages of some agencies."""

    desk: Desk
    setting: str
    """The key of what is known beyond them."""
    items: tuple[PageItem, ...]


def publish(task: PageTask) -> None:
    """Make the pages of agencies and of their reports, their figures and what is searched."""
    shelf = task.desk.shelf
    setting: Setting = shelf.part(task.setting, SETTING)
    folders = [whole_of(shelf, item.reading) for item in task.items]
    own = join(shelf.ground, folders)
    judgements: list[Judgement] = [shelf.part(item.judgement, JUDGEMENT) for item in task.items]
    findings = gather(own, setting.today, judgements)
    dataset = setting.among(shelf, folders)
    covered = ledger(own, setting.today, setting.years)
    portal = portal_of(own, findings, covered)
    site = setting.site(portal, dataset)
    for item in task.items:
        shelf.store.put(item.key, dict(_published(shelf, site, setting, item.slug)))


def _published(
    shelf: Shelf, site: Site, setting: Setting, slug: str
) -> Iterator[tuple[str, bytes]]:
    dataset = site.portal.dataset
    reports = dataset.by_agency[slug]
    yield from _pages(shelf, site, (plan.of_report(site, report) for report in reports))
    yield from _pages(shelf, site, [plan.of_agency(site, dataset.agencies[slug])])
    if reports:
        yield TABLE, csv_tables.written(csv_tables.by_year(dataset, slug)).encode("utf-8-sig")
    for report in reports:
        forms = setting.forms.get(report.year, ())
        yield f"{report.year}/table", csv_tables.line(dataset, report, forms).encode()
        yield f"{report.year}/search", shelf.plain(text_of(site, report))


def _pages(shelf: Shelf, site: Site, planned: Iterable[Planned]) -> Iterator[tuple[str, bytes]]:
    return ((page_part(item.name), shelf.plain(finished(site, item))) for item in planned)


def page_part(name: str) -> str:
    """Return the part in which a page is."""
    return f"page {name}"


def finished(site: Site, planned: Planned) -> Finished:
    """Make a page."""
    page = planned.make()
    head = metadata.render(site.identity, site.addresses, page, planned.describe(page))
    return Finished(page.name, head, contents_of(page.contents), str(page.body))


class YearItem(NamedTuple):
    """A region's page of one year."""

    year: int
    key: str


class RegionItem(NamedTuple):
    """Pages of a region to make."""

    code: str
    """Empty for all regions together, which have no page but a tally."""
    slugs: tuple[str, ...]
    """The agencies in it and below."""
    key: str
    """Of the region's own page; empty where it is kept already."""
    years: tuple[YearItem, ...]
    """Those whose page is to be made."""


class RegionTask(NamedTuple):
    """A region's pages."""

    desk: Desk
    setting: str
    """The key of what is known beyond them."""
    readings: str
    """The key of the keys of all folders, by agency."""
    item: RegionItem


READINGS = "readings"
NOTHING_FOUND = partial(Findings, (), {})


def publish_region(task: RegionTask) -> None:
    """Make the pages of a region; they know the agencies in it and below, and no findings."""
    shelf, item = task.desk.shelf, task.item
    setting: Setting = shelf.part(task.setting, SETTING)
    readings: Mapping[str, str] = shelf.part(task.readings, READINGS)
    own = join(shelf.ground, [head_of(shelf, readings[slug]).folder for slug in item.slugs])
    covered = ledger(own, setting.today, setting.years)
    portal = portal_of(own, NOTHING_FOUND(setting.today), covered)
    site = setting.site(portal, replace(own, agencies=setting.agencies))
    region = own.regions.get(item.code)
    if region and item.key:
        shelf.store.put(item.key, dict(_pages(shelf, site, [plan.of_region(site, region)])))
    for year, key in item.years:
        planned = [plan.of_region_year(site, region, year)] if region else []
        made = {TALLIES: shelf.dumps(tally(portal.roll_ups.of(item.code, year)))}
        shelf.store.put(key, {**made, **dict(_pages(shelf, site, planned))})
