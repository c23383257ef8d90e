"""Other searches of the same passages: MkDocs Material with jieba, and Pagefind."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page
from searching import First, Trial, serving, stored

PACKAGES = ("mkdocs-material==9.8.1", "jieba==0.42.1", "pagefind[extended]==1.5.2")
_SEPARATOR = (
    r"[\s\u200b\u3000\-、。，？！；：（）“”]+"
    r"|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])"
)
"""The setting with which Material finds words that stand beside a number."""


def provide(folder: Path) -> Path:
    """Install the rivals into a folder of their own and return its Python."""
    place = folder / "rivals-python"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return python


def pages(folder: Path, scan: Any) -> Path:  # noqa: ANN401 - of the tests
    """Write one page for each report, with the passages that are searched, as an MkDocs project."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# 报告\n", "utf-8")
    for name, passages in scan.shown.items():
        path = docs / "reports" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        title, *rest = (re.sub(r"([<>&*_`\[\]#\\])", r"\\\1", text) for text in passages)
        path.write_text("\n\n".join([f"# {title}", *rest]) + "\n", "utf-8")
    return folder


def _settings(*, with_search: bool) -> str:
    search = {"search": {"lang": ["zh", "en"], "separator": _SEPARATOR}}
    return yaml.safe_dump(
        {
            "site_name": "报告",
            "theme": {"name": "material", "language": "zh", "font": False},
            "nav": [{"首页": "index.md"}],
            "plugins": [search] if with_search else [],
        },
        allow_unicode=True,
    )


def _build(python: Path, folder: Path, *, with_search: bool) -> float:
    """Build a project and return the CPU seconds that it took."""
    (folder / "mkdocs.yml").write_text(_settings(with_search=with_search), "utf-8")
    return _timed(folder, python, "-m", "mkdocs", "build", "--quiet")


def _timed(folder: Path, *command: str | Path) -> float:
    begin = os.times()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    end = os.times()
    return end.children_user + end.children_system - begin.children_user - begin.children_system


_MATERIAL = """async ([folder, worker, queries]) => {
  const begin = performance.now();
  const index = await (await fetch(`${folder}/search/search_index.json`)).json();
  const scripts = new Worker(`${folder}/${worker}`);
  const answer = (type, data) => new Promise(resolve => {
    scripts.onmessage = ({data}) => resolve(data);
    scripts.postMessage({type, data});
  });
  await answer(0, {...index, options: {suggest: false}});
  const found = [];
  for (const query of queries) {
    const start = found.length ? performance.now() : begin;
    const {data} = await answer(2, query);
    const places = data.items.flat().map(item => item.location);
    found.push([performance.now() - start, places]);
  }
  scripts.terminate();
  return found;
}"""

_PAGEFIND = """async ([folder, , queries]) => {
  const begin = performance.now();
  const pagefind = await import(`${folder}/pagefind/pagefind.js`);
  const found = [];
  for (const query of queries) {
    const start = found.length ? performance.now() : begin;
    const {results} = await pagefind.search(query);
    await Promise.all(results.slice(0, 10).map(result => result.data()));
    const took = performance.now() - start;
    const places = [];
    if (queries.length > 1) {
      for (const result of results) places.push((await result.data()).url);
    }
    found.push([took, places]);
  }
  return found;
}"""


def material(
    browser: Browser, python: Path, folder: Path, reports: int, queries: Sequence[str]
) -> Trial:
    """Search with the theme's own index and worker, in words made by jieba."""
    without = _build(python, folder, with_search=False)
    took = _build(python, folder, with_search=True) - without
    site = folder / "site"
    found = sorted(site.glob("assets/javascripts/workers/search.*.js"))
    worker = found[0].relative_to(site).as_posix()
    return _trial(
        browser, ("Material+jieba", _MATERIAL, worker, "search"), site, (reports, took), queries
    )


def pagefind(
    browser: Browser, python: Path, folder: Path, reports: int, queries: Sequence[str]
) -> Trial:
    """Search with Pagefind over the pages that the theme made."""
    _build(python, folder, with_search=False)
    site = folder / "site"
    command = (python, "-m", "pagefind", "--site", site, "--root-selector", "article")
    took = _timed(folder, *command)
    return _trial(browser, ("Pagefind", _PAGEFIND, "", "pagefind"), site, (reports, took), queries)


def _trial(
    browser: Browser,
    way: tuple[str, str, str, str],
    site: Path,
    built: tuple[int, float],
    queries: Sequence[str],
) -> Trial:
    """Ask each query by a new reader for the first-search figures, then all by one."""
    name, script, worker, place = way
    reports, seconds = built
    (site / "empty.html").write_text("<!doctype html><title>-</title>", "utf-8")
    sample = queries[1 :: max(1, len(queries) // 6)]
    with serving(site) as (address, traffic):
        first = {}
        for query in sample:
            context = browser.new_context()
            page = _at(context.new_page(), address)
            traffic.clear()
            ((milliseconds, _),) = page.evaluate(script, [address, worker, [query]])
            sent = traffic.of("/")
            first[query] = First(query, *sent, milliseconds)
            context.close()
        page = _at(browser.new_page(), address)
        found = page.evaluate(script, [address, worker, list(queries)])
        page.close()
    answers = {
        query: frozenset(filter(None, map(_report, places)))
        for query, (_, places) in zip(queries, found, strict=True)
    }
    again = {query: took for query, (took, _) in zip(queries, found, strict=True)}
    del again[queries[0]]  # it waited for the index
    return Trial(
        name, reports, answers, tuple(first.values()), again, *stored(site / place), seconds
    )


def _at(page: Page, address: str) -> Page:
    page.set_default_timeout(600_000)
    page.goto(f"{address}/empty.html")
    return page


def _report(place: str) -> str:
    """`slug/year` of a report's address; empty for other pages."""
    match = re.search(r"reports/([a-z0-9-]+/\d{4})/", place)
    return match[1] if match else ""
