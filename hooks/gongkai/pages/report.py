"""The page of one annual report: its six parts as printed, and where it comes from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongkai import addresses
from gongkai.agencies import Agency
from gongkai.figures import MEANINGS, NO_ROW_CELL, WORDS, Row
from gongkai.formats import Format, Section
from gongkai.problems import Problem, Rule
from gongkai.regions import lineage
from gongkai.reports import Channels, Report, Source
from gongkai.tables import render as render_table
from gongkai.templating import render

from .crumbs import trail
from .page import Entry, Link, Page, Site

_LONGEST = 50
_SUBHEADING = re.compile(r"\([一二三四五六七八九十]+\)[^。；！？;!?]{1,40}")


class Paragraph(NamedTuple):
    """A line of staff text: a paragraph, or a sub-heading with its address."""

    text: str
    id: str = ""


class Note(NamedTuple):
    """A published explanation beside the table that it answers."""

    id: str
    rule: Link
    text: str
    cells: tuple[Link, ...]
    """The figures that it is about."""


class KeyFigureView(NamedTuple):
    """A number shown at the head of the page, linked to its cell."""

    label: str
    text: str
    fragment: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One part of the report, ready to print."""

    section: Section
    paragraphs: tuple[Paragraph, ...]
    table: Markup
    notes: tuple[Note, ...]
    legend: tuple[str, ...]
    """What the cells without a number mean, where there are any."""
    other_edition: Format | None
    channels: Channels | None


def page(site: Site, report: Report) -> Page:
    """Make the page of a report."""
    name = addresses.report(report.agency, report.year)
    agency = site.dataset.agencies[report.agency]
    title = title_of(report, agency)
    history = site.dataset.by_agency[report.agency]
    position = history.index(report)
    sections = tuple(
        _section(site, report, section, number) for number, section in enumerate(report.sections, 1)
    )
    body = render(
        "report.html.j2",
        link=site.addresses.linker(name),
        to=addresses,
        crumbs=trail(site, name, lineage(site.dataset.regions, agency.region), agency=agency),
        report=report,
        agency=agency,
        phrases=_phrases(title, agency.name_in(report.year)),
        key_figures=tuple(_key_figures(report)),
        sections=sections,
        history=history,
        before=history[position - 1] if position else None,
        after=history[position + 1] if position + 1 < len(history) else None,
        notes=_of_whole(site, report),
        edit=_edit(site, name, report),
        figures_only=report.source is Source.FIGURES_ONLY,
    )
    description = f"{title}：法定统计表{'' if report.source is Source.FIGURES_ONLY else '和全文'}。"
    return Page(name, title, description, body, tuple(_contents(sections)))


def title_of(report: Report, agency: Agency) -> str:
    """The title as printed, or else the statutory one."""
    return report.title or report.edition.title_of(agency.name_in(report.year), report.year)


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


def _section(site: Site, report: Report, section: Section, number: int) -> SectionView:
    problems = [
        problem
        for problem in site.examination.by_path.get(report.path, ())
        if _is_shown(site, problem) and problem.cell[:1] == (section.key,)
    ]
    notes = _notes(site, report, section.id, problems)
    prose = report.prose.get(section.id)
    is_first = number == 1
    return SectionView(
        section=section,
        paragraphs=tuple(_paragraphs(section, prose.paragraphs)) if prose else (),
        table=_table(site, report, section, number, (problems, notes))
        if section.tables
        else Markup(),
        notes=notes,
        legend=_legend(report.figures.get(section.id, {}).values()),
        other_edition=report.section_editions.get(section.id),
        channels=report.channels if is_first else None,
    )


def _is_shown(site: Site, problem: Problem) -> bool:
    """Readers see what is answered; the clerk at work sees everything."""
    return bool(problem.answer) or problem.blocks_publication or site.is_preview


def _of_whole(site: Site, report: Report) -> tuple[Note, ...]:
    """The notes on findings that belong to no section."""
    keys = {section.key for section in report.sections}
    problems = [
        problem
        for problem in site.examination.by_path.get(report.path, ())
        if _is_shown(site, problem) and not keys.intersection(problem.cell[:1])
    ]
    return _notes(site, report, "report", problems)


def _legend(rows: Iterable[Row]) -> tuple[str, ...]:
    found = {cell.state for row in rows for cell in row.cells or (NO_ROW_CELL,)}
    return tuple(f"{WORDS[state]}：{MEANINGS[state]}" for state in MEANINGS if state in found)


def _paragraphs(section: Section, lines: tuple[str, ...]) -> Iterator[Paragraph]:
    count = 0
    for line in lines:
        if len(line) < _LONGEST and _SUBHEADING.fullmatch(unicodedata.normalize("NFKC", line)):
            count += 1
            yield Paragraph(line, f"{section.id}-{count}")
        else:
            yield Paragraph(line)


def _notes(site: Site, report: Report, prefix: str, problems: list[Problem]) -> tuple[Note, ...]:
    """One note for each explanation, however many findings it answers."""
    link = site.addresses.linker(addresses.report(report.agency, report.year))
    cells: dict[tuple[Rule, str], list[Link]] = {}
    for problem in problems:
        found = cells.setdefault((problem.rule, _words(problem)), [])
        if problem.address and problem.cell[1:]:
            found.append(Link("·".join(problem.cell[1:]), f"#{problem.address}"))
    return tuple(
        Note(
            f"{prefix}-note-{number}",
            Link(rule.name, link(addresses.RULES, rule.id)),
            text,
            tuple(links),
        )
        for number, ((rule, text), links) in enumerate(cells.items(), 1)
    )


def _words(problem: Problem) -> str:
    """The published explanation; in a preview, what is still wrong."""
    return problem.answer or f"{problem.message}{problem.hint}"


def _table(
    site: Site,
    report: Report,
    section: Section,
    number: int,
    explained: tuple[list[Problem], tuple[Note, ...]],
) -> Markup:
    problems, notes = explained
    ids = {(note.rule.text, note.text): note.id for note in notes}
    marks: dict[str, str] = {}
    for problem in problems:
        note = ids[problem.rule.name, _words(problem)]
        marks[problem.address] = f"{marks.get(problem.address, '')} {note}".strip()
    subject = f"{site.dataset.agencies[report.agency].name}　{report.year}年"
    return render_table(section, number, report.figures[section.id], subject, marks)


def _contents(sections: tuple[SectionView, ...]) -> Iterator[Entry]:
    for view in sections:
        children = tuple(Entry(item.id, item.text) for item in view.paragraphs if item.id)
        yield Entry(view.section.id, view.section.heading, children)


def _edit(site: Site, name: str, report: Report) -> Link:
    """Where to mend the file: at the forge, or else in the guide that says how."""
    if site.edit_url:
        return Link(report.path, site.edit_url + report.path)
    return Link(report.path, site.addresses.linker(name)("staff/", "edit"))
