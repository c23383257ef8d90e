"""The workflows run only pinned code, with no more rights than they need."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from portal_data import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")

DANGEROUS = """\
on: pull_request_target
jobs:
  data:
    runs-on: ubuntu-0.4
    steps:
      - uses: actions/checkout@main
      - run: echo ${{ github.event.pull_request.title }}
"""


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool that is installed beside this Python."""
    program = shutil.which(name, path=str(Path(sys.executable).parent))
    assert program, f"{name} is not installed"
    return subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )


def steps(workflow: Path) -> list[str]:
    """Return every line of a workflow that calls an action or another workflow."""
    found = re.findall(r"^\s*(?:- )?uses: *(.*)$", workflow.read_text("utf-8"), re.MULTILINE)
    return [str(line).strip() for line in found]


def test_there_are_workflows_and_forms_to_judge() -> None:
    assert {path.stem for path in WORKFLOWS} >= {"check", "publish"}
    assert len(FORMS) >= 2


def test_actionlint_finds_nothing() -> None:
    done = tool("actionlint", *WORKFLOWS)
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing() -> None:
    done = tool("zizmor", "--offline", "--no-progress", "--persona", "pedantic", GITHUB)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("command", [("actionlint",), ("zizmor", "--offline", "--no-progress")])
def test_the_linters_object_to_a_dangerous_workflow(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    workflow = tmp_path / ".github/workflows/dangerous.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(DANGEROUS, "utf-8")
    assert tool(*command, workflow).returncode != 0


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE/config.yml"]),
    ],
)
def test_files_follow_their_schema(schema: str, files: list[Path]) -> None:
    done = tool("check-jsonschema", "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_with_its_version_beside_it(workflow: Path) -> None:
    used = steps(workflow)
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


def test_an_action_has_one_version_in_all_workflows() -> None:
    used = {line for workflow in WORKFLOWS for line in steps(workflow)}
    names = [line.partition("@")[0] for line in used]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_no_workflow_has_secrets_or_rights_beyond_a_job(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert "pull_request_target" not in text
    assert "secrets" not in text
    parsed = yaml.safe_load(text)
    assert parsed["permissions"] == {}
    for job in parsed["jobs"].values():
        assert job["timeout-minutes"] <= 60
        assert "permissions" in job


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_no_expression_stands_in_a_command(workflow: Path) -> None:
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert [command for command in commands if "${{" in command] == []


def test_only_the_deployment_may_write() -> None:
    granted = {
        (workflow.stem, name, right)
        for workflow in WORKFLOWS
        for name, job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].items()
        for right, level in job["permissions"].items()
        if level == "write"
    }
    assert granted == {("publish", "deploy", "pages"), ("publish", "deploy", "id-token")}
