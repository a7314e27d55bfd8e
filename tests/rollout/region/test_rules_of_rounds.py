"""What whole records read in the twentieth round and later showed, as rules for pockets of other seeds."""

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from rollout.region.test_rules import ENDLESS, Records, notes, on, plain, problems, reasons, used

DAY = timedelta(days=1)
ASSESSED = {"ADHD", "Overvekt hos barn", "Hukommelsesproblemer", "Koronarsykdom, gjennomgått hjerteinfarkt"}
"""What one is met about before it is found."""
GIVEN_ALONG = {
    "J01": r"antibiotikakuren er på e-resept|Antibiotika for en uke er på e-resept",
    "H02": "prednisolon",
}
"""How ATC codes begin of what a letter says is given along."""


def test_what_a_letter_says_is_given_along_is_on_its_list(pocket: Records) -> None:
    letters = missing = 0
    for note in notes(pocket):
        onwards = next((plain(one) for one in note.body["section"] if one["title"] == "Oppfølging"), "")
        for prefix, words in GIVEN_ALONG.items():
            if re.search(words, onwards):
                letters += 1
                day = note.day.isoformat()
                along = [code for _, code, a, b in used(note.record) if a <= day <= b]
                missing += not any(code.startswith(prefix) for code in along)
    assert letters > 5
    assert missing <= letters / 20  # of those who tolerate nothing of the kind it is left out


def test_no_problem_is_met_about_shortly_before_it_is_found(pocket: Records) -> None:
    for record in pocket.values():
        for name, since, _ in problems(record):
            met = [on(one["period"]["start"]) for one in record.of("Encounter") if name in reasons(one)]
            other = [on(a) for text, a, _ in problems(record) if text == name and a != since]
            before = [one for one in met if timedelta() < on(since) - one < timedelta(days=40)]
            before = [one for one in before if not any(a <= one for a in other)]
            assert not before or name in ASSESSED, (record.patient["id"], name, since)


def test_nobody_is_referred_twice_to_where_one_waits(pocket: Records) -> None:
    for record in pocket.values():
        waits = [
            one["performer"][0]["reference"]
            for one in record.of("ServiceRequest")
            if one["status"] == "active" and "performer" in one and "poliklinikk" in str(one["performer"])
        ]
        assert len(waits) == len(set(waits)), record.patient["id"]


def test_what_is_changed_is_not_taken_out_the_day_after(pocket: Records) -> None:
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record})]
        changed = [day for day, text in told if re.search("er (byttet|bytt) etter", text)]
        out = [day for day, text in told if text.startswith("Inngrep")]
        assert not [one for one in changed for other in out if timedelta() <= other - one <= 5 * DAY]


def test_papers_are_for_those_who_are_as_they_say(pocket: Records) -> None:
    for note in notes(pocket):
        if "Sjømannsattest" in note.text:
            day = note.day.isoformat()
            lasting = [
                name for name, since, until in problems(note.record) if since < day and until == ENDLESS
            ]
            assert not lasting, (note.record.patient["id"], lasting)


def test_cold_is_not_complained_of_in_summer(pocket: Records) -> None:
    for note in notes(pocket):
        assert "Verre i kulda" not in note.text or not 5 <= note.day.month < 10


def test_at_school_something_is_done(pocket: Records) -> None:
    seen = 0
    for record in pocket.values():
        wrote = {
            one.get("encounter", {}).get("reference")
            for kind in ("Composition", "Observation", "Immunization")
            for one in record.of(kind)
        }
        for one in record.of("Encounter"):
            if "skolehelsetjeneste" in one["serviceProvider"]["reference"]:
                seen += 1
                assert f"Encounter/{one['id']}" in wrote, one["id"]
    assert seen > 10


def test_of_one_who_lives_in_a_home_its_doctor_writes(pocket: Records) -> None:
    for record in pocket.values():
        moved = [
            one["period"]["start"]
            for one in record.of("EpisodeOfCare")
            if "Langtidsopphold" in str(one["type"])
        ]
        for one in record.of("Condition"):
            if moved and "encounter" not in one and one["recordedDate"] > max(min(moved), "2016-11-27"):
                assert "legekontor" not in one["recorder"]["reference"], one["id"]


def test_who_breaks_a_bone_and_lies_in_is_eased(pocket: Records) -> None:
    for note in notes(pocket):
        if "Slynge, smertelindring" in note.text:
            day = note.day.isoformat()
            assert any(code.startswith("N02") and a <= day <= b for _, code, a, b in used(note.record))


def test_who_is_fed_is_scored_so(pocket: Records) -> None:
    for record in pocket.values():
        fed = [
            note.day
            for note in notes({"": record})
            if re.search("mates|Får mat og drikke av andre", note.text)
        ]
        for one in record.of("Observation"):
            if (
                fed
                and one["code"].get("text") == "Spise"
                and on(one["effectiveDateTime"]) > min(fed) + 90 * DAY
            ):
                assert "Ikke behov" not in str(one["valueCodeableConcept"])


def test_who_is_fed_has_no_accident_at_sea(pocket: Records) -> None:
    for record in pocket.values():
        text = " ".join(note.text for note in notes({"": record}))
        assert not ("Stelles og mates" in text and re.search("Drukning|Trafikkulykke|stor høyde", text))


def test_blood_is_thinned_as_letters_say(pocket: Records) -> None:
    for note in notes(pocket):
        day = note.day.isoformat()
        codes = [code for _, code, a, b in used(note.record) if a <= day <= b]
        if "Blodproppforebyggende i" in note.text and "Oppfølging" in note.text:
            assert any(code.startswith("B01A") for code in codes), note.record.patient["id"]
        if "ASA livet ut" in note.text:
            assert not any(code.startswith("B01AF") for code in codes), note.record.patient["id"]


def test_a_thing_has_one_name_and_one_code(pocket: Records) -> None:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for record in pocket.values():
        for one in record.of("Condition"):
            codes[one["code"]["text"]].add(one["code"]["coding"][0]["code"])
    assert {name: found for name, found in codes.items() if len(found) > 1} == {}


def test_pictures_that_a_note_of_arrival_reads_are_there(pocket: Records) -> None:
    read = 0
    for record in pocket.values():
        taken = {one["encounter"]["reference"] for one in record.of("ImagingStudy") if "encounter" in one}
        for note in notes({"": record}):
            if re.search(r"Status: .*(CT|MR|Røntgen): ", note.text):
                read += 1
                assert note.body["encounter"]["reference"] in taken, note.text
    assert read


def test_all_goes_on_as_before_on_no_day_of_a_change(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        if re.search(UNCHANGED, note.text):
            told += 1
            spans = [(a, b) for *_, a, b in used(note.record) if on(b) - on(a) > timedelta(days=60)]
            assert all(note.day.isoformat() not in one for one in spans), (
                note.record.patient["id"],
                note.text,
            )
    assert told > 30


UNCHANGED = (
    "Fortsetter uendret|Samme behandling|Samme medisiner|ingen endringer|Uendret siden sist|som før. Ny"
)


def test_no_contact_with_somebody_leaves_nothing(pocket: Records) -> None:
    left = (
        "Composition",
        "Observation",
        "Immunization",
        "MedicationRequest",
        "ServiceRequest",
        "ImagingStudy",
    )
    places = ("legekontor", "skolehelse", "poliklinikk", "legevakt")
    for record in pocket.values():
        wrote = {one.get("encounter", {}).get("reference") for kind in left for one in record.of(kind)}
        for one in record.of("Encounter"):
            if any(place in one["serviceProvider"]["reference"] for place in places):
                assert f"Encounter/{one['id']}" in wrote, (one["id"], reasons(one))


def test_blood_does_not_come_and_go_in_two_weeks(pocket: Records) -> None:
    for record in pocket.values():
        stays = [
            (on(one["period"]["start"]), on(one["period"].get("end", ENDLESS)))
            for one in record.of("Encounter")
            if one["class"]["code"] == "IMP"
        ]
        values = sorted(
            (one["effectiveDateTime"], one["valueQuantity"]["value"])
            for one in record.of("Observation")
            if one["code"].get("text") == "Hemoglobin"
        )
        for (before, low), (after, high) in pairwise(values):
            first, then = on(before), on(after)
            near = then - first < 15 * DAY and not any(_touches(stay, first, then) for stay in stays)
            assert not near or abs(high - low) < 2.5, (record.patient["id"], before, after)


def _touches(stay: tuple[date, date], first: date, last: date) -> bool:
    return stay[0] <= last + DAY and first - 20 * DAY <= stay[1]


def test_who_has_lain_in_a_ward_is_not_said_to_have_been_well(pocket: Records) -> None:
    for note in notes(pocket):
        if "Tidligere stort sett frisk" in note.text:
            lain = [
                one
                for one in note.record.of("Encounter")
                if "sengepost" in one["serviceProvider"]["reference"] and one["class"]["code"] == "IMP"
            ]
            assert all(on(one["period"].get("end", ENDLESS)) >= note.day for one in lain), note.body["id"]


def test_who_is_well_again_is_not_tired_of_treatment_years_later(pocket: Records) -> None:
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record}) if "tilbakefall" in note.text]
        tired = [day for day, text in told if "Fortsatt sliten" in text]
        assert not tired or max(tired) - min(day for day, _ in told) < timedelta(days=550)


def test_who_walks_badly_by_paper_walks_badly(pocket: Records) -> None:
    for record in pocket.values():
        told = [note.text for note in notes({"": record})]
        assert not (any("TT-kort" in one for one in told) and any("Går en time" in one for one in told))


def test_nobody_is_in_treatment_for_opioids_from_before_there_was_heroin(pocket: Records) -> None:
    for record in pocket.values():
        assert all(since > "1975" for name, since, _ in problems(record) if "LAR" in name)


def test_bruises_are_of_those_whose_blood_is_thinned(pocket: Records) -> None:
    for note in notes(pocket):
        if "Blåmerker lett" in note.text or "Ingen blødninger. Tar medisinen" in note.text:
            day = note.day.isoformat()
            thins = [code for _, code, a, b in used(note.record) if code.startswith("B01A") and a <= day <= b]
            assert thins, (note.record.patient["id"], note.day)


def test_a_ward_knows_who_is_with_child(pocket: Records) -> None:
    for note in notes(pocket):
        day = note.day.isoformat()
        carried = [one for one in problems(note.record) if one[0] == "Graviditet" and one[1] < day < one[2]]
        if carried and "Tidligere sykdommer:" in note.text:
            assert "Gravid." in note.text, note.body["id"]


def test_dosed_medicines_are_of_those_who_swallow_some(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Communication"):
            if "multidose" in str(one["payload"]):
                day = one["sent"][:10]
                taken = [name for name, _, a, b in used(record) if a <= day <= b]
                assert any("tablett" in name or "kapsel" in name for name in taken), one["id"]


def test_the_same_is_not_controlled_twice_in_a_week(pocket: Records) -> None:
    again = seen = 0
    for record in pocket.values():
        met = sorted(
            (reasons(one)[0], on(one["period"]["start"]))
            for one in record.of("Encounter")
            if one["class"]["code"] == "AMB"
            and "legekontor" in one["serviceProvider"]["reference"]
            and reasons(one)
            and reasons(one)[0] not in {"Forkjølelse", "Attest"}
        )
        seen += len(met)
        again += sum(one[0] == other[0] and other[1] - one[1] < 5 * DAY for one, other in pairwise(met))
    assert again <= seen / 300, (again, seen)
