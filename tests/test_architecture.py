"""The package keeps its shape: imports go one way, MkDocs stays at the edge, modules stay small."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from gongkai.checks import RULES
from portal_fixture import ROOT

HOOKS = ROOT / "hooks"
PACKAGE = HOOKS / "gongkai"
TEMPLATES = PACKAGE / "templates"
MAX_LINES = 250

# A module imports only from lines above its own; modules on one line do not know each other.
LAYERS = (
    (
        "problems",
        "revisions",
        "axes",
        "addresses",
        "frame",
        "folding",
        "kinds",
        "policy",
        "telling",
        "templating",
    ),
    ("search.characters", "search.numbers", "search.grams"),
    ("head", "rules", "nodes", "formats", "syntax"),
    ("figures", "composer", "layout", "quoting", "relations", "shapes", "terms"),
    ("source", "fields", "glossary", "tables"),
    ("answers", "comments", "dates", "format_tables", "table_reader", "table_writer"),
    ("telling_reader", "vocabulary"),
    ("lifetimes", "privacy", "regions", "reports", "shape_schema", "writer"),
    ("agencies", "passages", "outputs", "report_keys"),
    ("deadlines", "format_reader", "report_reader", "scaffold", "section_schema"),
    ("canonical", "dataset"),
    ("schema", "coverage", "forming", "checks.manuscripts", "checks.names", "checks.suspicion"),
    ("composition", "checks.assessment"),
    (
        "checks.arithmetic",
        "checks.citations",
        "checks.copying",
        "checks.forms",
        "checks.identity",
        "checks.periods",
        "checks.prose",
        "checks.sums",
        "checks.told",
        "checks.years",
    ),
    ("checks.changes", "checks.meaning"),
    ("checks",),
    ("rollups", "series", "flows", "examples", "charts.svg"),
    ("charts.channels", "charts.outcomes", "charts.years"),
    ("pages.atlas",),
    ("pages.page",),
    (
        "pages.crumbs",
        "pages.overview",
        "pages.rules",
        "pages.sections",
        "pages.summary",
    ),
    ("pages.disclosure", "pages.glossary", "pages.heads", "pages.sums"),
    ("pages.agency", "pages.region", "pages.report", "pages.written", "pages.year"),
    ("search.entries", "search.catalogue"),
    ("search.corpus",),
    ("search.files",),
    ("pages.home", "downloads", "feeds", "site"),
    ("publishing", "cli"),
    ("__main__",),
)
EMPTY = {"", "charts", "pages", "search"}
LEVELS = {module: level for level, modules in enumerate(LAYERS) for module in modules}

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
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def test_only_the_hook_imports_mkdocs() -> None:
    users = {
        path.relative_to(HOOKS).as_posix()
        for path in HOOKS.rglob("*.py")
        if any(re.match(r"(mkdocs|material|properdocs)\b", name) for name in imports(path))
    }
    assert users == {"portal.py"}


def test_every_module_has_its_layer() -> None:
    assert set(MODULES) - EMPTY == set(LEVELS)
    assert sum(map(len, LAYERS)) == len(LEVELS)


@PYTHON
def test_imports_go_one_way(module: str) -> None:
    if module in EMPTY:
        assert inner_imports(module) == set()
        return
    upwards = {name for name in inner_imports(module) if LEVELS[name] >= LEVELS[module]}
    assert upwards == set()


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


def test_no_module_is_named_after_nothing() -> None:
    names = {path.stem for path in HOOKS.rglob("*.py")}
    assert (
        names & {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base"} == set()
    )


def test_rules_have_unique_plain_ids_and_chinese_texts() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids) > 20
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id), rule.id
        assert re.search("[一-龥]", rule.name), rule.id
        assert re.search("[一-龥]", rule.text), rule.id
        assert rule.text.endswith("。"), rule.id


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*")), ids=lambda path: path.name)
def test_no_template_switches_escaping_off(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", path.read_text("utf-8"))


def test_every_template_is_used() -> None:
    sources = [*PACKAGE.rglob("*.py"), *TEMPLATES.rglob("*")]
    text = "\n".join(path.read_text("utf-8") for path in sources if path.is_file())
    assert [path.name for path in TEMPLATES.iterdir() if f'"{path.name}"' not in text] == []


def test_only_the_command_line_prints() -> None:
    printing = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Name) and node.id == "print"
    }
    assert printing == {"cli"}


def test_nothing_catches_every_exception() -> None:
    for path in HOOKS.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in {"everything", "Exception", "BaseException"}, path.name
