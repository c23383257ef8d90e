"""The ledger of coverage: every agency in every year, and what became of its report."""

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from gongkai.analysis.coverage import Ledger, LedgerEntry, ReportStatus, ledger, span, summarize
from gongkai.data.dataset import Dataset
from gongkai.data.deadlines import deadline
from gongkai.data.lifetimes import Lifetime
from gongkai.data.regions import Region, lineage
from gongkai.forms.kinds import KINDS
from hypothesis import given, settings
from hypothesis import strategies as st
from portal_data import ROOT
from single_report import PORTAL
from today import TODAY

REAL = ledger(PORTAL, TODAY)
NEW = PORTAL.formats["2021"]
OFFICE, GOVERNMENT, DEPARTMENT = "linxiang-zwfwj", "pingtan-region", "pingtan-caijin"


def with_life(slug: str, life: Lifetime) -> Dataset:
    changed = replace(PORTAL.agencies[slug], life=life)
    return replace(PORTAL, agencies={**PORTAL.agencies, slug: changed})


def published(slug: str, year: int, day: str) -> Dataset:
    """The portal with one report published on another day."""
    reports = tuple(
        replace(item, published=day) if (item.agency, item.year) == (slug, year) else item
        for item in PORTAL.reports
    )
    return replace(PORTAL, reports=reports)


def entry(dataset: Dataset, slug: str, year: int, today: date = TODAY) -> LedgerEntry:
    return ledger(dataset, today).entry(slug, year)


def agencies_in(dataset: Dataset, code: str) -> set[str]:
    return {
        slug
        for slug, agency in dataset.agencies.items()
        if not code or code in {region.code for region in lineage(dataset.regions, agency.region)}
    }


def assert_nobody_is_left_out(dataset: Dataset, book: Ledger) -> None:
    for code, year in product(("", *dataset.regions), book.years):
        rows = [item.agency.slug for item in book.of(code, year)]
        assert len(rows) == len(set(rows))
        assert set(rows) == agencies_in(dataset, code)
        summary = book.summary(code, year)
        assert summary.entries == len(rows)
        assert summary.entries == (
            summary.expected + summary.exempt + summary.not_founded + summary.ended
        )
        assert summary.expected == summary.published + summary.missing + summary.pending
        assert summary.published == (
            summary.on_time + summary.late + summary.undated + summary.without_deadline
        )


def test_every_agency_has_a_row_in_every_region_and_year() -> None:
    assert REAL.years == (2025, 2024, 2023, 2022, 2021, 2020, 2019)
    assert len(REAL.entries) == len(PORTAL.agencies) * len(REAL.years)
    assert_nobody_is_left_out(PORTAL, REAL)


def test_every_report_is_in_the_ledger() -> None:
    found = {(item.agency.slug, item.year) for item in REAL.of() if item.report}
    assert found == {(item.agency, item.year) for item in PORTAL.reports}


PERIODS = st.sampled_from(["", "2019", "2020-06", "2021-12-31", "2022", "2024-03-01"])
LIVES = st.builds(
    Lifetime,
    founded=PERIODS,
    ended=PERIODS,
    successor=st.sampled_from(["", OFFICE]),
    exempt=st.lists(st.tuples(st.integers(2018, 2026), st.just("机构改革。")), max_size=3).map(
        tuple
    ),
)


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from(sorted(PORTAL.agencies)), LIVES),
    st.dates(date(2019, 1, 1), date(2028, 1, 1)),
    st.sets(st.integers(0, len(PORTAL.reports) - 1)),
)
def test_nobody_is_left_out_whatever_became_of_agencies_and_reports(
    lives: dict[str, Lifetime], today: date, lost: set[int]
) -> None:
    agencies = {
        slug: replace(agency, life=lives.get(slug, agency.life))
        for slug, agency in PORTAL.agencies.items()
    }
    reports = tuple(item for index, item in enumerate(PORTAL.reports) if index not in lost)
    dataset = replace(PORTAL, agencies=agencies, reports=reports)
    assert_nobody_is_left_out(dataset, ledger(dataset, today))


def test_the_span_has_no_gaps_and_reaches_the_last_year_that_can_be_due() -> None:
    two = replace(PORTAL, reports=tuple(r for r in PORTAL.reports if r.year in {2019, 2023}))
    assert span(two, date(2024, 5, 1)) == (2023, 2022, 2021, 2020, 2019)
    assert span(two, date(2027, 1, 1)) == (2026, 2025, 2024, 2023, 2022, 2021, 2020, 2019)
    assert span(replace(PORTAL, reports=()), TODAY) == (2025,)
    assert ledger(PORTAL, TODAY, [2018, 2021]).years == (2021, 2018)


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        ("2022-01-31 23:59", ReportStatus.ON_TIME, 0),
        ("2022-01-05", ReportStatus.ON_TIME, 0),
        ("2022-02-01 00:00", ReportStatus.LATE, 1),
        ("2023-01-31", ReportStatus.LATE, 365),
        ("", ReportStatus.UNDATED, 0),
    ],
)
def test_a_department_is_on_time_until_the_end_of_january(
    day: str, state: ReportStatus, days: int
) -> None:
    found = entry(published(DEPARTMENT, 2021, day), DEPARTMENT, 2021)
    assert (found.status, found.days_late) == (state, days)
    assert found.is_required


def test_a_government_has_until_the_end_of_march() -> None:
    on_time = entry(published(GOVERNMENT, 2021, "2022-03-31"), GOVERNMENT, 2021)
    late = entry(published(GOVERNMENT, 2021, "2022-04-02"), GOVERNMENT, 2021)
    assert (on_time.status, late.status, late.words) == (
        ReportStatus.ON_TIME,
        ReportStatus.LATE,
        "迟 2 天",
    )


def test_figures_only_and_late_are_two_facts() -> None:
    late = entry(published(DEPARTMENT, 2021, "2022-03-01"), DEPARTMENT, 2021)
    assert (late.is_figures_only, late.status) == (True, ReportStatus.LATE)
    assert not entry(PORTAL, OFFICE, 2021).is_figures_only


def test_the_colours_of_states_are_those_of_the_ledger() -> None:
    styles = "".join(
        path.read_text("utf-8") for path in (ROOT / "docs/assets/styles").rglob("*.css")
    )
    coloured = set(re.findall(r"\.state-([a-z_]+)", styles)) - {"figures"}
    assert {"on_time", "late", "missing"} <= coloured <= {status.value for status in ReportStatus}


def test_no_report_is_missing_only_after_the_last_day() -> None:
    assert entry(PORTAL, OFFICE, 2024, date(2025, 1, 31)).status is ReportStatus.PENDING
    assert entry(PORTAL, OFFICE, 2024, date(2025, 2, 1)).status is ReportStatus.MISSING
    assert entry(PORTAL, OFFICE, 2024, date(2025, 2, 1)).words == "无报告"


def test_a_kind_that_the_law_does_not_name_is_never_late_but_can_be_missing() -> None:
    township = replace(PORTAL.agencies[OFFICE], kind="乡镇街道")
    dataset = replace(PORTAL, agencies={**PORTAL.agencies, OFFICE: township})
    there = entry(dataset, OFFICE, 2021)
    assert (there.status, there.deadline, there.words) == (ReportStatus.PUBLISHED, None, "已发布")
    assert entry(dataset, OFFICE, 2024, date(2025, 3, 31)).status is ReportStatus.PENDING
    assert entry(dataset, OFFICE, 2024, date(2025, 4, 1)).status is ReportStatus.MISSING


def test_an_agency_owes_a_report_for_the_years_at_whose_end_it_existed() -> None:
    dataset = with_life(OFFICE, Lifetime("2021-03", "2023-06-30", successor=DEPARTMENT))
    states = {item.year: item.status for item in ledger(dataset, TODAY).of("530902")}
    assert states[2020] is ReportStatus.NOT_FOUNDED
    assert states[2022] is ReportStatus.MISSING
    assert states[2023] is ReportStatus.ENDED
    ended = entry(dataset, OFFICE, 2023)
    assert (ended.successor, ended.words, ended.is_required) == (
        DEPARTMENT,
        "已并入其他机关",
        False,
    )


def test_a_year_without_duty_says_why() -> None:
    dataset = with_life(OFFICE, Lifetime(exempt=((2022, "职责由区政府办公室承担。"),)))
    found = entry(dataset, OFFICE, 2022)
    assert (found.status, found.reason) == (ReportStatus.EXEMPT, "职责由区政府办公室承担。")
    assert entry(dataset, OFFICE, 2023).reason == ""


def test_a_report_that_nobody_asked_for_is_shown_and_not_counted_as_expected() -> None:
    dataset = with_life(OFFICE, Lifetime(founded="2022"))
    found = entry(dataset, OFFICE, 2021)
    assert found.report is not None
    assert not found.is_required
    summary = summarize([found])
    assert (summary.expected, summary.published, summary.voluntary) == (0, 0, 1)
    assert summary.not_founded == 1


def test_an_earlier_local_day_counts_and_the_law_stays_the_outer_limit() -> None:
    province = Region("530000", "云南省", "", "", (("部门", "01-20"), ("政府", "04-30")))
    county = Region("530902", "临翔区", "530000", "", (("乡镇街道", "02-10"),))
    above = (province, county)
    department = deadline(NEW, above, "部门", 2021)
    assert department is not None
    assert (department.day, department.basis, department.is_local) == (
        date(2022, 1, 20), "云南省", True,
    )  # fmt: skip
    government = deadline(NEW, above, "政府", 2021)
    assert government is not None
    assert (government.day, government.is_local) == (date(2022, 3, 31), False)
    township = deadline(NEW, above, "乡镇街道", 2021)
    assert township is not None
    assert (township.basis, township.is_local) == ("临翔区", True)


def test_the_nearest_region_with_a_day_of_its_own_decides() -> None:
    province = Region("530000", "云南省", "", "", (("部门", "01-10"),))
    city = Region("530900", "临沧市", "530000", "", (("部门", "01-28"),))
    found = deadline(NEW, (province, city), "部门", 2021)
    assert found is not None
    assert (found.day, found.basis) == (date(2022, 1, 28), "临沧市")


def test_late_by_a_local_day_is_late() -> None:
    region = replace(PORTAL.regions["530902"], deadlines=(("部门", "01-10"),))
    dataset = replace(
        published(OFFICE, 2021, "2022-01-20"), regions={**PORTAL.regions, "530902": region}
    )
    found = entry(dataset, OFFICE, 2021)
    assert (found.status, found.days_late) == (ReportStatus.LATE, 10)
    assert found.deadline is not None
    assert found.deadline.is_local


def test_both_formats_state_the_deadlines_of_article_49() -> None:
    for edition in PORTAL.formats.values():
        days = {kind: item.day for item in edition.deadlines for kind in item.kinds}
        assert days == {"部门": "01-31", "政府": "03-31"}
        assert all("第四十九条" in item.basis for item in edition.deadlines)
    assert deadline(NEW, (), KINDS[2], 2021) is None
    assert deadline(None, (), "部门", 2021) is None


def test_an_agency_exists_at_the_end_of_the_year_in_which_it_was_founded_and_not_ended() -> None:
    for day in ("2021", "2021-05", "2021-12-31"):
        life = Lifetime(founded=day)
        assert [life.is_founded_in(year) for year in (2020, 2021, 2022)] == [False, True, True]
        life = Lifetime(ended=day)
        assert [life.is_ended_in(year) for year in (2020, 2021, 2022)] == [False, True, True]
    assert Lifetime().is_founded_in(2000)
    assert not Lifetime().is_ended_in(2030)
