"""The files of agencies on disk → the same files in canonical form, and what to tell of each."""

import os
import shutil
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from gongkai.data.files import DataFile
from gongkai.forms.formats import Format
from gongkai.source.problems import Problem
from gongkai.source.reading import decode

from .canonical import Written, written_agency, written_report

_COMMAND = "python manage.py" if os.name == "nt" else "python3 manage.py"


class Outcome(StrEnum):
    """What was done with a file, or would be."""

    CANONICAL = "不用整理"
    CHANGED = "整理了"
    DIFFERENT = "要整理"
    REFUSED = "有错误，没有改动"


class Formatted(NamedTuple):
    """What was done with a file, and the lines that tell of it."""

    outcome: Outcome
    lines: tuple[str, ...] = ()


def format_file(file: DataFile, editions: Mapping[str, Format], *, only_check: bool) -> Formatted:
    """Put a file into canonical form; with `only_check` only show what would change."""
    try:
        data = file.path.read_bytes()
        text, problems = _written(file, data, editions)
        if problems:
            return Formatted(Outcome.REFUSED, tuple(map(_refusal, problems)))
        if text.encode() == data:
            return Formatted(Outcome.CANONICAL)
        if only_check:
            lines = _difference(file.name, decode(file.name, data), text)
            return Formatted(Outcome.DIFFERENT, tuple(lines))
        _replace(file.path.resolve(), text)
    except OSError:
        told = f"{file.name}: 没有改动：不能读写。→ 关闭正在使用它的程序，检查它的权限。"
        return Formatted(Outcome.REFUSED, (told,))
    return Formatted(Outcome.CHANGED, (f"整理了 {file.name}",))


def _refusal(problem: Problem) -> str:
    return f"{problem.location}: 没有改动：{problem.text()} [{problem.rule.id}]"


def _written(file: DataFile, data: bytes, editions: Mapping[str, Format]) -> Written:
    if file.year is None:
        return written_agency(file.name, data)
    return written_report(file.name, data, file.year, editions)


def _difference(name: str, old: str, new: str) -> Iterator[str]:
    lines = list(
        unified_diff(old.splitlines(), new.splitlines(), name, f"{name}（整理后）", lineterm="")
    )
    yield from lines or [f"{name}: 只差换行符、文件开头的 BOM 或者文件末尾的换行。"]
    yield f"→ 运行 {_COMMAND} format {name}"


def _replace(path: Path, text: str) -> None:
    """Put a text in a file's place in one step: whatever happens, one of the two is there."""
    with NamedTemporaryFile("wb", dir=path.parent, prefix=".", delete=False) as stream:
        new = Path(stream.name)
    try:
        with new.open("wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(path, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
