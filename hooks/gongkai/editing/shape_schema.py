"""The shapes that the readers declare → JSON Schema."""

import re
from collections.abc import Mapping
from functools import lru_cache

from gongkai.source.fields import UNFILLED
from gongkai.source.shapes import Group, Items, Shape, Text

Schema = dict[str, object]
"""A JSON Schema, or a part of one."""

_MOST_DIGITS = 20


def of_shape(key: str, shape: Shape) -> Schema:
    """Return the schema of what stands under a key."""
    described: Schema = {"title": key, "description": shape.about}
    if isinstance(shape, Items):
        return described | {"type": "array", "items": of_shape(key, shape.item)}
    if isinstance(shape, Group):
        return described | keys(shape.keys, of_shape(key, shape.others) if shape.others else None)
    if shape.choices:
        choice = f"只能写{'、'.join(shape.choices)}。"
        return described | {"enum": list(shape.choices), "errorMessage": choice}
    return described | {"errorMessage": shape.about} | text(shape)


def keys(known: Mapping[str, Shape], others: Schema | None = None) -> Schema:
    """Return the schema of a set of keys; `others` is what stands under keys that are not known."""
    return {
        "type": "object",
        "properties": {key: of_shape(key, shape) for key, shape in known.items()},
        "required": [key for key, shape in known.items() if shape.needed],
        "additionalProperties": False if others is None else others,
    }


def text(shape: Text) -> Schema:
    """Return what a text must be like; digits alone are a number to YAML."""
    numbers = number(shape.pattern)
    types = ["string", numbers["type"]] if numbers else "string"
    return numbers | {"type": types, "pattern": whole(shape.pattern)}


def whole(pattern: str) -> str:
    """Return a pattern for a whole text, filled in, with white space around it or not."""
    return rf"^\s*(?=\S)(?!{UNFILLED}\s*$)(?:{pattern})\s*$"


@lru_cache(maxsize=64)
def _digits(pattern: str) -> tuple[int, ...]:
    """How many digits alone match a pattern, tried with numbers that may be counts or years."""
    return tuple(
        count
        for count in range(1, _MOST_DIGITS + 1)
        if any(re.fullmatch(pattern, (digits * count)[:count]) for digits in ("1", "20"))
    )


def number(pattern: str) -> Schema:
    """Return type and limits of the numbers whose text matches a pattern; empty if none does."""
    digits = _digits(pattern)
    if not digits:
        return {}
    is_whole = not re.fullmatch(pattern, "1.5")
    schema: Schema = {"type": "integer" if is_whole else "number"}
    most = 10 ** max(digits) - is_whole
    is_signed = re.fullmatch(pattern, "-1")
    if max(digits) < _MOST_DIGITS:
        schema |= {"minimum": -most if is_signed else 0, "maximum": most}
    return schema
