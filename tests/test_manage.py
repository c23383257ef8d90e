"""`manage.py` sets itself up, hands commands on, and never spoils a good site."""

import ast
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from portal_data import ROOT

import manage

pytestmark = pytest.mark.slow

POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals and scripts")

# Stands in for every module that `manage.py` runs: tells how it was called, builds a site.
FAKE = """\
import json, os, pathlib, signal, sys, time
name = pathlib.Path(__file__).stem
names = ("PYTHONPATH", "PYTHONUTF8", "NO_MKDOCS_2_WARNING", "GONGKAI_DIRECTORY_URLS")
seen = {key: os.environ.get(key) for key in names}
if "serve" in sys.argv:
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))  # the test interrupts once it has read
print(json.dumps([name, *sys.argv[1:], seen]), flush=True)
if "--site-dir" in sys.argv:
    site = pathlib.Path(sys.argv[-1])
    site.mkdir()
    (site / "index.html").write_text("new")
    if os.environ.get("FAKE_CRASH"):
        os.kill(os.getppid(), signal.SIGKILL)
if "serve" in sys.argv:
    time.sleep(30)
words = (name, "_".join([name, *sys.argv[1:2]]))
codes = [os.environ.get("FAKE_" + word.upper(), "0") for word in words]
sys.exit(max(map(int, codes)))
"""

# Stands in for npm, of which a machine may have none.
NPM = """\
#!/bin/sh
mkdir -p .ci/js/node_modules
echo "[\\"npm\\", \\"$1\\", {}]"
[ "$1" != "$FAKE_NPM" ]
"""


class Project:
    """A folder with `manage.py`, locks that ask for nothing, and stand-ins for all modules."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` as a user would."""
        return subprocess.run(
            [sys.executable, self.root / "manage.py", *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env=clean_environment() | self._path() | environment,
            timeout=120,
        )

    def _path(self) -> dict[str, str]:
        return {"PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def publish(self, text: str) -> None:
        """Put a site in place, as an earlier build would have."""
        (self.site / "about").mkdir(parents=True)
        (self.site / "index.html").write_text(text)
        (self.site / "about/index.html").write_text(text)

    def tree(self) -> dict[str, str]:
        """Return the files of the site with their content."""
        paths = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_text() for path in paths}

    def leftovers(self) -> list[str]:
        return sorted(path.name for path in self.root.glob(".site*"))


def clean_environment() -> dict[str, str]:
    """Return the environment without what a test run adds to it."""
    dropped = ("CI", "GONGKAI_", "PYTHONPATH", "NO_MKDOCS")
    kept = {key: text for key, text in os.environ.items() if not key.startswith(dropped)}
    return kept | {"PYTHONUTF8": "1"}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("项目 一"))
    shutil.copy(ROOT / "manage.py", project.root)
    for lock in ("requirements.txt", "requirements-test.txt"):
        (project.root / lock).write_text(f"# {lock}\n")
    hooks = project.root / "hooks"
    hooks.mkdir()
    for name in ("gongkai", "mkdocs", "mypy", "pytest", "ruff"):
        (hooks / f"{name}.py").write_text(FAKE, "utf-8")
    (project.root / "bin").mkdir()
    (project.root / "bin/npm").write_text(NPM)
    (project.root / "bin/node").write_text('#!/bin/sh\n[ -z "$FAKE_OLD_NODE" ]\n')
    for name in ("node", "npm"):
        (project.root / "bin" / name).chmod(0o755)
    (project.root / ".ci/js").mkdir(parents=True)
    (project.root / ".ci/js/package-lock.json").write_text("{}")
    half_made = project.root / ".venv"
    half_made.mkdir()
    (half_made / "pyvenv.cfg").write_text("home = nowhere\n")
    return project


@pytest.fixture(scope="session")
def first_run(made: Project) -> subprocess.CompletedProcess[str]:
    return made.run("check")


@pytest.fixture
def project(made: Project, first_run: subprocess.CompletedProcess[str]) -> Iterator[Project]:
    assert first_run.returncode == 0, first_run.stderr
    yield made
    for folder in (".site-new", ".site-old", "site"):
        shutil.rmtree(made.root / folder, ignore_errors=True)


@pytest.fixture
def bare(tmp_path: Path) -> Project:
    """A project in which nothing is set up, nor can be."""
    shutil.copy(ROOT / "manage.py", tmp_path)
    return Project(tmp_path)


def test_without_a_command_it_lists_all_commands(bare: Project) -> None:
    done = bare.run()
    assert done.returncode == 0
    assert re.findall(r"^  ([a-z]+)", done.stdout, re.MULTILINE) == [
        *(
            "serve",
            "build",
            "check",
            "format",
            "new",
            "schema",
            "test",
            "lint",
            "bench",
            "screenshots",
        ),
    ]


@pytest.mark.parametrize("arguments", [("biuld",), ("serve", "--port", "0"), ("build", "--fast")])
def test_wrong_use_is_answered_in_chinese_with_the_commands(
    bare: Project, arguments: tuple[str, ...]
) -> None:
    done = bare.run(*arguments)
    assert done.returncode == 2
    assert "没有这个命令，或参数不对" in done.stderr
    assert "serve [--port 端口]" in done.stderr
    assert not (bare.root / ".venv").exists()


def test_a_half_made_environment_is_made_anew(
    first_run: subprocess.CompletedProcess[str], made: Project
) -> None:
    assert first_run.returncode == 0, first_run.stderr
    assert "正在准备运行环境" in first_run.stdout
    assert (made.root / ".venv/installed-lock").exists()


def test_an_environment_that_is_ready_is_left_alone(project: Project) -> None:
    done = project.run("check")
    assert done.stdout.count("\n") == 1, done.stdout


@pytest.mark.parametrize("verb", manage.PACKAGE_VERBS)
@pytest.mark.parametrize(("code", "expected"), [("0", 0), ("1", 1), ("2", 2), ("3", 1)])
def test_package_commands_are_handed_on_with_their_arguments_and_exit_code(
    project: Project, verb: str, code: str, expected: int
) -> None:
    done = project.run(verb, "--format", "github", "data/甲 局", FAKE_GONGKAI=code)
    assert f'["gongkai", "{verb}", "--format", "github", ' in done.stdout
    assert done.returncode == expected


def test_children_find_the_package_and_what_was_on_the_path(project: Project) -> None:
    done = project.run("check", PYTHONPATH="elsewhere")
    hooks = str(project.root / "hooks").encode("ascii", "backslashreplace").decode()
    assert f'{hooks}{os.pathsep}elsewhere"' in done.stdout.replace("\\\\", "\\")
    assert '"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"' in done.stdout


def test_a_taken_port_is_named_before_any_set_up(bare: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = bare.run("serve", "--port", port)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}，多半是端口已被占用" in done.stderr
    assert "Traceback" not in done.stderr


@POSIX_ONLY
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 1)])
def test_serving_ends_quietly(project: Project, number: signal.Signals, code: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with subprocess.Popen(
        [sys.executable, project.root / "manage.py", "serve", "--port", port],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as server:
        assert server.stdout
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        assert '"--dev-addr"' in server.stdout.readline()
        if number == signal.SIGINT:
            os.killpg(server.pid, number)  # as a terminal does
        else:
            server.send_signal(number)
        _, errors = server.communicate(timeout=20)
    assert (server.returncode, errors) == (code, "")


def test_a_good_build_replaces_the_whole_site(project: Project) -> None:
    project.publish("old")
    done = project.run("build")
    assert done.returncode == 0, done.stderr
    assert project.tree() == {"index.html": "new"}
    assert project.leftovers() == []
    assert '"build", "--strict", "--site-dir"' in done.stdout


def test_a_first_build_needs_no_earlier_site(project: Project) -> None:
    assert project.run("build").returncode == 0
    assert project.tree() == {"index.html": "new"}


def test_a_failed_build_leaves_the_site_as_it_was(project: Project) -> None:
    project.publish("old")
    before = project.tree()
    done = project.run("build", FAKE_MKDOCS="1")
    assert done.returncode == 1
    assert "网站没有生成" in done.stderr
    assert project.tree() == before
    assert project.leftovers() == []


@POSIX_ONLY
def test_a_killed_build_leaves_the_site_and_the_next_one_clears_up(project: Project) -> None:
    project.publish("old")
    before = project.tree()
    assert project.run("build", FAKE_CRASH="1").returncode == -signal.SIGKILL
    assert project.tree() == before
    assert project.leftovers() == [".site-new"]
    assert project.run("build").returncode == 0
    assert project.tree() == {"index.html": "new"}
    assert project.leftovers() == []


@pytest.mark.parametrize("code", ["0", "1"])
def test_a_crash_while_sites_are_exchanged_is_made_good(project: Project, code: str) -> None:
    project.publish("old")
    before = project.tree()
    project.site.rename(project.root / ".site-old")
    (project.root / ".site-new").mkdir()
    project.run("build", FAKE_MKDOCS=code)
    assert project.tree() == (before if code == "1" else {"index.html": "new"})
    assert project.leftovers() == []


def test_a_crash_after_the_exchange_keeps_the_newer_site(project: Project) -> None:
    project.publish("newer")
    before = project.tree()
    shutil.copytree(project.site / "about", project.root / ".site-old")
    project.run("build", FAKE_MKDOCS="1")
    assert project.tree() == before
    assert project.leftovers() == []


@pytest.mark.parametrize(("options", "seen"), [(["--offline"], '"false"'), ([], "null")])
def test_only_an_offline_build_asks_for_plain_files(
    project: Project, options: list[str], seen: str
) -> None:
    done = project.run("build", *options)
    assert f'"GONGKAI_DIRECTORY_URLS": {seen}' in done.stdout


@POSIX_ONLY
def test_tests_run_in_order_and_pass_their_arguments_on(project: Project) -> None:
    done = project.run("test", "-k", "site", GONGKAI_BROWSER=sys.executable)
    assert done.returncode == 0, done.stderr
    assert [line.partition(", {")[0] for line in done.stdout.splitlines() if line[0] == "["] == [
        '["ruff", "check", "."',
        '["ruff", "format", "--check", "."',
        '["mypy"',
        '["gongkai", "schema", "--check"',
        '["npm", "ci"',
        '["npm", "test"',
        '["gongkai", "check"',
        '["gongkai", "format", "--check"',
        '["pytest", "-n", "auto", "--dist", "worksteal", "-k", "site"',
    ]
    again = project.run("test", GONGKAI_BROWSER=sys.executable).stdout
    assert ('["npm", "ci"' in again, '["npm", "test"' in again) == (False, True)
    shutil.rmtree(project.root / ".ci/js/node_modules")


@POSIX_ONLY
@pytest.mark.parametrize("step", ["ci", "test"])
def test_scripts_that_fail_their_checks_end_the_run(project: Project, step: str) -> None:
    done = project.run("test", GONGKAI_BROWSER=sys.executable, FAKE_NPM=step)
    assert done.returncode == 1
    assert '["pytest"' not in done.stdout
    shutil.rmtree(project.root / ".ci/js/node_modules")


def test_screenshots_are_taken_with_the_browser_that_was_found(project: Project) -> None:
    (project.root / ".github").mkdir(exist_ok=True)
    (project.root / ".github/screenshots.py").write_text(FAKE, "utf-8")
    done = project.run("screenshots", GONGKAI_BROWSER=sys.executable)
    assert (done.returncode, '["screenshots", ' in done.stdout) == (0, True)
    missing = project.run("screenshots", GONGKAI_BROWSER="/nowhere")
    assert (missing.returncode, "screenshots" in missing.stdout) == (1, False)


def test_the_quick_run_needs_no_browser_and_builds_no_site(project: Project) -> None:
    done = project.run("test", "--quick", "-x", GONGKAI_BROWSER="/nowhere")
    assert done.returncode == 0, done.stderr
    assert '"-m", "not site and not slow", "-x"' in done.stdout
    shutil.rmtree(project.root / ".ci/js/node_modules", ignore_errors=True)


def test_what_is_wrong_in_the_data_is_told_and_keeps_no_test_from_running(
    project: Project,
) -> None:
    done = project.run("test", GONGKAI_BROWSER=sys.executable, FAKE_GONGKAI_CHECK="1")
    assert '["pytest", ' in done.stdout
    assert "这与程序的测试无关" in done.stdout
    assert done.returncode == 1
    shutil.rmtree(project.root / ".ci/js/node_modules", ignore_errors=True)


def test_tests_stop_at_the_first_failure(project: Project) -> None:
    done = project.run("test", FAKE_MYPY="2", GONGKAI_BROWSER=sys.executable)
    assert done.returncode == 1
    assert '["mypy"' in done.stdout
    assert '["gongkai"' not in done.stdout


@POSIX_ONLY
def test_scripts_are_left_out_where_node_is_too_old(project: Project) -> None:
    done = project.run("test", GONGKAI_BROWSER=sys.executable, FAKE_OLD_NODE="1")
    assert done.returncode == 0, done.stderr
    assert "没有找到 Node.js（20.19 或更新的版本）" in done.stdout
    assert '["npm"' not in done.stdout


@POSIX_ONLY
@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_missing_browser_fails_in_ci_only(project: Project, ci: str, code: int) -> None:
    done = project.run("test", CI=ci, PATH="/nowhere")
    assert done.returncode == code
    assert "请安装 Chrome 或 Chromium" in done.stdout + done.stderr
    assert "没有找到 Node.js" in done.stdout
    assert ('["pytest"' in done.stdout) is (code == 0)


@POSIX_ONLY
def test_a_browser_that_does_not_start_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in (("chromium", 1), ("google-chrome", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("GONGKAI_BROWSER", raising=False)
    assert manage.find_browser() == str(tmp_path / "google-chrome")


def test_a_chosen_browser_that_does_not_start_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_BROWSER", str(tmp_path / "browser"))
    with pytest.raises(manage.Stop, match="不能启动"):
        manage.find_browser()


def test_a_failed_installation_is_explained_and_tried_again(
    project: Project, tmp_path: Path
) -> None:
    copy = Project(tmp_path / "copy")
    shutil.copytree(project.root, copy.root, symlinks=True)
    lock = copy.root / "requirements.txt"
    good = lock.read_text()
    lock.write_text(f"gongkai-missing==1 --hash=sha256:{'0' * 64}\n")
    offline = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    for _ in range(2):
        done = copy.run("check", **offline)
        assert done.returncode == 1
        assert "gongkai-missing" in done.stderr, "pip's own words are kept"
        assert "依赖没有装上" in done.stderr
        assert "Traceback" not in done.stderr
    lock.write_text(good)
    done = copy.run("check", **offline)
    assert done.returncode == 0
    assert "正在安装" in done.stdout, "what a failed installation left is not trusted"


def run_changed(change: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run `manage.py check` in a Python that was changed first."""
    code = f"import runpy, sys; {change}; sys.argv[1:] = ['check']\n"
    code += f"runpy.run_path({str(root / 'manage.py')!r}, run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=clean_environment(),
        timeout=60,
    )


def test_an_older_python_is_refused_in_chinese(bare: Project) -> None:
    done = run_changed("sys.version_info = (3, 10, 9, 'final', 0)", bare.root)
    assert done.returncode == 1
    assert done.stderr == "需要 Python 3.11 或更新的版本，现在是 3.10。请先升级。\n"


def test_an_older_python_can_parse_the_program() -> None:
    ast.parse((ROOT / "manage.py").read_text("utf-8"), feature_version=(3, 7))


def test_a_system_without_venv_is_told_what_to_install(bare: Project) -> None:
    done = run_changed("sys.modules['ensurepip'] = None", bare.root)
    assert done.returncode == 1
    assert "sudo apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr


def requirements(name: str) -> dict[str, list[str]]:
    """Return what a lock holds: each requirement with its hashes."""
    entries = re.split(r"^(?=[a-z])", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    found = [(re.split(r"[ ;]", entry)[0], entry) for entry in entries if entry[0] != "#"]
    return {pin: re.findall(r"--hash=(\S+)", entry) for pin, entry in found}


def test_the_test_lock_holds_everything_of_the_other() -> None:
    lock = requirements("requirements.txt")
    assert lock
    assert lock.items() <= requirements("requirements-test.txt").items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_locks_are_hashed_and_name_no_host(name: str) -> None:
    assert [pin for pin, hashes in requirements(name).items() if not hashes] == []
    assert re.findall(r"://|--index|--find-links|@ ", (ROOT / name).read_text("utf-8")) == []


def test_everything_that_is_asked_for_is_locked() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extra = asked["optional-dependencies"]["test"]
    locked = {pin.partition("==")[0] for pin in requirements("requirements-test.txt")}
    names = [re.split(r"[<>=!~ ]", line)[0].lower() for line in asked["dependencies"] + extra]
    assert [name for name in names if name not in locked] == []
