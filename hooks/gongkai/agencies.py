"""Regions and agencies: who reports, and where."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from . import lifetimes, rules
from .answers import ALLOWED, ANSWERS, Answer, read_answers
from .dates import month_day
from .fields import Fields, Reading
from .lifetimes import Lifetime, read_lifetime
from .nodes import Mapping as MappingNode
from .nodes import Node, Scalar
from .problems import Location

GOVERNMENT = "政府"
"""The kind whose report covers its whole region, from the county upwards."""

KINDS = (GOVERNMENT, "部门", "乡镇街道", "片区", "其他")
"""The kinds of agencies, in the order in which lists show them."""

_REGION_CODE = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}", re.ASCII)
_PERIOD = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_TELEPHONE = re.compile(r"[0-9+() 、，；转-]{3,60}")
_EMAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+", re.ASCII)


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


class FormerName(NamedTuple):
    """A name that an agency bore, and from when to when (a year or a date; empty: not known)."""

    name: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Office:
    """The contact of an agency's disclosure office (政府信息公开工作机构)."""

    name: str
    address: str
    postcode: str
    telephone: str
    email: str
    hours: str
    checked: str
    """The date when the contact was last confirmed."""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that publishes annual reports."""

    slug: str
    path: str
    name: str
    """规范全称: the full official name."""
    short_name: str
    kind: str
    region: str
    """The code of its region."""
    former_names: tuple[FormerName, ...]
    credit_code: str
    """统一社会信用代码 (GB 32100-2015), 18 characters; empty where not known."""
    division_code: str
    office: Office | None
    links: tuple[tuple[str, str], ...]
    """Official pages: what, and its address."""
    history: str
    life: Lifetime
    answers: tuple[Answer, ...] = ()
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where the keys of its file stand."""

    def name_in(self, year: int) -> str:
        """The full name that the agency bore at the end of a year."""
        for former in self.former_names:
            if former.first[:4] <= str(year) < former.last[:4]:
                return former.name
        return self.name


LINKS = ("网站", "公开指南", "公开目录", "法定主动公开内容", "年度报告", "依申请公开")
_AGENCY = (
    "全称",
    "简称",
    "类别",
    "地区",
    "曾用名",
    "统一社会信用代码",
    "行政区划代码",
    "公开机构",
    "链接",
    "沿革",
    *lifetimes.KEYS,
    ANSWERS,
    ALLOWED,
)


def read_regions(reading: Reading, node: Node) -> dict[str, Region]:
    """Read `regions.yaml`: regions by code; a parent must exist and lead to a top."""
    if not isinstance(node, MappingNode):
        reading.fields(node, (), "地区文件")
        return {}
    entries = reading.entries(node, (key.text for key, _ in node.entries))
    found = {}
    for code, (key, value) in entries.items():
        fields = reading.fields(value, ("名称", "上级", "备注", "期限"), f"地区“{code}”")
        if not _REGION_CODE.fullmatch(code):
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


def lineage(regions: Mapping[str, Region], code: str) -> tuple[Region, ...]:
    """Return a region with those above it, outermost first; a circle is walked once."""
    above: dict[str, Region] = {}
    while code in regions and code not in above:
        above[code] = regions[code]
        code = regions[code].parent
    return tuple(reversed(above.values()))


_RANKS = (("0000", "省级政府"), ("00", "市级政府"), ("", "县级政府"))
_TOWNSHIP = 9


def rank(agency: Agency) -> str:
    """The rank of a government by the code of its region; empty for other agencies."""
    if agency.kind != KINDS[0]:
        return ""
    if len(agency.region) >= _TOWNSHIP:
        return "乡级政府"
    return next(name for ending, name in _RANKS if agency.region.endswith(ending))


def read_agency(
    reading: Reading,
    node: Node,
    slug: str,
    regions: Mapping[str, Region],
    slugs: Container[str] = (),
) -> Agency:
    """Read an `agency.yaml`; `slugs` are those of all agencies, empty where not known."""
    fields = reading.fields(node, _AGENCY, "机关文件")
    needed = "写地区的行政区划代码。"
    region = fields.matching("地区", _REGION_CODE, "6 位行政区划代码", needed=needed)
    region_node = fields.get("地区")
    if region and regions and region not in regions and region_node is not None:
        hint = "先在 data/regions.yaml 里加上这个地区。"
        reading.report(region_node, rules.REFERENCE, f"没有代码是“{region}”的地区。", hint)
    kinds, choice = re.compile("|".join(KINDS)), f"{'、'.join(KINDS)}之一"
    return Agency(
        slug=slug,
        path=reading.path,
        name=fields.name("全称", needed="写机关的规范全称。"),
        short_name=fields.name("简称"),
        kind=fields.matching("类别", kinds, choice, needed=f"写{choice}。"),
        region=region,
        former_names=tuple(_former_names(reading, fields.each("曾用名"))),
        credit_code=fields.matching("统一社会信用代码", _CREDIT_CODE, "18 位数字和大写字母"),
        division_code=fields.matching("行政区划代码", _REGION_CODE, "6 位数字"),
        office=_office(reading, fields),
        links=_links(reading, fields),
        history=fields.text("沿革"),
        life=read_lifetime(reading, fields, slug, slugs),
        answers=read_answers(reading, fields),
        places={key: reading.at(value) for key, (_, value) in fields.found.items()},
    )


def _former_names(reading: Reading, nodes: Iterable[Node]) -> Iterable[FormerName]:
    for node in nodes:
        fields = reading.fields(node, ("名称", "起", "止"), "“曾用名”的每一项")
        yield FormerName(
            fields.name("名称", needed="写曾用的全称。"),
            fields.matching("起", _PERIOD, "2019 或 2019-08-01"),
            fields.matching("止", _PERIOD, "2019 或 2019-08-01"),
        )


def _office(reading: Reading, fields: Fields) -> Office | None:
    node = fields.get("公开机构")
    if node is None:
        return None
    keys = ("名称", "地址", "邮编", "电话", "电子邮箱", "办公时间", "核对日期")
    inner = reading.fields(node, keys, "“公开机构”")
    return Office(
        name=inner.name("名称", needed="写负责信息公开的内设机构。"),
        address=inner.name("地址"),
        postcode=inner.matching("邮编", re.compile(r"\d{6}", re.ASCII), "6 位数字"),
        telephone=inner.matching("电话", _TELEPHONE, "0883-2160000 这样的号码"),
        email=inner.matching("电子邮箱", _EMAIL, "name@example.gov.cn 这样的邮箱"),
        hours=inner.name("办公时间"),
        checked=inner.matching("核对日期", _PERIOD, "2026-01-20"),
    )


def _links(reading: Reading, fields: Fields) -> tuple[tuple[str, str], ...]:
    node = fields.get("链接")
    if node is None:
        return ()
    inner = reading.fields(node, LINKS, "“链接”")
    return tuple((key, url) for key in LINKS if (url := inner.url(key)))
