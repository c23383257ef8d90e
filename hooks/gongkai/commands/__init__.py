"""The edge: one module a verb, each of which declares its arguments and runs.

Exit codes: 0 fine, 1 findings that block publication or files that are not in form, 2 wrong use.
A new verb is a module here and its name in `VERBS`. Only these modules print; no room knows them.
Imports every room.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

VERBS = ("check", "format", "new", "schema")
"""The verbs, each the name of its module."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="gongkai", description="检查和新建年度报告。")
    parser.add_argument("--data", type=Path, default=Path("data"), help="数据文件夹，默认是 data")
    parser.set_defaults(paths=())
    commands = parser.add_subparsers(dest="command", required=True)
    for verb in _needed(given):
        import_module(f".{verb}", __package__).add_parser(commands.add_parser)
    options = parser.parse_args(given)
    for path in (options.data, *options.paths):
        if not path.exists():
            parser.error(f"没有这个文件或文件夹：{path}")
    code: int = options.run(options)
    return code


def _needed(arguments: Sequence[str]) -> Iterable[str]:
    """The verbs that may be meant: the modules of the others need not be loaded."""
    return [verb for verb in VERBS if verb in arguments] or VERBS
