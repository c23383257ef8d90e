"""What every check rule finds, and where it must keep silent: the cases of `tests/rules/`.

A case changes the portal of `tests/rules/base/`, in which nothing is to be found, and lists all
that is found then. `tests/rules/README.md` says how cases are written.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import Compare
from gongkai.checks.registry import AGENCY_CHECKS, CHECKS
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.data.privacy import find
from gongkai.source.problems import Location, Problem
from gongkai.source.rules import PERSONAL_DATA, UNUSED_ANSWER
from small_portal import TESTS
from today import TODAY
from wording import assert_is_plain_chinese

FOLDER = TESTS / "rules"
BASE = FOLDER / "base"
RULES = {
    *(item.rule.id for item in CHECKS),
    *(item.rule.id for item in AGENCY_CHECKS),
    PERSONAL_DATA.id,
    UNUSED_ANSWER.id,
}
CHANGES = {"change", "append", "new", "remove"}
EXPECTED = {"rule", "file", "on", "marks", "says", "lacks", "answered"}


class Case(NamedTuple):
    """A changed portal and all that is found in it."""

    rule: str
    """The rule that it is about: the name of its file."""
    name: str
    changes: Mapping[str, Any]
    expect: Sequence[Mapping[str, Any]]


class Found(NamedTuple):
    """A finding and the line of the file at which it stands."""

    problem: Problem
    line: str

    @property
    def marked(self) -> str:
        """The words that a caret would underline."""
        place = self.problem.location
        return self.line[place.column - 1 : place.end_column - 1]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, all scalars as text: `on` is a word, `1` is what a line says."""
    cases = []
    items = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes texts only
    for item in items:
        assert set(item) - CHANGES == {"name", "expect"}, f"{path.name}: {item}"
        assert set(item) & CHANGES, f"{path.name}: {item['name']}: nothing is changed"
        changes = {key: item[key] for key in item.keys() & CHANGES}
        cases.append(Case(path.stem, item["name"], changes, item["expect"]))
    return cases


CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_cases(path)]


def change(root: Path, case: Case) -> None:
    """Make the changes of a case in a copy of the base."""
    for name, replacements in case.changes.get("change", {}).items():
        text = (root / name).read_text("utf-8")
        for old, new in replacements.items():
            assert text.count(old) == 1, f"{name}: {text.count(old)} × {old!r}"
            text = text.replace(old, new)
        (root / name).write_text(text, "utf-8")
    for name, more in case.changes.get("append", {}).items():
        (root / name).write_text((root / name).read_text("utf-8") + more, "utf-8")
    for name, text in case.changes.get("new", {}).items():
        path = root / name
        assert not path.exists(), f"{name} is in the base already"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    for name in case.changes.get("remove", ()):
        (root / name).unlink()


def findings(number: int) -> tuple[Found, ...]:
    """All that is found in the portal of a case."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        shutil.copytree(BASE, root, copy_function=shutil.copyfile)
        change(root, CASES[number])
        problems = check(dataset.load(root), TODAY).problems
        return tuple(Found(problem, line_of(root.parent, problem.location)) for problem in problems)


def line_of(folder: Path, place: Location) -> str:
    """The line of a file at which a finding stands."""
    lines = (folder / place.path).read_text("utf-8").splitlines()
    return lines[place.line - 1]


def is_as_expected(found: Found, expected: Mapping[str, Any]) -> bool:
    """Whether a finding is the expected one; without `on` it stands at the file as a whole."""
    assert set(expected) <= EXPECTED, expected
    problem = found.problem
    is_there = expected["on"] in found.line if "on" in expected else is_of_file(problem)
    return (
        problem.rule.id == expected["rule"]
        and problem.location.path == f"data/{expected['file']}"
        and is_there
        and expected.get("marks", found.marked) == found.marked
        and expected.get("says", "") in problem.text()
        and ("lacks" not in expected or expected["lacks"] not in problem.text())
        and bool(problem.answer) is (expected.get("answered") == "true")
    )


def is_of_file(problem: Problem) -> bool:
    return problem.location == Location(problem.location.path)


def assert_can_be_read(problem: Problem) -> None:
    """A finding is told in plain Chinese, in whole sentences, and shows no personal data."""
    assert_is_plain_chinese(problem)
    assert not list(find(problem.text())), problem.rule.id
    assert re.search(r"[。？]$", problem.hint), f"no sentence: {problem}"


def numbered_cases() -> list[Any]:
    return [
        pytest.param(number, id=f"{case.rule}: {case.name}") for number, case in enumerate(CASES)
    ]


@pytest.mark.parametrize("number", numbered_cases())
def test_a_case_has_the_findings_that_it_lists_and_no_others(number: int) -> None:
    all_found = findings(number)
    missing, surplus = list(CASES[number].expect), list(all_found)
    for found in all_found:
        assert_can_be_read(found.problem)
        expected = next((item for item in missing if is_as_expected(found, item)), None)
        if expected is not None:
            missing.remove(expected)
            surplus.remove(found)
    shown = "\n".join(f"{found.problem}\n    {found.line}" for found in surplus)
    assert (missing, surplus) == ([], []), f"expected and not found: {missing}\nfound:\n{shown}"


def test_every_finding_has_its_exact_place_and_wording(golden: Compare) -> None:
    lines = (
        f"{found.problem.location.line}:{found.problem.location.column} {found.problem.text()}"
        f" [{case.rule}: {case.name}]\n"
        for number, case in enumerate(CASES)
        for found in findings(number)
        if found.problem.rule.id == case.rule
    )
    golden("findings.txt", "".join(lines))


def test_nothing_is_found_in_the_base() -> None:
    examination = check(dataset.load(BASE), TODAY)
    assert [str(problem) for problem in examination.problems] == []


def test_what_is_sound_in_the_base_is_counted_rule_by_rule(golden: Compare) -> None:
    assessed = check(dataset.load(BASE), TODAY).assessed
    lines = (f"{rule}: {assessed.get(rule, 0)}\n" for rule in sorted(RULES))
    golden("assessed.txt", "".join(lines))


def test_every_rule_has_its_file_and_no_file_is_of_an_unknown_rule() -> None:
    assert {case.rule for case in CASES} == RULES


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_fires_and_keeps_silent_in_cases_of_its_own(rule: str) -> None:
    own = [case for case in CASES if case.rule == rule]
    firing = [case for case in own if any(item["rule"] == rule for item in case.expect)]
    assert len(firing) >= 2
    assert len(own) - len(firing) >= 2


def test_names_of_cases_are_distinct_within_a_rule() -> None:
    names = [(case.rule, case.name) for case in CASES]
    assert len(names) == len(set(names))
