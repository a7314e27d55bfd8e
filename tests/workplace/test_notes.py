"""Notes over HTTP: every template from draft to the record, amended, and taken back."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app.test_signed_in import ADDRESS, ARRIVAL, CITIZEN, FHIR, sign_in
from conftest import ROOT
from fellesjournal.app.rooms import knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import surface
from fellesjournal.documentation.concepts import concept_of
from fellesjournal.documentation.rules import every, layout
from fellesjournal.documentation.templates import templates
from fellesjournal.signin import guard
from record.conftest import bundle, entry
from world import staff

Json = dict[str, Any]

DOCTOR, NURSE = "Practitioner/ivrig-steinroys", "Practitioner/varm-lyngmo"
CHART = "/arbeid/innbygger/stille"
TYPED = {
    "boolean": "true",
    "decimal": "36,5",
    "integer": "20",
    "quantity": "50",
    "date": "2026-11-20",
    "dateTime": "2026-11-20T08:30",
    "time": "08:30",
    "url": "https://example.org/mote",
}
VISIT = {"funn:0/allmenn:0": "god", "vurdering-gruppe:0/vurdering:0": "Bedring."}


@pytest.fixture
async def browser(pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at a practice site, where one citizen lies on the ward."""
    settings = Settings(practice_site=True)
    site = surface(settings, knowledge(settings.definitions, ROOT / ".data" / "cache"), pool)
    transport = httpx.ASGITransport(site, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=ADDRESS, headers={"origin": ADDRESS}
    ) as visitor:
        people = [*staff.resources(), CITIZEN, ARRIVAL | {"id": "opphold"}]
        entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in people]
        sent = await visitor.post("/fhir", content=bundle(*entries), headers=FHIR)
        assert sent.status_code == 200, sent.text
        yield visitor


async def post(browser: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    [cookie] = browser.cookies.jar
    form = {guard.FIELD: guard.token(cookie.value or "")} | fields
    return await browser.post(f"{CHART}{path}", data=form, headers={"hx-request": "true"})


async def found(browser: httpx.AsyncClient, query: str) -> list[Json]:
    answer = await browser.get(f"/fhir/{query}")
    assert answer.status_code == 200, answer.text
    return [one["resource"] for one in answer.json().get("entry", ())]


async def write(browser: httpx.AsyncClient, template: str, fields: dict[str, str]) -> str:
    """Open a template, keep what is typed, sign. Gives what the note is called."""
    assert (await browser.get(f"{CHART}/notat/{template}")).status_code == 200
    kept = await post(browser, f"/notat/{template}/utkast", **fields)
    assert (kept.status_code, kept.text[:6]) == (200, "Lagret")
    signed = await post(browser, f"/notat/{template}", **fields)
    assert signed.status_code == 200, signed.text
    return signed.text.partition("/signert/")[2].partition('"')[0]


def filled(questionnaire: Json) -> dict[str, str]:
    """An answer to every item that can be shown."""
    fields: dict[str, str] = {}
    while True:
        asked = [
            (node, row)
            for node, row in every(layout(questionnaire, fields))
            if row.place not in fields and node.item["type"] not in ("group", "display")
        ]
        if not asked:
            return fields
        for node, row in asked:
            options = node.item.get("answerOption")
            number = int(row.place.rpartition(":")[2]) if node.is_many else len(options or "") - 1
            fields[row.place] = (
                options[number]["valueCoding"]["code"]
                if options
                else TYPED.get(node.item["type"], f"Tekst om {node.item['text']}")
            )


@pytest.mark.parametrize("name", sorted(templates()))
async def test_a_template_is_filled_signed_amended_and_taken_back(
    browser: httpx.AsyncClient, name: str
) -> None:
    questionnaire = templates()[name].questionnaire
    stored = await browser.put(f"/fhir/Questionnaire/{questionnaire['id']}", json=questionnaire, headers=FHIR)
    assert stored.status_code == 201, stored.text
    await sign_in(browser, DOCTOR)
    fields = filled(questionnaire) | {"sikker": "ja"}
    note = await write(browser, name, fields)
    [composition] = await found(browser, "Composition?patient=stille")
    [response] = await found(browser, "QuestionnaireResponse?patient=stille")
    assert (composition["status"], response["status"]) == ("final", "completed")
    assert composition["author"][0]["reference"] == DOCTOR
    made = {one["reference"] for part in composition["section"] for one in part.get("entry", ())}
    concepts = {concept_of(node.item) for node, _ in every(layout(questionnaire, fields))} - {None}
    assert bool(made) is bool(concepts)
    for reference in made:
        assert (await browser.get(f"/fhir/{reference}")).status_code == 200
    assert (await browser.get(f"{CHART}/signert/{note}")).status_code == 200
    amended = await post(browser, f"/notat/{name}?retter={note}", **fields, **{"fritekst:0": "Rettet."})
    assert amended.status_code == 200, amended.text
    [composition] = await found(browser, "Composition?patient=stille")
    assert composition["status"] == "amended"
    assert "Rettet." in composition["section"][-1]["text"]["div"]
    assert {one["reference"] for part in composition["section"] for one in part.get("entry", ())} == made
    gone = await post(browser, f"/signert/{note}/feilforing", grunn="Feil pasient")
    assert gone.status_code == 200, gone.text
    [composition] = await found(browser, "Composition?patient=stille")
    assert composition["status"] == "entered-in-error"
    assert composition["extension"][0]["valueString"] == "Feil pasient"
    for reference in made:
        one = (await browser.get(f"/fhir/{reference}")).json()
        told = one.get("status") or one["verificationStatus"]["coding"][0]["code"]
        assert told == "entered-in-error", reference


async def test_what_is_no_longer_answered_is_retracted_and_the_rest_rewritten(
    browser: httpx.AsyncClient,
) -> None:
    await sign_in(browser, DOCTOR)
    typed = {"funn:0/temperatur:0": "38,4", "funn:0/puls:0": "88"}
    note = await write(browser, "visitt", VISIT | typed)
    await browser.get(f"{CHART}/signert/{note}")
    changed = {"funn:0/temperatur:0": "37,4", "funn:0/puls:0": ""}
    amended = await post(browser, f"/notat/visitt?retter={note}", **VISIT, **changed)
    assert amended.status_code == 200, amended.text
    states = {
        one["code"]["text"]: (one["status"], one["valueQuantity"]["value"], one["meta"]["versionId"])
        for one in await found(browser, "Observation?patient=stille")
    }
    assert states == {"Temperatur": ("final", 37.4, "2"), "Puls": ("entered-in-error", 88, "2")}


async def test_what_hinders_signing_is_told_and_nothing_is_stored_or_lost(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, DOCTOR)
    await browser.get(f"{CHART}/notat/visitt")
    typed = {"funn:0/puls:0": "mye", "vurdering-gruppe:0/plan:0": "Plan: [tiltak]."}
    refused = await post(browser, "/notat/visitt", **typed)
    assert refused.status_code == 422
    assert "Puls: «mye» er ikke et tall." in refused.text
    assert "Vurdering: mangler svar." in refused.text
    assert "Plan: «[tiltak]» er ikke fylt ut." in refused.text
    assert 'value="mye"' in refused.text
    assert await found(browser, "Composition?patient=stille") == []
    asked = await post(
        browser, "/notat/visitt", **VISIT, **{"funn:0/puls:0": "400"}, **{"vurdering-gruppe:0/plan:0": ""}
    )
    assert asked.status_code == 422
    assert "Puls: 400 /min er uvanlig. Er det riktig?" in asked.text
    assert (await post(browser, "/notat/visitt", **VISIT, sikker="ja")).status_code == 200
    [pulse] = await found(browser, "Observation?patient=stille")
    assert pulse["valueQuantity"]["value"] == 400


async def test_a_value_of_the_record_is_offered_and_confirmed_without_a_copy(
    browser: httpx.AsyncClient,
) -> None:
    await sign_in(browser, NURSE)
    await write(browser, "visitt", VISIT | {"funn:0/temperatur:0": "38,4"})
    [measured] = await found(browser, "Observation?patient=stille")
    browser.cookies.clear()
    await sign_in(browser, DOCTOR)
    form = (await browser.get(f"{CHART}/notat/visitt")).text
    mark = f"Observation/{measured['id']}=38,4"
    assert f'data-mark="{mark}"' in form
    assert "Varm Lyngmo" in form
    assert 'name="funn:0/temperatur:0" value=""' in form
    confirmed = {"funn:0/temperatur:0": "38,4", "kilde/funn:0/temperatur:0": mark}
    await write(browser, "visitt", VISIT | confirmed)
    assert await found(browser, "Observation?patient=stille") == [measured]
    notes = await found(browser, "Composition?patient=stille&_sort=-_lastUpdated")
    assert notes[0]["section"][0]["entry"] == [{"reference": f"Observation/{measured['id']}"}]
    assert "38,4" in notes[0]["section"][0]["text"]["div"]


async def test_only_its_author_sees_a_draft_and_amends_a_note(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, DOCTOR)
    note = await write(browser, "visitt", VISIT)
    await browser.get(f"{CHART}/notat/visitt")
    await post(browser, "/notat/visitt/utkast", **{"fritekst:0": "Bare mitt"})
    assert "Utkast som venter" in (await browser.get(f"{CHART}/notat")).text
    browser.cookies.clear()
    await sign_in(browser, NURSE)
    assert "Utkast som venter" not in (await browser.get(f"{CHART}/notat")).text
    assert "Bare mitt" not in (await browser.get(f"{CHART}/notat/visitt")).text
    assert (await browser.get(f"{CHART}/signert/{note}")).status_code == 403
    assert (await post(browser, f"/signert/{note}/feilforing", grunn="Feil")).status_code == 403


async def test_two_hundred_pages_and_a_script_are_text(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, DOCTOR)
    text = "<script>alert(1)</script> 😀 & «sitat»\n" + "Tekst fra et annet system.\r\n" * 24_000
    await write(browser, "visitt", VISIT | {"fritekst:0": text})
    chart = await browser.get(CHART)
    assert "<script>alert" not in chart.text
    [composition] = await found(browser, "Composition?patient=stille")
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; 😀 &amp; «sitat»" in composition["section"][-1]["text"]["div"]
    )


async def test_who_may_not_open_the_citizen_signs_nothing(browser: httpx.AsyncClient) -> None:
    await sign_in(browser, "Practitioner/vennlig-solber")
    assert (await browser.get(f"{CHART}/notat/visitt")).status_code == 404
    assert (await post(browser, "/notat/visitt/utkast", **VISIT)).status_code == 404
    assert (await post(browser, "/notat/visitt", **VISIT)).status_code == 404
