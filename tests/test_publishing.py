"""Publishing fails whole or not at all, and a new format needs no code."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.forms.formats import figure_address
from gongkai.html.addresses import Addresses
from gongkai.html.frame import Frame, FrameError, Slot, cut
from gongkai.html.site import Site
from gongkai.publishing import artifacts as publishing
from gongkai.publishing.writing import write
from markup import (
    PARTS,
    dead_links,
    found,
    ids_of,
    only,
    text,
    texts,
    values,
    wrong_figures,
    wrong_grids,
    wrong_missing_rows,
    wrong_references,
)
from portal_fixture import SEED, SITE_URL, Built, Portal, Variant, built, copy_portal
from printed import Report, report
from today import TODAY

pytestmark = pytest.mark.site

FUTURE = Path(__file__).parent / "future"
NEW_REPORT = "reports/linxiang-zwfwj/2030/index.html"
SEED_FILE = f"data/agencies/{SEED}.yaml"
EVERY_SLOT = " ".join(slot.mark for slot in Slot)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def future(tmp_path_factory: pytest.TempPathFactory) -> Built:
    portal = copy_portal(tmp_path_factory.mktemp("future"), [SEED])
    shutil.copytree(FUTURE, portal.root / "data", dirs_exist_ok=True)
    return built(portal, GONGKAI_SITE_URL=SITE_URL)


@pytest.fixture(scope="module")
def printed(future: Built) -> Report:
    return report(future.portal.root / "data", "linxiang-zwfwj", 2030)


def prepared(portal: Portal) -> Site:
    loaded = dataset.load(portal.root / "data")
    return Site(portal_of(loaded, check(loaded, TODAY)), Addresses())


def frames() -> dict[int, Frame]:
    return dict.fromkeys(publishing.DEPTHS, cut(EVERY_SLOT))


@pytest.mark.parametrize("options", [(), ("--no-strict",)], ids=["strict", "not strict"])
def test_a_data_error_stops_the_build_and_leaves_the_old_site_as_it_was(
    options: tuple[str, ...], variant: Variant
) -> None:
    portal = variant([SEED])
    portal.put("site/index.html", "the last good site")
    portal.put("site/reports/old/index.html", "another page of it")
    before = contents(portal.site)
    portal.replace(SEED_FILE, "本年新收:                         [     0", "本年新收: [7")
    process = portal.build(*options)
    lines = (portal.root / SEED_FILE).read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if "本年新收" in line)
    column = lines[number - 1].rindex("0]") + 1
    assert process.returncode != 0
    assert f"{SEED_FILE}:{number}:{column}: " in process.stdout
    assert "Traceback" not in process.stdout
    assert contents(portal.site) == before


def test_all_data_errors_are_told_at_once(variant: Variant) -> None:
    portal = variant()
    portal.replace(SEED_FILE, "合计: 477", "合计: 四百")
    portal.replace(
        "data/agencies/pingtan-shehui/2021.yaml", "收录方式: 仅统计数据", "收录方式: 其他"
    )
    portal.replace("data/regions.yaml", "云南省", "<云南省>")
    files = set(re.findall(r"(data/[\w/.-]+):\d+:\d+: 错误", portal.build().stdout))
    assert files == {SEED_FILE, "data/agencies/pingtan-shehui/2021.yaml", "data/regions.yaml"}


def test_a_report_file_without_a_page_fails_the_build(tmp_path: Path) -> None:
    site = prepared(copy_portal(tmp_path / "portal", [SEED]))
    made = publishing.pages(site.addresses, publishing.all_pages(site), frames())
    count = write(made, tmp_path / "good")
    publishing.demand_all_reports(site, count)
    loaded = site.portal.dataset
    more = replace(loaded, report_files=loaded.report_files + 1)
    short = replace(site, portal=replace(site.portal, dataset=more))
    with pytest.raises(publishing.IncompleteError, match="2 份报告文件，只生成了 1 个"):
        publishing.demand_all_reports(short, count)


def test_a_frame_without_a_slot_or_with_an_unknown_one_is_an_error() -> None:
    for slot in Slot:
        with pytest.raises(FrameError, match=slot.value):
            cut(EVERY_SLOT.replace(slot.mark, ""))
    with pytest.raises(FrameError, match="other"):
        cut(f"{EVERY_SLOT} %%gongkai.other%%")


def test_a_frame_is_filled_at_every_place_of_a_slot() -> None:
    frame = cut(f"{EVERY_SLOT}<title>{Slot.HEAD.mark}</title>")
    filled = frame.fill({slot: f"[{slot}{Slot.BODY.mark}]" for slot in Slot})
    assert filled.count(f"[head{Slot.BODY.mark}]") == 2
    assert filled.count(Slot.BODY.mark) == len(Slot) + 1


def test_a_theme_that_leaves_out_the_body_fails_the_build(variant: Variant) -> None:
    portal = variant([SEED])
    portal.replace("docs/.overrides/main.html", Slot.BODY.mark, "")
    process = portal.build()
    assert process.returncode != 0
    assert "body" in process.stdout
    assert "Traceback" not in process.stdout


def test_a_page_that_asks_for_an_unknown_part_fails_the_build(variant: Variant) -> None:
    portal = variant([SEED])
    portal.replace("docs/index.md", "portal: home", "portal: hoem")
    process = portal.build()
    assert process.returncode != 0
    assert "hoem" in process.stdout


def test_the_same_data_gives_the_same_bytes(site: Built, tmp_path: Path) -> None:
    again = built(copy_portal(tmp_path / "again"), GONGKAI_SITE_URL=SITE_URL).portal
    first, second = contents(site.portal.site), contents(again.site)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name] and "sitemap" not in name] == []


def test_a_portal_without_any_report_is_published(variant: Variant) -> None:
    home = built(variant([])).pages["index.html"]
    assert "共 0 个机关、0 份报告" in texts(home, "//article")[0]


def test_a_made_up_format_is_really_unlike_the_known_ones(printed: Report, site: Built) -> None:
    known = {
        figure_address(section.id, row, column)
        for edition in site.dataset.formats.values()
        for section in edition.sections
        for row, (table, _) in section.rows.items()
        for column in table.columns.paths
    }
    own = {figure.address for line in printed.lines for figure in line.figures}
    assert len(own - known) > 20
    cells = [figure.text for line in printed.lines for figure in line.figures]
    assert len(set(cells)) == len(cells), "only distinct numbers show a figure in a wrong place"


def test_every_figure_of_a_made_up_format_is_published(future: Built, printed: Report) -> None:
    page = future.pages[NEW_REPORT]
    assert list(wrong_figures(page, printed)) == []
    assert list(wrong_missing_rows(page, printed)) == []
    addresses = {figure.address for line in printed.lines for figure in line.figures}
    assert set(values(page, "//td[@headers]/@id")) == addresses


def test_the_parts_of_a_made_up_format_are_published(future: Built, printed: Report) -> None:
    page = future.pages[NEW_REPORT]
    assert texts(page, PARTS) == [part.heading for part in printed.parts]
    assert len(printed.parts) == 7
    assert texts(page, "//h1") == ["临沧市临翔区政务服务管理局2030年政府信息公开工作报告"]
    for part in printed.parts:
        prose = texts(page, f"//section[@aria-labelledby='{part.id}']/div[@class='prose']/*")
        assert tuple(prose) == part.paragraphs


def test_the_tables_of_a_made_up_format_are_well_formed(future: Built) -> None:
    for page in future.pages.values():
        assert list(wrong_grids(page)) == []
        assert list(wrong_references(page)) == []
    folder = future.portal.site
    assert list(dead_links(folder, future.pages, SITE_URL, needs_files=False)) == []


def test_key_figures_of_a_made_up_format_head_its_pages(future: Built) -> None:
    page = future.pages[NEW_REPORT]
    figures = found(page, "//dl[@class='key-figures']/div")
    assert [(text(only(item, "./dt")), text(only(item, "./dd"))) for item in figures] == [
        ("新收申请", "126171"),
        ("线上咨询", "301"),
    ]
    for link in found(page, "//dl[@class='key-figures']//a"):
        assert text(link) == text(ids_of(page)[link.get("href", "").removeprefix("#")])


def test_an_agency_shows_reports_of_all_formats_side_by_side(future: Built) -> None:
    table = only(future.pages["agencies/linxiang-zwfwj/index.html"], "//table")
    assert texts(table, ".//tbody/tr[td/a]/th") == ["2030年", "2021年"]
    assert texts(table, ".//tbody/tr/td[@class='figure']") == ["126171", "301", "0", "不适用"]
