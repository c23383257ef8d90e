"""`format`: one form for every file, and nothing that it says is changed or lost.

`tests/canonical/` has pairs of files: in `messy/` as people write them, in `form/` as they become.
The name of a pair begins with the year whose small format it follows, or with `agency`.
"""

import re
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from gongkai.data.agencies import read_agency
from gongkai.data.dataset import load
from gongkai.data.files import DataFile, agency_files
from gongkai.data.report_reader import read_report
from gongkai.editing import drafts as scaffold
from gongkai.editing.canonical import Written, written_agency, written_report
from gongkai.forms.formats import Format
from gongkai.forms.reader import read_formats
from gongkai.source.fields import Reading, canonical
from gongkai.source.nodes import Mapping, Node, Scalar, Sequence
from gongkai.source.reading import decode, read
from hypothesis import given, settings
from hypothesis import strategies as st
from messy import Mess
from portal_data import DATA
from random_reports import NEW, RANDOM, random_draft
from single_report import PORTAL
from small_portal import REPORT, SMALL, TESTS, good

PAIRS = TESTS / "canonical"
MESSY = sorted((PAIRS / "messy").iterdir())
SMALL_FORMATS = load(SMALL).formats
FUTURE = TESTS / "future"
FORMATS = read_formats(
    {
        path.stem: (Reading(path.name), read(path.name, path.read_bytes(), 24))
        for folder in (DATA, FUTURE)
        for path in sorted((folder / "formats").iterdir())
    }
)
BAD = sorted(path for kind in ("reports", "agencies") for path in (TESTS / "bad" / kind).iterdir())
YEARS = st.sampled_from(sorted(FORMATS))
SMALL_REGIONS = load(SMALL).regions


def written(name: str, data: bytes) -> Written:
    """Write a file of the small portal by the beginning of its name."""
    kind = name.partition("-")[0]
    if kind == "agency":
        return written_agency(name, data)
    return written_report(name, data, int(kind), SMALL_FORMATS)


def rewritten(data: bytes, edition: Format) -> Written:
    """Write a report of the first year of a format."""
    return written_report("file.yaml", data, edition.first_year, {edition.id: edition})


def meaning(node: Node) -> object:
    """What a node says, the order of keys left out."""
    if isinstance(node, Scalar):
        return [line.strip() for line in node.text.strip().split("\n")]
    if isinstance(node, Sequence):
        return [meaning(item) for item in node.items]
    return {canonical(key.text): meaning(value) for key, value in node.entries}


def root_of(data: bytes) -> Mapping:
    root = read("file.yaml", data)
    assert isinstance(root, Mapping)
    return root


def comments_of(text: str) -> list[str]:
    """The comments of a canonical text whose prose has none that looks like one."""
    found = re.findall(r"(?:^ *|  )(#.*)$", text, re.MULTILINE)
    return [comment for comment in found if not comment.startswith("#  ")]


@pytest.mark.parametrize("path", MESSY, ids=lambda path: path.stem)
def test_a_messy_file_becomes_the_one_in_form(path: Path) -> None:
    result = written(path.name, path.read_bytes())
    assert result.problems == ()
    assert result.text == (PAIRS / "form" / path.name).read_text("utf-8")


def test_every_pair_is_whole() -> None:
    assert [path.name for path in MESSY] == sorted(path.name for path in (PAIRS / "form").iterdir())


@pytest.mark.parametrize("path", sorted((PAIRS / "form").iterdir()), ids=lambda path: path.stem)
def test_a_file_in_form_stays_as_it_is(path: Path) -> None:
    assert written(path.name, path.read_bytes()).text == path.read_text("utf-8")


@pytest.mark.parametrize("file", list(agency_files(DATA)), ids=lambda file: file.name)
def test_the_real_files_are_in_form(file: DataFile) -> None:
    data = file.path.read_bytes()
    if file.year is None:
        assert written_agency(file.name, data).text.encode() == data
    else:
        assert written_report(file.name, data, file.year, PORTAL.formats).text.encode() == data


def random_text(edition: Format, random: Random) -> str:
    """A report with every kind of key, in canonical form."""
    draft = random_draft(edition, random)
    channels = [channel(random) for _ in range(random.randint(1, 3))]
    correction = {"日期": scaffold.scalar("2022-03-01"), "内容": scaffold.scalar("改。\n再改。")}
    answer = scaffold.scalar("原件如此: 已核对。")
    others: dict[str, Node] = {
        "主动公开渠道": scaffold.mapping(
            {"合计": scaffold.scalar("7"), "明细": scaffold.sequence(channels)}
        ),
        "说明": scaffold.mapping({"行合计·总计": answer, "行合计": answer}),
        "允许公开": scaffold.mapping({"138****0000": scaffold.scalar("值班电话。")}),
        "转录说明": scaffold.scalar("第一段。\n第二段 # 不是批注。"),
        "更正": scaffold.sequence([scaffold.mapping(correction)]),
    }
    return scaffold.text(replace(draft, others=others))


def channel(random: Random) -> Node:
    """An item of a list, short or long."""
    where = random.choice(["门户网站", "网站, 公众号", "“云”平台" * 9])
    values: dict[str, Node] = {
        "内容": scaffold.scalar("信息" * random.randint(1, 12)),
        "渠道": scaffold.scalar(where),
        "条数": scaffold.scalar(str(random.randint(0, 99))),
    }
    if random.random() < 0.5:
        parts = {f"第{number}类": scaffold.scalar("1") for number in range(random.randint(1, 12))}
        values["其中"] = scaffold.mapping(parts)
    return scaffold.mapping(values)


@settings(deadline=None, max_examples=60)
@given(YEARS, RANDOM)
def test_a_new_report_is_in_form(year: str, random: Random) -> None:
    edition = FORMATS[year]
    blank = scaffold.text(scaffold.blank(edition.sections, NEW))
    for text in (blank, random_text(edition, random)):
        assert rewritten(text.encode(), edition) == Written(text)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(YEARS, RANDOM)
def test_a_mess_without_comments_finds_back_to_its_form(year: str, random: Random) -> None:
    edition = FORMATS[year]
    text = random_text(edition, random)
    data = Mess(random, 0).document(root_of(text.encode()))
    assert rewritten(data, edition) == Written(text)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(YEARS, RANDOM)
def test_neither_meaning_nor_comments_are_lost(year: str, random: Random) -> None:
    edition = FORMATS[year]
    mess = Mess(random, 0.2)
    data = mess.document(root_of(random_text(edition, random).encode()))
    text, problems = rewritten(data, edition)
    assert problems == ()
    assert meaning(root_of(text.encode())) == meaning(root_of(data))
    assert sorted(comments_of(text)) == sorted(comment.rstrip() for comment in mess.comments)
    assert rewritten(text.encode(), edition) == Written(text)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(YEARS, RANDOM)
def test_changing_one_cell_changes_one_line(year: str, random: Random) -> None:
    edition = FORMATS[year]
    mess = Mess(random, 0.1)
    data = mess.document(root_of(random_text(edition, random).encode()))
    before = rewritten(data, edition).text.split("\n")
    rows = [number for number, line in enumerate(before) if re.search(r": +\[ .*\]", line)]
    number = random.choice(rows)
    after = list(before)
    new = random.choice(["空", "1", "123456789012345", "待填"])
    after[number] = re.sub(r"(?<=[\[,])[^,\]]+", new, before[number], count=1)
    again = rewritten("\n".join(after).encode(), edition).text.split("\n")
    assert {
        line for line, pair in enumerate(zip(before, again, strict=True)) if pair[0] != pair[1]
    } <= {number}
    assert new in again[number]


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_place_or_keeps_its_problems(path: Path) -> None:
    kind = "agency" if path.parent.name == "agencies" else "2021"
    data = path.read_bytes()
    text, problems = written(f"{kind}-{path.name}", data)
    if problems:
        assert text == ""
        assert all(problem.message and problem.location.line for problem in problems)
        return
    assert meaning(root_of(text.encode())) == meaning(root_of(data))
    assert comments_of(text) == comments_of(decode("", data))
    assert written(f"{kind}-{path.name}", text.encode()) == Written(text)
    if path.stem != "row-over-two-lines":  # which is mended
        assert problems_of(kind, text.encode()) == problems_of(kind, data)


def problems_of(kind: str, data: bytes) -> list[str]:
    """What is wrong with a file, without the places."""
    reading = Reading("file.yaml")
    if kind == "agency":
        read_agency(reading, read("", data), "", SMALL_REGIONS)
    else:
        read_report(reading, read("", data), "", int(kind), SMALL_FORMATS)
    return sorted(f"{problem.rule.id} {problem.text()}" for problem in reading.problems)


@pytest.mark.parametrize(
    ("slip", "rule"),
    [
        ("申请情况:\n  新收: [1, 1, 2]\n  新收: [1, 1, 2]\n", "duplicate-key"),
        ("申请情况:\n  新收入: [1, 1, 2]\n", "unknown-key"),
        ("格式: 2001\n", "reference"),
        ("格式: {总体情况: 2019\n", "yaml-syntax"),
        ("说明: {行合计: 一, 行 合 计: 二}\n", "duplicate-key"),
        ("- 一\n- 二\n", "wrong-type"),
        ("", "missing-key"),
    ],
)
def test_what_leaves_the_order_open_is_refused(slip: str, rule: str) -> None:
    text, problems = written("2021-slip.yaml", slip.encode())
    assert text == ""
    assert {problem.rule.id for problem in problems} == {rule}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("  收费:\n    - 3\n    - -1\n    - 2.\n\n      5\n    - 0.8万元\n", "figure"),
        ("  - 收费\n  - -1\n", "wrong-type"),
    ],
)
def test_what_would_become_another_figure_is_refused(row: str, rule: str) -> None:
    text = good(REPORT)
    slip = text.replace("  收费: [3, -1, 2.5, 0.8万元]\n", row)
    assert slip != text
    form, problems = written("2021-slip.yaml", slip.encode())
    assert form == ""
    assert rule in {problem.rule.id for problem in problems}


def test_a_report_of_a_made_up_format_is_put_into_form() -> None:
    data = (FUTURE / "agencies/linxiang-zwfwj/2030.yaml").read_bytes()
    form, problems = written_report("2030.yaml", data, 2030, FORMATS)
    assert problems == ()
    assert form != data.decode()
    assert meaning(root_of(form.encode())) == meaning(root_of(data))
    assert written_report("2030.yaml", form.encode(), 2030, FORMATS) == Written(form)


def test_many_comments_take_no_long_time() -> None:
    data = (good(REPORT) + "#\n" * 100_000).encode()
    begin = time.process_time()
    assert written("2021-heavy.yaml", data).text.count("\n#") == 100_000
    assert time.process_time() - begin < 5


def test_a_report_of_a_year_without_a_format_is_refused() -> None:
    assert [item.rule.id for item in written("1999-early.yaml", b"a: 1").problems] == ["reference"]


MUTATED = [path.read_text("utf-8") for path in [*MESSY, SMALL / "agencies/office/2021.yaml"]]
PIECES = [
    *(":", "-", "#", "?", "~", "[", "]", "{", "}", '"', "'", ",", "|", ">", "&", "!", "null", "|2"),
    *("空", "待填", "总计", "原件无此行", "{}", "[]", "说明:", "# 个人 单位 总计\n", "---\n"),
    *("\n", "\n\n", " ", "  ", "\u3000", "\r\n", " # 批注\n", "\n  # 批注\n"),
]
EDIT = st.tuples(st.floats(0, 1), st.integers(0, 9), st.sampled_from(PIECES))


@pytest.mark.slow
@settings(deadline=None, max_examples=600)
@given(st.sampled_from(MUTATED), st.lists(EDIT, max_size=4))
def test_whatever_is_written_is_in_form_and_says_the_same(
    text: str, edits: list[tuple[float, int, str]]
) -> None:
    for where, cut, piece in edits:
        place = int(where * len(text))
        text = text[:place] + piece + text[place + cut :]
    for kind in ("2021", "agency"):
        form, problems = written(f"{kind}-edited.yaml", text.encode())
        assert bool(form) != bool(problems)
        if form:
            assert written(f"{kind}-edited.yaml", form.encode()) == Written(form)
            assert meaning(root_of(form.encode())) == meaning(root_of(text.encode()))
