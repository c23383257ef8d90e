"""A form is what it says: a copy is equal to it in every process, another revision is not."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import cast

import pytest
from gongkai.analysis.coverage import ledger
from gongkai.analysis.rollups import RollUps, SectionSum
from gongkai.analysis.series import changes, series
from gongkai.checks.run import check
from gongkai.data.dataset import Dataset
from gongkai.exports import csv_tables
from gongkai.forms.axes import Axis
from gongkai.forms.formats import Format, Section
from portal_data import HOME, ROOT
from single_report import PORTAL
from today import TODAY

OLD, NEW = PORTAL.formats["2019"], PORTAL.formats["2021"]


def copied(dataset: Dataset) -> Dataset:
    """A dataset whose every part is a copy."""
    return cast("Dataset", pickle.loads(pickle.dumps(dataset)))  # noqa: S301 - our own


def returned(dataset: Dataset) -> Dataset:
    """A dataset that went to a fresh process and back."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(copied, dataset).result()


COPY = copied(PORTAL)


@pytest.fixture(name="mixed", scope="module", params=[copied, returned])
def mixed_fixture(request: pytest.FixtureRequest) -> Dataset:
    """A portal in which every second report is a copy with a form of its own."""
    copies = request.param(PORTAL).reports
    pairs = enumerate(zip(PORTAL.reports, copies, strict=True))
    return replace(PORTAL, reports=tuple(pair[place % 2] for place, pair in pairs))


def sums_of(dataset: Dataset) -> Iterator[tuple[object, ...]]:
    """Every roll-up of a dataset, in plain values."""
    rolled = RollUps(dataset, ledger(dataset, TODAY))
    for year in dataset.years:
        for code in ("", *dataset.regions):
            for total in rolled.of(code, year).sections:
                yield code, year, total.section.form, named(total), total.sums


def named(total: SectionSum) -> list[list[tuple[str, int]]]:
    """Which reports are added and which are not."""
    groups = (total.reports, total.others, total.own_government)
    return [[(report.agency, report.year) for report in group] for group in groups]


def test_sums_take_a_copy_for_the_report(mixed: Dataset) -> None:
    assert list(sums_of(mixed)) == list(sums_of(PORTAL))


def test_years_of_a_copy_can_be_compared(mixed: Dataset) -> None:
    for slug, reports in PORTAL.by_agency.items():
        others = mixed.by_agency[slug]
        for report, other in zip(reports, others, strict=True):
            assert changes(other, others) == changes(report, reports)
        for figure in NEW.key_figures:
            path = (figure.section, figure.row, figure.column)
            one, two = (series(each, PORTAL.years, NEW, path) for each in (reports, others))
            assert two.breaks == one.breaks
            assert [point[:2] + point[3:] for point in two.points] == [
                point[:2] + point[3:] for point in one.points
            ]


def test_csv_of_a_copy_has_the_same_columns(mixed: Dataset) -> None:
    for year in PORTAL.years:
        assert [*csv_tables.by_report(mixed, year)] == [*csv_tables.by_report(PORTAL, year)]
    for slug in PORTAL.agencies:
        assert [*csv_tables.by_year(mixed, slug)] == [*csv_tables.by_year(PORTAL, slug)]


def test_a_copy_has_the_same_findings(mixed: Dataset) -> None:
    one, two = (check(dataset, TODAY) for dataset in (PORTAL, mixed))
    assert two.problems == one.problems
    assert two.assessed == one.assessed


def parts(edition: Format) -> Iterator[object]:
    """Every definition of a format."""
    yield edition
    for section in edition.sections:
        yield section
        for table in section.tables:
            yield table
            for axis in (table.rows, table.columns):
                yield axis
                yield from axis.leaves
                yield from (placed.heading for placed in axis.walk())


def test_every_part_is_equal_to_its_copy() -> None:
    for edition in PORTAL.formats.values():
        pairs = zip(parts(edition), parts(COPY.formats[edition.id]), strict=True)
        for one, other in pairs:
            assert one is not other
            assert one == other
            assert hash(one) == hash(other)


def test_parts_that_say_something_else_are_not_equal() -> None:
    assert len({*parts(NEW)}) == len({repr(part) for part in parts(NEW)})
    assert OLD != NEW


@pytest.mark.parametrize(
    ("edition", "section", "form"),
    [
        (NEW, "overview", "2019/overview"),
        (OLD, "overview", "2019/overview"),
        (OLD, "requests", "2019/requests"),
        (NEW, "requests", "2021/requests"),
    ],
    ids=["same as older", "taken from newer", "replaced heading", "own"],
)
def test_a_form_is_named_after_the_oldest_edition_that_has_it(
    edition: Format, section: str, form: str
) -> None:
    assert edition.by_id[section].form == form


def reworded(section: Section) -> Section:
    """Another revision of a section: one heading has another label."""
    table = section.tables[0]
    heading = replace(table.rows.headings[0], label="改过的")
    rows = Axis((heading, *table.rows.headings[1:]))
    return replace(section, tables=(replace(table, rows=rows), *section.tables[1:]))


def test_another_revision_of_a_form_is_another_form() -> None:
    section = NEW.by_id["requests"]
    other = reworded(section)
    assert other.form == section.form
    assert other != section
    assert replace(NEW, sections=(other,)) != replace(NEW, sections=(section,))


def test_equal_texts_of_two_forms_are_two_forms() -> None:
    section = NEW.by_id["requests"]
    assert replace(section, form="2031/requests") != section


def test_fingerprints_are_the_same_in_every_process() -> None:
    ask = (
        "from pathlib import Path; from gongkai.data.dataset import load;"
        "print(*(item.fingerprint for item in load(Path('data')).formats.values()))"
    )
    command = [sys.executable, "-c", ask]
    answers = {
        subprocess.run(
            command,
            cwd=HOME,
            env={"PYTHONPATH": str(ROOT / "hooks"), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()[0]
        for seed in ("1", "2")
    }
    assert answers == {OLD.fingerprint}
