"""Open pages of the portal: what a worker writes is there at once, and nothing that is written is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import in_a_browser
from portal import people
from portal.test_in_a_browser import visiting
from workplace.people import ADA, Json, condition, laboratory, to
from workplace.served import open_chart, put, served, sitting
from workplace.test_in_a_browser import DOCTOR
from world import staff

pytestmark = in_a_browser
WITHHELD = {"security": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORN_ALL"}]}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        put(address, *people.resources(), message("ada-first", "Når skal jeg ta blodprøve?"))
        yield address


def message(id: str, text: str, **members: Json) -> Json:
    unit = {"reference": f"Organization/{staff.WARD}", "display": "Lungeposten"}
    return {
        "resourceType": "Communication",
        "id": id,
        "status": "in-progress",
        "subject": to(ADA),
        "topic": {"text": "Blodprøve"},
        "sent": datetime.now(UTC).isoformat(timespec="seconds"),
        "sender": to(ADA),
        "recipient": [unit],
        "payload": [{"contentString": text}],
    } | members


def answer(id: str, text: str) -> Json:
    sent = message(id, text)
    replies = [{"reference": "Communication/ada-first"}]
    return sent | {"sender": sent["recipient"][0], "recipient": [to(ADA)], "inResponseTo": replies}


def opened(page: Page, address: str) -> None:
    """Open a page, and wait until it is live."""
    page.goto(address)
    page.locator("body[data-connected=true]").wait_for()


def result(id: str, name: str, **members: Json) -> Json:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return laboratory(id, name, 141, "g/L", now) | members


def test_a_new_result_shows_beside_the_link_that_has_the_focus(browser: Browser, site: str) -> None:
    with visiting(browser, site) as page:
        opened(page, f"{site}/min/journal/prover")
        page.get_by_role("link", name="CRP").focus()
        put(site, result("ada-hb", "Hemoglobin"))
        expect(page.get_by_role("link", name="Hemoglobin")).to_be_visible(timeout=3_000)
        expect(page.get_by_role("link", name="CRP")).to_be_focused()
        expect(page.locator("[aria-live=polite]")).to_have_text("Siden viser noe nytt.")


def test_the_first_page_counts_what_comes_while_it_is_open(browser: Browser, site: str) -> None:
    with visiting(browser, site) as page:
        opened(page, f"{site}/min?{urlencode({'siden': datetime.now(UTC).isoformat()})}")
        expect(page.locator("main")).to_contain_text("Ingenting nytt")
        put(site, condition("ada-gout", "Urinsyregikt", "2026-11-26"))
        news = page.get_by_role("link", name="Diagnoser")
        expect(news).to_be_visible(timeout=3_000)
        put(site, condition("ada-other", "Hodepine", "2026-11-26"))
        expect(page.locator("#nytt + ul")).to_contain_text("2", timeout=3_000)


def test_an_answer_shows_and_what_one_writes_meanwhile_stands(browser: Browser, site: str) -> None:
    with visiting(browser, site) as page:
        opened(page, f"{site}/min/meldinger")
        page.get_by_text("Ny melding").click()
        new = page.locator("#ny textarea")
        new.fill("Jeg har også et annet")
        page.get_by_text("Svar", exact=True).click()
        reply = page.locator("#svarer-ada-first textarea")
        reply.press_sequentially("Takk, jeg ")
        put(site, answer("ada-answer", "Kom i morgen klokken åtte."))
        expect(page.get_by_text("Kom i morgen klokken åtte.")).to_be_visible(timeout=3_000)
        expect(reply).to_be_focused()
        reply.press_sequentially("kommer")
        expect(reply).to_have_value("Takk, jeg kommer")
        expect(new).to_have_value("Jeg har også et annet")


def test_a_moved_appointment_and_who_opened_the_record_show(browser: Browser, site: str) -> None:
    with visiting(browser, site) as phone, visiting(browser, site) as log:
        opened(phone, f"{site}/min/timer/ada-coming")
        opened(log, f"{site}/min/innsyn")
        moved = next(one for one in people.resources() if one["id"] == "ada-coming")
        put(site, moved | {"patientInstruction": "Møt fastende"})
        expect(phone.get_by_text("Møt fastende")).to_be_visible(timeout=3_000)
        with sitting(browser, site, DOCTOR) as doctor:
            open_chart(doctor, ADA)
            expect(log.get_by_text(DOCTOR).first).to_be_visible(timeout=5_000)


def test_of_what_is_withheld_an_open_page_neither_hears_nor_asks(browser: Browser, site: str) -> None:
    with visiting(browser, site) as page:
        opened(page, f"{site}/min/journal/prover")
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        put(site, result("ada-secret", "Kreatinin", meta=WITHHELD))
        page.wait_for_timeout(700)
        assert asked == []
        put(site, result("ada-open", "Natrium"))
        expect(page.get_by_role("link", name="Natrium")).to_be_visible(timeout=3_000)
        expect(page.get_by_text("Kreatinin")).to_have_count(0)


def test_a_lost_connection_is_told_of_and_caught_up_with(browser: Browser, site: str) -> None:
    with visiting(browser, site) as page:
        page.route("**/hendelser?*", lambda route: route.abort())
        page.goto(f"{site}/min/journal/diagnoser")
        lost = page.get_by_role("status").filter(has_text="Mistet forbindelsen")
        expect(lost).to_be_visible()
        put(site, condition("ada-lost", "Urinretensjon", "2026-11-26"))
        page.unroute("**/hendelser?*")
        expect(page.get_by_text("Urinretensjon")).to_be_visible(timeout=10_000)
        expect(lost).to_be_hidden()
