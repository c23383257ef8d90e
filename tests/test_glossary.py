"""The glossary explains every section, row and column of every format, each once."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from gongkai.analysis.examples import examples
from gongkai.forms.formats import glossary_anchor
from gongkai.forms.glossary import chapters
from lxml.html import HtmlElement
from markup import found, ids_of, only, text, texts, values, wrong_references
from portal_data import DATA
from portal_fixture import SEED, Built, Variant, built, copy_portal
from printed import Tree, load
from single_report import PORTAL

PAGE = "glossary/index.html"
FORMATS = DATA / "formats"
FUTURE = Path(__file__).parent / "future"


class Stated(NamedTuple):
    """A row or column as a format file states it."""

    anchor: str
    heading: Tree
    siblings: list[Tree]


def stated_in(path: Path) -> Iterator[Stated]:
    """Every heading with an address in the file of a format, those that it only refers to not."""
    for section in load(path)["sections"]:
        for table in section.get("tables", ()):
            for axis in ("rows", "columns"):
                yield from _below(section["id"], table[axis])
        for change in section.get("replace", ()):
            above = change["row"].rpartition(".")[0]
            yield from _below(f"{section['id']}.{above}", [change["with"]])


def _below(prefix: str, headings: list[Tree]) -> Iterator[Stated]:
    for heading in headings:
        anchor = f"{prefix}.{heading['id']}" if "id" in heading else prefix
        if "id" in heading:
            yield Stated(anchor, heading, headings)
        yield from _below(anchor, heading.get("children", []))


STATED = [item for path in sorted(FORMATS.glob("*.yaml")) for item in stated_in(path)]


def explained(page: HtmlElement) -> dict[str, HtmlElement]:
    return {item.get("id", ""): item for item in found(page, "//dl/div[@id]")}


def test_every_row_and_column_is_explained_at_its_address(site: Built) -> None:
    terms = explained(site.pages[PAGE])
    assert len(STATED) > 80
    for anchor, heading, _ in STATED:
        words = text(terms[anchor])
        assert heading["label"] in words, anchor
        assert heading["meaning"] in words, anchor
        assert heading["basis"] in words, anchor


def test_nothing_is_explained_twice(site: Built) -> None:
    page = site.pages[PAGE]
    assert list(wrong_references(page)) == []
    assert set(explained(page)) == {item.anchor for item in STATED}
    meaning = next(item.heading["meaning"] for item in STATED if item.anchor == "requests.received")
    assert text(page).count(meaning) == 1


def test_every_section_is_explained_with_its_basis(site: Built) -> None:
    page = site.pages[PAGE]
    for section in load(FORMATS / "2021.yaml")["sections"]:
        chapter = only(page, f"//section[@aria-labelledby='{section['id']}']")
        assert text(only(chapter, "./h2")) == section["heading"]
        assert section["meaning"] in text(chapter)
        assert section["basis"] in text(chapter)


def test_what_may_not_be_compared_is_said_where_the_figure_is_explained(site: Built) -> None:
    terms = explained(site.pages[PAGE])
    notes = [(item.anchor, item.heading["comparison"]["note"]) for item in STATED
             if "comparison" in item.heading]  # fmt: skip
    assert len(notes) > 10
    for anchor, note in notes:
        assert note in text(terms[anchor]), anchor


def test_units_are_said(site: Built) -> None:
    terms = explained(site.pages[PAGE])
    for anchor, heading, _ in STATED:
        if "unit" in heading:
            assert heading["unit"] in texts(terms[anchor], "./dt/span[@class='unit']"), anchor


def test_what_only_older_reports_have_is_marked_with_their_years(site: Built) -> None:
    terms = explained(site.pages[PAGE])
    assert texts(terms["proactive_disclosure.produced"], "./dt/span[@class='years']") == [
        "只用于 2019—2020 年"
    ]
    assert texts(terms["proactive_disclosure.issued"], "./dt/span[@class='years']") == ["2021 年起"]
    assert texts(terms["requests.received"], "./dt/span[@class='years']") == []


def test_a_total_links_to_what_it_sums(site: Built) -> None:
    terms = explained(site.pages[PAGE])
    totals = [item for item in STATED if item.heading.get("total") == "true"]
    assert len(totals) > 2
    for anchor, _, siblings in totals:
        prefix = anchor.rpartition(".")[0]
        named = [item["id"] for item in siblings if item.get("total") != "true"]
        hrefs = values(terms[anchor], ".//*[@class='sum']/a/@href")
        assert hrefs == [f"#{prefix}.{name}" for name in named]


def test_links_within_the_glossary_lead_to_what_they_name(site: Built) -> None:
    page = site.pages[PAGE]
    ids = ids_of(page)
    inner = [href for href in values(page, "//article//a/@href") if href.startswith("#")]
    assert len(inner) > 30
    assert [href for href in inner if href.removeprefix("#") not in ids] == []
    listed = values(page, "//nav[@class='jumps']//a/@href")
    assert [f"#{name}" for name in values(page, "//section/@aria-labelledby")] == [
        href for href in listed if "-" not in href
    ]


def test_an_example_says_the_figure_that_its_link_leads_to(site: Built) -> None:
    shown = found(site.pages[PAGE], "//a[@class='example']")
    assert len(shown) > 40
    for link in shown:
        place, _, address = link.get("href", "").partition("#")
        cell = text(ids_of(site.pages[f"{place.removeprefix('../')}index.html"])[address])
        number = text(link).rpartition("：")[2]
        assert re.fullmatch(re.escape(cell) + "[件项个笔万元]*", number), text(link)
        assert float(re.sub("[^-0-9.]", "", cell)) != 0


def test_an_example_is_the_newest_number_that_nothing_is_said_against(site: Built) -> None:
    term = explained(site.pages[PAGE])["requests.received"]
    years = {item.year for item in site.dataset.reports if _received(item)}
    assert f"{max(years)} 年" in text(only(term, ".//a[@class='example']"))
    report = next(item for item in reversed(PORTAL.reports) if _received(item))
    doubtful = {(report.key, "requests.received.total")}
    plain, careful = examples([report]), examples([report], doubtful)
    assert plain["requests.received"].address == "requests.received.total"
    assert careful["requests.received"].address != "requests.received.total"


def _received(item: Any) -> bool:  # noqa: ANN401 - any report
    figure = item.figure("requests", "received", "total")
    return bool(figure and figure.cell.value)


def test_where_the_portal_has_no_such_number_the_glossary_says_so(variant: Variant) -> None:
    page = built(variant([SEED])).pages[PAGE]
    term = explained(page)["requests.outcomes.granted"]
    assert found(term, ".//a[@class='example']") == []
    assert "本站还没有可举的例子" in text(term)


@pytest.fixture(scope="module")
def future(tmp_path_factory: pytest.TempPathFactory) -> Built:
    portal = copy_portal(tmp_path_factory.mktemp("future-glossary"), [SEED])
    shutil.copytree(FUTURE, portal.root / "data", dirs_exist_ok=True)
    return built(portal)


@pytest.mark.site
def test_a_made_up_format_is_explained_without_code(future: Built) -> None:
    page = future.pages[PAGE]
    assert list(wrong_references(page)) == []
    (path,) = FUTURE.glob("formats/*.yaml")
    terms = explained(page)
    stated = list(stated_in(path))
    assert {item.anchor for item in stated} <= set(terms)
    for item in stated:
        assert item.heading["meaning"] in text(page), item.anchor
    first = load(path)["years"]["first"]
    spans = " ".join(texts(page, "//dt/span[@class='years']"))
    assert f"2021—{int(first) - 1} 年" in spans


@pytest.mark.site
def test_a_row_goes_before_a_column_of_the_same_path(future: Built) -> None:
    page = future.pages[PAGE]
    clashing = only(page, "//*[@id='services.total']")
    headings = found(page, "//section[@aria-labelledby='services']//h3")
    columns = next(item for item in headings if text(item) == "各列")
    assert clashing.getparent() is not columns.getnext()


def test_relations_across_years_are_told() -> None:
    (requests,) = (item for item in chapters(PORTAL.formats) if item.id == "requests")
    reconciled, carried = requests.rows[0].relations
    assert [item.anchor for item in reconciled.equal] == [
        "requests.outcomes.total",
        "requests.carried_forward",
    ]
    assert [item.anchor for item in carried.last] == ["requests.carried_forward"]
    assert [item.anchor for item in carried.equal] == ["requests.carried_over"]


def test_the_address_of_a_figure_without_its_column_is_that_of_its_row() -> None:
    assert glossary_anchor("requests", "outcomes.granted") == "requests.outcomes.granted"
