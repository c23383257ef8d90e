"""A YAML file as an editor's YAML extension reads it, and what a schema says of it."""

import re
from collections.abc import Mapping
from functools import cache

import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

# YAML 1.2's core schema; keys are always texts, and of a key written twice the last counts.
_PLAIN = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), lambda text: int(text, 0)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (
        re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
        lambda text: float(text.replace(".", "")),
    ),
)


def value_of(text: str) -> object:
    """Read a YAML text."""
    return _value(yaml.compose(text, yaml.SafeLoader))


def _value(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    if not isinstance(node, yaml.ScalarNode):
        return None
    text = str(node.value)
    if node.style is None:
        for pattern, convert in _PLAIN:
            if pattern.fullmatch(text):
                return convert(text)
    return text


class Editor:
    """Schemas by file name, as they lie in one folder."""

    def __init__(self, schemas: Mapping[str, object]) -> None:
        resources = [(name, Resource.from_contents(schema)) for name, schema in schemas.items()]
        self.registry = Registry().with_resources(resources)
        self.validator = cache(self._validator)

    def _validator(self, name: str) -> Draft7Validator:
        return Draft7Validator({"$ref": name}, registry=self.registry)

    def complaints(self, name: str, text: str) -> list[str]:
        """What the schema of a name has against a YAML text: places with messages."""
        errors = self.validator(name).iter_errors(value_of(text))
        return [f"{'·'.join(map(str, error.path))}: {error.message[:200]}" for error in errors]
