"""The page of one annual report: its six parts as printed, and where it comes from."""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.analysis.coverage import LedgerEntry
from gongkai.analysis.flows import flow_of
from gongkai.data.agencies import Agency
from gongkai.data.regions import lineage
from gongkai.data.reports import Report, Source, title_of
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render

from .crumbs import trail
from .page import ContentsEntry, Link, Page
from .sections import SectionView, notes_of, of_whole, sections_of
from .summary import Summary, summarize


class KeyFigureView(NamedTuple):
    """A number shown at the head of the page, linked to its cell."""

    label: str
    text: str
    fragment: str


def page(site: Site, report: Report) -> Page:
    """Make the page of a report."""
    name = addresses.report(report.agency, report.year)
    dataset = site.portal.dataset
    agency = dataset.agencies[report.agency]
    title = title_of(report, agency)
    history = dataset.by_agency[report.agency]
    index = history.index(report)
    sections = sections_of(site, report)
    body = render(
        "report.html.j2",
        link=site.addresses.linker(name),
        to=addresses,
        crumbs=trail(site, name, lineage(dataset.regions, agency.region), agency=agency),
        report=report,
        agency=agency,
        phrases=_phrases(title, agency.name_in(report.year)),
        key_figures=tuple(_key_figures(report)),
        sections=sections,
        history=history,
        before=history[index - 1] if index else None,
        after=history[index + 1] if index + 1 < len(history) else None,
        status=status_of(site, report),
        summary=_summary(report, agency),
        has_last_year=any(view.has_last_year for view in sections),
        notes=notes_of(site, name, "report", of_whole(site, report)),
        edit=_edit(site, name, report),
        figures_only=report.source is Source.FIGURES_ONLY,
    )
    description = f"{title}：法定统计表{'' if report.source is Source.FIGURES_ONLY else '和全文'}。"
    return Page(name, title, description, body, tuple(_contents(sections)))


def _phrases(title: str, name: str) -> tuple[str, ...]:
    """The parts of a title between which a line may break: the agency, and the rest."""
    rest = title.removeprefix(name)
    return (name, rest) if rest != title and rest else (title,)


def _key_figures(report: Report) -> Iterator[KeyFigureView]:
    for item in report.edition.key_figures:
        figure = report.figure(item.section, item.row, item.column)
        if figure is not None:
            fragment = report.address(item.section, item.row, item.column)
            yield KeyFigureView(item.label, figure.cell.text, fragment)


def status_of(site: Site, report: Report) -> LedgerEntry:
    """What the ledger says of a report."""
    return site.portal.ledger.entry(report.agency, report.year)


def _summary(report: Report, agency: Agency) -> Summary | None:
    """The report in a few seconds, where its form tells what came in and what became of it."""
    flow = flow_of(report)
    return summarize(flow, "summary", f"{agency.name} {report.year}年") if flow else None


def _contents(sections: tuple[SectionView, ...]) -> Iterator[ContentsEntry]:
    for view in sections:
        children = tuple(ContentsEntry(item.id, item.text) for item in view.paragraphs if item.id)
        yield ContentsEntry(view.section.id, view.section.heading, children)


def _edit(site: Site, name: str, report: Report) -> Link:
    """Where to mend the file: at the forge, or else in the guide that says how."""
    if site.edit_url:
        return Link(report.path, site.edit_url + report.path)
    return Link(report.path, site.addresses.linker(name)("staff/", "edit"))
