"""Whatever a file holds, the answer is a report or problems: never a traceback, never a wait."""

import time
from pathlib import Path

import pytest
from gongkai.checks.run import check
from gongkai.data.agencies import read_agency
from gongkai.data.dataset import Dataset, load
from gongkai.data.regions import read_regions
from gongkai.data.report_reader import read_report
from gongkai.forms.reader import read_formats
from gongkai.source import rules
from gongkai.source.composer import MAX_NODES
from gongkai.source.fields import Reading
from gongkai.source.nodes import UnreadableError
from gongkai.source.problems import Problem
from gongkai.source.reading import MAX_BYTES, read
from hypothesis import example, given, settings
from hypothesis import strategies as st
from portal_data import DATA
from small_portal import REPORT, TESTS, examine_with, good
from today import TODAY

PORTAL = load(DATA)
SEED = (DATA / "agencies/linxiang-zwfwj/2021.yaml").read_text("utf-8")
SMALL_FILES = [path.read_text("utf-8") for path in sorted((TESTS / "small").rglob("*.yaml"))]
SECONDS = 5.0


def problems_of(data: bytes) -> list[Problem]:
    """Read bytes as every kind of data file, and check the report that they make."""
    readings = [Reading("data/file.yaml") for _ in range(4)]
    try:
        node = read("data/file.yaml", data, max_depth=24)
    except UnreadableError as error:
        return list(error.problems)
    report = read_report(readings[0], node, "office", 2021, PORTAL.formats)
    agency = read_agency(readings[1], node, "office", PORTAL.regions)
    regions = read_regions(readings[2], node)
    editions = read_formats({"2021": (readings[3], node)})
    reports = (report,) if report else ()
    dataset = Dataset(editions, regions, {"office": agency}, reports, PORTAL.vocabulary, 1, ())
    found = [problem for reading in readings for problem in reading.problems]
    return [*found, *check(dataset, TODAY).problems]


def assert_clear(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.location.line >= 1
        assert problem.location.column >= 1
        assert problem.message
        assert "\n" not in str(problem)
        str(problem).encode()


def nested(depth: int) -> bytes:
    return b"".join(b"  " * level + b"a:\n" for level in range(depth))


def keys(number: int) -> bytes:
    return b"".join(b"%x: 1\n" % index for index in range(number))


HEAVY = {
    "brackets": (b"[" * 300_000, rules.FILE_SIZE),
    "brackets within the size": (b"[" * 250_000, rules.TOO_COMPLEX),
    "braces": (b"{" * 250_000, rules.TOO_COMPLEX),
    "dashes": (b"- " * 120_000, rules.TOO_COMPLEX),
    "question marks": (b"? " * 120_000, rules.TOO_COMPLEX),
    "200 000 keys": (keys(200_000), rules.FILE_SIZE),
    "as many keys as the size allows": (keys(28_000), rules.TOO_COMPLEX),
    "as many keys as the count allows": (keys(MAX_NODES // 2 - 1), rules.UNKNOWN_KEY),
    "a megabyte in one line": (b"a" * 1_000_000, rules.FILE_SIZE),
    "one line": (b"a" * (MAX_BYTES - 1), rules.WRONG_TYPE),
    "one line of figures": (b"a: [" + b"1," * 100_000, rules.TOO_COMPLEX),
    "one line of colons": (b"a:" * 120_000, rules.SYNTAX),
    "one line of quotes": (b'"' * 250_000, rules.SYNTAX),
    "indented mappings": (nested(400), rules.TOO_COMPLEX),
    "alias bomb": (
        b"a: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
        rules.FEATURE,
    ),
    "control characters": (b"\0" * 250_000, rules.INVISIBLE),
    "tabs": (b"\t\n" * 120_000, rules.TAB),
    "line ends": (b"\n" * 250_000, rules.MISSING_KEY),
    "one huge number": (b"a: " + b"9" * 200_000, rules.UNKNOWN_KEY),
    "one huge key": (b"? " + b"k" * 200_000 + b"\n: 1\n", rules.WRONG_TYPE),
    "misspelt keys": (
        "".join(f"收到和处理政府信息公开申请{index}: 1\n" for index in range(4_000)).encode(),
        rules.UNKNOWN_KEY,
    ),
    "a chain of regions": (
        "".join(
            f"{100_000 + index}: {{名称: 区, 上级: {100_001 + index}}}\n" for index in range(1_600)
        ).encode(),
        rules.REFERENCE,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_refused_at_once(name: str) -> None:
    data, rule = HEAVY[name]
    begin = time.process_time()
    problems = problems_of(data)
    assert time.process_time() - begin < SECONDS
    assert rule in {problem.rule for problem in problems}
    assert_clear(problems)


def test_the_size_cap_is_exact(tmp_path: Path) -> None:
    text = good(REPORT).encode()
    filling = b"#" * (MAX_BYTES - len(text))
    assert examine_with(tmp_path / "at", {REPORT: text + filling}).problems == ()
    (problem,) = examine_with(tmp_path / "above", {REPORT: text + filling + b"#"}).problems
    assert problem.rule is rules.FILE_SIZE
    assert "超过 256 KB" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "? |\n  两\n  行\n: 1\n",
        '标题: "一行\\n::error::两行"\n',
        '收到和处理政府信息公开申请情况: {本年新收: ["1\\n2", 0, 0, 0, 0, 0, 0]}\n',
        '说明: {"行合计\\n·甲": 原件如此。}\n',
        "格式: |\n  甲\n  乙\n",
        "530000: {名称: 省, 上级: |-\n   1\n   2\n  }\n",
    ],
)
def test_no_text_of_a_file_can_break_a_message_into_lines(text: str) -> None:
    problems = problems_of(text.encode())
    assert problems
    assert_clear(problems)


@settings(deadline=None, max_examples=250)
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"--- !<")
@example(b"%YAML 1.1\n---\n")
def test_random_bytes_give_problems(data: bytes) -> None:
    problems = problems_of(data)
    assert problems
    assert_clear(problems)


PIECES = st.one_of(
    st.text(max_size=3),
    st.sampled_from(
        [
            *": \n,[]{}#&*!|>'\"%@`-?~\t\\·：，",
            "  ", "\n  ", "- ", ": ", "{a: 1}", "[0]", "|\n", "空", "未录", "待填", "原件无此行",
            "格式: 2019\n", "说明:\n  行合计: 原件如此。\n", "收录方式: 机关填报\n", "<<: ", "--- ",
            "9" * 30, "\u3000", "\ufeff", "\u202e", "\\u0000", "\U0001f600",
        ]
    ),
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 4), PIECES), min_size=1, max_size=6
)


def changed(text: str, changes: list[tuple[int, int, str]]) -> bytes:
    """Replace some characters, at each place, by a piece of text."""
    for place, removed, piece in changes:
        start = place % (len(text) + 1)
        text = text[:start] + piece + text[start + removed :]
    return text.encode()


@pytest.mark.slow
@settings(deadline=None, max_examples=250)
@given(CHANGES)
def test_a_damaged_report_gives_problems_or_a_report(changes: list[tuple[int, int, str]]) -> None:
    assert_clear(problems_of(changed(SEED, changes)))


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(SMALL_FILES), CHANGES)
def test_a_damaged_file_of_any_kind_gives_problems_or_data(
    text: str, changes: list[tuple[int, int, str]]
) -> None:
    assert_clear(problems_of(changed(text, changes)))


NODES = st.recursive(
    st.sampled_from(["0", "1", "''", "~", "无", "true", "2021", "wait", "空", "原件无此行", "a.b"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(st.sampled_from(["id", "甲", "名称"]), inner), max_size=3).map(
            lambda items: f"{{{', '.join(f'{key}: {value}' for key, value in items)}}}"
        ),
    ),
    max_leaves=6,
)
VALUES = [
    (text, line_number)
    for text in (*SMALL_FILES, SEED)
    for line_number, line in enumerate(text.splitlines())
    if ":" in line and "http" not in line
]


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(st.sampled_from(VALUES), NODES)
def test_any_value_may_be_of_any_shape(place: tuple[str, int], node: str) -> None:
    text, number = place
    lines = text.splitlines()
    lines[number] = f"{lines[number].split(':')[0]}: {node}"
    assert_clear(problems_of("\n".join(lines).encode()))
