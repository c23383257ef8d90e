"""`schema`: what editors need to help staff, as the formats make it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gongkai.data.dataset import load
from gongkai.data.files import FORMATS_FOLDER
from gongkai.editing import schema


def add_parser(add: Callable[..., ArgumentParser]) -> None:
    """Declare the arguments."""
    parser = add("schema", help="更新编辑器的填写提示")
    parser.add_argument("--check", action="store_true", help="只检查是不是最新")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write the files, or with `--check` tell which are not what the formats make them."""
    data: Path = options.data.resolve()
    dataset = load(data)
    if any(
        item.location.path.startswith(f"{data.name}/{FORMATS_FOLDER}/") for item in dataset.problems
    ):
        print("格式文件有错误。请先运行 check，按提示改正。")
        return 1
    wanted = {
        data.parent / path: text for path, text in schema.files(dataset.formats, data.name).items()
    }
    stale = [path for path, text in wanted.items() if not _holds(path, text)]
    old = sorted(set((data / schema.FOLDER).glob("*.json")) - wanted.keys())
    if options.check:
        return _tell([path.relative_to(data.parent) for path in (*stale, *old)])
    _write({path: wanted[path] for path in stale}, old)
    return 0


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _tell(wrong: Sequence[Path]) -> int:
    for path in wrong:
        print(f"{path.as_posix()} 与格式不一致。")
    print("请运行 manage.py schema。" if wrong else "编辑器的填写提示都是最新的。")
    return 1 if wrong else 0


def _write(stale: Mapping[Path, str], old: Sequence[Path]) -> None:
    for path in old:
        path.unlink()
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    print(f"更新了 {len(stale)} 个文件，删除了 {len(old)} 个。")
