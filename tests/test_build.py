"""A build from what is kept equals one from nothing, whatever was changed, damaged or shared."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from gongkai.publishing import checking, paging, reading
from gongkai.publishing.build import opened_build
from gongkai.publishing.store import Store, digest
from gongkai.publishing.workers import Workers
from portal_data import copy_data
from today import TODAY
from whole_site import differing, kept, plain

AGENCIES = ("linxiang-zwfwj", "pingtan-caijin", "pingtan-region", "pingtan-shehui")
SEQUENCES = 200
CHUNKS = 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_portal(tmp_path)


def small_portal(folder: Path) -> Path:
    """Four agencies in two regions, with one to three reports each."""
    copy_data(folder)
    agencies = folder / "data/agencies"
    for path in agencies.iterdir():
        if path.name not in AGENCIES:
            shutil.rmtree(path)
    for path in agencies.glob("*/2*.yaml"):
        if path.stem not in {"2021", "2023", "2024"}:
            path.unlink()
    return folder / "data"


def test_a_build_through_the_store_equals_one_without(root: Path, tmp_path: Path) -> None:
    assert differing(kept(root, tmp_path / "store"), plain(root)) == []
    assert differing(kept(root, tmp_path / "store"), plain(root)) == []
    assert differing(kept(root, None), plain(root)) == []


# What may become of a data folder between two builds: each takes the folder and a source of chance.


def _files(root: Path) -> list[Path]:
    return sorted(root.glob("agencies/*/2*.yaml"))


def _folders(root: Path) -> list[Path]:
    return sorted(path for path in (root / "agencies").iterdir() if path.is_dir())


def change_a_character(root: Path, chance: Random) -> None:
    path = chance.choice([*_files(root), *root.glob("agencies/*/agency.yaml")])
    text = path.read_text("utf-8")
    at = chance.randrange(len(text))
    path.write_text(text[:at] + chance.choice("0123456789年，：[]\n ") + text[at + 1 :], "utf-8")


def change_a_figure(root: Path, chance: Random) -> None:
    path = chance.choice(_files(root) or list(root.glob("agencies/*/agency.yaml")))
    text = path.read_text("utf-8")
    digits = [at for at, sign in enumerate(text) if sign in "0123456789"]
    at = chance.choice(digits)
    path.write_text(text[:at] + chance.choice("0123456789") + text[at + 1 :], "utf-8")


def delete_a_report(root: Path, chance: Random) -> None:
    if len(_files(root)) > 1:
        chance.choice(_files(root)).unlink()


def copy_a_report(root: Path, chance: Random) -> None:
    folder = chance.choice(_folders(root))
    path = chance.choice(_files(root) or [folder / "agency.yaml"])
    copy = folder / f"{chance.choice((2021, 2022, 2023, 2024, 2025))}.yaml"
    if copy != path:
        shutil.copy(path, copy)


def rename_a_folder(root: Path, chance: Random) -> None:
    folder = chance.choice(_folders(root))
    target = folder.with_name(f"{chance.choice('abz')}-{chance.randrange(10)}")
    if not target.exists():
        folder.rename(target)


def copy_a_folder(root: Path, chance: Random) -> None:
    folder = chance.choice(_folders(root))
    target = folder.with_name(f"copy-{chance.randrange(10)}")
    if not target.exists():
        shutil.copytree(folder, target)


def delete_a_folder(root: Path, chance: Random) -> None:
    if len(_folders(root)) > 1:
        shutil.rmtree(chance.choice(_folders(root)))


def rename_an_agency(root: Path, chance: Random) -> None:
    path = chance.choice(sorted(root.glob("agencies/*/agency.yaml")))
    path.write_text(
        path.read_text("utf-8").replace("局", chance.choice(("委", "办", "局"))), "utf-8"
    )


def rename_a_region(root: Path, chance: Random) -> None:
    path = root / "regions.yaml"
    path.write_text(path.read_text("utf-8").replace("县", chance.choice(("区", "县"))), "utf-8")


def change_the_vocabulary(root: Path, chance: Random) -> None:
    path = root / "vocabulary.yaml"
    path.write_text(path.read_text("utf-8") + f"# {chance.random()}\n", "utf-8")


def misplace_a_file(root: Path, chance: Random) -> None:
    (chance.choice(_folders(root)) / f"notes-{chance.randrange(3)}.txt").write_text("x", "utf-8")


EDITS: tuple[Callable[[Path, Random], None], ...] = (
    *(change_a_character, change_a_figure, change_a_figure, delete_a_report, copy_a_report),
    *(rename_a_folder, copy_a_folder, delete_a_folder, rename_an_agency, rename_a_region),
    *(change_the_vocabulary, misplace_a_file),
)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_whatever_is_edited_a_kept_build_equals_a_clean_one(tmp_path: Path, chunk: int) -> None:
    store = tmp_path / "store"
    for number in range(chunk, SEQUENCES, CHUNKS):
        chance = Random(number)  # noqa: S311 - the same every time
        root = small_portal(tmp_path / str(number))
        for _ in range(chance.randint(1, 3)):
            edit = chance.choice(EDITS)
            edit(root, chance)
            found = kept(root, store)
        assert differing(found, plain(root)) == [], number
        shutil.rmtree(root.parent)


def entries(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file())


DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda _: b"",
    lambda data: data[: len(data) // 2],
    lambda data: data[:-3] + b"xyz",
    lambda data: data[: len(data) // 2] + b"\0" + data[len(data) // 2 + 1 :],
    lambda _: b"another program's file",
    lambda data: data.replace(b"gongkai bundle 1", b"gongkai bundle 0"),
    lambda data: data + b"more",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_made_anew(
    root: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    store = tmp_path / "store"
    whole = kept(root, store)
    for path in entries(store):
        path.write_bytes(damage(path.read_bytes()))
    assert differing(kept(root, store), whole) == []


def test_each_damaged_entry_alone_is_made_anew(root: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    whole = kept(root, store)
    for path in entries(store):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) * 2 // 3])
        assert differing(kept(root, store), whole) == [], path


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    roots = [small_portal(tmp_path / name) for name in "abc"]
    for number, root in enumerate(roots):
        for _ in range(number):
            change_a_figure(root, Random(number))  # noqa: S311
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda root: kept(root, tmp_path / "store"), roots))
    assert [differing(site, plain(root)) for site, root in zip(found, roots, strict=True)] == [
        [],
        [],
        [],
    ]


def test_several_processes_make_what_one_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_portal(tmp_path)
    monkeypatch.setattr("gongkai.publishing.build.GROUP", 1)
    monkeypatch.setattr("gongkai.publishing.publication.GROUP", 1)
    monkeypatch.setattr(Workers, "is_worth", lambda *_: True)
    assert differing(kept(root, tmp_path / "store", workers=2), plain(root)) == []


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which agencies and regions are worked on."""
    done: list[str] = []

    def watch(module: object, name: str, told: Callable[..., list[str]]) -> None:
        function = getattr(module, name)

        def watched(task: object) -> object:
            done.extend(f"{name} {item}" for item in told(task))
            return function(task)

        monkeypatch.setattr(module, name, watched)

    watch(reading, "read", lambda task: list(task.slugs))
    watch(checking, "check", lambda task: [item.slug for item in task.items])
    watch(paging, "publish", lambda task: [item.slug for item in task.items])
    watch(
        paging,
        "publish_region",
        lambda task: [f"{task.item.code}/{year.year}" for year in task.item.years],
    )
    return done


def test_where_nothing_changed_nothing_is_made(root: Path, tmp_path: Path, work: list[str]) -> None:
    kept(root, tmp_path / "store")
    assert {item.partition(" ")[2] for item in work} >= {*AGENCIES}
    work.clear()
    kept(root, tmp_path / "store")
    assert work == []


def test_a_changed_report_concerns_its_agency_and_the_year_of_its_regions(
    root: Path, tmp_path: Path, work: list[str]
) -> None:
    kept(root, tmp_path / "store")
    work.clear()
    path = root / "agencies/pingtan-shehui/2023.yaml"
    path.write_text(path.read_text("utf-8") + "# 核对过\n", "utf-8")
    kept(root, tmp_path / "store")
    assert work == [
        "read pingtan-shehui",
        "check pingtan-shehui",
        "publish pingtan-shehui",
        "publish_region 350000/2023",
        "publish_region 350128/2023",
    ]


def test_an_entry_that_nobody_asked_for_is_thrown_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in ("new", "old"):
        store.put(digest(name), {"part": b"content"})
    long_ago = tmp_path.stat().st_mtime - 30 * 86_400
    key = digest("old")
    os.utime(tmp_path / key[:2] / key[2:], (long_ago, long_ago))
    assert store.prune() == 1
    assert store.has(digest("new"))
    assert not store.has(digest("old"))


def test_an_old_entry_that_is_asked_for_stays(tmp_path: Path) -> None:
    store, key = Store(tmp_path), digest("old")
    store.put(key, {"part": b"content"})
    long_ago = tmp_path.stat().st_mtime - 30 * 86_400
    os.utime(tmp_path / key[:2] / key[2:], (long_ago, long_ago))
    assert store.get(key, "part") == b"content"
    assert store.prune() == 0


def test_parts_of_entries_are_told_apart() -> None:
    assert digest("a", "bc") != digest("ab", "c")
    assert digest("a") == digest(b"a")


def test_a_folder_that_cannot_be_written_is_no_obstacle(root: Path, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file, not a folder", "utf-8")
    assert differing(kept(root, tmp_path / "store"), plain(root)) == []


def test_a_build_asks_for_its_day(root: Path, tmp_path: Path) -> None:
    environment = {"GONGKAI_CACHE": str(tmp_path / "store"), "GONGKAI_WORKERS": "1"}
    seen = []
    for day in (TODAY, TODAY.replace(year=2020), TODAY):
        with opened_build(root, day, environment) as build:
            seen.append({str(problem) for problem in build.findings.problems})
    assert seen[0] == seen[2] != seen[1]
