"""`new`: a report in which everything is still to be filled in."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from gongkai.data.dataset import load
from gongkai.data.files import AGENCIES, AGENCY_FILE
from gongkai.data.report_keys import PUBLISHED
from gongkai.editing import drafts
from gongkai.forms.formats import of_year
from gongkai.source.fields import UNFILLED


def add_parser(add: Callable[..., ArgumentParser]) -> None:
    """Declare the arguments."""
    parser = add("new", help="新建一份空白报告")
    parser.add_argument("agency", help="机关文件夹名")
    parser.add_argument("year", type=int, help="报告年度")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write the report; 2 where there is one already, or cannot be one."""
    dataset, year = load(options.data.resolve()), options.year
    folder = options.data / AGENCIES / options.agency
    path = folder / f"{year}.yaml"
    edition = of_year(dataset.formats, year)
    if options.agency not in dataset.agencies:
        print(f"没有机关文件夹 {folder.as_posix()}。先新建它，并写好 {AGENCY_FILE}。")
    elif edition is None:
        print(f"{year} 年没有对应的报告格式。")
    elif path.exists():
        print(f"{path.as_posix()} 已经有了，没有改动。")
    else:
        draft = drafts.blank(edition.sections, [(PUBLISHED, UNFILLED)])
        path.write_text(drafts.text(draft), encoding="utf-8", newline="\n")
        print(f"新建了 {path.as_posix()}。把每一个“{UNFILLED}”换成内容，没有发生的填 0。")
        return 0
    return 2
