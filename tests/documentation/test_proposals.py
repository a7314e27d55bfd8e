"""Answers as proposals: what they would become, what was decided, and what no form can read."""

from typing import Any

import pytest

from fellesjournal.documentation import proposals, sendings
from fellesjournal.documentation.own_forms import own_forms
from fellesjournal.documentation.prepared import prepared
from fellesjournal.documentation.proposals import CONFIRMED, SET_ASIDE, Decision
from fellesjournal.documentation.rules import layout
from fellesjournal.documentation.sendings import Sending
from fellesjournal.errors import Invalid

Json = dict[str, Any]
ME: Json = {"reference": "Patient/ada", "display": "Blid Fjellrype"}
NURSE: Json = {"reference": "Practitioner/4", "display": "Varm Lyngmo"}
FIELDS = {"hva:0": "blodtrykk", "hva:2": "temperatur", "nar:0": "2026-11-25T08:00", "temperatur:0": "38,2"}
FIELDS |= {"trykk:0/over:0": "138", "trykk:0/under:0": "84"}


def sending(**more: Any) -> Sending:
    made = prepared(own_forms()["egne-malinger"], "nb")
    when = "2026-11-26T10:00:00+01:00"
    return Sending("u-1", made, "egne-malinger@1", "Patient/ada", ME, {}, when)._replace(**more)


def response(fields: dict[str, str], language: str = "nb") -> Json:
    one = sending(questionnaire=prepared(own_forms()["egne-malinger"], language))
    bundle = sendings.sent(one, layout(one.questionnaire, fields), {})
    made: Json = bundle["entry"][0]["resource"]
    return made | {"id": "r1", "meta": {"versionId": "1"}}


@pytest.mark.parametrize("language", ["nb", "en"])
def test_answers_become_what_their_concepts_say_at_the_moment_they_are_about(language: str) -> None:
    sent = response(FIELDS, language)
    on = proposals.read(prepared(own_forms()["egne-malinger"], "nb"), sent)
    found = {one.place: one for one in proposals.proposals(on, sent)}
    assert set(found) == {"panel-85354-9", "temperatur:0"}
    assert found["panel-85354-9"].lines == (("Overtrykk", "138 mmHg"), ("Undertrykk", "84 mmHg"))
    warm = found["temperatur:0"].resource
    assert warm["effectiveDateTime"] == "2026-11-25T08:00:00+01:00"
    assert warm["valueQuantity"] == {
        "value": 38.2,
        "unit": "°C",
        "system": "http://unitsofmeasure.org",
        "code": "Cel",
    }
    assert warm["performer"] == [ME]


def test_a_decision_stands_in_the_response_and_is_read_again() -> None:
    sent = response(FIELDS)
    news = [
        Decision("temperatur:0", SET_ASIDE, NURSE, "2026-11-26T11:00:00+01:00", "Feil apparat."),
        Decision("panel-85354-9", CONFIRMED, NURSE, "2026-11-26T11:00:00+01:00"),
    ]
    bundle = proposals.decided(sent, [], news)
    [entry] = bundle["entry"]
    assert entry["request"]["ifMatch"] == 'W/"1"'
    assert proposals.decisions(entry["resource"]) == {one.place: one for one in news}
    assert sendings.edition_of(entry["resource"]) == ("egne-malinger", "1")


def test_what_is_confirmed_says_by_whom_and_what_it_comes_from() -> None:
    sent = response(FIELDS)
    on = proposals.read(prepared(own_forms()["egne-malinger"], "nb"), sent)
    made = proposals.confirmed(sent, proposals.proposals(on, sent)[0], NURSE)
    assert made["extension"] == [{"url": proposals.CONFIRMED_BY, "valueReference": NURSE}]
    assert made["derivedFrom"] == [{"reference": "QuestionnaireResponse/r1"}]


@pytest.mark.parametrize(
    "items",
    [
        [{"linkId": "hva", "answer": [{"valueString": "x"}]}],
        [{"linkId": "vekt", "answer": [{}]}],
        [{"linkId": "hva", "answer": [{"valueCoding": {"code": "ukjent"}}]}],
    ],
)
def test_answers_that_are_none_to_the_form_are_refused_and_shown_as_they_are(items: list[Json]) -> None:
    sent = response(FIELDS) | {"item": items}
    with pytest.raises(Invalid):
        proposals.read(prepared(own_forms()["egne-malinger"], "nb"), sent)
    assert isinstance(proposals.plainly(sent), list)


def test_a_code_of_a_value_set_is_read_by_what_was_answered() -> None:
    form: Json = {"resourceType": "Questionnaire", "id": "x", "status": "active"}
    form["item"] = [
        {"linkId": "a", "type": "choice", "text": "A", "answerValueSet": "https://koder.example/v"}
    ]
    coding = {"system": "https://koder.example", "code": "rød farge", "display": "Rød"}
    sent = response({}) | {"item": [{"linkId": "a", "answer": [{"valueCoding": coding}]}]}
    on = proposals.read(prepared(form), sent)
    assert [row.text for node in on.nodes for row in node.rows] == ["rød farge"]


def test_a_sending_tells_the_unit_and_what_it_answers_and_is_created_once() -> None:
    one = sending(unit={"reference": "Organization/ward"}, answers="Task/7")
    entries = sendings.sent(one, layout(one.questionnaire, FIELDS), {})["entry"]
    answers, told = (entry["resource"] for entry in entries)
    assert told["basedOn"] == [{"reference": "Task/7"}]
    assert sendings.answered_by(answers) == "Task/7"
    assert told["payload"][0]["contentReference"]["reference"] == entries[0]["fullUrl"]
    assert all("ifNoneExist" in entry["request"] for entry in entries)
