"""Whatever staff write is text: no field of a file can put markup or a script on a page."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.html.addresses import Addresses
from gongkai.html.frame import Slot, cut
from gongkai.html.site import Site
from gongkai.publishing.artifacts import DEPTHS, all_pages, pages
from gongkai.publishing.writing import write
from lxml.html import HtmlElement
from markup import found, only, text, values
from payloads import PAYLOADS
from playwright.sync_api import Browser, Dialog
from portal_data import DATA
from portal_fixture import SEED, Built, Portal, built, copy_portal, serving
from printed import Tree, load
from today import TODAY

pytestmark = pytest.mark.site

HARMLESS = "平常的文字"
ADDRESS = "https://example.org/?a=1&lt;script&gt;alert(1)&b=%22%3E;javascript:alert(1)"
BAD_ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//example.org/",
    "https:example.org",
    "https://",
    'https://example.org/"onclick=alert(1)',
    "https://example.org/<script>",
    "https://example.org/ onclick=alert(1)",
    "https://example.org/{{7*7}}",
)

TEXT, KEY, NAME, CLOSED = "text", "key", "name", "closed"
UNSAFE = re.compile(r"[<>&\"'`{}\\|^$]")
"""What a name may not hold."""

REPORT_FIELDS = {
    "标题": NAME,
    "发布日期": CLOSED,
    "原文链接": CLOSED,
    "收录方式": CLOSED,
    "格式": CLOSED,
    "总体情况": TEXT,
    "存在的主要问题及改进情况": TEXT,
    "其他需要报告的事项": TEXT,
    "主动公开渠道.合计": CLOSED,
    "主动公开渠道.明细.0.内容": NAME,
    "主动公开渠道.明细.0.渠道": NAME,
    "主动公开渠道.明细.0.条数": CLOSED,
    "主动公开渠道.明细.0.其中": KEY,
    "主动公开渠道.明细.0.其中.甲类": CLOSED,
    "主动公开政府信息情况.规章.0": CLOSED,
    "主动公开政府信息情况.规章": CLOSED,
    "收到和处理政府信息公开申请情况.办理结果.总计.6": CLOSED,
    "说明.行合计": TEXT,
    "说明.勾稽关系·本年新收": CLOSED,
    "更正.0.日期": CLOSED,
    "更正.0.内容": TEXT,
    "转录说明": TEXT,
    "": CLOSED,
}
AGENCY_FIELDS = {
    "全称": NAME,
    "简称": NAME,
    "类别": CLOSED,
    "地区": CLOSED,
    "曾用名.0.名称": NAME,
    "曾用名.0.起": CLOSED,
    "曾用名.0.止": CLOSED,
    "统一社会信用代码": CLOSED,
    "行政区划代码": CLOSED,
    "公开机构.名称": NAME,
    "公开机构.地址": NAME,
    "公开机构.邮编": CLOSED,
    "公开机构.电话": CLOSED,
    "公开机构.电子邮箱": CLOSED,
    "公开机构.办公时间": NAME,
    "公开机构.核对日期": CLOSED,
    "链接.网站": CLOSED,
    "链接.公开指南": CLOSED,
    "沿革": TEXT,
    "": CLOSED,
}
SEED_TREE = load(DATA / "agencies" / f"{SEED}.yaml")
UNUSED = "说明.勾稽关系·本年新收"


def report() -> Tree:
    """A report in which every field is filled in."""
    tree: Tree = _with_numbers(SEED_TREE) | {
        "标题": HARMLESS,
        "发布日期": "2022-01-20 09:30",
        "原文链接": ADDRESS,
        "说明": {"行合计": HARMLESS, "勾稽关系": HARMLESS},
        "更正": [{"日期": "2022-03-01", "内容": HARMLESS}],
        "转录说明": HARMLESS,
    }
    tree["主动公开渠道"]["明细"] = [
        {"内容": HARMLESS, "渠道": HARMLESS, "条数": 477, "其中": {"甲类": 477}}
    ]
    tree["收到和处理政府信息公开申请情况"]["本年新收"] = [1, 0, 0, 0, 0, 0, 0]
    return tree


def agency() -> Tree:
    """An agency in which every field is filled in."""
    return {
        "全称": HARMLESS,
        "简称": HARMLESS,
        "类别": "部门",
        "地区": "530902",
        "曾用名": [{"名称": HARMLESS, "起": "2012", "止": "2019-08-01"}],
        "统一社会信用代码": "11530902015237286Q",
        "行政区划代码": "530902",
        "公开机构": {
            "名称": HARMLESS,
            "地址": HARMLESS,
            "邮编": "677000",
            "电话": "0883-2160000",
            "电子邮箱": "office@example.org",
            "办公时间": HARMLESS,
            "核对日期": "2026-01-20",
        },
        "链接": {"网站": ADDRESS, "公开指南": ADDRESS},
        "沿革": HARMLESS,
    }


def _with_numbers(node: Any) -> Any:  # noqa: ANN401 - any part of a YAML tree
    if isinstance(node, dict):
        return {key: _with_numbers(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_numbers(item) for item in node]
    return int(node) if str(node).isdigit() else node


def changed(tree: Tree, field: str, kind: str, words: str) -> Tree:
    """A tree with words put in one of its fields, or in place of a key."""
    tree = deepcopy(tree)
    parts = field.split(".") if field else []
    node: Any = tree
    for part in parts if kind == KEY else parts[:-1]:
        node = node[int(part) if isinstance(node, list) else part]
    if kind == KEY:
        node.clear()
        node[words] = 477
    elif not field:
        node[words] = words
    else:
        last = parts[-1]
        node[int(last) if isinstance(node, list) else last] = words
    return tree


def is_accepted(kind: str, payload: str) -> bool:
    return kind in {TEXT, KEY} or (kind == NAME and not UNSAFE.search(payload))


def put(folder: Path, place: str, tree: Tree) -> None:
    """Write a tree as JSON, which is YAML with every text in quotes."""
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")


def tries(folder: Path, payloads: tuple[str, ...], *fields: str) -> Iterator[tuple[str, str, str]]:
    """Put each payload in each field of files of their own; yield file, field and payload."""
    for number, (field, kind) in enumerate(REPORT_FIELDS.items()):
        if field in fields or not fields:
            put(folder, f"data/agencies/report-{number}/agency.yaml", agency())
            for year, payload in enumerate(payloads, 2021):
                place = f"data/agencies/report-{number}/{year}.yaml"
                put(folder, place, changed(report(), field, kind, payload))
                yield place, field, payload
    for number, (field, kind) in enumerate(AGENCY_FIELDS.items()):
        if field in fields or not fields:
            for count, payload in enumerate(payloads):
                place = f"data/agencies/agency-{number}-{count}/agency.yaml"
                put(folder, place, changed(agency(), field, kind, payload))
                yield place, field, payload


def refused(folder: Path) -> set[str]:
    """The files that keep a portal from being published."""
    found_problems = check(dataset.load(folder / "data"), TODAY).problems
    return {item.location.path for item in found_problems if item.blocks_publication}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_portal(tmp_path / "portal", [])
    return tmp_path / "portal"


def test_every_field_is_filled_in_and_good(folder: Path) -> None:
    put(folder, "data/agencies/good/agency.yaml", agency())
    put(folder, "data/agencies/good/2021.yaml", report())
    assert refused(folder) == set()


def test_every_field_refuses_what_it_cannot_print_and_no_more(folder: Path) -> None:
    kinds = {**REPORT_FIELDS, **AGENCY_FIELDS}
    expected = {
        place
        for place, field, payload in tries(folder, PAYLOADS)
        if not is_accepted(kinds[field], payload) and field != UNUSED
    }
    assert len(expected) > 500
    assert refused(folder) == expected


def test_addresses_lead_to_the_web_and_nowhere_else(folder: Path) -> None:
    fields = ("原文链接", "链接.网站", "链接.公开指南")
    expected = {place for place, _, _ in tries(folder, BAD_ADDRESSES, *fields)}
    assert len(expected) == 3 * len(BAD_ADDRESSES)
    assert refused(folder) == expected


@pytest.mark.parametrize("payload", [item for item in PAYLOADS if UNSAFE.search(item)])
def test_names_of_regions_refuse_markup(folder: Path, payload: str) -> None:
    regions = load(folder / "data/regions.yaml") | {"530903": {"名称": payload}}
    put(folder, "data/regions.yaml", regions)
    assert refused(folder) == {"data/regions.yaml"}


class Place(NamedTuple):
    """A payload with the pages that print it."""

    payload: str
    slug: str
    region: str

    @property
    def pages(self) -> tuple[str, ...]:
        region = f"regions/{self.region}"
        return (
            f"reports/{self.slug}/2021/index.html",
            f"agencies/{self.slug}/index.html",
            f"{region}/index.html",
            f"{region}/2021/index.html",
        )


PLACES = tuple(
    Place(payload, f"payload-{number}", f"5310{number:02}")
    for number, payload in enumerate(PAYLOADS)
)
CONTROL = Place(HARMLESS, "control", "531099")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A portal with an agency for each payload, which stands in every field that takes it."""
    made: Portal = copy_portal(tmp_path_factory.mktemp("untrusted"), [])
    regions = load(made.root / "data/regions.yaml")
    for place in (*PLACES, CONTROL):
        name = place.payload if is_accepted(NAME, place.payload) else HARMLESS
        regions[place.region] = {"名称": name, "上级": "530000", "备注": place.payload}
        own_report, own_agency = report(), agency() | {"地区": place.region}
        for field, kind in REPORT_FIELDS.items():
            if is_accepted(kind, place.payload):
                own_report = changed(own_report, field, kind, place.payload)
        for field, kind in AGENCY_FIELDS.items():
            if is_accepted(kind, place.payload):
                own_agency = changed(own_agency, field, kind, place.payload)
        put(made.root, f"data/agencies/{place.slug}/agency.yaml", own_agency)
        put(made.root, f"data/agencies/{place.slug}/2021.yaml", own_report)
    put(made.root, "data/regions.yaml", regions)
    return built(made)


def skeleton(page: HtmlElement) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes, and not a word of text."""
    return [(str(item.tag), tuple(sorted(item.attrib))) for item in page.iter()]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.payload)
def test_text_changes_nothing_but_text(portal: Built, place: Place) -> None:
    for file, control in zip(place.pages, CONTROL.pages, strict=True):
        assert skeleton(portal.pages[file]) == skeleton(portal.pages[control]), file
        source = (portal.portal.site / file).read_text("utf-8")
        assert not re.search("[<>\"']", place.payload) or place.payload not in source, file


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.payload)
def test_text_is_printed_as_it_was_written(portal: Built, place: Place) -> None:
    for fields, file in zip((REPORT_FIELDS, AGENCY_FIELDS), place.pages[:2], strict=True):
        page = portal.pages[file]
        accepted = [field for field, kind in fields.items() if is_accepted(kind, place.payload)]
        printed = text(only(page, "//article")).count(place.payload)
        assert accepted
        assert printed >= len(accepted), file
        title = place.payload if is_accepted(NAME, place.payload) else HARMLESS
        assert text(only(page, "//head/title")).startswith(title)
        assert text(only(page, "//head/title")).endswith(" - 政府信息公开年度报告")
    assert place.payload in text(only(portal.pages[place.pages[2]], "//article"))


def test_addresses_are_printed_exactly(portal: Built) -> None:
    for place in PLACES:
        for file, count in zip(place.pages[:2], (1, 2), strict=True):
            hrefs = values(portal.pages[file], "//a[@rel='external']/@href")
            assert hrefs == [ADDRESS] * count


def test_no_page_has_a_script_of_its_own(portal: Built) -> None:
    def scripts(page: HtmlElement) -> list[str]:
        return [text(item) for item in found(page, "//script[not(@type='application/ld+json')]")]

    usual = scripts(portal.pages["about/index.html"])
    for file, page in portal.pages.items():
        assert scripts(page) == usual == [""] * len(usual), file
        assert not [name for item in page.iter() for name in item.attrib if name.startswith("on")]


def test_names_that_got_past_the_loader_would_still_be_text(folder: Path) -> None:
    put(folder, "data/agencies/good/agency.yaml", agency())
    put(folder, "data/agencies/good/2021.yaml", report())
    loaded = dataset.load(folder / "data")
    words = '"><script>alert(1)</script>{{ 7 * 7 }}%%gongkai.body%%'
    bad = replace(
        loaded,
        agencies={"good": replace(loaded.agencies["good"], name=words, short_name=words)},
        regions={code: replace(region, name=words) for code, region in loaded.regions.items()},
        reports=tuple(
            replace(report, title=words, original_url=words) for report in loaded.reports
        ),
    )
    site = Site(portal_of(bad, check(bad, TODAY)), Addresses(site_url=words), words)
    frames = dict.fromkeys(DEPTHS, cut(" ".join(slot.mark for slot in Slot)))
    made = pages(site.addresses, all_pages(site), frames)
    assert write(made, folder / "site").total() > 4
    for path in (folder / "site").rglob("*.html"):
        source = path.read_text("utf-8")
        assert "&lt;script&gt;alert(1)" in source
        assert source.count("<script") == source.count('<script type="application/ld+json">') == 1
        assert "49" not in source


@pytest.mark.browser
def test_no_script_runs_in_a_browser(portal: Built, browser: Browser) -> None:
    said: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    with serving(portal.portal.site) as address, browser.new_context() as context:
        page = context.new_page()
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: said.append(error.message))
        page.on("console", lambda message: said.append(message.text))
        for file in ["index.html", *(file for place in PLACES for file in place.pages[:2])]:
            page.goto(f"{address}/{file}", wait_until="load")
            assert said == [], file
