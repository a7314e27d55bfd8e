"""What was found by reading records as a clinician does, and is held to since."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region import kin
from fellesjournal.rollout.region.courses.cancers import LAST_DAYS
from fellesjournal.rollout.region.courses.dementia import DONEPEZIL
from fellesjournal.rollout.region.courses.emergencies import SUMMER
from fellesjournal.rollout.region.courses.everyday import APART
from fellesjournal.rollout.region.courses.municipal import moving_in
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING
from fellesjournal.rollout.region.courses.municipal.need import Level, steps
from fellesjournal.rollout.region.decline import Dementia
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Household, Person
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.prescribing import LISTED
from rollout.region.conftest import ERA, TODAY, Json, Record

Records = dict[str, Record]
Lives = Callable[..., Life]
PLACES = Places(1000)


def _notes(record: Record) -> Iterator[tuple[date, str]]:
    for one in record.of("Composition"):
        yield date.fromisoformat(one["date"][:10]), str(one["section"])


def _life(seed: int, born: date) -> Life:
    home = Household(0, 1, 1)
    person = Person(seed, Sex.FEMALE, born, home, None, "innbygger-1", "Rask", "Bjørkebekk")
    return Life(person, ERA, PLACES.serving(home), str(seed))


@settings(deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(60, 90),
    st.floats(20, 25),
    st.floats(1.2, 3.2),
    st.integers(800, 4000),
)
def test_nobody_lives_with_dementia_without_help_for_years(
    seed: int, age: int, first: float, pace: float, ago: int
) -> None:
    since = TODAY - timedelta(days=ago)
    one = _life(seed, since.replace(year=since.year - age, day=1))
    one.decline.dementia = Dementia(since, first, pace)
    one.turn_to("receiving")
    helped = [step.since for step in steps(one) if step.level >= Level.SOME]
    assert min(helped) <= since + timedelta(days=760)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(20, 25), st.floats(1.2, 3.2))
def test_nobody_lives_at_home_for_many_years_who_knows_nobody(seed: int, first: float, pace: float) -> None:
    one = _life(seed, date(1930, 1, 1))
    one.decline.dementia = Dementia(date(2004, 1, 1), first, pace)
    one.turn_to("moving_in")
    moving_in.decides(one)
    moved = one.decline.moves_in
    assert moved is not None
    assert one.decline.dementia.mmse(moved - timedelta(days=round(3.1 * 365))) >= moving_in.ALONE


def test_nurses_come_at_most_as_often_as_decided_also_after_a_stay(records: Records) -> None:
    for record in records.values():
        visits = Counter(
            one["period"]["start"][:10]
            for one in record.of("Encounter")
            if one["class"]["code"] == "HH" and "hjemmetjeneste" in one["serviceProvider"]["reference"]
        )
        assert max(visits.values(), default=0) <= 5, record.patient["id"]


def test_there_is_no_ice_in_summer_and_nobody_skis(records: Records) -> None:
    for record in records.values():
        for day, said in _notes(record):
            if day.month in SUMMER:
                assert not any(word in said for word in ("på isen", "på ski", "glatt fortau", "holke")), day


def test_a_wound_has_a_size_as_long_as_it_is_measured(records: Records) -> None:
    assert not any("0,0 x" in said for record in records.values() for _, said in _notes(record))


@pytest.mark.parametrize("age", [30, 55, 75, 90])
@pytest.mark.parametrize("number", range(6))
def test_the_one_who_comes_along_is_the_one_who_is_called(age: int, number: int) -> None:
    born = TODAY.replace(year=TODAY.year - age)
    person = Person(number, Sex.MALE, born, Household(0, 1, 1), id=f"innbygger-{number}")
    word = kin.WORDS[kin.elsewhere(person, TODAY)]
    assert {kin.nearest(person, TODAY - timedelta(days=365 * years), TODAY) for years in range(10)} == {word}
    person.partner = Person(99, Sex.FEMALE, born, person.household, died=date(2020, 1, 1))
    assert kin.nearest(person, date(2019, 1, 1), TODAY) == kin.partner(person)
    assert kin.nearest(person, date(2021, 1, 1), TODAY) == word


def test_who_follows_to_the_nursing_home_is_among_the_relations(records: Records) -> None:
    followed = 0
    for record in records.values():
        near = {one["relationship"][0]["text"].lower() for one in record.of("RelatedPerson")}
        for _, said in _notes(record):
            if "Flyttet inn i dag, " in said:
                word = said.partition("Flyttet inn i dag, ")[2].partition(" følger")[0]
                known = near | ({"ektefelle"} if "samboer" in near else set())
                assert word in known or word == "en venn", record.patient["id"]
                followed += 1
    assert followed > 5


def test_who_has_lost_a_partner_and_has_nobody_else_has_somebody_elsewhere(records: Records) -> None:
    for record in records.values():
        assert any("end" not in one.get("period", {}) for one in record.of("RelatedPerson")) or record.died


def test_check_ups_of_the_well_stand_apart(records: Records) -> None:
    for record in records.values():
        days = sorted(
            date.fromisoformat(one["period"]["start"][:10])
            for one in record.of("Encounter")
            if [reason["text"] for reason in one.get("reasonCode", ())] == ["Helsekontroll"]
        )
        gaps = [after - before for before, after in itertools.pairwise(days)]
        assert sum(gap < APART - timedelta(days=14) for gap in gaps) <= 1, record.patient["id"]


def test_adults_are_given_one_booster_in_ten_years(records: Records) -> None:
    for record in records.values():
        if record.born < "2000":
            given_ = [one["vaccineCode"]["text"] for one in record.of("Immunization")]
            assert given_.count("Difteri, stivkrampe, kikhoste, polio") <= 1


def test_who_takes_nothing_has_no_plan_about_medicines(records: Records) -> None:
    for record in records.values():
        uses = any(one["status"] == "active" for one in record.of("MedicationStatement"))
        for plan in record.of("CarePlan"):
            texts = [one["detail"]["code"]["text"] for one in plan["activity"]]
            assert uses or "Legemidler" not in texts, record.patient["id"]
            assert len(texts) >= 2


def test_a_planned_operation_for_cancer_is_done(records: Records) -> None:
    for record in records.values():
        said = " ".join(text for _, text in _notes(record))
        if "bekreftet ved vevsprøve" in said and "Operasjon: " in said:
            waits = max(day for day, text in _notes(record) if "Operasjon: " in text)
            done = record.of("Procedure") or record.died or TODAY - waits < timedelta(days=60)
            assert done, record.patient["id"]


def test_the_dying_lie_mostly_in_bed_only_at_the_end(records: Records) -> None:
    for record in records.values():
        for day, said in _notes(record):
            if "Tiltagende slapp, ligger mye" in said:
                assert record.died
                assert date.fromisoformat(record.died) - day < timedelta(days=LAST_DAYS)


def _nursed(record: Record) -> list[Json]:
    return [one for one in record.of("EpisodeOfCare") if one["type"][0]["text"] == HOME_NURSING.text]


def test_medicine_for_memory_is_with_help_to_take_it(records: Records) -> None:
    """Who has taken it for years has nurses at home, or has moved in."""
    for record in records.values():
        for one in record.of("MedicationStatement"):
            if medicine(one)["text"] != DONEPEZIL.name or one["status"] != "active":
                continue
            if one["effectivePeriod"]["start"] < "2024":
                lives_in = any("Langtids" in str(other["type"]) for other in record.of("EpisodeOfCare"))
                assert _nursed(record) or lives_in, record.patient["id"]


def test_nobody_trains_who_cannot_breathe(records: Records) -> None:
    for record in records.values():
        lungs = [one["onsetDateTime"] for one in record.of("Condition") if one["code"]["text"] == "KOLS"]
        for day, said in _notes(record):
            if lungs and day.isoformat() > min(lungs):
                assert "Går en time hver dag" not in said, record.patient["id"]
                assert "Trener i hjertegruppe" not in said, record.patient["id"]


def test_of_who_drinks_too_much_nobody_writes_that_it_is_little(records: Records) -> None:
    drinkers = [
        one
        for one in records.values()
        if any("Alkoholavhengighet" in condition["code"]["text"] for condition in one.of("Condition"))
    ]
    assert drinkers
    assert not any("Lite alkohol" in said for one in drinkers for _, said in _notes(one))


def test_no_list_begins_before_the_medicines_that_are_on_it(records: Records) -> None:
    for record in records.values():
        for one in record.of("MedicationStatement"):
            assert one["effectivePeriod"]["start"] >= f"{ERA.since.year - LISTED}", one


def test_nobody_mourns_the_same_parent_twice(records: Records) -> None:
    for record in records.values():
        lost = [said for _, said in _notes(record) if "en forelder nylig" in said or "forelder nyleg" in said]
        assert len(lost) <= 1, record.patient["id"]
