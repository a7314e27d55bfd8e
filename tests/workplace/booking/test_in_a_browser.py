"""Booking as people meet it: live between two browsers, by keyboard, by mouse, whole for all, on paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe import AXE, wrong_with
from browsers import in_a_browser
from workplace.booking import calendars
from workplace.booking.calendars import DOCTOR, NURSE, ROOM, UNIT, appointment, moment
from workplace.booking.test_waiting import entry
from workplace.people import ADA, NEAR
from workplace.served import put, served, sitting

pytestmark = in_a_browser

SECRETARY, NURSES = "Ryddig Perlemor", "Rask Bekkesildre"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        held = appointment("held", moment(40, "10:00"), 20, f"Patient/{NEAR}", DOCTOR, status="pending")
        put(address, *calendars.resources(), *calendars.booked(), entry("waits", ADA, -1), held)
        yield address


def open_day(page: Page, site: str, days: int) -> None:
    page.goto(f"{site}/arbeid/timebok/{UNIT}?dag={moment(days, '00:00'):%Y-%m-%d}")
    page.locator("body[data-connected=true]").wait_for()


def cell(page: Page, party: str, days: int, clock: str) -> Locator:
    """The cell of a column that begins at a time."""
    return page.locator(f'td[data-party="{party}"][data-start="{moment(days, clock).isoformat()}"]')


def test_one_books_and_the_other_sees_it_where_it_stands_and_keeps_the_focus(
    browser: Browser, site: str
) -> None:
    with sitting(browser, site, SECRETARY) as one, sitting(browser, site, NURSES) as other:
        open_day(one, site, 4)
        open_day(other, site, 4)
        cell(other, NURSE, 4, "13:00").locator("button").focus()
        cell(one, DOCTOR, 4, "10:30").locator("button").click()
        expect(one.get_by_label(re.compile("Hvem skal ha timen"))).to_be_focused()
        one.keyboard.type("solf")
        one.keyboard.press("Enter")
        expect(one.get_by_label("Hva slags time")).to_be_focused()
        one.keyboard.type("polik")
        one.keyboard.press("Enter")
        expect(one.locator("#arbeid .times button").first).to_be_focused()
        one.keyboard.press("Enter")
        expect(one.locator("#arbeid .said")).to_contain_text("Timen er booket")
        for page in (one, other):
            expect(cell(page, DOCTOR, 4, "10:30")).to_contain_text("Solfrid Multemyr", timeout=5000)
        expect(cell(other, NURSE, 4, "13:00").locator("button")).to_be_focused()
        cell(one, DOCTOR, 4, "14:00").locator("button").click()
        expect(one.get_by_label(re.compile("Hvem skal ha timen"))).to_be_focused()
        expect(one.locator(".undo-kept")).to_contain_text("Timen er booket")
        one.keyboard.press("F3")
        expect(cell(other, DOCTOR, 4, "10:30")).to_have_class("free", timeout=5000)
        expect(one.locator(".undo-kept")).to_be_empty()


def test_a_block_shows_on_the_other_screen_and_is_lifted(browser: Browser, site: str) -> None:
    with sitting(browser, site, SECRETARY) as one, sitting(browser, site, NURSES) as other:
        open_day(one, site, 5)
        open_day(other, site, 5)
        cell(one, NURSE, 5, "11:00").locator("button").click()
        one.get_by_text("Sperr tiden").first.click()
        one.get_by_label("Grunn").fill("Kurs")
        one.get_by_role("button", name="Sperr tiden").click()
        expect(cell(other, NURSE, 5, "11:00")).to_contain_text("Kurs", timeout=5000)
        one.get_by_role("button", name="Angre").click()
        expect(cell(other, NURSE, 5, "11:00")).to_have_class("free", timeout=5000)


def test_a_mouse_drags_an_appointment_to_another_room_and_undo_brings_it_back(
    browser: Browser, site: str
) -> None:
    put(site, appointment("drag", moment(6, "12:00"), 30, f"Patient/{ADA}", ROOM))
    with sitting(browser, site, SECRETARY) as page:
        open_day(page, site, 6)
        cell(page, ROOM, 6, "12:00").locator("button").drag_to(cell(page, calendars.OTHER_ROOM, 6, "13:30"))
        expect(page.locator("#arbeid .said")).to_contain_text("Timen er flyttet")
        expect(cell(page, calendars.OTHER_ROOM, 6, "13:30")).to_contain_text("Blid Fjellrype")
        page.get_by_role("button", name="Angre").click()
        expect(page.locator("#arbeid .said")).to_contain_text("Gjort om")
        expect(cell(page, ROOM, 6, "12:00")).to_contain_text("Blid Fjellrype")


def test_enter_alone_moves_no_appointment_that_was_opened(browser: Browser, site: str) -> None:
    put(site, appointment("reflex", moment(7, "11:30"), 30, f"Patient/{ADA}", DOCTOR, calendars.PLACE))
    with sitting(browser, site, SECRETARY) as page:
        open_day(page, site, 7)
        cell(page, DOCTOR, 7, "11:30").locator("button").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Flytt til")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#arbeid .times button").first).to_be_focused()
        expect(page.locator("#arbeid .said")).to_have_count(0)
        expect(cell(page, DOCTOR, 7, "11:30")).to_contain_text("Blid Fjellrype")


def test_the_keyboard_picks_an_appointment_up_and_puts_it_down(browser: Browser, site: str) -> None:
    put(site, appointment("carry", moment(7, "09:30"), 30, f"Patient/{ADA}", DOCTOR, calendars.PLACE))
    with sitting(browser, site, SECRETARY) as page:
        open_day(page, site, 7)
        cell(page, DOCTOR, 7, "09:30").locator("button").focus()
        page.keyboard.press("m")
        page.keyboard.press("ArrowDown")
        expect(cell(page, DOCTOR, 7, "10:00").locator("button")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#arbeid .said")).to_contain_text("Timen er flyttet")
        expect(cell(page, DOCTOR, 7, "10:00")).to_contain_text("Blid Fjellrype")


def test_the_arrows_go_between_columns_and_over_what_is_long(browser: Browser, site: str) -> None:
    put(site, appointment("long", moment(8, "09:00"), 60, f"Patient/{ADA}", DOCTOR, calendars.PLACE))
    with sitting(browser, site, SECRETARY) as page:
        open_day(page, site, 8)
        cell(page, DOCTOR, 8, "09:00").locator("button").focus()
        page.keyboard.press("ArrowDown")
        expect(cell(page, DOCTOR, 8, "10:00").locator("button")).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        expect(cell(page, NURSE, 8, "09:00").locator("button")).to_be_focused()
        page.keyboard.press("ArrowLeft")
        expect(cell(page, DOCTOR, 8, "09:00").locator("button")).to_be_focused()


def test_the_reception_notes_with_one_key_each_and_the_other_desk_sees_it(
    browser: Browser, site: str
) -> None:
    with sitting(browser, site, SECRETARY) as one, sitting(browser, site, NURSES) as other:
        for page in (one, other):
            page.goto(f"{site}/arbeid/timebok/mottak")
            page.locator("body[data-connected=true]").wait_for()
        row = one.locator("#rad-today-late")
        expect(row).to_contain_text("forsinket")
        row.get_by_role("link").focus()
        one.keyboard.press("k")
        expect(one.locator("#del-mottak .said")).to_contain_text("Solfrid Multemyr: Merket som kommet")
        expect(other.locator("#rad-today-late")).to_contain_text("venter", timeout=5000)
        expect(row.get_by_role("link")).to_be_focused()
        one.keyboard.press("i")
        expect(row.locator(".tag")).to_have_text("inne")
        one.keyboard.press("F3")
        expect(row.locator(".tag")).to_have_text("venter")
        one.keyboard.press("ArrowUp")
        expect(one.locator("#rad-today-waits").get_by_role("link")).to_be_focused()


def tomorrow() -> str:
    """Where the clinic's next day is."""
    return f"{UNIT}?dag={moment(1, '00:00'):%Y-%m-%d}"


def pages() -> dict[str, str]:
    """Every page of the room by name, and where it is."""
    return {
        "day": tomorrow(),
        "week of a doctor": "Practitioner-klok-tindvik?vis=uke",
        "reception": "mottak",
        "waitlist": "venteliste",
        "tentative": "forelopige",
        "capacity": "oversikt",
    }


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_no_pane_shuts_anybody_out(browser: Browser, site: str) -> None:
    found: list[tuple[str, str, list[str]]] = []

    def look(page: Page, name: str) -> None:
        found.extend(wrong_with(page, name))

    with sitting(browser, site, SECRETARY) as page:
        for name, path in pages().items():
            page.goto(f"{site}/arbeid/timebok/{path}")
            if name == "waitlist":
                page.locator("summary").first.click()
            if name != "day":
                look(page, name)
        page.goto(f"{site}/arbeid/timebok/{tomorrow()}")
        page.locator("button.item[data-time]").first.click()
        page.locator("#arbeid .appointment").wait_for()
        page.get_by_text("Avlys").first.click()
        look(page, "appointment")
        page.locator("td.free button").first.click()
        page.locator("#arbeid .free").wait_for()
        page.get_by_text("Sperr tiden").first.click()
        page.keyboard.type("x")
        look(page, "free")
        page.goto(f"{site}/arbeid/innbygger/{NEAR}?apne=/arbeid/innbygger/{NEAR}/time/forslag%3Fhva=ultralyd")
        page.locator("#arbeid .propose").wait_for()
        look(page, "times")
    assert found == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_page_is_there_in_the_other_languages(browser: Browser, site: str, language: str) -> None:
    with sitting(browser, site, SECRETARY) as page:
        for name, path in pages().items():
            page.goto(f"{site}/arbeid/timebok/{path}{'&' if '?' in path else '?'}sprak={language}")
            expect(page.locator("h1")).to_be_visible()
            assert page.locator("html").get_attribute("lang") == language, name


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (683, 384)])
def test_no_page_scrolls_sideways(browser: Browser, site: str, width: int, height: int) -> None:
    with sitting(browser, site, SECRETARY, viewport={"width": width, "height": height}) as page:
        for name, path in pages().items():
            page.goto(f"{site}/arbeid/timebok/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_paper_gets_the_table_and_not_the_buttons(browser: Browser, site: str) -> None:
    with sitting(browser, site, SECRETARY) as page:
        page.goto(f"{site}/arbeid/timebok/{tomorrow()}")
        page.emulate_media(media="print")
        expect(page.locator("table.day")).to_be_visible()
        expect(page.get_by_role("navigation", name="Timebok")).to_be_hidden()
        expect(page.locator("aside.work")).to_be_hidden()
