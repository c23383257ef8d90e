"""The glossary: every section, row and column of the form, what it means, and a real figure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from gongkai.analysis.examples import Example
from gongkai.forms.formats import Format, last_year_of, newest_first
from gongkai.forms.glossary import Chapter, chapters
from gongkai.forms.terms import Sense, Term
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render

from .page import Link


class SenseView(NamedTuple):
    """What a heading means, and in which years and tables, where it means more than one thing."""

    sense: Sense
    years: str
    """Empty where it holds for every format."""
    bands: tuple[str, ...]
    """Empty where the years alone tell it from the others."""


class TermView(NamedTuple):
    """A heading: what it means now, what it meant otherwise, and a figure."""

    term: Term
    lead: SenseView
    others: tuple[SenseView, ...]
    is_gone: bool
    """Whether the newest format has it no more."""
    example: Link | None


def glossary(site: Site) -> Markup:
    """The glossary page's part: all terms, section by section."""
    formats = newest_first(site.portal.dataset.formats.values())
    return render(
        "glossary.html.j2",
        chapters=chapters(site.portal.dataset.formats),
        view=_viewer(site, formats, site.portal.examples),
        editions=[(edition, _span(edition, formats)) for edition in formats],
        titles=_titles,
    )


def _titles(chapter: Chapter) -> Iterator[Link]:
    """The links of the list of contents to the parts of a section."""
    for group in chapter.rows:
        if group.head:
            yield Link(group.head.senses[0].label, f"#{group.id}")
    if chapter.columns:
        yield Link("各列", f"#{chapter.columns.id}")


def _viewer(
    site: Site, formats: Sequence[Format], found: Mapping[str, Example]
) -> Callable[[Term], TermView]:
    link = site.addresses.linker(addresses.GLOSSARY)

    def example(anchor: str) -> Link | None:
        if anchor not in found:
            return None
        report, text, address = found[anchor]
        name = site.portal.dataset.agencies[report.agency].name_in(report.year)
        target = link(addresses.report(report.agency, report.year), address)
        return Link(f"{name} {report.year} 年：{text}", target)

    def view(term: Term) -> TermView:
        lead, *others = (_sense(sense, term.senses, formats) for sense in term.senses)
        is_gone = all(formats[0] not in sense.editions for sense in term.senses)
        return TermView(term, lead, tuple(others), is_gone, example(term.anchor))

    return view


def _sense(sense: Sense, senses: Sequence[Sense], formats: Sequence[Format]) -> SenseView:
    years = ""
    if set(sense.editions) != set(formats):
        years = "、".join(_span(edition, formats) for edition in sense.editions)
    beside = (other for other in senses if other is not sense)
    is_shared = any(set(other.editions) & set(sense.editions) for other in beside)
    return SenseView(sense, years, sense.bands if is_shared else ())


def _span(edition: Format, formats: Sequence[Format]) -> str:
    """The report years that a format is for."""
    last = last_year_of(edition, formats)
    if last is None:
        return f"{edition.first_year} 年起"
    return f"{edition.first_year}—{last} 年" if last > edition.first_year else f"{last} 年"
