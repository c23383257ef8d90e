"""Spoils the form of a data file as people do, and never what it says."""

import json
from collections.abc import Iterable
from random import Random

from gongkai.source.nodes import Mapping, Node, Scalar, Sequence

FREE = {"说明", "允许公开", "其中"}
"""The keys whose own keys are in no declared order."""


class Mess:
    """Writes nodes in some other way than the canonical one."""

    def __init__(self, random: Random, share_of_comments: float) -> None:
        self.random = random
        self.share_of_comments = share_of_comments
        self.comments: list[str] = []

    def document(self, root: Mapping) -> bytes:
        """The bytes of a file that says what `root` says."""
        lines = [*self.maybe(["---"], 0.1), *self.remark(0), *self.entries(root, 0, "")]
        lines += [*self.remark(0), *self.blank()]
        text = "\n".join(lines) + self.random.choice(["", "\n", "\n\n"])
        text = text.replace("\n", self.random.choice(["\n", "\n", "\r\n"]))
        return self.random.choice([b"", b"", b"\xef\xbb\xbf"]) + text.encode()

    def maybe(self, lines: list[str], share: float) -> list[str]:
        return lines if self.random.random() < share else []

    def blank(self) -> list[str]:
        return self.maybe(["" + " " * self.random.randint(0, 2)], 0.1)

    def comment(self) -> str:
        """A comment that there is only once."""
        odd = self.random.choice(["", "# ", "甲: [1, 2]", '"', "- {", "个人  单位  总计", "|"])
        self.comments.append(f"#{self.random.choice(['', ' '])}批注{len(self.comments)}。{odd}")
        return self.comments[-1].rstrip()

    def remark(self, indent: int) -> list[str]:
        """Perhaps a comment on a line of its own."""
        if self.random.random() >= self.share_of_comments:
            return []
        return [*self.blank(), " " * indent + self.comment(), *self.blank()]

    def tail(self) -> str:
        """Perhaps a comment at the end of a line."""
        has_one = self.random.random() < self.share_of_comments
        return f"{' ' * self.random.randint(1, 4)}{self.comment()}" if has_one else ""

    def entries(self, node: Mapping, indent: int, name: str) -> list[str]:
        entries = list(node.entries)
        if name not in FREE:
            self.random.shuffle(entries)
        lines = []
        for key, value in entries:
            lines += [*self.blank(), *self.remark(indent)]
            lines += self.value(f"{' ' * indent}{self.key(key)}:", value, indent, key.text)
        return lines

    def key(self, key: Scalar) -> str:
        return self.random.choice([key.text, key.text, json.dumps(key.text, ensure_ascii=False)])

    def value(self, head: str, node: Node, indent: int, name: str) -> list[str]:
        deeper = indent + self.random.randint(1, 4)
        if isinstance(node, Scalar):
            return self.scalar(head, node, deeper)
        if self.random.random() < 0.2 and is_flat(node):
            return self.enclosed(head, node, deeper)
        if isinstance(node, Mapping):
            return [head + self.tail(), *self.entries(node, deeper, name)]
        if all(isinstance(item, Scalar) for item in node.items) and self.random.random() < 0.8:
            return self.enclosed(head, node, deeper)
        return [head + self.tail(), *self.items(node.items, deeper, name)]

    def items(self, items: Iterable[Node], indent: int, name: str) -> list[str]:
        lines = []
        for item in items:
            lines += self.remark(indent)
            if isinstance(item, Mapping) and self.random.random() < 0.7:
                inner = self.entries(item, indent + 2, name)
                first = next(number for number, line in enumerate(inner) if is_entry(line))
                inner[first] = " " * indent + "- " + inner[first].lstrip()
                lines += inner
            else:
                lines += self.value(" " * indent + "-", item, indent, name)
        return lines

    def scalar(self, head: str, node: Scalar, indent: int) -> list[str]:
        if node.style is None:
            quoted = json.dumps(node.text, ensure_ascii=False)
            words = quoted if self.random.random() < 0.3 and "行" not in head else node.text
            is_cell = head.endswith("-")
            return [f"{head} {node.text if is_cell else words}{self.tail()}"]
        lines = [line for line in node.text.split("\n") if line]
        if self.random.random() < 0.3:
            return [f"{head} {json.dumps(node.text, ensure_ascii=False)}{self.tail()}"]
        pad = " " * indent
        return [f"{head} |{self.tail()}", *(f"{pad}{line}  " for line in lines)]

    def enclosed(self, head: str, node: Mapping | Sequence, indent: int) -> list[str]:
        """A collection in brackets, on one line or on several."""
        pieces = self.pieces(node)
        opening, closing = "[]" if isinstance(node, Sequence) else "{}"
        if self.random.random() < 0.8:
            return [f"{head} {opening} {' , '.join(pieces)}{closing}{self.tail()}"]
        pad = " " * indent
        lines = [f"{head} {opening}{self.tail()}"]
        for piece in pieces:
            lines += [*self.remark(indent), f"{pad}{piece},{self.tail()}"]
        return [*lines, f"{pad}{closing}{self.tail()}"]

    def pieces(self, node: Mapping | Sequence) -> list[str]:
        if isinstance(node, Sequence):
            return [self.piece(item) for item in node.items]
        return [f"{key.text}: {self.piece(value)}" for key, value in node.entries]

    def piece(self, node: Node) -> str:
        if isinstance(node, Scalar):
            is_safe = node.style is None and not set(node.text) & set(",:[]{}?")
            return node.text if is_safe else json.dumps(node.text, ensure_ascii=False)
        inner = ", ".join(self.pieces(node))
        return f"[{inner}]" if isinstance(node, Sequence) else f"{{{inner}}}"


def is_entry(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def is_flat(node: Node) -> bool:
    """Whether no text inside has several lines."""
    if isinstance(node, Scalar):
        return node.style is None
    if isinstance(node, Sequence):
        return all(map(is_flat, node.items))
    return all(is_flat(value) for _, value in node.entries)
