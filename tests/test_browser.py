"""The portal in a real browser: every kind of page, wide and narrow, light and dark, on paper."""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from typing import NamedTuple

import fonts
import pytest
from playwright.sync_api import Browser, Page
from portal_data import DATA
from portal_fixture import PREFIX, SEED, Browsers, Built
from printed import reports
from pypdf import PdfReader
from visiting import (
    A4,
    CLIPPED,
    FOCUSED,
    KIND,
    LETTERS,
    OVERFLOW,
    SCHEME,
    SCREENS,
    VISIT,
    WAITING,
    WITH_NOTES,
    Visitor,
    address_of,
    open_page,
    visit_next,
    visitor,
)

pytestmark = pytest.mark.browser

REPORTS = {f"{report.slug}/{report.year}": report for report in reports(DATA)}
MAX_SHEETS = 6


class Look(NamedTuple):
    """A screen with its colours, and who looks at it."""

    scheme: str
    visit: Visitor


@pytest.fixture(scope="module", params=product(SCREENS, LETTERS), ids=" ".join)
def look(browsers: Browsers, request: pytest.FixtureRequest) -> Iterator[Look]:
    """One visitor for all pages of a look."""
    screen, scheme = request.param
    options = {"viewport": SCREENS[screen], "color_scheme": scheme, "bypass_csp": True}
    with visitor(browsers(LETTERS[scheme]), **options) as visit:
        yield Look(scheme, visit)


@KIND
def test_a_page_is_quiet_and_no_wider_than_the_screen(look: Look, served: str, kind: str) -> None:
    page = visit_next(look.visit, address_of(served, kind))
    colours = page.evaluate("document.body.dataset.mdColorScheme")
    assert colours == {"light": "default", "dark": "slate"}[look.scheme]
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(CLIPPED) == []
    assert look.visit.complaints == []


def test_a_missing_address_shows_a_page_that_works_below_a_path(
    browser: Browser, served: str
) -> None:
    with visitor(browser) as visit:
        page = open_page(visit, f"{served}{PREFIX}reports/no-such-agency/2021/")
        assert page.locator("h1").inner_text() == "没有找到这一页"
        own = [words for words in visit.complaints if "no-such-agency" not in words]
        assert [words for words in own if "Failed to load resource" not in words] == []
        page.locator("article a", has_text="按地区").click()
        assert page.locator("h1").inner_text() == "按地区找报告"


def walk(page: Page, home: str) -> None:
    """Go from the home page down to a statutory table, by links alone."""
    page.goto(home)
    page.locator("article").get_by_role("link", name="临沧市", exact=True).click()
    page.locator("article").get_by_role("link", name="临翔区", exact=True).click()
    page.locator("th").get_by_role("link", name="临沧市临翔区政务服务管理局").click()
    page.locator("th").get_by_role("link", name="2021", exact=False).click()
    assert "2021年政府信息公开工作年度报告" in page.locator("h1").inner_text()
    page.locator("dl.key-figures a").first.click()
    assert page.url.endswith("#requests.received.total")
    assert page.locator("td:target").inner_text() == "0"
    assert page.locator("td:target").bounding_box() is not None


def test_a_table_is_reached_by_clicks_without_javascript(browser: Browser, served: str) -> None:
    with visitor(browser, java_script_enabled=False) as visit:
        walk(visit.page, f"{served}/")
        assert visit.complaints == []


def test_the_same_site_works_below_a_path(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        walk(visit.page, f"{served}{PREFIX}")
        assert PREFIX in visit.page.url
        assert visit.complaints == []


def test_an_offline_site_is_walked_on_disk(browser: Browser, offline_site: Built) -> None:
    with visitor(browser) as visit:
        walk(visit.page, (offline_site.portal.site / "index.html").as_uri())
        assert visit.page.url.startswith("file://")
        assert visit.complaints == []
        visit.page.locator("nav.mainnav a", has_text="年度报告").click()
        visit.page.locator("article a", has_text="按年度").click()
        assert visit.page.locator("h1").inner_text() == "按年度找报告"
        visit.page.locator("a.masthead__name").click()
        assert visit.page.locator("h1").inner_text() == "政府信息公开年度报告"


@VISIT
def test_the_keyboard_reaches_the_skip_link_first_and_then_the_navigation(
    browser: Browser, served: str, screen: str
) -> None:
    with visitor(browser, viewport=SCREENS[screen]) as visit:
        page = open_page(visit, address_of(served, "full report"))
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUSED}.textContent") == "跳到正文"
        assert page.evaluate(f"{FOCUSED}.getBoundingClientRect().left") >= 0
        links = ["首页", "年度报告", "数据", "政府信息公开", "指标说明", "关于", "填报"]
        reached = [""]
        while reached[-1] != links[-1] and len(reached) < 15:
            page.keyboard.press("Tab")
            reached.append(page.evaluate(f"{FOCUSED}.textContent.trim()"))
            assert page.evaluate(f"{FOCUSED}.closest('main')") is None
        assert reached[-len(links) :] == links


def test_the_skip_link_leads_to_the_text(browser: Browser, served: str) -> None:
    with visitor(browser, **WAITING) as visit:
        page = open_page(visit, address_of(served, "full report"))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.id === 'main'")
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUSED}.closest('article') !== null")


def test_a_wide_table_is_scrolled_with_the_keyboard(browser: Browser, served: str) -> None:
    with visitor(browser, **WAITING, viewport=SCREENS["narrow"]) as visit:
        page = open_page(visit, address_of(served, "full report"))
        for box in page.locator(".table-box:has(table.wide)").all():
            box.focus()
            assert page.evaluate(f"{FOCUSED}.classList.contains('table-box')")
            assert box.get_attribute("tabindex") == "0", "not every browser lets one scroll without"
            assert page.evaluate(f"getComputedStyle({FOCUSED}).outlineStyle") != "none"
            for _ in range(5):
                page.keyboard.press("ArrowRight")
            page.wait_for_function("document.activeElement.scrollLeft > 20")


def test_headings_of_rows_stay_in_sight_while_figures_scroll(browser: Browser, served: str) -> None:
    with visitor(browser, viewport=SCREENS["narrow"]) as visit:
        page = open_page(visit, address_of(served, "full report"))
        box = page.locator("section[aria-labelledby=requests] .table-box")
        heading = box.locator("th[scope=row]").first
        box.evaluate("box => { box.scrollLeft = 10000 }")
        place, frame = heading.bounding_box(), box.bounding_box()
        assert place is not None
        assert frame is not None
        assert place["x"] + place["width"] > frame["x"] + 20
        assert place["x"] < frame["x"] + frame["width"] / 2
        last = box.locator("tbody tr").first.locator("td").last.bounding_box()
        assert last is not None
        assert last["x"] + last["width"] <= frame["x"] + frame["width"] + 1
        assert last["x"] >= place["x"] + place["width"] - 1


def test_the_choice_of_colours_stays_from_page_to_page(browser: Browser, served: str) -> None:
    with visitor(browser, **WAITING, color_scheme="light") as visit:
        page = open_page(visit, f"{served}/")
        page.locator("label[for=__palette_1]").click()
        page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
        open_page(visit, f"{served}/about/")
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        assert visit.complaints == []


# Some fonts give one glyph to a character and to its radical, and a PDF then names the radical.
RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰戶",
    "母民西见角贝车长门青页风飞食马鱼鸟麦黄齐齿龙户",
)


def plain(words: str) -> str:
    """A text without blanks, its characters as they are usually written."""
    return "".join(unicodedata.normalize("NFKC", words).split()).translate(RADICALS)


@pytest.mark.parametrize("letters", fonts.SETS)
@pytest.mark.parametrize("report", [SEED, WITH_NOTES])
def test_a_report_is_printed_whole_on_a_few_sheets_of_a4(
    browsers: Browsers, served: str, report: str, letters: str
) -> None:
    with visitor(browsers(letters)) as visit:
        page = open_page(visit, f"{served}/reports/{report}/")
        pdf = page.pdf(format="A4", prefer_css_page_size=True)
    sheets = PdfReader(BytesIO(pdf)).pages
    assert len(sheets) <= MAX_SHEETS
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} <= {
        (595, 842),
        (596, 842),
    }
    printed = plain("".join(sheet.extract_text() for sheet in sheets))
    labels = {label for part in REPORTS[report].parts for label in part.labels}
    assert len(labels) > 50
    assert sorted(label for label in labels if plain(label) not in printed) == []
    for part in REPORTS[report].parts:
        assert plain(part.heading) in printed
        for paragraph in part.paragraphs:
            assert plain(paragraph) in printed


@pytest.mark.parametrize("report", [SEED, WITH_NOTES])
@SCHEME
def test_nothing_is_cut_off_on_paper(
    browsers: Browsers, served: str, report: str, scheme: str
) -> None:
    with visitor(browsers(LETTERS[scheme]), viewport=A4, color_scheme=scheme) as visit:
        page = open_page(visit, f"{served}/reports/{report}/")
        page.emulate_media(media="print")
        boxes = page.locator(".table-box").evaluate_all(
            "boxes => boxes.map(box => box.scrollWidth - box.clientWidth)"
        )
        assert len(boxes) >= 3
        assert [extra for extra in boxes if extra > 0] == []
        assert page.evaluate(CLIPPED) == []
        tables = page.locator("table").evaluate_all(
            "tables => tables.map(table => table.getBoundingClientRect().right - innerWidth)"
        )
        assert max(tables) <= 1
        assert page.evaluate(TOO_NARROW) == []
        assert page.evaluate(f"({LUMINANCE})(document.querySelector('article'))") < 0.2


# A cell whose text is wider than the cell would print over its neighbour.
TOO_NARROW = """() => [...document.querySelectorAll('.statutory th, .statutory td')]
  .filter(cell => cell.scrollWidth > cell.clientWidth + 1)
  .map(cell => cell.textContent)"""
LUMINANCE = """item => getComputedStyle(item).color.match(/\\d+/g).slice(0, 3)
  .reduce((sum, part) => sum + Number(part), 0) / 765"""
