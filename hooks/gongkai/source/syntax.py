"""YAML's syntax errors in words that a clerk understands, at the line where the slip really is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

WIDE_SPACES = ("\u00a0", "\u3000")
"""Blanks that look like indentation and are none."""
WIDE_INDENT = ("行首用了全角空格或不间断空格。", "换成半角空格。")


class Explanation(NamedTuple):
    """Where a syntax error really is, what it is, and how to mend it."""

    line: int
    column: int
    message: str
    hint: str


class _Slip(NamedTuple):
    """A usual slip: how a line with it looks; the first group begins at the slip."""

    pattern: re.Pattern[str]
    message: str
    hint: str


_SLIPS = (
    _Slip(
        re.compile(r"^([^\s:：#\[{-][^:：\[{]*[，。；！？])"),
        "正文没有缩进。",
        "正文的每一行前面空两格。",
    ),
    _Slip(
        re.compile(r"^[^:：]*[^\s:：](：)"),
        "用了全角冒号“：”。",
        "改成半角冒号加一个空格“: ”。",
    ),
    _Slip(
        re.compile(r"^[^:]*[^\s:](:)(?=[^ \t:])"),
        "冒号后面少了半角空格。",
        "在冒号后面加一个半角空格。",
    ),
    _Slip(re.compile(r"^ *([\u00a0\u3000])"), *WIDE_INDENT),
    _Slip(
        re.compile(r"[\[{,] *(,)"),
        "两个逗号之间是空的。",
        "没有发生填 0；多打的逗号删掉。",
    ),
    _Slip(
        re.compile(r": +([*&!@%`])"),
        "这个符号不能写在开头。",
        "给整句加引号。",
    ),
    _Slip(
        re.compile(r': +"[^"]*"([^\s,\]}])'),
        "引号后面还有别的字。",
        "给整句加引号，文字里面的引号用“”。",
    ),
    _Slip(
        re.compile(r"^[^:\[{]*: +[^\"'\[{|>\s][^:]*(: )"),
        "文字里有半角冒号。",
        "改成全角冒号“：”。",
    ),
)


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Explanation:
    """Explain a parser's error by the slip found near it; `lines` are the file's lines."""
    marks = [mark for mark in (error.context_mark, error.problem_mark) if mark is not None]
    for number in dict.fromkeys(number for mark in marks for number in _near(mark.line, lines)):
        if found := _slip(lines[number].split(" #")[0]):
            return Explanation(number + 1, *found)
    mark = marks[-1] if marks else None
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return Explanation(
        min(line, len(lines) - 1) + 1, column + 1, "这一行不合 YAML 写法。", _LOOK_AROUND
    )


_LOOK_AROUND = "对照上下各行，检查缩进是否对齐、冒号后有没有空格、括号和引号是否配对。"


def _near(line: int, lines: Sequence[str]) -> list[int]:
    """The marked line, then the last one before it that is not blank or a comment."""
    found = [line] if line < len(lines) else []
    before = min(line, len(lines)) - 1
    while before >= 0 and (not lines[before].strip() or lines[before].lstrip().startswith("#")):
        before -= 1
    return [*found, before] if before >= 0 else found


def _slip(line: str) -> tuple[int, str, str] | None:
    """The first slip in a line: its column, what it is, and how to mend it."""
    for slip in _SLIPS:
        if match := slip.pattern.search(line):
            return match.start(1) + 1, slip.message, slip.hint
    if bracket := _unclosed(line):
        return bracket, "括号没有配对。", "补上“]”或“}”。"
    if quote := _open_quote(line):
        return quote, "引号没有配对。", "补上另一个引号，或者都删掉。"
    return None


def _unclosed(line: str) -> int:
    """The column of the first bracket that the line opens and does not close, or 0."""
    stack: list[int] = []
    for column, character in enumerate(line, 1):
        if character in "[{":
            stack.append(column)
        elif character in "]}":
            if not stack:
                return column
            stack.pop()
    return stack[0] if stack else 0


def _open_quote(line: str) -> int:
    """The column of a lone quotation mark, or 0."""
    for mark in ('"', "'"):
        if line.count(mark) % 2:
            return line.index(mark) + 1
    return 0
