"""The reader of the canonical form says what the composer says, or nothing."""

from pathlib import Path
from random import Random

import pytest
from gongkai.editing import drafts
from gongkai.forms.formats import Format
from gongkai.source import quick
from gongkai.source.composer import INVISIBLE, MAX_NODES, compose
from gongkai.source.nodes import Mapping, Node, UnreadableError
from gongkai.source.reading import MAX_DEPTH, decode, read
from hypothesis import example, given, settings
from hypothesis import strategies as st
from messy import Mess
from random_reports import EDITIONS, RANDOM, random_draft
from small_portal import TESTS

FORM = sorted((TESTS / "canonical/form").iterdir())
IN_FORM = [*FORM, *sorted((TESTS / "portal").rglob("*.yaml"))]
FILES = sorted([*TESTS.rglob("*.yaml"), *(TESTS.parent / "data/formats").iterdir()])
MARKS = "#:-|>&*!%@`?,[]{}'\"\\~. \t\r\n\ufeff\x85\u2028\xa0\u3000：，𠮷"
"""Characters that mean something in YAML, or look so."""
ENTRIES = ("键:", "键: 值", '"键": ', "- 项", "- 键: 值", "- {甲: 1}", "[1, 2]", "- - ", "k: |")
PIECES = (
    *MARKS,
    *ENTRIES,
    *("# ", " #", ": ", "- ", "? ", "|-", "[]", "{}", '\\"', "\\n", "  ", "\n\n", "\n  ", "\r\n"),
    *("---\n", "...\n", "null", "<<: ", "-1", "k" * 130, "k" * 1100),
)
LINES = sorted({line for path in FORM for line in path.read_text("utf-8").split("\n")})
TEXTS = [path.read_text("utf-8") for path in FORM]


def quickly(text: str, max_depth: int = MAX_DEPTH) -> Node | None:
    """What the quick reader makes of a text that the first guards let pass; it must be right."""
    if INVISIBLE.search(text):
        return None
    node = quick.compose(text, max_depth)
    if node is not None:
        assert node == compose("file.yaml", text, max_depth)
    return node


def text_of(path: Path) -> str:
    """The text of a file, or nothing where it is none."""
    try:
        return decode(path.name, path.read_bytes())
    except UnreadableError:
        return ""


def test_every_file_in_form_is_read_quickly() -> None:
    assert [path for path in IN_FORM if quickly(text_of(path)) is None] == []


def test_every_file_is_read_alike() -> None:
    for path in filter(Path.is_file, FILES):
        quickly(text_of(path), 24)


@settings(deadline=None, max_examples=100)
@given(EDITIONS, RANDOM)
def test_a_random_report_is_read_quickly_and_alike(edition: Format, random: Random) -> None:
    text = drafts.text(random_draft(edition, random))
    assert quickly(text)
    root = read("file.yaml", text.encode())
    assert isinstance(root, Mapping)
    quickly(decode("file.yaml", Mess(random, 0.1).document(root)))


def spoilt(text: str, random: Random) -> str:
    """Some lines of a text with a few changes."""
    lines = text.split("\n")
    begin = random.choice([0, random.randrange(len(lines))])
    lines = lines[begin : begin + random.randint(1, 20)]
    for _ in range(random.randint(0, 3)):
        at = random.randrange(len(lines))
        place = random.choice([0, len(lines[at]), random.randint(0, len(lines[at]))])
        before, after = lines[at][:place], lines[at][place:]
        piece = random.choice(PIECES)
        lines[at : at + 1] = random.choice(
            [
                [before + piece + after],
                [before + piece + after[1:]],
                [before + after[1:]],
                [" " * random.randint(0, 6) + lines[at].lstrip(" ")],
                [random.choice(LINES), lines[at]],
                [lines[at], random.choice(PIECES)],
                [],
            ]
        ) or [""]
    return "\n".join(lines) + random.choice(["\n", "\n", "\n", ""])


@pytest.mark.slow
@settings(deadline=None, max_examples=1500)
@given(st.sampled_from(TEXTS), RANDOM, st.sampled_from([1, 2, 3, MAX_DEPTH, MAX_DEPTH, 24]))
def test_a_spoilt_file_is_read_alike(text: str, random: Random, max_depth: int) -> None:
    quickly(decode("file.yaml", spoilt(text, random).encode()), max_depth)


@pytest.mark.slow
@settings(deadline=None, max_examples=1500)
@given(st.lists(st.sampled_from([*PIECES, "\n", " ", "a"]), max_size=12).map("".join))
@example('"\u3000键": 值')
@example("#\r-")
@example("a: b\n  c\n")
@example("a: |\n   b\n  c")
@example("a: |\n\n  b")
@example("a: |\n  b\n   \n")
@example("a: |\n  b\n c\n")
@example("a: b: c")
@example("a: b:")
@example("a:\n- b\n")
@example("a:\n  - b\n  c: d\n")
@example("a: [b]: c\n")
@example("a: [b: c]\n")
@example("a:\n  b:\n\n# c\n")
def test_any_marks_are_read_alike(text: str) -> None:
    quickly(f"{text}\n")
    quickly(f"键:\n  {text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{'  ' * level}a:\n" for level in range(450)),
        "".join(f"{'  ' * level}-\n" for level in range(450)),
        "a: " + "[" * 9_000 + "]" * 9_000 + "\n",
        "a: " + "{a: " * 9_000 + "b" + "}" * 9_000 + "\n",
        "a: b\n" * (MAX_NODES // 2 + 1),
        f"a: [{'1, ' * MAX_NODES}1]\n",
    ],
    ids=["keys", "dashes", "brackets", "braces", "entries", "cells"],
)
def test_what_is_too_deep_or_too_long_is_left_to_the_composer(text: str) -> None:
    assert quickly(text) is None
