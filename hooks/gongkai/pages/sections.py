"""One part of a report as its page prints it: text or a table, and the notes that answer it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongkai.analysis.series import Change, changes
from gongkai.data.figures import MEANINGS, NO_ROW_CELL, WORDS, Row
from gongkai.data.passages import Paragraph, paragraphs_of
from gongkai.data.reports import Channels, Report
from gongkai.forms.formats import Format, Section, figure_address
from gongkai.html import addresses
from gongkai.html.charts.channels import channels as draw_channels
from gongkai.html.site import Site
from gongkai.html.statutory_table import Mark, Placement
from gongkai.html.statutory_table import render as render_table
from gongkai.source.problems import Problem, Rule

from .page import Link


class Note(NamedTuple):
    """A published explanation beside the part of the report that it answers."""

    id: str
    rule: Link
    text: str
    cells: tuple[Link, ...]
    """The figures that it is about."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """One part of the report, ready to print."""

    section: Section
    paragraphs: tuple[Paragraph, ...]
    table: Markup
    has_last_year: bool
    """Whether the table has figures of the year before."""
    notes: tuple[Note, ...]
    legend: tuple[str, ...]
    """What the cells without a number mean, where there are any."""
    other_edition: Format | None
    channels: Channels | None
    chart: Markup
    """The channels as a picture."""


def sections_of(site: Site, report: Report) -> tuple[SectionView, ...]:
    """The parts of a report, in order."""
    history = site.portal.dataset.by_agency[report.agency]
    past = changes(report, history)
    return tuple(
        _section(site, report, section, index, past.get(section.id, {}))
        for index, section in enumerate(report.sections, 1)
    )


def _section(
    site: Site,
    report: Report,
    section: Section,
    index: int,
    past: Mapping[str, tuple[Change, ...]],
) -> SectionView:
    problems = answered(site, report, section)
    name = addresses.report(report.agency, report.year)
    notes = notes_of(site, name, section.id, problems)
    prose = report.prose.get(section.id)
    told = report.channels if index == 1 else None
    subject = f"{site.portal.dataset.agencies[report.agency].name}　{report.year}年"
    marks = _marks(section, past, _noted(problems, notes)) if section.tables else {}
    table = Markup()
    if section.tables:
        placement = Placement(index, site.addresses.linker(name)(addresses.GLOSSARY))
        table = render_table(section, placement, subject, report.figures[section.id], marks)
    return SectionView(
        section=section,
        paragraphs=tuple(paragraphs_of(section, prose.paragraphs)) if prose else (),
        table=table,
        has_last_year=any(mark.last for mark in marks.values()),
        notes=notes,
        legend=_legend(report.figures.get(section.id, {}).values()),
        other_edition=report.section_editions.get(section.id),
        channels=told,
        chart=draw_channels(told, "channels", subject) if told else Markup(),
    )


def answered(site: Site, report: Report, section: Section) -> list[Problem]:
    """The findings in a section that its page tells of: those explained; in a preview, all."""
    return [
        problem
        for problem in site.portal.findings.of(report.key)
        if _is_shown(site, problem) and problem.cell[:1] == (section.key,)
    ]


def of_whole(site: Site, report: Report) -> list[Problem]:
    """The findings that the page tells of and that belong to no section."""
    keys = {section.key for section in report.sections}
    return [
        problem
        for problem in site.portal.findings.of(report.key)
        if _is_shown(site, problem) and not keys.intersection(problem.cell[:1])
    ]


def _is_shown(site: Site, problem: Problem) -> bool:
    """Readers see what is answered; the clerk at work sees everything."""
    return bool(problem.answer) or site.is_preview


def notes_of(site: Site, origin: str, prefix: str, problems: Iterable[Problem]) -> tuple[Note, ...]:
    """One note for each explanation, however many findings it answers.

    Args:
        site: the site.
        origin: the name of the page that shows the notes.
        prefix: what the ids of the notes begin with.
        problems: the findings of one report.
    """
    link = site.addresses.linker(origin)
    cells: dict[tuple[Rule, str], list[Link]] = {}
    for problem in problems:
        found = cells.setdefault((problem.rule, _words(problem)), [])
        if problem.address and problem.cell[1:]:
            found.append(Link("·".join(problem.cell[1:]), f"#{problem.address}"))
    return tuple(
        Note(
            f"{prefix}-note-{index}",
            Link(rule.name, link(addresses.RULES, rule.id)),
            text,
            tuple(links),
        )
        for index, ((rule, text), links) in enumerate(cells.items(), 1)
    )


def _words(problem: Problem) -> str:
    """The published explanation; in a preview, what is still wrong."""
    return problem.answer or f"{problem.message}{problem.hint}"


def _noted(problems: Iterable[Problem], notes: Iterable[Note]) -> dict[str, str]:
    """The ids of the notes that explain a figure, by its address."""
    ids = {(note.rule.text, note.text): note.id for note in notes}
    found: dict[str, str] = {}
    for problem in problems:
        note = ids[problem.rule.name, _words(problem)]
        found[problem.address] = f"{found.get(problem.address, '')} {note}".strip()
    return found


def _marks(
    section: Section, past: Mapping[str, tuple[Change, ...]], noted: Mapping[str, str]
) -> dict[str, Mark]:
    """What stands with each figure: the notes on it, and last year's number where it differs."""
    found = {address: Mark(notes=ids) for address, ids in noted.items()}
    for row, made in past.items():
        columns = section.rows[row][0].columns.paths
        for column, change in zip(columns, made, strict=False):
            if change.difference:
                address = figure_address(section.id, row, column)
                last = change.before.text if change.before else ""
                words = f"上年 {last}，{change.difference:+}".replace("-", "\u2212")
                found[address] = Mark(noted.get(address, ""), words)
    return found


def _legend(rows: Iterable[Row]) -> tuple[str, ...]:
    found = {cell.state for row in rows for cell in row.cells or (NO_ROW_CELL,)}
    return tuple(f"{WORDS[state]}：{MEANINGS[state]}" for state in MEANINGS if state in found)
