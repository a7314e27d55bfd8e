"""A real app in a real browser: the fhirclient library, in Debian's Chromium, on an origin of its own."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page

from access.conftest import patient, stay
from access.test_apps_at_the_door import categorised
from app.processes import environment_for, fellesjournal, running, site_folder, stop
from browsers import in_a_browser
from conftest import ROOT
from record.conftest import bundle, entry
from world import staff

LIBRARY = ROOT / "node_modules" / "fhirclient" / "build" / "fhir-client.js"
SHOTS = os.environ.get("SCREENSHOTS", "")

pytestmark = [
    in_a_browser,
    pytest.mark.skipif(not LIBRARY.exists(), reason="fhirclient is not installed (npm install)"),
]


class App(SimpleHTTPRequestHandler):
    """Serves the app's page, and the library to it."""

    def translate_path(self, path: str) -> str:
        if path.startswith("/fhir-client.js"):
            return str(LIBRARY)
        return str(Path(__file__).parent / "app" / "app.html")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Sites(NamedTuple):
    """Where the journal and the app are."""

    journal: str
    app: str


@pytest.fixture(scope="module")
def app() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), App)
    threading.Thread(target=partial(server.serve_forever, 0.1), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="module")
def sites(app: str) -> Iterator[Sites]:
    with site_folder() as data:
        environment = environment_for(data) | {
            "FELLESJOURNAL_PRACTICE_SITE": "true",
            "FELLESJOURNAL_ALLOWED_ORIGINS": app,
        }
        chosen = ["--name", "Vekstkurve", "--responsible", "Eksempel AS", "--id", "growth"]
        addresses = ["--redirect-uri", f"{app}/app.html", "--launch-uri", f"{app}/app.html"]
        scopes = "openid fhirUser launch launch/patient offline_access patient/*.rs user/Practitioner.rs"
        added = fellesjournal(environment, "apps", "add", *chosen, *addresses, "--scopes", scopes)
        assert added.returncode == 0, added.stderr
        assert "growth" in added.stdout
        with running(environment, "serve") as (process, address):
            _fill(address)
            yield Sites(address.rstrip("/"), app)
            stop(process, signal.SIGINT)


def _fill(address: str) -> None:
    resources = [*staff.resources()]
    for id, family in (("kari", "Nordmann"), ("ola", "Nordli")):
        resources.append(patient(id) | {"name": [{"given": [id.title()], "family": family}]})
        resources += [
            categorised(f"lab-{id}", id, "laboratory"),
            stay(f"stay-{id}", id, staff.WARD, "2020-01-01"),
        ]
    entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in resources]
    headers = {"Content-Type": "application/fhir+json"}
    with urlopen(Request(f"{address}fhir", data=bundle(*entries), headers=headers)) as answer:
        assert answer.status == 200


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new browser's page; what it writes to the console is a fault."""
    context = browser.new_context(locale="nb-NO")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def sign_in(page: Page) -> None:
    """Be the nurse on the ward."""
    page.get_by_role("link", name="Hvem vil du være?").click()
    page.get_by_role("button", name="Varm Lyngmo").click()


def told(page: Page) -> dict[str, Any]:
    """Return what the app tells; the wait is a locator's, as the journal's pages let nobody evaluate text."""
    said = page.locator("#told:not(:empty)")
    said.wait_for(timeout=30_000)
    text = said.inner_text()
    assert text.startswith("{"), text
    found: dict[str, Any] = json.loads(text)
    return found


EXPECTED = {"again": "kari", "found": ["lab-kari"], "patient": "kari", "renewed": True}


def test_standalone_launch_from_sign_in_to_a_renewed_token(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.app}/app.html?iss={sites.journal}/fhir")
    page.wait_for_url("**/logg-inn?**")
    sign_in(page)
    page.get_by_role("button", name="Kari Nordmann").click()
    page.get_by_role("heading", name="Vil du gi Vekstkurve tilgang?").wait_for()
    _look(page)
    page.get_by_role("button", name="Gi tilgang", exact=True).click()
    assert told(page) == EXPECTED | {"user": "Practitioner/varm-lyngmo"}


def test_launch_from_the_journal(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.journal}/logg-inn")
    sign_in(page)
    page.goto(f"{sites.journal}/smart/apper?pasient=kari")
    page.get_by_role("button", name="Åpne Vekstkurve").click()
    page.get_by_role("heading", name="Vil du gi Vekstkurve tilgang?").wait_for()
    assert "Kari Nordmann" in page.locator("dl").inner_text()
    page.get_by_role("button", name="Gi tilgang", exact=True).click()
    assert told(page) == EXPECTED | {"user": "Practitioner/varm-lyngmo"}


def _look(page: Page) -> None:
    """The page fits narrow and wide screens, and every control has a name and is large enough to hit."""
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for button in page.get_by_role("button").all():
            box = button.bounding_box()
            assert box
            assert box["height"] >= 44
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/consent-{width}.png", full_page=True)
    assert page.locator("h1").count() == 1
