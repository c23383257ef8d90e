"""Projects to build: each in a folder of its own, measured by a process of its own."""

import compileall
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_KEPT = frozenset({".cache", "mkdocs.yml", "docs", "hooks", "data"})
_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT / "hooks"),
    "PYTHONUTF8": "1",
    "NO_MKDOCS_2_WARNING": "1",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that MkDocs can build."""

    label: str
    reports: int
    folder: Path

    @property
    def name(self) -> str:
        """What it is and how large, for progress and results."""
        return f"{self.label} {self.reports}"


@dataclass(frozen=True, slots=True)
class Sample:
    """What one build used and left."""

    cpu: float
    """Seconds of user and system time, worker processes included."""
    wall: float
    peak: int
    """Bytes of the largest process."""
    size: int
    """Bytes of all files of the site."""
    files: int


def portal(folder: Path, reports: int) -> Project:
    """Copy the project with synthetic data in place of its own."""
    folder.mkdir()
    print(_python("generate.py", folder, "--reports", str(reports)), end="", file=sys.stderr)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder / "hooks", quiet=2)
    return Project("门户", reports, folder)


def plain(folder: Path, source: Project) -> Project:
    """Write a portal's reports as an ordinary project."""
    folder.mkdir()
    _python("plain.py", source.folder / "data", folder)
    return Project("普通", source.reports, folder)


def build(project: Project) -> Sample:
    """Build a site from nothing but the sources and what Python and Jinja compiled before."""
    command = (HERE / "measure.py", sys.executable, "-m", "mkdocs", "build", "--quiet")
    used = json.loads(_python(*command, folder=project.folder))
    made = [path.stat().st_size for path in (project.folder / "site").rglob("*") if path.is_file()]
    for path in project.folder.iterdir():
        if path.name not in _KEPT:
            shutil.rmtree(path)
    return Sample(used["cpu"], used["wall"], used["peak"], sum(made), len(made))


def time_loading(project: Project) -> dict[str, float]:
    """Milliseconds per report for reading and for checking the data."""
    times: Any = json.loads(_python("loading.py", project.folder / "data"))
    return {name: float(value) for name, value in times.items()}


def run(*command: str | Path, folder: Path) -> None:
    """Run a command with the project's package on Python's path."""
    subprocess.run(command, cwd=folder, env=_ENVIRONMENT, check=True)


def _python(script: str | Path, *arguments: str | Path, folder: Path = ROOT) -> str:
    """Run one of the scripts here and return what it prints."""
    command = [sys.executable, HERE / script, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=_ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"没有测成：{' '.join(map(str, command[1:]))}")
    return done.stdout
