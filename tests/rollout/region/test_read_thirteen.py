"""What is not tolerated is known from a reaction on; and what is said of the days to come."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.courses.infections import MIXTURE, PENICILLIN
from fellesjournal.rollout.region.courses.last_illness import KIT
from fellesjournal.rollout.region.formulary import ERYTHROMYCIN_MIXTURE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.safety import CURED, chosen, into_a_vein
from rollout.region.conftest import Record
from rollout.region.test_rules import Records, notes, on

Lives = Callable[..., Life]
REACTED = date(2021, 6, 1)
PLAN = "Penicillin intravenøst, leie beinet høyt."


def _allergic(record: Record) -> set[str]:
    """ATC codes of what the record says is not tolerated."""
    return {
        coded["code"]
        for one in record.of("AllergyIntolerance")
        for coded in one["code"].get("coding", ())
        if "code" in coded
    }


def test_what_is_given_for_penicillin_to_children_is_given_to_those_allergic_to_it(
    records: Records, pocket: Records
) -> None:
    for some in (records, pocket):
        for record in some.values():
            for one in record.of("MedicationStatement"):
                if ERYTHROMYCIN_MIXTURE.name in str(one):
                    assert "J01C" in _allergic(record), one["id"]


def test_penicillin_is_given_until_somebody_has_reacted_to_it(life: Lives) -> None:
    one = life(date(2016, 3, 3))
    one.allergies["J01C"] = REACTED

    def given(medicine: Medicine, day: date) -> Medicine | None:
        return chosen(one, medicine, day, [])

    before = REACTED - timedelta(days=1)
    assert given(MIXTURE, REACTED - CURED - timedelta(days=1)) is MIXTURE
    assert given(MIXTURE, before) is ERYTHROMYCIN_MIXTURE
    assert given(MIXTURE, REACTED) is ERYTHROMYCIN_MIXTURE
    assert one.tolerates(PENICILLIN, before)
    assert not one.tolerates(PENICILLIN, REACTED)
    assert not one.tolerates(PENICILLIN)
    assert into_a_vein(one, PLAN, before) == PLAN
    assert "Klindamycin" in into_a_vein(one, PLAN, REACTED)


def test_no_juice_is_drunk_in_the_last_days(records: Records, pocket: Records) -> None:
    for some in (records, pocket):
        for note in notes(some):
            if "sviskesaft" in note.text and note.record.died:
                assert on(note.record.died) - note.day > timedelta(days=KIT), note.body["id"]


def test_no_meeting_is_named_by_a_day_of_the_week_on_which_it_may_be(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Møter rustjenesten" in note.text:
            told += 1
            assert not re.search(r"på \w+dag\b", note.text), note.body["id"]
    assert told
