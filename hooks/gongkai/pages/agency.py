"""The page of one agency: who it is, all its years at a glance, and what was found in them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from gongkai.analysis.series import series
from gongkai.data.agencies import Agency
from gongkai.data.regions import lineage
from gongkai.data.reports import Report
from gongkai.forms.formats import Format, KeyFigure
from gongkai.html import addresses
from gongkai.html.charts.years import years as draw
from gongkai.html.site import Site
from gongkai.html.templating import render

from .crumbs import trail
from .overview import line, newest_edition
from .page import ContentsEntry, Page
from .sections import Note, notes_of
from .sources import origin_of


class YearNotes(NamedTuple):
    """The published explanations of one year."""

    year: int
    notes: tuple[Note, ...]


def page(site: Site, agency: Agency) -> Page:
    """Make the page of an agency."""
    name = addresses.agency(agency.slug)
    reports = tuple(reversed(site.portal.dataset.by_agency[agency.slug]))
    edition = newest_edition(reports)
    shown = edition.key_figures if edition else ()
    entries = [site.portal.ledger.entry(agency.slug, year) for year in site.portal.ledger.years]
    notes = tuple(_notes(site, reports))
    body = render(
        "agency.html.j2",
        link=site.addresses.linker(name),
        root=site.addresses.root(name),
        to=addresses,
        crumbs=trail(site, name, lineage(site.portal.dataset.regions, agency.region)),
        agency=agency,
        agencies=site.portal.dataset.agencies,
        region=site.portal.dataset.region_of(agency),
        regions=site.portal.dataset.regions,
        shown=shown,
        lines=tuple(line(site, name, entry, shown) for entry in entries),
        charts=tuple(_charts(site, agency, edition)) if edition else (),
        notes=notes,
        origin=origin_of(reports),
    )
    description = f"{agency.name}历年政务公开年度报告和主要数据。"
    contents = [ContentsEntry("reports", "历年报告"), ContentsEntry("about", "机关信息")]
    if notes:
        contents.insert(1, ContentsEntry("notes", "说明"))
    if reports:
        contents.insert(-1, ContentsEntry("sources", "报告的来源"))
    return Page(name, f"{agency.name}历年报告", description, body, tuple(contents))


def _charts(site: Site, agency: Agency, edition: Format) -> Iterator[tuple[KeyFigure, Markup]]:
    """Each key figure over all years of the portal."""
    history = site.portal.dataset.by_agency[agency.slug]
    span = tuple(reversed(site.portal.ledger.years))
    for index, item in enumerate(edition.key_figures, 1):
        path = (item.section, item.row, item.column)
        subject = f"{agency.name}：{item.label}"
        yield (
            item,
            draw(series(history, span, edition, path), f"chart-{index}", subject, item.unit),
        )


def _notes(site: Site, reports: Sequence[Report]) -> Iterator[YearNotes]:
    """The explanations of each year, newest first; the report's page links their cells."""
    name = addresses.agency(reports[0].agency) if reports else ""
    for report in reports:
        found = site.portal.findings.of(report.key)
        explained = [problem for problem in found if problem.answer]
        if explained:
            notes = notes_of(site, name, f"year-{report.year}", explained)
            yield YearNotes(report.year, tuple(note._replace(cells=()) for note in notes))
