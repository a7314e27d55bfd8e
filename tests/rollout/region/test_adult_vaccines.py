"""Adults' vaccines: who takes which, when, and how often."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from fellesjournal.rollout.region.courses import adult_vaccination
from fellesjournal.rollout.region.decline import Decline
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import TODAY, Json, Record, bodies

Records = dict[str, Record]
Lives = Callable[..., Life]


def _given(record: Record, what: str) -> list[Json]:
    return [one for one in record.of("Immunization") if one["vaccineCode"]["text"].startswith(what)]


def test_influenza_vaccine_is_given_in_autumn_and_most_of_the_old_take_it(records: Records) -> None:
    months = Counter(
        one["occurrenceDateTime"][5:7] for record in records.values() for one in _given(record, "Influensa")
    )
    assert set(months) <= {"10", "11", "12"}
    old = [one for one in records.values() if one.born < "1956" and not one.died]
    assert 0.5 < sum(bool(_given(one, "Influensa")) for one in old) / len(old) < 0.85
    young = [one for one in records.values() if "1985" < one.born < "2005" and not one.died]
    assert sum(bool(_given(one, "Influensa")) for one in young) / len(young) < 0.3


def test_nine_of_ten_adults_have_two_doses_against_covid_and_nobody_before_2021(records: Records) -> None:
    grown = [one for one in records.values() if one.born < "2000" and not one.died]
    assert 0.82 < sum(len(_given(one, "Covid")) >= 2 for one in grown) / len(grown) < 0.97
    for record in records.values():
        given = _given(record, "Covid")
        assert all(one["occurrenceDateTime"] > "2021-01" for one in given)
        doses = [one["protocolApplied"][0]["doseNumberPositiveInt"] for one in given]
        assert doses == sorted(set(doses))


def test_a_vaccination_at_a_visit_is_given_that_day_and_others_are_given_by_a_unit(records: Records) -> None:
    for record in list(records.values())[:400]:
        visits = {f"Encounter/{one['id']}": one["period"]["start"][:10] for one in record.of("Encounter")}
        for one in record.of("Immunization"):
            day = one["occurrenceDateTime"][:10]
            assert "encounter" not in one or visits[one["encounter"]["reference"]] == day
            assert one["performer"][1]["actor"]["reference"].startswith("Organization/")


def test_children_have_no_adult_vaccines(records: Records) -> None:
    for record in records.values():
        if int(record.born[:4]) > TODAY.year - 10:
            assert not _given(record, "Covid")
            assert not _given(record, "Influensa")


def test_residents_of_a_nursing_home_are_vaccinated_there(life: Lives) -> None:
    for seed in range(30):
        one = life(date(1935, 1, 1), seed=str(seed))
        one.decline = Decline(moves_in=date(2015, 1, 1))
        one.turn_to("adult_vaccination.takes")
        adult_vaccination.takes(one)
        units = {
            body["performer"][1]["actor"]["reference"].rsplit("-", 1)[-1]
            for body in bodies(one)
            if body["resourceType"] == "Immunization"
        }
        assert units <= {"sykehjem"}
