"""Emergency access with the keyboard alone, from where one is; and its follow-up, by the privacy officer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from axe import AXE, wrong_with
from browsers import in_a_browser
from workplace.people import ADA, FAR, FAR_NUMBER
from workplace.served import open_chart, served, sitting

pytestmark = in_a_browser

DOCTOR, OFFICER = "Ivrig Steinrøys", "Varsom Isrose"
PAGES = ("/arbeid", "/arbeid/uvanlig", f"/arbeid/oppfolging/logg?innbygger={FAR}")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        yield address


def test_the_number_that_was_typed_goes_along_and_the_officer_follows_it_up(
    browser: Browser, site: str
) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        doctor.keyboard.press("Control+k")
        doctor.keyboard.type(FAR_NUMBER)
        expect(doctor.get_by_role("option", name="Åpne journalen til den som har nummeret")).to_be_visible()
        doctor.keyboard.press("Enter")
        field = doctor.get_by_label("Fødselsnummer")
        expect(field).to_have_value(FAR_NUMBER)
        assert FAR_NUMBER not in doctor.url
        expect(doctor.get_by_role("radio").first).to_be_focused()
        doctor.keyboard.press("Space")
        doctor.keyboard.press("Enter")
        doctor.wait_for_url(f"**/innbygger/{FAR}")
        expect(doctor.get_by_role("heading", name="Fjern Havsule")).to_be_visible()
    with sitting(browser, site, OFFICER) as officer:
        sentence = officer.get_by_label("Hva fant du?")
        sentence.focus()
        officer.keyboard.type("Riktig brukt")
        officer.keyboard.press("Enter")
        expect(officer.get_by_text("Varsom Isrose: «Riktig brukt»")).to_be_visible()


def test_the_palette_takes_one_there_by_its_name(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        doctor.keyboard.press("Control+k")
        doctor.keyboard.type("nødt")
        doctor.get_by_role("option", name="Nødtilgang").wait_for()
        doctor.keyboard.press("Enter")
        doctor.wait_for_url("**/arbeid/nodtilgang")
        expect(doctor.get_by_label("Fødselsnummer")).to_be_focused()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_the_officers_pages_shut_nobody_out(browser: Browser, site: str) -> None:
    with sitting(browser, site, OFFICER) as officer:
        for path in PAGES:
            officer.goto(f"{site}{path}")
            assert wrong_with(officer, path) == []
            officer.set_viewport_size({"width": 683, "height": 384})
            assert officer.evaluate("document.documentElement.scrollWidth") <= 683, path
            officer.set_viewport_size({"width": 1366, "height": 768})
