"""The security policy: nothing runs on a page, or is loaded by it, but the portal's own files."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from gongkai.html.policy import policy
from markup import found, outer_addresses, text, values
from playwright.sync_api import Browser, Page, Request, Route
from portal_data import DATA
from portal_fixture import PREFIX, SEED, SITE_URL, Built, copy_portal, serving
from printed import reports
from visiting import PAGES, Visitor, address_of, visit_next, visitor

pytestmark = pytest.mark.site

BROWSER = pytest.mark.browser
KIND = pytest.mark.parametrize("kind", PAGES)
STRICT = policy(is_preview=False)
LOADING = re.compile(r"(?:url\(|@import|import|from|src=|fetch\()\s*[\"'`]?(?:https?:)?//[^\"'`)]+")
NAMESPACE = "http://www.w3.org/"
MOST_HTML, MOST_IN_ALL = 60_000, 150_000
VIOLATIONS = """
addEventListener("securitypolicyviolation", event => {
  (window.refused ??= []).push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
"""


def test_the_policy_allows_nothing_that_a_page_says_by_itself() -> None:
    rest = "style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
    assert f"default-src 'none'; script-src 'self'; {rest}" == STRICT
    assert policy(is_preview=True) == (
        f"default-src 'none'; script-src 'self' 'unsafe-inline'; {rest}; connect-src 'self'"
    )


def test_every_page_has_the_policy_before_anything_that_it_governs(site: Built) -> None:
    for file, page in site.pages.items():
        (head,) = found(page, "/html/head")
        first, second = head[0], head[1]
        assert first.get("charset") == "utf-8", file
        assert second.get("http-equiv") == "Content-Security-Policy", file
        assert second.get("content") == STRICT, file
        assert len(found(page, "//meta[@http-equiv]")) == 1, file


def test_no_page_has_scripts_styles_or_handlers_of_its_own(site: Built) -> None:
    for file, page in site.pages.items():
        scripts = found(page, "//script[not(@type='application/ld+json')]")
        assert [text(item) for item in scripts if not item.get("src") or text(item)] == [], file
        assert found(page, "//style | //*[@style]") == [], file
        handlers = [name for item in page.iter() for name in item.attrib if name.startswith("on")]
        assert handlers == [], file
        assert [href for href in values(page, "//@href") if href.startswith("javascript")] == []


def test_nothing_is_left_that_only_the_theme_s_script_would_drive(site: Built) -> None:
    for file, page in site.pages.items():
        assert found(page, "//*[@data-md-toggle] | //*[contains(@class, 'md-dialog')]") == [], file
        assert found(page, "//*[@data-md-component='skip'] | //*[@class='md-overlay']") == [], file
        assert found(page, "/html[@class]") == [], file


def test_no_file_of_the_site_loads_anything_from_elsewhere(site: Built) -> None:
    folder = site.portal.site
    assert list(outer_addresses(folder, site.pages, SITE_URL)) == []
    checked = 0
    for path in folder.rglob("*"):
        if path.suffix in {".css", ".js", ".mjs"}:
            words = path.read_text("utf-8")
            assert LOADING.findall(words) == [], path.name
            if path.suffix != ".css":
                addresses = re.findall(r"https?://[^\"'`\s]+", words)
                assert [item for item in addresses if not item.startswith(NAMESPACE)] == []
            checked += 1
    assert checked > 5


@pytest.mark.parametrize("folder", ["javascripts", "stylesheets"])
def test_what_the_theme_brings_along_is_not_published(site: Built, folder: str) -> None:
    assert not (site.portal.site / "assets" / folder).exists()


def test_what_only_the_type_checker_reads_is_not_published(site: Built) -> None:
    assert [*site.portal.site.rglob("*.ts")] == []


def first_visit(folder: Path, site: Built, file: str) -> Iterator[int]:
    """The compressed sizes of a page and of all that it loads."""
    page = site.pages[file]
    loaded = values(page, "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
    for address in ("", *loaded):
        target = urljoin(SITE_URL + file, address).removeprefix(SITE_URL)
        target += "index.html" if not target or target.endswith("/") else ""
        yield len(gzip.compress((folder / target).read_bytes(), mtime=0))


def test_a_first_visit_of_a_report_is_light(site: Built) -> None:
    for report in reports(DATA):
        sizes = list(first_visit(site.portal.site, site, report.page))
        assert len(sizes) > 5
        assert sizes[0] < MOST_HTML
        assert sum(sizes) < MOST_IN_ALL


def guarded(visit: Visitor) -> Page:
    """A page that may reach no other host, and that keeps what the policy refused."""

    def judge(route: Route, request: Request) -> None:
        if urlsplit(request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            visit.complaints.append(f"outside: {request.url}")
            route.abort()

    visit.page.route("**/*", judge)
    visit.page.add_init_script(VIOLATIONS)
    return visit.page


def refused(page: Page) -> list[str]:
    found_refusals: list[str] = page.evaluate("() => window.refused ?? []")
    return found_refusals


@pytest.fixture(scope="module")
def guard(browser: Browser) -> Iterator[Visitor]:
    """One visitor for all pages, who forgets what was chosen on the last."""
    with visitor(browser) as visit:
        guarded(visit).add_init_script("localStorage.clear()")
        yield visit


@BROWSER
@KIND
@pytest.mark.parametrize("prefix", ["/", PREFIX], ids=["root", "below a path"])
def test_no_page_asks_for_what_the_policy_refuses(
    guard: Visitor, served: str, kind: str, prefix: str
) -> None:
    address = address_of(served, kind) if prefix == "/" else served + prefix + PAGES[kind]
    page = visit_next(guard, address)
    page.wait_for_load_state("networkidle")
    page.locator("label[for^=__palette]:visible").click()
    assert page.evaluate("() => document.body.dataset.mdColorScheme") == "slate"
    assert refused(page) == []
    assert guard.complaints == []


@BROWSER
@KIND
def test_a_preview_with_errors_keeps_to_its_policy(guard: Visitor, preview: str, kind: str) -> None:
    page = visit_next(guard, preview + "/" + PAGES[kind])
    page.wait_for_load_state("networkidle")
    assert page.locator("section.blocking li").count() > 0
    assert refused(page) == []
    assert guard.complaints == []


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal with errors, as `serve` shows it."""
    portal = copy_portal(tmp_path_factory.mktemp("preview"))
    portal.replace(f"data/agencies/{SEED}.yaml", "合计: 477", "合计: 四百")
    process = portal.build("--no-strict", GONGKAI_PREVIEW="true")
    assert process.returncode == 0, process.stdout
    with serving(portal.site) as address:
        yield address


@BROWSER
def test_what_got_into_a_page_all_the_same_would_not_run(
    browser: Browser, site: Built, tmp_path: Path
) -> None:
    source = (site.portal.site / "about/index.html").read_text("utf-8")
    added = "<script>document.title = 'ran'</script><p id='bad' style='color: red' onclick='x()'>!"
    (tmp_path / "index.html").write_text(
        source.replace("</article>", f"{added}</article>"), "utf-8"
    )
    with serving(tmp_path) as address, visitor(browser) as visit:
        page = guarded(visit)
        page.goto(address + "/index.html")
        page.locator("#bad").click()
        assert page.title() != "ran"
        kinds = {words.split(":")[0] for words in refused(page)}
        assert kinds == {"script-src-elem", "script-src-attr", "style-src-attr"}


BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"
PAPER, NIGHT = "rgb(255, 255, 255)", "rgb(21, 25, 31)"


@BROWSER
@pytest.mark.parametrize(("scheme", "colour"), [("light", PAPER), ("dark", NIGHT)])
@pytest.mark.parametrize("script", ["on", "off"])
def test_colours_follow_the_system_with_and_without_script(
    browser: Browser, served: str, scheme: str, colour: str, script: str
) -> None:
    with visitor(browser, color_scheme=scheme, java_script_enabled=script == "on") as visit:
        page = visit.page
        page.goto(address_of(served, "full report"))
        assert page.evaluate(BACKGROUND) == colour
        assert page.locator("label[for^=__palette]:visible").count() == (script == "on")
        assert visit.complaints == []


@BROWSER
def test_a_choice_of_colours_is_shown_at_once_and_wins_over_the_system(
    browser: Browser, served: str
) -> None:
    with visitor(browser, color_scheme="dark") as visit:
        page = visit.page
        page.goto(f"{served}/")
        page.locator("label[for^=__palette]:visible").click()
        assert page.evaluate(BACKGROUND) == PAPER
        page.goto(f"{served}/about/", wait_until="commit")
        assert page.evaluate(BACKGROUND) == PAPER
        page.emulate_media(color_scheme="light")
        page.locator("label[for^=__palette]:visible").click()
        assert page.evaluate(BACKGROUND) == NIGHT
        assert visit.complaints == []
