"""A synthetic data folder: made-up agencies with consistent reports for seven years."""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

from gongkai.data.files import AGENCIES, AGENCY_FILE, FORMATS_FOLDER, REGIONS, VOCABULARY
from gongkai.data.report_keys import CHANNELS, ORIGINAL, PUBLISHED, SOURCE
from gongkai.data.reports import Source
from gongkai.editing.drafts import Draft, mapping, scalar, sequence, text
from gongkai.forms.formats import Format, of_year
from gongkai.forms.reader import read_formats
from gongkai.source.fields import Reading
from gongkai.source.nodes import Node
from gongkai.source.reading import read
from narrative import Grammar, Item, Writer
from places import Agency, agencies, agency_text, regions_text
from tabulation import Bookkeeper, Values, printed

ROOT = Path(__file__).resolve().parents[2]
YEARS = range(2019, 2026)
_FIRST_FILED_YEAR = 2023
"""Older reports were published elsewhere before and only copied here."""
_FORMAT_DEPTH = 24
_HAN = re.compile("[一-鿿]+")


@dataclass(slots=True)
class Tally:
    """How much prose was written, and how varied it is."""

    sizes: list[int] = field(default_factory=list)
    bigrams: set[tuple[str, str]] = field(default_factory=set)

    def add(self, texts: Iterable[str]) -> None:
        """Count the prose of one report."""
        words = "\n".join(texts)
        self.sizes.append(len(words))
        for run in _HAN.findall(words):
            self.bigrams.update(pairwise(run))

    def __str__(self) -> str:
        size = median(self.sizes) if self.sizes else 0
        return (
            f"{len(self.sizes)} 份报告，正文长度的中位数 {size:.0f} 字，"
            f"不同的二字组合 {len(self.bigrams)} 个"
        )


def generate(folder: Path, reports: int, seed: int) -> Tally:
    """Write `data/` below a folder, in place of one that is there."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(ROOT / "data" / FORMATS_FOLDER, data / FORMATS_FOLDER)
    shutil.copy(ROOT / "data" / VOCABULARY, data)
    (data / AGENCIES).mkdir()
    editions = _editions(data / FORMATS_FOLDER)
    grammar = Grammar(Path(__file__).with_name("words.yaml"))
    count = -(-reports // len(YEARS))
    tree, made = agencies(count, grammar, Random(f"{seed}/agencies"))
    _write(data / REGIONS, regions_text(tree))
    tally = Tally()
    for number, agency in enumerate(made):
        random = Random(f"{seed}/{agency.slug}")
        home = data / AGENCIES / agency.slug
        home.mkdir()
        _write(home / AGENCY_FILE, agency_text(agency, grammar, random))
        years = YEARS[-min(len(YEARS), reports - number * len(YEARS)) :]
        for year, draft in _drafts(agency, years, editions, (grammar, random)):
            _write(home / f"{year}.yaml", text(draft))
            tally.add(draft.prose.values())
    return tally


def _editions(folder: Path) -> dict[str, Format]:
    files = {}
    for path in sorted(folder.iterdir()):
        files[path.stem] = (Reading(path.name), read(path.name, path.read_bytes(), _FORMAT_DEPTH))
    return read_formats(files)


def _write(path: Path, words: str) -> None:
    path.write_bytes(words.encode())


def _drafts(
    agency: Agency, years: Sequence[int], editions: dict[str, Format], tools: tuple[Grammar, Random]
) -> Iterator[tuple[int, Draft]]:
    """Yield an agency's reports in the order of the years, as each builds on the one before."""
    grammar, random = tools
    books = Bookkeeper(random, agency.may_make_rules)
    for year in years:
        edition = of_year(editions, year)
        if edition is None:
            raise ValueError(f"no format for {year}")
        values = books.year(edition, year)
        facts = _facts(agency, year, edition, values)
        yield year, _draft(agency, year, edition, values, Writer(grammar, random, facts))


def _facts(agency: Agency, year: int, edition: Format, values: dict[str, Values]) -> dict[str, str]:
    """What the prose must tell as the tables do."""
    told = {}
    for name, label in (("received", 0), ("closed", 1), ("pending", 2)):
        figure = edition.key_figures[label]
        told[name] = str(values[figure.section][figure.row][figure.column])
    return {
        "agency": agency.name,
        "place": agency.region.name,
        "year": str(year),
        "next_year": str(year + 1),
        **told,
    }


def _draft(
    agency: Agency, year: int, edition: Format, values: dict[str, Values], writer: Writer
) -> Draft:
    items = writer.channels()
    texts = (writer.overview(items), writer.issues(), writer.other())
    prose = [section.id for section in edition.sections if not section.tables]
    rows = {
        section.id: {
            path: printed(table, leaf, values[section.id][path])
            for path, (table, leaf) in section.rows.items()
        }
        for section in edition.sections
        if section.tables
    }
    return Draft(
        sections=edition.sections,
        head=_head(agency, year, writer.random),
        prose=dict(zip(prose, texts, strict=True)),
        rows=rows,
        others={CHANNELS: _channels(items)},
    )


def _head(agency: Agency, year: int, random: Random) -> list[tuple[str, str]]:
    month = random.randint(1, 3) if agency.is_government else 1
    day, hour, minute = random.randint(4, 28), random.randint(8, 17), random.randint(0, 59)
    head = [(PUBLISHED, f"{year + 1}-{month:02}-{day:02} {hour:02}:{minute:02}")]
    if year < _FIRST_FILED_YEAR:
        head.append((ORIGINAL, f"https://portal.example/{agency.slug}/{year}.html"))
        head.append((SOURCE, Source.TRANSCRIBED))
    return head


def _channels(items: Sequence[Item]) -> Node:
    total = scalar(str(sum(item.count for item in items)))
    return mapping({"合计": total, "明细": sequence(map(_channel, items))})


def _channel(item: Item) -> Node:
    texts = {"内容": item.content, "渠道": item.channel, "条数": str(item.count)}
    values: dict[str, Node] = {key: scalar(words) for key, words in texts.items()}
    if item.parts:
        values["其中"] = mapping({name: scalar(str(count)) for name, count in item.parts})
    return mapping(values)
