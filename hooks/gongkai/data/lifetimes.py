"""When an agency existed, what became of it, and the years in which it owes no report."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from gongkai.source import rules
from gongkai.source.dates import PERIOD, YEAR, period
from gongkai.source.fields import Fields, Reading
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.shapes import Group, Shape, Text

FOUNDED, ENDED, SUCCESSOR, EXEMPT = "设立", "撤销", "并入", "不需报告"
KEYS: Mapping[str, Shape] = {
    FOUNDED: Text("什么时候设立，例如 2019 或 2019-08-01。", PERIOD.pattern),
    ENDED: Text("什么时候撤销，例如 2023 或 2023-12-01。", PERIOD.pattern),
    SUCCESSOR: Text("撤销后并入哪个机关，写它的文件夹名。"),
    EXEMPT: Group("不需要报告的年度，写成 {2020: 原因}。", others=Text("为什么不需要报告。")),
}
"""The keys of an agency file that say how long the agency existed."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """From when to when an agency existed; dates are `2019`, `2019-08` or `2019-08-01`."""

    founded: str = ""
    """Empty where it is not known: then it existed from the portal's first year on."""
    ended: str = ""
    """Empty while it exists."""
    successor: str = ""
    """The slug of the agency that it was merged into; empty where there is none."""
    exempt: tuple[tuple[int, str], ...] = ()
    """The years in which no report is due, each with the reason."""

    def is_founded_in(self, year: int) -> bool:
        """Whether it had begun to exist by the end of a year."""
        return self.founded[:4] <= str(year)

    def is_ended_in(self, year: int) -> bool:
        """Whether it no longer existed at the end of a year: then nobody is left to report."""
        return bool(self.ended) and self.ended[:4] <= str(year)

    def exemption(self, year: int) -> str:
        """Return why no report is due for a year; empty where one is."""
        return dict(self.exempt).get(year, "")


def read_lifetime(reading: Reading, fields: Fields, slug: str, slugs: Container[str]) -> Lifetime:
    """Read the keys of an agency file that say how long the agency existed.

    Args:
        reading: the agency file.
        fields: its entries.
        slug: the agency's own slug.
        slugs: all agencies' slugs; empty where they are not known.
    """
    life = Lifetime(
        founded=period(fields, FOUNDED),
        ended=period(fields, ENDED),
        successor=_successor(reading, fields, slug, slugs),
        exempt=_exempt(reading, fields),
    )
    shared = min(len(life.founded), len(life.ended))
    ended = fields.get(ENDED)
    if ended is not None and life.ended[:shared] < life.founded[:shared]:
        message = f"“{ENDED}”{life.ended} 早于“{FOUNDED}”{life.founded}。"
        reading.report(ended, rules.VALUE, message, "改正其中一个日期。")
    return life


def _successor(reading: Reading, fields: Fields, slug: str, slugs: Container[str]) -> str:
    node = fields.get(SUCCESSOR)
    other = fields.text(SUCCESSOR)
    if node is None or not other:
        return ""
    if fields.get(ENDED) is None:
        message = f"写了“{SUCCESSOR}”，没有写“{ENDED}”的时间。"
        reading.report(node, rules.MISSING_KEY, message, f"补上“{ENDED}: 2023-05”这样的一行。")
    if other == slug:
        message, hint = f"“{SUCCESSOR}”写的是本机关自己。", "写接收本机关职责的机关。"
        reading.report(node, rules.REFERENCE, message, hint)
    elif slugs and other not in slugs:
        message = f"没有“{other[:40]}”这个机关。"
        reading.report(node, rules.REFERENCE, message, "写 data/agencies 里的文件夹名。")
        return ""
    return other


def _exempt(reading: Reading, fields: Fields) -> tuple[tuple[int, str], ...]:
    node = fields.get(EXEMPT)
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        hint = "写成 {2020: 原因} 这样，一年一项。"
        reading.report(node, rules.WRONG_TYPE, f"“{EXEMPT}”应当是一组“年份: 原因”。", hint)
        return ()
    keys = [key.text for key, _ in node.entries]
    found = []
    for text, (key, value) in reading.entries(node, keys).items():
        reason = reading.text(value, f"“{EXEMPT}”{text} 年的原因", "写明为什么不需报告。")
        if not YEAR.fullmatch(text):
            reading.report(key, rules.VALUE, f"“{text[:24]}”不是年份。", "写四位年份，例如 2020。")
        elif reason:
            found.append((int(text), reason))
    return tuple(found)
