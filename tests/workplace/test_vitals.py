"""Vital signs: what is stored of a set, the scale a doctor chooses, what is told, and what is taken back."""

import re
from typing import Any

import pytest

from fellesjournal.workplace.vitals.signs import read
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA, NEAR

MEASURE = f"/innbygger/{ADA}/malinger"
NURSE, DOCTOR = "varm-lyngmo", "ivrig-steinroys"
WHOLE = {
    "puls": "88",
    "resp": "18",
    "spo2": "95",
    "temp": "37,9",
    "sys": "132",
    "dia": "80",
    "oksygen": "luft",
    "bevissthet": "A",
}
NEWS2 = "http://snomed.info/sct|1104051000000101"


async def scores(office: Office, citizen: str = ADA) -> list[dict[str, Any]]:
    return await office.asked(f"Observation?patient={citizen}&code={NEWS2}&_sort=-date")


async def test_a_whole_set_has_a_score_that_points_at_what_it_is_made_of(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        await nurse.send(MEASURE, WHOLE)
    (score,) = await scores(office)
    assert score["valueInteger"] == 1
    assert len(score["derivedFrom"]) == 7
    parts = [one["reference"].split("/")[0] for one in score["derivedFrom"]]
    assert set(parts) == {"Observation"}
    assert {one["valueInteger"] for one in score["component"]} == {0, 1}
    oxygen = await office.asked(f"Observation?patient={ADA}&value-concept=http://snomed.info/sct|722742002")
    assert len(oxygen) == 1


async def test_a_single_pressure_says_nothing_of_air_and_alertness(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        page = await nurse.send(MEASURE, {"sys": "132/80", "oksygen": "luft", "bevissthet": "A"})
    assert "Målingene er lagret" in page.text
    assert await scores(office) == []
    found = await office.asked(f"Observation?patient={ADA}&date=ge2026-11-22")
    assert [one["code"]["text"] for one in found] == ["Blodtrykk"]
    assert [one["valueQuantity"]["value"] for one in found[0]["component"]] == [132, 80]


async def test_oxygen_is_stored_with_its_device_and_its_flow(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        await nurse.send(MEASURE, WHOLE | {"oksygen": "nese", "liter": "2,5", "bevissthet": "C"})
    (score,) = await scores(office)
    assert score["valueInteger"] == 6
    (oxygen,) = await office.asked(
        f"Observation?patient={ADA}&value-concept=http://snomed.info/sct|371825009"
    )
    assert oxygen["valueCodeableConcept"]["text"] == "Nesekateter 2,5 l/min"
    assert oxygen["component"][1]["valueQuantity"]["value"] == 2.5


async def test_litres_on_air_are_asked_about_and_not_lost(office: Office) -> None:
    async with office.worker("varm-lyngmo") as nurse:
        page = await nurse.send(f"/innbygger/{ADA}/malinger", {"spo2": "94", "oksygen": "luft", "liter": "2"})
        assert "skrevet liter i minuttet, men valgt luft" in page.text
        assert re.search(r'name="liter"[^>]*value="2"', page.text)
        assert "94 %" not in (await nurse.get(f"/innbygger/{ADA}/del/vitals")).text


async def test_after_a_set_on_oxygen_neither_air_nor_oxygen_is_presumed(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        first = await nurse.get(MEASURE)
        await nurse.send(MEASURE, WHOLE | {"oksygen": "nese", "bevissthet": "V"})
        then = await nurse.get(MEASURE)
    assert re.search(r'value="luft" +selected', first.text)
    assert re.search(r'value="A" +selected', first.text)
    assert "selected" not in then.text
    assert "sist Nesekateter" in then.text
    assert "sist V" in then.text


async def test_the_score_of_what_is_being_typed_needs_no_citizen(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        some = await nurse.send("/news2", {"puls": "135", "oksygen": "luft", "bevissthet": "A"})
        assert "minst <strong>3</strong>" in some.text
        assert "3 i ett mål" in some.text
        assert "Mangler for et helt sett: respirasjon, oksygenmetning, overtrykk, temperatur." in some.text
        whole = await nurse.send("/news2", WHOLE | {"resp": "25", "spo2": "91", "temp": "39.1"})
        assert "<strong>8</strong>" in whole.text
        assert "kontinuerlig overvåking" in whole.text
        nothing = await nurse.send("/news2", {"puls": "åtti", "oksygen": "luft", "bevissthet": "A"})
        assert "NEWS2" not in nothing.text


async def test_a_doctor_chooses_scale_2_and_it_counts_until_it_is_ended(office: Office) -> None:
    low = WHOLE | {"spo2": "90"}
    async with office.worker(NURSE) as nurse, office.worker(DOCTOR) as doctor:
        assert (await nurse.send(f"{MEASURE}/skala", {"skala": "2"})).status_code == 403
        chosen = await doctor.send(f"{MEASURE}/skala", {"skala": "2"})
        assert "SpO2-skala 2: Ivrig Steinrøys" in chosen.text
        await nurse.send(MEASURE, low)
        column = await nurse.get(f"/innbygger/{ADA}/del/identity")
        assert "SpO2-skala 2" in column.text
        ended = await doctor.send(f"{MEASURE}/skala", {"skala": "1"})
        assert "SpO2-skala 2: " not in ended.text
        await nurse.send(MEASURE, low)
    assert sorted(one["valueInteger"] for one in await scores(office)) == [0, 3]
    (flag,) = await office.asked(f"Flag?patient={ADA}")
    assert flag["status"] == "inactive"
    assert flag["author"]["reference"] == "Practitioner/ivrig-steinroys"
    assert flag["period"].keys() == {"start", "end"}


async def test_a_child_is_scored_with_pevs_and_a_rise_is_told(office: Office) -> None:
    await office.put(people.named(NEAR, "Solfrid", "Multemyr", birthDate="2019-05-05", gender="female"))
    measure, pulse = f"/innbygger/{NEAR}/malinger", {"puls": "120", "bevissthet": "A"}
    async with office.worker(NURSE) as nurse:
        page = await nurse.get(measure)
        assert "/arbeid/pevs" in page.text
        assert "/arbeid/news2" not in page.text
        live = await nurse.send("/pevs", {"pevs-atferd": "2"})
        assert "minst <strong>2</strong>" in live.text
        assert "Mangler for et helt sett: sirkulasjon, respirasjon." in live.text
        refused = await nurse.send(measure, {"pevs-atferd": "fire"})
        assert "Atferd: «fire» er ikke et poeng" in refused.text
        judged = {"pevs-atferd": "0", "pevs-sirkulasjon": "0", "pevs-respirasjon": "1"}
        saved = await nurse.send(measure, pulse | judged)
        assert "PEVS: <strong>1</strong>" in saved.text
        assert 'name="forrige" value="1"' in saved.text
        risen = await nurse.send("/pevs", judged | {"forrige": "1", "pevs-respirasjon": "3"})
        assert "Kontakt ansvarlig lege" in risen.text
        await nurse.send(measure, {"puls": "118"})
    assert await scores(office, NEAR) == []
    (score,) = await office.asked(f"Observation?patient={NEAR}&code=pevs")
    assert score["valueInteger"] == 1
    assert [one["valueInteger"] for one in score["component"]] == [0, 0, 1]
    assert len(score["derivedFrom"]) == 2


async def test_a_childs_values_are_not_held_against_an_adults_bands(office: Office) -> None:
    for born, is_coloured in (("2019-05-05", False), ("1950-05-05", True)):
        await office.put(people.named(NEAR, "Solfrid", "Multemyr", birthDate=born, gender="female"))
        async with office.worker(NURSE) as nurse:
            for _ in range(2):
                shown = await nurse.send(f"/innbygger/{NEAR}/malinger", {"puls": "120", "temp": "39,5"})
        assert bool(re.search(r'class="cell p[123]|class="band b', shown.text)) == is_coloured


NONSENSE = (
    "åtti",
    "😀",
    "88 90",
    "88\t90\t37,9",
    "1e3",
    "1_0",
    "٨٨",
    "8" * 2000,
    "<b>88</b>",
    "88 kg",
    "37,",
    "--4",
)


async def test_what_is_no_number_is_told_in_a_sentence_and_stays_in_its_field(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        for typed in NONSENSE:
            page = await nurse.send(MEASURE, {"puls": typed, "temp": "37.1"})
            assert page.status_code == 200
            assert "er ikke et tall. Skriv bare tallet" in page.text, typed
            assert 'value="37.1"' in page.text
    assert await office.asked(f"Observation?patient={ADA}&code=8310-5") == []


@pytest.mark.parametrize("typed", ["37,9", "37.9", " 37,9 ", "37,9 °C", "37,9°c"])
def test_comma_point_and_unit_are_all_the_same(typed: str) -> None:
    assert read(typed, "°C") == 37.9


async def test_a_digit_too_many_is_scored_and_asked_about(office: Office) -> None:
    typed = {"puls": "1280", "resp": "16", "spo2": "97", "temp": "37", "sys": "120", "dia": "80"}
    typed |= {"oksygen": "luft", "bevissthet": "A"}
    async with office.worker("varm-lyngmo") as nurse:
        assert (await nurse.send("/news2", typed)).status_code == 200
        asked = await nurse.send(f"/innbygger/{ADA}/malinger", typed)
    assert asked.status_code < 500
    assert "1280" in asked.text
    assert not await office.asked("Observation?code=8867-4&value-quantity=gt1000")


async def test_pressures_the_wrong_way_round_are_asked_about(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        page = await nurse.send(MEASURE, {"sys": "80", "dia": "132"})
        assert "Overtrykket er ikke høyere" in page.text
        saved = await nurse.send(MEASURE, {"sys": "80", "dia": "132", "sikker-trykk": "80/132"})
    assert "Målingene er lagret" in saved.text


async def test_a_yes_is_to_the_value_that_was_asked_about_and_to_no_other(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        asked = await nurse.send(MEASURE, {"puls": "25", "temp": "29"})
        assert 'name="sikker-puls" value="25"' in asked.text
        again = await nurse.send(
            MEASURE, {"puls": "26", "temp": "29", "sikker-puls": "25", "sikker-temp": "29"}
        )
        assert 'name="sikker-puls" value="26"' in again.text
        assert "sikker-temp" not in again.text
    assert await office.asked(f"Observation?patient={ADA}&code=8310-5") == []


async def test_an_unlikely_value_counts_with_a_word_wherever_it_stands(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        live = await nurse.send("/news2", WHOLE | {"puls": "25"})
        assert "Puls 25 /min er regnet med" in live.text
        saved = await nurse.send(MEASURE, WHOLE | {"puls": "25", "sikker-puls": "25"})
        assert "Puls 25 /min er regnet med" in saved.text
        assert saved.text.count(">usannsynlig<") == 3  # what was told, the value, and the score of its set
        chart = await nurse.get(f"/innbygger/{ADA}/del/vitals")
        series = await nurse.get(f"/innbygger/{ADA}/prove", kode="http://loinc.org|8867-4")
    assert [line.count(">usannsynlig<") for line in chart.text.split("<tr>")[1:3]] == [1, 1]
    assert series.text.count(">usannsynlig<") == 1
    (score,) = await scores(office)
    assert score["valueInteger"] == 4
    assert score["note"][0]["text"].startswith("Usannsynlig verdi")


async def test_what_cannot_be_is_stored_and_makes_no_score(office: Office) -> None:
    typed = WHOLE | {"spo2": "910"}
    async with office.worker(NURSE) as nurse:
        live = await nurse.send("/news2", typed)
        assert "minst <strong>0</strong>" in live.text
        assert "Oksygenmetning 910 % kan ikke stemme, og er ikke regnet med" in live.text
        asked = await nurse.send(MEASURE, typed)
        assert "910 % kan ikke stemme. Verdien kan lagres" in asked.text
        saved = await nurse.send(MEASURE, typed | {"sikker-spo2": "910"})
        assert "Målingene er lagret" in saved.text
        assert "er ikke regnet med" in saved.text
        assert 'placeholder="910"' not in saved.text
    assert await scores(office) == []
    (stored,) = await office.asked(f"Observation?patient={ADA}&code=2708-6")
    assert stored["note"][0]["text"].startswith("Usannsynlig verdi")


async def test_a_value_is_taken_back_with_the_score_made_of_it_and_stays_in_the_history(
    office: Office,
) -> None:
    async with office.worker(NURSE) as nurse:
        await nurse.send(MEASURE, WHOLE | {"puls": "188"})
        (wrong,) = await office.asked(f"Observation?patient={ADA}&code=8867-4&value-quantity=188")
        asked = await nurse.get(f"{MEASURE}/{wrong['id']}")
        assert "Merk som feilført" in asked.text
        form = {"versjon": wrong["meta"]["versionId"], "grunn": "skrev feil"}
        told = await nurse.send(f"{MEASURE}/{wrong['id']}/feilforing", form)
        assert "Verdien er merket som feilført" in told.text
        assert "Feilført: skrev feil (Varm Lyngmo)" in told.text
        assert told.text.count('<td class="value">') == 2
        chart = await nurse.get(f"/innbygger/{ADA}/del/vitals")
        assert "188<" not in chart.text
        assert "188<" not in (await nurse.get(MEASURE)).text
        again = await nurse.send(f"{MEASURE}/{wrong['id']}/feilforing", form)
        assert "endret siden du så den" in again.text
    (score,) = await scores(office)
    assert score["status"] == "entered-in-error"


async def test_nobody_takes_back_what_is_of_another_citizen(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        found = await nurse.get(f"/innbygger/{NEAR}/malinger/ada-pulse")
        sent = await nurse.send(f"/innbygger/{NEAR}/malinger/ada-pulse/feilforing", {"versjon": "1"})
    assert (found.status_code, sent.status_code) == (404, 404)


async def test_the_grid_has_a_drawing_and_the_sets_of_before(office: Office) -> None:
    await office.put(
        people.vital("p1", "8867-4", "Puls", 135, "/min", "2026-11-20T08:00:00+01:00"),
        people.vital("p2", "8867-4", "Puls", 72, "/min", "2026-11-22T08:00:00+01:00"),
    )
    async with office.worker(NURSE) as nurse:
        page = await nurse.get(MEASURE)
    dots = re.findall(r'class="dot b(\d)" d="([^"]*)"', page.text)
    assert {points: path.count("M") for points, path in dots} == {"3": 1, "0": 2}
    assert page.text.count("20.11.–22.11.") == 1, "once above the drawings that are of the same days"
    assert 'placeholder="72"' in page.text
    assert "gammel:" in page.text
