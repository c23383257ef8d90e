"""What every section, row and column of the formats means: equal things once, differences named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .axes import Axis, Placed
from .formats import Format, Section, Table, glossary_anchor, newest_first
from .terms import Reference, Term, Use, term


class TermRelation(NamedTuple):
    """Figures that must agree: last year's and this year's additions, less removals, give others.

    Within one year `last` is empty.
    """

    last: tuple[Reference, ...]
    added: tuple[Reference, ...]
    removed: tuple[Reference, ...]
    equal: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms that stand together: the rows of a table, or the columns of a section's tables."""

    id: str
    head: Term | None
    """The line above the table; None where it has none, and for columns."""
    terms: tuple[Term, ...]
    relations: tuple[TermRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the report; one of prose has neither rows nor columns."""

    id: str
    head: Term
    rows: tuple[TermGroup, ...]
    columns: TermGroup | None


class _TableOfFormat(NamedTuple):
    """A table in one format."""

    edition: Format
    section: Section
    table: Table


def chapters(formats: Mapping[str, Format]) -> tuple[Chapter, ...]:
    """Explain all formats, section by section, in the order of the newest."""
    sections: dict[str, list[tuple[Format, Section]]] = {}
    for edition in newest_first(formats.values()):
        for section in edition.sections:
            sections.setdefault(section.id, []).append((edition, section))
    return tuple(_chapter(name, found) for name, found in sections.items())


def _chapter(name: str, found: Sequence[tuple[Format, Section]]) -> Chapter:
    heads = [
        Use(edition, "", section.heading, section.meaning, section.basis, section.unit)
        for edition, section in found
    ]
    by_band: dict[str, list[_TableOfFormat]] = {}
    for edition, section in found:
        for table in section.tables:
            by_band.setdefault(table.band, []).append(_TableOfFormat(edition, section, table))
    blocks = [block for alike in by_band.values() for block in alike]
    rows = tuple(_rows(f"{name}-{index}", alike) for index, alike in enumerate(by_band.values(), 1))
    taken = {item.anchor for group in rows for item in group.terms}
    columns = tuple(
        replace(item, anchor="") if item.anchor in taken else item
        for item in _terms(blocks, of_columns=True)
    )
    group = TermGroup(f"{name}-columns", None, columns) if blocks else None
    return Chapter(name, term(name, heads), rows, group)


def _rows(name: str, blocks: Sequence[_TableOfFormat]) -> TermGroup:
    heads = [
        Use(edition, table.band, table.band, table.meaning, table.basis)
        for edition, _, table in blocks
        if table.band
    ]
    terms = tuple(_terms(blocks, of_columns=False))
    relations = dict.fromkeys(relation for block in blocks for relation in _relations(block))
    return TermGroup(name, term(name, heads) if heads else None, terms, tuple(relations))


def _terms(blocks: Iterable[_TableOfFormat], *, of_columns: bool) -> Iterator[Term]:
    uses: dict[tuple[str, str], list[Use]] = {}
    for block in blocks:
        walked = tuple((block.table.columns if of_columns else block.table.rows).walk())
        for placed in walked:
            heading = placed.heading
            anchor = glossary_anchor(block.section.id, placed.path) if heading.id else ""
            uses.setdefault((anchor, "" if anchor else heading.label), []).append(
                _use(block, placed, walked)
            )
    for (anchor, _), found in uses.items():
        yield term(anchor, sorted(found, key=lambda use: -use.edition.first_year))


def _use(block: _TableOfFormat, placed: Placed, walked: Iterable[Placed]) -> Use:
    heading = placed.heading
    addends = (
        Reference(glossary_anchor(block.section.id, other.path), other.heading.key)
        for other in walked
        if heading.is_total and other.trail[:-1] == placed.trail[:-1] and not other.heading.is_total
    )
    return Use(
        block.edition,
        block.table.band,
        heading.label,
        heading.meaning,
        heading.basis,
        heading.unit or "或".join(heading.printed_units),
        heading.comparison.note if heading.comparison else "",
        tuple(addends),
        placed.level,
        not heading.children,
    )


def _relations(block: _TableOfFormat) -> Iterator[TermRelation]:
    _, section, table = block

    def named(axis: Axis, paths: Iterable[str]) -> tuple[Reference, ...]:
        leaves = (axis.leaves[axis.index[path]] for path in paths)
        return tuple(
            Reference(glossary_anchor(section.id, leaf.path), "·".join(leaf.keys))
            for leaf in leaves
        )

    for item in table.reconciliations:
        yield TermRelation((), named(table.rows, item.left), (), named(table.rows, item.right))
    for bond in table.roll_forwards:
        axis = table.columns if bond.by_columns else table.rows
        steps = (bond.last, bond.added, bond.removed, (bond.now,))
        yield TermRelation(*(named(axis, paths) for paths in steps))
