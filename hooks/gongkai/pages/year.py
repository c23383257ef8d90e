"""The page of one report year: every region that has reports of it."""

from gongkai import addresses
from gongkai.formats import of_year
from gongkai.templating import render

from .crumbs import trail
from .page import Link, Page, Site


def page(site: Site, year: int) -> Page:
    """Make the page of a year."""
    name = addresses.year(year)
    title = f"{year}年度"
    link = site.addresses.linker(name)
    body = render(
        "year.html.j2",
        link=link,
        to=addresses,
        crumbs=(*trail(site, name, ()), Link("年度", link(addresses.YEARS))),
        title=title,
        year=year,
        years=site.dataset.years,
        atlas=site.atlas,
        edition=of_year(site.dataset.formats, year),
        count=sum(report.year == year for report in site.dataset.reports),
    )
    return Page(name, f"{title}各地区报告", f"{title}各地区、各机关的政务公开年度报告。", body)
