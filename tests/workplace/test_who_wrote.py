"""Rows of the chart name who wrote, and where it was; what repeats itself is one row."""

from typing import Any

from fellesjournal.norway.protection import EXTENSION
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA, to
from world import staff

Json = dict[str, Any]


def visit(number: int, unit: str, **more: Any) -> Json:
    """A visit in the morning of a day in November."""
    return {
        "resourceType": "Encounter",
        "id": f"visit-{number}",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HH"},
        "type": [{"text": "Hjemmebesøk"}],
        "subject": to(ADA),
        "serviceProvider": {"reference": f"Organization/{unit}"},
        "period": {
            "start": f"2026-11-{number:02}T08:00:00+01:00",
            "end": f"2026-11-{number:02}T08:20:00+01:00",
        },
    } | more


async def part(office: Office, name: str) -> str:
    async with office.worker("ivrig-steinroys") as doctor:
        return (await doctor.get(f"/innbygger/{ADA}/del/{name}")).text


async def test_a_note_names_its_author_though_it_only_refers_to_one(office: Office) -> None:
    assert "Ivrig Steinrøys" in await part(office, "documents")


async def test_a_file_is_told_from_the_note_it_is_the_letter_of(office: Office) -> None:
    letter = {
        "resourceType": "DocumentReference",
        "id": "ada-letter",
        "status": "current",
        "type": {"text": "Epikrise"},
        "subject": to(ADA),
        "date": "2026-11-20T10:00:00+01:00",
        "author": [{"reference": "Practitioner/klok-tindvik"}],
        "content": [{"attachment": {"contentType": "application/pdf", "data": "JVBERi0="}}],
    }
    await office.put(letter)
    shown = await part(office, "documents")
    assert '<span class="tag">PDF</span>' in shown
    assert "Klok Tindvik" in shown


async def test_visits_after_one_another_are_one_row_and_hide_no_other_contact(office: Office) -> None:
    doctors = visit(12, staff.SURGERY, type=[{"text": "Konsultasjon"}], reasonCode=[{"text": "Hoste"}])
    await office.put(*(visit(number, staff.HOME) for number in (11, 13, 14, 15)), doctors)
    shown = await part(office, "contacts")
    assert shown.count("Hjemmebesøk") == 2
    assert "3 ganger" in shown
    assert "fra 13.11.2026" in shown
    assert "hjemmetjeneste nord" in shown
    assert "Hoste" in shown


async def test_where_one_was_is_not_told_of_who_has_a_protected_address(office: Office) -> None:
    await office.put(visit(11, staff.HOME))
    protected = {"extension": [{"url": EXTENSION, "valueCode": "strengtFortrolig"}]}
    await office.put(people.named(ADA, "Blid", "Fjellrype", birthDate="1942-02-01", **protected))
    shown = await part(office, "contacts")
    assert "Hjemmebesøk" in shown
    assert "hjemmetjeneste" not in shown


async def test_a_score_stands_above_the_values_it_was_made_of_and_colours_them(office: Office) -> None:
    values = {"puls": "128", "resp": "26", "spo2": "91", "temp": "37,0", "sys": "120", "dia": "80"}
    async with office.worker("varm-lyngmo") as nurse:
        await nurse.send(f"/innbygger/{ADA}/malinger", values | {"oksygen": "luft", "bevissthet": "A"})
    shown = await part(office, "vitals")
    assert shown.index("NEWS2") < shown.index("Puls")
    assert '<strong class="p3">8</strong>' in shown
    assert '<strong class="p2">128</strong>' in shown
    assert "<strong>37,0</strong>" in shown or "<strong>37</strong>" in shown


async def test_who_also_acts_for_the_citizen_is_next_of_kin_once(office: Office) -> None:
    daughter = {
        "resourceType": "RelatedPerson",
        "patient": to(ADA),
        "active": True,
        "name": [{"given": ["Snill"], "family": "Fjellrype"}],
        "relationship": [{"text": "Datter"}],
        "telecom": [{"system": "phone", "value": "+4791234567"}],
    }
    await office.put(daughter | {"id": "ada-daughter"}, daughter | {"id": "ada-power"})
    shown = await part(office, "identity")
    assert shown.count("Snill Fjellrype") == 1
    assert "912\u00a034\u00a0567" in shown


async def test_a_message_from_who_acts_for_the_citizen_has_a_sender(office: Office) -> None:
    message = {
        "resourceType": "Communication",
        "id": "ada-father",
        "status": "in-progress",
        "subject": to(ADA),
        "topic": {"text": "Ny dose"},
        "sent": "2026-11-20T10:00:00+01:00",
        "sender": to(people.FAR),
        "recipient": [{"reference": f"Organization/{staff.WARD}"}],
        "payload": [{"contentString": "Hva er dosen?"}],
    }
    await office.put(message)
    async with office.worker("varm-lyngmo") as nurse:
        page = (await nurse.get(f"/innbygger/{ADA}/meldinger")).text
    assert "en som handler for innbyggeren" in page
    assert "Havsule" not in page


async def test_a_question_from_another_service_is_read_answered_and_then_waits_no_longer(
    office: Office,
) -> None:
    question = {
        "resourceType": "Communication",
        "id": "ada-question",
        "status": "in-progress",
        "subject": to(ADA),
        "topic": {"text": "Spørsmål fra hjemmesykepleien"},
        "sent": "2026-11-20T10:00:00+01:00",
        "sender": {"reference": "Organization/isfjell-hjemmetjeneste"},
        "recipient": [{"reference": f"Organization/{staff.WARD}"}],
        "payload": [{"contentString": "Kan dosen økes?"}],
    }
    await office.put(question)
    async with office.worker("varm-lyngmo") as nurse:
        assert "Spørsmål fra hjemmesykepleien" in (await nurse.get("/meldinger")).text
        assert "Kan dosen økes?" in (await nurse.get(f"/innbygger/{ADA}/meldinger")).text
        await nurse.send(f"/innbygger/{ADA}/meldinger", {"svar": "ada-question", "tekst": "Ja, til 30 mg."})
        assert "Spørsmål fra hjemmesykepleien" not in (await nurse.get("/meldinger")).text
        page = (await nurse.get(f"/innbygger/{ADA}/meldinger")).text
    assert "Kan dosen økes?" in page
    assert "Ja, til 30 mg." in page
