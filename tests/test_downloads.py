"""Figures as CSV: every published cell, as printed, and nothing else."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.data.dataset import Dataset
from gongkai.data.reports import Report, title_of
from gongkai.exports import csv_tables as downloads
from gongkai.html.addresses import Addresses
from gongkai.html.artifacts import Sort
from gongkai.html.site import Site
from gongkai.publishing.writing import write
from portal_data import DATA
from portal_fixture import Built
from single_report import PORTAL
from today import TODAY

FUTURE = Path(__file__).parent / "future"
FORMULAS = Path(__file__).parent / "formulas.json"


def site_of(data: Dataset) -> Site:
    return Site(portal_of(data, check(data, TODAY)), Addresses())


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def printed(report: Report) -> dict[str, str]:
    """Every cell that a report prints, by its address."""
    cells = {}
    for section in report.sections:
        for path, (form, _) in section.rows.items():
            for column in form.columns.leaves:
                figure = report.figure(section.id, path, column.path)
                if figure:
                    cells[f"{section.id}.{path}.{column.path}"] = figure.cell.text
    return cells


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("downloads")
    count = write(downloads.artifacts(site_of(PORTAL).portal), place)
    assert count == {Sort.TABLE: len(PORTAL.agencies) + len(PORTAL.years)}
    return place


def test_an_agency_s_table_has_every_cell_of_every_year_as_printed(folder: Path) -> None:
    for slug, reports in PORTAL.by_agency.items():
        lines = table(folder / f"agencies/{slug}/figures.csv")
        for report in reports:
            told = {
                line["标识"]: line[f"{report.year}年"] for line in lines if line[f"{report.year}年"]
            }
            assert told == {place: text for place, text in printed(report).items() if text}


def test_a_year_s_table_has_a_line_for_each_report(folder: Path) -> None:
    for year in PORTAL.years:
        lines = table(folder / f"years/{year}/figures.csv")
        reports = [report for report in PORTAL.reports if report.year == year]
        assert [line["机关标识"] for line in lines] == [report.agency for report in reports]
        for line, report in zip(lines, reports, strict=True):
            figures = [text for name, text in line.items() if "/" in name and text]
            assert sorted(figures) == sorted(filter(None, printed(report).values()))


def test_the_newest_form_comes_first_and_a_figure_has_its_unit() -> None:
    head, *lines = downloads.by_year(PORTAL, "linxiang-zwfwj")
    assert head == ["表样", "部分", "行", "列", "单位", "标识", "2021年"]
    assert list(lines[0][1:6]) == [
        "主动公开政府信息情况",
        "规章",
        "本年制发件数",
        "件",
        "proactive_disclosure.administrative_rules.issued",
    ]
    editions = [line[0] for line in lines]
    assert set(editions) == {"2019", "2021"}
    assert editions == sorted(editions, reverse=True)
    units = {line[5]: line[4] for line in lines if line[0] == "2021"}
    fees = "proactive_disclosure.administrative_fees.amount"
    assert {key: units[key] for key in units if key.startswith(fees)} == {fees: "万元"}
    assert units["requests.received.total"] == "件"


def test_a_year_s_table_says_where_each_report_comes_from() -> None:
    report = replace(
        PORTAL.by_agency["linxiang-zwfwj"][-1],
        published="2022-01-20 09:30",
        original_url="https://example.org/1",
    )
    head, line = downloads.by_report(replace(PORTAL, reports=(report,)), report.year)
    assert dict(zip(head[:9], line[:9], strict=True)) == {
        "地区代码": "530902",
        "地区": "临翔区",
        "机关": "临沧市临翔区政务服务管理局",
        "机关标识": "linxiang-zwfwj",
        "年度": str(report.year),
        "标题": title_of(report, PORTAL.agencies[report.agency]),
        "发布日期": "2022-01-20 09:30",
        "表样": "2021",
        "原件网址": "https://example.org/1",
    }


def test_no_two_columns_have_one_name(folder: Path) -> None:
    for path in folder.rglob("figures.csv"):
        names = path.read_text("utf-8-sig").splitlines()[0].split(",")
        assert len(set(names)) == len(names), path


def test_the_states_without_a_number_stay_three_words(folder: Path) -> None:
    found = {text for year in PORTAL.years for text in _cells(folder, year)}
    assert {"0", "未录", "原件无此行"} <= found
    assert not {"None", "nan", "-"} & found


def _cells(folder: Path, year: int) -> set[str]:
    lines = table(folder / f"years/{year}/figures.csv")
    return {text for line in lines for name, text in line.items() if "/" in name}


def test_staff_text_is_no_formula_and_stays_in_its_cell(tmp_path: Path) -> None:
    first = PORTAL.reports[-1]
    hostile = replace(first, title='=HYPERLINK("a"),\n"b"')
    lines = downloads.by_report(replace(PORTAL, reports=(hostile,)), first.year)
    path = tmp_path / "hostile.csv"
    path.write_text(downloads.written(lines), encoding="utf-8-sig", newline="")
    (line,) = table(path)
    assert line["标题"] == "'" + hostile.title
    assert line["机关标识"] == first.agency


@pytest.mark.parametrize(("text", "cell"), json.loads(FORMULAS.read_text("utf-8")))
def test_a_text_is_no_formula_and_a_figure_stays_as_it_is(text: str, cell: str) -> None:
    """The scripts' tests read the same cases: tables are kept from a page as well."""
    first = PORTAL.reports[-1]
    reports = (replace(first, original_url=text),)
    head, line = downloads.by_report(replace(PORTAL, reports=reports), first.year)
    assert line[head.index("原件网址")] == cell


def test_a_form_that_a_later_edition_takes_over_stays_in_its_columns(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(FUTURE, tmp_path / "data", dirs_exist_ok=True)
    made = dataset.load(tmp_path / "data")
    taken = made.formats["2030"].by_id["reconsideration_and_litigation"]
    assert taken in made.formats["2019"].sections, "all three editions have one form"
    head, *lines = downloads.by_year(made, "linxiang-zwfwj")
    assert head[-2:] == ["2021年", "2030年"]
    rows = [line for line in lines if line[1] == taken.key]
    assert {line[0] for line in rows} == {"2019"}
    assert all(line[-2] and line[-1] for line in rows)


def test_pages_lead_to_the_tables(site: Built) -> None:
    for page in ("data/index.html", "years/2021/index.html", "agencies/linxiang-zwfwj/index.html"):
        (href, *_) = site.pages[page].xpath("//a[contains(@href, 'figures.csv')]/@href")
        file = (site.portal.site / page).parent / str(href)
        assert file.resolve().read_bytes().startswith(b"\xef\xbb\xbf")
