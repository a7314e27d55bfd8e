"""The stories of the portal, from end to end in a browser: each as the person lives it, on a phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browsers import in_a_browser
from fellesjournal.access.guard.ties import TIES
from fellesjournal.norway.profiles import ADDRESS_PROTECTION
from portal.people import citizen, number
from portal.test_in_a_browser import PHONE
from workplace.people import Json, laboratory, to
from workplace.served import put, served
from world import staff

pytestmark = in_a_browser

OLD, DAUGHTER, YOUTH, MOTHER, FATHER, HIDDEN = (
    f"{name}-rosevik" for name in ("gammel", "datter", "ung", "mor", "far", "skjult")
)
BORN = {
    OLD: date(1942, 5, 6),
    DAUGHTER: date(1970, 7, 8),
    YOUTH: date(2013, 3, 4),
    MOTHER: date(1983, 2, 3),
    FATHER: date(1982, 1, 2),
    HIDDEN: date(1975, 6, 7),
}
WITHHELD = {"security": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORN_FORANS"}]}
ELSEWHERE = [{"line": ["Plommeveien 9"], "postalCode": "9902", "city": "Isfjell"}]


def made(id: str, given: str, **members: Any) -> Json:
    return citizen(id, given, BORN[id], 400 if BORN[id].year < 2000 else 600) | members


def parent(id: str, of: str, holder: str) -> Json:
    return {
        "resourceType": "RelatedPerson",
        "id": id,
        "active": True,
        "patient": to(of),
        "identifier": [number(BORN[holder], 400)],
        "name": [{"text": holder.partition("-")[0].title() + " Rosevik"}],
        "relationship": [{"coding": [{"system": TIES, "code": "parent"}]}],
        "period": {"start": BORN[of].isoformat()},
    }


def resources() -> Iterator[Json]:
    """An old man and his daughter; a youth of thirteen whose parents live apart; somebody with kode 6."""
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    yield made(OLD, "Gammel")
    yield made(DAUGHTER, "Datter")
    yield made(YOUTH, "Ung")
    yield made(MOTHER, "Mor")
    yield made(FATHER, "Far", address=ELSEWHERE)
    yield made(HIDDEN, "Skjult", extension=[{"url": ADDRESS_PROTECTION, "valueCode": "strengtFortrolig"}])
    yield parent("mor-til-ung", YOUTH, MOTHER)
    yield parent("far-til-ung", YOUTH, FATHER)
    yield laboratory("gammel-crp", "CRP", 120, "mg/L", yesterday, OLD) | {
        "referenceRange": [{"low": {"value": 0}, "high": {"value": 5}}],
        "interpretation": [{"coding": [{"code": "H"}]}],
    }
    yield laboratory("ung-crp", "CRP", 3, "mg/L", yesterday, YOUTH)
    yield laboratory("ung-hemmelig", "Ferritin", 9, "µg/L", yesterday, YOUTH) | {"meta": WITHHELD}
    yield {
        "resourceType": "Encounter",
        "id": "gammel-opphold",
        "status": "finished",
        "class": {"code": "IMP"},
        "subject": to(OLD),
        "serviceProvider": {"reference": f"Organization/{staff.WARD}"},
        "period": {"start": yesterday, "end": yesterday},
    }


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        put(address, *resources())
        yield address


@contextmanager
def visiting(browser: Browser, site: str, id: str) -> Iterator[Page]:
    phone: dict[str, Any] = {"viewport": PHONE, "locale": "nb-NO", "java_script_enabled": False}
    context = browser.new_context(**phone)
    who: dict[str, str | float | bool] = {"person": f"Patient/{id}"}
    context.request.post(f"{site}/logg-inn/ovelse", form=who, headers={"Origin": site})
    page = context.new_page()
    page.goto(f"{site}/min")
    yield page
    context.close()


def number_of(id: str) -> str:
    return str(number(BORN[id], 400)["value"])


def give(page: Page, site: str, id: str) -> None:
    """Three presses from the page of sharing."""
    page.goto(f"{site}/min/deling")
    page.get_by_role("link", name="Gi fullmakt").click()
    page.get_by_label("Fødselsnummer").fill(number_of(id))
    page.get_by_label("Etternavn").fill("Rosevik")
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("Lese journalen min").check()
    page.get_by_label("Hvor lenge?").select_option("year")
    page.get_by_role("button", name="Neste").click()
    page.get_by_role("button", name="Gi fullmakten").click()


def test_a_daughter_reads_for_her_father_until_he_takes_it_back(browser: Browser, site: str) -> None:
    with visiting(browser, site, OLD) as father, visiting(browser, site, DAUGHTER) as daughter:
        give(father, site, DAUGHTER)
        assert "Fullmakten er gitt" in father.get_by_role("status").inner_text()
        daughter.reload()
        daughter.get_by_role("link", name="Gammel Rosevik").click()
        assert daughter.get_by_text("journalen til en du handler for").is_visible()
        daughter.get_by_role("link", name="Journal", exact=True).click()
        daughter.get_by_role("link", name="Prøvesvar").click()
        assert daughter.get_by_text("120 mg/L").is_visible()
        father.get_by_role("button", name="Avslutt fullmakten").click()
        daughter.reload()
        assert daughter.get_by_role("heading", name="Siden finnes ikke").is_visible()
        father.goto(f"{site}/min/innsyn")
        assert father.get_by_text("med fullmakt fra deg").count() >= 1


def test_parents_who_live_apart_both_act_for_their_child(browser: Browser, site: str) -> None:
    for who in (MOTHER, FATHER):
        with visiting(browser, site, who) as page:
            page.get_by_role("link", name="Ung Rosevik").click()
            page.goto(f"{site}/min/for/{YOUTH}/journal/prover")
            assert page.get_by_text("3 mg/L").is_visible()
            assert page.get_by_text("Ferritin").count() == 0, "the youth wants that kept from them"
            page.goto(f"{site}/min/for/{YOUTH}/mine/sammendrag")
            assert page.get_by_text("Ferritin").count() == 0


def test_a_thirteen_year_old_sees_it_all_and_what_the_parents_see(browser: Browser, site: str) -> None:
    with visiting(browser, site, YOUTH) as page:
        page.goto(f"{site}/min/journal/prover")
        assert page.get_by_text("Ferritin").is_visible()
        page.goto(f"{site}/min/deling")
        assert page.get_by_text("ikke det som er holdt tilbake for dem").count() == 2
        page.get_by_role("link", name="Gi fullmakt").click()
        assert page.get_by_text("Du må ha fylt 16 år").is_visible()


def test_somebody_with_a_hidden_address_is_told_why_and_others_are_not(browser: Browser, site: str) -> None:
    with visiting(browser, site, HIDDEN) as page:
        page.goto(f"{site}/min/deling/fullmakt")
        assert page.get_by_text("Adressen din er skjult").is_visible()
    with visiting(browser, site, OLD) as page:
        give(page, site, HIDDEN)
        said = page.get_by_role("alert").inner_text()
        assert "Vi finner ingen" in said
        assert "skjult" not in page.locator("main").inner_text()


def test_somebody_blocks_a_unit_and_lifts_it(browser: Browser, site: str) -> None:
    with visiting(browser, site, OLD) as page:
        page.goto(f"{site}/min/deling")
        page.get_by_text("Sperr journalen for noen").click()
        page.get_by_label("Hvem skal ikke se?").select_option(f"Organization/{staff.WARD}")
        page.get_by_label("Jeg har lest dette").check()
        page.get_by_role("button", name="Sperr", exact=True).click()
        page.get_by_role("button", name="Opphev").click()
        assert page.get_by_text("Du har ingen sperringer").is_visible()


def test_yesterdays_blood_test_is_there_and_is_explained(browser: Browser, site: str) -> None:
    with visiting(browser, site, YOUTH) as page:
        page.goto(f"{site}/min/journal/prover")
        assert page.get_by_text("3 mg/L").is_visible()
    with visiting(browser, site, OLD) as page:
        page.goto(f"{site}/min/journal/prover")
        page.get_by_role("link", name="CRP").click()
        assert page.get_by_text("over det vanlige").is_visible()
        assert page.get_by_text("betyr ikke alltid at du er syk").is_visible()
