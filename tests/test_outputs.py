"""Findings as text and as GitHub annotations."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from gongkai.checks.reporters import REPORTERS, Sources, as_json, github, gitlab, record, text
from gongkai.source.problems import Location, Problem, Rule, Severity, of_file
from gongkai.source.rules import STRUCTURAL
from gongkai.source.subjects import FileKey, Target

ERROR = Rule("row-total", "行合计", Severity.ERROR, "合计正确。", "表样", "[1, 2]", "[1, 1]")
WARNING = Rule(
    "unused-answer", "多余的说明", Severity.WARNING, "说明有用。", "约定", "有。", "删掉。"
)
WIDE = "13800138000".translate({ord(digit): ord(digit) + 0xFEE0 for digit in "138"})
PATH = "data/agencies/office/2021.yaml"


def problem(
    line: int = 1, message: str = "不对。", *, rule: Rule = ERROR, path: str = PATH
) -> Problem:
    target = Target(("申请", "总计"))
    return Problem(rule, FileKey(path), target, Location(path, line, 3, 8), message, "改正。")


def annotations(problems: Iterable[Problem]) -> list[str]:
    return [line for line in github(list(problems)) if line.startswith("::")]


def test_text_names_the_file_once_and_each_place_with_cell_remedy_and_rule() -> None:
    lines = list(text([problem(4), problem(5, rule=WARNING), problem(6, path="data/regions.yaml")]))
    assert lines == [
        PATH,
        "  第 4 行第 3 字  错误：【申请·总计】不对。→ 改正。 [row-total]",
        "  第 5 行第 3 字  警告：【申请·总计】不对。→ 改正。 [unused-answer]",
        "data/regions.yaml",
        "  第 6 行第 3 字  错误：【申请·总计】不对。→ 改正。 [row-total]",
    ]


def test_text_quotes_the_line_with_carets_below_the_place() -> None:
    line = "本年新收: [无, 3]"
    found = of_file(ERROR, Location(PATH, 2, 8, 9), "不对。", "改正。")
    *_, quoted, carets = text([found], Sources(lambda _: ["", line]))
    assert quoted == f"      {line}"
    assert carets == "      　　　　   ^^"


def test_a_long_line_is_quoted_around_the_place() -> None:
    line = "a" * 100 + "X" + "b" * 100
    found = of_file(ERROR, Location(PATH, 1, 101, 102), "不对。", "改正。")
    *_, quoted, carets = text([found], Sources(lambda _: [line]))
    assert quoted[carets.index("^")] == "X"
    assert len(quoted) < 80


def test_json_has_every_field_of_every_finding() -> None:
    (found,) = json.loads("".join(as_json([problem(4)])))
    assert found == {
        "path": PATH,
        "line": 4,
        "column": 3,
        "end_column": 8,
        "rule": "row-total",
        "severity": "error",
        "cell": ["申请", "总计"],
        "message": "不对。",
        "hint": "改正。",
        "answer": "",
        "fingerprint": problem(4).fingerprint,
        "rule_url": "",
    }


def test_a_gitlab_finding_has_its_fingerprint_its_line_and_its_severity() -> None:
    (found,) = json.loads("".join(gitlab([problem(4)])))
    assert found["fingerprint"] == problem(9).fingerprint
    assert found["location"] == {"path": PATH, "lines": {"begin": 4}}
    assert found["severity"] == "blocker"


def test_an_annotation_marks_the_exact_place() -> None:
    assert annotations([problem(4)]) == [
        f"::error file={PATH},line=4,col=3,endColumn=8,title=行合计::【申请·总计】不对。→ 改正。"
    ]


@pytest.mark.parametrize("count", [0, 1, 9, 10])
def test_up_to_ten_problems_are_all_annotated(count: int) -> None:
    found = annotations(problem(line) for line in range(1, count + 1))
    assert [re.findall(r"line=(\d+)", line)[0] for line in found] == [
        str(line) for line in range(1, count + 1)
    ]
    assert "另有" not in "".join(found)


@pytest.mark.parametrize("count", [11, 12, 300])
def test_of_more_than_ten_problems_the_tenth_says_how_many_are_left(count: int) -> None:
    problems = [problem(line) for line in range(1, count + 1)]
    found = annotations(problems)
    assert len(found) == 10
    assert "line=10," in found[-1]
    assert f"另有 {count - 10} 处" in found[-1]
    assert "另有" not in "".join(found[:-1])


def test_all_problems_stand_in_the_text_however_many_are_annotated() -> None:
    problems = [problem(line) for line in range(1, 31)]
    lines = [line for line in github(problems) if not line.startswith("::")]
    assert lines == list(text(problems))


def test_each_level_is_annotated_as_such_and_counted_by_itself() -> None:
    answered = problem(2).answered("原件如此。")
    assert annotations([answered]) == []
    warnings = [problem(line, rule=WARNING) for line in range(1, 13)]
    found = annotations([problem(1), *warnings])
    assert [line.split(" ")[0] for line in found] == ["::error", *["::warning"] * 10]
    assert "另有 2 处" in found[-1]


def test_personal_data_is_masked_in_every_output() -> None:
    found = problem(1, "电话 13800138000 不对。")
    sources = Sources(lambda _: [f"联系电话: {WIDE}"])
    for name, write in REPORTERS.items():
        words = "\n".join(write([found], sources))
        assert "138****8000" in words, name
        assert "13800138000" not in words, name
        assert WIDE not in words, name
    assert "13800138000" not in record([ERROR], {}, [found])


def test_each_finding_links_to_its_rule_where_the_portal_has_an_address() -> None:
    sources = Sources(rules_url="https://www.example.gov.cn/nb/staff/rules/")
    assert any(line.endswith("/staff/rules/#row-total") for line in text([problem()], sources))
    (found,) = json.loads("".join(as_json([problem()], sources)))
    assert found["rule_url"] == "https://www.example.gov.cn/nb/staff/rules/#row-total"


def test_the_record_counts_every_rule() -> None:
    answered = problem(2).answered("原件如此。")
    words = json.loads(
        record([ERROR, WARNING, STRUCTURAL[0]], {ERROR.id: 40}, [problem(1), answered])
    )
    assert [(rule["assessed"], rule["found"], rule["answered"]) for rule in words["rules"]] == [
        (40, 2, 1),
        (0, 0, 0),
        (None, 0, 0),
    ]
    assert [item["answer"] for item in words["findings"]] == ["", "原件如此。"]


def test_an_annotation_escapes_what_would_end_it() -> None:
    (line,) = annotations([problem(1, "50% ,:\r\n::error::假")])
    assert line.endswith("::【申请·总计】50%25 ,:%0D%0A::error::假→ 改正。")
    assert "\n" not in line
    assert "\r" not in line


def test_the_properties_of_an_annotation_escape_commas_and_colons_too() -> None:
    rule = replace(ERROR, name="合计,100%:\n对")
    (line,) = annotations([problem(1, rule=rule, path="data/a,b:c%d\n.yaml")])
    assert "file=data/a%2Cb%3Ac%25d%0A.yaml,line=1," in line
    assert "title=合计%2C100%25%3A%0A对::" in line


def test_no_text_of_a_problem_can_start_a_line_of_its_own_in_an_annotation() -> None:
    for line in github([problem(1, "一\n::set-output name=x::y")]):
        assert not line.startswith("::set-output")


def test_the_formats_are_those_that_the_command_line_names() -> None:
    assert set(REPORTERS) == {"text", "github", "gitlab", "json"}
