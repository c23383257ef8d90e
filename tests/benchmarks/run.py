"""Measure how portals are built, beside other generators, and compare with the targets.

`tests/benchmarks/run.py [--sizes 60,300,3000,30000] [--runs K] [--rivals] [--folder DIR] [--json
FILE]`; needs Linux or macOS. Everything is built in memory where the system has a folder for that:
what a disk takes to make a file and a folder varies tenfold with its state, and is no merit of
either side. `--folder` measures on a disk. Sizes above 3,000 are built once, for the growth.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only where results are thrown away


def main() -> None:
    """Run the command line; it ends well however slow the builds are."""
    options = _options()
    sys.path.append(str(ROOT / "hooks"))
    from results import Results  # noqa: PLC0415 - finds the package only on that path
    from rounds import contests, hold_round, serve_largest  # noqa: PLC0415
    from tables import report  # noqa: PLC0415
    from targets import targets  # noqa: PLC0415

    results = Results()
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-", dir=options.folder) as folder:
        prepared = list(contests(Path(folder), options.sizes, with_rivals=options.rivals))
        for number in range(options.runs):
            print(f"第 {number + 1}/{options.runs} 轮", file=sys.stderr, flush=True)
            hold_round(prepared, results, number)
        serve_largest(prepared, results)
    where = f"在 {options.folder} 里生成，{os.cpu_count()} 个核"
    print(f"Python {platform.python_version()}，{options.runs} 轮的中位数，{where}")
    print("\n".join(report(results)))
    if options.json:
        judged = [
            {"target": item.text, "measured": item.measured, "met": item.is_met}
            for item in targets(results)
        ]
        data = {**results.as_data(), "targets": judged}
        words = json.dumps(data, ensure_ascii=False, indent=2)
        options.json.write_text(words + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="测量生成速度。")
    sizes = [60, 300, 3000, 30_000]
    parser.add_argument("--sizes", type=_sizes, default=sizes, help="报告份数，逗号分隔")
    parser.add_argument("--runs", type=_runs, default=3, metavar="K", help="测几轮，取中位数")
    parser.add_argument("--rivals", action="store_true", help="同时测量 Hugo、Eleventy、Zensical")
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


if __name__ == "__main__":
    main()
