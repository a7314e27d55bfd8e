"""The accessibility statement (tilgjengelighetserklæring), open to everybody, signed in or not.

Public bodies must have one for their web pages since 1 February 2023 (forskrift om universell utforming av
IKT-løsninger). What it says of the tests is read from measured.toml, which the browser tests of the portal
write (`bin/test --write-docs tests/portal/test_in_a_browser.py`) and check at every run.
"""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse, Response

from fellesjournal.signin.visit import Visit
from fellesjournal.ui.frame import Frame

MEASURED = Path(__file__).parent / "measured.toml"
"""The tool and its version, the day, the pages, the colour schemes, how many rules were tried, how many
breaches were found, and which rules a person must look at."""


def measured() -> Mapping[str, Any]:
    """What the tests found."""
    return tomllib.loads(MEASURED.read_text("utf-8"))


def show(frame: Frame, visit: Visit) -> Response:
    """The statement in the visitor's language."""
    html = frame.html("tilgjengelighet.html", visit.language, datetime.now(UTC), found=measured())
    return HTMLResponse(html)
