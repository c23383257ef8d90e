"""What a report's page must print, read from the YAML files without any code of the package."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

NO_ROW = "原件无此行"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Tree = dict[str, Any]


class Leaf(NamedTuple):
    """A row or column: its path, the headings printed over it, the keys that lead to it."""

    path: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]


class Figure(NamedTuple):
    """A figure: its address, the headings it is read under, and what stands in its cell."""

    address: str
    labels: tuple[str, ...]
    text: str


class Line(NamedTuple):
    """The figures of a statutory row; none where the original does not have the row."""

    figures: tuple[Figure, ...]
    labels: tuple[str, ...]
    """The headings that all figures of the row share: the band's and the row's."""
    is_missing: bool


class Part(NamedTuple):
    """A part of a report."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[tuple[Line, ...], ...]
    labels: frozenset[str]
    """Every text of the form that its tables print."""


class Report(NamedTuple):
    """A report as its file states it."""

    slug: str
    year: int
    stated: Tree
    parts: tuple[Part, ...]

    @property
    def page(self) -> str:
        return f"reports/{self.slug}/{self.year}/index.html"

    @property
    def lines(self) -> Iterator[Line]:
        return (line for part in self.parts for table in part.tables for line in table)


def load(path: Path) -> Tree:
    """Read a YAML file with every value as the text that it is."""
    tree: Tree = yaml.load(path.read_text("utf-8"), Loader=LOADER)  # noqa: S506 - it makes only texts
    return tree


@cache
def reports(data: Path) -> tuple[Report, ...]:
    """Every report of a data folder."""
    paths = sorted(data.glob("agencies/*/[12]*.yaml"))
    return tuple(report(data, path.parent.name, int(path.stem)) for path in paths)


def report(data: Path, slug: str, year: int) -> Report:
    """One report of a data folder."""
    stated = load(data / "agencies" / slug / f"{year}.yaml")
    parts = tuple(_part(section, stated) for section in _sections(data / "formats", stated, year))
    return Report(slug, year, stated, parts)


def of_year(formats: Path, year: int) -> str:
    """The format in force for a report year."""
    begun = {
        path.stem: int(years["first"])
        for path in formats.glob("*.yaml")
        if int((years := load(path)["years"])["first"]) <= year <= int(years.get("last", "9999"))
    }
    return max(begun, key=lambda name: begun[name])


def _sections(formats: Path, stated: Tree, year: int) -> Iterator[Tree]:
    own = stated.get("格式", {})
    edition = own if isinstance(own, str) else of_year(formats, year)
    for section in sections_of(formats, edition):
        other = own.get(section["key"], edition) if isinstance(own, dict) else edition
        yield next(item for item in sections_of(formats, other) if item["id"] == section["id"])


@cache
def sections_of(formats: Path, edition: str) -> tuple[Tree, ...]:
    """The sections of a format, those that are the same as another's written out."""
    return tuple(
        _written_out(formats, section) for section in load(formats / f"{edition}.yaml")["sections"]
    )


def _written_out(formats: Path, section: Tree) -> Tree:
    if "same_as" not in section:
        return section
    others = sections_of(formats, section["same_as"])
    full = deepcopy(next(other for other in others if other["id"] == section["id"]))
    for change in section.get("replace", ()):
        level = full["tables"][int(change["table"]) - 1]["rows"]
        *above, last = change["row"].split(".")
        for part in above:
            level = next(heading for heading in level if heading.get("id") == part)["children"]
        place = next(number for number, heading in enumerate(level) if heading.get("id") == last)
        level[place] = change["with"]
    return full


def _part(section: Tree, stated: Tree) -> Part:
    own = stated.get(section["key"], "")
    tables = tuple(tuple(_lines(section["id"], table, own)) for table in section.get("tables", ()))
    lines = own.splitlines() if isinstance(own, str) else ()
    paragraphs = tuple(line.strip() for line in lines if line.strip())
    labels = frozenset(
        label for table in section.get("tables", ()) for label in _labels(table) if label
    )
    return Part(section["id"], section["heading"], paragraphs, tables, labels)


def _labels(table: Tree) -> Iterator[str]:
    yield from (table.get("band", ""), table.get("corner", ""))
    for leaf in (*_leaves(table["rows"]), *_leaves(table["columns"])):
        yield from leaf.labels


def _lines(section: str, table: Tree, stated: Tree) -> Iterator[Line]:
    band = (table["band"],) if "band" in table else ()
    columns = tuple(_leaves(table["columns"]))
    for row in _leaves(table["rows"]):
        cells: Any = stated
        for key in row.keys:
            cells = cells[key]
        is_missing = cells == NO_ROW
        texts: Sequence[str] = [NO_ROW] * len(columns) if is_missing else cells
        figures = tuple(
            Figure(
                f"{section}.{row.path}.{column.path}", (*band, *row.labels, *column.labels), text
            )
            for column, text in zip(columns, texts, strict=True)
        )
        yield Line(figures, (*band, *row.labels), is_missing)


def _leaves(headings: Sequence[Tree], above: Leaf | None = None) -> Iterator[Leaf]:
    for heading in headings:
        over = above or Leaf("", (), ())
        own: str = heading.get("id", "")
        leaf = Leaf(
            ".".join(filter(None, (over.path, own))),
            (*over.labels, heading["label"]),
            (*over.keys, heading.get("key") or heading["label"]) if own else over.keys,
        )
        if "children" in heading:
            yield from _leaves(heading["children"], leaf)
        else:
            yield leaf
