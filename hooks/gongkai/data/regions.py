"""Regions: where agencies are, and the last days that they set for reports."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.forms.kinds import KINDS
from gongkai.source import rules
from gongkai.source.dates import MONTH_DAY, month_day
from gongkai.source.fields import NAME, Fields, Reading
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node, Scalar
from gongkai.source.shapes import Group, Text

CODE = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)
"""行政区划代码 (GB/T 2260): six digits, nine for townships."""


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division, or another area with agencies of its own."""

    code: str
    """行政区划代码 (GB/T 2260): six digits, nine for townships."""
    name: str
    parent: str
    """The code of the region above it; empty at the top."""
    note: str
    deadlines: tuple[tuple[str, str], ...] = ()
    """Its own last days for reports (`01-28`), by kind of agency; see `deadlines.deadline`."""


REGION_CODE = Text("行政区划代码：6 位数字，乡镇写 9 位。", CODE.pattern, needed=True)
"""The keys of `regions.yaml`."""
REGION = Group(
    "一个地区，键是行政区划代码（GB/T 2260）。",
    {
        "名称": Text("地区名称。", NAME.pattern, needed=True),
        "上级": Text("上级地区的行政区划代码；最上一级不写。"),
        "备注": Text("需要说明的事情。"),
        "期限": Group(
            "本地区规定的报告期限，比法定期限早才写。",
            dict.fromkeys(KINDS, Text("月和日，例如 01-28。", MONTH_DAY.pattern)),
        ),
    },
)
"""What `regions.yaml` says of a region."""


def read_regions(reading: Reading, node: Node) -> dict[str, Region]:
    """Read `regions.yaml`: regions by code; a parent must exist and lead to a top."""
    if not isinstance(node, MappingNode):
        reading.fields(node, (), "地区文件")
        return {}
    entries = reading.entries(node, (key.text for key, _ in node.entries))
    found = {}
    for code, (key, value) in entries.items():
        fields = reading.fields(value, REGION.keys, f"地区“{code}”")
        if not CODE.fullmatch(code):
            message, hint = f"行政区划代码“{code[:20]}”不对。", "写 6 位数字，乡镇写 9 位。"
            reading.report(key, rules.VALUE, message, hint)
        name = fields.name("名称", needed="写明地区名称。")
        parent, note = fields.text("上级"), fields.text("备注")
        found[code] = Region(code, name, parent, note, _deadlines(reading, fields))
    for code, (key, _) in entries.items():
        _check_parents(reading, key, found, code)
    return found


def _deadlines(reading: Reading, fields: Fields) -> tuple[tuple[str, str], ...]:
    node = fields.get("期限")
    if node is None:
        return ()
    inner = reading.fields(node, KINDS, "“期限”")
    return tuple((kind, day) for kind in KINDS if (day := month_day(inner, kind)))


def _check_parents(reading: Reading, key: Scalar, regions: Mapping[str, Region], code: str) -> None:
    parent = regions[code].parent
    if parent and parent not in regions:
        message = f"“{code}”的上级“{parent}”不在地区文件里。"
        reading.report(key, rules.REFERENCE, message, "先加上这个上级，或者改正上级代码。")
    elif regions[code] in lineage(regions, parent):
        message = f"“{code}”的上级绕了一圈，又回到它自己。"
        reading.report(key, rules.REFERENCE, message, "改正上级代码。")


class RegionTree:
    """Which regions lie below which; a circle is walked once."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        """Index regions by their parents."""
        self._children: dict[str, list[str]] = {}
        for region in regions.values():
            self._children.setdefault(region.parent, []).append(region.code)

    def below(self, code: str) -> frozenset[str]:
        """Return the codes of all regions below one, whose own is not among them."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            children = self._children.get(waiting.pop(), ())
            waiting += (child for child in children if child not in found)
            found.update(children)
        return frozenset(found - {code})


def lineage(regions: Mapping[str, Region], code: str) -> tuple[Region, ...]:
    """Return a region with those above it, outermost first; a circle is walked once."""
    above: dict[str, Region] = {}
    while code in regions and code not in above:
        above[code] = regions[code]
        code = regions[code].parent
    return tuple(reversed(above.values()))
