"""What was found before: findings that a change of the data brought are told from older ones."""

import io
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.data.agencies import Agency
from gongkai.source.problems import Problem
from gongkai.source.subjects import AgencyKey, FileKey, ReportKey, Subject


def new_problems(
    now: Iterable[Problem], before: Iterable[Problem], folders: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield the findings that were not there before, or were answered otherwise.

    Args:
        now: what is found now.
        before: all that was found before.
        folders: agencies whose folder has another name now, as `renamed` tells them.
    """
    known = set()
    for problem in before:
        moved = replace(problem, subject=_moved(problem.subject, folders))
        known.add((moved.fingerprint, moved.answer))
    return (problem for problem in now if (problem.fingerprint, problem.answer) not in known)


def _moved(subject: Subject, folders: Mapping[str, str]) -> Subject:
    """The subject that one of before is now."""
    match subject:
        case ReportKey(agency, year):
            return ReportKey(folders.get(agency, agency), year)
        case AgencyKey(agency):
            return AgencyKey(folders.get(agency, agency))
        case FileKey():
            return subject


def renamed(now: Mapping[str, Agency], before: Mapping[str, Agency]) -> dict[str, str]:
    """The folders that only changed their name, by the name before.

    One that is gone is one that has come where both say the same full name and no third one does.
    """
    come = _by_name(now, before)
    gone = _by_name(before, now)
    return {gone[name]: come[name] for name in gone.keys() & come.keys()}


def _by_name(agencies: Mapping[str, Agency], others: Mapping[str, Agency]) -> dict[str, str]:
    """The folders that only one side has, by full names that are found once."""
    count = Counter(agency.name for agency in agencies.values())
    return {
        agency.name: slug
        for slug, agency in agencies.items()
        if slug not in others and agency.name and count[agency.name] == 1
    }


class RevisionError(Exception):
    """An earlier revision cannot be read; the text says why, for the user."""


@contextmanager
def data_at(data: Path, revision: str) -> Iterator[Path]:
    """Give a copy of the data folder as it was in a revision; it goes when the block ends.

    A revision without the folder gives an empty one.

    Raises:
        RevisionError: there is no git, the folder is in no repository, or no such revision.
    """
    top = Path(_git(data, "rev-parse", "--show-toplevel").decode().strip()).resolve()
    wanted = f"{revision}^{{commit}}"
    commit = _git(data, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    tree = commit.decode().strip()
    name = data.resolve().relative_to(top).as_posix()
    with TemporaryDirectory() as folder:
        if _git(top, "ls-tree", "--name-only", tree, name):
            archive = _git(top, "archive", "--format=zip", tree, "--", name)
            with zipfile.ZipFile(io.BytesIO(archive)) as packed:
                packed.extractall(folder)
        copy = Path(folder) / name
        copy.mkdir(parents=True, exist_ok=True)
        yield copy


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the revision is kept apart from options
            ["git", *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        raise RevisionError("这台电脑上没有 git，不能与以前的版本比较。") from None
    except subprocess.CalledProcessError:
        if arguments[0] == "rev-parse" and "--verify" in arguments:
            revision = arguments[-1].removesuffix("^{commit}")
            raise RevisionError(f"没有“{revision}”这个版本。") from None
        raise RevisionError("数据文件夹不在 git 仓库里，不能与以前的版本比较。") from None
    return done.stdout
