"""The data as they were in an earlier revision of the project."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


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
