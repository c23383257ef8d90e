"""A site served with compression, and searches of it in a browser, measured."""

import gzip
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, sync_playwright

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PACKED = frozenset({".html", ".js", ".css", ".json", ".svg", ".xml"})


@dataclass(slots=True)
class Traffic:
    """What a server sent, in bytes by path."""

    raw: Counter[str] = field(default_factory=Counter)
    packed: Counter[str] = field(default_factory=Counter)

    def clear(self) -> None:
        """Begin to count anew."""
        self.raw.clear()
        self.packed.clear()

    def of(self, *parts: str) -> tuple[int, int]:
        """The bytes of files whose path has one of some parts: as stored, and as sent."""
        names = [name for name in self.raw if any(part in name for part in parts)]
        return sum(self.raw[name] for name in names), sum(self.packed[name] for name in names)


@lru_cache(maxsize=4096)
def _pack(path: str, changed: float) -> bytes:  # noqa: ARG001 - a changed file is packed anew
    return gzip.compress(Path(path).read_bytes(), 6)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, traffic: Traffic, **options: Any) -> None:  # noqa: ANN401
        self.traffic = traffic
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        is_packed = path.suffix in _PACKED
        body = _pack(str(path), path.stat().st_mtime) if is_packed else path.read_bytes()
        name = urlsplit(self.path).path
        self.traffic.raw[name] += path.stat().st_size
        self.traffic.packed[name] += len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Traffic]]:
    """Serve a folder, and give its address and what it sends."""
    traffic = Traffic()
    handler = partial(_Handler, directory=str(folder), traffic=traffic)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", traffic
        server.shutdown()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start a browser without a window."""
    found = os.environ.get("GONGKAI_BROWSER") or next(
        filter(None, map(shutil.which, _BROWSERS)), None
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class First:
    """The first search of a reader who has nothing loaded."""

    query: str
    raw: int
    packed: int
    """Bytes of index, texts and scripts of the search, as stored and as sent."""
    milliseconds: float
    """From when the page has arrived to the answer."""


Answers = Mapping[str, frozenset[str]]
"""The reports that each query finds, as `slug/year`."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one way to search was measured to do."""

    name: str
    reports: int
    answers: Answers
    first: tuple[First, ...]
    again: Mapping[str, float]
    """Milliseconds of answers with everything loaded, by query."""
    size: int
    packed_size: int
    files: int
    build: float
    """Seconds of CPU that the search adds to a build."""

    def quality(self, truth: Answers) -> tuple[float, float]:
        """Recall and precision over all queries: right answers among those due, and those given."""
        right = sum(len(found & truth[query]) for query, found in self.answers.items())
        due = sum(len(truth[query]) for query in self.answers)
        given = sum(len(found) for found in self.answers.values())
        return right / due if due else 1.0, right / given if given else 1.0


def stored(folder: Path, pattern: str = "**/*") -> tuple[int, int, int]:
    """The bytes of files as they are and compressed, and their number."""
    paths = [path for path in folder.glob(pattern) if path.is_file()]
    packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)
    return sum(path.stat().st_size for path in paths), packed, len(paths)


_ASK = """async queries => {
  const index = await gongkai.openIndex();
  const answers = [];
  for (const query of queries) {
    const terms = gongkai.termsOf(query, index.normalise);
    await index.search(terms);
    const begin = performance.now();
    const {hits} = await index.search(terms);
    const took = performance.now() - begin;
    const name = ({report}) => `${index.reports[report].slug}/${index.reports[report].year}`;
    answers.push([took, hits.map(name)]);
  }
  return answers;
}"""


def ours(
    browser: Browser,
    portal: tuple[Path, int, float],
    queries: Sequence[str],
    more: Sequence[str],
) -> Trial:
    """Search a built portal, each query by a new reader; then these and more by one reader.

    Args:
        browser: what searches.
        portal: the folder of the site, the number of reports, and the seconds of its index.
        queries: what new readers look for.
        more: what is looked for besides.
    """
    site, reports, build = portal
    asked = [*queries, *more]
    with serving(site) as (address, traffic):
        first = tuple(_first(browser, address, traffic, query) for query in queries)
        page = browser.new_page()
        page.goto(f"{address}/search/")
        page.wait_for_function("window.gongkai && gongkai.openIndex")
        found = page.evaluate(_ASK, asked)
        page.close()
    answers = {query: frozenset(names) for query, (_, names) in zip(asked, found, strict=True)}
    again = {query: took for query, (took, _) in zip(asked, found, strict=True)}
    return Trial("门户", reports, answers, first, again, *stored(site / "search/data"), build)


def _first(browser: Browser, address: str, traffic: Traffic, query: str) -> First:
    context = browser.new_context()
    page = context.new_page()
    traffic.clear()
    page.goto(f"{address}/search/?q={quote(query)}", wait_until="commit")
    page.wait_for_selector("#search-page[data-total]", state="attached", timeout=60_000)
    took = page.evaluate(
        "performance.now() - performance.getEntriesByType('navigation')[0].responseEnd"
    )
    page.wait_for_load_state("networkidle")
    sent = traffic.of("/search/data/", "/assets/search")
    context.close()
    return First(query, *sent, took)


def line(trial: Trial, truth: Answers) -> str:
    """A trial in one line of figures."""
    recall, precision = trial.quality(truth)
    packed = [one.packed for one in trial.first]
    raw = [one.raw for one in trial.first]
    times = [one.milliseconds for one in trial.first]
    again = trial.again.values()
    return (
        f"{trial.name} {trial.reports} 份：查全率 {recall:.3f}，查准率 {precision:.3f}；"
        f"首次查询 {median(packed) / 1000:.0f} KB（最多 {max(packed) / 1000:.0f}，"
        f"未压缩 {median(raw) / 1000:.0f}）、{median(times):.0f} 毫秒（最多 {max(times):.0f}）；"
        f"再查 {median(again):.0f} 毫秒（最多 {max(again):.0f}）；"
        f"索引 {trial.size / 1e6:.1f} MB（压缩后 {trial.packed_size / 1e6:.1f}）、"
        f"{trial.files} 个文件；"
        f"生成 {trial.build:.1f} 秒（每份 {1000 * trial.build / trial.reports:.2f} 毫秒）"
    )


def as_data(trials: Sequence[Trial], truths: Mapping[int, Answers]) -> list[dict[str, Any]]:
    """All figures of trials, for a JSON file; what was found only as its number."""
    return [
        {
            "name": trial.name,
            "reports": trial.reports,
            "recall": trial.quality(truths[trial.reports])[0],
            "precision": trial.quality(truths[trial.reports])[1],
            "queries": {
                one.query: {
                    "due": len(truths[trial.reports][one.query]),
                    "found": len(trial.answers[one.query]),
                    "right": len(trial.answers[one.query] & truths[trial.reports][one.query]),
                    "raw": one.raw,
                    "sent": one.packed,
                    "first_ms": one.milliseconds,
                    "again_ms": again,
                }
                for one in trial.first
                for again in (trial.again[one.query],)
            },
            "index": {"bytes": trial.size, "packed": trial.packed_size, "files": trial.files},
            "build_seconds": trial.build,
        }
        for trial in trials
    ]


def save(path: Path, trials: Sequence[Trial], truths: Mapping[int, Answers]) -> None:
    """Write all figures to a file."""
    words = json.dumps(as_data(trials, truths), ensure_ascii=False, indent=1)
    path.write_text(f"{words}\n", "utf-8")
