"""What staff write beside their data: answers to findings, and what may be public all the same."""

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.source.fields import Fields, Reading
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node
from gongkai.source.problems import Location
from gongkai.source.shapes import Group, Shape, Text

ANSWERS, ALLOWED = "说明", "允许公开"
ANSWER_KEYS: Mapping[str, Shape] = {
    ANSWERS: Group(
        "对核对结果的公开说明，写成“规则名称: 说明”或“规则名称·行·列: 说明”。",
        others=Text("为什么是这样，怎样核对过。"),
    ),
    ALLOWED: Group(
        "确实要公开的电话等，写成“提示里带 * 的号码: 理由”。",
        others=Text("为什么要公开，例如值班电话。"),
    ),
}
"""What staff may write of findings in a file."""


class Answer(NamedTuple):
    """A published explanation (`说明`) of the findings of one rule, for a cell or for all."""

    rule_name: str
    cell: tuple[str, ...]
    """Staff keys that must stand one after another in the finding's cell."""
    text: str
    location: Location


def read_answers(reading: Reading, fields: Fields) -> tuple[Answer, ...]:
    """Read the answers of a file: texts by rule name, or by rule name and cell joined by `·`."""
    found = []
    for key, location, text in texts(reading, fields.get(ANSWERS), ANSWERS):
        name, *cell = (part.strip() for part in key.split("·"))
        found.append(Answer(name, tuple(cell), text, location))
    return tuple(found)


def texts(reading: Reading, node: Node | None, key: str) -> list[tuple[str, Location, str]]:
    """Return the entries of a mapping of free keys to texts, with the place of each key."""
    if node is None:
        return []
    if not isinstance(node, MappingNode):
        reading.fields(node, (), f"“{key}”")
        return []
    known = tuple(name.text for name, _ in node.entries)
    found = []
    for name, (place, value) in reading.entries(node, known).items():
        if text := reading.text(value, f"“{name}”的{key}"):
            found.append((name, reading.at(place), text))
    return found
