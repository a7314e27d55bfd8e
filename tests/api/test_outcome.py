import json

import pytest

from fellesjournal import errors
from fellesjournal.api import faults, outcome
from fellesjournal.fhir import outcome as written


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (errors.Invalid("x"), 400),
        (errors.NotSupported("x"), 400),
        (errors.Unauthenticated("x"), 401),
        (errors.Forbidden("x"), 403),
        (errors.NotFound("x"), 404),
        (faults.MethodNotAllowed("x", "GET"), 405),
        (faults.NotAcceptable("x"), 406),
        (faults.TimedOut("x"), 408),
        (errors.Conflict("x"), 409),
        (errors.Gone("x"), 410),
        (errors.PreconditionFailed("x"), 412),
        (errors.TooLarge("x"), 413),
        (faults.TooLong("x"), 414),
        (faults.UnsupportedMediaType("x"), 415),
        (errors.Unprocessable("x"), 422),
        (errors.Fault("x"), 400),
    ],
)
def test_each_fault_has_its_status(fault: errors.Fault, status: int) -> None:
    assert outcome.status_of(fault) == status


def test_every_issue_is_named_with_its_place() -> None:
    fault = errors.Unprocessable(
        errors.Issue("value", "Not a date.", "Patient.birthDate"),
        errors.Issue("required", "Missing.", "http.If-Match"),
    )
    issues = json.loads(outcome.body_of(fault))["issue"]
    assert issues[0]["expression"] == ["Patient.birthDate"]
    assert issues[1]["location"] == ["http.If-Match"]
    assert "expression" not in issues[1]


def test_half_a_character_in_a_sentence_does_not_break_the_answer() -> None:
    assert json.loads(written.render([errors.Issue("value", "Not \ud800.", "Patient.\udfff")]))["issue"]


def test_a_crash_tells_the_request_and_nothing_of_the_inside() -> None:
    said = json.loads(outcome.crashed("abc"))["issue"][0]["diagnostics"]
    assert "abc" in said
    assert "Traceback" not in said
