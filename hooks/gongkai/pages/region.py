"""The pages of one region: its agencies with all their years, and with one year's figures."""

from collections.abc import Mapping

from gongkai import addresses
from gongkai.agencies import Agency
from gongkai.regions import Region, lineage
from gongkai.reports import Report
from gongkai.templating import render

from .crumbs import trail
from .overview import columns, line
from .page import Entry, Page, Site


def page(site: Site, region: Region) -> Page:
    """Make the page of a region: every agency, every year."""
    name = addresses.region(region.code)
    agencies = site.atlas.agencies.get(region.code, ())
    years = site.atlas.report_years.get(region.code, ())
    body = render(
        "region.html.j2",
        link=site.addresses.linker(name),
        to=addresses,
        crumbs=trail(site, name, lineage(site.dataset.regions, region.code)[:-1]),
        region=region,
        atlas=site.atlas,
        years=years,
        groups=_by_kind(agencies),
        reports={agency.slug: _by_year(site, agency) for agency in agencies},
    )
    description = f"{region.name}各机关历年政务公开年度报告。"
    return Page(name, f"{region.name}各机关报告", description, body, _contents(site, region))


def year_page(site: Site, region: Region, year: int) -> Page:
    """Make the page of a region and a year: every agency with its key figures."""
    name = addresses.region_year(region.code, year)
    agencies = site.atlas.agencies.get(region.code, ())
    reports = {agency.slug: _by_year(site, agency).get(year) for agency in agencies}
    shown = columns(report for report in reports.values() if report)
    title = f"{region.name}{year}年各机关报告"
    body = render(
        "region_year.html.j2",
        link=site.addresses.linker(name),
        to=addresses,
        crumbs=trail(site, name, lineage(site.dataset.regions, region.code)),
        region=region,
        atlas=site.atlas,
        year=year,
        years=site.atlas.report_years.get(region.code, ()),
        shown=shown,
        lines=tuple(line(site, name, agency, reports[agency.slug], shown) for agency in agencies),
    )
    return Page(name, title, f"{title}和主要数据。", body)


def _by_kind(agencies: tuple[Agency, ...]) -> Mapping[str, list[Agency]]:
    groups: dict[str, list[Agency]] = {}
    for agency in agencies:
        groups.setdefault(agency.kind, []).append(agency)
    return groups


def _by_year(site: Site, agency: Agency) -> dict[int, Report]:
    return {report.year: report for report in site.dataset.by_agency[agency.slug]}


def _contents(site: Site, region: Region) -> tuple[Entry, ...]:
    entries = []
    if site.atlas.children.get(region.code):
        entries.append(Entry("below", "下级地区"))
    if site.atlas.agencies.get(region.code):
        entries.append(Entry("agencies", "机关和年度"))
    return tuple(entries)
