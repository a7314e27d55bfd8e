"""Forms as people meet them: on a phone, without scripts, left and resumed elsewhere, gone through by a
worker."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from axe import AXE, wrong_with
from browsers import in_a_browser
from fellesjournal.documentation.mending import mended
from portal import people
from portal.test_in_a_browser import HEAVIEST, visiting, weight
from workplace.people import ADA
from workplace.served import put, served, sitting
from world import staff

pytestmark = in_a_browser

NURSE = "Varm Lyngmo"
LONG = "HSO_pakjenning-v2.0.7.json"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        put(address, *people.resources())
        yield address


def answer(page: Page) -> None:
    """Choose the first answer to everything on a step, and go on."""
    for group in page.get_by_role("group").all():
        if (radio := group.get_by_role("radio").first).count():
            radio.check()
        elif (box := group.get_by_role("checkbox").first).count():
            box.check()
    for chosen in page.locator("form.step select").all():
        chosen.select_option(index=1)
    page.locator(".acts").get_by_role("button", name="Neste").click()


def test_a_long_form_is_left_on_a_phone_resumed_on_a_machine_and_gone_through_by_a_nurse(
    browser: Browser, site: str, shared_data: Path
) -> None:
    path = shared_data / "norway" / "questionnaires" / "structor" / LONG
    if not path.exists():
        pytest.skip("Helsenorge's forms are not here")
    bundle = json.loads(path.read_text("utf-8"))
    put(site, *(mended(one["resource"], citizens=True).questionnaire for one in bundle["entry"]))
    title = bundle["entry"][0]["resource"]["title"]
    with visiting(browser, site, java_script_enabled=False) as phone:
        phone.goto(f"{site}/min/skjema")
        phone.get_by_role("link", name=title).click()
        phone.get_by_role("button", name="Begynn").click()
        for _ in range(4):
            answer(phone)
        fresh = phone.context.new_page()
        assert weight(fresh, phone.url) <= HEAVIEST
        reached = phone.url
        phone.get_by_role("button", name="Lagre og gå videre senere").click()
        phone.get_by_text("Det du har skrevet, er lagret.").wait_for()
    with visiting(browser, site, viewport={"width": 1366, "height": 768}) as machine:
        machine.goto(f"{site}/min/skjema")
        machine.locator("section", has_text="Begynt, men ikke sendt").get_by_role("link", name=title).click()
        machine.get_by_role("button", name="Gå videre der du var").click()
        machine.goto(reached)
        while not machine.url.endswith("/svar"):
            answer(machine)
        assert machine.get_by_text("Akershus universitetssykehus HF").count() >= 1
        machine.get_by_label("Hvem skal få svarene?").select_option(f"Organization/{staff.WARD}")
        machine.get_by_role("button", name="Send").click()
        machine.get_by_text("Svarene er sendt.").wait_for()
    with sitting(browser, site, NURSE) as nurse:
        unread = nurse.locator("section", has_text="Svar på skjema fra innbyggere")
        unread.get_by_role("link", name="Blid Fjellrype").click()
        nurse.locator("#arbeid").get_by_role("link", name=title).click()
        nurse.locator("#arbeid").get_by_role("button", name="Gått gjennom").click()
        nurse.get_by_text("Valgene er lagret.").wait_for()
    with visiting(browser, site) as phone:
        phone.goto(f"{site}/min/skjema")
        assert phone.get_by_text("Gått gjennom").count() == 1


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_no_page_of_a_form_shuts_anybody_out_or_scrolls_sideways(browser: Browser, site: str) -> None:
    found = []
    narrow = {"width": 320, "height": 640}
    with visiting(browser, site, viewport=narrow) as page:
        page.goto(f"{site}/min/skjema/for-timen")
        found += wrong_with(page, page.url)
        page.get_by_role("button", name="Begynn").click()
        page.locator(".acts").get_by_role("button", name="Neste").click()
        page.get_by_role("alert").wait_for()
        found += wrong_with(page, page.url)
        page.locator("textarea").fill("Jeg er trøtt.")
        page.locator(".acts").get_by_role("button", name="Neste").click()
        while not page.url.endswith("/svar"):
            found += wrong_with(page, page.url)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
            for box in page.locator("form.step input[type=text]").all():
                box.fill("3")
            answer(page)
        found += wrong_with(page, page.url)
        page.get_by_label("Hvem skal få svarene?").select_option(index=1)
        page.get_by_role("button", name="Send").click()
        found += wrong_with(page, page.url)
        page.get_by_role("link", name="Før timen").last.click()
        found += wrong_with(page, page.url)
    with sitting(browser, site, NURSE) as nurse:
        nurse.goto(f"{site}/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/svar")
        nurse.locator("#arbeid .part").wait_for()
        found += wrong_with(nurse, nurse.url)
        nurse.locator("#arbeid").get_by_role("link", name="Før timen").click()
        nurse.get_by_text("Forslag til journalen").wait_for()
        found += wrong_with(nurse, nurse.url)
    assert found == []
