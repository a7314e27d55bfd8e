"""How often things happen among a thousand citizens, beside public figures, with room for chance."""

from collections import Counter
from datetime import date
from statistics import mean

import pytest

from rollout.region.conftest import ERA, TODAY, Record

Records = dict[str, Record]


def _age(record: Record) -> int:
    return TODAY.year - date.fromisoformat(record.born).year


def _with(records: Records, *names: str, oldest: int = 0) -> int:
    """How many of at least that age have one of the problems."""
    return sum(
        any(one["code"]["text"] in names for one in record.of("Condition"))
        for record in records.values()
        if _age(record) >= oldest
    )


@pytest.mark.parametrize(
    ("names", "low", "high"),
    [
        (("Pollenallergi",), 110, 220),
        (("Høyt blodtrykk",), 100, 220),
        (("Diabetes type 2",), 30, 85),
        (("Migrene",), 40, 120),
        (("Hofteleddsartrose", "Kneleddsartrose"), 40, 140),
        (("Hypotyreose",), 12, 50),
        (("Atrieflimmer",), 12, 45),
        (("KOLS",), 10, 45),
        (("Hjertesvikt",), 8, 40),
        (("Koronarsykdom, gjennomgått hjerteinfarkt", "Angina pectoris"), 20, 75),
        (("Hjerneinfarkt",), 15, 55),
        (("Osteoporose",), 10, 50),
        (("Urinsyregikt",), 6, 40),
        (("Kronisk nyresykdom",), 6, 40),
        (("Brystkreft", "Prostatakreft", "Tykktarmskreft", "Lungekreft"), 15, 60),
        (("Depresjon",), 30, 110),
        (("Angstlidelse",), 35, 110),
        (("Alkoholavhengighet", "Opioidavhengighet, i LAR"), 3, 30),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_as_many_live_with_it_as_public_figures_say(
    records: Records, names: tuple[str, ...], low: int, high: int
) -> None:
    assert low <= _with(records, *names) <= high


def test_high_blood_pressure_is_common_in_the_old_and_rare_in_the_young(records: Records) -> None:
    old = sum(_age(one) >= 65 for one in records.values())
    assert 0.25 < _with(records, "Høyt blodtrykk", oldest=65) / old < 0.6
    young = {key: one for key, one in records.items() if _age(one) < 30}
    assert _with(young, "Høyt blodtrykk") <= len(young) * 0.02


def test_heavy_patients_have_many_resources_and_young_adults_few(records: Records) -> None:
    sizes = sorted(len(record.all) for record in records.values())
    assert 150 < mean(sizes) < 250
    assert sizes[-len(sizes) // 50] > 400
    young = [len(record.all) for record in records.values() if 20 <= _age(record) < 35]
    assert mean(young) < 0.8 * mean(sizes)


def test_stays_are_about_one_for_each_citizen_in_ten_years(records: Records) -> None:
    stays = Counter(
        one.get("reasonCode", [{"text": ""}])[0]["text"]
        for record in records.values()
        for one in record.of("Encounter")
        if one["class"]["code"] == "IMP"
    )
    assert 1200 < stays.total() < 1900
    assert 8 <= stays["Akutt hjerteinfarkt"] <= 35
    assert 15 <= stays["Lungebetennelse"] <= 80
    assert 5 <= stays["Lårhalsbrudd"] + stays["Pertrokantært lårbeinsbrudd"] <= 35
    assert stays["Hofteleddsartrose"] + stays["Kneleddsartrose"] >= 8


def test_the_old_use_many_medicines(records: Records) -> None:
    old = [record for record in records.values() if _age(record) >= 75 and not record.died]
    used = [sum(one["status"] == "active" for one in record.of("MedicationStatement")) for record in old]
    assert 2.5 < mean(used) < 8
    assert max(used) >= 8


def test_combinations_that_belong_together_are_found(records: Records) -> None:
    def share(problem: str, other: str) -> float:
        having = [
            {one["code"]["text"] for one in record.of("Condition")}
            for record in records.values()
            if any(one["code"]["text"] == problem for one in record.of("Condition"))
        ]
        return sum(other in one for one in having) / len(having)

    everyone = _with(records, "Høyt blodtrykk") / len(records)
    assert share("Diabetes type 2", "Høyt blodtrykk") > 2 * everyone
    assert share("Hjertesvikt", "Høyt blodtrykk") > 2 * everyone
    assert share("Atrieflimmer", "Hjertesvikt") > 3 * _with(records, "Hjertesvikt") / len(records)


def test_causes_of_death_are_mostly_cancer_heart_and_old_age(records: Records) -> None:
    died = [record for record in records.values() if record.died]
    assert 0.03 < len(died) / len(records) < 0.12
    assert all(ERA.since.isoformat() <= record.died <= TODAY.isoformat() for record in died)
    cancers = sum(any("kreft" in one["code"]["text"] for one in record.of("Condition")) for record in died)
    assert 0.15 < cancers / len(died) < 0.55


def test_people_are_seen_about_three_times_a_year_and_the_old_more(records: Records) -> None:
    def visits(youngest: int, oldest: int) -> float:
        seen = [
            len([one for one in record.of("Encounter") if one["class"]["code"] == "AMB"])
            for record in records.values()
            if youngest <= _age(record) < oldest and not record.died
        ]
        return sum(seen) / len(seen)

    assert 20 < visits(20, 40) < 40
    assert visits(70, 90) > 1.3 * visits(20, 40)
