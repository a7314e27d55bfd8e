"""Core information, edited in place: added, changed, ended, with history, and without losing a word."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fellesjournal.access.guard.ties import TIES
from fellesjournal.norway.codes.people import KIN
from fellesjournal.ui import naming
from fellesjournal.workplace.core.column import gender_of
from fellesjournal.workplace.core.core import KINDS
from fellesjournal.workplace.core.kind import Filled
from fellesjournal.workplace.core.near import TIED
from workplace import people
from workplace.conftest import Office, Worker
from workplace.people import ADA, FAR
from world import sample

CORE = f"/innbygger/{ADA}/kjerne"
COLUMN = f"/innbygger/{ADA}/del/identity"
NURSE, DOCTOR = "varm-lyngmo", "ivrig-steinroys"

PENICILLIN = {
    "hva": "Penicillin",
    "reaksjon": "Utslett",
    "alvor": "high",
    "slag": "allergy",
    "gruppe": "medication",
    "sikkerhet": "confirmed",
    "siden": "02.1999",
}
EXAMPLES = {
    "allergi": PENICILLIN,
    "kritisk": {"hva": "Pacemaker", "gruppe": "implantat"},
    "parorende": {
        "fornavn": "Trygg",
        "etternavn": "Fjellrype",
        "relasjon": "SO",
        "naermest": "ja",
        "telefon": "900 00 000",
    },
    "reservasjon": {"hva": "forskning", "merknad": "Sagt ved innkomst"},
    "bosituasjon": {"hvordan": "alene", "merknad": "Tre trapper uten heis"},
    "sprak": {"sprak": "so", "tolk": "ja"},
}


async def only(office: Office, kind: str) -> dict[str, Any]:
    """The one thing of a kind that the citizen has."""
    type_name = KINDS[kind].type_name
    asked = f"{type_name}?patient={ADA}" if type_name != "Patient" else f"Patient?_id={ADA}"
    if kind == "bosituasjon":
        asked += "&code=http://loinc.org|63512-8"
    (found,) = await office.asked(asked)
    return found


async def column(worker: Worker) -> str:
    return (await worker.get(COLUMN)).text


@pytest.mark.parametrize("kind", EXAMPLES)
async def test_each_kind_is_added_shown_and_read_back(office: Office, kind: str) -> None:
    form = EXAMPLES[kind]
    async with office.worker(NURSE) as nurse:
        version = {"versjon": (await only(office, kind))["meta"]["versionId"]} if kind == "sprak" else {}
        page = await nurse.send(f"{CORE}/{kind}/ny", form | version)
        assert "Lagret." in page.text
        stored = await only(office, kind)
        again = await nurse.get(f"{CORE}/{kind}/{stored['id']}")
        shown = await column(nurse)
    for value in form.values():
        assert f'value="{value}" selected' in again.text or f'value="{value}"' in again.text, value
    said = {"allergi": "Penicillin: Utslett", "kritisk": "Pacemaker", "parorende": "Trygg Fjellrype"}
    said |= {"reservasjon": "Reservert mot: forskning", "bosituasjon": "Bor: alene", "sprak": "Tolk: somali"}
    assert said[kind] in shown


async def test_a_change_keeps_the_history_and_what_the_form_does_not_show(office: Office) -> None:
    async with office.worker(NURSE) as nurse, office.worker(DOCTOR) as doctor:
        await nurse.send(f"{CORE}/allergi/ny", PENICILLIN)
        first = await only(office, "allergi")
        await office.put(first | {"note": [{"text": "Fra hjemmetjenesten"}]})
        second = await only(office, "allergi")
        form = PENICILLIN | {"reaksjon": "Anafylaksi", "versjon": second["meta"]["versionId"]}
        await doctor.send(f"{CORE}/allergi/{first['id']}", form)
        third = await only(office, "allergi")
        page = await doctor.get(f"{CORE}/allergi/{first['id']}")
    assert third["note"] == [{"text": "Fra hjemmetjenesten"}]
    assert third["onsetDateTime"] == "1999-02"
    assert third["recorder"]["display"] == "Ivrig Steinrøys"
    history = page.text.partition("<h3>")[2]
    assert "Anafylaksi" in history
    assert "Utslett" in history
    assert "Varm Lyngmo" in history


async def test_two_who_change_the_same_are_told_and_no_word_is_lost(office: Office) -> None:
    async with office.worker(NURSE) as nurse, office.worker(DOCTOR) as doctor:
        await nurse.send(f"{CORE}/kritisk/ny", EXAMPLES["kritisk"])
        flag = await only(office, "kritisk")
        place, version = f"{CORE}/kritisk/{flag['id']}", {"versjon": flag["meta"]["versionId"]}
        await doctor.send(place, {"hva": "Pacemaker, ny 2025", "gruppe": "implantat"} | version)
        told = await nurse.send(place, {"hva": "Pacemaker og ICD", "gruppe": "implantat"} | version)
        assert "Noen har endret dette mens du skrev" in told.text
        assert "<strong>Pacemaker, ny 2025, implantat</strong>" in told.text
        assert 'value="Pacemaker og ICD"' in told.text
        new = re.search(r'name="versjon" value="(\d+)"', told.text)
        assert new
        saved = await nurse.send(place, {"hva": "Pacemaker og ICD", "gruppe": "implantat", "versjon": new[1]})
        assert "Lagret." in saved.text
    assert (await only(office, "kritisk"))["code"]["text"] == "Pacemaker og ICD"


async def test_what_is_ended_is_gone_from_the_column_and_kept_in_the_record(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        for kind in ("allergi", "kritisk", "parorende", "reservasjon"):
            await nurse.send(f"{CORE}/{kind}/ny", EXAMPLES[kind])
            stored = await only(office, kind)
            place = f"{CORE}/{kind}/{stored['id']}/slutt"
            late = await nurse.send(place, {"versjon": "99"})
            assert "Noen har endret dette siden du så det" in late.text
            page = await nurse.send(place, {"versjon": stored["meta"]["versionId"]})
            assert "Avsluttet." in page.text
            assert int((await only(office, kind))["meta"]["versionId"]) == 2
        shown = await column(nurse)
    for gone in ("Penicillin", "Pacemaker", "Trygg", "forskning"):
        assert gone not in shown


async def test_no_known_allergies_is_something_else_than_not_asked(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        assert "Ikke spurt" in await column(nurse)
        page = await nurse.send(f"{CORE}/ingen-allergier", {})
        assert "Lagret." in page.text
        assert "Ingen kjente, spurt" in await column(nurse)
        again = await nurse.send(f"{CORE}/ingen-allergier", {})
        assert "Det er registrert allergier" in again.text
        await nurse.send(f"{CORE}/allergi/ny", PENICILLIN)
        shown = await column(nurse)
    assert "Penicillin" in shown
    assert "Ingen kjente" not in shown
    stored = await office.asked(f"AllergyIntolerance?patient={ADA}&clinical-status=active")
    assert [one["code"]["text"] for one in stored] == ["Penicillin"]


async def test_what_is_grave_stands_first(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        for what, how in (("Egg", "low"), ("Jod", "high"), ("Pollen", "low")):
            await nurse.send(f"{CORE}/allergi/ny", PENICILLIN | {"hva": what, "alvor": how})
        shown = await column(nurse)
    assert shown.index("Jod") < min(shown.index("Egg"), shown.index("Pollen"))


async def test_how_one_lives_is_said_anew_and_the_newest_counts(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        await nurse.send(f"{CORE}/bosituasjon/ny", EXAMPLES["bosituasjon"])
        first = await only(office, "bosituasjon")
        form = {"hvordan": "omsorgsbolig", "merknad": "", "versjon": first["meta"]["versionId"]}
        await office.put(first | {"effectiveDateTime": "2020-01-01"})
        form["versjon"] = (await only(office, "bosituasjon"))["meta"]["versionId"]
        await nurse.send(f"{CORE}/bosituasjon/{first['id']}", form)
        shown = await column(nurse)
    assert "Bor: i omsorgsbolig" in shown
    assert len(await office.asked(f"Observation?patient={ADA}&code=http://loinc.org|63512-8")) == 2


async def test_who_has_a_right_is_changed_elsewhere_and_no_word_is_lost(office: Office) -> None:
    system = "https://fellesjournal.no/fhir/CodeSystem/representasjon"
    tie = {"coding": [{"system": system, "code": "guardian"}]}
    async with office.worker(NURSE) as nurse:
        await nurse.send(f"{CORE}/parorende/ny", EXAMPLES["parorende"])
        stored = await only(office, "parorende")
        await office.put(stored | {"relationship": [*stored["relationship"], tie]})
        version = {"versjon": (await only(office, "parorende"))["meta"]["versionId"]}
        form = EXAMPLES["parorende"] | {"telefon": "911 11 111"} | version
        page = await nurse.send(f"{CORE}/parorende/{stored['id']}", form)
        ended = await nurse.send(f"{CORE}/parorende/{stored['id']}/slutt", version)
    assert "Journalen tok ikke imot endringen" in page.text
    assert 'value="911 11 111"' in page.text
    assert "Journalen tok ikke imot endringen" in ended.text
    assert tie in (await only(office, "parorende"))["relationship"]


async def test_who_is_told_of_by_the_register_and_by_the_citizen_is_one_line_with_both_sources(
    office: Office,
) -> None:
    number = {"system": sample.IDENTITY_NUMBER, "value": sample.identity_number(date(1970, 3, 3), 300)}
    other = {"system": sample.IDENTITY_NUMBER, "value": sample.identity_number(date(1972, 3, 3), 301)}

    def told(id: str, kin: str, given: str = "Trygg", **more: Any) -> dict[str, Any]:
        related = {"resourceType": "RelatedPerson", "id": id, "patient": people.to(ADA)}
        relationship = [{"coding": [{"system": KIN.system, "code": kin}]}, *more.pop("tied", ())]
        return (
            related
            | {"name": [{"family": "Fjellrype", "given": [given]}], "relationship": relationship}
            | more
        )

    async with office.worker(NURSE) as nurse:
        await nurse.send(f"{CORE}/parorende/ny", EXAMPLES["parorende"])
        stored = await only(office, "parorende")
        attorney = {"coding": [{"system": TIES, "code": "power-of-attorney"}]}
        await office.put(
            told("registered", "SO", identifier=[number]),
            told("acts", "SO", identifier=[number], tied=[attorney]),
            told("brother", "BR", identifier=[other]),
            told("daughter", "DA", "Varsom"),
        )
        pane = (await nurse.get(CORE)).text
        shown = await column(nurse)
    near = pane.partition("<h3>Pårørende")[2].partition("<h3>")[0]
    lines = [
        " ".join(re.sub(r"<[^>]+>", "", one).split()) for one in re.findall(r"<span>(.*?)</span>\n", near)
    ]
    assert len(lines) == 3
    assert (
        "Trygg Fjellrype, Sønn, nærmeste pårørende, 900 00 000 (oppgitt her, fra register, fullmakt)" in lines
    )
    assert f"/parorende/{stored['id']}/slutt" in near, "what was told here is what is changed here"
    assert "/parorende/registered" not in near
    assert shown.count("Trygg Fjellrype") == 2, "the son, and a brother of the same name"


async def test_a_reservation_is_no_block(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        await nurse.send(f"{CORE}/reservasjon/ny", EXAMPLES["reservasjon"])
        assert (await nurse.get(f"/innbygger/{ADA}")).status_code == 200
    stored = await only(office, "reservasjon")
    assert "provision" not in stored
    assert stored["policyRule"]["text"] == "helseforskningsloven § 28"


async def test_what_is_lacking_or_strange_is_told_and_what_was_typed_is_kept(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        for form, said in (
            ({"hva": "", "reaksjon": "Utslett"}, "Hva må fylles ut."),
            ({"hva": "Katt", "reaksjon": "Utslett", "siden": "i fjor"}, "«i fjor» er ikke en dato"),
            ({"hva": "Katt", "reaksjon": "Utslett", "alvor": "fryktelig"}, "Alvor: velg fra listen."),
        ):
            page = await nurse.send(f"{CORE}/allergi/ny", form)
            assert said in page.text
            assert 'value="Utslett"' in page.text
        await nurse.send(f"{CORE}/allergi/ny", {"hva": f"😀 {people.SCRIPT} " + "x" * 9000})
        shown = await column(nurse)
    assert "<script>alert" not in shown
    assert "😀" in shown


async def test_another_citizens_thing_and_a_role_that_does_not_write_are_refused(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        await nurse.send(f"{CORE}/kritisk/ny", EXAMPLES["kritisk"])
        flag = await only(office, "kritisk")
        other = f"/innbygger/solfrid/kjerne/kritisk/{flag['id']}"
        assert (await nurse.get(other)).status_code == 404
        assert (await nurse.send(other, EXAMPLES["kritisk"])).status_code == 404
        assert (await nurse.get(f"/innbygger/{FAR}/kjerne")).status_code == 404
        assert (await nurse.get(f"{CORE}/tull/ny")).status_code == 404


@pytest.mark.parametrize("kind", EXAMPLES)
def test_what_a_form_makes_is_what_it_reads(kind: str) -> None:
    by, now = {"reference": "Practitioner/1"}, "2026-11-26T10:00:00+01:00"
    fields = EXAMPLES[kind] | ({"siden": "1999-02"} if kind == "allergi" else {})
    made = KINDS[kind].make({}, Filled(fields, {}, "ada", by, now, lambda _, value: value))
    assert KINDS[kind].read(made) == EXAMPLES[kind]


async def test_who_has_a_right_and_is_no_kin_is_told_in_words(office: Office) -> None:
    for number, code in enumerate(TIED):
        codings = [{"system": TIES, "code": one} for one in ("read", code)]
        await office.put({
            "resourceType": "RelatedPerson", "id": f"tied-{number}", "patient": people.to(people.ADA),
            "relationship": [{"coding": codings}], "name": [{"family": f"Knyttet{number}"}],
        })  # fmt: skip
    async with office.worker("ivrig-steinroys") as doctor:
        column = (await doctor.get(f"/innbygger/{people.ADA}/del/identity")).text
    for word in ("foreldreansvar", "verge", "fullmakt"):
        assert word in column
    assert "power-of-attorney" not in column


@pytest.mark.parametrize(
    ("born", "age", "gender"),
    [
        ("2026-11-26", "0 d", "girl"),
        ("2026-10-27", "30 d", "girl"),
        ("2026-09-27", "60 d", "girl"),
        ("2026-09-26", "2 md", "girl"),
        ("2024-11-27", "23 md", "girl"),
        ("2024-11-26", "2", "girl"),
        ("2008-11-27", "17", "girl"),
        ("2008-11-26", "18", "female"),
        ("", "", "female"),
        ("2027-01-01", "", "female"),
    ],
)
def test_ages_are_told_as_people_tell_them_and_children_are_girls_and_boys(
    born: str, age: str, gender: str
) -> None:
    patient = {"resourceType": "Patient", "birthDate": born, "gender": "female"}
    assert naming.age(patient, datetime(2026, 11, 26, 12, tzinfo=UTC)) == age
    assert gender_of(patient, age) == gender
