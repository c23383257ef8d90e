"""The index → scripts that a page loads by need: they work on a disk too, where nothing is fetched.

Each script hands over its name, the build that it belongs to, and its data.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from gongkai.data.reports import Report
from gongkai.html.artifacts import Artifact, Sort, text
from gongkai.html.site import Site

from . import catalogue
from .characters import normalised, table
from .corpus import SLOT, Corpus
from .entries import EntryKind, entries, kinds
from .grams import LONGEST
from .lists import FACTOR, PRIME, Job, Sizes, Spread, alphabet_of, job_of, put_aside, share
from .numbers import ALPHABET, written
from .texts import ReportText, json_text, report_text

FOLDER = "search/data"
_SIZES = Sizes()
_TEXTS, _MOST_TEXT_FILES = 4, 2500
"""How many reports' texts go into one file, unless that makes too many files."""


class File(NamedTuple):
    """A script below `FOLDER`; its name has no ending."""

    name: str
    content: str


class About(NamedTuple):
    """What is small enough to be known whole."""

    kinds: Mapping[EntryKind, str]
    """With the heading of their section."""
    catalogue: catalogue.Record
    reports: catalogue.Record
    size: int
    """The number of reports."""


def artifacts(
    site: Site, texts: Iterable[ReportText], sizes: Sizes = _SIZES, spread: Spread = map
) -> Iterator[Artifact]:
    """Yield the index of a site; see `files`."""
    for file in files(about(site), texts, sizes, spread):
        yield text(f"{FOLDER}/{file.name}.js", Sort.SEARCH, partial(str, file.content))


def about(site: Site) -> About:
    """Return what the index of a site needs beside the texts of its reports."""
    dataset = site.portal.dataset
    titles = catalogue.in_order(map(partial(catalogue.titled, dataset), dataset.reports))
    reports = catalogue.reports(dataset, titles)
    return About(kinds(dataset.formats), catalogue.catalogue(site), reports, len(titles))


def texts_of(site: Site) -> Iterator[ReportText]:
    """Yield what is searched of each report, in the order of the index."""
    for report in catalogue.in_order(site.portal.dataset.reports):
        yield text_of(site, report)


def text_of(site: Site, report: Report) -> ReportText:
    """Return what is searched of a report."""
    named = kinds(site.portal.dataset.formats)
    return report_text(entries(site, report), {kind: index for index, kind in enumerate(named)})


def files(
    about: About, texts: Iterable[ReportText], sizes: Sizes = _SIZES, spread: Spread = map
) -> Generator[File]:
    """Yield the files of the index: first what is shown, then lists, then where all that is.

    Args:
        about: what is small enough to be known whole.
        texts: those of all reports, in the order of the index; each is needed only once.
        sizes: how the work is cut.
        spread: what carries out the tasks of a stage.
    """
    group_size = max(_TEXTS, -(-about.size // _MOST_TEXT_FILES))
    with TemporaryDirectory(prefix="gongkai-search-") as name:
        folder = Path(name)
        corpus = Corpus(folder, len(about.kinds), sizes.chunk)
        for index, group in enumerate(_groups(texts, group_size)):
            for text in group:
                corpus.add(text)
            yield _file(f"t{index}", "", f"[{','.join(text.shown for text in group)}]")
        corpus.close()
        job = put_aside(job_of(corpus, folder, sizes), spread)
        known = _known(about, corpus, job, group_size)
        build = _build(corpus, known)
        for listed in spread(partial(share, job), range(job.shares)):
            yield from (_file(name, build, lists) for name, lists in listed)
        yield from (_file(name, build, words) for name, words in known.items())


def _groups(texts: Iterable[ReportText], size: int) -> Iterator[list[ReportText]]:
    rest = iter(texts)
    while group := list(islice(rest, size)):
        yield group


def _known(about: About, corpus: Corpus, job: Job, group_size: int) -> dict[str, str]:
    """What the browser must know before it can look for anything: contents by file."""
    plan = {
        "alphabet": ALPHABET,
        "kinds": [
            [kind.section, kind.is_heading, heading] for kind, heading in about.kinds.items()
        ],
        "slot": SLOT,
        "widths": [written(widths) for widths in corpus.widths],
        "longest": LONGEST,
        "common": sorted(job.common),
        "shards": job.files,
        "hash": [FACTOR, PRIME],
        "texts": group_size,
    }
    names, reports = json_text(about.catalogue), json_text({**about.reports, **plan})
    alphabet = alphabet_of(job) | frozenset(normalised(names + json_text(about.reports)))
    return {"characters": json_text(table(alphabet)), "catalogue": names, "reports": reports}


def _build(corpus: Corpus, known: Mapping[str, str]) -> str:
    """Name the build by all that the index holds: the same data have the same name."""
    digest = corpus.digest.copy()
    for name, words in known.items():
        digest.update(f"{name}{words}".encode("utf-8", "replace"))
    return digest.hexdigest()[:12]


def _file(name: str, build: str, words: str) -> File:
    return File(name, f'gongkai.take("{name}","{build}",{words});\n')
