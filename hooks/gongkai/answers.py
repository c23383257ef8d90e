"""What staff write beside their data: answers to findings, and what may be public all the same."""

from typing import NamedTuple

from .fields import Fields, Reading
from .nodes import Mapping, Node
from .problems import Location

ANSWERS, ALLOWED = "说明", "允许公开"


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
    """The entries of a mapping of free keys to texts, with the place of each key."""
    if node is None:
        return []
    if not isinstance(node, Mapping):
        reading.fields(node, (), f"“{key}”")
        return []
    known = tuple(name.text for name, _ in node.entries)
    found = []
    for name, (place, value) in reading.entries(node, known).items():
        if text := reading.text(value, f"“{name}”的{key}"):
            found.append((name, reading.at(place), text))
    return found
