"""The bytes of a report or agency file → the same file in canonical form.

Nothing that the file says may change, and no comment may be lost: what cannot be written so is
refused with the problems that say why.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from gongkai.data.agencies import AGENCY_KEYS, read_agency
from gongkai.data.report_keys import FileKeys, report_keys
from gongkai.data.report_reader import read_report
from gongkai.forms.formats import Format, Section
from gongkai.source import rules
from gongkai.source.fields import Reading, canonical
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node, Scalar, Sequence, UnreadableError, is_null
from gongkai.source.problems import Location, Problem, of_file
from gongkai.source.reading import decode, read

from .comments import Headings, comments_of
from .quoting import is_quoted, words_of
from .row_writer import column_names
from .writer import write

Meaning = tuple[object, ...]

_IN_THE_WAY = {rules.DUPLICATE_KEY, rules.UNKNOWN_KEY, rules.REFERENCE}
"""Rules whose breach leaves open where a key belongs, or which format orders the keys."""


class Written(NamedTuple):
    """A file in canonical form, or the problems for which it stays as it is."""

    text: str
    problems: tuple[Problem, ...] = ()


def written_report(path: str, data: bytes, year: int, editions: Mapping[str, Format]) -> Written:
    """Write the report of a year; `path` is what problems show."""

    def keys(reading: Reading, node: Node) -> FileKeys | None:
        report = read_report(reading, node, "", year, editions)
        return report_keys(report.sections) if report else None

    return _written(path, data, keys, _headings(editions))


def written_agency(path: str, data: bytes) -> Written:
    """Write an `agency.yaml`; `path` is what problems show."""

    def keys(reading: Reading, node: Node) -> FileKeys:
        read_agency(reading, node, "", {})
        return AGENCY_KEYS

    return _written(path, data, keys, {})


def _written(
    path: str, data: bytes, keys_of: Callable[[Reading, Node], FileKeys | None], headings: Headings
) -> Written:
    reading = Reading(path)
    try:
        node = read(path, data)
        keys = keys_of(reading, node)
        in_the_way = [problem for problem in reading.problems if problem.rule in _IN_THE_WAY]
        if in_the_way or keys is None or not isinstance(node, MappingNode):
            return Written("", tuple(in_the_way or reading.problems))
        comments = comments_of(decode(path, data), node, headings)
        text = write(node, keys, comments)
        again = read(path, text.encode())
        kept = comments_of(text, again, headings)
    except UnreadableError as error:
        return Written("", error.problems)
    if _meaning(again, keys) != _meaning(node, keys) or kept.texts != comments.texts:
        odd = of_file(rules.TOO_COMPLEX, Location(path), _TOO_ODD, _BY_HAND)
        return Written("", tuple(reading.problems) or (odd,))
    return Written(text)


_TOO_ODD = "这个文件的写法太特别，不能自动整理。"
_BY_HAND = "对照模板手工整理。"


def _headings(editions: Mapping[str, Format]) -> Headings:
    """The comments above the columns of every section in every format, by its key."""
    found: dict[str, set[str]] = defaultdict(set)
    for edition in editions.values():
        for section in edition.sections:
            names = {canonical("".join(column_names(table))) for table in section.tables}
            found[canonical(section.key)] |= names
    return {key: frozenset(names) for key, names in found.items()}


def _meaning(root: Node, keys: FileKeys) -> Meaning:
    """What a file says, the order of its keys left out."""
    exact = {canonical(key) for key, declared in keys.items() if isinstance(declared, Section)}
    if not isinstance(root, MappingNode):
        return ()
    return _sorted(
        (canonical(key.text), _meaning_of(value, is_exact=canonical(key.text) in exact))
        for key, value in root.entries
    )


def _meaning_of(node: Node, *, is_exact: bool) -> Meaning:
    """What a value says; in tables every character counts, and whether a cell has quotes."""
    if isinstance(node, Scalar):
        return node.text if is_exact else words_of(node).strip(), is_null(node)
    if isinstance(node, Sequence):
        return tuple(
            (
                _meaning_of(item, is_exact=is_exact),
                is_exact and isinstance(item, Scalar) and is_quoted(item),
            )
            for item in node.items
        )
    return _sorted(
        (canonical(key.text), _meaning_of(value, is_exact=is_exact)) for key, value in node.entries
    )


def _sorted(entries: Iterable[tuple[str, Meaning]]) -> Meaning:
    return "", *sorted(entries, key=repr)
