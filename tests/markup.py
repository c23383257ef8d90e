"""What is wrong with the pages of a site, as lists of words that are empty when all is well."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from lxml.html import HtmlElement
from printed import NO_ROW, Report

Pages = Mapping[str, HtmlElement]

LOADED = ("script/@src", "link/@href", "img/@src", "img/@srcset", "source/@src", "iframe/@src",
          "object/@data", "embed/@src", "video/@src", "audio/@src", "form/@action")  # fmt: skip
CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


PARTS = "//article/section[@aria-labelledby=h2/@id and not(@class)]/h2"
"""The headings of a report's parts."""


def found(page: HtmlElement, xpath: str, **variables: str) -> list[HtmlElement]:
    """The elements at an XPath."""
    result = page.xpath(xpath, **variables)
    assert isinstance(result, list)
    return [item for item in result if isinstance(item, HtmlElement)]


def texts(page: HtmlElement, xpath: str, **variables: str) -> list[str]:
    """The texts of the elements at an XPath, without the blanks around them."""
    return [text(item).strip() for item in found(page, xpath, **variables)]


def values(page: HtmlElement, xpath: str) -> list[str]:
    """The attributes at an XPath."""
    result = page.xpath(xpath)
    assert isinstance(result, list)
    return [str(item) for item in result]


def only(page: HtmlElement, xpath: str, **variables: str) -> HtmlElement:
    """The one element at an XPath."""
    (element,) = found(page, xpath, **variables)
    return element


def text(element: HtmlElement) -> str:
    return str(element.text_content())


def ids_of(page: HtmlElement) -> dict[str, HtmlElement]:
    return {item.get("id", ""): item for item in found(page, "//*[@id]")}


def wrong_figures(page: HtmlElement, report: Report) -> Iterator[str]:
    """Figures that do not stand at their address, under their headings, as the file has them."""
    ids = ids_of(page)
    for line in report.lines:
        shown = (line.figures[0],) if line.is_missing else line.figures
        for figure in shown:
            cell = ids.get(figure.address)
            if cell is None or cell.tag != "td":
                yield f"{figure.address}: no cell"
                continue
            read = headings(cell, ids)
            if text(cell) != figure.text:
                yield f"{figure.address}: {text(cell)!r}, not {figure.text!r}"
            if line.is_missing:
                read = read[: len(line.labels)]
            if read != (line.labels if line.is_missing else figure.labels):
                yield f"{figure.address}: under {read}"


def headings(cell: HtmlElement, ids: Mapping[str, HtmlElement]) -> tuple[str, ...]:
    """The texts of the heading cells that a figure names, in the order in which it does."""
    named = cell.get("headers", "").split()
    return tuple(text(ids[name]) if ids[name].tag == "th" else "no heading" for name in named)


def wrong_missing_rows(page: HtmlElement, report: Report) -> Iterator[str]:
    """Rows that the original does not have and that are not one cell, read under all columns."""
    ids = ids_of(page)
    for line in report.lines:
        if not line.is_missing:
            continue
        first, *others = line.figures
        cell = ids[first.address]
        columns = {label for figure in line.figures for label in figure.labels[len(line.labels) :]}
        if text(cell) != NO_ROW or any(figure.address in ids for figure in others):
            yield f"{first.address}: not one cell {NO_ROW}"
        if set(headings(cell, ids)) not in (set(line.labels), set(line.labels) | columns):
            yield f"{first.address}: read under {headings(cell, ids)} only"


def wrong_grids(page: HtmlElement) -> Iterator[str]:
    """Tables whose merged cells overlap, leave gaps or stick out of their part of the table."""
    for number, table in enumerate(found(page, "//table")):
        widths = set()
        for group in found(table, "./thead | ./tbody | ./tfoot"):
            rows = found(group, "./tr")
            taken = Counter(_covered(rows))
            if any(count > 1 for count in taken.values()):
                yield f"table {number}: cells overlap"
            if any(row >= len(rows) for row, _ in taken):
                yield f"table {number}: a cell sticks out"
            widths |= {sum(place[0] == row for place in taken) for row in range(len(rows))}
            edge = max(column for _, column in taken) + 1
            widths.add(edge)
        if len(widths) != 1:
            yield f"table {number}: rows of {sorted(widths)} cells"


def _covered(rows: list[HtmlElement]) -> Iterator[tuple[int, int]]:
    """Every place of the grid that a cell covers, once for each cell that does."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(rows):
        column = 0
        for cell in found(line, "./th | ./td"):
            while (row, column) in taken:
                column += 1
            area = [
                (row + down, column + right)
                for down in range(int(cell.get("rowspan", "1")))
                for right in range(int(cell.get("colspan", "1")))
            ]
            taken |= set(area)
            yield from area


def wrong_references(page: HtmlElement) -> Iterator[str]:
    """Ids given twice, and attributes that name an id which is not there."""
    counts = Counter(values(page, "//@id"))
    yield from (f"{name}: {count} times" for name, count in counts.items() if count > 1)
    named = "//@headers | //@aria-describedby | //@aria-labelledby | //@aria-controls | //@for"
    for name in {part for value in values(page, named) for part in value.split()}:
        if name not in counts:
            yield f"{name}: nothing has this id"


class Link(NamedTuple):
    """A link to the site itself: from which page, as written, to which file and place."""

    origin: str
    href: str
    target: str
    fragment: str


def links(pages: Pages, base: str) -> Iterator[Link]:
    """Every link and loaded file of a site that is published at a base address."""
    for origin, page in pages.items():
        for href in values(page, "//@href | //@src"):
            address, fragment = urldefrag(urljoin(base + origin, href))
            if address.startswith(base):
                yield Link(origin, href, unquote(address.removeprefix(base)), unquote(fragment))


def address_of(file: str) -> str:
    return file.removesuffix("index.html") if Path(file).name == "index.html" else file


def dead_links(folder: Path, pages: Pages, base: str, *, needs_files: bool) -> Iterator[str]:
    """Links that lead to no page, or to a place that the page does not have."""
    ids = {file: set(values(page, "//@id")) for file, page in pages.items()}
    for link in links(pages, base):
        is_folder = link.target.endswith("/") or not link.target
        file = link.target + "index.html" if is_folder and not needs_files else link.target
        if not (folder / file).is_file():
            yield f"{link.origin}: {link.href}"
        elif link.fragment and link.fragment not in ids[file]:
            yield f"{link.origin}: {link.href} (no such place)"


def outer_addresses(folder: Path, pages: Pages, base: str) -> Iterator[str]:
    """What pages and style sheets load from elsewhere."""
    loaded = " | ".join(f"//{place}" for place in LOADED)
    for file, page in pages.items():
        yield from _outer(file, values(page, loaded), base)
        styles = [*values(page, "//@style"), *texts(page, "//style")]
        yield from _outer(file, _css_addresses("\n".join(styles)), base)
    for path in folder.rglob("*.css"):
        name = path.relative_to(folder).as_posix()
        yield from _outer(name, _css_addresses(path.read_text("utf-8")), base)


def _css_addresses(style: str) -> list[str]:
    return [match[1] or match[2] for match in CSS_ADDRESS.finditer(style)]


def _outer(file: str, addresses: list[str], base: str) -> Iterator[str]:
    for address in addresses:
        full = urljoin(base + file, address)
        if not full.startswith((base, "data:")):
            yield f"{file}: {address}"
