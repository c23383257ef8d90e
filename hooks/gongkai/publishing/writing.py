"""Artifacts → files of the site: the only place that makes folders and files of it."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gongkai.html.artifacts import Artifact, Sort


def write(artifacts: Iterable[Artifact], folder: Path) -> Counter[Sort]:
    """Write artifacts below a folder, each as soon as it is made; return how many of each sort."""
    known: set[Path] = set()
    count: Counter[Sort] = Counter()
    for artifact in artifacts:
        path = folder / artifact.path
        if path.parent not in known:
            path.parent.mkdir(parents=True, exist_ok=True)
            known.add(path.parent)
        path.write_bytes(artifact.make())
        count[artifact.sort] += 1
    return count
