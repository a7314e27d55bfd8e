"""The second signature: what a note and what it made look like before, after, and when it is sent back."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation import cosigning

Json = dict[str, Any]

STUDENT = {"reference": "Practitioner/s", "display": "Student"}
DOCTOR = {"reference": "Practitioner/d", "display": "Lege"}
THEN, LATER = "2026-11-26T08:00:00+01:00", "2026-11-26T09:00:00+01:00"
NOTE: Json = {
    "resourceType": "Composition",
    "status": "preliminary",
    "author": [STUDENT],
    "attester": cosigning.attesters(STUDENT, DOCTOR, THEN),
    "section": [{"title": "Vurdering"}],
}
PULSE: Json = {"resourceType": "Observation", "status": "final"}
ASTHMA: Json = {"resourceType": "Condition", "verificationStatus": {"coding": [{"code": "confirmed"}]}}


def test_a_note_awaits_the_one_who_is_asked_until_both_names_stand() -> None:
    assert cosigning.asked_of(NOTE) == DOCTOR
    [done] = cosigning.countersigned(NOTE, [], DOCTOR, LATER)
    assert done["status"] == "final"
    assert [one["time"] for one in done["attester"]] == [THEN, LATER]
    assert cosigning.asked_of(done) == {}


def test_what_a_note_made_is_provisional_until_then() -> None:
    made = [cosigning.provisional(one) for one in (PULSE, ASTHMA)]
    assert made[0]["status"] == "preliminary"
    assert made[1]["verificationStatus"]["coding"][0]["code"] == "provisional"
    _, pulse, asthma = cosigning.countersigned(NOTE, made, DOCTOR, LATER)
    assert pulse == PULSE
    assert asthma["verificationStatus"]["coding"][0]["code"] == "confirmed"


def test_what_was_done_or_is_final_stays_as_it_is() -> None:
    procedure = {"resourceType": "Procedure", "status": "completed"}
    assert cosigning.provisional(procedure) is procedure
    assert cosigning.countersigned(NOTE, [procedure, PULSE], DOCTOR, LATER)[1:] == []


@given(st.text(min_size=1))
def test_a_note_that_is_sent_back_tells_why_and_loses_it_when_signed(reason: str) -> None:
    again = cosigning.sent_back(cosigning.sent_back(NOTE, DOCTOR, LATER, "først"), DOCTOR, LATER, reason)
    assert cosigning.returned_with(again) == reason
    assert cosigning.asked_of(again) == DOCTOR
    [done] = cosigning.countersigned(again, [], DOCTOR, LATER)
    assert cosigning.returned_with(done) == ""
    assert "extension" not in done


def test_what_is_added_has_its_author_and_is_text_whatever_it_looks_like() -> None:
    [done] = cosigning.countersigned(NOTE, [], DOCTOR, LATER, "Enig.\n<b>")
    [section] = cosigning.added(done)
    assert section["author"] == [DOCTOR]
    assert "<p>Enig.<br/>&lt;b&gt;</p>" in section["text"]["div"]
