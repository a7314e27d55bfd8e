"""The front page as a person sees it, in Debian's Chromium."""

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from app.first_start import started_before
from app.processes import environment_for, running, stop
from browsers import in_a_browser

pytestmark = in_a_browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with started_before() as (data, _), running(environment_for(data), "demo") as (process, found):
        yield found
        stop(process, signal.SIGINT)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page; what it writes to the console is a fault."""
    opened = browser.new_page(locale="nb-NO")
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert said == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_stands_outside_the_screen(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("heading", level=1).inner_text() == "Fellesjournal"


def test_the_language_is_switched_and_switched_back(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Norsk").click()
    assert page.locator("html").get_attribute("lang") == "nb"


def test_a_reader_gets_from_the_numbers_to_the_resources(page: Page, address: str) -> None:
    page.goto(address)
    with page.expect_response(lambda answer: "/fhir/Patient" in answer.url) as answered:
        page.get_by_role("link", name="Patient", exact=True).click()
    assert answered.value.status == 200
    assert answered.value.json()["resourceType"] == "Bundle"
