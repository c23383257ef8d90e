"""A report → what of it is searched: entries by section, each with its place on the report's page.

Titles, names and regions are not here: they are few, and the catalogue has them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gongkai.data.figures import CellState, Row
from gongkai.data.passages import paragraphs_of
from gongkai.data.reports import Channels, Report
from gongkai.forms.axes import Leaf
from gongkai.forms.formats import Format, Section, Table, figure_address, newest_first
from gongkai.html.site import Site

EXPLANATIONS, CORRECTIONS, TRANSCRIPTION = "explanations", "corrections", "transcription"


class EntryKind(NamedTuple):
    """A sort of entries: those of a section, its sub-headings apart from the rest."""

    section: str
    is_heading: bool


class SearchEntry(NamedTuple):
    """A passage that is searched on its own; no match reaches from one to the next."""

    kind: EntryKind
    fragment: str
    """Where it stands on the report's page."""
    pieces: tuple[str, ...]
    """Those at even places are searched, each on its own; those between are only shown."""


def kinds(formats: Mapping[str, Format]) -> dict[EntryKind, str]:
    """Every kind with the heading of its section: the newest format's come first."""
    headings: dict[str, str] = {}
    for edition in newest_first(formats.values()):
        headings |= {
            section.id: section.heading
            for section in edition.sections
            if section.id not in headings
        }
    headings |= {EXPLANATIONS: "说明", CORRECTIONS: "更正记录", TRANSCRIPTION: "转录说明"}
    return {
        EntryKind(section, is_heading): heading
        for section, heading in headings.items()
        for is_heading in (True, False)
    }


def entries(site: Site, report: Report) -> Iterator[SearchEntry]:
    """Yield the entries of a report in the order of its page."""
    for section in report.sections:
        yield from _prose(report, section)
        if section == report.sections[0] and report.channels:
            yield from _channels(section.id, report.channels)
        yield from _rows(report, section)
    yield from _explanations(site, report)
    for section_id, texts in (
        (CORRECTIONS, (correction.text for correction in report.corrections)),
        (TRANSCRIPTION, report.transcription_notes),
    ):
        kind = EntryKind(section_id, is_heading=False)
        yield from (SearchEntry(kind, section_id, (text,)) for text in texts)


def _prose(report: Report, section: Section) -> Iterator[SearchEntry]:
    prose = report.prose.get(section.id)
    fragment = section.id
    for paragraph in paragraphs_of(section, prose.paragraphs) if prose else ():
        fragment = paragraph.id or fragment
        kind = EntryKind(section.id, bool(paragraph.id))
        yield SearchEntry(kind, fragment, (paragraph.text,))


def _channels(section_id: str, channels: Channels) -> Iterator[SearchEntry]:
    kind = EntryKind(section_id, is_heading=False)
    for item in channels.items:
        pieces = [item.content, "，", item.channel, "：", str(item.number)]
        for name, number in item.parts:
            pieces += ["；", name, " ", str(number)]
        yield SearchEntry(kind, section_id, tuple(pieces))


def _rows(report: Report, section: Section) -> Iterator[SearchEntry]:
    """The rows in which something happened: their labels, and their figures that are not 0."""
    kind = EntryKind(section.id, is_heading=False)
    stated = report.figures.get(section.id, {})
    for path, (table, leaf) in section.rows.items():
        row = stated.get(path)
        if row is not None and any(row.numbers):
            figures = tuple(_figures(table, row))
            fragment = figure_address(section.id, path, figures[0].column)
            yield SearchEntry(kind, fragment, (*_labels(leaf), *_shown(figures)))


def _explanations(site: Site, report: Report) -> Iterator[SearchEntry]:
    """What the agency says to findings: each text once, at the first figure that it is about."""
    sections = {section.key: section.id for section in report.sections}
    told: set[tuple[str, str]] = set()
    for problem in site.portal.findings.of(report.key):
        section = sections.get(problem.cell[0] if problem.cell else "", EXPLANATIONS)
        if problem.answer and (section, problem.answer) not in told:
            told.add((section, problem.answer))
            kind = EntryKind(section, is_heading=False)
            yield SearchEntry(kind, problem.address or section, (problem.answer,))


class _Told(NamedTuple):
    """A figure that is not 0."""

    column: str
    label: str
    text: str


def _figures(table: Table, row: Row) -> Iterator[_Told]:
    for column, cell in zip(table.columns.leaves, row.cells, strict=False):
        if cell.value and cell.state is CellState.STATED:
            yield _Told(column.path, column.heading.label, cell.text)


@lru_cache(maxsize=1024)
def _labels(leaf: Leaf) -> tuple[str, ...]:
    pieces: list[str] = []
    for heading in leaf.trail:
        pieces += [" › ", heading.label] if pieces else [heading.label]
    return tuple(pieces)


def _shown(figures: Iterable[_Told]) -> Iterator[str]:
    before = "："
    for figure in figures:
        yield from (f"{before}{figure.label} ", figure.text)
        before = "，"
