"""A roll-up as its page prints it: the statutory tables of sums, and the proof of each row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongkai.analysis.flows import flow
from gongkai.analysis.rollups import RollUp, SectionSum, Sum
from gongkai.data.figures import Cell, CellState, Row
from gongkai.data.reports import Report
from gongkai.forms.axes import FigureKind, Leaf
from gongkai.forms.formats import Section, figure_address
from gongkai.html import addresses
from gongkai.html.charts.outcomes import outcomes
from gongkai.html.site import Site
from gongkai.html.statutory_table import Mark, render

from .overview import KeyCell

_NONE = Cell(CellState.UNRECORDED, "—")


class ProofLine(NamedTuple):
    """A report with what it adds to the sums of one row."""

    agency: str
    cells: tuple[KeyCell, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The contributions to the sums of one row."""

    id: str
    label: str
    columns: tuple[str, ...]
    sums: tuple[str, ...]
    lines: tuple[ProofLine, ...]
    own: tuple[ProofLine, ...]
    """The row in the reports of the region's own government, for comparison."""
    differences: tuple[str, ...]
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
    proofs = tuple(_proofs(site, place.page, total, prefix))
    proven = {proof.id for proof in proofs}
    rows = {path: _row(sums) for path, sums in total.sums.items()}
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


def _proofs(site: Site, name: str, total: SectionSum, prefix: str) -> Iterator[Proof]:
    """The proof of every row that is not 0 in all reports."""
    for path, (table, leaf) in total.section.rows.items():
        columns = table.columns.leaves
        lines = tuple(_lines(site, name, total, leaf, total.reports))
        own = tuple(_lines(site, name, total, leaf, total.own_government))
        remarks = tuple(_remarks(site, total, path))
        if lines or own or remarks:
            sums = total.sums[path]
            yield Proof(
                id=f"{prefix}.{path}",
                label="·".join(leaf.keys),
                columns=tuple(column.heading.key for column in columns),
                sums=tuple(_cell(found).text for found in sums),
                lines=lines,
                own=own,
                differences=tuple(_differences(total, path)) if own else (),
                remarks=remarks,
            )


def _lines(
    site: Site, name: str, total: SectionSum, leaf: Leaf, reports: tuple[Report, ...]
) -> Iterator[ProofLine]:
    link = site.addresses.linker(name)
    for report in reports:
        stated = report.figures.get(total.section.id, {}).get(leaf.path)
        is_alike = total.section in report.sections
        if not is_alike or stated is None or not any(cell.value for cell in stated.cells):
            continue
        paths = total.section.rows[leaf.path][0].columns.paths
        page = link(addresses.report(report.agency, report.year))
        cells = (
            KeyCell(cell.text, f"{page}#{figure_address(total.section.id, leaf.path, column)}")
            for cell, column in zip(stated.cells, paths, strict=True)
        )
        yield ProofLine(site.portal.dataset.agencies[report.agency].name, tuple(cells))


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
