"""What a search must find: a plain scan of the YAML files, without any code of the package."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from printed import Report, Tree, load, reports, sections_of

SAME = str.maketrans(
    {"“": "", "”": "", "‘": "", "’": "", '"': "", "'": "", "「": "", "」": "", "『": "", "』": ""}
    | dict.fromkeys("〔[【〖", "(")
    | dict.fromkeys("〕]】〗", ")")
)


def plain(text: str) -> str:
    """A text without blanks and quotation marks, its characters as they are usually written."""
    folded = unicodedata.normalize("NFKC", text.translate(SAME)).casefold().translate(SAME)
    return "".join(folded.split())


class Scan:
    """All passages of a data folder, normalised, by report."""

    def __init__(self, data: Path) -> None:
        self.regions: Tree = load(data / "regions.yaml")
        self.agencies = {
            path.parent.name: load(path) for path in data.glob("agencies/*/agency.yaml")
        }
        self.texts: dict[str, list[str]] = {}
        """Each report's prose by paragraph, as typed."""
        self.shown: dict[str, list[str]] = {}
        """All that is searched of each report, the title first, as it is written."""
        self.explanations: dict[str, list[str]] = {}
        self.names: dict[str, list[str]] = {}
        """What is known of each report without its body: names, title and regions, normalised."""
        self.passages: dict[str, list[str]] = {}
        """Those and all passages of the body, normalised."""
        for report in reports(data):
            name = f"{report.slug}/{report.year}"
            self.texts[name] = [text for part in report.parts for text in part.paragraphs]
            self.explanations[name] = list(_texts(report.stated.get("说明", {})))
            about = list(self._about(data, report))
            self.shown[name] = [*about, *_body(data, report)]
            self.names[name] = list(map(plain, about))
            self.passages[name] = list(map(plain, self.shown[name]))

    def find(self, query: str) -> set[str]:
        """The reports in which every term of a query stands in some passage."""
        terms = [plain(term) for term in query.split()]
        return {
            name
            for name, passages in self.passages.items()
            if all(any(term in passage for passage in passages) for term in terms)
        }

    def _about(self, data: Path, report: Report) -> Iterator[str]:
        """The title, the agency's names, and its regions."""
        agency = self.agencies[report.slug]
        former = agency.get("曾用名", [])
        then = [
            one["名称"]
            for one in former
            if one.get("起", "")[:4] <= str(report.year) < one.get("止", "")[:4]
        ]
        usual = title_of(data, report.year).replace("{机关}", (then or [agency["全称"]])[0])
        yield report.stated.get("标题") or usual.replace("{年度}", str(report.year))
        yield from (agency["全称"], agency.get("简称", ""), *(one["名称"] for one in former))
        code = agency["地区"]
        while code:
            yield self.regions[code]["名称"]
            code = self.regions[code].get("上级", "")


@cache
def title_of(data: Path, year: int) -> str:
    """The title of reports of a year."""
    begun = [load(path) for path in data.glob("formats/*.yaml")]
    in_force = [one for one in begun if int(one["years"]["first"]) <= year]
    title: str = max(in_force, key=lambda one: int(one["years"]["first"]))["report_title"]
    return title


def _body(data: Path, report: Report) -> Iterator[str]:
    bands = {
        table.get("band", "")
        for path in (data / "formats").glob("*.yaml")
        for section in sections_of(data / "formats", path.stem)
        for table in section.get("tables", ())
    }
    yield from (text for part in report.parts for text in part.paragraphs)
    for line in report.lines:
        told = [figure.text for figure in line.figures if re.search("[1-9]", figure.text)]
        if told and not line.is_missing:
            yield from (*(label for label in line.labels if label not in bands), *told)
    for item in report.stated.get("主动公开渠道", {}).get("明细", ()):
        yield from (item["内容"], item["渠道"], item["条数"])
        yield from (text for pair in item.get("其中", {}).items() for text in pair)
    yield from _texts(report.stated.get("说明", {}))
    yield from (one["内容"] for one in report.stated.get("更正", ()))
    yield from report.stated.get("转录说明", "").splitlines()


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - a tree of YAML
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


def chance(seed: int) -> Random:
    """What chooses examples, always the same ones."""
    return Random(seed)  # noqa: S311 - nothing is kept secret


def substrings(texts: Sequence[str], count: int, random: Random) -> Iterator[str]:
    """Random parts of texts, of 2 to 12 characters, that are one term."""
    found = 0
    while found < count:
        text = random.choice(texts)
        length = random.randint(2, 12)
        if len(text) >= length:
            start = random.randint(0, len(text) - length)
            part = text[start : start + length]
            if plain(part) and part.split() == [part]:
                found += 1
                yield part


def crossing(texts: Sequence[str], count: int, random: Random) -> Iterator[str]:
    """Strings that reach from the end of a paragraph into the next."""
    for _ in range(count):
        at = random.randrange(len(texts) - 1)
        yield (texts[at][-random.randint(1, 5) :] + texts[at + 1][: random.randint(1, 5)]).strip()
