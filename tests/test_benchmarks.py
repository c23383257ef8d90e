"""The synthetic portals that the benchmarks build are repeatable and free of problems."""

import subprocess
import sys
from pathlib import Path

import pytest
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.source.problems import Severity
from today import TODAY

GENERATOR = Path(__file__).parent / "benchmarks/generate.py"
REPORTS = 30


def generate(folder: Path, *options: str) -> Path:
    command = [sys.executable, str(GENERATOR), str(folder), "--reports", str(REPORTS), *options]
    subprocess.run(command, check=True)
    return folder / "data"


def content(data: Path) -> dict[str, bytes]:
    files = (path for path in data.rglob("*") if path.is_file())
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("portal"))


def test_the_same_seed_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    assert content(generate(tmp_path)) == content(data)


def test_another_seed_gives_other_reports(data: Path, tmp_path: Path) -> None:
    assert content(generate(tmp_path, "--seed", "2")) != content(data)


def test_synthetic_reports_have_nothing_to_mend(data: Path) -> None:
    examined = check(dataset.load(data), TODAY)
    grave = [item for item in examined.problems if item.rule.severity is not Severity.NOTICE]
    assert [str(problem) for problem in grave] == []
    assert set(examined.assessed) >= {"row-total", "column-total", "reconciliation"}


def test_synthetic_reports_are_of_both_formats_and_all_years(data: Path) -> None:
    loaded = dataset.load(data)
    assert len(loaded.reports) == loaded.report_files == REPORTS
    assert {report.edition.id for report in loaded.reports} == {"2019", "2021"}
    assert loaded.years == tuple(range(2025, 2018, -1))
