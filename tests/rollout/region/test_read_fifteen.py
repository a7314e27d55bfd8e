"""What readers of another twelve records found, asked of every record or of the course."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import backs, bones, short_admissions, short_cases
from fellesjournal.rollout.region.courses.backs import BACK, ELBOW, NECK
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.scores import INDOORS, OUTDOORS, score, scores
from fellesjournal.rollout.region.decline import Decline, Dementia
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Story, admit
from rollout.region.conftest import bodies
from rollout.region.test_rules import Records, plain

MONDAY = date(2024, 3, 4)
STORY = Story("Vondt i magen.", "Øm under navlen.", "Magesmerter.", "Ses an.")


def _words(life: Life) -> str:
    return " ".join(
        plain(part) for one in bodies(life) if one["resourceType"] == "Composition" for part in one["section"]
    )


def test_the_same_is_not_tested_twice_in_a_day_at_the_doctors(records: Records) -> None:
    """What is taken beforehand has no contact."""
    beforehand = 0
    for record in records.values():
        taken: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
        for one in record.of("Observation"):
            if "issued" in one:
                by = one["performer"][0]["reference"]
                taken[one["effectiveDateTime"][:10], one["code"]["text"], by].append("encounter" not in one)
        for what, found in taken.items():
            beforehand += any(found)
            assert not any(found) or len(found) == 1, (record.patient["id"], *what)
    assert beforehand


@pytest.mark.parametrize("level", [Level.SOME, Level.MUCH])
def test_it_is_no_easier_to_move_about_outdoors_than_indoors(life: Callable[..., Life], level: Level) -> None:
    unlike = 0
    for number in range(200):
        one = life(born=date(1940, 3, 3), seed=f"{number}")
        unlike += score(one, MONDAY, level, INDOORS) > score(one, MONDAY, level, OUTDOORS)
        found = dict(scores(one, MONDAY, level))
        assert found[INDOORS] <= found[OUTDOORS], number
    assert unlike


@pytest.mark.parametrize("lost", [0.5, 2])
def test_who_is_moved_by_others_does_not_walk_after_a_fall(life: Callable[..., Life], lost: float) -> None:
    one = life(born=date(1936, 3, 3), sex=Sex.FEMALE)
    one.decline = Decline(Dementia(date(2016, 1, 1), 20, lost), date(2022, 1, 10))
    bones._hip(one, MONDAY)
    said = _words(one)
    assert "Full belastning tillatt" in said
    walks = not one.decline.sits(MONDAY)
    assert ("går med rollator" in said) is ("noen skritt" in said) is ("Falt " in said) is walks
    assert ("løftes over i stol" in said) is ("løftet over i stol" in said) is not walks


@pytest.mark.parametrize("lost", [0.5, 2])
def test_nor_does_one_whose_pelvis_is_broken(life: Callable[..., Life], lost: float) -> None:
    one = life(born=date(1936, 3, 3), sex=Sex.FEMALE)
    one.decline = Decline(Dementia(date(2016, 1, 1), 20, lost), date(2022, 1, 10))
    pelvis = next(case for case in short_cases.CASES if case.problem.text == "Brudd i bekken")
    told = short_admissions._as_known(one, MONDAY, pelvis)
    walks = not one.decline.sits(MONDAY)
    assert ("noen skritt" in told.story.before) is ("rollator" in told.farewell.course) is walks


@pytest.mark.parametrize("in_hospital", [True, False])
def test_nobody_comes_from_a_ward_to_heavy_work(life: Callable[..., Life], *, in_hospital: bool) -> None:
    """Also where the stay is told of after the ache."""
    told = 0
    for number, problem in enumerate((BACK, NECK, ELBOW) * 4):
        one = life(born=date(1980, 3, 3), seed=f"{number}")
        backs._aches(one, MONDAY, problem)
        if in_hospital:
            day = MONDAY - timedelta(days=12)
            admit(one, Service.SURGICAL_WARD, day, 2, BACK, STORY, Ill(), {})
        said = _words(one)
        heavy = any(words in said for words in backs.HEAVY)
        told += heavy or (in_hospital and "de siste" in said)
        assert not (heavy and in_hospital), said
    assert told
