"""Templates as an expert group writes them: begun, edited, sent, approved by another, written from."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from fellesjournal.documentation.templates import ANSWERS, ENABLED
from workplace.conftest import Office, Worker
from workplace.people import ADA

WRITER, OTHER, DOCTOR = "grundig-skjellsand", "praktisk-sandlo", "ivrig-steinroys"
ROLE = "https://fellesjournal.no/fhir/CodeSystem/rolle"
CHART = f"/innbygger/{ADA}"


@pytest_asyncio.fixture
async def group(office: Office) -> AsyncIterator[tuple[Office, Worker, Worker]]:
    """The office, and two of an expert group."""
    for person in (WRITER, OTHER):
        role: dict[str, Any] = {
            "resourceType": "PractitionerRole",
            "id": f"{person}-faggruppe",
            "active": True,
            "practitioner": {"reference": f"Practitioner/{person}"},
            "organization": {"reference": "Organization/medisinsk-sengepost"},
            "code": [{"coding": [{"system": ROLE, "code": "faggruppe"}], "text": "Faggruppe"}],
        }
        [ward] = (await office.asked("PractitionerRole?practitioner=ivrig-steinroys"))[:1]
        await office.put(role | {"organization": ward["organization"]})
    async with (
        office.worker(WRITER, role=f"{WRITER}-faggruppe") as writer,
        office.worker(OTHER, role=f"{OTHER}-faggruppe") as other,
    ):
        yield office, writer, other


def fields_of(page: str) -> dict[str, str]:
    """What the editor's form holds."""
    form = page.partition('id="maleditor"')[2].partition("</form>")[0]
    found = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"(?![^>]*checkbox)', form))
    checks = re.findall(r'<input type="checkbox" name="([^"]+)" value="ja" (checked)?', form)
    found = {name: value for name, value in found.items() if name not in dict(checks)}
    found |= {name: "ja" for name, checked in checks if checked}
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S))
    return {
        name: value.replace("&gt;", ">").replace("&#39;", "'").replace("&lt;", "<")
        for name, value in found.items()
    }


async def begun(writer: Worker, start: str = "mal-visitt") -> tuple[str, dict[str, str]]:
    """A draft from a version: its address, and what its form holds."""
    led = await writer.send("/maler", {"fra": start})
    assert led.status_code == 303, led.text
    at = led.headers["location"].removeprefix("/arbeid")
    return at, fields_of((await writer.get(at)).text)


async def test_a_version_is_written_sent_approved_by_another_and_then_written_from(
    group: tuple[Office, Worker, Worker],
) -> None:
    office, writer, other = group
    async with office.worker(DOCTOR) as doctor:
        await doctor.get(f"{CHART}/notat/visitt")
        old = {"funn:0/allmenn:0": "god", "vurdering-gruppe:0/vurdering:0": "Bedring."}
        note = (await doctor.send(f"{CHART}/notat/visitt", old)).text
        note = note.partition("/signert/")[2].partition('"')[0]
        at, fields = await begun(writer)
        added = await writer.send(at, fields | {"gjor": "ny"})
        number = int(fields["rader"])
        fields = fields_of(added.text)
        assert fields["rader"] == str(number + 1)
        new = {
            f"text.{number}": "Har du sovet?",
            f"type.{number}": "choice",
            f"options.{number}": "Godt\nDårlig",
        }
        preview = await writer.send(f"{at}/forhandsvisning", fields | new)
        assert "Har du sovet?" in preview.text
        assert "Godt</option>" in preview.text
        sent = await writer.send(at, fields | new | {"gjor": "send"})
        assert "venter på godkjenning av en annen" in sent.text, sent.text
        assert "<strong>Ny:</strong> Har du sovet?" in sent.text
        assert (await writer.send(f"{at}/godkjenning", {})).status_code == 403
        assert "visitt@2" not in (await doctor.get(f"{CHART}/notat")).text
        assert "Venter på deg" in (await other.get("/maler")).text
        approved = await other.send(f"{at}/godkjenning", {})
        assert approved.status_code == 303, approved.text
        offered = (await doctor.get(f"{CHART}/notat")).text
        assert f'{CHART}/notat/visitt@2"' in offered
        assert f'{CHART}/notat/visitt"' not in offered
        form = await doctor.get(f"{CHART}/notat/visitt@2")
        assert "Har du sovet?" in form.text
        place = re.search(r'name="([^"]*har-du-sovet:0)"', form.text)
        assert place
        assert (await doctor.send(f"{CHART}/notat/visitt@2", old | {place[1]: "godt"})).status_code == 200
        amending = await doctor.get(f"{CHART}/signert/{note}")
        assert amending.status_code == 200
        assert "Har du sovet?" not in amending.text
    responses = await office.asked(f"QuestionnaireResponse?patient={ADA}&_sort=-_lastUpdated")
    assert [one["questionnaire"].rpartition("|")[2] for one in responses] == ["2", "1"]
    read = await writer.get(at)
    assert "Godkjent av: Praktisk Sandlo" in read.text
    assert "maleditor" not in read.text
    assert (await writer.send(at, fields)).status_code == 403


async def test_the_version_before_is_retired_and_every_version_stays_readable(
    group: tuple[Office, Worker, Worker],
) -> None:
    office, writer, other = group
    ids: list[str] = []
    for _ in range(2):
        at, fields = await begun(writer, ids[-1] if ids else "mal-sar")
        ids.append(at.rpartition("/")[2])
        title = {"title": f"Sår {len(ids)}"}
        assert "venter på" in (await writer.send(at, fields | title | {"gjor": "send"})).text
        await other.send(f"{at}/godkjenning", {})
    stored = {
        one["version"]: one["status"]
        for one in await office.asked("Questionnaire?url:below=https://fellesjournal.no")
    }
    assert stored == {"2": "retired", "3": "active"}
    for id in ("mal-sar", *ids):
        assert (await writer.get(f"/maler/{id}")).status_code == 200


async def test_a_draft_goes_back_with_a_sentence_and_comes_again(
    group: tuple[Office, Worker, Worker],
) -> None:
    _, writer, other = group
    at, fields = await begun(writer)
    await writer.send(at, fields | {"gjor": "send"})
    assert (await writer.send(f"{at}/retur", {"grunn": "Til meg selv"})).status_code == 403
    empty = await other.send(f"{at}/retur", {"grunn": " "})
    assert empty.status_code == 422
    assert "Skriv en setning som sier hvorfor." in empty.text
    assert (await other.send(f"{at}/retur", {"grunn": "Puls <mangler>."})).status_code == 303
    assert (await other.send(f"{at}/godkjenning", {})).status_code == 403
    for page in (await writer.get("/maler"), await writer.get(at)):
        assert "Puls &lt;mangler&gt;." in page.text
        assert "sendt tilbake" in page.text
    kept = await writer.send(at, fields_of((await writer.get(at)).text))
    assert "Puls &lt;mangler&gt;." in kept.text, "it stands until the draft is sent anew"
    sent = await writer.send(at, fields_of(kept.text) | {"gjor": "send"})
    assert "mangler" not in sent.text
    assert (await other.send(f"{at}/godkjenning", {})).status_code == 303


async def test_a_template_is_retired_with_a_sentence_and_old_notes_stay_readable(
    group: tuple[Office, Worker, Worker],
) -> None:
    office, writer, other = group
    async with office.worker(DOCTOR) as doctor:
        await doctor.get(f"{CHART}/notat/sar")
        await doctor.send(f"{CHART}/notat/sar/utkast", {"fritekst:0": "Påbegynt"})
        await doctor.get(f"{CHART}/notat/visitt")
        old = {"funn:0/allmenn:0": "god", "vurdering-gruppe:0/vurdering:0": "Bedring."}
        note = (await doctor.send(f"{CHART}/notat/visitt", old)).text
        note = note.partition("/signert/")[2].partition('"')[0]
        for id in ("mal-visitt", "mal-sar"):
            assert (await writer.send(f"/maler/{id}/avvikling", {"grunn": ""})).status_code == 422
            assert (await doctor.send(f"/maler/{id}/avvikling", {"grunn": "x"})).status_code == 403
            assert (await writer.send(f"/maler/{id}/avvikling", {"grunn": "Erstattet."})).status_code == 303
            assert (await other.send(f"/maler/{id}/avvikling", {"grunn": "Igjen"})).status_code == 403
        assert "tatt ut av bruk" in (await writer.get("/maler")).text
        read = (await other.get("/maler/mal-visitt")).text
        assert "Tatt ut av bruk av Grundig Skjellsand" in read
        assert "Erstattet." in read
        offered = (await doctor.get(f"{CHART}/notat")).text
        assert f'{CHART}/notat/visitt"' not in offered
        assert "Påbegynt" in (await doctor.get(f"{CHART}/notat/sar")).text, "a draft is finished"
        begun_anew = await doctor.get(f"{CHART}/notat/visitt")
        assert begun_anew.status_code == 410
        assert "er tatt ut av bruk" in begun_anew.text
        assert "Bedring." in (await doctor.get(f"{CHART}/signert/{note}")).text
        at, fields = await begun(writer)
        await writer.send(at, fields | {"gjor": "send"})
        await other.send(f"{at}/godkjenning", {})
        assert f'{CHART}/notat/visitt@2"' in (await doctor.get(f"{CHART}/notat")).text
        await other.send(f"{at}/avvikling", {"grunn": "Likevel ikke"})
        assert "/notat/visitt" not in (await doctor.get(f"{CHART}/notat")).text


async def test_what_hinders_a_template_is_told_and_what_was_typed_stays(
    group: tuple[Office, Worker, Worker],
) -> None:
    _, writer, _ = group
    assert (
        "Skriv en tittel som ingen annen mal har." in (await writer.send("/maler", {"tittel": "Visitt"})).text
    )
    led = await writer.send("/maler", {"tittel": "Søvn og <b>hvile</b>"})
    at = led.headers["location"].removeprefix("/arbeid")
    fields = fields_of((await writer.get(at)).text)
    fields = fields_of((await writer.send(at, fields | {"gjor": "gruppe"})).text)
    wrong = await writer.send(at, fields | {"text.0": "", "gjor": "send"})
    assert wrong.status_code == 422
    assert "Et spørsmål mangler tekst." in wrong.text
    fields = fields_of((await writer.send(at, fields | {"text.0": "Natten", "gjor": "ny"})).text)
    assert (fields["id.0"], fields["depth.1"]) == ("natten", "1")
    choice = {"text.1": "<script>alert(1)</script>", "type.1": "choice"}
    wrong = await writer.send(at, fields | choice)
    assert "skriv svaralternativene" in wrong.text
    assert "<script>alert(1)" not in wrong.text
    fields = fields_of(wrong.text) | choice
    kept = await writer.send(at, fields | {"options.1": "Ja\nNei"})
    assert "Utkastet er lagret." in kept.text
    stale = await writer.send(at, fields | {"options.1": "Ja\nNei\nVet ikke", "versjon": "1"})
    assert stale.status_code == 422
    assert "Vet ikke" in stale.text
    moved = fields_of((await writer.send(at, fields_of(kept.text) | {"gjor": "opp|1"})).text)
    assert moved["text.1"] == "Natten"


async def test_only_an_expert_group_writes_templates_and_it_opens_no_citizen(
    group: tuple[Office, Worker, Worker],
) -> None:
    office, writer, _ = group
    async with office.worker(DOCTOR) as doctor:
        assert (await doctor.get("/maler")).status_code == 403
        assert (await doctor.send("/maler", {"fra": "mal-visitt"})).status_code == 403
        at, fields = await begun(writer)
        assert (await doctor.get(at)).status_code == 403
        for path in (at, f"{at}/forhandsvisning", f"{at}/godkjenning"):
            assert (await doctor.send(path, fields)).status_code == 403
    assert (await writer.get(CHART)).status_code == 403
    assert (await writer.get("")).status_code == 200


async def test_a_template_that_asks_by_an_expression_is_refused_with_where_it_stands(
    group: tuple[Office, Worker, Worker],
) -> None:
    office, writer, _ = group
    at, fields = await begun(writer)
    [draft] = await office.asked(f"Questionnaire?_id={at.rpartition('/')[2]}")
    asked = draft["item"][0]["item"][-1]
    expression = {"language": "text/fhirpath", "expression": "%resource.item.exists()"}
    asked.setdefault("extension", []).append({"url": ENABLED, "valueExpression": expression})
    await office.put(draft)
    opened = await writer.get(at)
    fields = fields_of(opened.text)
    told = f"«{asked['text']}»: et uttrykk (enableWhenExpression eller answerExpression)"
    assert told in opened.text
    for act in ("lagre", "send"):
        refused = await writer.send(at, fields | {"gjor": act})
        assert (refused.status_code, told in refused.text) == (422, True)
    number = next(
        name[3:] for name, value in fields.items() if name.startswith("id.") and value == asked["linkId"]
    )
    mended = await writer.send(at, fields | {"gjor": f"fjern|{number}"})
    assert "Utkastet er lagret." in mended.text
    assert told not in mended.text


async def test_no_note_is_begun_from_a_template_that_asks_by_an_expression(
    group: tuple[Office, Worker, Worker],
) -> None:
    office, writer, _ = group
    at, _ = await begun(writer)
    [draft] = await office.asked(f"Questionnaire?_id={at.rpartition('/')[2]}")
    asked = draft["item"][0]["item"][-1]
    expression = {"language": "text/fhirpath", "expression": "1"}
    asked.setdefault("extension", []).append({"url": ANSWERS, "valueExpression": expression})
    await office.put(draft | {"status": "active"})
    async with office.worker(DOCTOR) as doctor:
        refused = await doctor.get(f"{CHART}/notat/visitt@2")
    assert refused.status_code == 422
    assert f"avgjør når det spørres om, eller hva som kan velges, i {asked['text']}." in refused.text
