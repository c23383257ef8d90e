"""Agencies: who reports."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.forms.kinds import KINDS
from gongkai.source import rules
from gongkai.source.dates import PERIOD, period
from gongkai.source.fields import NAME, WEB_ADDRESS, Fields, Reading
from gongkai.source.nodes import Node
from gongkai.source.problems import Location
from gongkai.source.shapes import Group, Items, Shape, Text

from . import lifetimes
from .answers import ANSWER_KEYS, Answer, read_answers
from .lifetimes import Lifetime, read_lifetime
from .regions import CODE, Region

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}", re.ASCII)
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_TELEPHONE = re.compile(r"[0-9+() 、，；转-]{3,60}")
_EMAIL = re.compile(r"""[^@\s<>"']+@[^@\s<>"']+""", re.ASCII)


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
        """Return the full name that the agency bore at the end of a year."""
        for former in self.former_names:
            if former.first[:4] <= str(year) < former.last[:4]:
                return former.name
        return self.name


LINKS = ("网站", "公开指南", "公开目录", "法定主动公开内容", "年度报告", "依申请公开")
_FORMER_NAME = Group(
    "一个曾用名。",
    {
        "名称": Text("曾用的全称。", NAME.pattern, needed=True),
        "起": Text("从什么时候起用，例如 2019 或 2019-08-01。", PERIOD.pattern),
        "止": Text("用到什么时候，例如 2019 或 2019-08-01。", PERIOD.pattern),
    },
)
_OFFICE = Group(
    "政府信息公开工作机构的联系方式。",
    {
        "名称": Text("负责信息公开的内设机构。", NAME.pattern, needed=True),
        "地址": Text("办公地址。", NAME.pattern),
        "邮编": Text("6 位数字。", _POSTCODE.pattern),
        "电话": Text("例如 0883-2160000。", _TELEPHONE.pattern),
        "电子邮箱": Text("例如 name@example.gov.cn。", _EMAIL.pattern),
        "办公时间": Text("例如 工作日 8:30—17:30。", NAME.pattern),
        "核对日期": Text("最近一次核对联系方式的日期，例如 2026-01-20。", PERIOD.pattern),
    },
)
_LINK = Text("网址，以 https:// 开头。", WEB_ADDRESS.pattern)
AGENCY_KEYS: Mapping[str, Shape] = {
    "全称": Text("机关的规范全称。", NAME.pattern, needed=True),
    "简称": Text("列表里用的简称。", NAME.pattern),
    "类别": Text(f"写{'、'.join(KINDS)}之一。", needed=True, choices=KINDS),
    "地区": Text("所在地区的行政区划代码。", CODE.pattern, needed=True),
    "曾用名": Items("改过名的机关写曾用的全称。", _FORMER_NAME),
    "统一社会信用代码": Text("18 位数字和大写字母。", _CREDIT_CODE.pattern),
    "行政区划代码": Text("机关自己的行政区划代码，政府才写。", CODE.pattern),
    "公开机构": _OFFICE,
    "链接": Group("机关的官方网页。", dict.fromkeys(LINKS, _LINK)),
    "沿革": Text("机关设立、合并、更名的经过。"),
    **lifetimes.KEYS,
    **ANSWER_KEYS,
}
"""The keys of an `agency.yaml` in the order in which they are written."""


def read_agency(
    reading: Reading,
    node: Node,
    slug: str,
    regions: Mapping[str, Region],
    slugs: Container[str] = (),
) -> Agency:
    """Read an `agency.yaml`; `slugs` are those of all agencies, empty where not known."""
    fields = reading.fields(node, AGENCY_KEYS, "机关文件")
    needed = "写地区的行政区划代码。"
    region = fields.matching("地区", CODE, "6 位行政区划代码", needed=needed)
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
        division_code=fields.matching("行政区划代码", CODE, "6 位数字"),
        office=_office(reading, fields),
        links=_links(reading, fields),
        history=fields.text("沿革"),
        life=read_lifetime(reading, fields, slug, slugs),
        answers=read_answers(reading, fields),
        places={key: reading.at(value) for key, (_, value) in fields.found.items()},
    )


def _former_names(reading: Reading, nodes: Iterable[Node]) -> Iterable[FormerName]:
    for node in nodes:
        fields = reading.fields(node, _FORMER_NAME.keys, "“曾用名”的每一项")
        yield FormerName(
            fields.name("名称", needed="写曾用的全称。"),
            period(fields, "起"),
            period(fields, "止"),
        )


def _office(reading: Reading, fields: Fields) -> Office | None:
    node = fields.get("公开机构")
    if node is None:
        return None
    inner = reading.fields(node, _OFFICE.keys, "“公开机构”")
    return Office(
        name=inner.name("名称", needed="写负责信息公开的内设机构。"),
        address=inner.name("地址"),
        postcode=inner.matching("邮编", _POSTCODE, "6 位数字"),
        telephone=inner.matching("电话", _TELEPHONE, "0883-2160000 这样的号码"),
        email=inner.matching("电子邮箱", _EMAIL, "name@example.gov.cn 这样的邮箱"),
        hours=inner.name("办公时间"),
        checked=period(inner, "核对日期", "2026-01-20"),
    )


def _links(reading: Reading, fields: Fields) -> tuple[tuple[str, str], ...]:
    node = fields.get("链接")
    if node is None:
        return ()
    inner = reading.fields(node, LINKS, "“链接”")
    return tuple((key, url) for key in LINKS if (url := inner.url(key)))
