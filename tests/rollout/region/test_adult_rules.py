"""What no record of the region may hold, over a thousand lives."""

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec
import pytest

from conftest import ROOT
from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.chart.coding import ATC, ICD10, ICPC2
from rollout.region.conftest import TODAY, Json, Record

Records = dict[str, Record]
DIAGNOSES = ROOT / "node_modules" / "@navikt" / "diagnosekoder" / "lib"
WARDS = ("-sengepost", "barneavdeling")
OF_MEN = {"Prostatakreft", "Vannlatingsplager ved stor prostata"}
OF_WOMEN = {"Overgangsplager"}


def _moments(resource: Json) -> Iterator[str]:
    for name in (
        "effectiveDateTime",
        "date",
        "authoredOn",
        "recordedDate",
        "sent",
        "started",
        "onsetDateTime",
    ):
        if name in resource:
            yield resource[name]
    for name in ("period", "performedPeriod", "effectivePeriod"):
        yield from resource.get(name, {}).values()


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def _atc(resource: Json) -> str:
    coding = medicine(resource)["coding"][0]
    assert coding["system"] == ATC
    return str(coding["code"])


def _text(note: Json) -> str:
    return " ".join(
        f"{section['title']}: {re.sub('<[^>]+>', ' ', section['text']['div'])}" for section in note["section"]
    )


def _stays(record: Record) -> list[Json]:
    return [one for one in record.of("Encounter") if one["class"]["code"] == "IMP"]


def _ward_stays(record: Record) -> list[Json]:
    return [one for one in _stays(record) if one["serviceProvider"]["reference"].endswith(WARDS)]


def _is_decided(one: Json) -> bool:
    return (one["resourceType"], one.get("status")) == ("EpisodeOfCare", "active")


def test_nothing_happens_before_birth_after_death_or_in_the_future(records: Records) -> None:
    for record in records.values():
        last = record.died or TODAY.isoformat()
        for one in record.all:
            if one["resourceType"] == "RelatedPerson" or _is_decided(one):
                continue  # it may be given until a day that is to come
            for moment in _moments(one):
                assert record.born <= moment[:10] <= last, one


_OF_UNITS = ("Practitioner/", "Organization/", "Patient/", "Location/", "HealthcareService/")


def test_references_point_to_what_stands_before(records: Records) -> None:
    for record in records.values():
        known = {f"Patient/{record.patient['id']}"}
        for one in record.all:
            within = {f"#{it['id']}" for it in one.get("contained", ())}
            for reference in re.findall(r'"reference":"([^"]+)"', msgspec.json.encode(one).decode()):
                if not reference.startswith(_OF_UNITS):
                    assert reference in known | within, (reference, one)
            known.add(f"{one['resourceType']}/{one['id']}")


def test_every_diagnosis_is_in_the_code_systems(records: Records) -> None:
    if not DIAGNOSES.is_dir():
        pytest.skip("the package @navikt/diagnosekoder is not installed")
    known = {
        system: {one["code"] for one in json.loads((DIAGNOSES / f"{name}.json").read_text())}
        for system, name in ((ICD10, "ICD10"), (ICPC2, "ICPC2"))
    }
    process = re.compile(r"[A-Z](3\d|4\d|5\d|6\d)")  # ICPC-2 codes of what is done are in no such list
    for record in records.values():
        for one in record.of("Condition"):
            for coding in one["code"]["coding"]:
                code = coding["code"]
                assert code in known[coding["system"]] or process.fullmatch(code), (code, one["code"]["text"])


def test_diseases_of_one_sex_are_not_the_others(records: Records) -> None:
    for record in records.values():
        found = {one["code"]["text"] for one in record.of("Condition")}
        forbidden = OF_MEN if record.patient["gender"] == "female" else OF_WOMEN
        assert not found & forbidden


def test_a_contact_falls_in_no_stay_at_a_ward(records: Records) -> None:
    for record in records.values():
        stays = [(one["period"]["start"], one["period"].get("end", "9999")) for one in _ward_stays(record)]
        for one in record.of("Encounter"):
            if one not in _stays(record):
                start = one["period"]["start"]
                assert not any(first <= start <= last for first, last in stays), one


def test_stays_at_wards_do_not_overlap(records: Records) -> None:
    for record in records.values():
        stays = sorted(
            (one["period"]["start"], one["period"].get("end", "9999")) for one in _ward_stays(record)
        )
        assert all(before[1] < after[0] for before, after in pairwise(stays))


def test_every_finished_stay_has_one_discharge_summary_and_its_letter(records: Records) -> None:
    for record in records.values():
        notes = [
            one["encounter"]["reference"] for one in record.of("Composition") if one["title"] == "Epikrise"
        ]
        letters = [
            one["context"]["encounter"][0]["reference"]
            for one in record.of("DocumentReference")
            if one["description"] == "Epikrise"
        ]
        stays = [f"Encounter/{one['id']}" for one in _ward_stays(record) if one["status"] == "finished"]
        assert sorted(notes) == sorted(letters) == sorted(stays)


def test_a_discharge_summary_says_the_days_and_diagnosis_of_its_stay(records: Records) -> None:
    for record in records.values():
        stays = {f"Encounter/{one['id']}": one for one in _ward_stays(record)}
        for note in record.of("Composition"):
            if note["title"] != "Epikrise":
                continue
            stay, text = stays[note["encounter"]["reference"]], _text(note)
            assert f"Innlagt {_day(stay['period']['start']):%d.%m.%Y}" in text
            assert f"{_day(stay['period']['end']):%d.%m.%Y}" in text
            assert stay["reasonCode"][0]["text"] in text


def test_the_medicines_of_a_summary_are_those_of_the_list_that_day(records: Records) -> None:
    for record in records.values():
        for note in record.of("Composition"):
            if note["title"] != "Epikrise" or "Legemidler ved utskrivning" not in _text(note):
                continue
            day = note["date"][:10]
            for one in record.of("MedicationStatement"):
                period = one["effectivePeriod"]
                name = medicine(one)["text"]
                if period["start"] < day and period.get("end", "9999") > day and _lasting(record, one):
                    assert name in _text(note), (name, note["id"])


def _lasting(record: Record, statement: Json) -> bool:
    """Not a short cure, which the GP has prescribed."""
    period = statement["effectivePeriod"]
    return "end" not in period or (_day(period["end"]) - _day(period["start"])).days > 90


def test_who_has_reacted_to_penicillin_is_given_none(records: Records) -> None:
    reacted = [
        (record, one["onsetDateTime"])
        for record in records.values()
        for one in record.of("AllergyIntolerance")
        if one["code"]["text"] == "Penicillin"
    ]
    assert len(reacted) > 20
    for record, since in reacted:
        given = [one for one in record.of("MedicationRequest") if one["authoredOn"] >= since]
        assert not any(_atc(one).startswith("J01C") for one in given)


def test_medicines_that_kidneys_or_blood_thinners_forbid_are_not_given_with_them(records: Records) -> None:
    for record in records.values():
        used = [(_atc(one), one["effectivePeriod"]) for one in record.of("MedicationStatement")]
        thin = [period for atc, period in used if atc.startswith("B01AF")]
        pains = [period for atc, period in used if atc.startswith("M01A")]
        for one in thin:
            for other in pains:
                together = min(one.get("end", "9999"), other.get("end", "9999")) > max(
                    one["start"], other["start"]
                )
                assert not together, (record.patient["id"], one, other)


def test_nobody_has_two_strengths_of_one_medicine_at_once(records: Records) -> None:
    for record in records.values():
        last: dict[str, list[tuple[str, str]]] = {}
        for one in record.of("MedicationStatement"):
            period = one["effectivePeriod"]
            if _lasting(record, one):
                last.setdefault(_atc(one), []).append((period["start"], period.get("end", "9999")))
        for periods in last.values():
            periods.sort()
            assert all(before[1] <= after[0] for before, after in pairwise(periods))


def test_no_medicine_is_used_after_death(records: Records) -> None:
    for record in records.values():
        if record.died:
            assert all(one["status"] != "active" for one in record.of("MedicationStatement"))
            assert all(one["status"] != "active" for one in record.of("MedicationRequest"))


def test_medicines_of_the_old_are_not_given_to_the_young(records: Records) -> None:
    youngest = {"M05BA04": 50, "C10AA05": 28, "B01AF02": 35, "N06AX11": 60, "R03BB04": 35}
    for record in records.values():
        for one in record.of("MedicationStatement"):
            least = youngest.get(_atc(one))
            if least:
                age = _day(one["effectivePeriod"]["start"]).year - _day(record.born).year
                assert age >= least, (record.patient["id"], one)


def test_children_have_no_sick_leave_and_nor_have_the_retired(records: Records) -> None:
    for record in records.values():
        for note in record.of("Composition"):
            if re.search(r"[Ss]ykmeldt \d|[Ss]ykmeldt i", _text(note)):
                age = _day(note["date"]).year - _day(record.born).year
                assert 17 < age <= 67, _text(note)


def test_what_the_psychiatric_clinic_writes_is_labelled(records: Records) -> None:
    seen = 0
    for record in records.values():
        for one in record.of("Encounter"):
            if one["serviceProvider"]["reference"].endswith("psykiatrisk-poliklinikk"):
                seen += 1
                assert one["meta"]["security"][0]["code"] == "PSY"
                notes = [
                    note
                    for note in record.of("Composition")
                    if note.get("encounter", {}).get("reference") == f"Encounter/{one['id']}"
                ]
                assert notes
                assert all(note["meta"]["security"][0]["code"] == "PSY" for note in notes)
    assert seen > 10


def test_dependence_is_named_in_nothing_without_a_label(records: Records) -> None:
    secret = ("alkoholavhengighet", "opioidavhengighet", "buprenorfin", "LAR")
    for record in records.values():
        for one in record.all:
            if one["resourceType"] in ("Condition", "Encounter") and "meta" not in one:
                assert not any(word in msgspec.json.encode(one).decode().lower() for word in secret[:2]), one


def test_all_who_die_have_a_last_note_with_a_cause(records: Records) -> None:
    dead = [record for record in records.values() if record.died]
    assert len(dead) > 30
    for record in dead:
        notes = [note for note in record.of("Composition") if "Dødsårsak" in _text(note)]
        assert len(notes) == 1
        assert notes[0]["date"][:10] == record.died


def test_who_does_not_die_has_no_such_note(records: Records) -> None:
    for record in records.values():
        if not record.died:
            assert not any("Dødsårsak" in _text(note) for note in record.of("Composition"))


def test_who_dies_of_cancer_had_cancer_long_before(records: Records) -> None:
    seen = 0
    for record in records.values():
        for note in record.of("Composition"):
            if re.search("Dødsårsak: \\w*kreft", _text(note)):
                seen += 1
                since = [
                    one["onsetDateTime"]
                    for one in record.of("Condition")
                    if one["code"]["text"].lower() in _text(note)
                ]
                assert since
                assert min(since) < record.died
    assert seen > 5


def test_referrals_are_completed_when_the_visit_has_been(records: Records) -> None:
    states = {"completed": 0, "active": 0, "revoked": 0}
    for record in records.values():
        for one in record.of("ServiceRequest"):
            states[one["status"]] += 1
            if one["status"] == "active":
                assert not record.died
                assert one["authoredOn"][:4] >= "2026"
            if one["status"] == "revoked":
                assert record.died
    assert states["completed"] > 100
    assert states["active"] > 0


def test_pictures_have_a_report_each(records: Records) -> None:
    for record in records.values():
        studies = {f"ImagingStudy/{one['id']}" for one in record.of("ImagingStudy")}
        reports = [one for one in record.of("DiagnosticReport") if "imagingStudy" in one]
        assert studies == {one["imagingStudy"][0]["reference"] for one in reports}
        assert all(one["conclusion"] for one in reports)


def test_operations_lie_within_their_stay(records: Records) -> None:
    seen = 0
    for record in records.values():
        stays = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        for one in record.of("Procedure"):
            seen += 1
            period = stays[one["encounter"]["reference"]]["period"]
            assert period["start"] <= one["performedPeriod"]["start"]
            assert one["performedPeriod"]["end"] <= period.get("end", "9999")
    assert seen > 30


@pytest.mark.parametrize(
    ("problem", "forbidden"),
    [
        ("Hjertesvikt", "M01A"),
        ("Kronisk nyresykdom", "M01A"),
        ("Koronarsykdom, gjennomgått hjerteinfarkt", "M01A"),
        ("Koronarsykdom, gjennomgått hjerteinfarkt", "N02CC"),
        ("Brystkreft", "G03C"),
    ],
)
def test_a_disease_keeps_dangerous_medicines_away(records: Records, problem: str, forbidden: str) -> None:
    for record in records.values():
        since = [one["onsetDateTime"] for one in record.of("Condition") if one["code"]["text"] == problem]
        if since:
            late = [
                one
                for one in record.of("MedicationStatement")
                if _atc(one).startswith(forbidden) and one["effectivePeriod"].get("end", "9999") > since[0]
            ]
            assert late == []


def test_hardly_any_contacts_overlap(records: Records) -> None:
    clashes = 0
    for record in records.values():
        met = [one["period"] for one in record.of("Encounter") if one["class"]["code"] != "IMP"]
        met.sort(key=lambda period: str(period["start"]))
        clashes += sum(later["start"] < before["end"] for before, later in pairwise(met))
    assert clashes < 30
