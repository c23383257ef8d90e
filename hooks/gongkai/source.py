"""Bytes of a YAML file → located nodes, with nothing coerced.

Only libyaml's event stream is used: no object is ever built from the file by YAML, the raw text and
the place of every scalar survive, and nesting is cut off before any recursion.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import yaml

from . import rules, syntax
from .problems import Location, Problem, Rule

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MAX_NODES = 10_000
_MAX_BAD_CHARACTERS = 20
_MAX_KEY = 120

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e007f]"
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
        message = f"文件有 {-(-len(data) // 1024)} KB，超过 {MAX_BYTES // 1024} KB。"
        hint = "检查是否误贴了图片或整篇网页。"
        raise _unreadable(Location(path), rules.FILE_SIZE, message, hint)
    text = decode(path, data)
    found = list(islice(_bad_characters(path, text), _MAX_BAD_CHARACTERS))
    if found:
        raise UnreadableError(*found)
    try:
        return _compose(path, text, max_depth)
    except yaml.MarkedYAMLError as error:
        line, column, message, hint = syntax.explain(error, text.split("\n"))
        where = Location(path, line, column)
        raise _unreadable(where, rules.SYNTAX, message, hint) from None


def decode(path: str, data: bytes) -> str:
    """Return the text of a file in UTF-8, with or without BOM, its line ends as line feeds.

    Raises:
        UnreadableError: the file is in UTF-16 or GBK, or is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(Location(path), rules.ENCODING, "文件是 UTF-16 编码。", _SAVE_AS_UTF8)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        where = Location(path, line, column)
        raise _unreadable(where, rules.ENCODING, _name_encoding(data), _SAVE_AS_UTF8) from None
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


def _unreadable(where: Location, rule: Rule, message: str, hint: str) -> UnreadableError:
    return UnreadableError(Problem(where, rule, message, hint))


def _span(event: yaml.Event) -> tuple[int, int, int]:
    """Where an event begins, and the column where it ends if that is on the same line, else 0."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return 1, 1, 0
    return start.line + 1, start.column + 1, end.column + 1 if end.line == start.line else 0


class _Open(NamedTuple):
    """A collection whose end has not come yet."""

    line: int
    column: int
    is_mapping: bool
    children: list[Node]


def _compose(path: str, text: str, max_depth: int) -> Node:
    composer = _Composer(path, max_depth)
    for event in yaml.parse(text, Loader=_LOADER):
        composer.take(event)
    if not composer.root.children:
        raise _unreadable(Location(path), rules.MISSING_KEY, "文件是空的。", "按模板填写内容。")
    return composer.root.children[0]


class _Composer:
    """Builds nodes from events with an explicit stack: no recursion, and the guards come first."""

    def __init__(self, path: str, max_depth: int) -> None:
        self.path = path
        self.max_depth = max_depth
        self.root = _Open(1, 1, is_mapping=False, children=[])
        self.stack = [self.root]
        self.nodes = self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take in the next event."""
        line, column, end_column = _span(event)
        self._refuse_features(event, line, column)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_escapes(event, line, column)
            self._put(Scalar(event.value, line, column, end_column, event.style or None))
        elif isinstance(event, yaml.CollectionStartEvent):
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self.stack.append(_Open(line, column, is_mapping, []))
            if len(self.stack) > self.max_depth + 1:
                raise self._refusal(line, column, rules.TOO_COMPLEX, "内容嵌套太深。", _COMPLEX)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self._close(self.stack.pop()))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._refusal(line, column, rules.FEATURE, "一个文件里有两份文档。", _ONE)

    def _put(self, node: Node) -> None:
        self.stack[-1].children.append(node)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._refusal(node.line, node.column, rules.TOO_COMPLEX, "内容太多。", _COMPLEX)

    def _close(self, done: _Open) -> Node:
        if not done.is_mapping:
            return Sequence(tuple(done.children), done.line, done.column)
        pairs = zip(done.children[::2], done.children[1::2], strict=True)
        entries = tuple((self._key(key), value) for key, value in pairs)
        return Mapping(entries, done.line, done.column)

    def _key(self, key: Node) -> Scalar:
        if not isinstance(key, Scalar):
            message, hint = "键必须是文字。", "检查多余的括号或“?”。"
            raise self._refusal(key.line, key.column, rules.WRONG_TYPE, message, hint)
        if "\n" in key.text or len(key.text) > _MAX_KEY:
            message, hint = "冒号前面的文字太长，或者分成了几行。", "冒号前面只写名称。"
            raise self._refusal(key.line, key.column, rules.WRONG_TYPE, message, hint)
        if key.text.startswith(syntax.WIDE_SPACES):
            raise self._refusal(key.line, key.column, rules.SYNTAX, *syntax.WIDE_INDENT)
        return key

    def _refuse_features(self, event: yaml.Event, line: int, column: int) -> None:
        marks = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            marks = "& 或 *"
        elif getattr(event, "tag", None):
            marks = "!"
        if marks:
            message, hint = f"这里用了 {marks} 标记。", f"文字以 {marks} 开头时，给整句加引号。"
            raise self._refusal(line, column, rules.FEATURE, message, hint)

    def _refuse_escapes(self, event: yaml.ScalarEvent, line: int, column: int) -> None:
        if event.style == '"' and (match := _INVISIBLE.search(event.value)):
            message = f"引号里有一个看不见的字符 U+{ord(match[0]):04X}。"
            raise self._refusal(line, column, rules.INVISIBLE, message, _ESCAPE)

    def _refusal(
        self, line: int, column: int, rule: Rule, message: str, hint: str
    ) -> UnreadableError:
        return _unreadable(Location(self.path, line, column), rule, message, hint)


_COMPLEX = "对照模板，检查括号是否配对、缩进是否正确。"
_ESCAPE = "删掉反斜杠“\\”和它后面的代码。"
_ONE = "删掉单独成行的“---”，每份报告单独放一个文件。"
