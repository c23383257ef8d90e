"""`format`: the files of agencies in canonical form."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gongkai.data.dataset import load
from gongkai.data.files import agency_files
from gongkai.data.privacy import masked
from gongkai.editing.formatting import Outcome, format_file


def add_parser(add: Callable[..., ArgumentParser]) -> None:
    """Declare the arguments."""
    parser = add("format", help="整理数据文件的写法")
    parser.add_argument("paths", nargs="*", type=Path, help="只整理这些文件或文件夹")
    parser.add_argument("--check", action="store_true", help="只显示差别，不改动文件")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Format files; 1 where one is not in form, 2 where the paths name none."""
    data = options.data.resolve()
    editions = load(data).formats
    places = [path.resolve() for path in options.paths] or [data.parent]
    outcomes: Counter[Outcome] = Counter()
    for file in agency_files(data):
        if any(file.path.resolve().is_relative_to(place) for place in places):
            formatted = format_file(file, editions, only_check=options.check)
            outcomes[formatted.outcome] += 1
            for line in formatted.lines:
                print(masked(line))
    counts = "，".join(f"{outcome} {count} 个" for outcome, count in sorted(outcomes.items()))
    print(f"共 {outcomes.total()} 个文件：{counts}。" if outcomes else "这里没有机关和报告的文件。")
    if not outcomes and options.paths:
        return 2
    return 1 if outcomes[Outcome.DIFFERENT] or outcomes[Outcome.REFUSED] else 0
