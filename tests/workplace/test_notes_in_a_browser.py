"""Notes as people write them: a ward round with few keys, drafts that outlive the browser, known values."""

import html
import re
import signal
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from app.processes import environment_for, running, site_folder, stop
from app.test_signed_in import ARRIVAL, CITIZEN
from axe import AXE, wrong_with
from browsers import in_a_browser
from fellesjournal.access.policy_names import ROLE
from record.conftest import bundle, entry
from workplace import people
from workplace.served import put, sign_in, sitting
from world import staff

pytestmark = in_a_browser

MOST = 12
"""Interactions that a standard note may take beside its free text."""
PAGE = 3_000
"""Characters of a written page, about."""
COPIED = (
    "Prøve\tVerdi\tEnhet\nHb\t11,2\tg/dL\nCRP\t82\tmg/L\n",
    "Pasienten sier «jeg er bra» 😀👩‍⚕️🇳🇴 og går i trapp. Čállin 日本語.\n",
    "<script>alert(1)</script><img src=x onerror=alert(1)></textarea>{{7*7}}${7*7}\n",
)
"""What an old record is made of: a table, what people write, and what a page could take for its own."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A practice site with the staff, and one citizen on the ward."""
    with site_folder() as data:
        environment = environment_for(data) | {"FELLESJOURNAL_PRACTICE_SITE": "true"}
        with running(environment, "serve") as (process, address):
            base = address.rstrip("/")
            resources = [*staff.resources(), CITIZEN, ARRIVAL | {"id": "opphold"}]
            entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in resources]
            headers = {"Content-Type": "application/fhir+json"}
            with urlopen(Request(f"{base}/fhir", bundle(*entries), headers), timeout=60) as answer:
                assert answer.status == 200
            yield base
            stop(process, signal.SIGINT)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A ward doctor's browser at the citizen's chart; a breach of the security policy or a fault fails."""
    opened, said = arrive(browser, site, "Ivrig Steinrøys")
    yield opened
    opened.context.close()
    assert said == []


def arrive(browser: Browser, site: str, who: str) -> tuple[Page, list[str]]:
    page = browser.new_context(locale="nb-NO", viewport={"width": 1600, "height": 900}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Policy" in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page.context, site, who)
    page.goto(f"{site}/arbeid/innbygger/stille")
    return page, said


def open_template(page: Page, name: str) -> None:
    page.get_by_role("button", name="Skriv notat").click()
    page.locator(".choices").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def continued(browser: Browser, site: str) -> tuple[Page, list[str]]:
    """The doctor's draft of a legevaktkontakt, opened on another machine."""
    other, said = arrive(browser, site, "Ivrig Steinrøys")
    other.get_by_role("button", name="Skriv notat").click()
    other.locator("#arbeid").get_by_role("link", name="Legevaktkontakt").first.click()
    return other, said


def kept(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_contain_text("Lagret", timeout=15_000)


def test_a_ward_round_is_signed_within_the_budget_and_shows_live(
    page: Page, browser: Browser, site: str
) -> None:
    other, said = arrive(browser, site, "Varm Lyngmo")
    done = 0

    def act(*keys: str) -> None:
        nonlocal done
        for key in keys:
            page.keyboard.press(key)
            done += 1

    page.get_by_role("button", name="Skriv notat").click()
    expect(page.locator(".choices a").first).to_be_focused()
    page.locator(".choices").get_by_role("link", name="Visitt", exact=True).click()
    done += 2
    expect(page.get_by_label("Siden i går")).to_be_focused()
    act("b", "Tab", "Tab", "g")
    page.get_by_label("Vurdering").first.click()
    done += 1
    page.keyboard.type("Bedre i dag. Mobiliseres.")
    act("Control+Enter")
    expect(page.get_by_text("Notatet er signert.")).to_be_visible()
    assert done <= MOST
    expect(other.locator("#del-documents")).to_contain_text("Visitt")
    other.context.close()
    assert said == []


def test_a_draft_outlives_the_browser_and_waits_on_another_machine(
    page: Page, browser: Browser, site: str
) -> None:
    open_template(page, "Legevaktkontakt")
    page.get_by_label("Kontaktårsak").fill("Vondt i magen 😀 <script>alert(1)</script>")
    page.get_by_label("Fritekst").click()
    page.keyboard.type("Ord for ord")
    page.wait_for_timeout(900)
    kept(page)
    page.context.close()
    other, said = continued(browser, site)
    expect(other.get_by_label("Fritekst")).to_have_value("Ord for ord")
    expect(other.get_by_label("Kontaktårsak")).to_have_value("Vondt i magen 😀 <script>alert(1)</script>")
    other.context.close()
    assert said == []


def test_two_hundred_pages_are_pasted_and_the_page_answers_with_every_character(
    page: Page, browser: Browser, site: str
) -> None:
    """More than 50,000 characters are put in by a script, not by the browser."""
    text = "".join(COPIED) * (200 * PAGE // len("".join(COPIED)))
    copy(browser, text)
    open_template(page, "Legevaktkontakt")
    field = page.get_by_label("Fritekst")
    field.click()
    page.keyboard.press("Control+a")  # a draft may stand there
    page.keyboard.type("Før etter")
    for _ in "etter":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+v")
    page.keyboard.type("så ")
    is_whole = field.input_value() == f"Før {text}så etter"
    assert is_whole
    expect(page.get_by_role("heading", name="Legevaktkontakt")).to_be_visible()
    page.wait_for_timeout(900)
    kept(page)
    page.context.close()
    other, said = continued(browser, site)
    is_kept = other.get_by_label("Fritekst").input_value() == f"Før {text}så etter"
    assert is_kept
    other.context.close()
    assert said == []


def copy(browser: Browser, text: str) -> None:
    """Into the clipboard, as somebody does in another window."""
    window = browser.new_context().new_page()
    window.set_content(f"<textarea autofocus>{html.escape(text)}</textarea>")
    window.locator("textarea").focus()
    window.keyboard.press("Control+a")
    window.keyboard.press("Control+c")
    window.context.close()


def test_an_answer_brings_up_what_depends_on_it_without_taking_what_is_typed(page: Page) -> None:
    open_template(page, "Legevaktkontakt")
    expect(page.get_by_label("Hvor", exact=False)).to_have_count(0)
    page.get_by_label("Videre").select_option("Innlegges")
    page.get_by_label("Temperatur").click()
    page.keyboard.type("38,4")
    expect(page.get_by_label("Hvor", exact=False)).to_be_visible()
    expect(page.get_by_label("Temperatur")).to_be_focused()
    expect(page.get_by_label("Temperatur")).to_have_value("38,4")


def test_a_phrase_unfolds_and_its_holes_are_filled_one_by_one(page: Page) -> None:
    open_template(page, "Visitt")
    page.get_by_label("Undersøkelse").click()
    page.keyboard.type(".hofte ")
    page.keyboard.type("v")
    page.keyboard.type("90")
    page.keyboard.press("Tab")
    page.keyboard.type("fn")
    expect(page.get_by_label("Undersøkelse")).to_have_value(
        "Hofte: venstre. Fleksjon 90 grader, rotasjon fri. Halting: nei."
    )
    page.wait_for_timeout(900)


def test_a_value_of_the_record_is_taken_with_one_key(page: Page, browser: Browser, site: str) -> None:
    nurse, said = arrive(browser, site, "Varm Lyngmo")
    nurse.get_by_role("button", name="Mål vitale tegn").click()
    nurse.get_by_label("Temperatur").fill("38,9")
    nurse.keyboard.press("Enter")
    expect(nurse.get_by_text("Målingene er lagret.")).to_be_visible()
    nurse.context.close()
    open_template(page, "Innkomstnotat")
    box = page.get_by_label("Temperatur")
    expect(box).to_have_value("")
    expect(page.get_by_role("button", name="38,9 °C")).to_contain_text("Varm Lyngmo")
    box.press("Enter")
    expect(box).to_have_value("38,9")
    page.wait_for_timeout(900)
    assert said == []


def test_what_is_missing_is_told_and_gone_to(page: Page) -> None:
    open_template(page, "Innkomst sykepleie")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Hva er viktig for deg: mangler svar.")
    expect(page.get_by_label("Hva er viktig for deg?")).to_be_focused()


def test_two_authors_write_at_once_and_neither_waits_or_loses_a_word(
    page: Page, browser: Browser, site: str
) -> None:
    nurse, said = arrive(browser, site, "Varm Lyngmo")
    texts = {page: "Legen skriver", nurse: "Sykepleieren skriver"}
    for one in texts:
        open_template(one, "Visitt")
    for one in texts:
        one.get_by_label("Vurdering").first.click()
    for piece in (0, 1):
        for one, text in texts.items():
            one.keyboard.type(text.split()[piece] + " ")
    for one in texts:
        one.get_by_label("Allmenntilstand").select_option("God")
        one.keyboard.press("Control+Enter")
        expect(one.get_by_text("Notatet er signert.")).to_be_visible()
        expect(one.locator("#del-documents")).to_contain_text("Visitt")
    nurse.context.close()
    assert said == []


def test_one_author_on_two_machines_in_one_field_chooses_and_loses_neither_text(
    page: Page, browser: Browser, site: str
) -> None:
    ward, said = arrive(browser, site, "Ivrig Steinrøys")
    for one in (page, ward):
        open_template(one, "Operasjonsbeskrivelse")
    page.get_by_role("textbox", name="Fritekst").fill("På kontoret")
    kept(page)
    page.wait_for_timeout(900)
    ward.get_by_role("textbox", name="Fritekst").click()
    ward.keyboard.type("På post")
    expect(ward.locator("[data-kept]")).to_contain_text("To tekster i samme felt")
    expect(ward.locator("blockquote")).to_have_text("På kontoret")
    ward.keyboard.type("en")
    expect(ward.get_by_role("textbox", name="Fritekst")).to_have_value("På posten")
    expect(ward.get_by_role("textbox", name="Fritekst")).to_be_focused()
    ward.get_by_role("button", name="Ta med begge").click()
    expect(ward.get_by_role("textbox", name="Fritekst")).to_have_value("På posten\nPå kontoret")
    expect(ward.get_by_role("textbox", name="Fritekst")).to_be_focused()
    page.get_by_role("textbox", name="Fritekst").press_sequentially(", igjen")
    expect(page.locator("blockquote")).to_have_text("På posten\nPå kontoret")
    page.get_by_role("button", name="Bruk denne").click()
    expect(page.get_by_role("textbox", name="Fritekst")).to_have_value("På posten\nPå kontoret")
    expect(page.locator("blockquote")).to_have_count(0)
    ward.context.close()
    assert said == []


def test_a_fact_is_put_in_with_the_keyboard_and_what_is_no_fact_stays_text(page: Page, site: str) -> None:
    put(
        site,
        people.laboratory("stille-hb", "Hemoglobin", 11.2, "g/dL", "2026-11-21T08:00:00+01:00", "stille"),
    )
    open_template(page, "Visitt")
    box = page.get_by_role("textbox", name="Vurdering (må fylles ut)")
    box.click()
    page.keyboard.type("Målt ")
    page.keyboard.type("/")
    expect(page.get_by_role("option", name="Hemoglobin")).to_be_visible()
    page.keyboard.type("hemo")
    page.keyboard.press("Enter")
    fact = "Hemoglobin 11,2 g/dL (21.11.2026 08:00)"
    expect(box).to_have_value(f"Målt {fact} ")
    expect(box).to_be_focused()
    expect(page.locator(".chips").get_by_text(fact)).to_be_visible()
    page.keyboard.type("og /")
    expect(page.get_by_role("listbox", name="Fakta fra journalen")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type(" smerte 3/10.")
    expect(page.get_by_role("listbox", name="Fakta fra journalen")).to_have_count(0)
    expect(box).to_have_value(f"Målt {fact} og / smerte 3/10.")
    page.get_by_label("Allmenntilstand").select_option("God")
    rounds = page.locator("#del-documents").get_by_role("link", name="Visitt")
    before = rounds.count()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Notatet er signert.")).to_be_visible()
    expect(rounds).to_have_count(before + 1)
    rounds.first.click()
    expect(page.locator(".note .fact")).to_have_text(fact)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_no_note_shuts_anybody_out_whatever_stands_in_it(browser: Browser, site: str) -> None:
    when = "2026-11-21T08:00:00+01:00"
    put(site, people.laboratory("stille-hb", "Hemoglobin", 11.2, "g/dL", when, "stille"))
    with (
        sitting(browser, site, "Ivrig Steinrøys") as page,
        sitting(browser, site, "Ivrig Steinrøys") as other,
    ):
        for one in (page, other):
            one.goto(f"{site}/arbeid/innbygger/stille")
            open_template(one, "Helsestasjon 4 år")
        page.get_by_role("textbox", name="Fritekst").fill("På kontoret")
        page.wait_for_timeout(900)
        other.get_by_role("textbox", name="Fritekst").fill("På posten")
        expect(other.locator("blockquote").first).to_be_visible()
        found = wrong_with(other, "two texts")
        page.get_by_role("textbox", name="Råd gitt").press_sequentially("/")
        expect(page.locator(".facts [role=option]").first).to_be_visible()
        found += wrong_with(page, "facts")
        page.goto(f"{site}/arbeid/signere")
        assert found + wrong_with(page, "to sign") == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_a_template_is_written_with_the_keyboard_and_shuts_nobody_out(browser: Browser, site: str) -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "mal-faggruppe",
        "active": True,
        "practitioner": {"reference": "Practitioner/grundig-skjellsand"},
        "organization": {"reference": f"Organization/{staff.OFFICE}"},
        "code": [{"coding": [{"system": ROLE, "code": "faggruppe"}], "text": "Faggruppe"}],
    }
    put(site, role)
    with sitting(browser, site, "Grundig Skjellsand") as page:
        page.goto(f"{site}/arbeid/rolle?til=/arbeid/maler")
        page.get_by_role("button", name="Faggruppe").click()
        page.wait_for_url("**/arbeid/maler")
        found = wrong_with(page, "shelf")
        page.get_by_role("button", name=re.compile("Begynn fra denne: Visitt")).first.click()
        page.wait_for_url("**/arbeid/maler/*")
        found += wrong_with(page, "editor")
        page.get_by_role("button", name="Legg til spørsmål").click()
        expect(page.locator("[name^='text.']").last).to_be_focused()
        page.keyboard.type("Sover du godt?")
        expect(page.locator("#forhandsvisning")).to_contain_text("Sover du godt?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Utkastet er lagret.")).to_be_visible()
    assert found == []


def test_a_lost_session_is_told_and_what_was_typed_is_kept_when_it_is_back(page: Page, site: str) -> None:
    open_template(page, "Konsultasjon hos fastlege")
    page.context.clear_cookies()
    page.get_by_role("textbox", name="Fritekst").fill("Skrevet uten økt")
    expect(page.locator("[data-kept]")).to_contain_text("du er logget ut")
    window = page.context.new_page()
    window.goto(f"{site}/logg-inn/ovelse?til=/arbeid&navn=Ivrig")
    window.get_by_role("button", name="Ivrig Steinrøys").first.click()
    window.wait_for_url("**/arbeid")
    kept(page)
    expect(page.get_by_role("textbox", name="Fritekst")).to_have_value("Skrevet uten økt")


def test_a_lock_keeps_what_was_just_typed_and_leads_back_to_it(page: Page) -> None:
    open_template(page, "Sår")
    page.get_by_label("Fritekst").fill("Halvskrevet, idet")
    page.get_by_role("button", name="Lås").click()
    page.get_by_role("button", name=re.compile("Åpne igjen")).click()
    expect(page.get_by_label("Fritekst")).to_have_value("Halvskrevet, idet")


def test_without_connection_the_text_stays_and_is_kept_afterwards(page: Page) -> None:
    open_template(page, "Sår")
    page.context.set_offline(True)
    page.get_by_label("Fritekst").fill("Skrevet uten nett")
    expect(page.locator("[data-kept]")).to_contain_text("Ikke lagret ennå")
    page.context.set_offline(False)
    kept(page)
    expect(page.get_by_label("Fritekst")).to_have_value("Skrevet uten nett")
