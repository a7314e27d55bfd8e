"""What the thirty-first round of reading found, ten records by lot; as rules for pockets of other seeds."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses import childhood, last_illness
from fellesjournal.rollout.region.courses.overweight import upper_limit
from fellesjournal.rollout.region.day import GP, LEGEVAKT_NURSE, day
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.stories.psychiatric import ID as BLOCKS_LEGEVAKT
from fellesjournal.rollout.region.vitals import SECOND, Signs, news2
from rollout.region.conftest import TODAY, Json, Record, bodies
from rollout.region.test_rules import Records, age, notes, on, used

SIGNED_OFF = re.compile(r"Sykmeldt (\d+) % i (én|to|2|4) uke")
WEEKS = {"én": 1, "to": 2, "2": 2, "4": 4}
SIGNS = re.compile(
    r"BT (\d+)/(\d+), puls (\d+), respirasjonsfrekvens (\d+), SpO2 (\d+) % uten oksygen, temperatur (\d+,\d)"
)
GROWN, MUSCULAR = 18, 15
CHILDS_ARRIVAL = re.compile(r"[Ff]orelder|[Ff]oreldre")


def test_who_is_signed_off_is_not_signed_off_again_nor_by_their_own_word(pocket: Records) -> None:
    own = 0
    for record in pocket.values():
        leaves: list[tuple[date, date]] = []
        for note in notes({"": record}):
            if found := SIGNED_OFF.search(note.text):
                first = on(note.contact["period"]["end"]) if "Epikrise" in note.body["title"] else note.day
                leaves.append((first, first + timedelta(weeks=WEEKS[found[2]])))
        for one, (since, until) in enumerate(leaves):
            assert not any(since < last and first < until for first, last in leaves[:one]), record.patient[
                "id"
            ]
        for note in notes({"": record}):
            if "Egenmelding" in note.text:
                own += 1
                assert not any(since <= note.day < until for since, until in leaves), note.body["id"]
    assert own


def test_work_is_full_again_only_after_half_of_it(pocket: Records) -> None:
    for record in pocket.values():
        half = False
        for note in notes({"": record}):
            if found := re.search(r"Støttesamtale\. Sykmeldt (\d+) %", note.text):
                half = found[1] == "50"
            assert not (half and re.search(r"på jobb (igjen|att)", note.text)), note.body["id"]


def test_filtration_is_not_reckoned_of_a_child_and_creatinine_is_a_childs(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Observation"):
            years = age(record, on(one["effectiveDateTime"])) if "effectiveDateTime" in one else GROWN
            if years < GROWN:
                assert one["code"].get("text") != "eGFR", one["id"]
                assert one["code"].get("text") != "Kreatinin" or _is_a_childs(one, years), one["id"]


def _is_a_childs(one: Json, years: int) -> bool:
    return years >= MUSCULAR or (float(one["valueQuantity"]["value"]) < 100 and _high(one) < 80)


def _high(one: Json) -> float:
    return float(one["referenceRange"][0]["high"]["value"])


def test_a_child_comes_to_a_ward_with_a_parent(pocket: Records) -> None:
    checked = 0
    for note in notes(pocket):
        nursed = any(part["title"] == "Sykepleie" for part in note.body["section"])
        if (
            nursed
            and note.contact.get("class", {}).get("code") == "IMP"
            and age(note.record, note.day) < GROWN
        ):
            checked += 1
            assert CHILDS_ARRIVAL.search(note.text), note.body["id"]
    assert checked


def _last_stay(life: Life, since: date) -> list[str]:
    """The notes of a death of an infection at a ward, in the order in which they were written."""
    life.ending = Ending(Cause.INFECTION, Place.WARD, since)
    last_illness.comes(life)
    record = Record({"id": "innbygger-1"}, bodies(life))
    return [note.text for note in notes({"": record})]


@pytest.mark.parametrize("nights", [1, 2, 3, 6, 9])
@pytest.mark.parametrize("years", [1, 9, 30])
def test_who_dies_young_of_an_infection_is_given_everything_first(
    life: Callable[..., Life], years: int, nights: int
) -> None:
    died = TODAY - timedelta(days=400)
    told = _last_stay(life(years_after(died, -years), died=died), died - timedelta(days=nights))
    assert not any(words in " ".join(told) for words in ("avklart nivå", "munnstell", "Alvorlig prognose"))
    plan = next(at for at, one in enumerate(told) if "Full behandling" in one and "Blodkulturer" in one)
    decided = next(at for at, one in enumerate(told) if "går over til lindring" in one)
    died_at = next(at for at, one in enumerate(told) if one.startswith("Dødsfall"))
    assert plan < decided < died_at
    if years < GROWN:
        assert all(CHILDS_ARRIVAL.search(one) for one in told if one.startswith("Sykepleie"))
    if nights > 3:
        assert sum(one.startswith("Visitt") for one in told) >= nights - 1


def test_a_doctor_writes_of_who_dies_at_a_ward_before_the_death(pocket: Records) -> None:
    deaths = 0
    for record in pocket.values():
        written = [note for note in notes({"": record}) if note.contact.get("class", {}).get("code") == "IMP"]
        for note in written:
            hospital = re.search("sengepost|avdeling", note.contact["serviceProvider"]["reference"])
            if hospital and note.text.startswith("Dødsfall"):
                deaths += 1
                stay = [one.text for one in written if one.contact is note.contact]
                assert any(re.search("Visitt: .*lindr", one) for one in stay), note.body["id"]
    assert deaths


def test_what_a_note_tells_of_the_blood_has_a_value_there(pocket: Records) -> None:
    """Of gases and lactate, and of a strip in the urine."""
    for record in pocket.values():
        found: defaultdict[str, dict[str, list[Json]]] = defaultdict(lambda: defaultdict(list))
        for one in record.of("Observation"):
            contact = one.get("encounter", {}).get("reference", "")
            found[contact][one["code"]["text"].split(" i ")[0].lower()].append(one)
        for note in notes({"": record}):
            at = found[note.body.get("encounter", {}).get("reference", "")]
            for name, said in re.findall(r"\b(pCO2|pH|Laktat) (\d+,\d+)", note.text):
                values = [one["valueQuantity"]["value"] for one in at[name.lower()]]
                assert float(said.replace(",", ".")) in values, note.body["id"]
            if re.search("[Bb]lod i urin", note.text):
                assert at["blod"], note.body["id"]
            if "positiv på nitritt" in note.text:
                assert at["nitritt"], note.body["id"]


def test_oxygen_that_is_given_sparingly_is_scored_so(pocket: Records) -> None:
    sparing = masked = 0
    for note in notes(pocket):
        if "oksygen til SpO2 88-92" not in note.text:
            continue
        sparing += 1
        signs = SIGNS.search(note.text)
        assert signs is not None
        low, high, pulse, breaths, saturation = (int(one) for one in signs.groups()[:5])
        seen = Signs(pulse, breaths, saturation, float(signs[6].replace(",", ".")), low, high)
        second = note.day >= SECOND
        scored = f"{'NEWS2' if second else 'NEWS-skår'} {news2(seen, retains=second)}."
        assert scored in note.text, note.body["id"]
        masked += "BiPAP" in note.text
        letters = [one.text for one in notes({"": note.record}) if one.contact is note.contact]
        letters = [one for one in letters if one.startswith("Diagnose")]
        assert not letters or ("BiPAP" in note.text) == ("BiPAP" in letters[0]), note.body["id"]
    assert sparing


def test_a_test_that_the_hospital_takes_is_answered_before_it_is_told(pocket: Records) -> None:
    for note in notes(pocket):
        if "er tatt i mottaket" in note.text or "er teken i mottaket" in note.text:
            assert "negativ" not in note.text, note.body["id"]
        if re.search("Svar på PCR", note.text):
            answers = [
                one["issued"]
                for one in note.record.of("Observation")
                if "covid-19" in one["code"].get("text", "") and on(one["effectiveDateTime"]) <= note.day
            ]
            assert any(one < note.body["date"] for one in answers), note.body["id"]


def test_words_about_a_test_that_is_taken_again_follow_the_values(pocket: Records) -> None:
    again = 0
    for record in pocket.values():
        values: defaultdict[str, list[tuple[str, float, bool]]] = defaultdict(list)
        for one in record.of("Observation"):
            if "valueQuantity" in one:
                at = (one["effectiveDateTime"], one["valueQuantity"]["value"], "interpretation" in one)
                values[one["code"]["text"]].append(at)
        for note in notes({"": record}):
            if found := re.search(r"Ny prøve: (.+?) er t(att|eken)", note.text):
                again += 1
                earlier = sorted(one for one in values[found[1]] if one[0] <= note.body["date"])
                (_, before, _), (_, now, off) = earlier[-2:]
                assert ("innenfor" in note.text or "innanfor" in note.text) != off, note.body["id"]
                if "som sist" in note.text:
                    assert abs(now - before) <= 0.15 * before, note.body["id"]
    assert again


def test_nothing_new_is_said_of_tests_by_who_had_some_before(pocket: Records) -> None:
    for record in pocket.values():
        taken = sorted(one["effectiveDateTime"][:10] for one in record.of("Observation") if "issued" in one)
        for note in notes({"": record}):
            if re.search("viser ikk[ej]e? noko? nytt", note.text):
                assert min(taken, default=note.day.isoformat()) < note.day.isoformat(), note.body["id"]


def test_nav_asks_of_what_troubles_at_work(pocket: Records) -> None:
    for note in notes(pocket):
        assert not re.search("arbeidsevne ved (hypotyreose|urinsyregikt|osteoporose)", note.text)
        if "førerkort klasse C" in note.text:
            day = note.day.isoformat()
            sugar = any(
                code.startswith("A10") and since <= day < until for _, code, since, until in used(note.record)
            )
            assert not sugar or "Diabetes med legemidler" in note.text, note.body["id"]


def test_a_childs_mixture_is_told_in_millilitres(pocket: Records) -> None:
    mixtures = 0
    for record in pocket.values():
        for one in record.of("MedicationRequest"):
            if medicine(one)["text"].endswith("mg/mL mikstur"):
                mixtures += 1
                assert re.match(r"\d+(,5)? mL, (\d|morgen)", one["dosageInstruction"][0]["text"]), one["id"]
    assert mixtures


def test_who_is_advised_a_vaccine_has_it_most_autumns_or_declines(pocket: Records) -> None:
    advised = 0
    for record in pocket.values():
        given = [
            (one["vaccineCode"]["text"], one["occurrenceDateTime"][:10]) for one in record.of("Immunization")
        ]
        controls = [
            note for note in notes({"": record}) if re.search("KOLS-kontroll|opplæring i teknikk", note.text)
        ]
        told = [one for one in controls if re.search("[Vv]aksine", one.text)]
        willing = [one for one in told if not re.search("ikke (influensa)?vaksine|ikke ha|nei til", one.text)]
        assert len(willing) in (0, len(told)), record.patient["id"]
        autumns = {one.day.year for one in willing if (one.day.month, one.day.day) < (10, 1)} - {TODAY.year}
        autumns -= {int(record.died[:4])} if record.died else set()
        taken = {int(day[:4]) for what, day in given if what == "Influensa"}
        advised += bool(told)
        if len(autumns) > 2:
            assert len(autumns & taken) >= len(autumns) / 2 - 0.5, record.patient["id"]
        assert not (told and not willing and taken & {one.day.year for one in told}), record.patient["id"]
        for one in willing:
            if "pneumokokker" in one.text and one.day < TODAY - timedelta(days=300) and not record.died:
                assert any(what.startswith("Pneumokokker") for what, _ in given), one.body["id"]
    assert advised


@pytest.mark.parametrize("seed", ["regel", "unntak", "lege", "vekt"])
def test_a_heavy_child_is_told_of_by_both_limits_and_has_been_heavy_since(
    life: Callable[..., Life], seed: str
) -> None:
    one = life(date(2013, 3, 9), seed=seed)
    one.body.weight_line = 0.45
    one.turn_to("childhood")
    childhood.grows(one)
    record = Record({"id": "innbygger-1", "birthDate": "2013-03-09"}, bodies(one))
    found = [note for note in notes({"": record}) if "over grensen for" in note.text]
    assert found
    for note in found:
        mass = float(re.findall(r"KMI (\d+,\d)", note.text)[0].replace(",", "."))
        far = mass > upper_limit(one.person, note.day) + 0.05
        assert ("fedme" in note.text) is far or abs(mass - upper_limit(one.person, note.day)) < 0.1
    (listed,) = (it for it in record.of("Condition") if it["code"]["text"] == "Overvekt hos barn")
    assert listed["onsetDateTime"] == found[0].day.isoformat()


def test_skin_and_falls_are_not_looked_into_of_the_young_on_arrival(pocket: Records) -> None:
    for note in notes(pocket):
        if re.search("Trykkavlastning vurdert|Fallrisiko vurdert", note.text):
            assert age(note.record, note.day) >= 60, note.body["id"]


def test_exercises_that_nobody_gave_are_said_to_be_found_somewhere(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Communication"):
            said = " ".join(part.get("contentString", "") for part in one["payload"])
            assert "øvelse" not in said.lower() or "helsenorge.no" in said, one["id"]


def test_more_is_given_for_diabetes_while_it_is_high(pocket: Records) -> None:
    """Metformin is doubled above the goal, and then long-term sugar comes down to it."""
    for record in pocket.values():
        doubled = [since for name, _, since, _ in used(record) if name.startswith("Metformin 1000")]
        taken = [
            (one["effectiveDateTime"][:10], one["valueQuantity"]["value"])
            for one in record.of("Observation")
            if one["code"]["text"] == "HbA1c"
        ]
        for since in doubled:
            before = [value for day, value in sorted(taken) if day <= since]
            assert since <= "2016-11-26" or not before or before[-1] > 50, record.patient["id"]
            assert all(value < 60 for day, value in taken if on(day) > on(since) + timedelta(days=150))


def test_who_dies_at_a_ward_is_not_measured_on_the_last_day(pocket: Records) -> None:
    for record in pocket.values():
        stays = [
            one for one in record.of("Encounter") if one["class"]["code"] == "IMP" and "end" in one["period"]
        ]
        for stay in stays:
            first, last = on(stay["period"]["start"]), on(stay["period"]["end"])
            if record.died and last == on(record.died) and (last - first).days > 1:
                measured = [
                    one
                    for one in record.of("Observation")
                    if one.get("encounter", {}).get("reference") == f"Encounter/{stay['id']}"
                    and on(one["effectiveDateTime"]) == last
                ]
                assert not measured, stay["id"]


def test_who_has_blocked_the_record_from_legevakt_does_not_come_there_in_a_played_day() -> None:
    """The nurse there could not end the contact that was begun."""
    patients = [BLOCKS_LEGEVAKT, *(f"innbygger-{number}" for number in range(1, 4))]
    acts = day("frø", TODAY, {GP: patients})
    at_legevakt = b"".join(body for act in acts for body in act.bodies if act.worker == LEGEVAKT_NURSE.worker)
    assert b"innbygger-1" in at_legevakt
    assert BLOCKS_LEGEVAKT.encode() not in at_legevakt
