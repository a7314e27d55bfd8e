"""The workplace as it is served, in Debian's Chromium: a server of its own, and people who sit at it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from app.processes import environment_for, running, site_folder
from record.conftest import bundle, entry
from signin.conftest import field
from workplace import people
from world import staff

SCREEN: ViewportSize = {"width": 1366, "height": 768}


@contextmanager
def served() -> Iterator[str]:
    """The address of a practice site with the citizens of these tests."""
    with site_folder() as data:
        environment = environment_for(data) | {"FELLESJOURNAL_PRACTICE_SITE": "true"}
        with running(environment, "serve") as (_, address):
            site = address.rstrip("/")
            put(site, *people.resources())
            yield site


def put(site: str, *resources: dict[str, Any]) -> None:
    """Store resources under their ids."""
    entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in resources]
    headers = {"Content-Type": "application/fhir+json"}
    with urlopen(Request(f"{site}/fhir", bundle(*entries), headers), timeout=60) as answer:
        assert answer.status == 200


@contextmanager
def sitting(browser: Browser, site: str, name: str, **more: Any) -> Iterator[Page]:
    """A worker at the page where the day begins. A breach of the content security policy is a fault."""
    options = {"locale": "nb-NO", "viewport": SCREEN} | more
    context = browser.new_context(**options)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    sign_in(context, site, name)
    page.goto(f"{site}/arbeid")
    try:
        yield page
    finally:
        context.close()  # who is left on a page is seen by others there
    faults = [line for line in said if "Content Security Policy" in line or line.startswith("error")]
    assert faults == [], faults


def sign_in(context: BrowserContext, site: str, name: str) -> None:
    """Sign a worker in, in the first role, without the pages of it: they have tests of their own."""
    id = next(one.id for one in staff.WORKERS if f"{one.given} {one.family}" == name)

    def send(path: str, **form: str | float | bool) -> str:
        answer = context.request.post(f"{site}{path}", form=form, headers={"Origin": site}, max_redirects=0)
        assert answer.status < 400, answer.text()
        return answer.headers["location"]

    if "/logg-inn/rolle" in send("/logg-inn/ovelse", person=f"Practitioner/{id}"):
        page = context.request.get(f"{site}/logg-inn/rolle").text()
        send("/logg-inn/rolle", bevis=field(page, "bevis"), rolle=field(page, "rolle"))


def open_chart(page: Page, id: str) -> None:
    """Open a citizen, and wait until the page is live."""
    site = re.match(r"https?://[^/]+", page.url)
    assert site
    page.goto(f"{site.group()}/arbeid/innbygger/{id}")
    page.locator("body[data-connected=true]").wait_for()


class Effort:
    """Counts what a person does, and how long it takes; a word that is written is one interaction."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._began = time.monotonic()
        self.keys = self.clicks = self.interactions = 0

    def press(self, key: str) -> None:
        """One key, or several at once."""
        self._page.keyboard.press(key)
        self.keys += 1
        self.interactions += 1

    def write(self, text: str) -> None:
        """Letters and digits, one key each."""
        self._page.keyboard.type(text)
        self.keys += len(text)
        self.interactions += 1

    def click(self, role: Any, name: str) -> None:
        """One press of the mouse."""
        self._page.get_by_role(role, name=name).first.click()
        self.clicks += 1
        self.interactions += 1

    def seconds(self) -> float:
        """Since the task began."""
        return time.monotonic() - self._began
