"""No barrier on any kind of page: judged by axe, by the browser's own tree, by the keyboard."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote

import fonts
import pytest
from barriers import FAINT, violations
from gongkai.data.dataset import Dataset
from gongkai.data.reports import Report
from gongkai.forms.formats import figure_address
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize
from portal_fixture import PREFIX, SEED, Browsers, Built
from scripts import script
from visiting import OVERFLOW, PAGES, SCREENS, WAITING, visitor

BROWSER = pytest.mark.browser
KINDS = PAGES | {
    "regions": "regions/",
    "years": "years/",
    "former form": "reports/pingtan-caijin/2019/",
    "with last year": "reports/pingtan-gongan/2022/",
    "search": "search/",
    "found": f"search/?q={quote('政务服务管理局')}",
    "staff": "staff/",
}
KIND = pytest.mark.parametrize("kind", KINDS)
COLOURED = {"home", "full report", "agency", "region and year", "reading", "found"}
"""Kinds of page that have every part with colours of its own."""
NARROWEST: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}


class Look(NamedTuple):
    """How a reader looks at the portal."""

    screen: str
    scheme: str
    is_whole: bool
    """Whether axe tries every rule on every kind of page. Else it tries those of colour on some:
    the rest is the same, and `FAINT` judges the contrast of every kind in every look."""
    is_strong: bool = False
    """Whether the contrast is the reader's wish."""


LOOKS = {
    "wide, light": Look("wide", "light", is_whole=True),
    "narrow, dark": Look("narrow", "dark", is_whole=True),
    "narrow, light": Look("narrow", "light", is_whole=False),
    "wide, dark": Look("wide", "dark", is_whole=False),
    "narrow, light, strong": Look("narrow", "light", is_whole=False, is_strong=True),
    "wide, dark, strong": Look("wide", "dark", is_whole=False, is_strong=True),
}


class Seen(NamedTuple):
    """A page in the browser, and the look that it has."""

    page: Page
    look: Look


@pytest.fixture(scope="module", params=LOOKS)
def seen(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Seen]:
    """One page for all tests of a look, because opening one takes longer than judging it."""
    look = LOOKS[request.param]
    options = {"viewport": SCREENS[look.screen], "color_scheme": look.scheme}
    with visitor(browser, **WAITING, **options) as visit:
        if look.is_strong:
            visit.page.add_init_script("localStorage.setItem('gongkai.high-contrast', 'on')")
        yield Seen(visit.page, look)


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    """One page of a phone's width for all tests."""
    with visitor(browser, **WAITING, viewport=PHONE) as visit:
        yield visit.page


def show(page: Page, address: str) -> None:
    """Open an address and wait until a search that it asks for has been answered."""
    page.goto(address, wait_until="load")
    if "?q=" in address:
        page.locator(".search-passage a").first.wait_for()


def address_of(served: str, kind: str) -> str:
    return served + (PREFIX if kind == "missing" else "/") + KINDS[kind]


@BROWSER
@KIND
def test_no_kind_of_page_has_a_barrier_in_any_look(seen: Seen, served: str, kind: str) -> None:
    page, look = seen
    show(page, address_of(served, kind))
    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    assert scheme == {"light": "default", "dark": "slate"}[look.scheme]
    assert page.evaluate(FAINT, 7 if look.is_strong else 4.5) == []
    if look.is_whole or kind in COLOURED:
        assert violations(page, is_whole=look.is_whole, is_strong=look.is_strong) == []


@BROWSER
def test_some_other_pages_have_no_barrier(narrow: Page, site: Built, served: str) -> None:
    files = {file for file in site.pages if not file.startswith("404")}
    others = sorted(files - {f"{address}index.html" for address in KINDS.values()})
    for file in Random(12).sample(others, 12):  # noqa: S311 - only examples
        show(narrow, f"{served}/{file}")
        assert violations(narrow) == [], file
        assert narrow.evaluate(FAINT, 4.5) == [], file
        assert narrow.evaluate(OVERFLOW) == 0, file


@BROWSER
def test_axe_objects_to_a_page_with_a_barrier(narrow: Page, served: str) -> None:
    show(narrow, f"{served}/reports/{SEED}/")
    narrow.evaluate("document.documentElement.lang = ''")
    narrow.evaluate("document.querySelector('.crumbs a').style.color = '#ccc'")
    found = "\n".join(violations(narrow))
    assert "color-contrast" in found
    assert "html-has-lang" in found


class Figure(NamedTuple):
    """A figure with all headings that the format puts over it and before it."""

    address: str
    headings: tuple[str, ...]
    text: str


def figures_of(report: Report) -> Iterator[Figure]:
    """Every figure of a report, as the formats and its file tell it."""
    for section, table, row, stated in report.table_rows():
        for column, cell in zip(table.columns.leaves, stated.cells, strict=False):
            trails = [*row.trail, *column.trail]
            band = [table.band] if table.band else []
            yield Figure(
                figure_address(section.id, row.path, column.path),
                (*band, *(heading.label for heading in trails)),
                cell.text,
            )


def some_reports(dataset: Dataset, count: int) -> list[Report]:
    """Some reports, of every format at least one."""
    random = Random(4)  # noqa: S311 - only examples
    shuffled = random.sample(dataset.reports, len(dataset.reports))
    first = {report.edition.id: report for report in shuffled}
    others = [report for report in shuffled if report is not first[report.edition.id]]
    return [*first.values(), *others][:count]


class Tree:
    """What the browser tells assistive technology of a page."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        self.by_id = {node["nodeId"]: node for node in nodes}
        self.by_element = {node.get("backendDOMNodeId"): node for node in nodes}

    def node(self, element: str) -> dict[str, Any]:
        """The node of the element with an id."""
        expression = f"document.getElementById({json.dumps(element)})"
        found = self.session.send("Runtime.evaluate", {"expression": expression})["result"]
        told = self.session.send("DOM.describeNode", {"objectId": found["objectId"]})
        node: dict[str, Any] = self.by_element[told["node"]["backendNodeId"]]
        return node

    def role_and_name(self, element: str) -> tuple[str, str]:
        node = self.node(element)
        return node["role"]["value"], node["name"]["value"]

    def above(self, element: str) -> list[tuple[str, str]]:
        """Roles and names of all that a node stands in."""
        node, found = self.node(element), []
        while parent := self.by_id.get(node.get("parentId")):
            node = parent
            role, name = node.get("role", {}), node.get("name", {})
            found.append((role.get("value", ""), name.get("value", "")))
        return found


@BROWSER
def test_figures_are_read_out_under_all_their_statutory_headings(
    narrow: Page, site: Built, served: str
) -> None:
    session = narrow.context.new_cdp_session(narrow)
    read = 0
    for report in some_reports(site.dataset, 5):
        show(narrow, f"{served}/reports/{report.agency}/{report.year}/")
        tree = Tree(session)
        chosen = Random(report.path).sample(list(figures_of(report)), 4)  # noqa: S311
        for figure in chosen:
            script = "id => document.getElementById(id).headers.split(' ')"
            headings = [
                tree.role_and_name(name) for name in narrow.evaluate(script, figure.address)
            ]
            assert tuple(name for _, name in headings) == figure.headings
            assert {role for role, _ in headings} <= {"columnheader", "rowheader"}
            assert tree.role_and_name(figure.address)[0] in {"cell", "gridcell"}
            cell = narrow.evaluate("id => document.getElementById(id).innerText", figure.address)
            assert cell == figure.text
            above = tree.above(figure.address)
            assert dict(above)["table"] != "", "the table has no name"
            assert dict(above)["region"] != ""
            read += 1
    session.detach()
    assert read == 20


STATION = script("station")
MISSED = script("missed")
MOST_STATIONS = 900


def stations(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab until the focus leaves the page."""
    for _ in range(MOST_STATIONS):
        page.keyboard.press("Tab")
        station = page.evaluate(STATION)
        if station is None:
            return
        yield station
    pytest.fail("the focus does not leave the page")


@BROWSER
@KIND
def test_the_keyboard_reaches_all_that_can_be_used_sees_it_and_leaves_the_page(
    narrow: Page, served: str, kind: str
) -> None:
    show(narrow, address_of(served, kind))
    reached = list(stations(narrow))
    assert len(reached) > 15
    assert [item for item in reached if not (item["outlined"] and item["seen"])] == []
    assert [item for item in reached if not item["named"]] == []
    assert narrow.evaluate(MISSED) == []


def tab_to(page: Page, selector: str) -> None:
    """Go to an element with the Tab key alone."""
    for _ in range(MOST_STATIONS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached")


@BROWSER
def test_the_colours_are_chosen_with_the_arrow_keys_and_named_by_what_they_are(
    narrow: Page, served: str
) -> None:
    show(narrow, f"{served}/")
    group = narrow.get_by_role("radiogroup", name="颜色")
    tab_to(narrow, "[name=__palette]")
    assert group.get_by_role("radio", name="浅色").is_checked()
    assert narrow.evaluate("scrollY") == 0
    narrow.keyboard.press("ArrowDown")
    assert group.get_by_role("radio", name="深色").is_checked()
    assert narrow.evaluate("document.body.dataset.mdColorScheme") == "slate"
    narrow.keyboard.press("ArrowUp")
    assert narrow.evaluate("document.body.dataset.mdColorScheme") == "default"


@BROWSER
def test_last_years_figures_are_shown_and_hidden_with_the_space_bar(
    narrow: Page, served: str
) -> None:
    words = "getComputedStyle(document.querySelector('td[data-last]'), '::after').content"
    show(narrow, address_of(served, "with last year"))
    tab_to(narrow, "#with-last-year")
    assert narrow.evaluate(words) == "none"
    narrow.keyboard.press("Space")
    assert narrow.evaluate(words) not in {"none", ""}
    narrow.keyboard.press("Space")
    assert narrow.evaluate(words) == "none"


@BROWSER
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_proof_is_opened_and_closed_with_the_keyboard(
    narrow: Page, served: str, key: str
) -> None:
    show(narrow, address_of(served, "region and year"))
    tab_to(narrow, "details.proof > summary")
    proof = narrow.locator("details.proof:has(> summary:focus)")
    marker = "getComputedStyle(document.activeElement).display"
    assert narrow.evaluate(marker) == "list-item", "no sign says that there is more"
    narrow.keyboard.press(key)
    assert proof.locator("table").is_visible()
    narrow.keyboard.press("Tab")
    assert narrow.evaluate("document.activeElement.matches('details.proof[open] .table-box')")
    narrow.keyboard.press("Shift+Tab")
    narrow.keyboard.press(key)
    assert not proof.locator("table").is_visible()


TOO_SMALL = script("too-small")
"""What is smaller than 24 × 24 px, links within a sentence left out. What a font adds to the height
of a link in a line does not count: other fonts add less."""


@pytest.fixture(scope="module", params=fonts.SETS)
def phone(browsers: Browsers, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One page of a phone's width in some set of fonts."""
    with visitor(browsers(request.param), **WAITING, viewport=PHONE) as visit:
        yield visit.page


@BROWSER
@KIND
def test_a_page_fits_320_px_and_what_is_touched_is_large_enough(
    phone: Page, served: str, kind: str
) -> None:
    show(phone, address_of(served, kind))
    assert phone.evaluate(OVERFLOW) == 0
    assert phone.evaluate(TOO_SMALL) == []
    phone.set_viewport_size(NARROWEST)
    assert phone.evaluate(OVERFLOW) == 0
    assert phone.evaluate(TOO_SMALL) == []
    phone.set_viewport_size(PHONE)


FAULTY = "<!doctype html><html lang=zh><title>x</title><p><div></p><img src=x>"


def html_errors(*places: Path) -> dict[str, list[str]]:
    """What the Nu HTML checker finds wrong, by the file's name."""
    java, jar = shutil.which("java"), os.environ.get("GONGKAI_VNU")
    if not java or not jar:
        pytest.skip("GONGKAI_VNU 没有写明 Nu HTML 检查器（vnu.jar）的路径，或者没有 Java")
    assert Path(jar).is_file(), f"GONGKAI_VNU 写的文件不在：{jar}"
    options = ("--errors-only", "--skip-non-html", "--format", "json", "--stdout")
    done = subprocess.run(
        [java, "-jar", jar, *options, *places],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    errors: dict[str, list[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        place = f"{message.get('lastLine')}: {message['message']}"
        errors.setdefault(Path(message["url"]).name, []).append(place)
    return errors


def test_the_nu_checker_finds_no_error_on_any_page(site: Built, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.html"
    faulty.write_text(FAULTY, encoding="utf-8")
    assert html_errors(site.portal.site, faulty).keys() == {"faulty.html"}
