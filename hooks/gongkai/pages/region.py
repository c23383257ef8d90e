"""The pages of one region: its ledger of all years, and one year's figures with their proof."""

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.analysis.coverage import LedgerEntry
from gongkai.data.agencies import Agency
from gongkai.data.regions import Region, lineage
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render

from .crumbs import trail
from .overview import columns, line
from .page import ContentsEntry, Page
from .sums import views


class LedgerLine(NamedTuple):
    """An agency with its entries, newest year first."""

    agency: Agency
    entries: tuple[LedgerEntry, ...]


def page(site: Site, region: Region) -> Page:
    """Make the page of a region: every agency, every year."""
    name = addresses.region(region.code)
    years = site.portal.ledger.years
    body = render(
        "region.html.j2",
        link=site.addresses.linker(name),
        to=addresses,
        crumbs=trail(site, name, lineage(site.portal.dataset.regions, region.code)[:-1]),
        region=region,
        territory=site.portal.territory,
        years=years,
        summaries=[site.portal.ledger.summary(region.code, year) for year in years],
        groups=_by_kind(site, region),
        agencies=site.portal.dataset.agencies,
    )
    description = f"{region.name}各机关历年政务公开年度报告。"
    return Page(name, f"{region.name}各机关报告", description, body, _contents(site, region))


def year_page(site: Site, region: Region, year: int) -> Page:
    """Make the page of a region and a year: every agency, and the sums of all with their proof."""
    name = addresses.region_year(region.code, year)
    agencies = site.portal.territory.by_kind(region.code)
    entries = [site.portal.ledger.entry(agency.slug, year) for agency in agencies]
    shown = columns(entry.report for entry in entries if entry.report)
    title = f"{region.name}{year}年各机关报告"
    roll_up = site.portal.roll_ups.of(region.code, year)
    sums = views(site, name, roll_up, f"{region.name}　{year}年　合计")
    body = render(
        "region_year.html.j2",
        link=site.addresses.linker(name),
        to=addresses,
        crumbs=trail(site, name, lineage(site.portal.dataset.regions, region.code)),
        region=region,
        territory=site.portal.territory,
        year=year,
        years=site.portal.ledger.years,
        summary=site.portal.ledger.summary(region.code, year),
        shown=shown,
        lines=tuple(line(site, name, entry, shown) for entry in entries),
        composition=roll_up.composition,
        sums=sums,
        agencies=site.portal.dataset.agencies,
    )
    contents = [ContentsEntry("agencies", "各机关")] if entries else []
    if sums:
        children = tuple(ContentsEntry(view.id, view.section.heading + view.form) for view in sums)
        contents.append(ContentsEntry("sums", "合计", children))
    return Page(name, title, f"{title}和主要数据。", body, tuple(contents))


def _by_kind(site: Site, region: Region) -> Mapping[str, list[LedgerLine]]:
    ledger = site.portal.ledger
    groups: dict[str, list[LedgerLine]] = {}
    for agency in site.portal.territory.by_kind(region.code):
        entries = tuple(ledger.entry(agency.slug, year) for year in ledger.years)
        groups.setdefault(agency.kind, []).append(LedgerLine(agency, entries))
    return groups


def _contents(site: Site, region: Region) -> tuple[ContentsEntry, ...]:
    entries = []
    if site.portal.territory.children.get(region.code):
        entries.append(ContentsEntry("below", "下级地区"))
    if site.portal.territory.own_agencies.get(region.code):
        entries.append(ContentsEntry("agencies", "报告台账"))
    return tuple(entries)
