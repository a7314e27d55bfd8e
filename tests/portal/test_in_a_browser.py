"""The portal as people meet it: on a phone, enlarged, without scripts, and with whatever reads it aloud."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from axe import ASKED, AXE, SCRIPT, faults
from browsers import in_a_browser
from fellesjournal.portal.statement import statement
from portal import booking, people
from portal.booking import VACCINES
from portal.people import CHILD
from portal.test_results import XRAY
from portal.test_services import decided
from workplace.people import ADA, code_of
from workplace.served import put, served

pytestmark = in_a_browser

KINDS = ("violations", "passes", "incomplete", "inapplicable")
"""What axe tells of the rules that it tried."""
PHONE = {"width": 390, "height": 844}
HEAVIEST = 100_000
"""Bytes of a page with all that it needs, compressed (the budget of a slow phone)."""
PAGES = {
    "home": "/min",
    "journal": "/min/journal",
    "results": "/min/journal/prover",
    "series": f"/min/journal/prove?kode={code_of('CRP')}",
    "empty": "/min/journal/vaksiner",
    "documents": "/min/journal/dokumenter",
    "note": "/min/journal/notat/ada-note",
    "report": "/min/journal/rapport/ada-xray",
    "services": "/min/journal/tjenester",
    "operations": "/min/journal/inngrep",
    "plan": "/min/journal/plan",
    "messages": "/min/meldinger",
    "sharing": "/min/deling",
    "log": "/min/innsyn",
    "missing": f"/min/for/{CHILD}",
    "appointment": "/min/timer/ada-coming",
    "power": "/min/deling/fullmakt",
    "mine": "/min/mine",
    "summary": "/min/mine/sammendrag",
    "correction": "/min/mine/retting",
    "details": "/min/mine/kontakt",
    "statement": "/min/tilgjengelighet",
    "booking": "/min/bestill",
    "times to book": f"/min/bestill/{VACCINES}/vaksine",
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        put(address, *people.resources(), *booking.resources(), *decided("Tre besøk i døgnet"), *_cared_for())
        yield address


def _cared_for() -> Iterator[dict[str, Any]]:
    """An answer to an examination, an operation, and a plan with a goal."""
    subject = {"reference": f"Patient/{ADA}"}
    yield XRAY | {"id": "ada-xray", "subject": subject}
    yield {
        "resourceType": "Procedure",
        "id": "ada-hip",
        "status": "completed",
        "code": {"text": "Hofteprotese"},
        "subject": subject,
        "performedDateTime": "2024-05-06",
    }
    yield {
        "resourceType": "Goal",
        "id": "ada-goal",
        "lifecycleStatus": "active",
        "description": {"text": "Gå tur hver dag"},
        "subject": subject,
    }
    yield {
        "resourceType": "CarePlan",
        "id": "ada-plan",
        "status": "active",
        "intent": "plan",
        "title": "Tiltaksplan",
        "subject": subject,
        "goal": [{"reference": "Goal/ada-goal"}],
        "activity": [{"detail": {"status": "in-progress", "description": "Trening to ganger i uken"}}],
    }


@contextmanager
def visiting(browser: Browser, site: str, **more: Any) -> Iterator[Page]:
    """A citizen who has signed in, with a phone."""
    context = browser.new_context(**{"viewport": PHONE, "locale": "nb-NO"} | more)
    context.request.post(
        f"{site}/logg-inn/ovelse", form={"person": f"Patient/{ADA}"}, headers={"Origin": site}
    )
    yield context.new_page()
    context.close()


def weight(page: Page, address: str) -> int:
    """Bytes of a page with all that it asks for, compressed."""
    answers: list[Response] = []

    def came(answer: Response) -> None:
        answers.append(answer)

    page.on("response", came)
    page.goto(address)
    return sum(len(gzip.compress(answer.body())) for answer in answers)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_no_page_shuts_anybody_out_and_the_statement_says_what_was_found(
    browser: Browser, site: str, write_docs: bool
) -> None:
    found, tried, unsure, version = [], set[str](), set[str](), ""
    with visiting(browser, site) as page:
        for name, path in PAGES.items():
            page.goto(f"{site}{path}")
            for closed in page.locator("summary").all():
                closed.click()
            page.evaluate(SCRIPT)
            for scheme, asked in ASKED.items():
                page.emulate_media(color_scheme=scheme)
                result = page.evaluate(asked)
                version = result["testEngine"]["version"]
                tried |= {one["id"] for kind in KINDS for one in result[kind] if _is_law(one)}
                unsure |= {one["help"] for one in result["incomplete"] if _is_law(one)}
                found += faults(result, f"{name}, {scheme}")
    told = {"tool": "axe-core", "version": version, "rules": len(tried), "breaches": len(found)}
    told |= {"pages": list(PAGES.values()), "schemes": sorted(ASKED, reverse=True), "unsure": sorted(unsure)}
    if write_docs:
        day = {"day": datetime.now(UTC).date().isoformat()}
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in (told | day).items()]
        statement.MEASURED.write_text("\n".join(lines) + "\n", "utf-8")
    assert found == []
    kept = {name: value for name, value in statement.measured().items() if name != "day"}
    assert kept == told, "run `bin/test --write-docs tests/portal/test_in_a_browser.py`"


def _is_law(rule: dict[str, Any]) -> bool:
    """Whether a rule is of WCAG at level A or AA, which the regulation demands."""
    return any(tag in ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") for tag in rule["tags"])


def test_no_page_scrolls_sideways(browser: Browser, site: str) -> None:
    with visiting(browser, site) as page:
        for name, path in PAGES.items():
            page.goto(f"{site}{path}")
            for width in (320, 390, 1366):
                page.set_viewport_size({"width": width, "height": 640})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"\d\d\.\d\d\.\d{4}|kl\.\u00a0\d\d\.\d\d")
POINT = re.compile(r"(?<![\d.])\d+\.\d+(?!\.?\d)")
"""In a number, and not in a version such as 4.14.1."""
WEEKDAY = re.compile(r"(man|tirs|ons|tors|fre|lør|søn)dag \d{1,2}\. [a-z]+( \d{4})?$")


def unlike_people_write(text: str) -> list[str]:
    """Dates as machines write them, decimal points, and times without their day of the week."""
    bare = [before[-30:] for before in text.split(" kl.\u00a0")[:-1] if not WEEKDAY.search(before)]
    return ISO_DATE.findall(text) + POINT.findall(TIME.sub("", text)) + bare


def test_every_page_is_read_without_scripts_is_light_and_written_as_people_write(
    browser: Browser, site: str
) -> None:
    with visiting(browser, site, java_script_enabled=False) as page:
        for name, path in PAGES.items():
            fresh = page.context.new_page()
            assert weight(fresh, f"{site}{path}") <= HEAVIEST, name
            assert fresh.get_by_role("heading", level=1).count() == 1, name
            assert unlike_people_write(fresh.locator("body").inner_text()) == [], name
            fresh.close()


def test_a_message_and_a_block_by_keyboard_alone(browser: Browser, site: str) -> None:
    with visiting(browser, site, java_script_enabled=False) as page:
        page.goto(f"{site}/min/meldinger")
        page.get_by_label("Til", exact=True).select_option(index=1)
        page.get_by_label("Melding", exact=True).focus()
        page.keyboard.type("Kan jeg få sove hjemme i natt?")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("status").wait_for()
        assert page.get_by_text("sove hjemme").count() == 1
        page.goto(f"{site}/min/deling")
        page.get_by_text("Sperr journalen for noen").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Hvem skal ikke se?").select_option(index=1)
        page.get_by_label("Jeg har lest dette").press("Space")
        page.get_by_role("button", name="Sperr").press("Enter")
        page.get_by_role("button", name="Opphev").press("Enter")
        page.get_by_text("Du har ingen sperringer").wait_for()


SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
"""A slow 3G network: 400 kilobits a second, 400 ms there and back."""
SLOW_PROCESSOR = 4
"""Times slower than here: a telephone of the middle price."""
TRIES = 6
"""The machine of the tests has other work: what the page can do is the best of some tries."""
FIRST_USEFUL = 2_000
"""Milliseconds until the first page has something to read."""


def test_the_first_useful_screen_comes_soon_on_a_slow_phone(browser: Browser, site: str) -> None:
    painted: list[float] = []
    while len(painted) < TRIES and min(painted, default=FIRST_USEFUL + 1) > FIRST_USEFUL:
        with visiting(browser, site) as page:
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
            page.goto(f"{site}/min")
            assert page.get_by_text("Kontroll hos fastlege").first.is_visible()
            entries = page.evaluate("performance.getEntriesByType('paint').map(one => one.startTime)")
            painted.append(max(entries))
    assert min(painted) <= FIRST_USEFUL, painted


def test_a_citizen_books_in_four_taps_without_scripts(browser: Browser, site: str) -> None:
    """From the first page: book, what, when, yes; and the appointment goes into the citizen's calendar."""
    with visiting(browser, site, java_script_enabled=False, viewport={"width": 320, "height": 640}) as page:
        page.goto(f"{site}/min")
        taps = [
            page.get_by_role("link", name="Bestill time"),
            page.get_by_role("link", name="Vaksine", exact=True),
            page.locator('button[name="tid"]').first,
            page.get_by_role("button", name="Ja, bestill timen"),
        ]
        for tap in taps:
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            tap.click()
        assert page.get_by_role("heading", level=1).inner_text() == "Timen er bestilt"
        with page.expect_download() as given:
            page.get_by_role("link", name="kalenderen").click()
        assert given.value.suggested_filename == "time.ics"
        page.goto(f"{site}/min")
        assert page.get_by_text("Vaksine").count() > 0
