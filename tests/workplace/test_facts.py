"""Facts in a text: frozen with their source, read with what has become of them; copied words are told."""

import re
from typing import Any

import pytest

from fellesjournal.documentation.provenance import FACT
from fellesjournal.workplace.notes.reading import Stretch, cut
from workplace import people
from workplace.conftest import Office, Worker
from workplace.people import ADA

DOCTOR, NURSE = "ivrig-steinroys", "varm-lyngmo"
CHART = f"/innbygger/{ADA}"
AT = f"{CHART}/notat/visitt"
PLACE = "vurdering-gruppe:0/vurdering:0"
CRP = "CRP 82 mg/L (21.11.2026 08:00)"
LONG = "Hun ble kald og klam i natt, og vi gav henne oksygen på brillekateter."


async def line_of(worker: Worker, text: str) -> str:
    page = (await worker.get(f"{CHART}/fakta")).text
    found = re.search(rf'data-text="{re.escape(text)}" data-line="([^"]+)"', page)
    assert found, page
    return found[1]


async def sign(worker: Worker, text: str, **beside: str) -> str:
    await worker.get(AT)
    fields = {"funn:0/allmenn:0": "god", PLACE: text} | {f"fakta/{PLACE}": one for one in beside.values()}
    signed = await worker.send(AT, fields)
    assert signed.status_code == 200, signed.text
    found = re.search(r"/signert/([\w-]+)", signed.text)
    assert found
    return found[1]


async def latest(office: Office) -> dict[str, Any]:
    found = await office.asked(f"Composition?patient={ADA}&_sort=-_lastUpdated")
    return found[0]


async def read(office: Office, worker: Worker) -> str:
    return (await worker.get(f"{CHART}/journalnotat/{(await latest(office))['id']}")).text


async def test_what_may_be_inserted_is_the_latest_of_each_kind_with_its_version(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        page = (await worker.get(f"{CHART}/fakta")).text
        assert await line_of(worker, CRP) == f"Observation/ada-crp@1 {CRP}"
        assert "CRP 4 " not in page
        assert "Puls 88 /min (21.11.2026 08:00)" in page
        assert "Pneumoni (20.11.2026)" in page
        assert "Hoftebrudd" not in page
    async with office.worker("sprek-fjelltopp") as physio:
        assert (await physio.get("/innbygger/langtvekk/fakta")).status_code == 404


async def test_a_fact_is_frozen_and_the_reader_sees_what_it_is_now(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        line = await line_of(worker, CRP)
        note = await sign(worker, f"Fortsatt {CRP}, rolig.", fact=line)
        sections = (await latest(office))["section"]
        [extension] = [one for part in sections for one in part.get("extension", ())]
        assert extension["url"] == FACT
        told = {one["url"]: one for one in extension["extension"]}
        assert told["kilde"]["valueReference"]["reference"] == "Observation/ada-crp"
        assert told["versjon"]["valueString"] == "1"
        page = await read(office, worker)
        assert f'<span class="fact">{CRP}</span>' in page
        assert "nå:" not in page
        await office.put(people.laboratory("ada-crp-new", "CRP", 31, "mg/L", "2026-11-24T08:00:00+01:00"))
        page = await read(office, worker)
        assert f'<span class="fact">{CRP}</span>' in page
        assert "nå: CRP 31 mg/L (24.11.2026 08:00)" in page
        amending = (await worker.get(f"{CHART}/signert/{note}")).text
        assert f'value="{line}"' in amending
        assert f"<li>{CRP}</li>" in amending
        await worker.send(f"{AT}?retter={note}", {"funn:0/puls:0": "70"})
        assert f'<span class="fact">{CRP}</span>' in await read(office, worker)


async def test_a_corrected_result_is_told(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        await sign(worker, f"{CRP} i dag.", fact=await line_of(worker, CRP))
        wrong = people.laboratory("ada-crp", "CRP", 82, "mg/L", "2026-11-21T08:00:00+01:00")
        await office.put(wrong | {"status": "entered-in-error"})
        assert "nå: feilført" in await read(office, worker)


@pytest.mark.parametrize(
    "line",
    [
        f"Observation/ada-crp@7 {CRP}",
        f"Observation/ingen@1 {CRP}",
        f"Patient/ada@1 {CRP}",
        f"Observation/ada-ferritin@1 {CRP}",
    ],
)
async def test_what_the_record_does_not_say_is_no_fact(office: Office, line: str) -> None:
    async with office.worker(DOCTOR) as worker:
        await sign(worker, f"Sett {CRP}.", fact=line)
        page = await read(office, worker)
        assert CRP in page
        assert 'class="fact"' not in page


async def test_copied_words_are_grey_with_their_source_whoever_copied_them(office: Office) -> None:
    async with office.worker(NURSE) as nurse, office.worker(DOCTOR) as doctor:
        await sign(nurse, f"{LONG} Bedre nå.")
        note = await sign(doctor, f"Ny vurdering. {LONG} Fortsetter.")
        page = await read(office, doctor)
        assert f'<span class="copied">{LONG}</span>' in page
        assert re.search(r"\(kopiert fra Visitt \d\d\.\d\d\.2026\)", page)
        await doctor.get(f"{CHART}/signert/{note}")
        own = "Ny vurdering. Bare egne ord i dette, og de er mange nok."
        await doctor.send(f"{AT}?retter={note}", {PLACE: own})
        assert "kopiert fra" not in await read(office, doctor), "its own earlier version is no source"


def test_a_paragraph_that_is_cut_is_whole_when_put_together() -> None:
    known = {one: Stretch(one, "fact") for one in ("a", "ab", "(", "b+")}
    for text in ("", "xaby", "((b+", "abab a"):
        assert "".join(one.text for one in cut(text, known)) == text
    assert [one.text for one in cut("xaby", known)] == ["x", "ab", "y"]
