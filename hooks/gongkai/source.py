"""Bytes of a YAML file → located nodes, with nothing coerced.

Only libyaml's event stream is used: no object is ever built from the file by YAML, the raw text and
the place of every scalar survive, and nesting is cut off before any recursion.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from . import rules, syntax
from .problems import Location, Problem, Rule

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MAX_NODES = 10_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]"
)
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)


class Scalar(NamedTuple):
    """A text with its place; `style` is None for a plain scalar, else the quote or `|` or `>`."""

    text: str
    line: int
    column: int
    end_column: int
    style: str | None


class Sequence(NamedTuple):
    """A list with its place."""

    items: tuple["Node", ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """A mapping with its place; keys keep their order, duplicates included."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


class UnreadableError(Exception):
    """A file cannot be read any further; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems."""
        super().__init__(*problems)
        self.problems = problems


def read(path: str, data: bytes, max_depth: int = MAX_DEPTH) -> Node:
    """Return the root node of a YAML file's bytes.

    Raises:
        UnreadableError: the bytes are no guarded YAML; the problems name place and remedy.
    """
    if len(data) > MAX_BYTES:
        message = f"文件有 {len(data) // 1024} KB，超过 {MAX_BYTES // 1024} KB。"
        raise _unreadable(path, rules.FILE_SIZE, 1, 1, message, "检查是否误贴了图片或整篇网页。")
    text = decode(path, data)
    found = list(_bad_characters(path, text))
    if found:
        raise UnreadableError(*found)
    try:
        return _compose(path, text, max_depth)
    except yaml.MarkedYAMLError as error:
        line, column, message, hint = syntax.explain(error, text.split("\n"))
        raise _unreadable(path, rules.SYNTAX, line, column, message, hint) from None


def decode(path: str, data: bytes) -> str:
    """Return the text of a file in UTF-8, with or without BOM, its line ends as `\\n`.

    Raises:
        UnreadableError: the file is in UTF-16 or GBK, or is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(path, rules.ENCODING, 1, 1, "文件是 UTF-16 编码。", _SAVE_AS_UTF8)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        raise _unreadable(
            path, rules.ENCODING, line, column, _name_encoding(data), _SAVE_AS_UTF8
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


_SAVE_AS_UTF8 = "用记事本打开，选“另存为”，编码选 UTF-8。"


def _name_encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "文件不是 UTF-8 编码的文字。"
    return "文件像是 GBK（ANSI）编码，不是 UTF-8。"


def _bad_characters(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in _INVISIBLE.finditer(line):
            where = Location(path, number, match.start() + 1, match.end() + 1)
            message = f"有一个看不见的字符 U+{ord(match[0]):04X}。"
            yield Problem(where, rules.INVISIBLE, message, "删掉它，或者把这几个字重新打一遍。")
        if tab := _TAB_INDENT.match(line):
            where = Location(path, number, tab.end(), tab.end() + 1)
            yield Problem(where, rules.TAB, "行首用了制表符。", "改用空格缩进，每层两个空格。")


def _unreadable(
    path: str, rule: Rule, line: int, column: int, message: str, hint: str
) -> UnreadableError:
    return UnreadableError(Problem(Location(path, line, column), rule, message, hint))


class _Open(NamedTuple):
    """A collection whose end has not come yet."""

    line: int
    column: int
    is_mapping: bool
    children: list[Node]


def _compose(path: str, text: str, max_depth: int) -> Node:
    """Build nodes from events with an explicit stack: no recursion, and the guards come first."""
    stack = [_Open(1, 1, is_mapping=False, children=[])]
    nodes = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        _refuse_features(path, event, line, column)
        if isinstance(event, yaml.ScalarEvent):
            end = event.end_mark
            end_column = end.column + 1 if end.line + 1 == line else 0
            style = event.style if event.style not in {"", None} else None
            stack[-1].children.append(Scalar(event.value, line, column, end_column, style))
            nodes += 1
        elif isinstance(event, yaml.CollectionStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            stack.append(_Open(line, column, is_mapping, []))
            nodes += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            stack[-1].children.append(_close(path, done))
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        if len(stack) > max_depth + 1 or nodes > MAX_NODES:
            message = "内容嵌套太深。" if len(stack) > max_depth + 1 else "内容太多。"
            raise _unreadable(path, rules.TOO_COMPLEX, line, column, message, _COMPLEX)
        if documents > 1:
            raise _unreadable(path, rules.FEATURE, line, column, "一个文件里有两份文档。", _ONE)
    if not stack[0].children:
        raise _unreadable(path, rules.MISSING_KEY, 1, 1, "文件是空的。", "按模板填写内容。")
    return stack[0].children[0]


_COMPLEX = "对照模板，检查括号是否配对、缩进是否正确。"
_ONE = "删掉单独成行的“---”，每份报告单独放一个文件。"


def _refuse_features(path: str, event: yaml.Event, line: int, column: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        message = "这里用了 & 或 * 引用。"
        raise _unreadable(path, rules.FEATURE, line, column, message, "文字里有 & 或 * 时，给整句加引号。")
    if getattr(event, "tag", None):
        message = "这里用了 ! 标签。"
        raise _unreadable(path, rules.FEATURE, line, column, message, "文字以 ! 开头时，给整句加引号。")


def _close(path: str, done: _Open) -> Node:
    if not done.is_mapping:
        return Sequence(tuple(done.children), done.line, done.column)
    keys, values = done.children[::2], done.children[1::2]
    for key in keys:
        if not isinstance(key, Scalar):
            raise _unreadable(
                path, rules.WRONG_TYPE, key.line, key.column, "键必须是文字。", "检查多余的括号或“?”。"
            )
    return Mapping(tuple(zip(keys, values, strict=True)), done.line, done.column)  # type: ignore[arg-type]
