"""The package keeps its shape: imports go one way, MkDocs stays at the edge, modules stay small."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from gongkai.checks.registry import RULES
from portal_data import ROOT

HOOKS = ROOT / "hooks"
PACKAGE = HOOKS / "gongkai"
TEMPLATES = PACKAGE / "html/templates"
MAX_LINES = 300

# A room knows only the floors below its own; rooms on one floor do not know each other.
FLOORS = (
    ("source",),
    ("forms",),
    ("data",),
    ("checks", "analysis", "editing"),
    ("html",),
    ("pages", "exports"),
    ("publishing",),
    ("commands", "__main__"),
)
LEVELS = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    .removesuffix("__init__")
    .removesuffix("."): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
PYTHON = pytest.mark.parametrize("module", MODULES)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Every module, or name in a module, that a file imports, written out in full."""
    package = path.relative_to(HOOKS).parent.parts
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def inner_imports(module: str) -> set[str]:
    """The modules of the package that one of them imports."""
    names = (name for name in imports(MODULES[module]) if name.startswith("gongkai."))
    return {_module(name.removeprefix("gongkai.")) for name in names}


def _module(name: str) -> str:
    """The module that a dotted name is, or is in."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def test_only_the_hook_imports_mkdocs() -> None:
    users = {
        path.relative_to(HOOKS).as_posix()
        for path in HOOKS.rglob("*.py")
        if any(re.match(r"(mkdocs|material|properdocs)\b", name) for name in imports(path))
    }
    assert users == {"portal.py"}


def test_every_room_has_its_floor() -> None:
    assert {module.partition(".")[0] for module in MODULES if module} == set(LEVELS)


@PYTHON
def test_imports_go_down(module: str) -> None:
    room = module.partition(".")[0]
    others = {name for name in inner_imports(module) if name.partition(".")[0] != room}
    if not room:
        assert others == set()
        return
    within_the_edge = {name for name in others if LEVELS[room] == len(FLOORS) - 1}
    upwards = {name for name in others if LEVELS[name.partition(".")[0]] >= LEVELS[room]}
    assert upwards - within_the_edge == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert tuple(TopologicalSorter({name: inner_imports(name) for name in MODULES}).static_order())


def test_every_room_says_what_it_knows_and_what_it_may_import() -> None:
    for room in LEVELS:
        if room in MODULES and MODULES[room].name == "__init__.py":
            words = ast.get_docstring(tree_of(MODULES[room])) or ""
            assert re.search(r"(Imports|It imports) ", words), room


@pytest.mark.parametrize("path", sorted(HOOKS.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", sorted(HOOKS.rglob("*.py")), ids=lambda path: path.stem)
def test_every_public_name_has_a_docstring(path: Path) -> None:
    tree = tree_of(path)
    named = [tree, *(node for node in _definitions(tree) if not node.name.startswith("_"))]
    silent = [getattr(node, "name", "module") for node in named if not ast.get_docstring(node)]
    assert silent == []


def _definitions(
    node: ast.Module | ast.ClassDef,
) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            yield item
        elif isinstance(item, ast.ClassDef) and not item.name.startswith("_"):
            yield item
            yield from _definitions(item)


def test_rules_have_chinese_texts() -> None:
    for rule in RULES:
        assert re.search("[一-龥]", rule.name), rule.id
        assert re.search("[一-龥]", rule.text), rule.id
        assert rule.text.endswith("。"), rule.id


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*")), ids=lambda path: path.name)
def test_no_template_switches_escaping_off(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", path.read_text("utf-8"))


def given_words(path: Path) -> Iterator[str]:
    """Every text that a module gives to a function."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield from (str(item.value) for item in node.args if isinstance(item, ast.Constant))


def test_every_template_is_used() -> None:
    rendered = {words for path in PACKAGE.rglob("*.py") for words in given_words(path)}
    taken = {
        name
        for path in TEMPLATES.iterdir()
        for name in re.findall(r'{% (?:import|include|extends) "([^"]+)"', path.read_text("utf-8"))
    }
    assert {path.name for path in TEMPLATES.iterdir()} == taken | {
        words for words in rendered if words.endswith(".j2")
    }


def test_only_the_command_line_prints() -> None:
    printing = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Name) and node.id == "print"
    }
    assert {module.partition(".")[0] for module in printing} == {"commands"}


def test_nothing_catches_every_exception() -> None:
    for path in HOOKS.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in {"everything", "Exception", "BaseException"}, path.name


def test_no_test_can_read_what_a_county_keeps() -> None:
    with pytest.raises(PermissionError, match="tests/portal"):
        (ROOT / "data/regions.yaml").read_bytes()
    with pytest.raises(PermissionError, match="tests/portal"):
        list((ROOT / "data/agencies").iterdir())
