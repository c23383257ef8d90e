"""The search measured at several sizes, and others beside it on the same passages."""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.html.addresses import Addresses
from gongkai.html.site import Site
from gongkai.publishing.search.files import artifacts, texts_of
from gongkai.publishing.writing import write
from pages import TODAY
from playwright.sync_api import Browser
from rivals import material, pagefind, pages, provide
from scan import Scan, crossing, substrings
from searching import Answers, Trial, browsing, line, ours, save
from workshop import portal, run

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only where results are thrown away
_RIVAL_LIMIT = 3000
"""Larger portals take the others many minutes."""
_FIXED = (
    "2021年",
    "２０２１年",
    "165条",
    "全会精神",
    "务服务管",
    "政务服务管理局",
    "三公",
    "国办公开办函〔2021〕30号",
    "公开",
    "政府信息公开",
    "政府信息公开工作年度报告",
    "依申请公开",
    "12345",
    "优化营商环境",
)
_NAMES, _PARTS, _MORE, _CROSSING = 6, 40, 400, 100


def hold(sizes: Sequence[int], json: Path | None, *, with_rivals: bool) -> None:
    """Measure each size, print a line for each trial, and write all figures to a file."""
    where = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    trials: list[Trial] = []
    truths: dict[int, Answers] = {}
    with (
        tempfile.TemporaryDirectory(prefix="search-benchmark-", dir=where) as name,
        browsing() as browser,
    ):
        folder = Path(name)
        python = provide(folder) if with_rivals else None
        for reports in sizes:
            project = portal(folder / f"portal-{reports}", reports)
            scan = Scan(project.folder / "data")
            queries = _queries(scan)
            more = [query for query in _more(scan) if query not in queries]
            truth = {query: frozenset(scan.find(query)) for query in (*queries, *more)}
            truths[reports] = truth
            made = _made(project.folder, reports)
            for trial in _trials(browser, python, scan, made, (queries, more)):
                trials.append(trial)
                print(line(trial, truth), flush=True)
    if json:
        save(json, trials, truths)


def _trials(
    browser: Browser,
    python: Path | None,
    scan: Scan,
    made: tuple[Path, int, float],
    asked: tuple[Sequence[str], Sequence[str]],
) -> Iterator[Trial]:
    """The portal's trial, then those of the others where they are wanted."""
    queries, more = asked
    site, reports, _ = made
    yield ours(browser, made, queries, more)
    if python and reports <= _RIVAL_LIMIT:
        theirs = pages(site.parent / "rivals", scan)
        for rival in (material, pagefind):
            yield rival(browser, python, theirs, reports, queries)


def _queries(scan: Scan) -> list[str]:
    """What new readers look for: the fixed list, agencies, and parts of the texts."""
    random = _chance(7)
    names = random.sample([str(agency["全称"]) for agency in scan.agencies.values()], _NAMES)
    parts = list(substrings(_texts(scan), _PARTS, random))
    return list(dict.fromkeys([*_FIXED, *names, *parts]))


def _more(scan: Scan) -> list[str]:
    """More parts of texts, and strings that cross paragraphs, which nothing may match."""
    random = _chance(8)
    texts = _texts(scan)
    parts = [*substrings(texts, _MORE, random), *crossing(texts, _CROSSING, random)]
    return list(dict.fromkeys(parts))


def _texts(scan: Scan) -> list[str]:
    return [text for paragraphs in scan.texts.values() for text in paragraphs if len(text) > 1]


def _chance(seed: int) -> Random:
    return Random(seed)


def _made(folder: Path, reports: int) -> tuple[Path, int, float]:
    """Build a portal; return its site, its size, and the CPU seconds that its index alone takes."""
    run(sys.executable, "-m", "mkdocs", "build", "--quiet", folder=folder)
    loaded = dataset.load(folder / "data")
    site = Site(portal_of(loaded, check(loaded, TODAY)), Addresses())
    begin = time.process_time()
    write(artifacts(site, texts_of(site)), folder / "again")
    return folder / "site", reports, time.process_time() - begin
