"""What the checks find in the reports of `tests/checks/`.

A line names the rules that it breaks: `# expect: rule …` where the problem stands open, and
`# answered: rule …` where the report's published explanation answers it.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from gongkai.data.dataset import load
from gongkai.data.findings import Findings
from gongkai.source.rules import UNUSED_ANSWER
from small_portal import REPORT, TESTS, examine_with, portal_with

FILES = sorted((TESTS / "checks").glob("*.yaml"))
ARITHMETIC = {"row-total", "column-total", "group-total", "reconciliation"}
MARK = re.compile(r"# (expect|answered): (.+)$")


def examine_file(path: Path, folder: Path) -> Findings:
    return examine_with(folder, {REPORT: path.read_bytes()})


def marked(path: Path) -> Counter[tuple[int, str, str]]:
    return Counter(
        (number, match[1], rule)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (match := MARK.search(line))
        for rule in match[2].split()
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_problems_are_found_where_marked(path: Path, tmp_path: Path) -> None:
    examination = examine_file(path, tmp_path)
    found = Counter(
        (
            problem.location.line,
            "answered" if problem.answer else "expect",
            problem.rule.id,
        )
        for problem in examination.problems
    )
    assert found == marked(path)
    assert all(item.location.path == f"data/{REPORT}" for item in examination.problems)


def test_every_relation_of_the_form_fails_and_holds_in_some_file() -> None:
    ids = ARITHMETIC | {UNUSED_ANSWER.id}
    fired = {path: {rule for _, _, rule in marked(path)} for path in FILES}
    assert set().union(*fired.values()) >= ids
    assert all(any(rule not in found for found in fired.values()) for rule in ids)


def test_only_an_open_error_blocks_publication(tmp_path: Path) -> None:
    for number, path in enumerate(FILES):
        examination = examine_file(path, tmp_path / str(number))
        errors = {
            rule for _, state, rule in marked(path) if state == "expect" and rule in ARITHMETIC
        }
        assert examination.blocks_publication is bool(errors), path.stem


def of_sums(examination: Findings) -> dict[str, int]:
    """How often the relations of the form were assessed."""
    return {rule: count for rule, count in examination.assessed.items() if rule in ARITHMETIC}


def test_a_relation_without_all_its_numbers_is_not_assessed(tmp_path: Path) -> None:
    whole = examine_file(TESTS / "checks/every-relation-holds.yaml", tmp_path / "whole")
    blank = examine_file(TESTS / "checks/blank-is-not-zero.yaml", tmp_path / "blank")
    unprinted = examine_file(TESTS / "checks/row-not-printed.yaml", tmp_path / "unprinted")
    assert of_sums(whole) == {
        "row-total": 5,
        "column-total": 3,
        "group-total": 1,
        "reconciliation": 3,
    }
    assert of_sums(blank) == {"row-total": 3, "column-total": 2, "reconciliation": 2}
    assert of_sums(unprinted) == {"row-total": 4, "reconciliation": 3}


def test_the_answer_to_a_cell_goes_before_the_answer_to_all(tmp_path: Path) -> None:
    text = (TESTS / "checks/answered.yaml").read_text("utf-8")
    text += "  行合计·国家秘密: 原件印错。\n"
    answers = {
        problem.location.line: problem.answer
        for problem in examine_with(tmp_path, {REPORT: text.encode()}).problems
        if problem.rule.id == "row-total"
    }
    assert answers == {9: "原件如此，已核对。", 13: "原件印错。", 15: "原件如此，已核对。"}


def test_a_figure_that_is_not_printed_stands_where_the_file_says_so(tmp_path: Path) -> None:
    text = (TESTS / "checks/row-not-printed.yaml").read_bytes()
    (report,) = load(portal_with(tmp_path, {REPORT: text})).reports
    lines = text.decode().splitlines()
    gaps = [row for rows in report.figures.values() for row in rows.values() if not row.is_printed]
    for row in gaps:
        place = report.location(row, 0)
        assert lines[place.line - 1][place.column - 1 :].startswith("原件无此行")
    assert gaps


def test_a_finding_names_its_cell_and_the_figure_where_it_belongs(tmp_path: Path) -> None:
    (problem,) = examine_file(TESTS / "checks/group-total.yaml", tmp_path).problems
    assert problem.cell == ("争议情况", "行政复议", "总计")
    assert (problem.location.column, problem.location.end_column) == (16, 17)
    assert problem.address == "disputes.reconsideration.total"
