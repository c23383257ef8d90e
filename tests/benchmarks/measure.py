"""Run a command alone and print what it and its worker processes used, as JSON.

A process of its own, because a child's peak memory counts from that of the process that starts it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_PROC = Path("/proc")
_EVERY = 0.05


class Watch(Thread):
    """Watches what each process of a tree uses; sees nothing without `/proc`."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.ended = Event()
        self.peaks: dict[int, int] = {}
        self.seconds: dict[int, float] = {}

    def run(self) -> None:
        """Look again and again, as a process takes its figures with it."""
        while not self.ended.wait(_EVERY):
            for process in _tree(self.root):
                self.peaks[process] = max(_peak(process), self.peaks.get(process, 0))
                self.seconds[process] = max(_seconds(process), self.seconds.get(process, 0))


def _tree(root: int) -> Iterator[int]:
    yield root
    for listed in (_PROC / f"{root}/task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _peak(process: int) -> int:
    """The most bytes that a process has held; 0 once it has ended."""
    try:
        lines = (_PROC / f"{process}/status").read_text().splitlines()
    except OSError:
        return 0
    found = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(next(found, "0")) * 1024


def _seconds(process: int) -> float:
    """The CPU seconds that a process has taken itself; 0 once it has ended."""
    try:
        fields = (_PROC / f"{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Measure the command given as arguments; return its exit code."""
    begin = time.perf_counter()
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL) as child:
        watch = Watch(child.pid)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
    watch.ended.set()
    watch.join()
    first = watch.peaks.pop(child.pid, 0) or usage.ru_maxrss * _PEAK_UNIT
    # What nobody waited for is lost to the system's own account.
    used = {
        "cpu": max(usage.ru_utime + usage.ru_stime, sum(watch.seconds.values())),
        "wall": wall,
        "peak": first,
        "worker_peaks": sorted(watch.peaks.values(), reverse=True),
    }
    print(json.dumps(used))
    return child.returncode


if __name__ == "__main__":
    sys.exit(main())
