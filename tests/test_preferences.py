"""Large text and high contrast: two switches that stay, for every page, with nothing broken."""

from collections.abc import Iterator
from itertools import product
from time import sleep

import pytest
from barriers import FAINT
from playwright.sync_api import Browser, Page, Route
from portal_fixture import Built
from visiting import (
    CLIPPED,
    FOCUSED,
    KIND,
    OVERFLOW,
    SCREENS,
    VISIT,
    Visitor,
    address_of,
    open_page,
    visit_next,
    visitor,
)

pytestmark = pytest.mark.browser

SWITCHES = {"large-text": "大字", "high-contrast": "高对比"}
SWITCH = pytest.mark.parametrize("switch", SWITCHES)


def turn_on(visit: Visitor, *switches: str) -> None:
    """Turn switches on before any page is drawn."""
    for name in switches:
        visit.page.add_init_script(f"localStorage.setItem('gongkai.{name}', 'on')")


def switched(visit: Visitor, address: str, *switches: str) -> Page:
    """Open a page with some switches on from before it is drawn."""
    turn_on(visit, *switches)
    return open_page(visit, address)


def is_on(page: Page, switch: str) -> bool:
    """Whether a switch is on, by what the page looks like; what is told must agree."""
    button = page.get_by_role("button", name=SWITCHES[switch])
    told = button.get_attribute("aria-pressed")
    seen = page.evaluate(f"document.documentElement.hasAttribute('data-{switch}')")
    assert told == str(seen).lower()
    return bool(seen)


@pytest.fixture(scope="module", params=product(SCREENS, ("light", "dark")), ids=" ".join)
def with_both(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """One visitor for all pages of a look, with both switches on."""
    screen, scheme = request.param
    options = {"viewport": SCREENS[screen], "color_scheme": scheme, "bypass_csp": True}
    with visitor(browser, **options) as visit:
        turn_on(visit, *SWITCHES)
        yield visit


@KIND
def test_with_both_switches_on_a_page_keeps_its_shape_and_has_strong_contrast(
    with_both: Visitor, served: str, kind: str
) -> None:
    page = visit_next(with_both, address_of(served, kind))
    assert page.evaluate(FAINT, 7) == []
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(CLIPPED) == []
    assert with_both.complaints == []


@SWITCH
def test_a_switch_is_pressed_with_the_keyboard_and_stays_on_other_pages(
    browser: Browser, served: str, switch: str
) -> None:
    with visitor(browser) as visit:
        page = open_page(visit, f"{served}/")
        assert not is_on(page, switch)
        page.get_by_role("button", name=SWITCHES[switch]).focus()
        page.keyboard.press("Space")
        assert is_on(page, switch)
        assert page.evaluate(f"{FOCUSED}.textContent") == SWITCHES[switch], "focus is lost"
        for address in ("reports/linxiang-zwfwj/2021/", "404.html"):
            open_page(visit, f"{served}/a/b/{address}")
            assert is_on(page, switch)
        page.get_by_role("button", name=SWITCHES[switch]).press("Enter")
        open_page(visit, f"{served}/")
        assert not is_on(page, switch)


def test_large_text_is_larger_everywhere_and_high_contrast_is_not(
    browser: Browser, served: str
) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"
    with visitor(browser) as visit:
        page = open_page(visit, f"{served}/about/")
        usual = page.evaluate(size)
        page.get_by_role("button", name="高对比").click()
        assert page.evaluate(size) == usual
        page.get_by_role("button", name="大字").click()
        assert page.evaluate(size) >= usual * 1.25


def test_a_page_is_drawn_in_the_chosen_look_from_the_beginning(
    browser: Browser, served: str
) -> None:
    with visitor(browser) as visit:
        visit.page.add_init_script(
            """localStorage.setItem("gongkai.large-text", "on");
            new MutationObserver(() => {
              if (!document.body || window.first !== undefined) return;
              window.first = document.documentElement.hasAttribute("data-large-text");
            }).observe(document, {childList: true, subtree: true});"""
        )
        page = open_page(visit, f"{served}/about/")
        assert page.evaluate("window.first") is True


def late(route: Route) -> None:
    """Let a file come when the page has been drawn."""
    sleep(0.5)
    route.continue_()


@VISIT
@pytest.mark.parametrize("switches", [(), tuple(SWITCHES)], ids=["usual", "both"])
def test_the_switches_move_nothing_when_the_page_has_loaded(
    browser: Browser, served: str, screen: str, switches: tuple[str, ...]
) -> None:
    with visitor(browser, viewport=SCREENS[screen]) as visit:
        visit.page.add_init_script(
            """window.moved = [];
            new PerformanceObserver(list => list.getEntries().forEach(
              entry => window.moved.push(...entry.sources.map(source => source.node?.className))
            )).observe({type: "layout-shift", buffered: true});"""
        )
        for script in ("load", "search-box", "portal"):
            visit.page.route(f"**/assets/{script}.js", late)
        page = switched(visit, f"{served}/about/", *switches)
        page.wait_for_timeout(300)
        assert page.evaluate("window.moved") == []


def test_readers_whose_system_asks_for_contrast_get_it_until_they_say_no(
    browser: Browser, served: str
) -> None:
    with visitor(browser, contrast="more") as visit:
        page = open_page(visit, f"{served}/")
        assert is_on(page, "high-contrast")
        assert not is_on(page, "large-text")
        page.get_by_role("button", name="高对比").click()
        open_page(visit, f"{served}/about/")
        assert not is_on(page, "high-contrast")


def test_the_switches_are_not_there_without_javascript(browser: Browser, served: str) -> None:
    with visitor(browser, java_script_enabled=False) as visit:
        page = open_page(visit, f"{served}/")
        assert page.locator("[data-preference]").count() == 2
        assert [item.is_visible() for item in page.locator("[data-preference]").all()] == [
            False
        ] * 2


def test_the_switches_work_where_nothing_can_be_stored(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        visit.page.add_init_script(
            """for (const name of ["getItem", "setItem"])
              Storage.prototype[name] = function (key) {
                if (key.startsWith("gongkai.")) throw new Error("no storage"); return null; };"""
        )
        page = open_page(visit, f"{served}/")
        page.get_by_role("button", name="大字").click()
        assert is_on(page, "large-text")
        assert visit.complaints == []


def test_the_switches_work_in_a_site_on_disk(browser: Browser, offline_site: Built) -> None:
    folder = offline_site.portal.site
    with visitor(browser) as visit:
        page = open_page(visit, (folder / "index.html").as_uri())
        page.get_by_role("button", name="大字").click()
        open_page(visit, (folder / "about/reading.html").as_uri())
        assert is_on(page, "large-text")
        assert visit.complaints == []


@VISIT
@pytest.mark.parametrize("look", ["usual", "large-text"])
def test_switches_are_large_enough_to_touch_and_do_not_overlap(
    browser: Browser, served: str, screen: str, look: str
) -> None:
    with visitor(browser, viewport=SCREENS[screen]) as visit:
        page = switched(visit, f"{served}/", *([look] if look in SWITCHES else []))
        boxes = [item.bounding_box() for item in page.locator("[data-preference]").all()]
        left, right = (box for box in boxes if box)
        assert min(left["height"], right["height"]) >= 24
        assert right["x"] >= left["x"] + left["width"] or right["y"] >= left["y"] + left["height"]


def test_a_link_to_a_rule_shows_the_rule(browser: Browser, served: str) -> None:
    with visitor(browser) as visit:
        page = open_page(visit, f"{served}/staff/rules/#reconciliation")
        box = page.locator("#reconciliation").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 400
        marked = "getComputedStyle(document.getElementById('reconciliation'))"
        other = "getComputedStyle(document.getElementById('row-total'))"
        assert page.evaluate(f"{marked}.backgroundColor !== {other}.backgroundColor")


@VISIT
def test_long_pages_are_of_bearable_length(browser: Browser, served: str, screen: str) -> None:
    limits = {"wide": 8500, "narrow": 16000}
    with visitor(browser, viewport=SCREENS[screen]) as visit:
        for address in ("staff/rules/", "glossary/"):
            page = open_page(visit, f"{served}/{address}")
            assert page.evaluate("document.scrollingElement.scrollHeight") < limits[screen]
