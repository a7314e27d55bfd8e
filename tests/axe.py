"""axe-core on a page in a browser: what shuts somebody out of it, in light and in dark."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from playwright.sync_api import Page

from conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCRIPT = AXE.read_text("utf-8") if AXE.exists() else ""
"""Put into a page by the browser's tools: its own policy rightly refuses a tag."""
_RUN = "async () => await axe.run({{{}resultTypes: ['violations']}})"
"""What keeps the rules is not told of: that takes as long as to look."""
ALL = _RUN.format("")
COLOURS = _RUN.format("runOnly: ['color-contrast', 'link-in-text-block'], ")
"""The rules for which it matters that it is dark: all others have been tried on the same page."""

ASKED: Mapping[Literal["dark", "light"], str] = {"dark": COLOURS, "light": ALL}

Fault = tuple[str, str, list[str]]
"""Where it was found, the rule, and the first elements that break it."""


def wrong_with(page: Page, name: str) -> list[Fault]:
    """What axe finds on a page as it stands, light and dark; it is light afterwards."""
    page.evaluate(SCRIPT)
    found = []
    for scheme, asked in ASKED.items():
        page.emulate_media(color_scheme=scheme)
        found += faults(page.evaluate(asked), f"{name}, {scheme}")
    return found


def faults(result: dict[str, Any], name: str) -> list[Fault]:
    """The violations in what axe has answered."""
    return [
        (name, one["id"], [re.sub(r"\s+", " ", node["html"])[:160] for node in one["nodes"]][:3])
        for one in result["violations"]
    ]
