"""Chunks of text → the lists of all grams, in stages whose tasks may run side by side.

Chunk by chunk, lists of characters and pairs are put aside; then, as long as some grams are common,
those of one character more. When all are there, share by share the lists of all chunks are joined
and written. A task gets and returns plain data, so that it can run in a process of its own.
"""

from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress, repeat
from operator import add, floordiv
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from .corpus import SLOT, Corpus, text_of, units_of_slots
from .grams import LONGEST, Part, Places, characters, longer, pairs
from .lanes import ascending_lists
from .runs import Run, read_run, run_of, write_runs
from .texts import json_text

T = TypeVar("T")
_LIST_PER_CHARACTER, _FILE = 2.5, 28_000
"""What the lists of a character of text take, and roughly how much of that goes into one file."""
_FILES_OF_CHARACTERS = 8
"""One file for the lists of single characters stands beside so many files for those of grams."""
PRIME, FACTOR = 1_000_003, 8191


class Spread(Protocol):
    """What carries out a task for each number and returns the results in order, like `map`."""

    def __call__(self, task: Callable[[int], T], numbers: range, /) -> Iterable[T]:
        """Carry out the task."""


class Sizes(NamedTuple):
    """How the work is cut, in characters of text; answers to queries do not depend on it."""

    common: int = 12_000
    """A gram in more places than this has too many to load them."""
    chunk: int = 1_000_000
    """More would take more memory, fewer more time to join their lists."""
    share: int = 1_000_000
    """The lists of so many are joined at once."""


@dataclass(frozen=True)
class Job:
    """What every task must know."""

    folder: Path
    chunks: tuple[int, ...]
    """At which place each begins; at last where the text ends."""
    files: Mapping[str, int]
    """How many files there are for lists of characters (c) and of longer grams (s)."""
    shares: int
    limit: int
    """The most places that a gram may have before it is common."""
    longest: int = 2
    """The length of the longest grams that there are."""
    common: frozenset[str] = frozenset()
    """All grams that are common."""

    def path(self, length: int, chunk: int) -> Path:
        """Return where the lists of one chunk are put aside."""
        return self.folder / f"lists-{length}-{chunk}"

    def runs(self, length: int, share: int) -> Iterator[Run]:
        """Yield a share's part of each chunk."""
        for chunk in range(len(self.chunks) - 1):
            yield read_run(self.path(length, chunk), share)


class Listed(NamedTuple):
    """A file's name, without ending, and the grams and lists in it as JSON."""

    name: str
    lists: str


def job_of(corpus: Corpus, folder: Path, sizes: Sizes) -> Job:
    """Plan the lists of a text that is complete."""
    size = corpus.chunks[-1]
    files = max(1, int(size * _LIST_PER_CHARACTER) // _FILE)
    groups = {"s": files, "c": -(-files // _FILES_OF_CHARACTERS)}
    return Job(folder, tuple(corpus.chunks), groups, size // sizes.share + 1, sizes.common)


def put_aside(job: Job, spread: Spread = map) -> Job:
    """Carry out the stages up to the last; return what that must know."""
    chunks = range(len(job.chunks) - 1)
    _carry_out(spread, partial(_first_lists, job), chunks)
    while job.longest < LONGEST and (common := _common(job)):
        job = replace(job, common=job.common | common)
        _carry_out(spread, partial(_longer_lists, job), chunks)
        job = replace(job, longest=job.longest + 1)
    return job


def alphabet_of(job: Job) -> frozenset[str]:
    """Return all characters of the text."""
    runs = (run for number in range(job.shares) for run in job.runs(1, number))
    return frozenset(gram for run in runs for gram in run.grams)


def _carry_out(spread: Spread, task: Callable[[int], None], numbers: range) -> None:
    for _ in spread(task, numbers):
        pass


def _first_lists(job: Job, chunk: int) -> None:
    text, first, end = text_of(job.folder, chunk), *job.chunks[chunk : chunk + 2]
    slots = units_of_slots(job.folder)[first // SLOT : end // SLOT]
    _write(job, 1, chunk, characters(text, slots))
    _write(job, 2, chunk, pairs(text, first))


def _longer_lists(job: Job, chunk: int) -> None:
    found: dict[str, Part] = {}
    for share in range(job.shares):
        run = read_run(job.path(job.longest, chunk), share)
        chosen = list(map(job.common.__contains__, run.grams))
        found.update(zip(compress(run.grams, chosen), compress(run.lists(), chosen), strict=True))
    text = text_of(job.folder, chunk)
    _write(job, job.longest + 1, chunk, longer(text, job.chunks[chunk], found))


def _write(job: Job, length: int, chunk: int, lists: Places) -> None:
    shares: list[Places] = [{} for _ in range(job.shares)]
    count = job.files[_group(length)]
    for (gram, places), file in zip(lists.items(), _files(lists, length, count), strict=True):
        shares[file * job.shares // count][gram] = places
    write_runs(job.path(length, chunk), list(map(run_of, shares)))


def _common(job: Job) -> frozenset[str]:
    """Return the common ones among the longest grams so far."""
    found: set[str] = set()
    for share in range(job.shares):
        counts: dict[str, int] = {}
        for run in job.runs(job.longest, share):
            before = map(counts.get, run.grams, repeat(0))
            counts.update(zip(run.grams, map(add, before, run.sizes), strict=True))
        found.update(gram for gram, count in counts.items() if count > job.limit)
    return frozenset(found)


def share(job: Job, number: int) -> list[Listed]:
    """Return some of the files with lists: those that fall to one share."""
    found: dict[str, list[str]] = {
        f"{group}{file}": []
        for group, count in job.files.items()
        for file in range(count)
        if file * job.shares // count == number
    }
    for length in range(1, job.longest + 1):
        lists = _joined(job, length, number)
        grams = sorted(lists)
        codes = ascending_lists([lists[gram] for gram in grams])
        group = _group(length)
        files = _files(grams, length, job.files[group])
        for gram, code, file in zip(grams, codes, files, strict=True):
            found[f"{group}{file}"].append(f'{json_text(gram)},"{code}"')
    return [Listed(name, f"[{','.join(listed)}]") for name, listed in found.items()]


def _joined(job: Job, length: int, number: int) -> dict[str, list[Part]]:
    """Return the lists of a share, each in parts; of common grams those of units."""
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for run in job.runs(length, number):
        deque(map(list.append, map(found.__getitem__, run.grams), run.lists()), maxlen=0)
    common = job.common.intersection(found)
    units = units_of_slots(job.folder) if common else array("I")
    for gram in common:
        found[gram] = [_units(units, found[gram])]
    return found


def _units(units: "array[int]", parts: Iterable[Part]) -> "array[int]":
    """Return the units in which places are."""
    found: dict[int, None] = {}
    for places in parts:
        slots = dict.fromkeys(map(floordiv, places, repeat(SLOT)))
        found.update(dict.fromkeys(map(units.__getitem__, slots)))
    return array("I", found)


def _group(length: int) -> str:
    return "c" if length == 1 else "s"


def _files(grams: Iterable[str], length: int, count: int) -> list[int]:
    """Return the number of the file in which the list of each gram is."""
    joined = "".join(grams)
    numbers = [0] * (len(joined) // length)
    for column in range(length):
        codes = map(ord, joined[column::length])
        numbers = [
            (before * FACTOR + code) % PRIME for before, code in zip(numbers, codes, strict=True)
        ]
    return [number % count for number in numbers]
