"""The data that tests are about: the agencies of `tests/portal/` in the forms of `data/`.

What a county keeps in `data/agencies` and `data/regions.yaml` is judged by `check`, not here.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PORTAL = TESTS / "portal"


def copy_data(folder: Path) -> Path:
    """Make a folder `data` of the program's own forms and the tests' agencies; return it."""
    data = folder / "data"
    county = shutil.ignore_patterns("agencies", "regions.yaml")
    shutil.copytree(ROOT / "data", data, ignore=county)
    shutil.copytree(PORTAL, data, dirs_exist_ok=True)
    return data


HOME = Path(tempfile.mkdtemp(prefix="gongkai-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
DATA = copy_data(HOME)
