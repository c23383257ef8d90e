"""The fonts that a browser is given: pages must fit with each of these sets."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import Browser

from manage import TEST_FONTS

HAN = "Noto Sans CJK SC"
SETS: Mapping[str, tuple[str, ...]] = {"low": ("DejaVu Sans", HAN), "high": (HAN,)}
"""The families of each set; its first is what `sans-serif` means. Latin letters of the first set
are a quarter lower than those of the second."""
PACKAGES = "、".join(TEST_FONTS)


def environment(folder: Path, families: tuple[str, ...]) -> dict[str, str | float | bool]:
    """Make a fontconfig file that knows these families alone; return what a browser is told."""
    file = folder / "fonts.conf"
    file.write_text(_configuration(families, folder), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(file)}


def _configuration(families: tuple[str, ...], folder: Path) -> str:
    accepted = "".join(
        f'<pattern><patelt name="family"><string>{escape(name)}</string></patelt></pattern>'
        for name in families
    )
    return f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include>/etc/fonts/fonts.conf</include>
<selectfont>
<rejectfont><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont>
<acceptfont>{accepted}</acceptfont>
</selectfont>
<match target="pattern"><edit name="family" mode="append" binding="strong">
<string>{escape(families[0])}</string></edit></match>
<cachedir>{escape(str(folder / "cache"))}</cachedir>
</fontconfig>
"""


def used(browser: Browser) -> str:
    """Return the family in which a browser draws Latin letters where a page asks for none."""
    page = browser.new_page()
    page.set_content("<p style='font-family: sans-serif'>Hxg</p>")
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "p"})
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
    page.close()
    return str(fonts[0]["familyName"])


def require(browser: Browser, families: tuple[str, ...]) -> None:
    """Leave a test out, or fail it where it must not be left out, if the fonts are not there."""
    if (found := used(browser)) == families[0]:
        return
    message = f"没有字体 {families[0]}（浏览器用的是 {found}）。请安装 {PACKAGES}。"
    if os.environ.get("CI") and sys.platform == "linux":
        pytest.fail(message)
    pytest.skip(message)
