"""Made-up regions and the agencies in them, with valid codes, as text of their data files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

from gongkai.data.agencies import LINKS
from gongkai.editing.quoting import scalar
from gongkai.forms.kinds import KINDS
from narrative import Grammar

COUNTIES_PER_CITY, CITIES_PER_PROVINCE, MAX_PROVINCES = 6, 8, 10
AGENCIES_PER_REGION = 6
_LEVELS = ("省", "市", "县")
_KINDS_BELOW = (1, 2, 1, 3, 1, 4)
"""The kinds of a region's agencies after its government, in turn, as positions in `KINDS`."""
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Region:
    """A made-up administrative division."""

    code: str
    name: str
    full_name: str
    """With the names of the regions above it, the province left out."""
    parent: str

    @property
    def is_county(self) -> bool:
        """Whether it is of the lowest level."""
        return not self.code.endswith("00")


@dataclass(frozen=True, slots=True)
class Agency:
    """A made-up agency."""

    slug: str
    name: str
    kind: str
    region: Region

    @property
    def is_government(self) -> bool:
        """Whether it is a region's government, which may publish until the end of March."""
        return self.kind == KINDS[0]

    @property
    def may_make_rules(self) -> bool:
        """Whether the law lets it make administrative rules."""
        return self.is_government and not self.region.is_county


def regions(counties: int, grammar: Grammar, random: Random) -> list[Region]:
    """Make a tree of provinces, cities and counties with so many counties."""
    names = _distinct_names(grammar, random)
    found: list[Region] = []
    cities = -(-counties // COUNTIES_PER_CITY)
    for number in range(cities):
        province = f"{90 + number // CITIES_PER_PROVINCE % MAX_PROVINCES}0000"
        if number % CITIES_PER_PROVINCE == 0:
            name = next(names) + _LEVELS[0]
            found.append(Region(province, name, name, ""))
        city = f"{province[:2]}{number % CITIES_PER_PROVINCE + 1:02}00"
        name = next(names) + _LEVELS[1]
        found.append(Region(city, name, name, province))
        for county in range(min(COUNTIES_PER_CITY, counties - number * COUNTIES_PER_CITY)):
            own = next(names) + _LEVELS[2]
            found.append(Region(f"{city[:4]}{21 + county}", own, name + own, city))
    return found


def _distinct_names(grammar: Grammar, random: Random) -> Iterator[str]:
    used = set()
    while True:
        name = grammar.expand("{name}", random)
        if name not in used:
            used.add(name)
            yield name


def agencies(wanted: int, grammar: Grammar, random: Random) -> tuple[list[Region], list[Agency]]:
    """Make agencies of all kinds, spread evenly over as many regions as they need."""
    limit = MAX_PROVINCES * CITIES_PER_PROVINCE * COUNTIES_PER_CITY
    tree = regions(min(max(2, wanted // AGENCIES_PER_REGION), limit), grammar, random)
    seats = [_seats(region, turn, grammar, random) for turn, region in enumerate(tree)]
    made = [next(seats[number % len(seats)]) for number in range(wanted)]
    return tree, made


def _seats(region: Region, turn: int, grammar: Grammar, random: Random) -> Iterator[Agency]:
    """Yield a region's agencies: first its government, then the others from a turn on."""
    departments = grammar.words["departments"]
    bodies = iter(random.sample(departments, len(departments)))
    towns = _distinct_names(grammar, random)
    names: Mapping[str, Callable[[], str]] = {
        KINDS[0]: lambda: "人民政府",
        KINDS[1]: lambda: next(bodies),
        KINDS[2]: lambda: next(towns) + grammar.expand("{towns}", random),
        KINDS[3]: lambda: next(towns) + grammar.expand("{zones}", random),
        KINDS[4]: lambda: next(towns) + grammar.expand("{others}", random),
    }
    for number in count(1):
        kind = KINDS[_KINDS_BELOW[(turn + number) % len(_KINDS_BELOW)] if number > 1 else 0]
        name = region.full_name + names[kind]()
        yield Agency(f"a{region.code}-{number:02}", name, kind, region)


def regions_text(tree: Sequence[Region]) -> str:
    """Write `regions.yaml`."""
    above = {region.code: f", 上级: {region.parent}" if region.parent else "" for region in tree}
    return "".join(f"{item.code}: {{名称: {item.name}{above[item.code]}}}\n" for item in tree)


def agency_text(agency: Agency, grammar: Grammar, random: Random) -> str:
    """Write an `agency.yaml` with all its keys, the former name only for some."""
    room, street = grammar.expand("{office_rooms}", random), grammar.expand("{road}", random)
    area_code, number = random.randrange(310, 999), random.randrange(2_000_000, 8_999_999)
    lines = [
        f"全称: {agency.name}",
        f"类别: {agency.kind}",
        f"地区: {agency.region.code}",
        f"统一社会信用代码: {credit_code(agency.region.code, random)}",
        f"行政区划代码: {agency.region.code}",
        "公开机构:",
        f"  名称: {room}",
        f"  地址: {agency.region.full_name}{street}{random.randrange(1, 300)}号",
        f'  邮编: "{random.randrange(100_000, 860_000)}"',
        f"  电话: {scalar(f'0{area_code}-{number}')}",
        f"  电子邮箱: {agency.slug}@portal.example",
        "  办公时间: 工作日上午8点30分至12点，下午14点30分至18点",
        f"  核对日期: 2026-01-{random.randrange(5, 31):02}",
        "链接:",
        *(f"  {key}: https://portal.example/{agency.slug}/{at}/" for at, key in enumerate(LINKS)),
    ]
    if not agency.is_government and random.random() < 0.1:
        former = f"{agency.region.full_name}{grammar.expand('{fields}', random)}办公室"
        lines += ["曾用名:", f"  - {{名称: {former}, 起: 2011, 止: 2018}}"]
    return "\n".join(lines) + "\n"


def credit_code(division: str, random: Random) -> str:
    """Make a 统一社会信用代码 with correct check characters (GB 32100-2015, GB 11714-1997)."""
    organisation = f"{random.randrange(10**8):08}"
    weighted = zip(organisation, _ORGANISATION_WEIGHTS, strict=True)
    check = -sum(int(digit) * weight for digit, weight in weighted) % 11
    body = f"11{division}{organisation}{'0123456789X'[check]}"
    total = sum(
        _CREDIT_ALPHABET.index(character) * pow(3, place, 31)
        for place, character in enumerate(body)
    )
    return body + _CREDIT_ALPHABET[-total % 31]
