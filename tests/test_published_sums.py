"""The sums that pages of regions print, added up again here from the YAML files alone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml.html import HtmlElement
from markup import found, headings, ids_of, only, text, texts, values
from portal_data import DATA
from portal_fixture import SITE_URL, Built, built, copy_portal
from printed import Part, Tree, load, of_year, report, sections_of

pytestmark = pytest.mark.site

Labels = tuple[str, ...]
NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)(\D*)")
GOVERNMENT = "政府"
AREA, YEAR, OWN = "350128", 2022, "pingtan-region"
PROVINCE = "350000"


class Form(NamedTuple):
    """A section as its form prints it: the headings of every figure."""

    section: str
    figures: tuple[Labels, ...]


@dataclass(frozen=True)
class Files:
    """What the files of a portal state, read with a YAML parser and nothing else."""

    data: Path

    @cached_property
    def agencies(self) -> dict[str, Tree]:
        paths = sorted(self.data.glob("agencies/*/agency.yaml"))
        return {path.parent.name: load(path) for path in paths}

    @cached_property
    def regions(self) -> Tree:
        return load(self.data / "regions.yaml")

    @cached_property
    def reports(self) -> dict[tuple[str, int], tuple[Part, ...]]:
        keys = [
            (path.parent.name, int(path.stem)) for path in self.data.glob("agencies/*/[12]*.yaml")
        ]
        return {(slug, year): report(self.data, slug, year).parts for slug, year in sorted(keys)}

    @cached_property
    def headings(self) -> dict[tuple[str, str], Tree]:
        """The headings that say of which kind their numbers are, by section and label."""
        tables = [
            (section["id"], table)
            for path in (self.data / "formats").glob("*.yaml")
            for section in sections_of(self.data / "formats", path.stem)
            for table in section.get("tables", ())
        ]
        return {
            (section, heading["label"]): heading
            for section, table in tables
            for heading in (*every(table["rows"]), *every(table["columns"]))
            if "kind" in heading
        }

    def name(self, slug: str) -> str:
        return str(self.agencies[slug]["全称"])

    def way(self, slug: str) -> list[str]:
        """The region of an agency and those above it, innermost first."""
        codes = [str(self.agencies[slug]["地区"])]
        while parent := self.regions[codes[-1]].get("上级"):
            codes.append(str(parent))
        return codes

    def own(self, code: str) -> list[str]:
        """The governments of a region itself."""
        return [slug for slug in self.agencies if self._is_government(slug, code)]

    def added(self, code: str, year: int) -> list[str]:
        """Whose reports are added: within the region, and covered by no government in between."""

        def is_covered(slug: str, inner: str) -> bool:
            governments = [item for item in self.own(inner) if (item, year) in self.reports]
            return bool(governments) and slug not in governments

        return [
            slug
            for slug, reported in self.reports
            if reported == year and code in (way := self.way(slug)) and slug not in self.own(code)
            if not any(is_covered(slug, inner) for inner in way[: way.index(code)])
        ]

    def forms(self, code: str, year: int) -> dict[Form, dict[str, Mapping[Labels, str]]]:
        """The figures that are added, by form of the section and by agency."""
        forms: dict[Form, dict[str, Mapping[Labels, str]]] = {}
        for slug in self.added(code, year):
            for part in self.reports[slug, year]:
                figures = figures_of(part)
                if figures:
                    forms.setdefault(Form(part.id, tuple(figures)), {})[slug] = figures
        return forms

    def kind(self, section: str, labels: Labels) -> str:
        kinds = [self.headings.get((section, label), {}).get("kind") for label in labels]
        return next(filter(None, kinds), "count")

    def _is_government(self, slug: str, code: str) -> bool:
        return (self.agencies[slug]["类别"], self.agencies[slug]["地区"]) == (GOVERNMENT, code)


def every(level: Sequence[Tree]) -> Iterator[Tree]:
    for heading in level:
        yield heading
        yield from every(heading.get("children", ()))


def figures_of(part: Part) -> dict[Labels, str]:
    figures = [figure for table in part.tables for line in table for figure in line.figures]
    found_in = {figure.labels: figure.text for figure in figures}
    assert len(found_in) == len(figures)
    return found_in


def number(words: str) -> Decimal | None:
    match = NUMBER.fullmatch(words)
    return Decimal(match[1]) if match else None


def total(kind: str, stated: Sequence[str]) -> str:
    """What must stand in the cell of a sum."""
    matches = [match for words in stated if (match := NUMBER.fullmatch(words))]
    units = {match[2] for match in matches if Decimal(match[1])} if kind == "amount" else set()
    if kind == "change" or not matches or len(units) > 1:
        return "—"
    return f"{sum(Decimal(match[1]) for match in matches)}{next(iter(units), '')}"


class Block(NamedTuple):
    """A section of sums on a page, with what the files say should be in it."""

    files: Files
    form: Form
    stated: Mapping[str, Mapping[Labels, str]]
    page: HtmlElement
    ids: Mapping[str, HtmlElement]
    part: HtmlElement
    cells: Mapping[Labels, HtmlElement]
    code: str
    year: int

    def texts(self, labels: Labels) -> dict[str, str]:
        return {slug: figures[labels] for slug, figures in self.stated.items()}

    def kind(self, labels: Labels) -> str:
        return self.files.kind(self.form.section, labels)

    def row(self, href: str) -> list[Labels]:
        """The sums that lead to one place, in the order of their columns."""
        return [at for at, cell in self.cells.items() if values(cell, "./a/@href") == [href]]


def page_of(code: str, year: int) -> str:
    return f"regions/{code}/{year}/index.html"


def blocks(files: Files, page: HtmlElement, code: str, year: int) -> Iterator[Block]:
    forms, ids = files.forms(code, year), ids_of(page)
    shown = []
    for part in found(page, "//section[@aria-labelledby='sums']/section"):
        tables = found(part, ".//table[contains(@class, 'statutory')]//td[@headers]")
        cells = {headings(cell, ids): cell for cell in tables}
        (form,) = (item for item in forms if set(item.figures) == set(cells))
        yield Block(files, form, forms[form], page, ids, part, cells, code, year)
        shown.append(form)
    assert sorted(shown) == sorted(forms)


def wrong_sums(block: Block) -> Iterator[str]:
    for labels, cell in block.cells.items():
        expected = total(block.kind(labels), list(block.texts(labels).values()))
        if text(cell) != expected:
            yield f"{labels}: {text(cell)}, not {expected}"


def wrong_proofs(block: Block) -> Iterator[str]:
    for labels, cell in block.cells.items():
        links = values(cell, "./a/@href")
        stated = block.texts(labels)
        if links:
            yield from (f"{labels}: {words}" for words in _wrong_proof(block, labels, links[0]))
        elif {number(words) for words in stated.values()} != {Decimal(0)}:
            yield f"{labels}: {text(cell)} leads nowhere, and not every report says 0"


def _wrong_proof(block: Block, labels: Labels, href: str) -> Iterator[str]:
    proof = block.ids[href.removeprefix("#")]
    cell, stated = block.cells[labels], block.texts(labels)
    column = block.row(href).index(labels) + 1
    rows = found(proof, ".//tbody/tr")
    listed = {text(only(row, "./th")): only(row, f"./td[{column}]/a") for row in rows}
    if len(listed) != len(rows):
        yield "somebody is listed twice"
    numbers = [value for link in listed.values() if (value := number(text(link))) is not None]
    shown = number(text(cell))
    if shown is not None and sum(numbers) != shown:
        yield f"what is listed does not make {text(cell)}"
    if texts(proof, f".//tfoot/tr[1]/td[{column}]") != [text(cell)]:
        yield "the proof ends in another sum"
    yield from _wrong_contributions(block, stated, listed)
    if block.kind(labels) != "change":
        remarks = "".join(texts(proof, "./p"))
        without = [slug for slug, words in stated.items() if number(words) is None]
        yield from _unnamed(block, {slug: stated[slug] for slug in without}, remarks)


def _wrong_contributions(
    block: Block, stated: Mapping[str, str], listed: Mapping[str, HtmlElement]
) -> Iterator[str]:
    """Contributions that are not those of the files, or do not lead to their figure."""
    names = {block.files.name(slug): slug for slug in stated}
    for name, link in listed.items():
        slug = names.get(name, "")
        if text(link) != stated.get(slug):
            yield f"{name}: {text(link)}, not {stated.get(slug)}"
        target = f"../../../reports/{slug}/{block.year}/#{block.form.section}."
        if not link.get("href", "").startswith(target):
            yield f"{name}: leads to {link.get('href')}"
    for name, slug in names.items():
        if number(stated[slug]) and name not in listed:
            yield f"{name} has {stated[slug]} and is not listed"


def _unnamed(block: Block, without: Mapping[str, str], remarks: str) -> Iterator[str]:
    """Reports without a number that the proof does not name with what they say instead."""
    for slug, words in without.items():
        told = remarks.partition(block.files.name(slug))[2].partition("）")[0]
        if words not in told:
            yield f"{slug} has no number and is not named: {remarks}"


def wrong_own(block: Block) -> Iterator[str]:
    """Whether the government's own report stands beside the sum and its difference is right."""
    for slug in block.files.own(block.code):
        parts = block.files.reports.get((slug, block.year), ())
        figures = next((figures_of(part) for part in parts if part.id == block.form.section), {})
        if tuple(figures) != block.form.figures:
            continue
        for labels, cell in block.cells.items():
            expected = [figures[labels], difference(figures[labels], text(cell))]
            for href in values(cell, "./a/@href"):
                column = block.row(href).index(labels) + 1
                proof = block.ids[href.removeprefix("#")]
                beside = texts(proof, f".//tfoot/tr[@class='beside']/td[{column}]")
                is_zero = {number(figures[at]) for at in block.row(href)} == {Decimal(0)}
                if beside != ([] if is_zero else expected):
                    yield f"{labels}: {beside}, not {expected}"
            if not len(cell) and number(figures[labels]):
                yield f"{labels}: {figures[labels]} of {slug} is not shown"


def difference(own: str, shown: str) -> str:
    one, other = NUMBER.fullmatch(own), NUMBER.fullmatch(shown)
    if not one or not other or (other[2] and one[2] != other[2] and Decimal(one[1])):
        return "—"
    found = Decimal(one[1]) - Decimal(other[1])
    return f"{found:+}" if found else "0"


def wrong_marks(block: Block) -> Iterator[str]:
    """Whether it is said how many reports are added, and whether anything is lacking."""
    absent = found(block.page, "//ul[@class='composition']/li[starts-with(., '应当有')]/a")
    others = len(block.files.added(block.code, block.year)) - len(block.stated)
    silent = sum(
        any(number(words) is None and block.kind(at) != "change" for at, words in figures.items())
        for figures in block.stated.values()
    )
    lacks = [
        f"缺 {len(absent)} 份" if absent else "",
        f"另有 {others} 份用的是别的表样，不能相加" if others else "",
        f"{silent} 份有的格没有数字" if silent else "",
    ]
    lacking = "，".join(filter(None, lacks))
    mark = f"{len(block.stated)} 份报告相加，{f'不完整：{lacking}' if lacking else '完整'}。"
    said = text(found(block.part, "./p[@class='aside']")[0])
    if not said.startswith(mark):
        yield f"{said}, not {mark}"


def wrong(made: Built, check: Callable[[Block], Iterator[str]]) -> dict[str, list[str]]:
    """What a check finds on the pages of regions and years."""
    files = Files(made.portal.root / "data")
    names = [name for name in made.pages if re.fullmatch(r"regions/\d+/\d+/index\.html", name)]
    assert names
    words: dict[str, list[str]] = {}
    for name in names:
        _, code, year, _ = name.split("/")
        for block in blocks(files, made.pages[name], code, int(year)):
            words.setdefault(name, []).extend(check(block))
    return {name: found_on for name, found_on in words.items() if found_on}


def test_every_region_and_year_with_a_report_has_a_page_of_sums(site: Built) -> None:
    files = Files(DATA)
    reported = {(code, year) for slug, year in files.reports for code in files.way(slug)}
    for code, year in reported:
        has_sums = bool(found(site.pages[page_of(code, year)], "//h2[@id='sums']"))
        assert has_sums == bool(files.added(code, year))


def test_every_printed_sum_is_that_of_the_files(site: Built) -> None:
    assert wrong(site, wrong_sums) == {}


def test_every_sum_leads_to_contributions_that_add_up_to_it(site: Built) -> None:
    assert wrong(site, wrong_proofs) == {}


def test_the_own_government_stands_beside_the_sums_with_its_difference(site: Built) -> None:
    assert wrong(site, wrong_own) == {}


def test_what_a_sum_lacks_is_said_above_it(site: Built) -> None:
    assert wrong(site, wrong_marks) == {}


def test_the_real_sums_are_worth_checking(site: Built) -> None:
    files = Files(DATA)
    page = site.pages[page_of(AREA, 2023)]
    shown = {block.form: block for block in blocks(files, page, AREA, 2023)}
    assert len(shown) == 4
    assert len({form.section for form in shown}) == 3
    said = "".join(texts(page, "//section/section/p[@class='aside']"))
    assert all(words in said for words in ("缺 1 份", "别的表样", "没有数字"))
    linked = [cell for block in shown.values() for cell in block.cells.values() if len(cell)]
    assert len(linked) > 60


def test_years_print_the_same_sums_region_by_region(site: Built) -> None:
    files, compared = Files(DATA), 0
    formats = DATA / "formats"
    for year in sorted({year for _, year in files.reports}):
        edition = of_year(formats, year)
        stated = load(formats / f"{edition}.yaml")
        if model := stated.get("key_figures_of"):
            stated = load(formats / f"{model}.yaml")
        key_figures: Any = stated["key_figures"]
        for row in found(site.pages[f"years/{year}/index.html"], "//table/tbody/tr"):
            href = values(row, "./th/a/@href")[0]
            if not href.rstrip("/").endswith(f"/{year}"):
                continue
            cells = ids_of(site.pages[f"{href.removeprefix('../../')}index.html"])
            for item, shown in zip(key_figures, texts(row, "./td")[1:], strict=True):
                address = ".".join(item[part] for part in ("section", "row", "column"))
                if address in cells:
                    assert shown == text(cells[address])
                    compared += 1
    assert compared > 100


def area(folder: Path, without: str = "") -> Built:
    """The reports of the region in the year, without one; its agency stays registered."""
    files = Files(DATA)
    slugs = [slug for slug, year in files.reports if year == YEAR and AREA in files.way(slug)]
    portal = copy_portal(folder, [f"{slug}/{YEAR}" for slug in slugs])
    if without:
        (portal.root / f"data/agencies/{without}/{YEAR}.yaml").unlink()
    return built(portal, GONGKAI_SITE_URL=SITE_URL)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return area(tmp_path_factory.mktemp("area"))


def sums(made: Built, code: str) -> dict[tuple[Form, Labels], str]:
    files = Files(made.portal.root / "data")
    return {
        (block.form, labels): text(cell)
        for block in blocks(files, made.pages[page_of(code, YEAR)], code, YEAR)
        for labels, cell in block.cells.items()
    }


def everything_wrong(made: Built) -> list[dict[str, list[str]]]:
    checks = (wrong_sums, wrong_proofs, wrong_own, wrong_marks)
    return [words for check in checks if (words := wrong(made, check))]


@pytest.mark.parametrize("slug", ["pingtan-gongan", "pingtan-shehui", "pingtan-gwh-bangongshi"])
def test_without_a_report_each_sum_is_smaller_by_its_value_and_marked(
    slug: str, whole: Built, tmp_path: Path
) -> None:
    rest = area(tmp_path / "rest", slug)
    files = Files(DATA)
    gone = {
        (Form(part.id, tuple(figures)), labels): number(words)
        for part in files.reports[slug, YEAR]
        for figures in (figures_of(part),)
        for labels, words in figures.items()
    }
    before, after = sums(whole, AREA), sums(rest, AREA)
    changed = 0
    for key, words in after.items():
        if (old := number(before[key])) is not None and (new := number(words)) is not None:
            assert old - new == (gone.get(key) or 0), key
            changed += old != new
    assert changed
    assert everything_wrong(rest) == []
    marks = [
        "".join(texts(made.pages[page_of(AREA, YEAR)], "//section/section/p[@class='aside']"))
        for made in (whole, rest)
    ]
    assert ["相加，完整" in said for said in marks] == [True, False]
    assert marks[1].count("缺 1 份") == marks[1].count("份报告相加")


def test_the_own_government_changes_no_sum_and_its_agencies_count_above_it_instead(
    whole: Built, tmp_path: Path
) -> None:
    rest = area(tmp_path / "rest", OWN)
    assert sums(whole, AREA) == sums(rest, AREA)
    assert sums(whole, PROVINCE) != sums(rest, PROVINCE)
    assert sums(rest, PROVINCE) == sums(rest, AREA)
    assert everything_wrong(rest) == []
