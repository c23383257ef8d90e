"""A roll-up as its page prints it: the statutory tables of sums, and the proof of each row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from gongkai.analysis.flows import flow
from gongkai.analysis.rollups import RollUp, SectionSum, Sum
from gongkai.data.figures import Cell, CellState, Row
from gongkai.data.reports import Report
from gongkai.forms.axes import FigureKind
from gongkai.forms.formats import Section, figure_address
from gongkai.html import addresses
from gongkai.html.charts.outcomes import outcomes
from gongkai.html.site import Site
from gongkai.html.statutory_table import Mark, render

_NONE = Cell(CellState.UNRECORDED, "—")


class ProofLine(NamedTuple):
    """A report with what it adds to the sums of one row."""

    agency: str
    cells: Markup
    """Each is linked to its place in the report."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The contributions to the sums of one row, with finished cells: a portal has many."""

    id: str
    label: str
    columns: Markup
    sums: Markup
    lines: tuple[ProofLine, ...]
    own: tuple[ProofLine, ...]
    """The row in the reports of the region's own government, for comparison."""
    differences: Markup
    """What the own government's figures have more than the sums; empty where there is none."""
    remarks: tuple[str, ...]
    """Why there is no sum, and who has no number."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a roll-up, ready to print."""

    id: str
    section: Section
    edition: str
    form: str
    """The form in words, where the page has the section in another form already."""
    table: Markup
    chart: Markup
    count: int
    """How many reports are added."""
    lacks: tuple[str, ...]
    """What the sums lack; nothing where they are complete."""
    proofs: tuple[Proof, ...]


def views(site: Site, name: str, roll_up: RollUp, subject: str) -> tuple[SectionView, ...]:
    """The sections of a roll-up that any report is added to; `name` is the page that shows them."""
    found: list[SectionView] = []
    for number, total in enumerate(roll_up.sections, 1):
        if total.reports:
            is_first = all(view.section.id != total.section.id for view in found)
            view = _view(site, total, _Place(name, number, subject), is_first=is_first)
            found.append(view)
    return tuple(found)


class _Place(NamedTuple):
    """Where a sum is printed."""

    page: str
    number: int
    """Its place among the page's sums."""
    subject: str

    @property
    def id(self) -> str:
        return f"sum{self.number}"


def _view(site: Site, total: SectionSum, place: _Place, *, is_first: bool) -> SectionView:
    prefix = place.id
    rows = {path: _row(sums) for path, sums in total.sums.items()}
    proofs = tuple(_proofs(site, place, total, rows))
    proven = {proof.id for proof in proofs}
    marks = {
        figure_address(total.section.id, path, column): Mark(href=f"#{prefix}.{path}")
        for path, (table, _) in total.section.rows.items()
        if f"{prefix}.{path}" in proven
        for column in table.columns.paths
    }
    stream = flow(total.section, total.value)
    return SectionView(
        id=prefix,
        section=total.section,
        edition=total.edition.id,
        form="" if is_first else f"（{total.edition.id} 年表样）",
        table=render(
            total.section,
            place.number,
            rows,
            place.subject,
            marks,
            glossary=site.addresses.linker(place.page)(addresses.GLOSSARY),
            has_ids=is_first,
        ),
        chart=outcomes(stream, f"{prefix}-chart", place.subject) if stream else Markup(),
        count=len(total.reports),
        lacks=tuple(_lacks(total)),
        proofs=proofs,
    )


def _lacks(total: SectionSum) -> Iterator[str]:
    silent = {slug for path in total.sums for slug in _silent(total, path)}
    if total.missing:
        yield f"缺 {total.missing} 份"
    if total.others:
        yield f"另有 {len(total.others)} 份用的是别的表样，不能相加"
    if silent:
        yield f"{len(silent)} 份有的格没有数字"


def _row(sums: tuple[Sum, ...]) -> Row:
    return Row(0, tuple(_cell(found) for found in sums), (0,) * len(sums))


def _cell(found: Sum) -> Cell:
    if found.value is None:
        return _NONE
    return Cell(CellState.STATED, f"{found.value}{found.unit}", found.value)


def _proofs(
    site: Site, place: _Place, total: SectionSum, rows: Mapping[str, Row]
) -> Iterator[Proof]:
    """The proof of every row that is not 0 in all reports."""
    link = site.addresses.linker(place.page)
    for path, (table, leaf) in total.section.rows.items():
        columns = table.columns.leaves
        lines = tuple(_lines(site, link, total.section, path, total.reports))
        own = tuple(_lines(site, link, total.section, path, total.own_government))
        remarks = tuple(_remarks(site, total, path))
        if lines or own or remarks:
            yield Proof(
                id=f"{place.id}.{path}",
                label="·".join(leaf.keys),
                columns=_heads(tuple(column.heading.key for column in columns)),
                sums=_cells(cell.text for cell in rows[path].cells),
                lines=lines,
                own=own,
                differences=_cells(_differences(total, path)) if own else Markup(),
                remarks=remarks,
            )


@lru_cache(maxsize=256)
def _heads(columns: tuple[str, ...]) -> Markup:
    heads = (f'<th scope="col" class="figure">{escape(column)}</th>' for column in columns)
    return Markup("".join(heads))  # noqa: S704 - escaped one by one


def _cells(texts: Iterable[str]) -> Markup:
    cells = (f'<td class="figure">{escape(text)}</td>' for text in texts)
    return Markup("".join(cells))  # noqa: S704 - escaped one by one


def _lines(
    site: Site, link: Callable[..., str], section: Section, path: str, reports: tuple[Report, ...]
) -> Iterator[ProofLine]:
    for report in reports:
        row = report.figures.get(section.id, {}).get(path)
        if row is None or not any(row.numbers) or section not in report.sections:
            continue
        page = escape(link(addresses.report(report.agency, report.year)))
        agency = site.portal.dataset.agencies[report.agency]
        yield ProofLine(agency.name, _linked(section, path, row, page))


def _linked(section: Section, path: str, row: Row, page: str) -> Markup:
    """The cells of a row, each linked to its place in the page of its report."""
    cells = (
        f'<td class="figure"><a href="{page}{fragment}">{_number(cell.text)}</a></td>'
        for fragment, cell in zip(_fragments(section, path), row.cells, strict=True)
    )
    return Markup("".join(cells))  # noqa: S704 - escaped one by one


@lru_cache(maxsize=1024)
def _fragments(section: Section, path: str) -> tuple[str, ...]:
    """Where the figures of a row stand in the page of a report."""
    columns = section.rows[path][0].columns.paths
    return tuple(f"#{figure_address(section.id, path, column)}" for column in columns)


@lru_cache(maxsize=4096)
def _number(text: str) -> str:
    return f'<span class="number{" zero" if text == "0" else ""}">{escape(text)}</span>'


def _differences(total: SectionSum, path: str) -> Iterator[str]:
    for column in total.section.rows[path][0].columns.paths:
        beside = next(total.reported_totals(path, column), None)
        difference = beside.difference if beside else None
        yield "—" if difference is None else f"{difference:+}" if difference else "0"


def _remarks(site: Site, total: SectionSum, path: str) -> Iterator[str]:
    yield from dict.fromkeys(found.reason for found in total.sums[path] if found.reason)
    silent = [
        f"{site.portal.dataset.agencies[slug].name}（{_told(cells)}）"
        for slug, cells in _silent(total, path).items()
    ]
    if silent:
        yield f"没有数字、不在合计里的：{'、'.join(silent)}。"


def _told(cells: Mapping[str, str]) -> str:
    """What stands in cells, named by their columns unless it is everywhere the same."""
    texts = set(cells.values())
    alike = "" if len(cells) == 1 or len(texts) > 1 else f"{len(cells)} 格都是{texts.pop()}"
    return alike or "，".join(f"{column}：{text}" for column, text in cells.items())


def _silent(total: SectionSum, path: str) -> dict[str, dict[str, str]]:
    """Per agency, the cells of a row that have no number; what is never summed is left out."""
    table, leaf = total.section.rows[path]
    found: dict[str, dict[str, str]] = {}
    for column, added in zip(table.columns.leaves, total.sums[path], strict=True):
        if added.lacking and table.kind(leaf, column) is not FigureKind.CHANGE:
            for item in total.without_number(path, column.path):
                found.setdefault(item.report.agency, {})["·".join(column.keys)] = item.cell.text
    return found
