"""`python -m gongkai`: what it says and how it exits."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from gongkai.commands import main
from gongkai.source.dates import today
from portal_data import DATA, ROOT
from today import TODAY

pytestmark = pytest.mark.slow

GIT = shutil.which("git") or "git"
SEED_FILE = "data/agencies/linxiang-zwfwj/2021.yaml"
OTHER = "data/agencies/pingtan-shehui"
FUTURE = Path(__file__).parent / "future"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the real data of a few agencies."""
    others = shutil.ignore_patterns("pingtan-[!sz]*", "pingtan-zhifa*")
    shutil.copytree(DATA, tmp_path / "data", ignore=others)
    return tmp_path


@pytest.fixture
def gongkai(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the program in that folder, but in this process; one test below starts it anew."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            for name, text in more.items():
                patch.setenv(name, text)
            try:
                code = main(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
        told = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, told.out, told.err)

    return run


def spoil(folder: Path, place: str = SEED_FILE, row: str = "本年新收") -> int:
    """Make the total of a row wrong, and return its line."""
    path = folder / place
    lines = path.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if line.strip().startswith(row))
    lines[number] = re.sub(r"\d+\]", "9876]", lines[number])
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return number + 1


def test_the_real_data_is_fit_for_publication(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-m", "gongkai", "--data", str(DATA), "check"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "hooks"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"检查了 \d{2,} 份报告、\d{4,} 处关系：错误 0 处，其他 \d+ 处，已说明 [1-9]\d* 处。\n",
        done.stdout.splitlines(keepends=True)[-1],
    )


def test_an_error_is_told_with_file_line_cell_and_remedy(gongkai: Run, folder: Path) -> None:
    number = spoil(folder)
    done = gongkai("check")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert SEED_FILE in lines
    told = [line for line in lines if line.startswith(f"  第 {number} 行第 ")]
    assert any(
        "错误：【收到和处理政府信息公开申请情况·本年新收·总计】" in line
        and "这一格填的是 9876。→ 核对" in line
        and line.endswith("[row-total]")
        for line in told
    )
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("directory_urls", "page"), [("true", "staff/rules/"), ("false", "staff/rules.html")]
)
def test_a_finding_links_to_the_page_of_rules_as_it_is_built(
    gongkai: Run, folder: Path, directory_urls: str, page: str
) -> None:
    spoil(folder)
    site = {"GONGKAI_SITE_URL": "https://example.gov.cn/nb"}
    done = gongkai("check", GONGKAI_DIRECTORY_URLS=directory_urls, **site)
    assert f"[row-total] https://example.gov.cn/nb/{page}#row-total" in done.stdout


def test_only_the_verb_that_is_asked_for_is_loaded(folder: Path) -> None:
    words = (
        "import sys; from gongkai.commands import main; main(); print(*sorted(sys.modules))",
        *("--data", str(folder / "data"), "schema", "--check"),
    )
    settings = {"PYTHONPATH": str(ROOT / "hooks"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-B", "-c", *words],
        env=os.environ | settings,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "gongkai.commands.schema" in done.stdout
    assert "gongkai.commands.check" not in done.stdout
    assert "gongkai.checks" not in done.stdout


def test_annotations_are_few_and_the_text_is_whole(gongkai: Run, folder: Path) -> None:
    for path in sorted((folder / OTHER).glob("2*.yaml")):
        for row in ("本年新收", "上年结转"):
            spoil(folder, path.relative_to(folder).as_posix(), row)
    done = gongkai("check", "--format", "github")
    lines = done.stdout.splitlines()
    errors = [line for line in lines if "  错误：" in line]
    annotations = [line for line in lines if line.startswith("::error ")]
    assert done.returncode == 1
    assert len(errors) > 20
    assert len(annotations) == 10
    assert f"另有 {len(errors) - 10} 处" in annotations[-1]


def test_only_the_problems_of_the_named_paths_are_told(gongkai: Run, folder: Path) -> None:
    spoil(folder)
    spoil(folder, f"{OTHER}/2020.yaml")
    both = gongkai("check", SEED_FILE, OTHER)
    one = gongkai("check", f"./{OTHER}/")
    none = gongkai("check", "data/agencies/pingtan-ziran")
    assert [run.returncode for run in (both, one, none)] == [1, 1, 0]
    assert SEED_FILE in both.stdout
    assert f"{OTHER}/2020.yaml" in both.stdout
    assert SEED_FILE not in one.stdout
    assert f"{OTHER}/2020.yaml" in one.stdout


def test_an_absolute_path_names_a_file_as_well(gongkai: Run, folder: Path) -> None:
    spoil(folder)
    done = gongkai("check", str(folder / SEED_FILE))
    assert done.returncode == 1
    assert SEED_FILE in done.stdout


def test_a_path_that_is_not_there_is_wrong_use_and_no_good_news(gongkai: Run) -> None:
    assert gongkai("check", "data/agencies/linxiang-zwfwj/2012.yaml").returncode == 2


def test_another_data_folder_can_be_named(gongkai: Run, folder: Path) -> None:
    (folder / "data").rename(folder / "other")
    done = gongkai("--data", "other", "check")
    assert done.returncode == 0
    assert gongkai("check").returncode == 2


@pytest.mark.parametrize(("slug", "year"), [("linxiang-zwfwj", 2026), ("pingtan-shehui", 2030)])
def test_a_new_report_asks_for_every_cell_and_nothing_else(
    gongkai: Run, folder: Path, slug: str, year: int
) -> None:
    shutil.copytree(FUTURE / "formats", folder / "data/formats", dirs_exist_ok=True)
    made = gongkai("new", slug, str(year))
    place = f"data/agencies/{slug}/{year}.yaml"
    assert made.returncode == 0
    assert place in made.stdout
    text = (folder / place).read_text("utf-8")
    blanks = text.count("待填")
    assert blanks > 200
    done = gongkai("check", place)
    told = [line for line in done.stdout.splitlines() if "  错误：" in line]
    assert done.returncode == 1
    assert len(told) == blanks
    assert all("还没有填" in line for line in told)


def test_a_new_report_with_every_blank_filled_is_fit_for_publication(
    gongkai: Run, folder: Path
) -> None:
    gongkai("new", "linxiang-zwfwj", "2026")
    path = folder / "data/agencies/linxiang-zwfwj/2026.yaml"
    text = path.read_text("utf-8").replace("发布日期: 待填", "发布日期: 2027-01-15")
    path.write_text(re.sub(r"(?<=[\[,])( *)待填", r"\1   0", text).replace("待填", "无"), "utf-8")
    done = gongkai("check", str(path.relative_to(folder)))
    assert (done.returncode, done.stdout.count("错误：")) == (0, 0)


def test_a_report_that_is_there_is_not_overwritten(gongkai: Run, folder: Path) -> None:
    before = (folder / SEED_FILE).read_bytes()
    done = gongkai("new", "linxiang-zwfwj", "2021")
    assert done.returncode == 2
    assert "已经有了" in done.stdout + done.stderr
    assert (folder / SEED_FILE).read_bytes() == before


@pytest.mark.parametrize("slug", ["no-such-agency", "../agencies/linxiang-zwfwj", "", "."])
def test_a_report_of_an_unknown_agency_is_not_made(gongkai: Run, folder: Path, slug: str) -> None:
    before = sorted(folder.rglob("*"))
    done = gongkai("new", slug, "2026")
    assert done.returncode == 2
    assert re.search("[一-龥]", done.stdout + done.stderr)
    assert sorted(folder.rglob("*")) == before


def test_a_report_of_a_year_without_a_format_is_not_made(gongkai: Run, folder: Path) -> None:
    assert gongkai("new", "linxiang-zwfwj", "2007").returncode == 2
    assert not (folder / "data/agencies/linxiang-zwfwj/2007.yaml").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("chekc",),
        ("check", "--format", "xml"),
        ("format", "nowhere.yaml"),
        ("format", "--chekc"),
        ("new",),
        ("new", "linxiang-zwfwj"),
        ("new", "linxiang-zwfwj", "今年"),
        ("--data", "nowhere", "check"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_from_findings(gongkai: Run, arguments: tuple[str, ...]) -> None:
    done = gongkai(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def crush(path: Path) -> bytes:
    """Spoil the form of a report as an editor may; return what it was."""
    before = path.read_bytes()
    text = re.sub(r"(?<=[\[,]) +", "", before.decode()).replace(
        "总体情况: |", "总体情况: |  # 正文"
    )
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    return before


def test_format_puts_files_into_form_and_says_which(gongkai: Run, folder: Path) -> None:
    path = folder / SEED_FILE
    before = crush(path)
    path.chmod(0o640)
    done = gongkai("format")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"整理了 {SEED_FILE}"
    assert re.search(r"共 \d+ 个文件：不用整理 \d+ 个，整理了 1 个。", done.stdout)
    assert path.read_bytes().replace("  # 正文".encode(), b"") == before
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640
    assert [item.name for item in path.parent.iterdir() if item.name.startswith(".")] == []
    assert gongkai("format", "--check").returncode == 0


def test_format_check_shows_the_difference_and_the_remedy_and_changes_nothing(
    gongkai: Run, folder: Path
) -> None:
    path = folder / SEED_FILE
    crush(path)
    spoilt = path.read_bytes()
    done = gongkai("format", "--check")
    assert done.returncode == 1
    assert path.read_bytes() == spoilt
    assert f"--- {SEED_FILE}\n+++ {SEED_FILE}（整理后）\n@@ " in done.stdout
    assert "\n-  本年新收:" in done.stdout
    assert "\n+  本年新收:" in done.stdout
    assert re.search(rf"^→ 运行 python3? manage.py format {SEED_FILE}$", done.stdout, re.MULTILINE)
    assert "要整理 1 个" in done.stdout


IDENTITY_NUMBER = "11010519491231002X"
TELEPHONE = "13812345678"


def test_format_check_shows_no_personal_data_whole(gongkai: Run, folder: Path) -> None:
    path = folder / SEED_FILE
    remark = f"发布日期:   不详 # 经办人 {IDENTITY_NUMBER}，电话 {TELEPHONE}"
    path.write_text(path.read_text("utf-8").replace("发布日期: 不详", remark, 1), "utf-8")
    done = gongkai("format", "--check")
    assert done.returncode == 1
    assert TELEPHONE not in done.stdout
    assert IDENTITY_NUMBER not in done.stdout
    assert done.stdout.count("# 经办人 110105**********2X，电话 138****5678") == 2


def test_a_refusal_to_format_shows_no_personal_data_whole(gongkai: Run, folder: Path) -> None:
    path = folder / SEED_FILE
    path.write_text(f"{path.read_text('utf-8')}联系{TELEPHONE}: 有\n", "utf-8")
    done = gongkai("format")
    assert done.returncode == 1
    assert TELEPHONE not in done.stdout
    assert "联系138****5678" in done.stdout


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["CRLF", "BOM", "no final line end"],
)
def test_a_difference_that_nobody_sees_is_named(
    gongkai: Run, folder: Path, change: Callable[[bytes], bytes]
) -> None:
    path = folder / SEED_FILE
    good = path.read_bytes()
    path.write_bytes(change(good))
    done = gongkai("format", "--check")
    assert done.returncode == 1
    assert "只差换行符" in done.stdout
    assert gongkai("format").returncode == 0
    assert path.read_bytes() == good


def test_a_file_that_is_not_understood_stays_as_it_is(gongkai: Run, folder: Path) -> None:
    path, other = folder / SEED_FILE, folder / OTHER / "2020.yaml"
    before = crush(other)
    text = path.read_text("utf-8").replace("  上年结转:", "  本年新收: [0]\n  去年结转了:", 1)
    path.write_text(text, "utf-8", newline="\n")
    number = text[: text.index("本年新收: [0]")].count("\n") + 1
    for arguments in (("format", "--check"), ("format",)):
        done = gongkai(*arguments)
        assert done.returncode == 1
        assert f"{SEED_FILE}:{number}:3: 没有改动：" in done.stdout
        assert f"{SEED_FILE}:{number + 1}:3: 没有改动：" in done.stdout
        assert "有错误，没有改动 1 个" in done.stdout
    assert path.read_text("utf-8") == text
    assert other.read_bytes() == before


def test_only_the_named_files_are_put_into_form(gongkai: Run, folder: Path) -> None:
    crush(folder / SEED_FILE)
    before = crush(folder / OTHER / "2020.yaml")
    spoilt = (folder / SEED_FILE).read_bytes()
    assert gongkai("format", OTHER).returncode == 0
    assert (folder / SEED_FILE).read_bytes() == spoilt
    assert (folder / OTHER / "2020.yaml").read_bytes() == before


@pytest.mark.parametrize("place", ["data/formats", "data/regions.yaml", "data/formats/2021.yaml"])
def test_there_is_nothing_to_put_into_form_elsewhere(
    gongkai: Run, folder: Path, place: str
) -> None:
    (folder / "data/regions.yaml").write_bytes(
        b"# \r\n" + (folder / "data/regions.yaml").read_bytes()
    )
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert gongkai("format", place).returncode == 2
    assert gongkai("format").returncode == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_portal_without_agencies_is_no_mistake(gongkai: Run, folder: Path) -> None:
    shutil.rmtree(folder / "data/agencies")
    checked, formatted, made = (
        gongkai("check"),
        gongkai("format", "--check"),
        gongkai("new", "a", "2024"),
    )
    assert (checked.returncode, formatted.returncode, made.returncode) == (0, 0, 2)
    assert checked.stdout.startswith("检查了 0 份报告")
    assert formatted.stdout == "这里没有机关和报告的文件。\n"
    assert "先新建它" in made.stdout


def test_a_new_report_needs_no_format(gongkai: Run) -> None:
    gongkai("new", "linxiang-zwfwj", "2026")
    assert gongkai("format", "--check").returncode == 0


def test_a_link_to_a_file_stays_a_link(gongkai: Run, folder: Path) -> None:
    path, target = folder / SEED_FILE, folder / "elsewhere.yaml"
    path.replace(target)
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("links are not allowed here")
    before = target.read_bytes()
    crush(path)
    assert gongkai("format").returncode == 0
    assert path.is_symlink()
    assert target.read_bytes().replace("  # 正文".encode(), b"") == before


def test_a_file_is_whole_even_if_writing_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: int) -> None:
        raise OSError

    path = folder / SEED_FILE
    crush(path)
    before = {item: item.read_bytes() for item in folder.rglob("*") if item.is_file()}
    monkeypatch.setattr(os, "fsync", fail)
    assert main(["--data", str(folder / "data"), "format"]) == 1
    assert f"{SEED_FILE}: 没有改动：不能读写。" in capsys.readouterr().out
    assert {item: item.read_bytes() for item in folder.rglob("*") if item.is_file()} == before


def test_the_data_is_never_changed_by_a_check(gongkai: Run, folder: Path) -> None:
    data = folder / "data"
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    gongkai("check")
    after = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert after == before


def commit(folder: Path, message: str) -> None:
    for command in (["add", "-A"], ["commit", "-qm", message]):
        identity = ["-c", "user.name=张三", "-c", "user.email=name@example.gov.cn"]
        subprocess.run([GIT, *identity, *command], cwd=folder, check=True)


@pytest.fixture
def repository(folder: Path) -> Path:
    subprocess.run([GIT, "init", "-q"], cwd=folder, check=True)
    commit(folder, "before")
    return folder


def test_only_what_a_change_brought_is_told(gongkai: Run, repository: Path) -> None:
    seed = repository / SEED_FILE
    text = seed.read_text("utf-8")
    assert "多余" not in gongkai("check", "--changed-since", "HEAD").stdout
    row = next(line for line in text.splitlines() if line.startswith("  本年新收:"))
    seed.write_text("# 一行注释\n" + text.replace(row, row.replace(" 0]", " 7]")), "utf-8")
    done = gongkai("check", "--changed-since", "HEAD")
    told = [line for line in done.stdout.splitlines() if line.startswith("  第 ")]
    assert done.returncode == 1
    assert {line.rsplit("[", 1)[1] for line in told} == {
        "row-total]",
        "reconciliation]",
        "figure-told]",
    }
    assert re.search(r"另有 \d+ 处是以前就有的", done.stdout)
    commit(repository, "a mistake")
    assert gongkai("check", "--changed-since", "HEAD").returncode == 0
    assert gongkai("check", "--changed-since", "HEAD~1").returncode == 1


@pytest.mark.parametrize("revision", ["no-such-branch", "--help", "HEAD^{tree}", ""])
def test_an_unknown_revision_is_named(gongkai: Run, repository: Path, revision: str) -> None:
    done = gongkai("check", f"--changed-since={revision}")
    if revision:
        assert done.returncode == 2
        assert "没有" in done.stderr
    else:
        assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert repository.exists()


def test_data_outside_a_repository_cannot_be_compared(gongkai: Run) -> None:
    done = gongkai("check", "--changed-since", "HEAD")
    assert done.returncode == 2
    assert "git" in done.stderr


def test_the_whole_result_can_be_kept_as_a_record(gongkai: Run, folder: Path) -> None:
    done = gongkai("check", "--record", "found.json", SEED_FILE)
    record = json.loads((folder / "found.json").read_text("utf-8"))
    assert done.returncode == 0
    counted = {rule["id"]: rule for rule in record["rules"]}
    assert counted["row-total"]["assessed"] > 0
    assert len(record["findings"]) == sum(rule["found"] for rule in record["rules"])


def test_a_check_and_a_build_take_the_day_that_a_repetition_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert today() == TODAY, "conftest.py asks for it"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert today() == date(1970, 1, 1)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert today().year >= TODAY.year
