"""The reports that the portal publishes."""

import pytest
from gongkai.checks.run import check
from gongkai.data.files import agency_files
from gongkai.data.regions import lineage
from gongkai.data.reports import Report, Source
from portal_data import DATA
from single_report import PORTAL
from today import TODAY

EXAMINATION = check(PORTAL, TODAY)


def name_of(report: Report) -> str:
    return f"{report.agency}/{report.year}"


def test_every_report_file_is_a_report() -> None:
    assert len(PORTAL.reports) == PORTAL.report_files == 73


def test_the_files_of_agencies_are_those_of_agencies_and_years() -> None:
    files = list(agency_files(DATA))
    assert {file.path for file in files} == set((DATA / "agencies").glob("*/*.yaml"))
    for file in files:
        assert file.name == f"data/{file.path.relative_to(DATA).as_posix()}"
        assert file.path.stem == ("agency" if file.year is None else str(file.year))


def test_no_file_has_a_problem_of_form() -> None:
    assert PORTAL.problems == ()


def test_nothing_blocks_publication() -> None:
    assert [problem for problem in EXAMINATION.problems if problem.blocks_publication] == []


def test_no_answer_is_superfluous() -> None:
    answers = [item for item in EXAMINATION.problems if item.rule.id == "unused-answer"]
    assert answers == []


@pytest.mark.parametrize("report", PORTAL.reports, ids=name_of)
def test_a_report_states_its_tables_and_its_prose_as_its_source_says(report: Report) -> None:
    with_tables = {section.id for section in report.sections if section.tables}
    in_prose = {section.id for section in report.sections} - with_tables
    assert set(report.figures) == with_tables
    assert set(report.prose) == (set() if report.source is Source.FIGURES_ONLY else in_prose)


def test_what_was_published_elsewhere_names_its_address() -> None:
    assert all(report.original_url for report in PORTAL.reports if report.is_historical)


def test_every_agency_has_a_region_below_a_province() -> None:
    for agency in PORTAL.agencies.values():
        assert lineage(PORTAL.regions, agency.region)[0].code.endswith("0000")


def test_every_agency_has_reports() -> None:
    assert all(PORTAL.by_agency.values())
