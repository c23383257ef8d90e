"""The commands `check`, `format`, `new` and `schema`: arguments in, words and exit codes out.

Exit codes: 0 fine, 1 findings that block publication or files that are not in form, 2 wrong use.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gongkai.checks import reporters as outputs
from gongkai.checks.baseline import RevisionError, data_at, new_problems, renamed
from gongkai.checks.registry import RULES
from gongkai.checks.run import check
from gongkai.data.dataset import AGENCIES, AGENCY_FILE, FORMATS, Dataset, agency_files, load
from gongkai.data.findings import Findings
from gongkai.data.privacy import masked
from gongkai.data.report_keys import PUBLISHED
from gongkai.editing import drafts as scaffold
from gongkai.editing import schema
from gongkai.editing.formatting import Outcome, put_into_form
from gongkai.forms.formats import of_year
from gongkai.html.addresses import RULES as RULES_PAGE
from gongkai.source.dates import today
from gongkai.source.fields import UNFILLED
from gongkai.source.nodes import UnreadableError
from gongkai.source.problems import Problem
from gongkai.source.reading import decode

_DATA = Path("data")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="gongkai", description="检查和新建年度报告。")
    parser.add_argument("--data", type=Path, default=_DATA, help="数据文件夹，默认是 data")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="检查数据")
    check.add_argument("paths", nargs="*", type=Path, help="只看这些文件或文件夹的问题")
    check.add_argument("--format", choices=outputs.FORMATS, default="text", help="输出格式")
    check.add_argument("--changed-since", metavar="版本", help="只看这个版本以后的改动带来的问题")
    check.add_argument("--record", type=Path, metavar="文件", help="把全部结果写成 JSON 文件")
    form = commands.add_parser("format", help="整理数据文件的写法")
    form.add_argument("paths", nargs="*", type=Path, help="只整理这些文件或文件夹")
    form.add_argument("--check", action="store_true", help="只显示差别，不改动文件")
    new = commands.add_parser("new", help="新建一份空白报告")
    new.add_argument("agency", help="机关文件夹名")
    new.add_argument("year", type=int, help="报告年度")
    schemas = commands.add_parser("schema", help="更新编辑器的填写提示")
    schemas.add_argument("--check", action="store_true", help="只检查是不是最新")
    options = parser.parse_args(arguments)
    wrong = [path for path in (options.data, *getattr(options, "paths", ())) if not path.exists()]
    if wrong:
        parser.error(f"没有这个文件或文件夹：{wrong[0]}")
    loaded = load(options.data.resolve())
    if options.command == "new":
        return _new(loaded, options.data, options.agency, options.year)
    if options.command == "schema":
        return _schema(loaded, options.data.resolve(), is_check=options.check)
    if options.command == "format":
        return _format(loaded, options)
    return _check(loaded, options)


def _check(loaded: Dataset, options: argparse.Namespace) -> int:
    data = options.data.resolve()
    root = data.parent
    day = today()
    examined = check(loaded, day)
    places = [path.resolve() for path in options.paths] or [root]
    wanted = [item for item in examined.problems if _is_within(root, item, places)]
    older = 0
    if options.changed_since:
        try:
            with data_at(data, options.changed_since) as earlier:
                old = load(earlier)
                before = check(old, day).problems
        except RevisionError as error:
            print(error, file=sys.stderr)
            return 2
        folders = renamed(loaded.agencies, old.agencies)
        new = list(new_problems(wanted, before, folders))
        older, wanted = len(wanted) - len(new), new
    site = os.environ.get("GONGKAI_SITE_URL", "")
    rules_url = f"{site.rstrip('/')}/{RULES_PAGE}/" if site else ""
    sources = outputs.Sources(lambda path: _lines(root / path), rules_url)
    if options.record:
        words = outputs.record(RULES, examined.assessed, examined.problems, sources)
        options.record.write_text(words + "\n", encoding="utf-8", newline="\n")
    return _tell(loaded, examined, wanted, older, (options.format, sources))


def _is_within(root: Path, problem: Problem, places: Sequence[Path]) -> bool:
    return any((root / problem.location.path).is_relative_to(place) for place in places)


def _tell(
    loaded: Dataset,
    examined: Findings,
    wanted: Sequence[Problem],
    older: int,
    output: tuple[str, outputs.Sources],
) -> int:
    name, sources = output
    unanswered = [problem for problem in wanted if not problem.answer]
    for line in outputs.FORMATS[name](unanswered, sources):
        print(line)
    blocking = sum(problem.blocks_publication for problem in unanswered)
    left_out = f"另有 {older} 处是以前就有的，没有列出。" if older else ""
    print(
        f"检查了 {loaded.report_files} 份报告、{sum(examined.assessed.values())} 处关系："
        f"错误 {blocking} 处，其他 {len(unanswered) - blocking} 处，"
        f"已说明 {len(wanted) - len(unanswered)} 处。{left_out}",
        file=sys.stderr if name in outputs.RECORDS else sys.stdout,
    )
    return 1 if blocking else 0


def _lines(path: Path) -> Sequence[str]:
    """The lines of a data file, counted as problems count them; none of one that is no text."""
    try:
        return decode(path.name, path.read_bytes()).split("\n")
    except (OSError, UnreadableError):
        return ()


def _format(loaded: Dataset, options: argparse.Namespace) -> int:
    data = options.data.resolve()
    places = [path.resolve() for path in options.paths] or [data.parent]
    outcomes: Counter[Outcome] = Counter()
    for file in agency_files(data):
        if any(file.path.resolve().is_relative_to(place) for place in places):
            done = put_into_form(file, loaded.formats, only_check=options.check)
            outcomes[done.outcome] += 1
            for line in done.lines:
                print(masked(line))
    told = "，".join(f"{outcome} {count} 个" for outcome, count in sorted(outcomes.items()))
    print(f"共 {outcomes.total()} 个文件：{told}。" if outcomes else "这里没有机关和报告的文件。")
    if not outcomes:
        return 2
    return 1 if outcomes[Outcome.DIFFERENT] or outcomes[Outcome.REFUSED] else 0


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


def _schema(loaded: Dataset, data: Path, *, is_check: bool) -> int:
    """Write what editors need, or tell which of it is not what the formats make it."""
    if any(item.location.path.startswith(f"{data.name}/{FORMATS}/") for item in loaded.problems):
        print("格式文件有错误。请先运行 check，按提示改正。")
        return 1
    root, wanted = data.parent, schema.files(loaded.formats, data.name)
    old = set((data / schema.FOLDER).glob("*.json")) - {root / path for path in wanted}
    stale = [root / path for path, text in wanted.items() if not _holds(root / path, text)]
    if is_check:
        for path in (*stale, *sorted(old)):
            print(f"{path.relative_to(root).as_posix()} 与格式不一致。")
        print("请运行 manage.py schema。" if stale or old else "编辑器的填写提示都是最新的。")
        return 1 if stale or old else 0
    for path in old:
        path.unlink()
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = wanted[path.relative_to(root).as_posix()]
        path.write_text(text, encoding="utf-8", newline="\n")
    print(f"更新了 {len(stale)} 个文件，删除了 {len(old)} 个。")
    return 0


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
