"""What the portal adds to hand-written pages: lists of regions, of years, and the home page's."""

from collections.abc import Callable

from markupsafe import Markup

from gongkai.forms.formats import of_year
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render

from .disclosure import disclosure
from .glossary import glossary
from .rules import rules
from .sources import sources

LATEST = 8


def home(site: Site) -> Markup:
    """The home page's part: the newest year, regions, years, what is new."""
    year = _newest_year(site)
    return render(
        "home.html.j2",
        link=site.addresses.linker(addresses.HOME),
        to=addresses,
        territory=site.portal.territory,
        years=_years(site),
        agencies=len(site.portal.dataset.agencies),
        reports=len(site.portal.dataset.reports),
        newest=year,
        summary=site.portal.ledger.summary("", year) if year else None,
        flow=site.portal.tallies.of("", year).flow if year else None,
        events=site.portal.events[:LATEST],
    )


def _newest_year(site: Site) -> int | None:
    """The newest year of which there are reports."""
    return next(iter(site.portal.dataset.years), None)


def regions(site: Site) -> Markup:
    """The tree of all regions that have agencies."""
    return _directory(site, "regions.html.j2", addresses.REGIONS)


def years(site: Site) -> Markup:
    """The list of all report years."""
    return _directory(site, "years.html.j2", addresses.YEARS)


def annual(site: Site) -> Markup:
    """The ways to the reports: all regions, and all years."""
    return _directory(site, "annual.html.j2", addresses.ANNUAL)


def data(site: Site) -> Markup:
    """The downloads: a table of figures for each year."""
    return _directory(site, "data.html.j2", addresses.DATA)


def site_map(site: Site) -> Markup:
    """All regions with their years, and all years."""
    return _directory(site, "sitemap.html.j2", addresses.SITE_MAP)


def _directory(site: Site, template: str, origin: str) -> Markup:
    dataset = site.portal.dataset
    return render(
        template,
        link=site.addresses.linker(origin),
        root=site.addresses.root(origin),
        to=addresses,
        territory=site.portal.territory,
        years=_years(site),
        editions={year: of_year(dataset.formats, year) for year in dataset.years},
    )


def search(site: Site) -> Markup:
    """What the search page shows until its script has found something."""
    return render("search.html.j2", link=site.addresses.linker(addresses.SEARCH), to=addresses)


def _years(site: Site) -> dict[int, int]:
    """How many reports each year has, newest year first."""
    return {year: len(reports) for year, reports in site.portal.dataset.by_year.items()}


PARTS: dict[str, Callable[[Site], Markup]] = {
    "annual": annual,
    "data": data,
    "disclosure": disclosure,
    "glossary": glossary,
    "home": home,
    "regions": regions,
    "rules": rules,
    "search": search,
    "sitemap": site_map,
    "sources": sources,
    "years": years,
}
"""What a hand-written page may ask for by `portal:` in its front matter."""
