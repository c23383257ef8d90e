"""The guide for staff: every example in it can be copied into a file and passes the check."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.data.agencies import AGENCY_KEYS
from gongkai.data.regions import REGION
from gongkai.data.report_keys import OWN_KEYS
from portal_data import DATA, ROOT
from portal_fixture import SEED

GUIDE = (ROOT / "docs/staff/index.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
KEY = re.compile(r"^([^\s#:]+):", re.MULTILINE)
SEED_AGENCY = f"{SEED.partition('/')[0]}/agency.yaml"


def home(keys: list[str]) -> str:
    """The file below `data/` in which an example with these keys belongs."""
    if set(keys) <= set(OWN_KEYS):
        return f"agencies/{SEED}.yaml"
    return f"agencies/{SEED_AGENCY}" if set(keys) <= set(AGENCY_KEYS) else "regions.yaml"


def with_example(text: str, example: str) -> str:
    """A file with an example in place of what it said under the example's keys."""
    for key in KEY.findall(example):
        text = re.sub(rf"^{re.escape(key)}:.*\n(?:(?: .*)?\n)*", "", text, flags=re.MULTILINE)
    return f"{text.rstrip()}\n{example}"


@pytest.mark.parametrize("example", EXAMPLES, ids=map(str, range(len(EXAMPLES))))
def test_an_example_can_be_copied_into_a_file(tmp_path: Path, example: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    path = data / home(KEY.findall(example))
    path.write_text(with_example(path.read_text("utf-8"), example), "utf-8")
    found = check(dataset.load(data), date(2026, 6, 1)).problems
    assert [str(problem) for problem in found if problem.blocks_publication] == []


def test_the_guide_names_every_key() -> None:
    keys = (*AGENCY_KEYS, *OWN_KEYS, *REGION.keys)
    assert [key for key in keys if not re.search(rf"(?<![^\s“`{{]){key}[:”`]", GUIDE)] == []
