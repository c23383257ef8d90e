"""The pages that explain, the foot of every page, and the columns."""

import shutil
from urllib.parse import urlsplit

import pytest
from markup import found, only, text, texts, values
from portal_data import DATA
from portal_fixture import SITE_URL, Built, Variant, built
from printed import load, reports
from small_portal import examine_with

COLUMNS = ["首页", "年度报告", "数据", "政府信息公开", "指标说明", "关于", "填报"]
RULES = "staff/rules/index.html"
SLOTS = {
    "sponsor": "主办单位：某县人民政府办公室",
    "operator": "承办单位：某县大数据中心",
    "contact": "联系方式：0000-1234567",
    "site_id": "网站标识码：0000000000",
    "icp": "某ICP备00000000号",
    "police": "某公网安备00000000000000号",
}
AGENCY = "data/agencies/pingtan-shehui/agency.yaml"


def test_every_page_has_the_same_columns_and_says_in_which_it_is(site: Built) -> None:
    for file, page in site.pages.items():
        assert texts(page, "//nav[@class='mainnav']//a") == COLUMNS, file
        current = found(page, "//nav[@class='mainnav']//a[@aria-current]")
        assert len(current) == (file not in {"404.html", "search/index.html"}), file
    for file, column in {
        "regions/350128/2021/index.html": "年度报告",
        "years/index.html": "年度报告",
        RULES: "填报",
        "about/reading/index.html": "关于",
        "index.html": "首页",
    }.items():
        assert texts(site.pages[file], "//nav[@class='mainnav']//a[@aria-current]") == [column]


def test_the_foot_of_every_page_is_the_same(site: Built) -> None:
    feet = {text(only(page, "//footer[@class='site-footer']")) for page in site.pages.values()}
    (foot,) = feet
    assert {"关于数据", "网站地图", "无障碍说明"} <= set(foot.split())
    for words in ("主办", "承办", "标识码", "联系方式", "找错"):
        assert words not in foot


def test_the_foot_says_what_the_configuration_says_and_escapes_it(variant: Variant) -> None:
    portal = variant()
    for key, words in SLOTS.items():
        value = words.rpartition("：")[2]
        portal.replace("mkdocs.yml", f'{key}: ""', f'{key}: "{value} <b>&"')
    portal.replace("mkdocs.yml", 'report_error: ""', 'report_error: "https://example.gov.cn/?a&b"')
    for file, page in built(portal).pages.items():
        foot = only(page, "//footer[@class='site-footer']")
        assert texts(foot, ".//ul[@class='footer-facts']/li") == [
            f"{words} <b>&" for words in SLOTS.values()
        ], file
        link = only(foot, ".//a[text()='我为政府网站找错']")
        assert link.get("href") == "https://example.gov.cn/?a&b"


def test_the_four_parts_of_a_disclosure_platform_have_their_place(site: Built) -> None:
    page = site.pages["disclosure/index.html"]
    assert text(only(page, "//h1")) == "政府信息公开"
    assert [words[2:] for words in texts(page, "//article//h2")] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开工作年度报告",
    ]
    listed = text(only(page, "//ul[@class='documents']"))
    for document in load(DATA / "vocabulary.yaml")["documents"]:
        assert document["title"] in listed
        assert document["number"] in listed
    assert "12 个机关还没有登记网址" in text(page)


def test_official_addresses_of_agencies_and_documents_are_linked(variant: Variant) -> None:
    portal = variant()
    guide, original = "https://www.example.gov.cn/zn/", "https://www.gov.cn/a/b.htm"
    stated = (portal.root / AGENCY).read_text("utf-8")
    portal.put(AGENCY, f"{stated}链接:\n  公开指南: {guide}\n")
    portal.replace("data/vocabulary.yaml", "number: 国务院令第711号\n",
                   f"number: 国务院令第711号\n    url: {original}\n")  # fmt: skip
    page = built(portal).pages["disclosure/index.html"]
    (item,) = found(page, "//section[@aria-labelledby='guide']//ul/li")
    assert values(item, ".//a/@href") == ["../agencies/pingtan-shehui/", guide]
    assert "其余 1 个机关" in text(only(page, "//section[@aria-labelledby='guide']"))
    assert original in values(page, "//ul[@class='documents']//a/@href")
    assert found(page, "//section[@aria-labelledby='contents']//ul") == []


@pytest.mark.parametrize(
    "address",
    ["https://www.gov.cn.example.org/a", "http://evilgov.cn/a", "javascript:alert(1)", "gov.cn"],
)
def test_an_address_of_a_document_elsewhere_than_on_gov_cn_is_refused(
    address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text_of_file = f"documents:\n  - {{title: 条例, number: 某号, url: '{address}'}}\n"
    files = {"vocabulary.yaml": text_of_file.encode()}
    problems = examine_with(tmp_path_factory.mktemp("vocabulary"), files).problems
    (problem,) = (item for item in problems if item.location.path.endswith("vocabulary.yaml"))
    assert problem.rule.id == "value"
    assert "url" in problem.message


def test_the_site_map_page_leads_to_every_column_region_and_year(site: Built) -> None:
    page = site.pages["about/sitemap/index.html"]
    hrefs = set(values(page, "//article//a/@href"))
    columns = values(page, "//nav[@class='mainnav']//a/@href")
    assert {href.rstrip("/") for href in columns} <= {href.rstrip("/") for href in hrefs}
    for file in site.pages:
        if file.startswith(("regions/", "years/", "staff/")):
            assert f"../../{file.removesuffix('index.html')}" in hrefs, file


def test_regions_and_years_are_reached_in_three_clicks_through_the_columns(site: Built) -> None:
    assert "../annual/" in values(site.pages["about/index.html"], "//nav[@class='mainnav']//@href")
    hrefs = values(site.pages["annual/index.html"], "//article//a/@href")
    assert {"../regions/", "../years/", "../regions/350128/", "../years/2021/"} <= set(hrefs)


def test_every_rule_is_one_short_row_with_its_basis_and_examples_folded(site: Built) -> None:
    page = site.pages[RULES]
    rows = found(page, "//article[@class='rule']")
    assert len(rows) > 50
    for row in rows:
        rule, name = row.get("id", ""), row.get("aria-labelledby", "")
        assert text(only(row, "./h3/code")) == rule
        assert only(row, "./h3").get("id") == name == f"{rule}-name"
        assert len(found(row, ".//details[not(@open)]//dl/div")) == 3
        assert text(only(row, ".//*[contains(@class, 'severity')]")) in {"错误", "警告", "提示"}
        assert text(only(row, "./div/p")).endswith("。")
        for details in found(row, ".//details"):
            assert text(only(details, "./summary")).startswith(("依据和例子", "涉及 "))


def test_a_missing_page_offers_the_search_where_there_is_one(variant: Variant) -> None:
    portal = variant()
    shutil.rmtree(portal.root / "docs/search", ignore_errors=True)
    assert found(built(portal).pages["404.html"], "//article//form") == []
    portal.put("docs/search/index.md", "# 搜索\n")
    page = built(portal, GONGKAI_SITE_URL=SITE_URL).pages["404.html"]
    form = only(page, "//article//form")
    assert (form.get("method"), form.get("action")) == ("get", "/a/b/search/")
    assert only(form, ".//input").get("name") == "q"
    assert only(form, ".//label").get("for") == only(form, ".//input").get("id")


def test_a_guide_has_a_list_of_contents_only_where_it_has_parts(site: Built) -> None:
    lists = {
        file: len(found(page, "//nav[@class='contents']/ol/li"))
        for file, page in site.pages.items()
        if file.startswith(("about/", "glossary/", "disclosure/", "annual/", "staff/"))
    }
    assert lists["about/reading/index.html"] == 5
    assert 0 in lists.values()
    assert 1 not in lists.values()


def test_every_report_is_said_to_come_from_where_its_file_says(site: Built) -> None:
    ways = {"全文转录": "按原件全文转录", "仅统计数据": "只收录统计表，正文看原件"}
    compared = 0
    for report in reports(DATA):
        page = site.pages[f"agencies/{report.slug}/index.html"]
        (block,) = found(page, "//section[@aria-labelledby='sources']/dl")
        said = [" ".join(text(entry).split()) for entry in found(block, ".//dd")]
        assert f"{ways[report.stated['收录方式']]}：" in said[0]
        assert str(report.year) in said[0]
        assert said[1].startswith(str(urlsplit(report.stated["原文链接"]).hostname))
        for note in report.stated.get("转录说明", "").splitlines():
            (item,) = [li for li in found(block, ".//li") if text(li).endswith(f"：{note}")]
            assert f"../../reports/{report.slug}/{report.year}/" in values(item, ".//a/@href")
            compared += 1
    assert compared > 20


def test_the_page_of_sources_counts_every_report_once(site: Built) -> None:
    page = site.pages["about/sources/index.html"]
    counts = [int(text(entry).split()[0]) for entry in found(page, "//dl[@class='about']//dd")]
    assert sum(counts) == len(list(reports(DATA)))
    assert len(found(page, "//main//h2")) == 1  # of the regions, one has something to be known
