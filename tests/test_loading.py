"""What the loader says of files that are not as they should be.

Each file of `tests/bad/` has one slip and names at its end the problems that must be found,
`# expect: line:column rule`; an empty file names them in its own name.
"""

import os
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest
from bad_files import BAD, FILES, PLACES, name_of
from conftest import Compare
from gongkai.checks.registry import RULES
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.source import rules
from gongkai.source.problems import Problem, Severity
from small_portal import (
    AGENCY,
    REGIONS,
    REPORT,
    examine_with,
    good,
    portal_with,
)
from today import TODAY
from wording import assert_is_plain_chinese

MARK = re.compile(r"^# expect: (\d+):(\d+) (\S+)$", re.MULTILINE)
MARK_IN_NAME = re.compile(r"@(\d+)-(\d+)-(.+)\.yaml")

Found = tuple[int, int, str]


def marked(path: Path) -> list[Found]:
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith(b"\xff\xfe") else "utf-8"
    marks = MARK.findall(data.decode(encoding, "replace")) + MARK_IN_NAME.findall(path.name)
    return sorted((int(line), int(column), rule) for line, column, rule in marks)


@cache
def problems_of(path: Path) -> tuple[Problem, ...]:
    with tempfile.TemporaryDirectory() as folder:
        return examine_with(Path(folder), {PLACES[path.parent.name]: path.read_bytes()}).problems


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_problems_are_found_where_marked_and_nowhere_else(path: Path) -> None:
    problems = problems_of(path)
    found = sorted(
        (problem.location.line, problem.location.column, problem.rule.id) for problem in problems
    )
    assert found == marked(path)
    assert found, "a bad file must expect something"
    assert {item.location.path for item in problems} == {f"data/{PLACES[path.parent.name]}"}
    for problem in problems:
        assert_is_plain_chinese(problem)


def test_every_message_has_its_exact_wording(golden: Compare) -> None:
    lines = (
        f"{name_of(path)}: {problem.text()} [{problem.rule.id}]\n"
        for path in FILES
        for problem in problems_of(path)
    )
    golden("messages.txt", "".join(lines))


def test_every_rule_of_form_has_a_bad_file() -> None:
    elsewhere = {rules.FILE_SIZE.id, rules.FILE_NAME.id}  # made, or placed, by tests below
    shown = {rule for path in FILES for _, _, rule in marked(path)}
    assert {rule.id for rule in rules.STRUCTURAL} - elsewhere <= shown


def test_rules_have_distinct_ids_and_names() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id) for rule in RULES)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + good(REPORT),
        good(REPORT).replace("\n", "\r\n"),
        good(REPORT).replace("新收:", "新　收:"),
        good(REPORT).replace("总体情况: |\n  本年工作平稳。", "总体情况: 本年：工作平稳 100%"),
        good(REPORT).replace("本年工作平稳。", "　　本年：\n\n  一是：[公开]；二是 *服务*。"),
        good(REPORT).replace("新收: [2, 1, 3]", "新收: [ 2,1,   3 ]  # 合计三件"),
        "# 草稿\n\n" + good(REPORT),
        good(REPORT).removesuffix("\n"),
    ],
    ids=["bom", "crlf", "wide-blank-in-key", "one-line", "signs-in-prose", "spacing", "comment",
         "no-line-end"],
)  # fmt: skip
def test_harmless_differences_are_no_problem(text: str, tmp_path: Path) -> None:
    assert examine_with(tmp_path, {REPORT: text.encode()}).problems == ()


def test_the_small_portal_itself_is_good(tmp_path: Path) -> None:
    loaded = dataset.load(portal_with(tmp_path, {}))
    assert check(loaded, TODAY).problems == ()
    assert (loaded.report_files, [report.year for report in loaded.reports]) == (1, [2021])


def test_misplaced_files_are_named(tmp_path: Path) -> None:
    tree = {
        path.relative_to(BAD / "folders").as_posix(): path.read_bytes()
        for path in (BAD / "folders").rglob("*")
        if path.is_file()
    }
    problems = examine_with(tmp_path, tree).problems
    lines = (BAD / "folders.txt").read_text("utf-8").splitlines()
    assert [f"{item.location.path} {item.rule.id}" for item in problems] == lines[1:]
    for problem in problems:
        assert_is_plain_chinese(problem)


def test_a_file_name_in_another_encoding_can_be_printed(tmp_path: Path) -> None:
    root = portal_with(tmp_path, {})
    name = os.fsdecode("年报.yaml".encode("gbk"))
    try:
        (root / "agencies/office" / name).write_text("", "utf-8")
    except OSError:
        pytest.skip("this file system only takes names in UTF-8")
    (problem,) = check(dataset.load(root), TODAY).problems
    assert problem.rule is rules.FILE_NAME
    str(problem).encode()


def test_formats_that_take_each_other_for_model_are_both_named(tmp_path: Path) -> None:
    text = (BAD / "formats/same-as-itself.yaml").read_text("utf-8")
    circle = {
        "formats/2022.yaml": text.replace('same_as: "2022"', 'same_as: "2023"').encode(),
        "formats/2023.yaml": text.replace('id: "2022"', 'id: "2023"').encode(),
    }
    problems = examine_with(tmp_path, circle).problems
    assert [str(item.location) for item in problems] == [
        "data/formats/2022.yaml:7:5",
        "data/formats/2023.yaml:7:5",
    ]


def test_a_missing_file_of_regions_is_one_problem(tmp_path: Path) -> None:
    root = portal_with(tmp_path, {})
    (root / REGIONS).unlink()
    assert [str(item.location) for item in check(dataset.load(root), TODAY).problems] == [
        "data/regions.yaml:1:1"
    ]


def test_a_year_without_a_format_is_named(tmp_path: Path) -> None:
    found = examine_with(tmp_path, {"agencies/office/2018.yaml": good(REPORT).encode()}).problems
    assert [(item.rule.id, item.message) for item in found] == [
        ("reference", "2018 年没有对应的报告格式。")
    ]


def test_all_problems_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    slips = {
        REPORT: "figure-quoted",
        "agencies/office/2022.yaml": "misspelt-section",
        "agencies/office/2023.yaml": "full-width-colon",
        "agencies/office/2024.yaml": "gbk-bytes",
    }
    files = {
        place: (BAD / "reports" / f"{name}.yaml").read_bytes().replace(b"2022-01-20", b"2026-01-20")
        for place, name in slips.items()
    }
    files[AGENCY] = (BAD / "agencies/telephone.yaml").read_bytes()
    files[REGIONS] = (BAD / "regions/circle.yaml").read_bytes()
    expected = {
        (f"data/{place}", line, rule)
        for place, name in slips.items()
        for line, _, rule in marked(BAD / "reports" / f"{name}.yaml")
    } | {("data/" + AGENCY, 4, "value"), ("data/regions.yaml", 1, "reference"),
         ("data/regions.yaml", 2, "reference")}  # fmt: skip
    examination = examine_with(tmp_path, files)
    found = {
        (item.location.path, item.location.line, item.rule.id)
        for item in examination.problems
        if item.rule.severity is Severity.ERROR
    }
    assert found == expected
    assert examination.blocks_publication
    assert {item.location.path for item in examination.problems} == {path for path, *_ in expected}
