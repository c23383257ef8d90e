"""Regions and agencies: who reports, and where."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from . import lifetimes, rules
from .answers import ANSWER_KEYS, Answer, read_answers
from .dates import MONTH_DAY, month_day
from .fields import NAME, WEB_ADDRESS, Fields, Reading
from .lifetimes import Lifetime, read_lifetime
from .nodes import Mapping as MappingNode
from .nodes import Node, Scalar
from .problems import Location
from .shapes import Group, Items, Shape, Text

GOVERNMENT = "政府"
"""The kind whose report covers its whole region, from the county upwards."""

KINDS = (GOVERNMENT, "部门", "乡镇街道", "片区", "其他")
"""The kinds of agencies, in the order in which lists show them."""

_REGION_CODE = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}", re.ASCII)
_PERIOD = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_TELEPHONE = re.compile(r"[0-9+() 、，；转-]{3,60}")
_EMAIL = re.compile(r"""[^@\s<>"']+@[^@\s<>"']+""", re.ASCII)


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
REGION_CODE = Text("行政区划代码：6 位数字，乡镇写 9 位。", _REGION_CODE.pattern, needed=True)
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
_FORMER_NAME = Group(
    "一个曾用名。",
    {
        "名称": Text("曾用的全称。", NAME.pattern, needed=True),
        "起": Text("从什么时候起用，例如 2019 或 2019-08-01。", _PERIOD.pattern),
        "止": Text("用到什么时候，例如 2019 或 2019-08-01。", _PERIOD.pattern),
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
        "核对日期": Text("最近一次核对联系方式的日期，例如 2026-01-20。", _PERIOD.pattern),
    },
)
_LINK = Text("网址，以 https:// 开头。", WEB_ADDRESS.pattern)
AGENCY_KEYS: Mapping[str, Shape] = {
    "全称": Text("机关的规范全称。", NAME.pattern, needed=True),
    "简称": Text("列表里用的简称。", NAME.pattern),
    "类别": Text(f"写{'、'.join(KINDS)}之一。", needed=True, choices=KINDS),
    "地区": Text("所在地区的行政区划代码。", _REGION_CODE.pattern, needed=True),
    "曾用名": Items("改过名的机关写曾用的全称。", _FORMER_NAME),
    "统一社会信用代码": Text("18 位数字和大写字母。", _CREDIT_CODE.pattern),
    "行政区划代码": Text("机关自己的行政区划代码，政府才写。", _REGION_CODE.pattern),
    "公开机构": _OFFICE,
    "链接": Group("机关的官方网页。", dict.fromkeys(LINKS, _LINK)),
    "沿革": Text("机关设立、合并、更名的经过。"),
    **lifetimes.KEYS,
    **ANSWER_KEYS,
}
"""The keys of an `agency.yaml`."""


def read_regions(reading: Reading, node: Node) -> dict[str, Region]:
    """Read `regions.yaml`: regions by code; a parent must exist and lead to a top."""
    if not isinstance(node, MappingNode):
        reading.fields(node, (), "地区文件")
        return {}
    entries = reading.entries(node, (key.text for key, _ in node.entries))
    found = {}
    for code, (key, value) in entries.items():
        fields = reading.fields(value, REGION.keys, f"地区“{code}”")
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
    fields = reading.fields(node, AGENCY_KEYS, "机关文件")
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
        fields = reading.fields(node, _FORMER_NAME.keys, "“曾用名”的每一项")
        yield FormerName(
            fields.name("名称", needed="写曾用的全称。"),
            fields.matching("起", _PERIOD, "2019 或 2019-08-01"),
            fields.matching("止", _PERIOD, "2019 或 2019-08-01"),
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
        checked=inner.matching("核对日期", _PERIOD, "2026-01-20"),
    )


def _links(reading: Reading, fields: Fields) -> tuple[tuple[str, str], ...]:
    node = fields.get("链接")
    if node is None:
        return ()
    inner = reading.fields(node, LINKS, "“链接”")
    return tuple((key, url) for key in LINKS if (url := inner.url(key)))
