"""Work shared out among processes; each task is a function that a new process can import."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_HOME = str(Path(__file__).parents[2])
"""Where new processes find the package."""
_AHEAD = 2
"""How many tasks wait for each process: enough to keep it busy, few enough to hold little."""


class Workers:
    """Processes that are started when there is enough to do, and kept until the end."""

    def __init__(self, number: int = 1) -> None:
        """Use up to a number of processes; with one, everything is done in this process."""
        self.number = number
        self._pool: ProcessPoolExecutor | None = None

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], *, fewest: int
    ) -> Iterator[Result]:
        """Yield the result of a function for each item, in their order.

        Args:
            function: what is done; a new process must be able to import it and its arguments.
            items: what it is done to.
            fewest: how many items are worth starting processes.
        """
        if not self.is_worth(len(items), fewest):
            yield from map(function, items)
            return
        waiting: list[Future[Result]] = []
        rest = iter(items)
        pool = self._started()
        try:
            waiting += (pool.submit(function, item) for item in islice(rest, self._window))
            while waiting:
                yield waiting.pop(0).result()
                waiting += (pool.submit(function, item) for item in islice(rest, 1))
        finally:
            for future in waiting:
                future.cancel()

    def is_worth(self, number: int, fewest: int) -> bool:
        """Tell whether so many items are worth processes; those that run already cost nothing."""
        return self.number > 1 and (self._pool is not None or number >= fewest)

    @property
    def _window(self) -> int:
        return self.number * _AHEAD

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            if _HOME not in sys.path:  # MkDocs forgets where it found its hooks
                sys.path.append(_HOME)
            context = get_context("spawn")  # the same on every system, and safe beside threads
            self._pool = ProcessPoolExecutor(self.number, context, _begin)
        return self._pool

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _begin() -> None:
    """Make collections rare in a new process: nothing here has cycles."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def number_of_workers(stated: str | None) -> int:
    """Return how many processes to use: as stated, or one for each core."""
    if stated and stated.isdecimal():
        return max(1, int(stated))
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def grouped(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield items in groups of a size."""
    rest = iter(items)
    while group := tuple(islice(rest, size)):
        yield group


@contextmanager
def started(stated: str | None) -> Iterator[Workers]:
    """Provide workers, and end them afterwards.

    Args:
        stated: how many processes to use; one for each core where nothing is stated.
    """
    found = Workers(number_of_workers(stated))
    try:
        yield found
    finally:
        found.close()
