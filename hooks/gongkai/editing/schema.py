"""Formats and the readers' keys → JSON Schemas for editors, and which files they are for.

The dialect is draft-07, which the editors' YAML extensions know best. A schema helps while typing;
what it cannot see (`tests/test_schema.py` lists it) is left to `check`, which alone decides.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from gongkai.data.agencies import AGENCY_KEYS
from gongkai.data.files import AGENCIES, AGENCY_FILE, REGIONS, YEAR_FILE
from gongkai.data.regions import REGION, REGION_CODE
from gongkai.data.report_keys import (
    EDITION,
    HISTORICAL_KEYS,
    ORIGINAL,
    OWN_KEYS,
    PUBLISHED,
    SOURCE,
    UNKNOWN_DATE,
    report_keys,
)
from gongkai.data.reports import Source
from gongkai.forms.formats import Format, Section, of_year

from . import section_schema
from .shape_schema import Schema, keys, of_shape, whole

FOLDER = "schema"
"""The folder below `data/` that holds the schemas."""
SETTINGS = ".vscode/settings.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_WHOLE, _MIXED = "whole-report", "mixed-report"  # no id of a section has a hyphen
_SHORT = 80
_QUIET = {
    "yaml.format.enable": False,  # it would undo the aligned columns
    "yaml.schemaStore.enable": False,  # it would ask another host
    "redhat.telemetry.enabled": False,
}


def files(editions: Mapping[str, Format], data: str) -> dict[str, str]:
    """Return the text of every generated file by its path from the folder that holds `data`."""
    schemas = {edition.id: _report_file(edition, editions) for edition in editions.values()}
    schemas["agency"] = {"$schema": _DRAFT, "title": "机关信息"} | keys(AGENCY_KEYS)
    schemas["regions"] = _regions()
    texts = {f"{data}/{FOLDER}/{name}.json": _text(value) for name, value in schemas.items()}
    return texts | {SETTINGS: _text(_settings(editions, data))}


def _text(value: object) -> str:
    return _json(value, "\n") + "\n"


def _json(value: object, line: str) -> str:
    """JSON with what is short on one line; `line` begins a new one."""
    short = json.dumps(value, ensure_ascii=False)
    if len(short) <= _SHORT or not isinstance(value, dict | list):
        return short
    inner = line + " "
    if isinstance(value, list):
        return f"[{','.join(inner + _json(item, inner) for item in value)}{line}]"
    entries = (
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {_json(item, inner)}"
        for key, item in value.items()
    )
    return f"{{{','.join(entries)}{line}}}"


def _regions() -> Schema:
    return {
        "$schema": _DRAFT,
        "title": "地区",
        "description": REGION_CODE.about,
        "type": "object",
        "patternProperties": {whole(REGION_CODE.pattern): of_shape("地区", REGION)},
        "additionalProperties": False,
    }


def _report_file(edition: Format, editions: Mapping[str, Format]) -> Schema:
    """The schema of the reports of an edition's years; `格式` may lead to another edition's."""
    others = [other for other in editions.values() if other != edition]
    choice: Schema = {"$ref": f"#/definitions/{_WHOLE}"}
    for other in others:
        named = _having(EDITION, {"enum": _names(other)})
        there = {"$ref": f"{other.id}.json#/definitions/{_WHOLE}"}
        choice = {"if": named, "then": there, "else": choice}
    mixed = {"$ref": f"#/definitions/{_MIXED}"}
    return {
        "$schema": _DRAFT,
        "title": edition.title,
        "description": f"{edition.authority}。",
        "if": _having(EDITION, {"type": "object"}),
        "then": mixed,
        "else": choice,
        "allOf": [_state(edition)],
        "definitions": {
            _WHOLE: _report(edition, editions),
            _MIXED: _mixed_report(edition, editions),
            **section_schema.definitions(edition.sections),
        },
    }


def _having(key: str, value: Schema) -> Schema:
    return {"properties": {key: value}, "required": [key]}


def _names(edition: Format) -> list[str | int]:
    """How YAML reads an edition's name: a year without quotation marks is a number."""
    is_number = re.fullmatch("[1-9][0-9]*", edition.id)
    return [edition.id, int(edition.id)] if is_number else [edition.id]


def _state(edition: Format) -> Schema:
    """What only historical reports must or may say."""
    historical = [source.value for source in Source if source is not Source.FILED]
    refused: Schema = dict.fromkeys(HISTORICAL_KEYS, False)
    refused |= {EDITION: {"enum": _names(edition)}, PUBLISHED: {"not": {"const": UNKNOWN_DATE}}}
    return {
        "if": _having(SOURCE, {"enum": historical}),
        "then": {"required": [ORIGINAL]},
        "else": {"properties": refused},
    }


def _own(edition: Format, editions: Mapping[str, Format]) -> Schema:
    """The keys that are no sections."""
    names = [name for other in editions.values() for name in _names(other)]
    following = {
        section.key: {
            "enum": [name for other in _with(section, editions) for name in _names(other)]
        }
        for section in edition.sections
    }
    by_section = {"type": "object", "properties": following, "additionalProperties": False}
    own: Schema = {key: of_shape(key, shape) for key, shape in OWN_KEYS.items()}
    own[EDITION] = {
        "title": EDITION,
        "description": OWN_KEYS[EDITION].about,
        "anyOf": [{"enum": names}, by_section],
    }
    return own


def _with(section: Section, editions: Mapping[str, Format]) -> list[Format]:
    return [edition for edition in editions.values() if section.id in edition.by_id]


def _report(edition: Format, editions: Mapping[str, Format]) -> Schema:
    """A report whose sections all follow one edition."""
    sections = {section.key: _reference(section) for section in edition.sections}
    known = _own(edition, editions) | sections
    properties = {key: known[key] for key in report_keys(edition.sections)}
    return _object(edition, properties, [_presence(edition.sections)])


def _object(edition: Format, properties: Schema, conditions: list[Schema]) -> Schema:
    needed = {"required": [key for key, shape in OWN_KEYS.items() if shape.needed]}
    return {
        "title": edition.title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "allOf": [needed, *conditions],
    }


def _reference(section: Section, file: str = "") -> Schema:
    return {"$ref": f"{file}#/definitions/{section.id}"}


def _presence(sections: Iterable[Section]) -> Schema:
    """Tables must be there; prose must be there, or must not where only figures are recorded."""
    tables = [section.key for section in sections if section.tables]
    prose = [section.key for section in sections if not section.tables]
    return {
        "if": _having(SOURCE, {"const": Source.FIGURES_ONLY.value}),
        "then": {"required": tables, "properties": dict.fromkeys(prose, False)},
        "else": {"required": tables + prose},
    }


def _mixed_report(edition: Format, editions: Mapping[str, Format]) -> Schema:
    """A report some of whose sections follow another edition."""
    choices = [_choice(section, editions) for section in edition.sections]
    possible = {
        other.by_id[section.id].key: True
        for section in edition.sections
        for other in _with(section, editions)
    }
    return _object(edition, _own(edition, editions) | possible, choices)


def _choice(section: Section, editions: Mapping[str, Format]) -> Schema:
    """One section, as its own edition or the one that the report names has it."""
    others = [other for other in _with(section, editions) if other.by_id[section.id] != section]
    possible = (section.key, *(other.by_id[section.id].key for other in others))
    choice = _only(section, _reference(section), possible)
    for other in others:
        there = other.by_id[section.id]
        named = _having(EDITION, _having(section.key, {"enum": _names(other)}))
        then = _only(there, _reference(there, f"{other.id}.json"), possible)
        choice = {"if": named, "then": then, "else": choice}
    return choice


def _only(section: Section, reference: Schema, possible: Iterable[str]) -> Schema:
    refused: Schema = dict.fromkeys(possible, False)
    return {"properties": refused | {section.key: reference}, "allOf": [_presence((section,))]}


def _settings(editions: Mapping[str, Format], data: str) -> dict[str, object]:
    """The settings of VS Code's YAML extension."""
    folder = f"{data}/{AGENCIES}/*"
    globs = {
        edition.id: [f"{folder}/{years}.yaml" for years in _decades(_years(edition, editions))]
        for edition in editions.values()
    }
    globs |= {"agency": [f"{folder}/{AGENCY_FILE}"], "regions": [f"{data}/{REGIONS}"]}
    schemas = {f"./{data}/{FOLDER}/{name}.json": places for name, places in globs.items()}
    return {"yaml.schemas": schemas, **_QUIET}


def _years(edition: Format, editions: Mapping[str, Format]) -> list[int]:
    """The years of an edition among all that a report file may be named after."""
    possible = (year for year in range(1000, 10_000) if YEAR_FILE.fullmatch(f"{year}.yaml"))
    return [year for year in possible if of_year(editions, year) == edition]


def _decades(years: Sequence[int]) -> list[str]:
    """Consecutive years as globs, one for each decade: 2019, 2020, 2021 → 201[9], 202[01]."""
    return [
        f"{decade}[{''.join(str(year % 10) for year in found)}]"
        for decade, found in groupby(years, key=lambda year: year // 10)
    ]
