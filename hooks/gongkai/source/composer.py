"""libyaml's events → nodes, with an explicit stack: no recursion, and the guards come first.

No object is ever built from the file by YAML, the raw text and the place of every scalar survive,
and nesting is cut off at once.
"""

import re
from typing import NamedTuple

import yaml

from . import rules, syntax
from .nodes import Mapping, Node, Scalar, Sequence, UnreadableError, unreadable
from .problems import Location, Rule

MAX_NODES = 10_000
_MAX_KEY = 120
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e007f]"
)
"""Characters that nobody sees and that have no place in a data file."""

_FIRST_LINE = re.compile(r"\n( *)[^ \n]")
_COMPLEX = "对照模板，检查括号是否配对、缩进是否正确。"
_ESCAPE = "删掉反斜杠“\\”和它后面的代码。"
_ONE = "删掉单独成行的“---”，每份报告单独放一个文件。"


def compose(path: str, text: str, max_depth: int) -> Node:
    """Return the root node of a YAML text.

    Raises:
        UnreadableError: the text uses what data files do without, or is too deep or too long.
        yaml.MarkedYAMLError: the text is no YAML.
    """
    composer = _Composer(path, text, max_depth)
    loader = LOADER(text)
    try:
        for event in iter(loader.get_event, None):
            if isinstance(event, yaml.ScalarEvent):
                composer.take_scalar(event)
            else:
                composer.take(event)
    finally:
        loader.dispose()
    if not composer.root.children:
        raise unreadable(Location(path), rules.MISSING_KEY, "文件是空的。", "按模板填写内容。")
    return composer.root.children[0]


class _Open(NamedTuple):
    """A collection whose end has not come yet."""

    line: int
    column: int
    is_mapping: bool
    children: list[Node]


class _Composer:
    """Builds nodes from events."""

    def __init__(self, path: str, text: str, max_depth: int) -> None:
        self.path = path
        self.text = text
        self.max_depth = max_depth
        self.root = _Open(1, 1, is_mapping=False, children=[])
        self.stack = [self.root]
        self.nodes = self.documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take in the next event that is no scalar."""
        if isinstance(event, yaml.CollectionEndEvent):
            done = self.stack.pop()
            self.stack[-1].children.append(self._close(done))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.AliasEvent):
            raise self._marked(event, "& 或 *")
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                line, column = _place(event)
                raise self._refusal(line, column, rules.FEATURE, "一个文件里有两份文档。", _ONE)

    def take_scalar(self, event: yaml.ScalarEvent) -> None:
        """Take in a scalar; most of a file is scalars, so this is the loader's busiest place."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return
        line, style = start.line, event.style
        children = self.stack[-1].children
        end_column = end.column + 1 if end.line == line else 0
        indent = self._indent(start.index) if style == "|" else 0
        children.append(
            Scalar(event.value, line + 1, start.column + 1, end_column, style or None, indent)
        )
        if style or event.anchor or event.tag or len(children) > MAX_NODES:
            self._look_closer(event)

    def _indent(self, start: int) -> int:
        """The blanks before the first line of the `|` text that begins at an index."""
        match = _FIRST_LINE.search(self.text, start)
        return len(match[1]) if match else 0

    def _look_closer(self, event: yaml.ScalarEvent) -> None:
        """Refuse an unusual scalar that data files do without."""
        if event.anchor or event.tag:
            raise self._marked(event, "& 或 *" if event.anchor else "!")
        line, column = _place(event)
        if event.style == '"' and (match := INVISIBLE.search(event.value)):
            message = f"引号里有一个看不见的字符 U+{ord(match[0]):04X}。"
            raise self._refusal(line, column, rules.INVISIBLE, message, _ESCAPE)
        if len(self.stack[-1].children) > MAX_NODES:
            raise self._too_long(line, column)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        line, column = _place(event)
        if event.anchor or event.tag:
            raise self._marked(event, "& 或 *" if event.anchor else "!")
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append(_Open(line, column, is_mapping, []))
        if len(self.stack) > self.max_depth + 1:
            raise self._refusal(line, column, rules.TOO_COMPLEX, "内容嵌套太深。", _COMPLEX)

    def _close(self, done: _Open) -> Node:
        self.nodes += len(done.children)
        if self.nodes > MAX_NODES:
            raise self._too_long(done.line, done.column)
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

    def _marked(self, event: yaml.Event, marks: str) -> UnreadableError:
        """What refuses anchors, aliases and tags."""
        line, column = _place(event)
        message, hint = f"这里用了 {marks} 标记。", f"文字以 {marks} 开头时，给整句加引号。"
        return self._refusal(line, column, rules.FEATURE, message, hint)

    def _too_long(self, line: int, column: int) -> UnreadableError:
        return self._refusal(line, column, rules.TOO_COMPLEX, "内容太多。", _COMPLEX)

    def _refusal(
        self, line: int, column: int, rule: Rule, message: str, hint: str
    ) -> UnreadableError:
        return unreadable(Location(self.path, line, column), rule, message, hint)


def _place(event: yaml.Event) -> tuple[int, int]:
    """The line and column where an event begins."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
