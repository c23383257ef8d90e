"""How far long work has come, for a person at a terminal; quiet everywhere else."""

import os
import sys
import time

_PAUSE = 0.1
"""Seconds between two messages."""


class Progress:
    """Tells on one line of a terminal what is being done."""

    def __init__(self) -> None:
        """Find out whether anybody is looking."""
        self._is_seen = sys.stderr.isatty() and os.environ.get("CI") != "true"
        self._next = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Tell how much of a step is done."""
        now = time.monotonic()
        if self._is_seen and (now >= self._next or done == total):
            self._next = now + _PAUSE
            sys.stderr.write(f"\r\x1b[K{step} {done / total:.0%}" if done < total else "\r\x1b[K")
            sys.stderr.flush()
