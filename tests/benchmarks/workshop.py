"""Projects to build: each in a folder of its own, measured by a process of its own."""

import compileall
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WITHOUT: Mapping[str, str] = {}
_CACHE = ".kept"
"""A cache of its own, so that a first build can do without it."""
_LONE_CELL = re.compile(r"(?<=\[)( *)(\d+)(?=\])")
"""The cell of a row that has no other: no total and no other year depends on it."""
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT / "hooks"),
    "PYTHONUTF8": "1",
    "NO_MKDOCS_2_WARNING": "1",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that can be built."""

    label: str
    reports: int
    folder: Path

    @property
    def site(self) -> Path:
        """Where a build leaves the site."""
        return self.folder / "site"

    @property
    def cache(self) -> Path:
        """Where the portal keeps what it made."""
        return self.folder / _CACHE


@dataclass(frozen=True, slots=True)
class Sample:
    """What one command used, and the site that it left."""

    cpu: float
    """Seconds of user and system time, worker processes included."""
    wall: float
    peak: int
    """The most bytes held by the process that was started."""
    worker_peak: int
    """The most bytes held by one of the processes below it; 0 where there was none."""
    size: int = 0
    """Bytes of all files of the site."""
    files: int = 0
    index_size: int = 0
    """Bytes of the search index within it."""
    index_files: int = 0


def portal(folder: Path, reports: int) -> Project:
    """Copy the project with synthetic data in place of its own."""
    folder.mkdir()
    print(python("generate.py", folder, "--reports", str(reports)), end="", file=sys.stderr)
    for name in ("mkdocs.yml", "manage.py", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, folder)
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder / "hooks", quiet=2)
    return Project("门户", reports, folder)


def plain(folder: Path, source: Project) -> Project:
    """Write a portal's reports as an ordinary project."""
    folder.mkdir()
    python("plain.py", source.folder / "data", folder)
    return Project("普通 MkDocs Material", source.reports, folder)


def clear(project: Project) -> None:
    """Remove the last site and whatever was kept."""
    for folder in (project.site, project.cache):
        shutil.rmtree(folder, ignore_errors=True)


def report_file(project: Project) -> Path:
    """The report that is edited: the newest of the agency in the middle."""
    homes = sorted((project.folder / "data/agencies").iterdir())
    return max(homes[len(homes) // 2].glob("2*.yaml"))


def edit(path: Path) -> int:
    """Raise one figure of a report by one, as a clerk corrects it; return the figure."""
    words = path.read_text("utf-8")
    found = _LONE_CELL.search(words)
    if found is None:
        raise ValueError(f"{path}: no row of one figure")
    figure = int(found[2]) + 1
    path.write_text(f"{words[: found.start()]}{found[1]}{figure}{words[found.end() :]}", "utf-8")
    return figure


def environment(project: Project, workers: int = 0) -> dict[str, str]:
    """What the portal is told by the environment; 0 leaves the number of workers to it."""
    own = {"GONGKAI_CACHE": str(project.cache)}
    return own | ({"GONGKAI_WORKERS": str(workers)} if workers else {})


def measured(
    project: Project, *command: str | Path, variables: Mapping[str, str] = WITHOUT
) -> Sample:
    """Run a command in a project's folder; return what it used and what the site is now."""
    used = json.loads(
        python("measure.py", *command, folder=project.folder, variables=dict(variables))
    )
    size, files = _stored(project.site)
    index = _stored(project.site / "search")
    worker = max(used["worker_peaks"], default=0)
    return Sample(used["cpu"], used["wall"], used["peak"], worker, size, files, *index)


def _stored(folder: Path) -> tuple[int, int]:
    found = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(found), len(found)


def stages(project: Project) -> dict[str, float]:
    """Milliseconds per report by the stage that takes them."""
    times: Any = json.loads(python("stages.py", project.folder / "data"))
    return {name: float(value) for name, value in times.items()}


def run(*command: str | Path, folder: Path) -> None:
    """Run a command with the project's package on Python's path."""
    subprocess.run(command, cwd=folder, env=_ENVIRONMENT, check=True)


def python(
    script: str | Path,
    *arguments: str | Path,
    folder: Path = ROOT,
    variables: Mapping[str, str] = WITHOUT,
) -> str:
    """Run one of the scripts here and return what it prints."""
    command = [sys.executable, HERE / script, *arguments]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**_ENVIRONMENT, **variables},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"没有测成：{' '.join(map(str, command[1:]))}")
    return done.stdout
