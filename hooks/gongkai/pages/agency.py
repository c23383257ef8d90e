"""The page of one agency: who it is, and all its reports at a glance."""

from gongkai import addresses
from gongkai.agencies import Agency
from gongkai.regions import lineage
from gongkai.templating import render

from .crumbs import trail
from .overview import columns, line
from .page import Entry, Page, Site


def page(site: Site, agency: Agency) -> Page:
    """Make the page of an agency."""
    name = addresses.agency(agency.slug)
    reports = tuple(reversed(site.dataset.by_agency[agency.slug]))
    shown = columns(reports)
    body = render(
        "agency.html.j2",
        link=site.addresses.linker(name),
        to=addresses,
        crumbs=trail(site, name, lineage(site.dataset.regions, agency.region)),
        agency=agency,
        region=site.dataset.regions[agency.region],
        shown=shown,
        lines=tuple(line(site, name, agency, report, shown) for report in reports),
    )
    description = f"{agency.name}历年政务公开年度报告和主要数据。"
    contents = (Entry("reports", "历年报告"), Entry("about", "机关信息"))
    return Page(name, f"{agency.name}历年报告", description, body, contents)
