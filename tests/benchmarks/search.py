"""Measure the search in a browser: right answers, bytes, time; with `--rivals`, others beside it.

`tests/benchmarks/search.py [--sizes 300,3000,10000] [--rivals] [--json FILE]`. The rivals, MkDocs
Material with jieba and Pagefind, are installed into a folder that is thrown away; they search the
same passages, one page for each report.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="测量搜索。")
    parser.add_argument("--sizes", default="300,3000,10000", help="报告份数，逗号分隔")
    parser.add_argument("--rivals", action="store_true", help="同时测量另外两种搜索")
    parser.add_argument("--json", type=Path, metavar="FILE", help="把全部数字写入这个文件")
    options = parser.parse_args()
    sys.path += [str(ROOT / "hooks"), str(ROOT / "tests")]
    from contest import hold  # noqa: PLC0415 - finds the package only on that path

    sizes = [int(size) for size in options.sizes.split(",")]
    hold(sizes, options.json, with_rivals=options.rivals)


if __name__ == "__main__":
    main()
