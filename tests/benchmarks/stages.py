"""Make a site of a data folder in one process, and print what each stage takes as JSON.

Milliseconds of CPU per report. Everything is made one after the other, without MkDocs.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data import dataset, files
from gongkai.exports import csv_tables
from gongkai.html.addresses import Addresses
from gongkai.html.artifacts import Artifact, Sort
from gongkai.html.site import Site
from gongkai.publishing import feeds
from gongkai.publishing.search import files as search
from gongkai.source.reading import read
from pages import TODAY, pages_of

_ADDRESS = "https://portal.example/"
_SORTS = {Sort.TABLE: "CSV", Sort.FEED: "订阅", Sort.SEARCH: "搜索索引", Sort.MACHINE: "其他"}
_PAGES = {"reports": "报告页", "agencies": "机关页", "years": "年度页"}
_REGION_YEAR_PARTS = 4
"""`regions/350128/2021/index.html`."""
_WRITING = "写文件"


class Clock:
    """Adds up the CPU time of stages."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done within as a stage."""
        begin = time.process_time()
        yield
        self.spent[name] += time.process_time() - begin


def _stage(artifact: Artifact) -> str:
    if artifact.sort not in (Sort.REPORT, Sort.PAGE):
        return _SORTS[artifact.sort]
    parts = artifact.path.split("/")
    of_region = "地区年度页" if len(parts) == _REGION_YEAR_PARTS else "地区页"
    return _PAGES.get(parts[0], of_region)


def _write(site: Site, folder: Path, clock: Clock) -> None:
    """Write all artifacts; what a stage does before its artifacts are asked for is its own."""
    sources = (
        csv_tables.artifacts(site.portal),
        search.artifacts(site, search.texts_of(site)),
        feeds.artifacts(site),
    )
    listed = chain(pages_of(site), *sources)
    while True:
        begin = time.process_time()
        artifact = next(listed, None)
        if artifact is None:
            break
        content = artifact.make()
        clock.spent[_stage(artifact)] += time.process_time() - begin
        with clock.stage(_WRITING):
            path = folder / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def main() -> None:
    """Time the folder given as argument."""
    data = Path(sys.argv[1])
    clock = Clock()
    with clock.stage("YAML 到节点"):
        for file in files.agency_files(data):
            read(file.name, file.path.read_bytes())
    with clock.stage("读入"):
        loaded = dataset.load(data)
    clock.spent["节点到报告"] = clock.spent.pop("读入") - clock.spent["YAML 到节点"]
    with clock.stage("检查"):
        findings = check(loaded, TODAY)
    with clock.stage("汇总"):
        site = Site(portal_of(loaded, findings), Addresses(True, _ADDRESS))  # noqa: FBT003
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        _write(site, Path(folder), clock)
    each = 1000 / len(loaded.reports)
    print(json.dumps({name: spent * each for name, spent in clock.spent.items()}))


if __name__ == "__main__":
    main()
