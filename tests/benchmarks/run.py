"""Measure how fast portals build, beside plain MkDocs Material, and compare with the targets.

`tests/benchmarks/run.py [--sizes 60,300,3000] [--runs K] [--folder DIR] [--json FILE]`; needs
Linux or macOS. Everything is built in memory where the system has a folder for that: what a disk
takes to make a file and a folder varies tenfold with its state, and is no merit of either side.
`--folder` measures on a disk.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from verdict import Results, as_data, report
from workshop import Project, build, plain, portal, time_loading

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only where results are thrown away
_PLAIN_LIMIT = 300
"""Plain projects larger than this take many minutes."""
_LOADING_FROM = 300
"""In smaller portals the formats and the imports outweigh the reports."""


def main() -> None:
    """Run the command line; it ends well however slow the builds are."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-", dir=options.folder) as folder:
        projects = list(_projects(Path(folder), options.sizes))
        results = Results(projects[0], {project: [] for project in projects})
        for number in range(options.runs):
            for project in projects:
                _say(f"第 {number + 1}/{options.runs} 轮：生成“{project.name}”")
                results.builds[project].append(build(project))
            _load(projects, results)
    where = f"在 {options.folder} 里生成"
    print(f"Python {platform.python_version()}，{options.runs} 轮的中位数，{where}")
    print("\n".join(report(results)))
    if options.json:
        words = json.dumps(as_data(results), ensure_ascii=False, indent=2)
        options.json.write_text(words + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="测量生成速度。")
    parser.add_argument("--sizes", type=_sizes, default=[60, 300, 3000], help="报告份数，逗号分隔")
    parser.add_argument("--runs", type=_runs, default=3, metavar="K", help="测几轮，取中位数")
    parser.add_argument("--folder", type=Path, default=_folder(), metavar="DIR", help="在哪里生成")
    parser.add_argument("--json", type=Path, metavar="FILE", help="把全部数字写入这个文件")
    return parser.parse_args()


def _folder() -> Path:
    """Where portals are built unless `--folder` says so."""
    return _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def _sizes(text: str) -> list[int]:
    return sorted({_runs(part) for part in text.split(",")})


def _runs(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def _projects(folder: Path, sizes: list[int]) -> Iterator[Project]:
    """Yield the portal without reports first, then portals and plain projects by size."""
    yield portal(folder / "start", 0)
    for reports in sizes:
        made = portal(folder / f"portal-{reports}", reports)
        yield made
        if reports <= _PLAIN_LIMIT:
            yield plain(folder / f"plain-{reports}", made)


def _load(projects: list[Project], results: Results) -> None:
    for project in projects:
        if project.label == results.start.label and project.reports >= _LOADING_FROM:
            _say(f"　　　　　读和检查 {project.reports} 份")
            results.loading.setdefault(project.reports, []).append(time_loading(project))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
