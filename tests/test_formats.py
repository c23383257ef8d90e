"""The statutory formats of `data/formats/` as the law has them."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from gongkai.forms.axes import Axis, Heading
from gongkai.forms.formats import (
    Format,
    Section,
    Table,
    last_year_of,
    newest_first,
    of_year,
)
from single_report import PORTAL

OLD, NEW = PORTAL.formats["2019"], PORTAL.formats["2021"]
EDITIONS = pytest.mark.parametrize("edition", [OLD, NEW], ids=["2019", "2021"])
SIZES = {
    # edition: rows and columns of 申请情况, cells of 复议诉讼, rows of 主动公开
    "2019": (23, 7, 15, 8),
    "2021": (25, 7, 15, 6),
}
DIFFERENT_LABELS = {
    # the notice of 2021 writes out which documents are counted
    ("proactive_disclosure", "normative_documents"): ("规范性文件", "行政规范性文件"),
}


def tables(edition: Format) -> Iterator[tuple[Section, Table]]:
    for section in edition.sections:
        for table in section.tables:
            yield section, table


def headings(axis: Axis) -> Iterator[Heading]:
    def walk(found: tuple[Heading, ...]) -> Iterator[Heading]:
        for heading in found:
            yield heading
            yield from walk(heading.children)

    return walk(axis.headings)


def all_headings(edition: Format) -> Iterator[Heading]:
    for _, table in tables(edition):
        yield from headings(table.rows)
        yield from headings(table.columns)


def labels(edition: Format) -> Iterator[str]:
    """Every text that the law prints."""
    yield from (edition.title, *(section.heading for section in edition.sections))
    for _, table in tables(edition):
        yield from (table.band, table.corner, *(rule.rule for rule in table.reconciliations))
    yield from (heading.label for heading in all_headings(edition))


def test_there_are_two_formats() -> None:
    assert set(PORTAL.formats) == {"2019", "2021"}
    assert not [item for item in PORTAL.problems if item.location.path.startswith("data/formats")]


@EDITIONS
def test_ids_are_plain_words(edition: Format) -> None:
    ids = [section.id for section in edition.sections]
    ids += [heading.id for heading in all_headings(edition) if heading.id]
    assert all(re.fullmatch("[a-z0-9_]+", name) for name in ids)


@EDITIONS
def test_everything_has_a_meaning_and_a_basis_in_an_article(edition: Format) -> None:
    explained: list[Section | Heading] = [*edition.sections, *all_headings(edition)]
    assert all(item.meaning.endswith("。") for item in explained)
    assert all(re.search(r"第[一二三四五六七八九十百]+条", item.basis) for item in explained)


@EDITIONS
def test_tables_have_their_statutory_size(edition: Format) -> None:
    rows, columns, disputes, proactive = SIZES[edition.id]
    (requests,) = edition.by_id["requests"].tables
    assert (len(requests.rows.leaves), len(requests.columns.leaves)) == (rows, columns)
    (litigation,) = edition.by_id["reconsideration_and_litigation"].tables
    assert len(litigation.rows.leaves) * len(litigation.columns.leaves) == disputes
    assert litigation.is_across
    assert len(edition.by_id["proactive_disclosure"].rows) == proactive


@EDITIONS
def test_the_totals_of_requests_cover_every_row_and_column(edition: Format) -> None:
    (requests,) = edition.by_id["requests"].tables
    (outcomes,), (applicants,) = requests.rows.totals, requests.columns.totals
    results = [path for path in requests.rows.paths if path.startswith("outcomes.")]
    assert [*outcomes.addends, outcomes.path] == results
    assert [*applicants.addends, applicants.path] == list(requests.columns.paths)
    (balance,) = requests.reconciliations
    assert balance.left == ("received", "carried_over")
    assert balance.right == ("outcomes.total", "carried_forward")


@EDITIONS
def test_staff_keys_have_no_numbering_and_no_punctuation(edition: Format) -> None:
    keys = [section.key for section in edition.sections]
    keys += [heading.key for heading in headings_of_rows(edition)]
    assert all(re.fullmatch(r"[一-龥]+", key) for key in keys)


def headings_of_rows(edition: Format) -> Iterator[Heading]:
    for _, table in tables(edition):
        yield from headings(table.rows)


@EDITIONS
def test_labels_use_full_width_punctuation(edition: Format) -> None:
    assert not [label for label in labels(edition) if re.search(r"[()\[\]:;,!?]", label)]


def test_equal_paths_mean_the_same_in_both_formats() -> None:
    for section, table in tables(OLD):
        newer = NEW.by_id[section.id].rows
        for path, leaf in zip(table.rows.paths, table.rows.leaves, strict=True):
            if path not in newer or any(heading.comparison for heading in leaf.trail):
                continue
            label = newer[path][1].heading.label
            expected = DIFFERENT_LABELS.get((section.id, path), (label, label))
            assert (leaf.heading.label, label) == expected


def test_equal_columns_mean_the_same_in_both_formats() -> None:
    for section, table in tables(OLD):
        newer = {
            leaf.path: leaf
            for other in NEW.by_id[section.id].tables
            if set(other.rows.paths) & set(table.rows.paths)
            for leaf in other.columns.leaves
        }
        for leaf in table.columns.leaves:
            if leaf.path in newer and leaf.heading.comparison is None:
                assert leaf.heading.label == newer[leaf.path].heading.label


def test_whatever_the_new_format_lacks_says_so() -> None:
    for section, table in tables(OLD):
        newer = NEW.by_id[section.id].rows
        for leaf in table.rows.leaves:
            if leaf.path not in newer:
                assert leaf.heading.comparison is not None, leaf.path


@pytest.mark.parametrize(
    ("year", "edition"),
    [(2018, None), (2019, OLD), (2020, OLD), (2021, NEW), (2025, NEW)],
)
def test_a_year_has_the_format_in_force(year: int, edition: Format | None) -> None:
    assert of_year(PORTAL.formats, year) is edition


def test_the_title_of_a_report_names_agency_and_year() -> None:
    title = NEW.title_of("临沧市临翔区政务服务管理局", 2021)
    assert title == "临沧市临翔区政务服务管理局2021年政府信息公开工作年度报告"


def test_the_walk_meets_every_heading_once_a_group_before_what_it_stands_over() -> None:
    for edition in (OLD, NEW):
        for _, table in tables(edition):
            for axis in (table.rows, table.columns):
                walked = tuple(axis.walk())
                assert [placed.heading for placed in walked] == [*headings(axis)]
                assert [placed.path for placed in walked if not placed.heading.children] == [
                    *axis.paths
                ]
                for placed in walked:
                    below = axis.leaves[placed.first : placed.first + placed.heading.size]
                    assert {leaf.trail[: placed.level + 1] for leaf in below} == {placed.trail}


def test_staff_write_no_heading_that_only_serves_the_layout() -> None:
    layout = Heading("", "版式", "版式", "", "", children=(Heading("a", "甲", "甲", "", ""),))
    axis = Axis((Heading("b", "乙", "乙", "", ""), layout))
    assert [heading.key for heading in axis.entered] == ["乙", "甲"]
    assert axis.paths == ("b", "a")
    assert [placed.path for placed in axis.walk()] == ["b", "", "a"]


def test_the_whole_of_a_row_stands_in_its_totals_or_in_all_columns() -> None:
    plain = Axis((Heading("a", "甲", "甲", "", ""), Heading("b", "乙", "乙", "", "")))
    total = Heading("c", "合计", "合计", "", "", is_total=True)
    assert plain.totals_or_all == (0, 1)
    assert Axis((total, *plain.headings)).totals_or_all == (0,)
    assert NEW.by_id["requests"].tables[0].columns.totals_or_all == (6,)


def test_a_format_is_for_the_years_until_the_next_one_or_its_own_last() -> None:
    ended = replace(NEW, last_year=2024)
    assert last_year_of(OLD, (OLD, NEW)) == 2020
    assert last_year_of(NEW, (OLD, NEW)) is None
    assert last_year_of(ended, (OLD, ended)) == 2024
    assert last_year_of(replace(OLD, last_year=2019), (OLD, NEW)) == 2019
    assert newest_first((OLD, NEW)) == (NEW, OLD)
