"""Bytes of a file of `data/` → located nodes: size, encoding and characters are guarded first."""

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from . import quick, rules, syntax
from .composer import INVISIBLE, compose
from .nodes import Node, UnreadableError, unreadable
from .problems import Location, Problem, of_file

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
_MAX_BAD_CHARACTERS = 20
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_SAVE_AS_UTF8 = "用记事本打开，选“另存为”，编码选 UTF-8。"


def read(path: str, data: bytes, max_depth: int = MAX_DEPTH) -> Node:
    """Return the root node of a YAML file's bytes.

    Raises:
        UnreadableError: the bytes are no guarded YAML; the problems name place and remedy.
    """
    if len(data) > MAX_BYTES:
        message = f"文件有 {-(-len(data) // 1024)} KB，超过 {MAX_BYTES // 1024} KB。"
        hint = "检查是否误贴了图片或整篇网页。"
        raise unreadable(Location(path), rules.FILE_SIZE, message, hint)
    text = decode(path, data)
    if INVISIBLE.search(text) or ("\t" in text and _TAB_INDENT.search(text)):
        raise UnreadableError(*islice(_bad_characters(path, text), _MAX_BAD_CHARACTERS))
    try:
        return quick.compose(text, max_depth) or compose(path, text, max_depth)
    except yaml.MarkedYAMLError as error:
        line, column, message, hint = syntax.explain(error, text.split("\n"))
        where = Location(path, line, column)
        raise unreadable(where, rules.SYNTAX, message, hint) from None


def decode(path: str, data: bytes) -> str:
    """Return the text of a file in UTF-8, with or without BOM, its line ends as line feeds.

    Raises:
        UnreadableError: the file is in UTF-16 or GBK, or is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise unreadable(Location(path), rules.ENCODING, "文件是 UTF-16 编码。", _SAVE_AS_UTF8)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        where = Location(path, line, column)
        raise unreadable(where, rules.ENCODING, _name_encoding(data), _SAVE_AS_UTF8) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _name_encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "文件不是 UTF-8 编码的文字。"
    return "文件像是 GBK（ANSI）编码，不是 UTF-8。"


def _bad_characters(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        for match in INVISIBLE.finditer(line):
            where = Location(path, number, match.start() + 1, match.end() + 1)
            message = f"有一个看不见的字符 U+{ord(match[0]):04X}。"
            yield of_file(rules.INVISIBLE, where, message, "删掉它，或者把这几个字重新打一遍。")
        if tab := _TAB_INDENT.match(line):
            where = Location(path, number, tab.end(), tab.end() + 1)
            yield of_file(rules.TAB, where, "行首用了制表符。", "改用空格缩进，每层两个空格。")
