"""When a finding is the same as before: its fingerprint, and what a change of the data brought."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from gongkai.checks.baseline import new_problems, renamed
from gongkai.checks.run import check
from gongkai.data.agencies import Agency
from gongkai.data.dataset import load
from gongkai.data.findings import Findings
from gongkai.source.problems import Problem
from gongkai.source.subjects import FileKey
from single_report import PORTAL
from small_portal import AGENCY, REGIONS, REPORT, examine_with, good, portal_with
from today import TODAY

FOUND = check(PORTAL, TODAY).problems
ROW = re.compile(r"^  新收: .*$", re.MULTILINE)
WRONG = "  新收: [2, 1, 8]"


def found_in(folder: Path, text: str) -> Findings:
    """What is found in the small portal when its report is another text."""
    folder.mkdir()
    return examine_with(folder, {REPORT: text.encode()})


def brought(now: Findings, before: Findings) -> list[Problem]:
    return list(new_problems(now.problems, before.problems, {}))


def test_every_finding_of_the_portal_has_a_fingerprint_of_its_own() -> None:
    assert len({problem.fingerprint for problem in FOUND}) == len(FOUND) > 100


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    first = min(FOUND, key=lambda problem: problem.identity)
    assert re.fullmatch("[0-9a-f]{64}", first.fingerprint)
    assert first.fingerprint == replace(first, message="", hint="", answer="").fingerprint


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"# 一行注释\n{text}",
        lambda text: text.replace(WRONG, WRONG.replace("8]", "9]")),
        lambda text: text.replace("共公开 12 条", "共公开 13 条"),
    ],
    ids=["a line above", "another wrong total", "another wrong number in prose"],
)
def test_a_finding_stays_the_same_when(tmp_path: Path, change: Callable[[str], str]) -> None:
    prose = "共公开 12 条，其中动态 6 条、通知 8 条。"
    text = ROW.sub(WRONG, good(REPORT)).replace("本年工作平稳。", prose)
    before, after = found_in(tmp_path / "1", text), found_in(tmp_path / "2", change(text))
    assert change(text) != text
    assert {"row-total", "prose-sum"} <= {problem.rule.id for problem in before.problems}
    assert (
        [item.location for item in before.problems] != [] != brought(after, Findings((), {}, TODAY))
    )
    assert brought(after, before) == []
    assert brought(before, after) == []


def test_one_more_of_the_same_is_new(tmp_path: Path) -> None:
    text = good(REPORT)
    one, two = (
        found_in(
            tmp_path / str(count), text.replace("总体情况: |\n", f"总体情况: |\n{line * count}")
        )
        for line in ["  我局/委认真做好本年的各项工作。\n"]
        for count in (1, 2)
    )
    assert [problem.rule.id for problem in brought(two, one)] == ["template-left"]
    assert brought(one, two) == []


def test_what_is_wrong_with_a_file_as_before_is_not_new(tmp_path: Path) -> None:
    wrong = {REGIONS: b"530000: {}\n", AGENCY: good(AGENCY).encode() + b"\xe5"}
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
    before, after = (examine_with(tmp_path / name, wrong) for name in ("1", "2"))
    assert {item.subject for item in before.problems} > {FileKey(f"data/{REGIONS}")}
    assert brought(after, before) == []


def test_another_cell_key_or_answer_is_new(tmp_path: Path) -> None:
    wrong = ROW.sub(WRONG, good(REPORT))
    stray, other = f"{wrong}发布时间: 今天\n", f"{wrong}作者: 张三\n"
    before = found_in(tmp_path / "1", wrong)
    new = brought(found_in(tmp_path / "2", stray), before)
    assert [problem.rule.id for problem in new] == ["unknown-key"]
    assert brought(found_in(tmp_path / "3", other), found_in(tmp_path / "4", stray)) != []
    answered = replace(
        before, problems=tuple(item.answered("原件如此。") for item in before.problems)
    )
    assert brought(before, answered) == list(before.problems)


def test_a_folder_with_another_name_brings_nothing(tmp_path: Path) -> None:
    text = ROW.sub(WRONG, good(REPORT))
    root = portal_with(tmp_path, {REPORT: text.encode()})
    before = load(root)
    (root / "agencies/office").rename(root / "agencies/bureau")
    now = load(root)
    folders = renamed(now.agencies, before.agencies)
    was, found = check(before, TODAY).problems, check(now, TODAY).problems
    assert folders == {"office": "bureau"}
    assert list(new_problems(found, was, folders)) == []
    assert list(new_problems(found, was, {})) == list(found) != []


def test_a_folder_is_the_same_only_where_its_full_name_says_so() -> None:
    agency = next(iter(PORTAL.agencies.values()))

    def named(**names: str) -> dict[str, Agency]:
        return {slug: replace(agency, slug=slug, name=name) for slug, name in names.items()}

    assert renamed(named(a="甲局", c="丙局"), named(a="甲局", b="丙局")) == {"b": "c"}
    assert renamed(named(c="丁局"), named(b="丙局")) == {}
    assert renamed(named(c="", d="甲局"), named(b="", a="甲局", e="甲局")) == {}
    assert renamed(named(a="甲局", b="甲局"), named(a="甲局")) == {}


def test_the_numbers_of_personal_data_count(tmp_path: Path) -> None:
    texts = (f"{good(REPORT)}# 手机 {number}\n" for number in ("13812345678", "13912345678"))
    one, two = (found_in(tmp_path / str(number), text) for number, text in enumerate(texts))
    assert [problem.rule.id for problem in brought(two, one)] == ["personal-data"]
