"""Reading mappings and values out of located nodes; what is wrong is collected, not raised."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import urlsplit

from . import rules
from .nodes import Mapping, Node, Scalar, Sequence, is_null
from .problems import Location, Problem, Rule
from .subjects import FileKey, Subject, Target

NAME = re.compile(r"""[^<>&"'`{}\\|^$\n]+""")
"""A name or title: one line without characters that mean something in web pages."""
WEB_ADDRESS = re.compile(r"""[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"'`\\{}|^]+""")
"""The form of an absolute web address."""
UNFILLED = "待填"
"""What a new report says where something is still to be filled in."""
_KEY_SIZE = 30
_NAMES_SHOWN = 12
_EMPTY = "补上内容；没有就删掉这一行。"


@lru_cache(maxsize=4096)
def canonical(key: str) -> str:
    """Return the form in which keys are compared: NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", key).split())


@lru_cache(maxsize=1024)
def _by_form(known: tuple[str, ...]) -> MappingType[str, str]:
    """Return known keys by the form in which they are compared."""
    return {canonical(name): name for name in known}


def nearest(key: str, known: Iterable[str]) -> str:
    """Return the known key that the given one was probably meant to be, or an empty text."""
    by_form = {_letters(name): name for name in known}
    found = difflib.get_close_matches(_letters(key), by_form, 1, 0.5)
    return by_form[found[0]] if found else ""


def _letters(key: str) -> str:
    """Return a key without numbering and punctuation, as `（一）甲类` → `甲类`."""
    text = re.sub(r"^(\(?[一二三四五六七八九十]+[)、.]|\d+[.、])", "", canonical(key))
    return re.sub(r"\W", "", text)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file being read: its path, and the problems found so far."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    subject: Subject | None = None
    """What the file says something of; None where it is itself the subject."""

    def at(self, node: Node) -> Location:
        """Return the place of a node."""
        end = node.end_column if isinstance(node, Scalar) else 0
        return Location(self.path, node.line, node.column, end)

    def report(
        self, node: Node, rule: Rule, message: str, hint: str, cell: tuple[str, ...] = ()
    ) -> None:
        """Collect a problem at a node; what the file says may not spread it over lines."""
        message, hint = message.replace("\n", " "), hint.replace("\n", " ")
        self.collect(rule, Target(cell, words=message), self.at(node), message, hint)

    def collect(
        self, rule: Rule, target: Target, location: Location, message: str, hint: str
    ) -> None:
        """Collect a problem of what the file says something of."""
        subject = self.subject or FileKey(self.path)
        self.problems.append(Problem(rule, subject, target, location, message, hint))

    def take(self, problems: Iterable[Problem]) -> None:
        """Collect problems that were found without knowing what the file says something of."""
        subject = self.subject or FileKey(self.path)
        self.problems.extend(replace(problem, subject=subject) for problem in problems)

    def entries(
        self,
        node: Mapping,
        known: Iterable[str],
        cell: tuple[str, ...] = (),
        parents: MappingType[str, str] = MappingProxyType({}),
    ) -> dict[str, tuple[Scalar, Node]]:
        """Return a mapping's entries by known key; report duplicate and unknown ones.

        `parents` says of keys that are known elsewhere where they belong, by canonical key.
        """
        names = _by_form(tuple(known))
        found = self._known(node, names, cell)
        if len(found) == len(node.entries):
            return found
        for key, value in node.entries:
            if canonical(key.text) in names:
                continue
            message, hint = _unknown(key.text, names.values(), parents)
            self.report(key, rules.UNKNOWN_KEY, message, hint, cell)
            missing = [name for name in names.values() if name not in found]
            if meant := _meant(key.text, missing, parents):
                found[meant] = (key, value)  # so that it is not reported as missing as well
        return found

    def _known(
        self, node: Mapping, names: MappingType[str, str], cell: tuple[str, ...]
    ) -> dict[str, tuple[Scalar, Node]]:
        """Return the first entry of each known key; others of the same key are reported."""
        found: dict[str, tuple[Scalar, Node]] = {}
        for key, value in node.entries:
            name = names.get(canonical(key.text))
            if name in found:
                message = f"“{key.text}”写了两次，第 {found[name][0].line} 行已经有了。"
                self.report(key, rules.DUPLICATE_KEY, message, "只留一处。", cell)
            elif name is not None:
                found[name] = (key, value)
        return found

    def fields(
        self,
        node: Node,
        known: Iterable[str],
        what: str,
        parents: MappingType[str, str] = MappingProxyType({}),
    ) -> "Fields":
        """Read a node as a mapping with known keys."""
        if isinstance(node, Mapping):
            return Fields(self, node, self.entries(node, known, parents=parents))
        hint = colon_hint(node) or "写成“键: 值”，一行一项。"
        self.report(node, rules.WRONG_TYPE, f"{what}应当是一组“键: 值”。", hint)
        return Fields(self, node, {}, broken=True)

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """Read a node as a list."""
        if isinstance(node, Sequence):
            return node.items
        self.report(node, rules.WRONG_TYPE, f"{what}应当是列表。", "每项一行，以“- ”开头。")
        return ()

    def text(self, node: Node, what: str, needed: str = "") -> str:
        """Read a node as a text that is not empty; `needed` is the hint where it must be there."""
        if not isinstance(node, Scalar):
            hint = "写在同一行，或者用“|”分段。"
            self.report(node, rules.WRONG_TYPE, f"{what}应当是文字。", hint)
            return ""
        if not node.text.strip() or is_null(node):
            self.report(node, rules.VALUE, f"{what}是空的。", needed or _EMPTY)
            return ""
        if node.text.strip() == UNFILLED:
            self.report(node, rules.VALUE, f"{what}还没有填。", needed or _EMPTY)
            return ""
        return node.text.strip()


def colon_hint(node: Node) -> str:
    """Return how to mend a text that was meant as a key with its value, or an empty text."""
    if isinstance(node, Scalar) and re.search(r"[:：]", node.text) and "\n" not in node.text:
        return "键的后面写半角冒号加一个空格“: ”。"
    return ""


def _meant(key: str, known: Iterable[str], parents: MappingType[str, str]) -> str:
    """Return the known key that a misspelt one stands for; none if it belongs elsewhere."""
    if len(key) > _KEY_SIZE * 3 or canonical(key) in parents or re.search(r"[:：]", key):
        return ""
    return nearest(key, known)


def _unknown(key: str, known: Iterable[str], parents: MappingType[str, str]) -> tuple[str, str]:
    shown = key if len(key) <= _KEY_SIZE else key[:_KEY_SIZE] + "……"
    if home := parents.get(canonical(key)):
        return f"“{shown}”写错了地方。", home
    if re.search(r"[:：]", key):
        return f"“{shown}”里的冒号不对。", "键的后面写半角冒号加一个空格“: ”。"
    names = list(known)
    guess = _meant(key, names, parents)
    more = "等" if len(names) > _NAMES_SHOWN else ""
    choice = f"这里可以写：{'、'.join(names[:_NAMES_SHOWN])}{more}。"
    hint = f"是不是“{guess}”？" if guess else choice
    return f"不认识“{shown}”。", hint


@dataclass(frozen=True, slots=True)
class Fields:
    """The known entries of one mapping."""

    reading: Reading
    node: Node
    found: MappingType[str, tuple[Scalar, Node]]
    broken: bool = False
    """Whether the node was no mapping at all, which has been reported."""

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        entry = self.found.get(key)
        return entry[1] if entry else None

    def need(self, key: str, hint: str) -> Node | None:
        """Return the value of a key that must be there."""
        value = self.get(key)
        if value is None and not self.broken:
            self.reading.report(self.node, rules.MISSING_KEY, f"缺少“{key}”。", hint)
        return value

    def text(self, key: str, *, needed: str = "") -> str:
        """Return the text of a key, or an empty one; `needed` is the hint that it must be there."""
        node = self.need(key, needed) if needed else self.get(key)
        return "" if node is None else self.reading.text(node, f"“{key}”", needed)

    def name(self, key: str, *, needed: str = "") -> str:
        """Return a name or title: one line without characters that mean something in web pages."""
        text = self.text(key, needed=needed)
        node = self.get(key)
        if text and node is not None and not NAME.fullmatch(text):
            hint = "写成一行，只用文字、数字和常用标点。"
            self.reading.report(node, rules.VALUE, f"“{key}”里有不能用的符号。", hint)
            return ""
        return text

    def matching(self, key: str, pattern: re.Pattern[str], form: str, *, needed: str = "") -> str:
        """Return a text that must follow a pattern; `form` says in words what is expected."""
        text = self.text(key, needed=needed)
        node = self.get(key)
        if text and node is not None and not pattern.fullmatch(text):
            hint = f"写成{' ' if form[0].isascii() else ''}{form}。"
            self.reading.report(node, rules.VALUE, f"“{key}”写成了“{text[:40]}”。", hint)
            return ""
        return text

    def url(self, key: str, *, needed: str = "") -> str:
        """Return an absolute http or https address."""
        text = self.text(key, needed=needed)
        node = self.get(key)
        if text and node is not None and not _is_web_address(text):
            message, hint = f"“{key}”不是网址：“{text[:40]}”。", "以 https:// 开头，中间没有空格。"
            self.reading.report(node, rules.VALUE, message, hint)
            return ""
        return text

    def each(self, key: str) -> Iterator[Node]:
        """Yield the items of a list, if the key is there."""
        node = self.get(key)
        if node is not None:
            yield from self.reading.items(node, f"“{key}”")


def _is_web_address(text: str) -> bool:
    try:
        return bool(WEB_ADDRESS.fullmatch(text) and urlsplit(text).hostname)
    except ValueError:
        return False
