"""The package's own Jinja environment: escapes everything, and knows no undefined names."""

import os
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
COMPILED = Path(__file__).parents[3] / ".cache" / "templates"


def render(name: str, /, **values: object) -> Markup:
    """Render a template to finished HTML."""
    return Markup(_template(name).render(**values))  # noqa: S704 - autoescape is on


@lru_cache(maxsize=32)
def _template(name: str) -> Template:
    return _environment().get_template(name)


def compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept for the next build; nowhere if nothing can be written."""
    try:
        COMPILED.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(COMPILED)) if os.access(COMPILED, os.W_OK) else None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled(),
    )
    environment.filters["date"] = chinese_date
    return environment


def chinese_date(stated: str) -> str:
    """Write `2022-01-20` or `2022-01-20 09:30` as `2022年1月20日`."""
    year, month, day = (int(part) for part in stated[:10].split("-"))
    return f"{year}年{month}月{day}日"
