"""What stands on the screen is hidden when nobody is there any more, and nothing that was typed is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from axe import AXE, wrong_with
from browsers import in_a_browser
from workplace.people import ADA
from workplace.served import open_chart, served, sitting

pytestmark = in_a_browser

NURSE = "Varm Lyngmo"
LATER = "00:11:00"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        yield address


def lock_in_another_tab(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Lås").click()
    other.wait_for_url("**/logg-inn/last*")
    other.close()


def test_a_page_that_was_left_shows_the_lock_and_opens_where_it_was(browser: Browser, site: str) -> None:
    with sitting(browser, site, NURSE) as nurse:
        nurse.clock.install()
        open_chart(nurse, ADA)
        expect(nurse.get_by_role("heading", name="Diagnoser")).to_be_visible()
        nurse.clock.fast_forward(LATER)
        expect(
            nurse.get_by_role("heading", name="Diagnoser")
        ).to_be_visible()  # the session was used just now
        context = nurse.context
        proof = nurse.locator("form[data-locks] input[name=bevis]").input_value()
        locked = context.request.post(f"{site}/logg-inn/las", form={"bevis": proof}, headers={"Origin": site})
        assert locked.ok
        nurse.clock.fast_forward(LATER)
        nurse.wait_for_url("**/logg-inn/last*")
        nurse.get_by_role("button", name=f"Åpne igjen som {NURSE}").click()
        nurse.wait_for_url(f"**/arbeid/innbygger/{ADA}")


def test_a_lock_in_one_tab_hides_the_others(browser: Browser, site: str) -> None:
    with sitting(browser, site, NURSE) as nurse:
        open_chart(nurse, ADA)
        lock_in_another_tab(nurse)
        nurse.wait_for_url("**/logg-inn/last*")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_what_is_typed_and_not_saved_is_covered_and_there_when_it_is_opened(
    browser: Browser, site: str
) -> None:
    with sitting(browser, site, NURSE) as nurse:
        nurse.clock.install()
        nurse.goto(f"{site}/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/malinger")
        field = nurse.locator("#malesett input:not([type=hidden])").first
        field.fill("17")
        lock_in_another_tab(nurse)
        nurse.clock.fast_forward(LATER)
        opens = nurse.get_by_role("link", name=f"Åpne igjen som {NURSE}")
        expect(opens).to_be_focused()
        expect(nurse.get_by_role("heading", name="Diagnoser")).not_to_be_visible()
        expect(field).not_to_be_visible()
        for _ in range(2):
            nurse.keyboard.press("Escape")
        expect(opens).to_be_visible()
        assert wrong_with(nurse, "covered") == []
        with nurse.expect_popup() as opened:
            opens.click()
        opened.value.get_by_role("button", name=f"Åpne igjen som {NURSE}").click()
        opened.value.wait_for_url("**/logg-inn/meg")
        opened.value.close()
        nurse.clock.fast_forward("00:00:06")
        expect(field).to_be_visible()
        expect(field).to_have_value("17")
        proof = nurse.request.get(f"{site}/logg-inn/bruk").json()["bevis"]
        expect(nurse.locator("form[data-locks] input[name=bevis]")).to_have_value(proof)


def test_a_lock_asks_nobody_and_takes_no_word_of_a_form_that_was_left(browser: Browser, site: str) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with sitting(browser, site, NURSE) as nurse:
        open_chart(nurse, ADA)
        nurse.on("dialog", stay)
        nurse.keyboard.press("F4")
        expect(nurse.get_by_label("Puls")).to_be_focused()
        nurse.keyboard.type("88")
        nurse.keyboard.press("F7")
        expect(nurse.get_by_role("heading", name="Kjerneinformasjon")).to_be_visible()
        lock_in_another_tab(nurse)
        opens = nurse.get_by_role("link", name=f"Åpne igjen som {NURSE}")
        expect(opens).to_be_focused()
        with nurse.expect_popup() as opened:
            opens.click()
        opened.value.get_by_role("button", name=f"Åpne igjen som {NURSE}").click()
        opened.value.wait_for_url("**/logg-inn/meg")
        opened.value.close()
        expect(nurse.get_by_role("heading", name="Kjerneinformasjon")).to_be_visible(timeout=10_000)
        nurse.keyboard.press("F4")
        expect(nurse.get_by_label("Puls")).to_have_value("88")
        nurse.get_by_label("Puls").fill("")
        lock_in_another_tab(nurse)
        nurse.wait_for_url("**/logg-inn/last*")
    assert asked == []
