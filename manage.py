"""Set up and run Gongkai: make `.venv`, install the locked requirements, run a command in it."""

import argparse
import contextlib
import hashlib
import importlib.util
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

# An older Python must be able to parse this whole file, or it could not say this.
if sys.version_info < (3, 11):
    sys.exit("需要 Python 3.11 或更新的版本，现在是 {}.{}。请先升级。".format(*sys.version_info))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-lock"
LOCK, TEST_LOCK = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
SCRIPT_CHECKS = ROOT / ".ci/js"
SCRIPT_STAMP = SCRIPT_CHECKS / "node_modules/installed-lock"
SITE, STAGING, OLD = ROOT / "site", ROOT / ".site-new", ROOT / ".site-old"

COMMAND = "python manage.py" if os.name == "nt" else "python3 manage.py"
USAGE = f"""\
用法：{COMMAND} 命令 [参数]

  serve [--port 端口] [--host 地址]   在本机查看网站，改动随时可见
  build [--offline]                   生成网站到 site/；--offline：可从文件夹直接打开
  check [文件]                        检查数据
  format [--check] [文件]             整理数据文件的写法；--check：只显示差别
  new 机关 年度                       新建一份年度报告
  schema [--check]                    更新 VS Code 的填写提示
  test [--quick]                      运行全部检查和测试；--quick：只做不用生成网站的
  lint                                只检查程序的写法和类型
  bench [--rivals]                    测量生成速度；--rivals：与别的生成器比较
  screenshots                         重拍 .github/ 里的网页截图
"""
PACKAGE_VERBS = ("check", "format", "new", "schema")
TEST_STEPS = ("ruff check .", "ruff format --check .", "mypy", "gongkai schema --check")
DATA_STEPS = ("gongkai check", "gongkai format --check")
SPREAD = ("-n", "auto", "--dist", "worksteal")
QUICK = ("-m", "not site and not slow")

NODE_IS_NEW = """\
const [major, minor] = process.versions.node.split(".").map(Number);
process.exitCode = Number(major < 20 || (major === 20 && minor < 19));
"""

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)

TEST_FONTS = ("fonts-dejavu-core", "fonts-noto-cjk")
"""What browser tests are drawn with, as Debian names it; see `tests/fonts.py`."""


class Stop(Exception):  # noqa: N818 - it may be no fault of the program
    """What keeps a command from going on, in words for the user."""


class Parser(argparse.ArgumentParser):
    """A parser that answers in Chinese, with the list of all commands."""

    def format_help(self) -> str:
        """Return the list of all commands."""
        return USAGE

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - it is in English
        """End the program as wrongly used."""
        self.exit(2, f"没有这个命令，或参数不对。\n\n{USAGE}")


def run(*arguments: str | Path, program: str | Path = PYTHON) -> int:
    """Run a program in the project, by default `.venv`'s Python; return its exit code."""
    with subprocess.Popen([program, *arguments], cwd=ROOT, env=os.environ) as child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=5)  # Ctrl-C reaches the child too: let it tidy up
            raise
        finally:
            child.terminate()


def succeeds(*command: str | Path) -> bool:
    """Tell whether a command can be run, and ends well; show nothing of it."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def set_up(lock: Path = LOCK) -> None:
    """Make `.venv` ready for the commands that need the requirements in `lock`."""
    make_venv()
    # The test lock holds everything of the other, at the same versions.
    if STAMP.exists() and STAMP.read_text("utf-8") in (digest(lock), digest(TEST_LOCK)):
        return
    print(f"正在安装 {lock.name} 列出的依赖，首次约需一分钟……")
    STAMP.unlink(missing_ok=True)
    if run("-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", lock):
        raise Stop(
            "依赖没有装上，原因见上文。请检查网络；连不上时先设置国内镜像，再试一次：\n"
            "  pip config set global.index-url 镜像地址"
        )
    STAMP.write_text(digest(lock), "utf-8")


def digest(lock: Path) -> str:
    """Return what tells one state of the lock files from another."""
    return hashlib.sha256(LOCK.read_bytes() + lock.read_bytes()).hexdigest()


def make_venv() -> None:
    """Make `.venv`, unless there is one that runs, has pip, and is of this Python's version."""
    fit = f"sys.version_info[:2] == {sys.version_info[:2]} and sys.prefix != sys.base_prefix"
    if succeeds(PYTHON, "-c", f"import pip, sys; sys.exit(not ({fit}))"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Stop("系统缺少 python3-venv。请先运行：sudo apt install python3-venv")
    print("正在准备运行环境 .venv……")
    if run("-m", "venv", "--clear", VENV, program=sys.executable):
        raise Stop("没能建立 .venv，原因见上文。请删除 .venv 文件夹后再试。")


def serve(*arguments: str) -> int:
    """Show the site on this machine, rebuilt after each change."""
    parser = Parser()
    parser.add_argument("--port", type=int, choices=range(1, 65536), default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args(arguments)
    address = f"{options.host}:{options.port}"
    try:
        socket.create_server((options.host, options.port)).close()
    except OSError as error:
        raise Stop(f"不能使用 {address}，多半是端口已被占用。请用 --port 换一个。") from error
    set_up()
    print(f"网站地址：http://{address}/ （按 Ctrl-C 结束）")
    os.environ["GONGKAI_PREVIEW"] = "true"  # else a slip in the data would stop the pages
    with contextlib.suppress(KeyboardInterrupt):
        return run("-m", "mkdocs", "serve", "--dev-addr", address)
    return 0


def build(*arguments: str) -> int:
    """Build the site into `site/`, where the last good one stays until the new one is whole."""
    parser = Parser()
    parser.add_argument("--offline", action="store_true")
    if parser.parse_args(arguments).offline:
        os.environ["GONGKAI_DIRECTORY_URLS"] = "false"
    set_up()
    recover()
    try:
        if run("-m", "mkdocs", "build", "--strict", "--site-dir", STAGING):
            raise Stop("网站没有生成，原因见上文。site/ 没有改动。")
        if SITE.exists():
            SITE.rename(OLD)
        STAGING.rename(SITE)
    except OSError as error:
        raise Stop("不能更换 site/。请关闭正在使用它的程序后再试。") from error
    finally:
        recover()
    print(f"网站已生成：{SITE / 'index.html'}")
    return 0


def recover() -> None:
    """Clear away what an ended build left, and put the old site back if it is missing."""
    shutil.rmtree(STAGING, ignore_errors=True)
    if SITE.exists():
        shutil.rmtree(OLD, ignore_errors=True)
    elif OLD.exists():
        OLD.rename(SITE)


def test(*arguments: str) -> int:
    """Run every check and test, up to the first that fails; what is wrong in the data waits."""
    is_quick = "--quick" in arguments
    if lint():
        return 1
    amiss = [step for step in DATA_STEPS if not passes(step)]
    if not is_quick:
        provide_browser()
    chosen = [*(QUICK if is_quick else ()), *(word for word in arguments if word != "--quick")]
    code = run("-m", "pytest", *SPREAD, *chosen)
    if amiss:
        print("data/ 里的数据有错误或者没有整理，见上文；这与程序的测试无关。")
    return 1 if code or amiss else 0


def lint() -> int:
    """Run what reads the program without running it."""
    set_up(TEST_LOCK)
    return 0 if all(map(passes, TEST_STEPS)) and not check_scripts() else 1


def passes(step: str) -> bool:
    """Tell what is done next, do it, and tell whether it ends well."""
    print("──", step)
    return run("-m", *step.split()) == 0


def check_scripts() -> int:
    """Check and test the site's own scripts where Node.js is; else say that this is left out."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None or not succeeds(node, "--eval", NODE_IS_NEW):
        print("没有找到 Node.js（20.19 或更新的版本）和 npm，网页脚本的检查和测试这次不做。")
        return 0
    print("── npm test")
    where = ("--prefix", SCRIPT_CHECKS)
    lock = hashlib.sha256((SCRIPT_CHECKS / "package-lock.json").read_bytes()).hexdigest()
    if not SCRIPT_STAMP.exists() or SCRIPT_STAMP.read_text("utf-8") != lock:
        if run("ci", "--ignore-scripts", "--no-audit", "--no-fund", *where, program=npm):
            raise Stop("检查网页脚本的工具没有装上，原因见上文。")
        SCRIPT_STAMP.write_text(lock, "utf-8")
    return run("test", "--silent", *where, program=npm)


def provide_browser() -> None:
    """Name a browser to the tests in `GONGKAI_BROWSER`: a path, or empty for Playwright's own."""
    browser = find_browser() or install_browser()
    missing = "浏览器测试不能运行。请安装 Chrome 或 Chromium，或用 GONGKAI_BROWSER 写明它的路径。"
    if browser is not None:
        os.environ["GONGKAI_BROWSER"] = browser
    elif os.environ.get("CI") == "true":
        raise Stop(missing)
    else:
        print(missing)


def find_browser() -> str | None:
    """Return the path of a browser that starts: Ubuntu's `chromium-browser` may be a stub."""
    chosen = os.environ.get("GONGKAI_BROWSER")
    known = (*map(shutil.which, BROWSER_NAMES), *map(os.path.expandvars, BROWSER_PLACES))
    for path in filter(None, [chosen] if chosen else known):
        # On Windows, asking a browser for its version would open a window.
        if Path(path).is_file() and (os.name == "nt" or succeeds(path, "--version")):
            return path
    if chosen:
        raise Stop(f"GONGKAI_BROWSER 写明的浏览器不能启动：{chosen}")
    return None


def install_browser() -> str | None:
    """Install a browser: the system's where that is allowed, else Playwright's own."""
    print("没有找到浏览器，正在安装……")
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        run("update", program=apt)
        needed = ("chromium", *TEST_FONTS)
        run("install", "-y", "--no-install-recommends", *needed, program=apt)
    return find_browser() or (None if run("-m", "playwright", "install", "chromium") else "")


def command(verb: str, *arguments: str) -> int:
    """Carry out one command; return its exit code."""
    own = {"serve": serve, "build": build, "test": test, "lint": lint}
    if verb in own:
        return own[verb](*arguments)
    if verb in PACKAGE_VERBS:
        set_up()
        return run("-m", "gongkai", verb, *arguments)
    if verb == "bench":
        set_up(TEST_LOCK)
        return run("tests/benchmarks/run.py", *arguments)
    if verb == "screenshots":
        set_up(TEST_LOCK)
        provide_browser()
        return run(".github/screenshots.py", *arguments)
    Parser().parse_args([verb])  # asks for help, or is wrong
    return 2


def main(arguments: list[str]) -> int:
    """Run the program; return 0 when all is fine, 1 when it failed, 2 for wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", line_buffering=True)
    paths = filter(None, (str(ROOT / "hooks"), os.environ.get("PYTHONPATH")))
    os.environ.update(PYTHONPATH=os.pathsep.join(paths), PYTHONUTF8="1", NO_MKDOCS_2_WARNING="1")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        code = command(*(arguments or ["--help"]))
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        return 1
    return code if code in (0, 1, 2) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
