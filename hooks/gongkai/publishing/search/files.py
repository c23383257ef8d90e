"""The index → scripts that a page loads by need: they work on a disk too, where nothing is fetched.

Each script hands over its name, the build that it belongs to, and its data.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple

from gongkai.data.reports import Report
from gongkai.html.artifacts import Artifact, Sort, text
from gongkai.html.site import Site

from . import catalogue
from .characters import normalised, table
from .corpus import SLOT, Corpus
from .entries import Entry, Kind, entries, kinds
from .grams import LONGEST, grams
from .numbers import ALPHABET, ascending, written

FOLDER = "search/data"
_COMMON = 12_000
"""A gram in more places than this has too many to load them."""
_LIST_PER_CHARACTER, _SHARD = 2.5, 28_000
"""What the lists of a character of text take, and roughly how much of that goes into one file."""
_SHARDS_OF_CHARACTERS = 8
"""One file for the lists of single characters stands beside so many files for those of grams."""
_TEXTS, _MOST_TEXT_FILES = 4, 2500
"""How many reports' texts go into one file, unless that makes too many files."""
_PRIME, _FACTOR = 1_000_003, 8191


class File(NamedTuple):
    """A script below `FOLDER`; its name has no ending."""

    name: str
    content: str


def artifacts(site: Site, common: int = _COMMON) -> Iterator[Artifact]:
    """Yield the index.

    Args:
        site: what the reports are taken from.
        common: the most places that a gram may have before it is listed as common.
    """
    for file in files(site, common):
        yield text(f"{FOLDER}/{file.name}.js", Sort.SEARCH, partial(str, file.content))


def files(site: Site, common: int = _COMMON) -> Iterator[File]:
    """Yield the files of the index, texts first, then lists, then what says where they are."""
    named = kinds(site.portal.dataset.formats)
    corpus = Corpus(tuple(named))
    ordered = catalogue.in_order(site)
    size = max(_TEXTS, -(-len(ordered) // _MOST_TEXT_FILES))
    for number, group in enumerate(_groups(ordered, size)):
        found = [list(entries(site, report)) for report in group]
        for listed in found:
            corpus.add(listed)
        yield _file(f"t{number}", "", [_texts(listed, list(named)) for listed in found])
    text = corpus.text()
    names, reports = catalogue.catalogue(site), catalogue.reports(site, ordered)
    corpus.digest.update(f"{named}{names}{reports}".encode("utf-8", "replace"))
    build = corpus.digest.hexdigest()[:12]
    shards, often = _shards(corpus, text, common)
    for name, lists in shards.items():
        yield _wrapped(name, build, f"[{lists[1:].decode()}]")
    alphabet = frozenset(text) | frozenset(normalised(f"{names}{reports}"))
    yield _file("characters", build, table(alphabet))
    yield _file("catalogue", build, names)
    yield _file("reports", build, {**reports, **_plan(corpus, named, often, shards, size)})


def _groups(reports: Iterable[Report], size: int) -> Iterator[list[Report]]:
    rest = iter(reports)
    while group := list(islice(rest, size)):
        yield group


def _texts(listed: Iterable[Entry], order: list[Kind]) -> list[list[object]]:
    """The entries of a report as they are shown; the fragment is left out where it is usual."""
    return [
        [
            order.index(entry.kind),
            "" if entry.fragment == entry.kind.section else entry.fragment,
            *entry.pieces,
        ]
        for entry in listed
    ]


def _shards(corpus: Corpus, text: str, common: int) -> tuple[dict[str, bytearray], list[str]]:
    """Return the lists by file, grams and lists in turn, and the grams that are common.

    They are written at once: kept as strings of their own, they would take twice the memory.
    """
    size = max(1, int(len(text) * _LIST_PER_CHARACTER) // _SHARD)
    of_characters = -(-size // _SHARDS_OF_CHARACTERS)
    shards = {f"s{number}": bytearray() for number in range(size)}
    shards |= {f"c{number}": bytearray() for number in range(of_characters)}
    for character, units in corpus.taken_characters():
        shards[f"c{_hash(character) % of_characters}"] += _listed(character, units)
    often = []
    for gram in grams(text, corpus.units_of, common):
        shards[f"s{_hash(gram.text) % size}"] += _listed(gram.text, gram.places)
        if gram.is_common:
            often.append(gram.text)
    return shards, often


def _listed(gram: str, places: Iterable[int]) -> bytes:
    """A gram and its list as JSON, behind a comma; the digits of a list need no escapes."""
    return f',{json.dumps(gram, ensure_ascii=False)},"{ascending(places)}"'.encode()


def _hash(gram: str) -> int:
    number = 0
    for character in gram:
        number = (number * _FACTOR + ord(character)) % _PRIME
    return number


def _plan(
    corpus: Corpus,
    named: Mapping[Kind, str],
    often: list[str],
    shards: Mapping[str, object],
    size: int,
) -> dict[str, object]:
    """What the browser must know to read lists and texts."""
    of_grams = sum(name.startswith("s") for name in shards)
    return {
        "alphabet": ALPHABET,
        "kinds": [[kind.section, kind.is_heading, heading] for kind, heading in named.items()],
        "slot": SLOT,
        "widths": [written(widths) for widths in corpus.widths],
        "longest": LONGEST,
        "common": often,
        "shards": {"s": of_grams, "c": len(shards) - of_grams},
        "hash": [_FACTOR, _PRIME],
        "texts": size,
    }


def _file(name: str, build: str, data: object) -> File:
    return _wrapped(name, build, json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _wrapped(name: str, build: str, words: str) -> File:
    return File(name, f'gongkai.take("{name}","{build}",{words});\n')
