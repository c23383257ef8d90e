"""What machines read of a page: the tags of Chinese government sites, Open Graph, JSON-LD."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from conftest import Compare
from gongkai.html.addresses import Addresses
from gongkai.html.metadata import Article, FeedLink, Head, Identity, SiteColumn, render
from gongkai.pages.page import Page
from lxml import html
from lxml.html import HtmlElement
from markup import found, only, texts, values
from markupsafe import Markup
from payloads import PAYLOADS
from portal_data import DATA
from portal_fixture import SEED, SITE_URL, Built, Portal, Variant, built, copy_portal
from printed import load, reports

pytestmark = pytest.mark.site

REPORTS = {report.page: report for report in reports(DATA)}
OTHER = "pingtan-shehui/2021"
KINDS = {
    "home": "index.html",
    "report": f"reports/{SEED}/index.html",
    "figures-only": f"reports/{OTHER}/index.html",
    "agency": "agencies/linxiang-zwfwj/index.html",
    "region": "regions/530902/index.html",
    "region-year": "regions/530902/2021/index.html",
    "year": "years/2021/index.html",
    "hand-written": "about/index.html",
    "missing": "404.html",
}
SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")
MOST_BYTES = 3_600
"""Of the head of a report, before compression."""


def test_the_domain_of_the_site_is_told_with_its_port() -> None:
    places = Addresses(site_url="https://nb.example.org:8443/a/")
    text = render(Identity("门户"), places, Page("", "门户", "说明。", Markup()), Head())
    assert '<meta name="SiteDomain" content="nb.example.org:8443">' in text


def dated(portal: Portal, stated: str) -> Portal:
    """State the day of the seed, which is not known."""
    portal.replace(f"data/agencies/{SEED}.yaml", "发布日期: 不详", f"发布日期: {stated}")
    return portal


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Two reports on a site that says who it is."""
    portal = dated(copy_portal(tmp_path_factory.mktemp("named"), [SEED, OTHER]), "2022-01-20")
    portal.replace("mkdocs.yml", 'sponsor: ""', "sponsor: 临翔区人民政府办公室")
    portal.replace("mkdocs.yml", 'site_id: ""', 'site_id: "5309020001"')
    portal.replace("mkdocs.yml", 'data_licence: ""', "data_licence: https://example.org/terms")
    return built(portal, GONGKAI_SITE_URL=SITE_URL)


def told(page: HtmlElement) -> dict[str, str]:
    """The tags of a page by their names."""
    return {
        item.get("name", ""): item.get("content", "") for item in found(page, "//head/meta[@name]")
    }


def things(page: HtmlElement) -> list[dict[str, Any]]:
    """What a page says in JSON-LD."""
    blocks = [json.loads(words) for words in texts(page, "//script[@type='application/ld+json']")]
    assert all(block["@context"] == "https://schema.org" for block in blocks)
    return [thing for block in blocks for thing in block["@graph"]]


def thing(page: HtmlElement, kind: str) -> dict[str, Any]:
    (found_thing,) = [item for item in things(page) if item["@type"] == kind]
    return found_thing


@pytest.mark.parametrize("kind", KINDS)
def test_the_head_of_a_page_of_each_kind(named: Built, kind: str, golden: Compare) -> None:
    source = (named.portal.site / KINDS[kind]).read_text("utf-8")
    start, end = source.index("<title>"), source.index('<link rel="icon"')
    golden(f"head/{kind}.html", source[start:end].rstrip() + "\n")


def test_every_page_names_its_site_and_its_column_and_reports_themselves(named: Built) -> None:
    for file, page in named.pages.items():
        wanted = [*SITE, *(() if file == "404.html" else COLUMN)]
        wanted += ARTICLE if file.startswith("reports/") else ()
        names = [name for name in told(page) if name in {*SITE, *COLUMN, *ARTICLE}]
        assert names == wanted, file
        assert all(told(page)[name] for name in wanted), file
        assert told(page)["SiteDomain"] == "example.org"


def test_what_the_site_does_not_say_of_itself_is_left_out(site: Built) -> None:
    for file, page in site.pages.items():
        assert "SiteIDCode" not in told(page), file
        assert not {"publisher", "license"} & {key for item in things(page) for key in item}, file
        assert "" not in told(page).values(), file


def test_reports_and_lists_of_them_stand_in_the_column_of_annual_reports(site: Built) -> None:
    for file, page in site.pages.items():
        if file.startswith(("reports/", "agencies/", "regions/", "years/")):
            assert told(page)["ColumnType"] == "信息公开年报", file
    assert told(site.pages["index.html"])["ColumnType"] == "首页"


@pytest.mark.parametrize(
    ("stated", "tag", "published"),
    [
        ("2022-01-20 09:30", "2022-01-20 09:30", "2022-01-20T09:30:00+08:00"),
        ("2022-01-20", "2022-01-20", "2022-01-20"),
        ("不详", None, None),
    ],
    ids=["to the minute", "only the day", "not known"],
)
def test_a_time_that_nobody_stated_is_not_made_up(
    variant: Variant, stated: str, tag: str | None, published: str | None
) -> None:
    page = built(dated(variant([SEED]), stated)).pages[KINDS["report"]]
    assert told(page).get("PubDate") == tag
    assert thing(page, "Report").get("datePublished") == published


def test_every_report_is_described_as_its_file_states_it(site: Built) -> None:
    for file, report in REPORTS.items():
        page, agency = site.pages[file], load(DATA / f"agencies/{report.slug}/agency.yaml")
        described = thing(page, "Report")
        (title,) = texts(page, "//h1")
        day = report.stated["发布日期"]
        assert described["name"] == told(page)["ArticleTitle"] == title
        assert described["url"] == told(page)["Url"] == SITE_URL + file.removesuffix("index.html")
        assert described["temporalCoverage"] == f"{report.year}"
        assert described["isBasedOn"] == report.stated["原文链接"]
        assert described["author"] == {
            "@type": "GovernmentOrganization",
            "name": agency["全称"],
            "url": f"{SITE_URL}agencies/{report.slug}/",
        }
        assert told(page)["ContentSource"] == agency["全称"]
        assert told(page).get("PubDate", "不详") == day
        assert described.get("datePublished", "不详")[:10] == day[:10]


def test_every_page_says_what_it_is(site: Built) -> None:
    expected = {
        "reports/": "Report",
        "agencies/": "GovernmentOrganization",
        "index.html": "WebSite",
        "years/2": "CollectionPage",
    }
    for file, page in site.pages.items():
        for start, kind in expected.items():
            if file.startswith(start):
                assert thing(page, kind)["url"] == SITE_URL + file.removesuffix("index.html")
    assert thing(site.pages[KINDS["region"]], "CollectionPage")["spatialCoverage"] == "临翔区"
    table = thing(site.pages[KINDS["region-year"]], "Dataset")
    assert {"name", "description", "temporalCoverage", "spatialCoverage"} <= table.keys()


def test_breadcrumbs_are_those_that_readers_see_and_lead_to_pages(site: Built) -> None:
    for file, page in site.pages.items():
        if file in {"index.html", "404.html"}:
            continue
        steps = thing(page, "BreadcrumbList")["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1)), file
        *above, own = steps
        assert "item" not in own
        for step in above:
            target = step["item"].removeprefix(SITE_URL)
            assert f"{target}index.html" in site.pages, f"{file}: {step['item']}"
        if shown := texts(page, "//nav[@class='crumbs']//li/a"):
            assert [step["name"] for step in above] == shown, file


def test_without_an_address_of_the_site_nothing_names_one(offline_site: Built) -> None:
    for file, page in offline_site.pages.items():
        assert not {"SiteDomain", "Url"} & told(page).keys(), file
        absent = "//link[@rel='canonical'] | //link[@rel='alternate'] | //meta[@property='og:url']"
        assert found(page, absent) == [], file
        if file.startswith("reports/"):
            steps = thing(page, "BreadcrumbList")["itemListElement"]
            assert steps[0]["item"] == "../../index.html", file


def test_the_head_of_a_report_is_small(site: Built) -> None:
    for file in REPORTS:
        source = (site.portal.site / file).read_text("utf-8")
        head = source[source.index("<title>") : source.index('<link rel="icon"')]
        assert len(head.encode()) < MOST_BYTES, file


def described(words: str) -> tuple[Page, Head]:
    """A page of which these words are all that is said."""
    head = Head(
        column=SiteColumn(words, words, words, words),
        article=Article(words, words),
        about=({"@type": "Report", "name": words, words: [words]},),
        crumbs=((words, words),),
        feed=FeedLink(words, words),
    )
    return Page(f"reports/{words}/2021", words, words, Markup()), head


def parsed(words: str) -> HtmlElement:
    places = Addresses(site_url=f"https://example.org/{words}/")
    head = render(Identity(words, words, words, words), places, *described(words))
    return html.document_fromstring(f"<!doctype html><html><head>{head}</head><body></body></html>")


def said(page: HtmlElement) -> Iterator[tuple[str, Mapping[str, str]]]:
    for item in found(page, "//*"):
        yield str(item.tag), {str(name): str(value) for name, value in item.attrib.items()}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_word_breaks_out_of_its_place(payload: str) -> None:
    page, control = parsed(payload), parsed("平常")
    shapes = [[(tag, list(given)) for tag, given in said(item)] for item in (page, control)]
    assert shapes[0] == shapes[1]
    assert told(page)["ArticleTitle"] == told(page)["ColumnName"] == payload
    assert texts(page, "//title") == [f"{payload}".strip()]
    described_thing = thing(page, "Report")
    assert described_thing["name"] == payload
    assert described_thing[payload] == [payload]
    source = str(only(page, "//script").text)
    assert not re.search(r"[<>&']", source)


@pytest.mark.parametrize(
    ("meta", "words"),
    [("column: 年报", "年报"), ("updated: 2026年1月", "2026年1月")],
    ids=["column", "updated"],
)
def test_front_matter_that_cannot_be_used_fails_the_build(
    variant: Variant, meta: str, words: str
) -> None:
    portal = variant([SEED])
    text = (portal.root / "docs/about/index.md").read_text("utf-8")
    portal.put("docs/about/index.md", f"---\n{meta}\n---\n{text.split('---')[-1]}")
    process = portal.build()
    assert process.returncode != 0
    assert "about/index.md" in process.stdout
    assert words in process.stdout
    assert "Traceback" not in process.stdout


def test_a_hand_written_page_may_say_its_column_and_keywords(variant: Variant) -> None:
    portal = variant([SEED])
    front = "---\ncolumn: 信息公开指南\nkeywords: 指南,申请\ndescription: 怎样申请。\n---\n"
    portal.put("docs/about/index.md", f"{front}# 公开指南\n")
    tags = told(built(portal).pages["about/index.html"])
    assert tags["ColumnType"] == "信息公开指南"
    assert tags["ColumnKeywords"] == "指南,申请"
    assert tags["ColumnDescription"] == tags["description"] == "怎样申请。"


def test_every_page_is_in_simplified_chinese(site: Built) -> None:
    for page in site.pages.values():
        assert page.get("lang") == "zh-Hans"
        assert values(page, "//meta[@property='og:locale']/@content") in (["zh_CN"], [])
