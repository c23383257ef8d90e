"""Feeds, site map and robots.txt: what is new, dated by the data alone."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from lxml import etree
from markup import found, values
from payloads import PAYLOADS
from portal_data import DATA
from portal_fixture import SEED, SITE_URL, Built, Portal, Variant, built, copy_portal
from printed import load, reports

pytestmark = pytest.mark.site

ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
TAG = re.compile(r"tag:example\.org,2026:/a/b/[\w/.:-]+")
REPORTS = reports(DATA)
DATED = [report for report in REPORTS if report.stated["发布日期"] != "不详"]
OTHER = "pingtan-shehui/2021"


class Entry(NamedTuple):
    id: str
    title: str
    updated: str
    link: str
    summary: str


class Feed(NamedTuple):
    page: str
    root: etree._Element
    entries: list[Entry]


def only(element: etree._Element, name: str) -> etree._Element:
    """The one child of a name, which RFC 4287 asks for exactly once."""
    (child,) = element.findall(ATOM + name)
    return child


def words(element: etree._Element, name: str) -> str:
    text = only(element, name).text
    assert text
    return text


def linked(element: etree._Element, relation: str | None) -> str:
    (link,) = [item for item in element.findall(ATOM + "link") if item.get("rel") == relation]
    return str(link.get("href"))


def read(portal: Portal, file: str) -> Feed:
    root = etree.parse(portal.site / file).getroot()
    assert root.tag == ATOM + "feed"
    entries = [
        Entry(
            words(item, "id"),
            words(item, "title"),
            words(item, "updated"),
            linked(item, None),
            words(item, "summary"),
        )
        for item in root.findall(ATOM + "entry")
    ]
    return Feed(file.removesuffix("feed.xml"), root, entries)


def feeds(portal: Portal) -> Iterator[Feed]:
    for path in sorted(portal.site.rglob("feed.xml")):
        yield read(portal, path.relative_to(portal.site).as_posix())


def corrected(portal: Portal, *corrections: tuple[str, str]) -> Portal:
    lines = [f"  - {{日期: {day}, 内容: {text}}}" for day, text in corrections]
    place = portal.root / f"data/agencies/{SEED}.yaml"
    added = "\n".join(["", "更正:", *lines, ""])
    portal.put(f"data/agencies/{SEED}.yaml", place.read_text("utf-8").rstrip() + "\n" + added)
    return portal


def test_the_portal_and_every_region_and_agency_with_a_page_has_a_feed(site: Built) -> None:
    pages = {
        file.removesuffix("index.html")
        for file in site.pages
        if re.fullmatch(r"(regions/\d+|agencies/[\w-]+)/index\.html|index\.html", file)
    }
    assert {feed.page for feed in feeds(site.portal)} == pages


def test_every_feed_has_what_rfc_4287_requires(site: Built) -> None:
    for feed in feeds(site.portal):
        assert TAG.fullmatch(words(feed.root, "id"))
        assert words(feed.root, "title")
        assert words(only(feed.root, "author"), "name")
        assert INSTANT.fullmatch(words(feed.root, "updated"))
        assert linked(feed.root, "self") == f"{SITE_URL}{feed.page}feed.xml"
        assert linked(feed.root, None) == SITE_URL + feed.page
        for item, entry in zip(feed.root.findall(ATOM + "entry"), feed.entries, strict=True):
            assert TAG.fullmatch(entry.id), entry.id
            assert INSTANT.fullmatch(entry.updated)
            assert words(item, "published") == entry.updated
            assert words(only(item, "author"), "name")
            assert entry.link.removeprefix(SITE_URL) + "index.html" in site.pages


def test_entries_are_unique_newest_first_and_fifty_at_most(site: Built) -> None:
    sizes = set()
    for feed in feeds(site.portal):
        ids = [entry.id for entry in feed.entries]
        assert len(set(ids)) == len(ids) <= 50
        assert all(newer.updated >= older.updated for newer, older in pairwise(feed.entries))
        if feed.entries:
            assert words(feed.root, "updated") == feed.entries[0].updated
        sizes.add(len(ids))
    assert max(sizes) == 50 < len(DATED)


def test_feeds_tell_of_the_dated_reports_and_keep_the_newest(site: Built) -> None:
    newest = sorted((report.stated["发布日期"] for report in DATED), reverse=True)[:50]
    whole = read(site.portal, "feed.xml")
    assert [entry.updated for entry in whole.entries] == [
        f"{stated[:10]}T{stated[11:] or '00:00'}:00+08:00" for stated in newest
    ]
    for feed in feeds(site.portal):
        if feed.page.startswith("agencies/"):
            slug = feed.page.split("/")[1]
            own = {f"{SITE_URL}reports/{slug}/{item.year}/" for item in DATED if item.slug == slug}
            assert {entry.link for entry in feed.entries} == own


def test_a_region_tells_of_the_regions_below_it_too(site: Built) -> None:
    below = {entry.id for entry in read(site.portal, "regions/350128/feed.xml").entries}
    above = load(DATA / "regions.yaml")["350128"]["上级"]
    assert below == {entry.id for entry in read(site.portal, f"regions/{above}/feed.xml").entries}
    assert below


def test_every_page_leads_to_a_feed_that_is_there(site: Built) -> None:
    for file, page in site.pages.items():
        if file == "404.html":
            continue
        (href,) = values(page, "//link[@type='application/atom+xml']/@href")
        target = urljoin(SITE_URL + file, href).removeprefix(SITE_URL)
        assert (site.portal.site / target).is_file(), file
        if file.startswith(("agencies/", "regions/")) and file.count("/") == 2:
            assert target == file.replace("index.html", "feed.xml") or file == "regions/index.html"


def test_corrections_are_entries_of_their_own(variant: Variant) -> None:
    portal = corrected(
        variant(),
        ("2026-03-01", "更正一。"),
        ("2026-03-01", "更正二。"),
        ("2026-02-01", "更正三。"),
    )
    feed = read(built(portal, GONGKAI_SITE_URL=SITE_URL).portal, "agencies/linxiang-zwfwj/feed.xml")
    base = f"tag:example.org,2026:/a/b/reports/{SEED}"
    assert [(entry.id, entry.summary) for entry in feed.entries] == [
        (f"{base}/2026-03-01", "更正一。"),
        (f"{base}/2026-03-01/2", "更正二。"),
        (f"{base}/2026-02-01", "更正三。"),
    ]
    assert all(entry.title.startswith("更正：") for entry in feed.entries)


def test_ids_stay_when_something_is_added(variant: Variant) -> None:
    def ids(*corrections: tuple[str, str]) -> set[str]:
        portal = corrected(variant(), *corrections)
        return {
            entry.id
            for entry in read(built(portal, GONGKAI_SITE_URL=SITE_URL).portal, "feed.xml").entries
        }

    first = ids(("2026-03-01", "更正一。"))
    assert first < ids(("2026-03-01", "更正一。"), ("2026-04-01", "更正二。"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_correction_is_text_whatever_it_says(payload: str, payloads: dict[str, Entry]) -> None:
    assert payloads[payload].summary == payload


@pytest.fixture(scope="module")
def payloads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Entry]:
    """A portal with a correction for each payload, and what its feed says of each."""
    portal = copy_portal(tmp_path_factory.mktemp("feeds"), [SEED])
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - only a day
    said = [
        (f"{start + timedelta(days=day):%Y-%m-%d}", "'" + payload.replace("'", "''") + "'")
        for day, payload in enumerate(PAYLOADS)
    ]
    feed = read(built(corrected(portal, *said), GONGKAI_SITE_URL=SITE_URL).portal, "feed.xml")
    assert len(feed.entries) == len(PAYLOADS)
    return dict(zip(reversed(PAYLOADS), feed.entries, strict=True))


def test_without_an_address_of_the_site_or_any_date_there_are_no_feeds(
    offline_site: Built, variant: Variant
) -> None:
    assert list(offline_site.portal.site.rglob("feed.xml")) == []
    assert "no feeds" in offline_site.process.stdout
    undated = built(variant([SEED]), GONGKAI_SITE_URL=SITE_URL)
    assert list(undated.portal.site.rglob("feed.xml")) == []
    for page in undated.pages.values():
        assert found(page, "//link[@type='application/atom+xml']") == []


def mapped(portal: Portal) -> dict[str, str | None]:
    """The dates of the site map by page."""
    root = etree.parse(portal.site / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == space + "urlset"
    return {
        str(item.findtext(space + "loc")).removeprefix(SITE_URL): item.findtext(space + "lastmod")
        for item in root
    }


def test_the_site_map_dates_every_page_by_the_data(site: Built) -> None:
    dates = mapped(site.portal)
    newest = max(report.stated["发布日期"] for report in DATED)[:10]
    for report in REPORTS:
        stated = report.stated["发布日期"][:10]
        assert dates[report.page.removesuffix("index.html")] == (
            None if stated == "不详" else stated
        )
    for year in {report.year for report in DATED}:
        days = [report.stated["发布日期"] for report in DATED if report.year == year]
        assert dates[f"years/{year}/"] == max(days)[:10]
    above = load(DATA / "regions.yaml")["350128"]["上级"]
    for page in ("", "regions/", "years/", "regions/350128/", f"regions/{above}/"):
        assert dates[page] == newest, page


def test_a_hand_written_page_says_when_it_was_changed(variant: Variant) -> None:
    portal = variant()
    portal.put("docs/about/index.md", "---\nupdated: 2026-02-03\n---\n# 关于数据\n")
    dates = mapped(built(portal, GONGKAI_SITE_URL=SITE_URL).portal)
    assert dates["about/"] == "2026-02-03"
    assert dates["staff/"] is None


def test_a_correction_is_a_change(variant: Variant) -> None:
    portal = corrected(variant(), ("2026-03-01", "更正。"))
    dates = mapped(built(portal, GONGKAI_SITE_URL=SITE_URL).portal)
    for page in ("", f"reports/{SEED}/", "regions/530902/", "regions/530000/2021/", "years/2021/"):
        assert dates[page] == "2026-03-01", page


def test_robots_are_led_to_the_site_map(site: Built, offline_site: Built, variant: Variant) -> None:
    lines = (site.portal.site / "robots.txt").read_text("utf-8").splitlines()
    assert lines == ["User-agent: *", "Disallow:", f"Sitemap: {SITE_URL}sitemap.xml"]
    offline = offline_site.portal.site
    assert "Sitemap" not in (offline / "robots.txt").read_text("utf-8")
    assert not (offline / "sitemap.xml").exists()
    portal = variant([SEED])
    portal.put("docs/robots.txt", "User-agent: *\nDisallow: /\n")
    assert (built(portal).portal.site / "robots.txt").read_text("utf-8").endswith("Disallow: /\n")
