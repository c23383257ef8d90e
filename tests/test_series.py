"""Figures over years: nothing is compared that means something else, and gaps stay gaps."""

from decimal import Decimal
from pathlib import Path

import pytest
from gongkai.analysis.series import Point, PointStatus, Series, changes, form_of, series
from gongkai.data.dataset import load
from gongkai.data.figures import NO_ROW_CELL
from gongkai.data.reports import Report
from single_report import PORTAL
from small_portal import REPORT, good, portal_with

NEW, OLD = PORTAL.formats["2021"], PORTAL.formats["2019"]
RECEIVED = ("requests", "received", "total")
YEARS = range(2019, 2026)
HISTORIES = sorted(slug for slug, reports in PORTAL.by_agency.items() if len(reports) > 1)


def of(slug: str, *path: str) -> Series:
    section, row, column = path
    return series(PORTAL.by_agency[slug], YEARS, NEW, (section, row, column))


def point(slug: str, year: int, *path: str) -> Point:
    return next(item for item in of(slug, *path).points if item.year == year)


def report(slug: str, year: int) -> Report:
    return next(item for item in PORTAL.by_agency[slug] if item.year == year)


@pytest.mark.parametrize("slug", HISTORIES)
def test_every_year_has_a_point_and_its_number_is_the_reports(slug: str) -> None:
    found = of(slug, *RECEIVED)
    assert [item.year for item in found.points] == list(YEARS)
    there = {item.year: item for item in PORTAL.by_agency[slug]}
    for item in found.points:
        if item.year not in there:
            assert item == Point(item.year, PointStatus.NO_REPORT)
            continue
        figure = there[item.year].figure(*RECEIVED)
        assert figure is not None
        assert item.cell == figure.cell
        assert item.number == figure.cell.value


def test_a_zero_is_a_number_and_a_missing_year_is_not() -> None:
    numbers = [item.number for item in of("pingtan-gongan", *RECEIVED).points]
    assert None in numbers
    assert point("pingtan-gongan", 2020, *RECEIVED).status is PointStatus.NO_REPORT
    zero = point("linxiang-zwfwj", 2021, *RECEIVED)
    assert (zero.number, zero.status) == (0, PointStatus.NUMBER)


def test_a_break_stands_where_the_form_of_the_section_changes() -> None:
    assert of("pingtan-caijin", *RECEIVED).breaks == (2021,)
    assert of("pingtan-caijin", "reconsideration_and_litigation",
              "reconsideration", "total").breaks == ()  # fmt: skip
    assert of("pingtan-haitan-pianqu", *RECEIVED).breaks == (2024,)


def test_a_column_of_another_meaning_is_not_comparable_and_says_why() -> None:
    path = ("proactive_disclosure", "normative_documents", "in_force")
    old = point("pingtan-caijin", 2020, *path)
    assert (old.status, old.number, old.cell) == (PointStatus.NOT_COMPARABLE, None, None)
    assert point("pingtan-caijin", 2021, *path).status is PointStatus.NUMBER


def test_what_calls_for_caution_is_compared_with_its_note() -> None:
    old = point("pingtan-caijin", 2020, "proactive_disclosure", "licensing", "decisions")
    assert old.status is PointStatus.NUMBER
    assert "统计口径可能不同" in old.note


def test_a_row_that_another_format_does_not_divide_is_explained_by_that_row() -> None:
    old = point("pingtan-caijin", 2020, "requests", "outcomes.other_handling.fee_unpaid", "total")
    assert old.status is PointStatus.NOT_COMPARABLE
    assert "三行之和" in old.note


def test_a_cell_without_a_number_says_so() -> None:
    for item in PORTAL.reports:
        for section, table, leaf, row in item.table_rows():
            if not row.cells and item.edition is NEW and not item.section_editions:
                path = (section.id, leaf.path, table.columns.paths[0])
                found = point(item.agency, item.year, *path)
                assert (found.status, found.cell) == (PointStatus.NO_NUMBER, NO_ROW_CELL)
                return
    pytest.fail("no report lacks a row")


@pytest.mark.parametrize("slug", HISTORIES)
def test_every_cell_has_last_years_figure_or_a_reason(slug: str) -> None:
    history = PORTAL.by_agency[slug]
    by_year = {item.year: item for item in history}
    for item in history:
        before = by_year.get(item.year - 1)
        found = changes(item, history)
        for section, table, leaf, _ in item.table_rows():
            made = found[section.id][leaf.path]
            assert len(made) == len(table.columns.paths)
            for column, change in zip(table.columns.paths, made, strict=True):
                now = item.figure(section.id, leaf.path, column)
                then = before.figure(section.id, leaf.path, column) if before else None
                assert change.before == (then.cell if then else None)
                if change.difference is None:
                    assert change.note.endswith("。")
                    continue
                assert now is not None
                assert then is not None
                assert now.cell.value is not None
                assert then.cell.value is not None
                assert change.difference == now.cell.value - then.cell.value


def test_within_one_form_every_pair_of_numbers_is_compared() -> None:
    history = PORTAL.by_agency["pingtan-region"]
    found = changes(report("pingtan-region", 2023), history)
    assert all(item.difference is not None for row in found["requests"].values() for item in row)
    first = changes(report("pingtan-region", 2019), history)
    assert {item.note for row in first["requests"].values() for item in row} == {
        "没有上一年的报告。"
    }


@pytest.mark.parametrize(
    ("now", "before", "difference"),
    [
        ("0", "1.5万元", "-1.5"),
        ("1.5万元", "0元", "1.5"),
        ("2万元", "1.5万元", "0.5"),
        ("2万元", "15000元", None),
    ],
)
def test_a_zero_is_compared_in_any_unit_and_the_rest_in_one(
    now: str, before: str, difference: str | None, tmp_path: Path
) -> None:
    texts = {2021: before, 2022: now}
    files = {
        REPORT.replace("2021", str(year)): good(REPORT).replace("0.8万元", text).encode()
        for year, text in texts.items()
    }
    history = load(portal_with(tmp_path, files)).by_agency["office"]
    change = changes(history[-1], history)["fees"]["fees"][-1]
    assert change.difference == (Decimal(difference) if difference else None)
    assert bool(change.note) == (difference is None)


def test_figures_on_either_side_of_the_break_are_compared_only_where_they_mean_the_same() -> None:
    found = changes(report("pingtan-region", 2021), PORTAL.by_agency["pingtan-region"])
    proactive, requests = found["proactive_disclosure"], found["requests"]
    assert all(item.difference is None for item in proactive["normative_documents"])
    assert all(item.difference is None for item in proactive["administrative_fees"])
    (licensing,) = proactive["licensing"]
    assert licensing.difference is not None
    assert licensing.note
    assert all(item.difference is not None and not item.note for item in requests["received"])
    assert all(item.difference is None for item in requests["outcomes.other_handling.other"])


def test_the_form_of_a_section_is_that_of_the_format_that_it_follows() -> None:
    form = form_of(report("pingtan-shehui", 2021), "proactive_disclosure")
    other = form_of(report("pingtan-shehui", 2021), "requests")
    assert form is not None
    assert other is not None
    assert {form.edition.id, other.edition.id} <= {"2019", "2021"}
    assert form.section is form.edition.by_id["proactive_disclosure"]
    assert form_of(report("pingtan-shehui", 2021), "nothing") is None
