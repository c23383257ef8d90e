"""The page of one report year: every region with its coverage and its sums."""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.analysis.coverage import LedgerSummary
from gongkai.data.regions import Region
from gongkai.forms.formats import KeyFigure, of_year
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render

from .crumbs import trail
from .page import Link, Page


class RegionLine(NamedTuple):
    """A region in one year."""

    region: Region
    depth: int
    """How many regions lie above it."""
    summary: LedgerSummary
    sums: tuple[str, ...]
    is_complete: bool


def page(site: Site, year: int) -> Page:
    """Make the page of a year."""
    name = addresses.year(year)
    title = f"{year}年度"
    link = site.addresses.linker(name)
    edition = of_year(site.portal.dataset.formats, year)
    shown = edition.key_figures if edition else ()
    body = render(
        "year.html.j2",
        link=link,
        root=site.addresses.root(name),
        to=addresses,
        crumbs=(*trail(site, name, ()), Link("年度", link(addresses.YEARS))),
        title=title,
        year=year,
        years=site.portal.dataset.years,
        edition=edition,
        summary=site.portal.ledger.summary("", year),
        shown=shown,
        lines=tuple(_lines(site, year, shown, "", 0)),
    )
    return Page(name, f"{title}各地区报告", f"{title}各地区、各机关的政务公开年度报告。", body)


def _lines(
    site: Site, year: int, shown: tuple[KeyFigure, ...], parent: str, depth: int
) -> Iterator[RegionLine]:
    for region in site.portal.territory.children.get(parent, ()):
        sums = site.portal.tallies.of(region.code, year).sums
        values = [sums.get(item.label) for item in shown]
        yield RegionLine(
            region,
            depth,
            site.portal.ledger.summary(region.code, year),
            tuple(
                "—" if item is None or item.value is None else str(item.value) for item in values
            ),
            all(item is not None and item.is_complete for item in values),
        )
        yield from _lines(site, year, shown, region.code, depth + 1)
