"""Read and check a data folder, and print the milliseconds per report as JSON."""

import json
import sys
import time
from datetime import date
from pathlib import Path

from gongkai.checks.run import check
from gongkai.data import dataset

TODAY = date(2026, 12, 31)


def main() -> None:
    """Time the folder given as argument."""
    begin = time.process_time()
    loaded = dataset.load(Path(sys.argv[1]))
    read = time.process_time()
    check(loaded, TODAY)
    done = time.process_time()
    each = 1000 / len(loaded.reports)
    print(json.dumps({"load": (read - begin) * each, "examine": (done - read) * each}))


if __name__ == "__main__":
    main()
