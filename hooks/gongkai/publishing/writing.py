"""Artifacts → files of the site: the only place that makes folders and files of it."""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gongkai.html.artifacts import Artifact, Sort


def write(artifacts: Iterable[Artifact], folder: Path) -> Counter[Sort]:
    """Write artifacts below a folder, each as soon as it is made; return how many of each sort."""
    known: set[str] = set()
    count: Counter[Sort] = Counter()
    for artifact in artifacts:
        place = artifact.path.rpartition("/")[0]
        if place not in known:
            os.makedirs(f"{folder}/{place}", exist_ok=True)  # noqa: PTH103 - paths take longer
            known.add(place)
        with open(f"{folder}/{artifact.path}", "wb") as stream:  # noqa: PTH123
            stream.write(artifact.make())
        count[artifact.sort] += 1
    return count
