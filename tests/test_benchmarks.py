"""The benchmarks: their portals are repeatable and free of problems, their figures right."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.source.problems import Severity
from today import TODAY

pytestmark = pytest.mark.slow

BENCHMARKS = Path(__file__).parent / "benchmarks"
GENERATOR = BENCHMARKS / "generate.py"
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


def benchmark(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module(name)


def script(name: str, *arguments: str | Path) -> str:
    command = [sys.executable, BENCHMARKS / name, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_an_edit_raises_one_figure_and_leaves_nothing_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = benchmark("workshop", monkeypatch)
    data = generate(tmp_path)
    before = content(data)
    path = workshop.report_file(workshop.Project("", REPORTS, tmp_path))
    figure = workshop.edit(path)
    after = content(data)
    (changed,) = (name for name in after if after[name] != before[name])
    lines = zip(before[changed].splitlines(), after[changed].splitlines(), strict=True)
    (new,) = (line for old, line in lines if old != line)
    assert new.endswith(f"{figure}]".encode())
    assert not check(dataset.load(data), TODAY).blocks_publication


def test_pages_alone_are_the_pages_without_sums(data: Path, tmp_path: Path) -> None:
    script("pages.py", data, tmp_path)
    assert len(list(tmp_path.glob("reports/*/*/index.html"))) == REPORTS
    years = list(tmp_path.glob("regions/*/*/index.html"))
    assert years
    assert not any('id="sums"' in path.read_text("utf-8") for path in years)
    assert {path.name for path in tmp_path.iterdir()} == {"reports", "agencies", "regions", "years"}


def test_every_stage_takes_some_time(data: Path) -> None:
    stages = json.loads(script("stages.py", data))
    assert {"YAML 到节点", "节点到报告", "检查", "报告页", "搜索索引", "CSV"} <= set(stages)
    assert all(spent > 0 for spent in stages.values())


def test_what_a_command_used_is_counted_with_its_workers() -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}])"
    busy = "import time\nx = bytearray(60_000_000)\nwhile time.process_time() < 0.4: pass"
    used = json.loads(script("measure.py", sys.executable, "-c", work.format(busy)))
    assert used["cpu"] >= 0.4
    if Path("/proc").is_dir():
        assert used["worker_peaks"][0] > 60_000_000 > used["peak"]


def test_targets_are_judged_by_ratios_of_the_same_round(monkeypatch: pytest.MonkeyPatch) -> None:
    results = benchmark("results", monkeypatch)
    targets = benchmark("targets", monkeypatch)
    sample = benchmark("workshop", monkeypatch).Sample
    found = results.Results()
    name, work = results.Name, results.Work
    for slow in (1, 2, 5):  # the machine grows busier from round to round
        for item, seconds in ((name.TWO, 10.0), (name.HUGO, 8.0), (name.AGAIN, 0.5)):
            found.add(work(item, 3000), sample(seconds * slow, seconds * slow, 1, 0))
    judged = [str(target) for target in targets.targets(found)]
    assert "[未达到] 3000 份，首次，CPU ÷ Hugo ≤ 1：1.25" in judged
    assert "[达到] 3000 份，再来，没有改动，CPU ÷ 首次 ≤ 0.08：0.05" in judged
    assert "[没有测] 3000 份，再来，改了一份，CPU ÷ 首次 ≤ 0.12" in judged


def test_growth_leaves_out_what_the_empty_portal_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    results = benchmark("results", monkeypatch)
    sample = benchmark("workshop", monkeypatch).Sample
    found = results.Results()
    for reports, seconds in ((0, 1.0), (300, 4.0), (3000, 37.0)):
        found.add(results.Work(results.Name.TWO, reports), sample(seconds, seconds, 1, 0))
    assert found.per_report(300) == pytest.approx(10)
    assert found.growth(300, 3000) == pytest.approx(0.2)
