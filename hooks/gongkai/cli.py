"""The commands `check` and `new`: arguments in, words and exit codes out.

Exit codes: 0 fine, 1 findings that block publication, 2 wrong use.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from . import outputs, scaffold
from .checks import Examination, examine
from .dataset import AGENCIES, AGENCY_FILE, Dataset, load
from .figures import UNFILLED
from .formats import of_year
from .problems import Problem
from .report_reader import PUBLISHED

_DATA = Path("data")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="gongkai", description="检查和新建年度报告。")
    parser.add_argument("--data", type=Path, default=_DATA, help="数据文件夹，默认是 data")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="检查数据")
    check.add_argument("paths", nargs="*", type=Path, help="只看这些文件或文件夹的问题")
    check.add_argument("--format", choices=outputs.FORMATS, default="text", help="输出格式")
    new = commands.add_parser("new", help="新建一份空白报告")
    new.add_argument("agency", help="机关文件夹名")
    new.add_argument("year", type=int, help="报告年度")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        parser.error(f"没有数据文件夹 {options.data}")
    loaded = load(options.data.resolve())
    if options.command == "new":
        return _new(loaded, options.data, options.agency, options.year)
    return _check(loaded, examine(loaded), options.format, options.paths)


def _check(loaded: Dataset, examined: Examination, output: str, paths: Sequence[Path]) -> int:
    open_problems = [problem for problem in examined.problems if not problem.answer]
    wanted = [problem for problem in open_problems if _is_wanted(problem, paths)]
    for line in outputs.FORMATS[output](wanted):
        print(line)
    answered = len(examined.problems) - len(open_problems)
    assessed = sum(examined.assessed.values())
    blocking = sum(problem.blocks_publication for problem in wanted)
    print(
        f"检查了 {loaded.report_files} 份报告、{assessed} 处数量关系："
        f"错误 {blocking} 处，其他 {len(wanted) - blocking} 处，已说明 {answered} 处。"
    )
    return 1 if blocking else 0


def _is_wanted(problem: Problem, paths: Sequence[Path]) -> bool:
    place = Path(problem.location.path)
    return not paths or any(place.is_relative_to(path) for path in paths)


def _new(loaded: Dataset, data: Path, slug: str, year: int) -> int:
    folder = data / AGENCIES / slug
    path = folder / f"{year}.yaml"
    edition = of_year(loaded.formats, year)
    if edition is None or slug not in loaded.agencies or path.exists():
        print(_refusal(path, is_known=slug in loaded.agencies, has_format=edition is not None))
        return 2
    draft = scaffold.blank(edition.sections, [(PUBLISHED, UNFILLED)])
    path.write_text(scaffold.text(draft), encoding="utf-8", newline="\n")
    print(f"新建了 {path.as_posix()}。把每一个“{UNFILLED}”换成内容，没有发生的填 0。")
    return 0


def _refusal(path: Path, *, is_known: bool, has_format: bool) -> str:
    if not is_known:
        return f"没有机关文件夹 {path.parent.as_posix()}。先新建它，并写好 {AGENCY_FILE}。"
    if not has_format:
        return f"{path.stem} 年没有对应的报告格式。"
    return f"{path.as_posix()} 已经有了，没有改动。"
