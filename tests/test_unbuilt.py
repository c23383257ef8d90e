"""What pages, their heads and feeds say, made of small portals without building a site."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from gongkai.analysis.portal import portal_of
from gongkai.analysis.rollups import Sum
from gongkai.analysis.tallies import Tallies, Tally
from gongkai.checks.run import check
from gongkai.data.dataset import Dataset, load
from gongkai.data.reports import Correction, Report, title_of
from gongkai.html.addresses import Addresses, feed
from gongkai.html.site import Site
from gongkai.pages import agency, report, year
from gongkai.pages.glossary import glossary
from gongkai.pages.home import home
from gongkai.pages.sums import Proof, views
from gongkai.publishing.feeds import MOST, artifacts
from gongkai.publishing.plan import of_report, plan
from lxml import html
from markup import found, texts
from single_report import PORTAL
from small_portal import AGENCY, REPORT, SMALL, good, portal_with
from today import TODAY

CITY = "530900"
NEXT = REPORT.replace("2021", "2022")
SITE_URL = "https://example.org/a/"


def site_of(dataset: Dataset, *, url: str = SITE_URL, is_preview: bool = False) -> Site:
    portal = portal_of(dataset, check(dataset, TODAY))
    return Site(portal, Addresses(site_url=url), is_preview=is_preview)


def site_with(folder: Path, files: Mapping[str, str], *, is_preview: bool = False) -> Site:
    """The small portal with files put in place of its own."""
    data = {place: text.encode() for place, text in files.items()}
    return site_of(load(portal_with(folder, data)), is_preview=is_preview)


def body(site: Site, slug: str, number: int) -> str:
    """The page of a report."""
    (own,) = (item for item in site.portal.dataset.by_agency[slug] if item.year == number)
    return report.page(site, own).body


def test_every_report_agency_region_and_year_has_a_page() -> None:
    names = [planned.name for planned in plan(site_of(load(SMALL)))]
    assert sorted(names) == [
        "agencies/office",
        "regions/530000",
        "regions/530000/2021",
        "regions/530900",
        "regions/530900/2021",
        "reports/office/2021",
        "years/2021",
    ]


def test_last_years_figure_is_told_with_a_sign_of_its_own_not_with_a_hyphen(
    tmp_path: Path,
) -> None:
    text = good(REPORT).replace("2022-01-20", "2023-01-20")
    fewer = text.replace("新收: [2, 1, 3]", "新收: [1, 3, 4]")
    shown = html.fromstring(body(site_with(tmp_path, {NEXT: fewer}), "office", 2022))
    told = {cell.get("id"): cell.get("data-last") for cell in shown.findall(".//td[@data-last]")}
    assert told == {
        "requests.received.person": "上年 2，\u22121",
        "requests.received.body": "上年 1，+2",
        "requests.received.total": "上年 3，+1",
    }


CHANNELS = """主动公开渠道:
  合计: 59
  明细:
    - {内容: 政策文件, 渠道: 政府网站, 条数: 18}
    - {内容: 工作动态, 渠道: 公众号, 条数: 40}
收费情况:
"""


def test_a_preview_tells_what_is_wrong_with_the_channels(tmp_path: Path) -> None:
    text = good(REPORT).replace("收费情况:\n", CHANNELS)
    site = site_with(tmp_path, {REPORT: text}, is_preview=True)
    page = html.fromstring(body(site, "office", 2021))
    (note,) = texts(page, "//*[@id='report-note-1']/dd")
    assert note.startswith("“合计”填的是 59，各项之和 18 + 40 = 58")


def test_what_is_wrong_and_not_explained_is_for_the_preview_alone(tmp_path: Path) -> None:
    text = good(REPORT).replace("本年工作平稳。", "2021年，我局收到政府信息公开申请  件。")
    site = site_with(tmp_path, {REPORT: text})
    assert site.portal.findings.problems
    notes = "//*[@class='notes']"
    assert found(html.fromstring(body(site, "office", 2021)), notes) == []
    preview = replace(site, is_preview=True)
    assert found(html.fromstring(body(preview, "office", 2021)), notes)


KNOWN = """简称: 市测试局
曾用名:
  - {名称: 临沧市检验局, 起: 2010-01, 止: 2018-12}
统一社会信用代码: 11533500015195061U
行政区划代码: 530900
公开机构:
  名称: 办公室
  地址: 世纪路 1 号
  邮编: "677000"
  电话: 0883-2160000
  电子邮箱: zwgk@lincang.gov.cn
  办公时间: 工作日 8:30—17:30
  核对日期: 2026-01-20
链接:
  网站: https://www.lincang.gov.cn/
沿革: 2019 年由两个科室合并设立。
"""


def test_an_agency_s_page_tells_all_that_its_file_says(tmp_path: Path) -> None:
    site = site_with(tmp_path, {AGENCY: good(AGENCY) + KNOWN})
    assert site.portal.dataset.problems == ()
    shown = html.fromstring(agency.page(site, site.portal.dataset.agencies["office"]).body)
    about = "//section[@aria-labelledby='about']//"
    assert dict(zip(texts(shown, about + "dt"), texts(shown, about + "dd"), strict=True)) == {
        "全称": "临沧市测试局",
        "简称": "市测试局",
        "曾用名": "临沧市检验局（2010-01 至 2018-12）",
        "沿革": "2019 年由两个科室合并设立。",
        "统一社会信用代码": "11533500015195061U",
        "行政区划代码": "530900",
        "公开工作机构": "办公室",
        "地址": "世纪路 1 号（邮编 677000）",
        "电话": "0883-2160000",
        "电子邮箱": "zwgk@lincang.gov.cn",
        "办公时间": "工作日 8:30—17:30",
        "核对日期": "2026-01-20",
        "网站": "https://www.lincang.gov.cn/",
    }


SEED = PORTAL.by_agency["linxiang-zwfwj"][-1]
OFFICE = PORTAL.agencies[SEED.agency]


def with_reports(*reports: Report) -> Dataset:
    return replace(PORTAL, reports=reports)


@pytest.mark.parametrize("days", [("2026-02-01", "2026-03-01"), ("2026-03-01", "2026-02-01")])
def test_machines_are_told_of_the_newest_correction(days: tuple[str, str]) -> None:
    corrections = tuple(Correction(day, "更正。") for day in days)
    item = replace(SEED, published="2026-01-20 09:30", corrections=corrections)
    planned = of_report(site_of(with_reports(item)), item)
    (about,) = planned.describe(planned.make()).about
    assert about["datePublished"] == "2026-01-20T09:30:00+08:00"
    assert about["dateModified"] == "2026-03-01"


def test_the_home_page_has_the_eight_newest_events() -> None:
    days = [f"2026-01-{day:02}" for day in (5, 9, 1, 7, 3, 8, 2, 10, 4, 6)]
    reports = [
        replace(item, published=day) for item, day in zip(PORTAL.reports, days, strict=False)
    ]
    shown = html.fromstring(home(site_of(with_reports(*reports))))
    told = [item.get("datetime") for item in shown.findall(".//ul[@class='latest']//time")]
    assert told == sorted(days, reverse=True)[:8]


def test_a_region_is_incomplete_where_any_key_figure_is() -> None:
    site = site_of(PORTAL)
    labels = [item.label for item in PORTAL.formats["2021"].key_figures]
    regions = [code for code in PORTAL.regions if code in site.portal.territory.all_agencies]

    def marked(*incomplete: str) -> int:
        sums = {label: Sum(1, int(label in incomplete)) for label in labels}
        known = {(code, 2021): Tally(sums, None) for code in regions}
        tallies = Tallies(site.portal.roll_ups, known)
        made = replace(site, portal=replace(site.portal, tallies=tallies))
        return year.page(made, 2021).body.count("不完整")

    assert marked() == 0
    assert marked(labels[0]) == marked(labels[-1]) == marked(*labels) == len(regions)


def test_a_format_of_one_year_is_told_by_that_year() -> None:
    dataset = load(SMALL)
    old = replace(dataset.formats["2019"], first_year=2020)
    text = glossary(site_of(replace(dataset, formats={**dataset.formats, "2019": old})))
    assert re.findall(r"20\d\d[^<>]{0,4}20\d\d 年", text) == []
    assert re.search(r"\D2020 年\D", text)


def city_sums(folder: Path, governments: Mapping[str, str]) -> dict[str, Proof]:
    """The proofs of the small portal's city, with reports of governments of that city."""
    government = good(AGENCY).replace("部门", "政府")
    files = {f"agencies/{slug}/agency.yaml": government for slug in governments}
    files |= {f"agencies/{slug}/2021.yaml": text for slug, text in governments.items()}
    site = site_with(folder, files)
    roll_up = site.portal.roll_ups.of(CITY, 2021)
    return {
        proof.id.partition(".")[2]: proof
        for view in views(site, "regions/530900/2021", roll_up, "")
        for proof in view.proofs
    }


def test_the_differences_are_those_of_the_first_government_that_is_told(tmp_path: Path) -> None:
    proofs = city_sums(
        tmp_path,
        {
            "one": good(REPORT).replace("新收: [2, 1, 3]", "新收: [3, 1, 4]"),
            "two": good(REPORT).replace("新收: [2, 1, 3]", "新收: [2, 9, 11]"),
        },
    )
    cells = html.fromstring(f"<table><tr>{proofs['received'].differences}</tr></table>")
    assert texts(cells, ".//td") == ["+1", "0", "+1"]


def entries_of(site: Site, page: str = "") -> list[str]:
    (made,) = (item for item in artifacts(site) if item.path == feed(page))
    return re.findall("<entry>.*?</entry>", str(made.make(), "utf-8"), re.DOTALL)


def test_ids_of_feeds_name_the_host_in_ascii_and_without_its_port() -> None:
    item = replace(SEED, published="2026-01-20")
    site = site_of(with_reports(item), url="https://政务.example:8443/nb/")
    (entry,) = entries_of(site)
    (minted,) = re.findall("<id>(.*)</id>", entry)
    assert minted == f"tag:xn--zfr164b.example,2026:/nb/reports/{item.agency}/{item.year}"


def test_a_feed_has_the_fifty_newest_events_the_newest_first() -> None:
    days = [f"2026-{day % 2 + 1:02}-{day // 2 + 1:02}" for day in range(MOST + 5)]
    corrections = tuple(Correction(day, f"更正{day}。") for day in days)
    item = replace(SEED, published="", corrections=corrections)
    entries = entries_of(site_of(with_reports(item)), f"agencies/{item.agency}")
    told = [day for entry in entries for day in re.findall("<updated>(.*)T00", entry)]
    assert told == sorted(days, reverse=True)[:50]


def test_corrections_of_one_day_are_numbered_from_the_second_on() -> None:
    corrections = tuple(Correction("2026-03-01", f"更正{number}。") for number in (1, 2, 3))
    item = replace(SEED, published="2026-01-20 09:30", corrections=corrections)
    entries = entries_of(site_of(with_reports(item)))
    base = f"tag:example.org,2026:/a/reports/{item.agency}/{item.year}"
    told = [tuple(re.findall(r"<(?:id|published|summary)>(.*?)<", entry)) for entry in entries]
    day = "2026-03-01T00:00:00+08:00"
    assert told == [
        (f"{base}/2026-03-01", day, "更正1。"),
        (f"{base}/2026-03-01/2", day, "更正2。"),
        (f"{base}/2026-03-01/3", day, "更正3。"),
        (base, "2026-01-20T09:30:00+08:00", f"发布：{title_of(item, OFFICE)}"),
    ]
    assert [re.findall("<title>(.*)</title>", entry)[0][:3] for entry in entries] == [
        "更正：",
        "更正：",
        "更正：",
        title_of(item, OFFICE)[:3],
    ]
