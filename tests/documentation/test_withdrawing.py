"""What is left of a note in the wrong citizen's record."""

from typing import Any

import pytest

from fellesjournal.access.guard.withdrawn import is_withdrawn
from fellesjournal.documentation.extraction import ORIGIN
from fellesjournal.documentation.withdrawing import WHY, withdrawn

Json = dict[str, Any]

SECRET = "hemmelig"
NOTE = "n1"


def made(kind: str, place: str = "", **members: Any) -> Json:
    value = f"{NOTE}/{place}" if place else NOTE
    several = kind not in {"QuestionnaireResponse", "Composition"}
    identifier = {"system": ORIGIN, "value": value}
    return {
        "resourceType": kind,
        "id": kind.lower(),
        "meta": {"versionId": "3"},
        "identifier": [identifier] if several else identifier,
        "subject": {"reference": "Patient/feil"},
    } | members


EVERYTHING = [
    made("Composition", title=SECRET, type={"text": SECRET}, section=[{"title": SECRET}], status="final",
         attester=[{"mode": "legal", "party": {"display": SECRET}}],
         extension=[{"url": "https://example.org", "valueString": SECRET}]),
    made("QuestionnaireResponse", status="completed", questionnaire=SECRET, item=[{"text": SECRET}]),
    made("Observation", "a:0", status="final", code={"text": SECRET}, valueString=SECRET,
         note=[{"text": SECRET}]),
    made("Condition", "b:0", code={"text": SECRET}, clinicalStatus={"text": SECRET}),
    made("Procedure", "c:0", status="completed", code={"text": SECRET}),
    made("AllergyIntolerance", "d:0", code={"text": SECRET}, reaction=[{"description": SECRET}]),
    made("DocumentReference", "e:0", status="current", description=SECRET,
         content=[{"attachment": {"title": SECRET, "data": SECRET}}]),
]  # fmt: skip


@pytest.mark.parametrize("resource", EVERYTHING, ids=lambda one: one["resourceType"])
def test_nothing_is_left_but_that_something_was_withdrawn(resource: Json) -> None:
    [left] = withdrawn([resource], NOTE)
    assert SECRET not in str(left)
    assert (left["id"], left["identifier"]) == (resource["id"], resource["identifier"])
    assert left["meta"]["versionId"] == resource["meta"]["versionId"]
    assert is_withdrawn(left), "so that its earlier versions are not read"
    assert "entered-in-error" in str(left)


def test_the_reason_stands_and_what_the_note_confirmed_is_left_alone() -> None:
    others = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "Puls"}}
    left = withdrawn([*EVERYTHING, others], NOTE)
    assert len(left) == len(EVERYTHING)
    assert left[0]["extension"][0]["valueString"] == WHY
