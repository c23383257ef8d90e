"""Lists that wait on the disk: a file has those of one chunk, a part for each share of the index.

So a share is made from its part of every chunk, and neither all lists nor all of the text are ever
in memory.
"""

import pickle
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, cast

_START = array("Q").itemsize


class Run(NamedTuple):
    """Grams with their lists, one behind the other."""

    grams: list[str]
    sizes: "array[int]"
    places: "array[int]"

    def lists(self) -> Iterable["memoryview[int]"]:
        """Return the list of each gram."""
        ends = list(accumulate(self.sizes))
        return map(memoryview(self.places).__getitem__, map(slice, (0, *ends), ends))


def run_of(lists: Mapping[str, "array[int]"]) -> Run:
    """Put lists one behind the other."""
    sizes = array("I", map(len, lists.values()))
    return Run(list(lists), sizes, array("I", b"".join(lists.values())))


def write_runs(path: Path, runs: Sequence[Run]) -> None:
    """Write the parts of a file, and at its beginning where each is."""
    starts = array("Q", bytes(_START * len(runs)))
    with path.open("wb") as stream:
        stream.write(starts)
        for index, run in enumerate(runs):
            starts[index] = stream.tell()
            pickle.dump(run, stream, pickle.HIGHEST_PROTOCOL)
        stream.seek(0)
        stream.write(starts)


def read_run(path: Path, index: int) -> Run:
    """Return one part of a file."""
    with path.open("rb") as stream:
        stream.seek(_START * index)
        starts = array("Q", stream.read(_START))
        stream.seek(starts[0])
        return cast(Run, pickle.load(stream))  # noqa: S301 - what this process has written
