"""Emergency access from the screen: a reason, the chart, and a banner for as long as it lasts."""

import re
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app.test_signed_in import ADDRESS, FHIR, sign_in
from conftest import ROOT
from fellesjournal.app.rooms import knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import surface
from fellesjournal.signin import guard
from record.conftest import bundle, entry
from world import sample, staff

NUMBER = sample.identity_number(sample.PEOPLE[0].born, sample.PEOPLE[0].serial)


@pytest.fixture
async def browser(pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at a practice site with the staff and one citizen whom nobody cares for."""
    settings = Settings(practice_site=True)
    site = surface(settings, knowledge(settings.definitions, ROOT / ".data" / "cache"), pool)
    transport = httpx.ASGITransport(site, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=ADDRESS, headers={"origin": ADDRESS}
    ) as visitor:
        citizen = next(one for one in sample.resources() if one["resourceType"] == "Patient")
        del citizen["managingOrganization"]
        resources = [*staff.resources(), citizen]
        entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in resources]
        sent = await visitor.post("/fhir", content=bundle(*entries), headers=FHIR)
        assert sent.status_code == 200, sent.text
        yield visitor


async def take(browser: httpx.AsyncClient, **fields: str) -> httpx.Response:
    [cookie] = browser.cookies.jar
    form = {guard.FIELD: guard.token(cookie.value or "")} | fields
    return await browser.post("/arbeid/nodtilgang", data=form)


async def test_a_record_out_of_reach_is_opened_with_a_reason_that_stays_on_the_screen(
    browser: httpx.AsyncClient,
) -> None:
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    missing = await browser.get("/arbeid/innbygger/person-1")
    assert missing.status_code == 404
    assert "/arbeid/nodtilgang" in missing.text
    opened = await take(browser, nummer=NUMBER, grunn="life", utdyping="Funnet bevisstløs <b>hjemme</b>")
    assert (opened.status_code, opened.headers["location"]) == (303, "/arbeid/innbygger/person-1")
    chart = (await browser.get("/arbeid/innbygger/person-1")).text
    assert "<strong>Nødtilgang</strong>" in chart
    assert "Fare for liv eller helse. Funnet bevisstløs &lt;b&gt;hjemme&lt;/b&gt;" in chart
    assert "Blid Fjellrype" in chart
    for path in ("livslop", "notat", "svar"):
        assert "<strong>Nødtilgang</strong>" in (await browser.get(f"/arbeid/innbygger/person-1/{path}")).text


async def test_without_a_reason_or_a_known_number_nothing_is_opened(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    assert (await take(browser, nummer=NUMBER, grunn="other", utdyping="  ")).status_code == 422
    unknown = await take(browser, nummer="01818012345", grunn="life")
    assert unknown.status_code == 404
    assert "Ingen innbygger har dette nummeret" in unknown.text
    assert (await browser.get("/arbeid/innbygger/person-1")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12345", "elleve siffer"),
        ("ola nordmann", "elleve siffer"),
        ("99818012345", "et siffer er feil"),
        ("31988012345", "ikke er en dato"),
        (f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}", "et siffer er feil, eller to har byttet plass"),
    ],
)
async def test_a_number_that_is_nobodys_is_told_in_plain_words_and_all_that_was_typed_stays(
    browser: httpx.AsyncClient, typed: str, said: str
) -> None:
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    page = await take(browser, nummer=typed, grunn="life", utdyping="Ligger på gulvet")
    assert (page.status_code, said in page.text) == (422, True), page.text
    assert f'value="{typed}"' in page.text
    assert re.search(r'value="life" required checked', page.text)
    assert ">Ligger på gulvet</textarea>" in page.text


async def test_a_number_is_taken_as_people_write_it(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    opened = await take(browser, nummer=f" {NUMBER[:6]} {NUMBER[6:]} ", grunn="life")
    assert opened.headers["location"] == "/arbeid/innbygger/person-1"


async def test_the_way_from_a_page_that_is_not_yours_keeps_whose_it_was(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    missing = (await browser.get("/arbeid/innbygger/person-1")).text
    assert 'href="/arbeid/nodtilgang?innbygger=person-1"' in missing
    form = (await browser.get("/arbeid/nodtilgang?innbygger=person-1")).text
    assert '<input type="hidden" name="innbygger" value="person-1">' in form
    nobody = await take(browser, innbygger="ingen", grunn="life")
    assert (nobody.status_code, "Innbyggeren finnes ikke" in nobody.text) == (404, True)


async def test_the_palette_tells_why_a_number_finds_nobody_and_leads_on(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    wrong = (await browser.get("/arbeid/finn", params={"q": f"{NUMBER[:-2]}00"})).text
    assert "et siffer er feil" in wrong
    assert "/arbeid/nodtilgang" not in wrong
    far = (await browser.get("/arbeid/finn", params={"q": NUMBER})).text
    assert "Ingen du har tilgang til, har dette nummeret" in far
    assert f'href="/arbeid/nodtilgang#nummer={NUMBER}"' in far
    await sign_in(browser, "Practitioner/ryddig-perlemor")
    assert "nodtilgang" not in (await browser.get("/arbeid/finn", params={"q": NUMBER})).text


async def test_roles_without_the_right_are_not_offered_it(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, "Practitioner/ryddig-perlemor")
    missing = await browser.get("/arbeid/innbygger/person-1")
    assert missing.status_code == 404
    assert "/arbeid/nodtilgang" not in missing.text
    refused = await browser.get("/arbeid/nodtilgang")
    assert refused.status_code == 403
    assert "Rollen «Helsesekretær» gjør ikke dette" in refused.text
    assert (await take(browser, nummer=NUMBER, grunn="life")).status_code == 403


async def test_a_block_is_told_of_and_overridden_with_a_reason_of_its_own(browser: httpx.AsyncClient) -> None:
    block = {
        "resourceType": "Consent",
        "id": "sperring",
        "status": "active",
        "scope": {
            "coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}
            ]
        },
        "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
        "patient": {"reference": "Patient/person-1"},
        "policyRule": {"text": "pbrl § 5-3"},
        "provision": {"type": "deny"},
    }
    sent = await browser.post("/fhir", content=bundle(entry("PUT", "Consent/sperring", block)), headers=FHIR)
    assert sent.status_code == 200, sent.text
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    shut = await take(browser, nummer=NUMBER, grunn="life", utdyping="Ligger på gulvet")
    assert shut.status_code == 200
    assert "Journalen er sperret" in shut.text
    [cookie] = browser.cookies.jar
    form = {guard.FIELD: guard.token(cookie.value or ""), "grunn": "life"}
    opened = await browser.post("/arbeid/innbygger/person-1/sperring/overstyring", data=form)
    assert (opened.status_code, opened.headers["location"]) == (303, "/arbeid/innbygger/person-1")
    chart = (await browser.get("/arbeid/innbygger/person-1")).text
    assert "<strong>Sperring overstyrt</strong>" in chart


async def test_the_log_tells_of_the_taking_with_the_reason(
    browser: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    await sign_in(browser, "Practitioner/arvaken-nordlys")
    await take(browser, nummer=NUMBER, grunn="other", utdyping="Ligger på gulvet")
    [row] = await pool.fetch("select basis, body from audit_event where interaction = 'emergency'")
    assert row["basis"] == "emergency"
    assert "Ligger på gulvet" in row["body"].decode()
