"""`check`: what is wrong with the data."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.checks import reporters
from gongkai.checks.baseline import RevisionError, data_at, new_problems, renamed
from gongkai.checks.registry import RULES
from gongkai.checks.reporters import Sources
from gongkai.checks.run import check
from gongkai.data.dataset import Dataset, load
from gongkai.data.findings import Findings
from gongkai.html import addresses
from gongkai.publishing.build import opened_build, undamaged
from gongkai.publishing.progress import Progress
from gongkai.source.dates import today
from gongkai.source.nodes import UnreadableError
from gongkai.source.problems import Problem
from gongkai.source.reading import decode


def add_parser(add: Callable[..., ArgumentParser]) -> None:
    """Declare the arguments."""
    parser = add("check", help="检查数据")
    parser.add_argument("paths", nargs="*", type=Path, help="只看这些文件或文件夹的问题")
    parser.add_argument("--format", choices=reporters.REPORTERS, default="text", help="输出格式")
    parser.add_argument("--changed-since", metavar="版本", help="只看这个版本以后的改动带来的问题")
    parser.add_argument("--record", type=Path, metavar="文件", help="把全部结果写成 JSON 文件")
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class _Checked:
    """The data and what was found in them."""

    data: Path
    day: date
    dataset: Dataset
    findings: Findings


def run(options: Namespace) -> int:
    """Tell what is wrong; 1 where it blocks publication."""
    day = today()
    data = options.data.resolve()
    with opened_build(data, day, os.environ, Progress()) as build:
        checked = undamaged(build, lambda it: _Checked(data, day, it.dataset, it.findings))
    wanted = told = _within(checked, options.paths)
    if options.changed_since:
        try:
            told = _new(checked, wanted, options.changed_since)
        except RevisionError as error:
            print(error, file=sys.stderr)
            return 2
    sources = Sources(lambda path: _lines(data.parent / path), _rules_url())
    if options.record:
        findings = checked.findings
        words = reporters.record(RULES, findings.assessed, findings.problems, sources)
        options.record.write_text(words + "\n", encoding="utf-8", newline="\n")
    unanswered = [problem for problem in told if not problem.answer]
    for line in reporters.REPORTERS[options.format](unanswered, sources):
        print(line)
    summary = _summary(checked, told, older=len(wanted) - len(told))
    print(summary, file=sys.stderr if options.format in reporters.RECORDS else sys.stdout)
    return 1 if any(problem.blocks_publication for problem in told) else 0


def _within(checked: _Checked, paths: Sequence[Path]) -> list[Problem]:
    """The problems in some files and folders; all where none are given."""
    root = checked.data.parent
    places = [path.resolve() for path in paths] or [root]
    return [
        problem
        for problem in checked.findings.problems
        if any((root / problem.location.path).is_relative_to(place) for place in places)
    ]


def _new(checked: _Checked, wanted: Sequence[Problem], revision: str) -> list[Problem]:
    """Those that were not there in an earlier revision."""
    with data_at(checked.data, revision) as folder:
        earlier = load(folder)
        before = check(earlier, checked.day).problems
    folders = renamed(checked.dataset.agencies, earlier.agencies)
    return list(new_problems(wanted, before, folders))


def _rules_url() -> str:
    """The address of the page of rules, from the settings that a build has; empty without them."""
    site = os.environ.get("GONGKAI_SITE_URL", "")
    is_disk = os.environ.get("GONGKAI_DIRECTORY_URLS", "").lower() in {"false", "no", "off"}
    known = addresses.Addresses(not is_disk, f"{site.rstrip('/')}/")
    return known.public(addresses.RULES, "") if site else ""


def _lines(path: Path) -> Sequence[str]:
    """The lines of a data file, counted as problems count them; none of one that is no text."""
    try:
        return decode(path.name, path.read_bytes()).split("\n")
    except (OSError, UnreadableError):
        return ()


def _summary(checked: _Checked, told: Sequence[Problem], older: int) -> str:
    blocking = sum(problem.blocks_publication for problem in told)
    answered = sum(bool(problem.answer) for problem in told)
    left_out = f"另有 {older} 处是以前就有的，没有列出。" if older else ""
    return (
        f"检查了 {checked.dataset.report_files} 份报告、"
        f"{sum(checked.findings.assessed.values())} 处关系："
        f"错误 {blocking} 处，其他 {len(told) - answered - blocking} 处，"
        f"已说明 {answered} 处。{left_out}"
    )
