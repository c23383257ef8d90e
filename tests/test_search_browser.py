"""The search in a real browser: its answers equal a plain scan, and it can be used by anybody."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from barriers import violations
from gongkai.publishing.search.characters import normalised
from gongkai.publishing.search.files import artifacts, texts_of
from gongkai.publishing.search.lists import Sizes
from gongkai.publishing.writing import write
from playwright.sync_api import Browser, Page
from portal_data import DATA, ROOT
from portal_fixture import PREFIX, SEED, Built, Portal, built, built_once, copy_portal, serving
from scan import Scan, chance, crossing, substrings
from scripts import script
from small_site import with_texts
from visiting import SCREENS, Visitor, visitor

pytestmark = pytest.mark.browser

REPORTS = 300
NAME = "临沧市临翔区政务服务管理局"
FIXED = (
    "2021年",
    "２０２１年",
    "165条",
    "全会精神",
    "务服务管",
    "政务服务管理局",
    "三公",
    "“三公”经费",
    '"三公"经费',
    "三公经费预决算",
    "国办公开办函〔2021〕30号",
    "公共资源交易信息165条(其中，工程建设交易信息72条",
    "公开",
    "政府信息公开",
    "政府信息公开工作年度报告",
    "信开",
    "复议后起诉",
    "予以公开",
    "2021年 热线",
    "福建省",
    "平潭 2019年",
    "。",
    "开",
    "APP",
)
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'self'"
)
SCRIPTS = ("load.js", "text.js", "search-lists.js", "search-index.js")


def synthetic_copy(folder: Path) -> Portal:
    """A portal with synthetic reports in place of the real ones."""
    portal = copy_portal(folder, [])
    generator = ROOT / "tests/benchmarks/generate.py"
    command = [sys.executable, str(generator), str(folder / "made"), "--reports", str(REPORTS)]
    subprocess.run(command, check=True)
    (folder / "data").rename(folder / "unused")
    (folder / "made/data").rename(folder / "data")
    return portal


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """A portal of synthetic reports."""
    return built_once(tmp_path_factory, "synthetic", synthetic_copy).portal


@pytest.fixture(scope="module")
def many(synthetic: Portal) -> Iterator[str]:
    """The address of the synthetic portal."""
    with serving(synthetic.site) as address:
        yield address


def searched(page: Page, query: str) -> int:
    """The number of reports that the search page says it has found."""
    page.wait_for_selector("#search-page[data-total]", state="attached")
    assert page.locator("#search-words").input_value() == query
    return int(page.locator("#search-page").get_attribute("data-total") or "-1")


def search(visit: Visitor, address: str, query: str, **more: str) -> int:
    options = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    visit.page.goto(f"{address}/search/?q={quote(query)}{options}")
    return searched(visit.page, query)


def results(page: Page, name: str = "report") -> list[str]:
    attribute = f"data-{name}"
    items = page.locator(f"#search-page [{attribute}]").all()
    return [item.get_attribute(attribute) or "" for item in items]


ANSWERS = script("answers")


def answers(page: Page, queries: Sequence[str]) -> list[set[str]]:
    page.wait_for_function("window.gongkai && gongkai.openIndex")
    return [set(answer) for answer in page.evaluate(ANSWERS, list(queries))]


def queries_of(scan: Scan, random: Random) -> list[str]:
    texts = [text for paragraphs in scan.texts.values() for text in paragraphs if len(text) > 1]
    names = random.sample([str(agency["全称"]) for agency in scan.agencies.values()], 12)
    mixed = [*substrings(texts, 400, random), *crossing(texts, 100, random)]
    return [query for query in (*FIXED, *names, *mixed) if len(query.split()) > 0]


def differences(scan: Scan, queries: Sequence[str], found: Sequence[set[str]]) -> list[str]:
    """Queries whose answer is not that of the scan, with what is missing and what is too much."""
    return [
        f"{query}: not found {sorted(expected - answer)[:3]}, wrong {sorted(answer - expected)[:3]}"
        for query, answer in zip(queries, found, strict=True)
        if (expected := scan.find(query)) != answer
    ]


def test_answers_over_many_reports_equal_a_plain_scan(
    browser: Browser, synthetic: Portal, many: str
) -> None:
    scan = Scan(synthetic.root / "data")
    queries = queries_of(scan, chance(1))
    with visitor(browser) as visit:
        visit.page.goto(f"{many}/search/")
        assert differences(scan, queries, answers(visit.page, queries)) == []
        assert visit.complaints == []


def test_answers_over_the_real_reports_equal_a_plain_scan(browser: Browser, served: str) -> None:
    scan = Scan(DATA)
    texts = [text for paragraphs in scan.texts.values() for text in paragraphs]
    queries = [*FIXED, *substrings(texts, 150, chance(2)), *crossing(texts, 20, chance(3))]
    with visitor(browser) as visit:
        visit.page.goto(f"{served}/search/")
        assert differences(scan, queries, answers(visit.page, queries)) == []
        assert visit.complaints == []


def bare_index(folder: Path, texts: Sequence[str], common: int) -> str:
    """Write an index of these texts, a page that has nothing but its reader, and its address."""
    site = with_texts(texts)
    write(artifacts(site, texts_of(site), Sizes(common)), folder)
    loaded = "".join(f'<script src="assets/{name}"></script>' for name in SCRIPTS)
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{loaded}", "utf-8")
    (folder / "assets").mkdir()
    for name in SCRIPTS:
        (folder / "assets" / name).write_bytes((ROOT / "docs/assets" / name).read_bytes())
    return (folder / "index.html").as_uri()


@pytest.mark.parametrize("common", [1, 3])
def test_lists_of_common_grams_are_read_as_they_are_written(
    browser: Browser, tmp_path: Path, common: int
) -> None:
    """With a low limit nearly every gram is common, as it is only in portals of thousands."""
    random = chance(common)
    texts = [
        "\n".join("".join(random.choices("公开信息", k=random.randint(1, 40))) for _ in range(3))
        for _ in range(12)
    ]
    lines = [line for text in texts for line in text.splitlines()]
    queries = [*substrings(lines, 120, random), *lines[:10]]
    with visitor(browser) as visit:
        visit.page.goto(bare_index(tmp_path, texts, common))
        found = answers(visit.page, queries)
    for query, answer in zip(queries, found, strict=True):
        years = {2021 + at for at, text in enumerate(texts) if query in text}
        assert answer == {f"office/{year}" for year in years}, query


MIXED = "公开\uff21a\uff111，,“ \u3000\t(〔①½㎡⼯ﬁßΣς\u200b\ufe0f\U00020000\U0001d400'"
NORMALISED = """async texts => {
  const {data} = await gongkai.load("characters");
  const normalise = gongkai.normaliser(data);
  return texts.map(text => {
    const {text: plain, starts, ends} = normalise(text);
    const isWhole = plain.length === starts.length && plain.length === ends.length;
    return [plain, isWhole && starts.every((start, at) => start < ends[at] || plain[at] === " ")];
  });
}"""


def test_the_browser_normalises_as_the_index_does(browser: Browser, tmp_path: Path) -> None:
    random = chance(9)
    texts = ["".join(random.choices(MIXED, k=random.randint(1, 30))) for _ in range(300)]
    with visitor(browser) as visit:
        visit.page.goto(bare_index(tmp_path, [MIXED, *texts[:5]], 100))
        found = visit.page.evaluate(NORMALISED, texts)
    assert [plain for plain, _ in found] == [normalised(text) for text in texts]
    assert all(is_whole for _, is_whole in found)


def test_the_page_lists_what_the_index_finds(
    browser: Browser, synthetic: Portal, many: str
) -> None:
    scan = Scan(synthetic.root / "data")
    queries = [*FIXED[:9], *(q for q in queries_of(scan, chance(4))[40:52] if q.split() == [q])]
    with visitor(browser) as visit:
        for query in queries:
            expected = scan.find(query)
            assert search(visit, many, query) == len(expected), query
            listed = results(visit.page)
            assert len(listed) == min(10, len(expected))
            assert set(listed) <= expected
        assert visit.complaints == []


def test_every_page_of_results_is_reached_without_loading_anew(browser: Browser, many: str) -> None:
    with visitor(browser) as visit:
        total = search(visit, many, "热线")
        visit.page.evaluate("window.stays = true")
        seen = results(visit.page)
        while visit.page.get_by_role("link", name="下一页").count():
            visit.page.get_by_role("link", name="下一页").click()
            seen += results(visit.page)
        assert len(seen) == len(set(seen)) == total
        visit.page.go_back()
        visit.page.wait_for_function("document.body.textContent.includes('下一页')")
        assert results(visit.page) != seen[-len(results(visit.page)) :]
        assert visit.page.evaluate("window.stays")


def test_filters_count_what_they_leave_and_stand_in_the_address(
    browser: Browser, synthetic: Portal, many: str
) -> None:
    scan = Scan(synthetic.root / "data")
    expected = scan.find("热线")
    with visitor(browser) as visit:
        search(visit, many, "热线")
        select = visit.page.get_by_label("年度", exact=True)
        for label in select.locator("option").all_text_contents()[1:]:
            year, count = label.removesuffix("）").split("年（")
            assert int(count) == sum(name.endswith(year) for name in expected)
        select.select_option("2022")
        of_year = {name for name in expected if name.endswith("2022")}
        assert searched(visit.page, "热线") == len(of_year)
        assert parse_qs(urlsplit(visit.page.url).query) == {"q": ["热线"], "year": ["2022"]}
        kind = visit.page.get_by_label("机关类别").locator("option").nth(1)
        left = int((kind.text_content() or "").split("（")[1].removesuffix("）"))
        visit.page.get_by_label("机关类别").select_option(index=1)
        assert searched(visit.page, "热线") == left
        visit.page.reload()
        assert searched(visit.page, "热线") == left
        visit.page.go_back()
        visit.page.wait_for_function(
            "n => document.querySelector('#search-page').dataset.total === n", arg=str(len(of_year))
        )


def test_the_section_filter_keeps_reports_that_say_it_there(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        assert search(visit, served, "政策把握能力", section="issues_and_improvements") == 1
        assert search(visit, served, "政策把握能力", section="overview") == 0
        assert search(visit, served, "临翔区 政策把握能力", section="issues_and_improvements") == 1


def test_results_are_sorted_by_fit_or_by_year(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        search(visit, served, "2021年")
        assert all(name.endswith("/2021") for name in results(visit.page))
        visit.page.get_by_role("link", name="最新的在前").click()
        assert "sort=time" in visit.page.url
        years = [int(name.split("/")[1]) for name in results(visit.page)]
        assert years == sorted(years, reverse=True)


def test_an_agency_is_the_first_hit_for_its_name(
    browser: Browser, synthetic: Portal, many: str
) -> None:
    scan = Scan(synthetic.root / "data")
    former = [
        (slug, agency["曾用名"][0]["名称"])
        for slug, agency in scan.agencies.items()
        if "曾用名" in agency
    ]
    current = [(slug, agency["全称"]) for slug, agency in sorted(scan.agencies.items())]
    assert former
    with visitor(browser) as visit:
        for slug, name in (*former[:3], *current[:20]):
            search(visit, many, name)
            first = visit.page.locator(".search-results > li").first
            assert first.get_attribute("data-agency") == slug


def test_a_result_shows_its_passage_and_leads_to_it(browser: Browser, served: str) -> None:
    with visitor(browser, viewport=SCREENS["wide"]) as visit:
        search(visit, served, "三公经费")
        passage = visit.page.locator(f"[data-report='{SEED}'] .search-passage").first
        passage.wait_for()
        assert passage.locator("mark").all_text_contents() == ["三公”经费"]
        passage.get_by_role("link").first.click()
        visit.page.wait_for_selector("mark.found-first")
        assert f"/reports/{SEED}/" in visit.page.url
        mark = visit.page.locator("mark.found-first")
        assert mark.text_content() == "三公”经费"
        box = mark.bounding_box()
        assert box is not None
        assert 0 < box["y"] < SCREENS["wide"]["height"]
        assert visit.complaints == []


def test_a_figure_that_was_found_is_scrolled_to(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        assert search(visit, served, "复议后起诉") > 0
        visit.page.locator(".search-passage a").first.click()
        visit.page.wait_for_selector("td.found-first")
        assert visit.page.locator("td.found-first").inner_text() != "0"


def test_an_explanation_that_was_found_is_scrolled_to(browser: Browser, served: str) -> None:
    scan = Scan(DATA)
    told = scan.explanations["pingtan-gongan/2021"][0][:12]
    with visitor(browser) as visit:
        assert search(visit, served, told) == len(scan.find(told)) > 0
        visit.page.locator("[data-report='pingtan-gongan/2021'] .search-passage a").first.click()
        visit.page.wait_for_selector(".notes mark.found-first")
        assert visit.complaints == []


def test_the_whole_site_below_a_path_and_under_a_strict_policy(
    browser: Browser, site: Built
) -> None:
    with (
        serving(site.portal.site, Content_Security_Policy=STRICT) as address,
        visitor(browser) as visit,
    ):
        assert search(visit, f"{address}{PREFIX.rstrip('/')}", "165条") == 1
        visit.page.locator(".search-passage a").first.click()
        visit.page.wait_for_selector("mark.found-first")
        assert PREFIX in visit.page.url
        own = [words for words in visit.complaints if "search" in words]
        assert own == []


def test_the_search_works_from_a_folder_on_disk(browser: Browser, offline_site: Built) -> None:
    with visitor(browser) as visit:
        page = visit.page
        page.goto((offline_site.portal.site / "index.html").as_uri())
        page.locator("#search-words").fill("165条")
        page.wait_for_load_state("networkidle")  # else what the box loads is broken off
        page.keyboard.press("Enter")
        assert searched(page, "165条") == 1
        page.locator("#search-words").fill("平潭 2021年")
        page.keyboard.press("Enter")
        every = searched(page, "平潭 2021年")
        page.get_by_label("年度", exact=True).select_option("2021")
        assert 0 < searched(page, "平潭 2021年") <= every
        page.go_back()
        page.go_back()
        page.wait_for_function("document.querySelector('#search-page').dataset.total === '1'")
        page.locator(".search-passage a").first.click()
        page.wait_for_selector("mark.found-first")
        assert page.url.startswith("file://")
        assert f"/reports/{SEED}.html" in page.url
        page.wait_for_load_state("networkidle")
        page.locator("#search-words").fill("平潭综合实验区财政金融")
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/agencies/pingtan-caijin.html")
        assert visit.complaints == []


HOSTILE = {
    "": 0,
    "   ": 0,
    "“”": 0,
    "字" * 201: 0,
    "公开" * 100: 0,
    "，" * 60: 0,
    "😀": 0,
    "𠮷野家": 0,
    "\U0010ffff": 0,
    "<script>alert(1)</script>": 0,
    "<img src=x onerror=alert(1)>": 0,
    "__proto__": 0,
    "constructor": 0,
    "\\u516c\\u5f00": 0,
    ".*": 0,
    "%E5%85%AC": 0,
    "\uffff": 0,
    "$& $1": 0,
}


def test_hostile_queries_get_an_answer_or_a_message(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        visit.page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
        for query, total in HOSTILE.items():
            visit.page.goto(f"{served}/search/?q={quote(query)}")
            visit.page.wait_for_selector("#search-page[data-total]", state="attached")
            found = visit.page.locator("#search-page").get_attribute("data-total")
            assert found == str(total), query
            if query.strip():
                assert visit.page.locator(".search-status").inner_text() != "", query
        for more in ("page=-1", "page=x", "page=99999", "sort=x", "year=x", "region=__proto__"):
            visit.page.goto(f"{served}/search/?q={quote('公开')}&{more}")
            visit.page.wait_for_selector("#search-page[data-total]", state="attached")
        assert visit.complaints == []


def test_markup_in_a_report_is_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    portal = copy_portal(tmp_path / "portal", [SEED])
    hostile = "<img src=x onerror=alert(1)>一是<b>公开</b>"
    portal.replace(f"data/agencies/{SEED}.yaml", "2021年度我局未收到依申请公开。", hostile)
    built(portal)
    with serving(portal.site) as address, visitor(browser) as visit:
        visit.page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
        assert search(visit, address, "<b>公开</b>") == 1
        passage = visit.page.locator(".search-passage")
        passage.wait_for()
        assert passage.locator("img, b").count() == 0
        assert hostile in (passage.text_content() or "")
        passage.get_by_role("link").first.click()
        visit.page.wait_for_selector("mark.found-first")
        assert visit.complaints == []


def state_of(page: Page) -> dict[str, Any]:
    state: dict[str, Any] = page.locator("#search-words").evaluate(
        """input => ({
          expanded: input.getAttribute("aria-expanded"),
          active: document.getElementById(input.getAttribute("aria-activedescendant"))?.textContent,
          options: [...document.querySelectorAll("#search-options li")].map(one => one.textContent),
          isFocused: document.activeElement === input,
          value: input.value,
        })"""
    )
    return state


def test_the_box_is_worked_with_the_keyboard_alone(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        page = visit.page
        page.goto(f"{served}/about/")
        page.keyboard.press("/")
        assert state_of(page)["isFocused"]
        page.keyboard.type("2021")
        page.locator("[role=option]").first.wait_for()
        state = state_of(page)
        assert state["expanded"] == "true"
        assert state["options"][0] == "2021年年度"
        assert state.get("active") is None
        page.keyboard.press("ArrowDown")
        assert state_of(page)["active"] == "2021年年度"
        page.keyboard.press("ArrowUp")
        assert state_of(page).get("active") is None
        page.keyboard.press("Escape")
        state = state_of(page)
        assert (state["expanded"], state["value"], state["isFocused"]) == ("false", "2021", True)
        page.keyboard.type("年")
        page.locator("[role=option]").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/years/2021/")
        page.keyboard.press("/")
        page.keyboard.type("全会精神")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=*")
        assert searched(page, "全会精神") == 1
        assert visit.complaints == []


def test_a_term_of_the_form_is_explained_and_leads_to_its_place_in_the_glossary(
    browser: Browser, served: str
) -> None:
    with visitor(browser) as visit:
        page = visit.page
        page.goto(f"{served}/about/")
        page.locator("#search-words").press_sequentially("复议后")
        page.locator("[role=option]", has_text="指标说明").click()
        page.wait_for_url("**/glossary/#*.litigation.after_reconsideration")
        place = page.url
        assert "复议后起诉" in page.locator(":target").inner_text()
        assert search(visit, served, "复议后起诉") > 0
        assert "行政复议" in page.locator(".search-meaning").inner_text()
        page.locator(".search-meaning").get_by_role("link", name="复议后起诉").click()
        assert page.url == place
        assert visit.complaints == []


@pytest.mark.parametrize("name", ["site", "offline_site"])
def test_every_term_and_region_that_is_suggested_has_its_place(
    name: str, request: pytest.FixtureRequest
) -> None:
    made: Built = request.getfixturevalue(name)
    script = (made.portal.site / "search/data/catalogue.js").read_text("utf-8")
    catalogue = json.loads(script[script.index("{") : script.rindex("}") + 1])
    glossary = made.pages[catalogue["glossary"].removesuffix("index.html") + "index.html"]
    places = {str(item) for item in glossary.xpath("//@id")}
    anchors = [anchor for _, _, _, anchor in catalogue["terms"]]
    assert len(anchors) > 20
    assert set(anchors) <= places
    ending = catalogue["suffix"] + "index.html" * catalogue["suffix"].endswith("/")
    assert {f"regions/{code}{ending}" for code in catalogue["regions"]} <= set(made.pages)


def test_a_place_is_suggested_before_the_agencies_in_it(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        page = visit.page
        page.goto(f"{served}/about/")
        page.locator("#search-words").press_sequentially("平潭")
        page.locator("[role=option]").first.wait_for()
        assert state_of(page)["options"][0] == "平潭综合实验区地区"
        page.locator("#search-words").press_sequentially("综合实验区公安局")
        page.locator("[role=option]", has_text="公安局").first.wait_for()
        assert state_of(page)["options"][0] == "平潭综合实验区公安局机关"
        page.locator("#search-words").fill("福建省")
        page.locator("[role=option]", has_text="福建省").click()
        page.wait_for_url("**/regions/350000/")
        assert visit.complaints == []


def test_where_no_report_has_all_words_the_agency_that_one_names_leads_on(
    browser: Browser, served: str
) -> None:
    with visitor(browser) as visit:
        assert search(visit, served, "平潭综合实验区公安局 全会精神") == 0
        assert results(visit.page, "agency") == ["pingtan-gongan"]
        said = visit.page.locator(".search-status").inner_text()
        assert re.search(r"“平潭综合实验区公安局” \d+ 份，“全会精神” 1 份", said)


def test_the_title_names_what_was_searched_and_forgets_it_on_the_way_back(
    browser: Browser, served: str
) -> None:
    with visitor(browser) as visit:
        page = visit.page
        page.goto(f"{served}/search/")
        page.wait_for_selector("#search-page[data-total]", state="attached")
        plain = page.title()
        for query in ("全会精神", "$& $1 · 三公"):
            page.locator("#search-words").fill(query)
            page.keyboard.press("Enter")
            page.wait_for_function("words => document.title.startsWith(words)", arg=query)
            assert page.title() == f"{query} · {plain}"
        page.go_back()
        page.go_back()
        page.wait_for_function("words => document.title === words", arg=plain)
        assert page.locator(".search-result").count() == 0
        assert visit.complaints == []


def test_a_filter_with_nothing_to_choose_is_not_shown(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        assert search(visit, served, "全会精神") == 1
        assert visit.page.locator(".search-filters").is_hidden()
        assert search(visit, served, "平潭综合实验区公安局") > 1
        assert visit.page.get_by_label("年度", exact=True).is_visible()
        assert visit.page.get_by_label("机关", exact=True).count() == 0
        search(visit, served, "平潭综合实验区公安局", agency="pingtan-gongan")
        assert visit.page.get_by_label("机关", exact=True).input_value() == "pingtan-gongan"


@pytest.mark.parametrize("place", ["/", "/about/"])
def test_box_and_switches_stand_in_the_header_without_being_squeezed(
    browser: Browser, served: str, place: str
) -> None:
    with visitor(browser) as visit:
        page = visit.page
        page.goto(f"{served}{place}", wait_until="networkidle")
        for width in (320, 390, 768, 900, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for button in page.locator(".preferences button").all():
                box = button.bounding_box()
                assert box is not None
                assert box["width"] > box["height"]
            boxes = [
                page.locator(selector).bounding_box()
                for selector in (".masthead__name", ".search-box", ".preferences")
            ]
            name, form, switches = (box for box in boxes if box is not None)
            assert form["width"] >= 190
            if width >= 390:
                middles = [box["y"] + box["height"] / 2 for box in (name, switches)]
                assert abs(middles[0] - middles[1]) < 4
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_suggested_or_sent_in_the_middle_of_a_composition(
    browser: Browser, served: str
) -> None:
    with visitor(browser) as visit:
        page = visit.page
        page.goto(f"{served}/about/")
        page.locator("#search-words").focus()
        page.wait_for_load_state("networkidle")
        session = page.context.new_cdp_session(page)
        session.send(
            "Input.imeSetComposition", {"text": "lin", "selectionStart": 3, "selectionEnd": 3}
        )
        page.wait_for_timeout(50)
        assert state_of(page)["options"] == []
        key = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
        assert page.url.endswith("/about/")
        session.send("Input.insertText", {"text": "临翔"})
        page.locator("[role=option]").first.wait_for()
        assert state_of(page)["options"] == ["临翔区地区", f"{NAME}机关"]


def test_a_page_view_loads_nothing_of_the_index_until_the_box_is_used(
    browser: Browser, served: str
) -> None:
    with visitor(browser) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.page.goto(f"{served}/reports/{SEED}/", wait_until="networkidle")
        own = [url for url in asked if "search" in url]
        assert {Path(urlsplit(url).path).name for url in own} == {"search-box.js"}
        visit.page.locator("#search-words").focus()
        visit.page.wait_for_load_state("networkidle")
        names = {Path(urlsplit(url).path).name for url in asked if "/data/" in url}
        assert names == {"characters.js", "catalogue.js"}


# What came into browsers after Chromium 78, the oldest that the site is for.
LATER = """
for (const [kind, names] of [
  [Element, ["replaceChildren", "checkVisibility"]], [Document, ["replaceChildren"]],
  [Array, ["at", "findLast", "toSorted"]], [String, ["at", "replaceAll"]],
]) for (const name of names) delete kind.prototype[name];
for (const name of ["structuredClone", "scheduler"]) delete window[name];
delete Object.hasOwn;
delete Promise.any;
"""


def test_a_browser_of_2019_suggests_finds_and_marks(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        visit.page.add_init_script(LATER)
        assert search(visit, served, "政务服务管理局 公开") > 0
        visit.page.locator("#search-words").fill("平潭")
        visit.page.locator("[role=option]").first.wait_for()
        visit.page.keyboard.press("Escape")
        visit.page.locator(".search-passage a").first.click()
        visit.page.locator("mark.found-first").wait_for()
        assert visit.complaints == []


def test_without_javascript_the_form_leads_to_the_lists(browser: Browser, served: str) -> None:
    with visitor(browser, java_script_enabled=False) as visit:
        page = visit.page
        page.goto(f"{served}/about/")
        page.locator("#search-words").fill("临翔区")
        page.get_by_role("button", name="搜索").click()
        assert "/search/?q=" in page.url
        assert "JavaScript" in page.locator("noscript").inner_text()
        page.locator("noscript").get_by_role("link", name="按地区和机关找").click()
        assert page.locator("h1").inner_text() == "按地区找报告"
        assert visit.complaints == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_have_no_barrier_and_fit_the_screen(
    browser: Browser, served: str, screen: str, scheme: str
) -> None:
    with visitor(browser, viewport=SCREENS[screen], color_scheme=scheme, bypass_csp=True) as visit:
        search(visit, served, "政务服务管理局")
        visit.page.locator(".search-passage").first.wait_for()
        visit.page.locator("#search-words").fill("平潭")
        visit.page.locator("[role=option]").first.wait_for()
        visit.page.keyboard.press("ArrowDown")
        assert violations(visit.page) == []
        width = SCREENS[screen]["width"]
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.complaints == []


def test_the_search_of_the_theme_has_left_no_trace(site: Built) -> None:
    names = [path.relative_to(site.portal.site).as_posix() for path in site.portal.site.rglob("*")]
    assert [name for name in names if re.search("lunr|workers|search_index", name)] == []
    for name, page in site.pages.items():
        assert not page.xpath("//script[@id='__config']"), name


def test_a_portal_without_reports_can_be_searched(browser: Browser, tmp_path: Path) -> None:
    portal = copy_portal(tmp_path / "portal", [])
    (portal.root / "data/agencies").mkdir(exist_ok=True)
    built(portal)
    with serving(portal.site) as address, visitor(browser) as visit:
        assert search(visit, address, "公开") == 0
        assert "没有" in visit.page.locator(".search-status").inner_text()
        assert visit.complaints == []


def test_a_site_changed_under_the_reader_is_read_anew(browser: Browser, tmp_path: Path) -> None:
    portal = copy_portal(tmp_path / "portal", [SEED])
    built(portal)
    with serving(portal.site) as address, visitor(browser) as visit:
        visit.page.goto(f"{address}/search/")
        visit.page.locator("#search-words").focus()
        visit.page.wait_for_load_state("networkidle")
        portal.replace(f"data/agencies/{SEED}.yaml", "未收到依申请公开", "没有收到申请")
        built(portal)
        visit.page.locator("#search-words").fill("没有收到申请")
        visit.page.keyboard.press("Enter")
        assert searched(visit.page, "没有收到申请") == 1
