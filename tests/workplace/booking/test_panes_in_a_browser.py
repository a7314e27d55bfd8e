"""What is more than one time as people meet it, whole for all: a series, a day programme, a course."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import AXE, wrong_with
from booking.test_stops import plan, stop
from browsers import in_a_browser
from workplace.booking import calendars
from workplace.booking.calendars import GROUP, SYSTEM, UNIT, moment
from workplace.people import NEAR
from workplace.served import put, served, sitting
from world import staff

pytestmark = [
    in_a_browser,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)"),
]

SECRETARY = "Ryddig Perlemor"


def programme() -> dict[str, object]:
    """Two stops at the clinic, which sends citizens to it."""
    unit = f"Organization/{staff.CLINIC}"
    stops = [stop("kontroll", unit, 20), stop("ultralyd", unit, 30)]
    for one in stops:
        one["code"][0]["coding"][0]["system"] = SYSTEM
    venue = {"code": {"code": "venue", "system": "urn:x"}, "valueReference": {"reference": unit}}
    return plan(*stops, useContext=[venue])


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        put(address, *calendars.resources(), programme())
        yield address


def open_pane(page: Page, site: str, path: str) -> None:
    """The chart with a pane of the citizen's times beside it."""
    pane = f"/arbeid/innbygger/{NEAR}/time/{path}".replace("?", "%3F").replace("&", "%26")
    page.goto(f"{site}/arbeid/innbygger/{NEAR}?apne={pane}")
    page.locator("#arbeid .propose").wait_for()


def take_the_first(page: Page, said: str) -> None:
    page.locator("#arbeid .times button").first.click()
    expect(page.locator("#arbeid .said")).to_contain_text(said)


def call_off_and_take_back(page: Page, count: int) -> None:
    """All at once, by the list of reasons, and back by the key."""
    page.locator("#arbeid summary").get_by_text("Avlys alle som kommer").click()
    page.get_by_role("button", name="Avlys alle som kommer").click()
    expect(page.locator("#arbeid .said")).to_contain_text(f"{count} timer er avlyst")
    expect(page.locator("#arbeid .tag").first).to_be_visible()
    page.keyboard.press("F3")
    expect(page.locator("#arbeid .said")).to_contain_text(f"{count} timer er som før")


@pytest.mark.parametrize(
    ("name", "path", "count"),
    [
        ("series", f"forslag?hva=ultralyd&ganger=3&uker=1&fra={moment(3, '00:00'):%Y-%m-%d}", 3),
        ("programme", f"program/before?fra={moment(30, '00:00'):%Y-%m-%d}", 2),
    ],
)
def test_what_belongs_together_is_booked_called_off_and_taken_back(
    browser: Browser, site: str, name: str, path: str, count: int
) -> None:
    with sitting(browser, site, SECRETARY) as page:
        open_pane(page, site, path)
        found = wrong_with(page, f"{name}, proposed")
        take_the_first(page, f"{count} timer er booket")
        page.locator("#arbeid summary").get_by_text("Avlys alle som kommer").click()
        found += wrong_with(page, f"{name}, booked")
        page.locator("#arbeid summary").get_by_text("Avlys alle som kommer").click()
        call_off_and_take_back(page, count)
        assert found + wrong_with(page, f"{name}, taken back") == []


def test_a_course_is_begun_and_a_member_put_in_taken_out_and_put_back(browser: Browser, site: str) -> None:
    with sitting(browser, site, SECRETARY) as page:
        page.goto(f"{site}/arbeid/timebok/{UNIT}?dag={moment(60, '00:00'):%Y-%m-%d}")
        page.locator("body[data-connected=true]").wait_for()
        start = moment(60, "12:00").isoformat()
        page.locator(f'td[data-party="{GROUP}"][data-start="{start}"] button').click()
        page.locator("#arbeid summary").get_by_text("Nytt kurs").click()
        found = wrong_with(page, "to be begun")
        page.get_by_role("button", name="Nytt kurs").click()
        expect(page.locator("#arbeid .said")).to_contain_text("kurssamlinger er booket")
        page.locator("#kurs-hvem").fill("solf")
        page.locator("#kurs-treff button").first.click()
        expect(page.locator("#arbeid .said")).to_contain_text("har plass i alle samlingene")
        page.locator("#arbeid .members summary").click()
        found += wrong_with(page, "with a member")
        page.get_by_role("button", name="Ta ut").click()
        expect(page.locator("#arbeid .said")).to_contain_text("gitt tilbake")
        page.keyboard.press("F3")
        expect(page.locator("#arbeid .said")).to_contain_text("Deltakeren har plassene tilbake")
        expect(page.locator("#arbeid .members li")).to_have_count(1)
        assert found + wrong_with(page, "put back") == []
