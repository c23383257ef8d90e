"""Change one thing of the program at random, run the fast tests about it, and list what survives.

`PYTHONPATH=hooks:tests python tests/mutation/sample.py --count 600 --out FILE`; see README.md here.
"""

import argparse
import ast
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, ModuleType
from typing import NamedTuple, NoReturn

import pytest
import yaml
from operators import sites

HERE = Path(__file__).parent
TESTS, PACKAGE = HERE.parent, HERE.parents[1] / "hooks/gongkai"
ROOMS = ("data", "checks", "analysis", "exports", "publishing")
SHOWN = "not site and not browser and not slow"
LATE = "ignore::pytest.PytestAssertRewriteWarning"
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-W", LATE, "-m", SHOWN)
LOADED = ("hypothesis", "jinja2", "lxml.html", "playwright.sync_api")
"""What every process of tests would load anew otherwise."""
KILLED, SURVIVED, SLOW = "killed", "survived", "timeout"


class Mutant(NamedTuple):
    """One change of one module."""

    module: str
    """Its path within the package."""
    number: int
    """Which of the module's changes it is."""


class Finder(MetaPathFinder):
    """Finds the changed module in place of the file."""

    def __init__(self, module: str, code: CodeType) -> None:
        self.name = f"gongkai.{module.removesuffix('.py').replace('/', '.')}"
        self.name, self.path, self.code = self.name.removesuffix(".__init__"), module, code

    def find_spec(self, name: str, _path: object, _target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        spec = spec_from_file_location(name, PACKAGE / self.path)
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module = self._run  # type: ignore[method-assign]
        return spec

    def _run(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102 - the program itself, changed


def tests_of(module: str, chosen: dict[str, list[str]]) -> list[list[str]]:
    """The runs of pytest about a module: those of the longest entry that its path begins with."""
    entry = max((key for key in chosen if module.startswith(key)), key=len)
    return [line.split(" -k ") for line in chosen[entry]]


def run(module: str, runs: list[list[str]], code: CodeType | None, seconds: float) -> str:
    """Run tests in a process of their own, with a module changed."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        child = os.fork()
        if child == 0:
            os.environ["TMPDIR"] = scratch
            _be_tested(module, runs, code)
        return _awaited(child, seconds)


def _be_tested(module: str, runs: list[list[str]], code: CodeType | None) -> NoReturn:
    os.setsid()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if code is not None:
        sys.meta_path.insert(0, Finder(module, code))
    has_failed = False
    for file, *words in runs:
        options = ("-k", words[0]) if words else ()
        has_failed = has_failed or pytest.main([*OPTIONS, *options, str(TESTS / file)]) != 0
    os._exit(int(has_failed))


def _awaited(child: int, seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return KILLED if status else SURVIVED
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return SLOW


def drawn(count: int, seed: int) -> list[Mutant]:
    """A random sample of all changes of the rooms, in a fixed order."""
    paths = sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))
    every = [
        Mutant(path.relative_to(PACKAGE).as_posix(), number)
        for path in paths
        for number in range(len(list(sites(ast.parse(path.read_text("utf-8"))))))
    ]
    return random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311 - a sample


def results(mutants: list[Mutant], seconds: float) -> Iterator[dict[str, object]]:
    """Try each mutant once."""
    chosen = yaml.safe_load((HERE / "tests.yaml").read_text("utf-8"))
    for mutant in mutants:
        source = (PACKAGE / mutant.module).read_text("utf-8")
        tree = ast.parse(source)
        site = list(sites(tree))[mutant.number]
        site.apply()
        code = compile(ast.fix_missing_locations(tree), mutant.module, "exec")
        runs = tests_of(mutant.module, chosen)
        found = {"state": run(mutant.module, runs, code, seconds), "change": site.told}
        text = source.splitlines()[site.line - 1].strip()
        yield {**mutant._asdict(), "line": site.line, "text": text, **found}


def failing() -> Iterator[str]:
    """Yield the runs that fail without any change: of these nothing can be said."""
    chosen = yaml.safe_load((HERE / "tests.yaml").read_text("utf-8"))
    for line in dict.fromkeys(line for lines in chosen.values() for line in lines):
        if run("", [line.split(" -k ")], None, 600) != SURVIVED:
            yield line


def main() -> None:
    for name in LOADED:
        import_module(name)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=120, help="for the tests of one mutant")
    parser.add_argument("--part", default="0/1", help="1/2 is the second half of the same sample")
    parser.add_argument("--out", type=Path, help="a line of JSON for each mutant")
    options = parser.parse_args()
    if not options.out:
        raise SystemExit("\n".join(failing()))
    part, parts = map(int, options.part.split("/"))
    states: Counter[tuple[str, object]] = Counter()
    with options.out.open("w", encoding="utf-8") as stream:
        for found in results(drawn(options.count, options.seed)[part::parts], options.seconds):
            stream.write(json.dumps(found, ensure_ascii=False) + "\n")
            stream.flush()
            states[str(found["module"]).split("/")[0], found["state"]] += 1
    for (room, state), number in sorted(states.items(), key=str):
        print(room, state, number)


if __name__ == "__main__":
    main()
