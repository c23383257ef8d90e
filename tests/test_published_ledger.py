"""Every registered agency has its entry for every year on the pages of its region."""

from collections.abc import Mapping

import pytest
from lxml.html import HtmlElement
from markup import found, only, text, texts, values
from portal_data import DATA
from portal_fixture import Built, Portal, Variant, built
from printed import load

pytestmark = pytest.mark.site

REGION = "350128"
DUTIFUL, LATE = "pingtan-shehui/2021", "pingtan-gongan/2022"
YEARS = ["2022", "2021"]
FATES: Mapping[str, str] = {
    "silent": "",
    "abolished": "撤销: 2021-06\n",
    "merged": "撤销: 2022-03\n并入: pingtan-shehui\n",
    "founded": "设立: 2022-05\n",
    "excused": "不需报告: {2021: 机构改革，职责未定}\n",
}
NAMES = {slug: f"平潭综合实验区{slug}局" for slug in FATES}


def registered(portal: Portal) -> Portal:
    """Add agencies of every fate, none with a report, and make one report late."""
    for slug, fate in FATES.items():
        place = f"data/agencies/{slug}/agency.yaml"
        portal.put(place, f'全称: {NAMES[slug]}\n类别: 部门\n地区: "{REGION}"\n{fate}')
    path = portal.root / f"data/agencies/{LATE}.yaml"
    lines = path.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("发布日期:"))
    lines[at] = "发布日期: 2023-02-10"
    portal.put(f"data/agencies/{LATE}.yaml", "\n".join([*lines, ""]))
    return portal


@pytest.fixture
def made(variant: Variant) -> Built:
    """A portal with agencies of every fate."""
    return built(registered(variant([DUTIFUL, LATE])))


def ledger(page: HtmlElement) -> dict[str, list[str]]:
    """The row of each agency: what is said of it, year by year."""
    rows = found(page, "//table[contains(@class, 'ledger')]/tbody/tr[td]")
    entries = {text(only(row, "./th")): row for row in rows}
    assert len(entries) == len(rows), "an agency stands twice"
    return {
        name: [text(only(cell, "./*[contains(@class, 'state')]")) for cell in found(row, "./td")]
        for name, row in entries.items()
    }


def shown_years(page: HtmlElement) -> list[str]:
    return texts(page, "//table[contains(@class, 'ledger')]/thead//th[@class='year']")


def test_the_ledger_of_a_region_has_every_registered_agency_in_every_year(site: Built) -> None:
    agencies = {
        path.parent.name: load(path) for path in sorted(DATA.glob("agencies/*/agency.yaml"))
    }
    years = {path.stem for path in DATA.glob("agencies/*/[12]*.yaml")}
    for code in {str(agency["地区"]) for agency in agencies.values()}:
        page = site.pages[f"regions/{code}/index.html"]
        assert years <= set(shown_years(page))
        entries = ledger(page)
        seated = {slug: item for slug, item in agencies.items() if item["地区"] == code}
        assert set(entries) == {item["全称"] for item in seated.values()}
        for slug, agency in seated.items():
            words = dict(zip(shown_years(page), entries[agency["全称"]], strict=True))
            assert all(words.values())
            for year in years:
                has_report = (DATA / f"agencies/{slug}/{year}.yaml").is_file()
                link = f"../../reports/{slug}/{year}/"
                assert (link in values(page, "//table//td/a/@href")) == has_report


def test_nobody_is_dropped_whatever_became_of_an_agency(made: Built) -> None:
    page = made.pages[f"regions/{REGION}/index.html"]
    assert shown_years(page)[-2:] == YEARS
    said = {name: words[-2:] for name, words in ledger(page).items()}
    assert said == {
        NAMES["silent"]: ["无报告", "无报告"],
        NAMES["abolished"]: ["已撤销", "已撤销"],
        NAMES["merged"]: ["已并入其他机关", "无报告"],
        NAMES["founded"]: ["无报告", "尚未设立"],
        NAMES["excused"]: ["无报告", "不需报告"],
        "平潭综合实验区公安局": ["平潭综合实验区公安局2022年：迟 10 天", "无报告"],
        "平潭综合实验区社会事业局": ["无报告", "平潭综合实验区社会事业局2021年：按时"],
    }
    assert values(page, "//td/span[@title]/@title") == ["机构改革，职责未定"]


@pytest.mark.parametrize("year", YEARS)
def test_on_the_page_of_a_year_everybody_stands_once_and_with_a_reason(
    year: str, made: Built
) -> None:
    page = made.pages[f"regions/{REGION}/{year}/index.html"]
    everybody = set(ledger(made.pages[f"regions/{REGION}/index.html"]))
    rows = found(page, "//section[@aria-labelledby='agencies']//tbody/tr")
    names = [text(only(row, "./th")) for row in rows]
    assert sorted(names) == sorted(everybody)
    for row in rows:
        assert texts(row, "./td//span[contains(@class, 'state')]")
    listed = texts(page, "//ul[@class='composition']/li//a")
    assert sorted(listed) == sorted(everybody)
    assert "平潭综合实验区silent局" in text(
        only(page, "//ul[@class='composition']/li[starts-with(., '应当有')]")
    )


def test_the_successor_of_an_agency_is_named_and_linked(made: Built) -> None:
    page = made.pages[f"regions/{REGION}/2022/index.html"]
    (cell,) = found(page, f"//tr[th/a[text()='{NAMES['merged']}']]/td")
    assert text(cell) == "已并入其他机关：平潭综合实验区社会事业局"
    assert values(cell, "./a/@href") == ["../../../agencies/pingtan-shehui/"]


def test_every_agency_has_a_page_that_says_what_became_of_each_year(made: Built) -> None:
    for slug, name in NAMES.items():
        page = made.pages[f"agencies/{slug}/index.html"]
        assert texts(page, "//h1") == [name]
        said = text(only(page, "//article"))
        assert all(year in said for year in YEARS), slug


def test_the_counts_of_a_year_agree_with_its_entries(made: Built) -> None:
    for year in YEARS:
        page = made.pages[f"regions/{REGION}/{year}/index.html"]
        words = texts(
            page, "//section[@aria-labelledby='agencies']//tbody//span[contains(@class, 'state')]"
        )
        counts = dict(
            zip(
                texts(page, "//dl[@class='key-figures']//dt"),
                map(int, texts(page, "//dl[@class='key-figures']//dd")),
                strict=True,
            )
        )
        late = [word for word in words if word.startswith("迟")]
        assert counts["本站没有"] == words.count("无报告")
        assert counts["迟报"] == len(late)
        assert counts["按时"] == words.count("按时")
        assert counts["应报"] == counts["已报"] + counts["本站没有"]
