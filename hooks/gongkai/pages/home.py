"""What the portal adds to hand-written pages: lists of regions, of years, and the home page's."""

from collections import Counter
from collections.abc import Callable

from markupsafe import Markup

from gongkai import addresses
from gongkai.formats import of_year
from gongkai.templating import render

from .page import Site
from .report import title_of
from .rules import rules

LATEST = 8


def home(site: Site) -> Markup:
    """The home page's part: counts, regions, years, latest reports."""
    dated = [report for report in site.dataset.reports if report.published]
    latest = sorted(dated, key=lambda report: report.published, reverse=True)[:LATEST]
    return render(
        "home.html.j2",
        link=site.addresses.linker(addresses.HOME),
        to=addresses,
        atlas=site.atlas,
        years=_years(site),
        agencies=len(site.dataset.agencies),
        reports=len(site.dataset.reports),
        latest=[
            (report, title_of(report, site.dataset.agencies[report.agency])) for report in latest
        ],
    )


def regions(site: Site) -> Markup:
    """The tree of all regions that have agencies."""
    return render(
        "regions.html.j2",
        link=site.addresses.linker(addresses.REGIONS),
        to=addresses,
        atlas=site.atlas,
    )


def years(site: Site) -> Markup:
    """The list of all report years."""
    return render(
        "years.html.j2",
        link=site.addresses.linker(addresses.YEARS),
        to=addresses,
        years=_years(site),
        editions={year: of_year(site.dataset.formats, year) for year in site.dataset.years},
    )


def _years(site: Site) -> dict[int, int]:
    """How many reports each year has, newest year first."""
    counts = Counter(report.year for report in site.dataset.reports)
    return {year: counts[year] for year in site.dataset.years}


PARTS: dict[str, Callable[[Site], Markup]] = {
    "home": home,
    "regions": regions,
    "rules": rules,
    "years": years,
}
"""What a hand-written page may ask for by `portal:` in its front matter."""
