"""Roll-ups: the sums are those of the files, and each says what it contains and what it lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path

import pytest
import yaml
from gongkai.analysis.coverage import ledger
from gongkai.analysis.rollups import RollUp, RollUps, SectionSum
from gongkai.analysis.tallies import tally
from gongkai.data.dataset import Dataset, load
from gongkai.data.lifetimes import Lifetime
from gongkai.data.regions import lineage
from gongkai.data.reports import Report
from gongkai.forms.axes import FigureKind
from gongkai.forms.kinds import GOVERNMENT
from hypothesis import given, settings
from hypothesis import strategies as st
from portal_data import HOME
from single_report import PORTAL
from small_portal import AGENCY, REPORT, good, portal_with
from today import TODAY

AREA, GOVERNMENT_SLUG = "350128", "pingtan-region"


def rolled(dataset: Dataset) -> RollUps:
    return RollUps(dataset, ledger(dataset, TODAY))


REAL = rolled(PORTAL)
PLACES = list(product(("", *PORTAL.regions), PORTAL.years))


def figures(section: SectionSum) -> Iterator[tuple[str, str]]:
    for row, (table, _) in section.section.rows.items():
        for column in table.columns.paths:
            yield row, column


Tree = str | list[str] | dict[str, "Tree"]


@cache
def raw(path: str) -> dict[str, Tree]:
    text = (HOME / path).read_text("utf-8")
    found: dict[str, Tree] = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it makes texts only
    return found


def printed(report: Report, section: SectionSum, row: str, column: str) -> str:
    """A figure as its file writes it, found by the keys of the form and nothing else."""
    table, leaf = section.section.rows[row]
    value = raw(report.path)[section.section.key]
    for key in leaf.keys:
        assert isinstance(value, dict)
        value = value[key]
    assert not isinstance(value, dict)
    return value if isinstance(value, str) else value[table.columns.index[column]]


def number(text: str) -> Decimal | None:
    digits = text.rstrip("元万个项笔")
    return Decimal(digits) if digits.lstrip("+-").replace(".", "", 1).isdigit() else None


def above(dataset: Dataset, slug: str) -> list[str]:
    """The codes of an agency's region and those above it, innermost first."""
    region = dataset.agencies[slug].region
    return [item.code for item in reversed(lineage(dataset.regions, region))]


def counts(dataset: Dataset, slug: str, code: str, year: int) -> bool:
    """Whether an agency's report is added for a region: no report between them covers it."""

    def government(region: str) -> str | None:
        return next(
            (
                item
                for item, agency in dataset.agencies.items()
                if (agency.kind, agency.region) == (GOVERNMENT, region)
                and any(report.year == year for report in dataset.by_agency[item])
            ),
            None,
        )

    way = above(dataset, slug)
    between = way[: way.index(code)] if code else way
    if code and dataset.agencies[slug].kind == GOVERNMENT and not between:
        return False
    return all(government(region) in (None, slug) for region in between)


def expected_reports(dataset: Dataset, code: str, year: int) -> set[str]:
    return {
        item.agency
        for item in dataset.reports
        if item.year == year
        and (not code or code in above(dataset, item.agency))
        and counts(dataset, item.agency, code, year)
    }


@pytest.mark.parametrize(("code", "year"), PLACES)
def test_every_sum_is_that_of_the_files(code: str, year: int) -> None:
    roll_up = REAL.of(code, year)
    wanted = expected_reports(PORTAL, code, year)
    assert {entry.agency.slug for entry in roll_up.composition.included} == wanted
    for section in roll_up.sections:
        assert {item.agency for item in (*section.reports, *section.others)} == wanted
        for row, column in figures(section):
            texts = [printed(report, section, row, column) for report in section.reports]
            numbers = [found for text in texts if (found := number(text)) is not None]
            total = section.sum(row, column)
            lacking = len(texts) - len(numbers) + len(section.others)
            assert total.lacking == lacking + len(roll_up.composition.missing)
            if total.value is not None:
                assert total.value == sum(numbers)
            else:
                assert total.reason.endswith("。")


@pytest.mark.parametrize(("code", "year"), PLACES)
def test_whoever_states_no_number_is_named_with_what_the_cell_says(code: str, year: int) -> None:
    for section in REAL.of(code, year).sections:
        for row, column in figures(section):
            stated = {
                report.key: figure.cell
                for report in section.reports
                if (figure := report.figure(section.section.id, row, column))
            }
            found = {item.report.key: item.cell for item in section.without_number(row, column)}
            assert found == {key: cell for key, cell in stated.items() if cell.value is None}


@pytest.mark.parametrize(("code", "year"), PLACES)
def test_a_tally_has_the_sums_of_the_key_figures(code: str, year: int) -> None:
    roll_up = REAL.of(code, year)
    expected = {}
    for total in reversed(roll_up.sections):
        for item in total.edition.key_figures:
            if item.section == total.section.id:
                expected[item.label] = total.sum(item.row, item.column)
    assert tally(roll_up).sums == expected


def test_there_is_something_to_add() -> None:
    requests = part(REAL.of(AREA, 2023), "requests")
    total = requests.sum("received", "total")
    assert total.value
    assert requests.edition.id == "2021"
    assert (len(requests.reports), len(requests.others)) == (8, 1)
    assert not total.is_complete


def without(dataset: Dataset, gone: Report) -> Dataset:
    return replace(dataset, reports=tuple(item for item in dataset.reports if item is not gone))


def complete_portal() -> Dataset:
    """The portal without the agencies that owe a report of 2022."""
    there = {item.agency for item in PORTAL.reports if item.year == 2022}
    agencies = {slug: item for slug, item in PORTAL.agencies.items() if slug in there}
    reports = tuple(item for item in PORTAL.reports if item.agency in there)
    return replace(PORTAL, agencies=agencies, reports=reports)


COMPLETE = complete_portal()


@pytest.mark.parametrize("slug", sorted(set(COMPLETE.agencies) - {GOVERNMENT_SLUG}))
def test_a_lost_report_changes_each_sum_by_its_value_and_makes_it_incomplete(slug: str) -> None:
    (gone,) = (item for item in COMPLETE.by_agency[slug] if item.year == 2022)
    before, after = (rolled(item).of(AREA, 2022) for item in (COMPLETE, without(COMPLETE, gone)))
    changed = 0
    for new in after.sections:
        old = next(item for item in before.sections if item.section is new.section)
        for row, column in figures(old):
            figure = gone.figure(old.section.id, row, column) if gone in old.reports else None
            value = figure.cell.value if figure else None
            total, rest = old.sum(row, column), new.sum(row, column)
            assert rest.lacking == total.lacking + (value is not None)
            assert not rest.is_complete
            if value is not None and total.value is not None:
                assert total.is_complete is (total.lacking == 0)
                assert rest.value == total.value - value
                changed += 1
    assert changed
    disputes = part(before, "reconsideration_and_litigation")
    assert all(item.is_complete for row in disputes.sums.values() for item in row)
    assert [entry.agency.slug for entry in after.composition.missing] == [slug]


def everyone(roll_up: RollUp) -> list[str]:
    lists = roll_up.composition
    found = [*lists.included, *lists.missing, *lists.not_required, *lists.own_government]
    return sorted(
        entry.agency.slug for entry in (*found, *(item.entry for item in lists.included_elsewhere))
    )


CODES = sorted(PORTAL.regions)
SLUGS = sorted(PORTAL.agencies)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from([GOVERNMENT, "部门"]), min_size=len(SLUGS), max_size=len(SLUGS)),
    st.lists(st.sampled_from([*CODES, "999999"]), min_size=len(SLUGS), max_size=len(SLUGS)),
    st.sets(st.integers(0, len(PORTAL.reports) - 1), max_size=40),
    st.sets(st.sampled_from(SLUGS), max_size=3),
)
def test_nobody_is_left_out_or_added_twice_however_regions_are_made_up(
    kinds: Sequence[str], codes: Sequence[str], lost: set[int], ended: set[str]
) -> None:
    agencies = {
        slug: replace(
            PORTAL.agencies[slug],
            kind=kind,
            region=code,
            life=Lifetime(ended="2020") if slug in ended else Lifetime(),
        )
        for slug, kind, code in zip(SLUGS, kinds, codes, strict=True)
    }
    reports = tuple(item for index, item in enumerate(PORTAL.reports) if index not in lost)
    dataset = replace(PORTAL, agencies=agencies, reports=reports)
    made = rolled(dataset)
    for code, year in product(("", *CODES), (2020, 2021)):
        roll_up = made.of(code, year)
        inside = [slug for slug in SLUGS if not code or code in above(dataset, slug)]
        assert everyone(roll_up) == inside
        included = {entry.agency.slug for entry in roll_up.composition.included}
        governments = {
            slug: agency.region for slug, agency in agencies.items() if agency.kind == GOVERNMENT
        }
        if len(set(governments.values())) == len(governments):
            assert included == expected_reports(dataset, code, year)
        for slug in included & set(governments):  # nothing lies within what it covers
            within = {item for item in included if agencies[slug].region in above(dataset, item)}
            assert within <= {slug}


def test_a_regions_own_government_is_set_beside_the_sum_and_never_added() -> None:
    roll_up = REAL.of(AREA, 2022)
    assert [entry.agency.slug for entry in roll_up.composition.own_government] == [GOVERNMENT_SLUG]
    section = next(item for item in roll_up.sections if item.section.id == "requests")
    assert GOVERNMENT_SLUG not in {item.agency for item in section.reports}
    (beside,) = section.reported_totals("received", "total")
    assert beside.report.agency == GOVERNMENT_SLUG
    total = section.sum("received", "total").value
    assert beside.cell is not None
    assert beside.cell.value is not None
    assert total is not None
    assert beside.difference == beside.cell.value - total


@pytest.mark.parametrize(
    ("stated", "difference"),
    [("0", "-1.5"), ("0元", "-1.5"), ("2万元", "0.5"), ("20000元", None), ("20000", None)],
)
def test_the_own_government_s_zero_is_compared_in_any_unit_and_the_rest_in_one(
    stated: str, difference: str | None, tmp_path: Path
) -> None:
    files = {
        f"agencies/government/{name}": text.encode()
        for name, text in (
            ("agency.yaml", good(AGENCY).replace("部门", GOVERNMENT)),
            ("2021.yaml", NEW_FORM.replace("0.8万元", stated)),
        )
    }
    files[REPORT] = NEW_FORM.replace("0.8万元", "1.5万元").encode()
    roll_up = rolled(load(portal_with(tmp_path, files))).of("530900", 2021)
    (beside,) = part(roll_up, "fees").reported_totals("fees", "purchases")
    assert beside.difference == (Decimal(difference) if difference else None)


def test_the_government_of_a_region_below_stands_for_all_its_agencies() -> None:
    composition = REAL.of("350000", 2022).composition
    assert [entry.agency.slug for entry in composition.included] == [GOVERNMENT_SLUG]
    assert {item.by.agency.slug for item in composition.included_elsewhere} == {GOVERNMENT_SLUG}
    assert len(composition.included_elsewhere) == 10
    assert composition.own_government == ()


def test_without_that_government_its_agencies_count_and_the_sum_is_incomplete() -> None:
    (report,) = (item for item in PORTAL.by_agency[GOVERNMENT_SLUG] if item.year == 2022)
    composition = rolled(without(PORTAL, report)).of("350000", 2022).composition
    assert len(composition.included) == 10
    assert [entry.agency.slug for entry in composition.missing] == [GOVERNMENT_SLUG]
    assert composition.included_elsewhere == ()


NEW_FORM = good(REPORT)
OTHER = "agencies/other"


def small(folder: Path, *texts: str) -> RollUp:
    """The roll-up of the small portal's city, with one agency for each text of a report."""
    files = {}
    for index, text in enumerate(texts):
        home = "agencies/office" if index == 0 else f"{OTHER}-{index}"
        files[f"{home}/2021.yaml"] = text.encode()
        files[f"{home}/agency.yaml"] = good(AGENCY).encode()
    dataset = load(portal_with(folder, files))
    assert dataset.problems == ()
    return rolled(dataset).of("530900", 2021)


def part(roll_up: RollUp, section: str) -> SectionSum:
    return next(item for item in roll_up.sections if item.section.id == section)


HISTORICAL = NEW_FORM.replace(
    "发布日期:", "收录方式: 全文转录\n原文链接: https://example.gov.cn/\n发布日期:"
)


def test_a_cell_without_a_number_is_no_zero_and_makes_the_sum_incomplete(tmp_path: Path) -> None:
    blank = HISTORICAL.replace("新收: [2, 1, 3]", "新收: [2, 空, 3]")
    requests = part(small(tmp_path, NEW_FORM, blank), "requests")
    whole, lame = requests.sum("received", "person"), requests.sum("received", "body")
    assert (whole.value, whole.lacking, whole.is_complete) == (4, 0, True)
    assert (lame.value, lame.lacking, lame.is_complete) == (1, 1, False)
    (gap,) = requests.without_number("received", "body")
    assert gap.cell.text == "空"


def test_a_row_that_no_report_prints_has_no_sum(tmp_path: Path) -> None:
    no_row = HISTORICAL.replace("新收: [2, 1, 3]", "新收: 原件无此行")
    total = part(small(tmp_path, no_row), "requests").sum("received", "total")
    assert (total.value, total.lacking, total.reason) == (None, 1, "没有一份报告有这个数字。")


def test_signed_changes_are_not_added(tmp_path: Path) -> None:
    total = part(small(tmp_path, NEW_FORM), "fees").sum("fees", "change")
    assert total.value is None
    assert "互相抵消" in total.reason


@pytest.mark.parametrize(
    ("amounts", "value", "unit"),
    [
        (("1.5万元", "2万元"), Decimal("3.5"), "万元"),
        (("1.5万元", "0"), Decimal("1.5"), "万元"),
        (("0", "0元"), Decimal(0), ""),
        (("1.5万元", "15000元"), None, ""),
        (("1.5万元", "15000"), None, ""),
        (("15000", "15000"), None, ""),
    ],
)
def test_amounts_are_added_only_in_one_printed_unit(
    amounts: Sequence[str], value: Decimal | None, unit: str, tmp_path: Path
) -> None:
    line = next(text for text in NEW_FORM.splitlines() if text.strip().startswith("收费: ["))
    texts = [NEW_FORM.replace(line, f"{line.rpartition(',')[0]}, {amount}]") for amount in amounts]
    total = part(small(tmp_path, *texts), "fees").sum("fees", "purchases")
    assert (total.value, total.unit) == (value, unit)
    assert (value is None) == ("不作合计" in total.reason)


def test_a_section_in_another_form_is_not_comparable_and_summed_apart(tmp_path: Path) -> None:
    old = HISTORICAL.replace("发布日期:", '格式: {申请情况: "2019"}\n发布日期:')
    lines = old.splitlines(keepends=True)
    start = next(index for index, text in enumerate(lines) if text.strip() == "不予公开:")
    old = "".join([*lines[:start], "    不予公开: [1, 0, 1]\n", *lines[start + 3 :]])
    roll_up = small(tmp_path, NEW_FORM, old)
    forms = [item for item in roll_up.sections if item.section.id == "requests"]
    assert [(item.edition.id, len(item.reports), len(item.others)) for item in forms] == [
        ("2021", 1, 1),
        ("2019", 1, 1),
    ]
    assert not forms[0].sum("received", "total").is_complete
    alike = part(roll_up, "disputes")
    assert (len(alike.reports), alike.others) == (2, ())


def test_changes_are_the_only_figures_of_the_real_formats_that_are_never_summed() -> None:
    for year in PORTAL.years:
        for section in REAL.of(AREA, year).sections:
            for row, column in figures(section):
                table, leaf = section.section.rows[row]
                kind = table.kind(leaf, table.columns.leaves[table.columns.index[column]])
                never = "互相抵消" in section.sum(row, column).reason
                assert never == (kind is FigureKind.CHANGE)
