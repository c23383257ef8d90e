"""Run a command alone and print what it used, as JSON.

A process of its own, because a child's peak memory counts from that of the process that starts it.
"""

import json
import os
import subprocess
import sys
import time

_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> int:
    """Measure the command given as arguments; return its exit code."""
    begin = time.perf_counter()
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    used = {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.perf_counter() - begin,
        "peak": usage.ru_maxrss * _PEAK_UNIT,
    }
    print(json.dumps(used))
    return child.returncode


if __name__ == "__main__":
    sys.exit(main())
