"""Ways round the second signature and the second pair of eyes, by plain FHIR: the door holds both."""

from typing import Any

import pytest

from access.test_sequences import worker
from attacks.conftest import NURSE, Asking
from attacks.test_hidden_and_missing import bundle, entry
from fellesjournal.access.actor import Actor
from fellesjournal.access.approving import APPROVER, AUTHOR, SENT, TEMPLATES
from fellesjournal.access.countersigning import WRITTEN_AS

Json = dict[str, Any]

STUDENT = worker("legestudent", "ward")
DOCTOR, OTHER = worker("lege", "ward"), worker("psykiatrisk-lege", "ward")
AIDE = Actor(STUDENT.person, "helsefagarbeider", "TREAT", practitioner_role="PractitionerRole/aide",
             unit="Organization/ward")  # fmt: skip
"""The student, in another role of theirs that signs alone."""
WRITER, APPROVES = worker("faggruppe", "ward"), worker("faggruppe", "other")
NOW = "2026-11-23T10:00:00+01:00"
BESIDE = {"url": "https://example.org/annet", "valueString": "uten betydning"}


@pytest.fixture(autouse=True)
def people(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"doctor": DOCTOR, "other": OTHER, "aide": AIDE, "writer": WRITER, "approves": APPROVES}
    for name, actor in known.items():
        monkeypatch.setitem(ask.actors, name, actor)


def by(actor: Actor, **more: Any) -> Json:
    return {"party": {"reference": actor.person}, **more}


def note(*attesters: Json, status: str = "preliminary", **members: Any) -> Json:
    """A student's note; as they ought to write it when nothing else is said."""
    asked = (by(STUDENT, mode="professional", time=NOW), by(DOCTOR, mode="legal"))
    return {
        "resourceType": "Composition",
        "status": status,
        "type": {"text": "Visitt"},
        "subject": {"reference": "Patient/kari"},
        "date": NOW,
        "author": [{"reference": STUDENT.person}],
        "title": "Visitt",
        "extension": [{"url": WRITTEN_AS, "valueCode": "legestudent"}],
        "attester": list(attesters or asked),
        "section": [{"title": "Vurdering", "text": {"status": "generated", "div": _div("Bedring")}}],
    } | members


def _div(text: str) -> str:
    return f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{text}</p></div>'


SIGNED = note(by(STUDENT, mode="professional", time=NOW), by(DOCTOR, mode="legal", time=NOW), status="final")
ALTERED = SIGNED | {
    "section": [{"title": "Vurdering", "text": {"status": "generated", "div": _div("Annet")}}]
}


async def waiting(ask: Asking) -> str:
    """A note that the student has written and the doctor is asked to sign."""
    stored = await ask("student", "POST", "Composition", note())
    assert stored.status_code == 201, stored.text
    return f"Composition/{stored.json()['id']}"


async def written(ask: Asking, actor: str, at: str, body: Json) -> int:
    """Sent by every path there is: each answers alike, and what is refused is refused by all."""
    sent = body | {"id": at.partition("/")[2]}
    last = (await ask("system", "GET", at)).json()["meta"]["versionId"]
    statuses = {(await ask(actor, "POST", "", bundle("transaction", entry("PUT", at, sent)))).status_code}
    if statuses == {200}:
        return 200
    patch = [{"op": "replace", "path": f"/{name}", "value": value} for name, value in body.items()
             if name != "resourceType"]  # fmt: skip
    statuses.add((await ask(actor, "PATCH", at, patch)).status_code)
    statuses.add((await ask(actor, "PUT", at, sent)).status_code)
    assert (await ask("system", "GET", at)).json()["meta"]["versionId"] == last
    [status] = statuses
    return status


async def test_a_student_writes_no_note_but_one_that_awaits_another(ask: Asking) -> None:
    for body in (
        note(status="final"),
        note(by(STUDENT, mode="professional", time=NOW), status="final"),
        note(by(STUDENT, mode="professional", time=NOW)),
        note(by(STUDENT, mode="legal")),
        note(by(DOCTOR, mode="legal", time=NOW), status="final"),
        note(by(DOCTOR, mode="legal"), author=[{"reference": DOCTOR.person}]),
        note(extension=[BESIDE]),
        note(extension=[{"url": WRITTEN_AS, "valueCode": "lege"}]),
    ):
        refused = await ask("student", "POST", "Composition", body)
        assert refused.status_code == 403, refused.text
        whole = bundle("transaction", entry("POST", "Composition", body))
        assert (await ask("student", "POST", "", whole)).status_code == 403


async def test_nobody_but_the_one_who_is_asked_signs_and_in_a_role_that_may(ask: Asking) -> None:
    at = await waiting(ask)
    for actor in ("student", "aide", "other", "nurse", "secretary"):
        assert await written(ask, actor, at, SIGNED) == 403, actor
        mine = note(by(STUDENT, mode="professional", time=NOW), by(ask.actors[actor], mode="legal", time=NOW))
        assert await written(ask, actor, at, mine | {"status": "final"}) == 403, actor
        assert await written(ask, actor, at, note(by(ask.actors[actor], mode="legal"))) == 403, actor
    assert await written(ask, "aide", at, note(status="final", extension=[BESIDE])) == 403
    assert await written(ask, "doctor", at, ALTERED) == 403
    assert await written(ask, "doctor", at, SIGNED | {"author": [{"reference": DOCTOR.person}]}) == 403
    assert await written(ask, "doctor", at, note(status="entered-in-error")) == 403
    assert await written(ask, "doctor", at, SIGNED) == 200


async def test_a_nurse_who_is_asked_signs_nothing_for_a_student(ask: Asking) -> None:
    stored = await ask("student", "POST", "Composition", note(by(NURSE, mode="legal")))
    at = f"Composition/{stored.json()['id']}"
    assert await written(ask, "nurse", at, note(by(NURSE, mode="legal", time=NOW), status="final")) == 403
    for told in ([BESIDE], [{"url": WRITTEN_AS, "valueCode": "sykepleier"}]):
        signed = note(by(NURSE, mode="legal", time=NOW), status="final", extension=told)
        assert await written(ask, "nurse", at, signed) == 403


async def test_the_author_asks_another_and_takes_it_back_and_the_one_asked_sends_it_back(ask: Asking) -> None:
    at = await waiting(ask)
    assert await written(ask, "doctor", at, note(title="Sendt tilbake")) == 200
    asked = (by(STUDENT, mode="professional", time=NOW), by(OTHER, mode="legal"))
    assert await written(ask, "student", at, note(*asked)) == 200
    assert await written(ask, "doctor", at, SIGNED) == 403
    assert await written(ask, "aide", at, note(status="entered-in-error")) == 200
    at = await waiting(ask)
    assert await written(ask, "student", at, note(status="entered-in-error")) == 200


async def test_nobody_signs_in_the_name_of_another(ask: Asking) -> None:
    own: Json = {"author": [{"reference": NURSE.person}], "extension": [BESIDE], "status": "final"}
    forged = note(by(DOCTOR, mode="official", time=NOW), **own)
    assert (await ask("nurse", "POST", "Composition", forged)).status_code == 403
    mine = note(by(NURSE, mode="professional", time=NOW), **own)
    stored = await ask("nurse", "POST", "Composition", mine)
    assert stored.status_code == 201, stored.text
    at = f"Composition/{stored.json()['id']}"
    assert await written(ask, "nurse", at, forged) == 403
    assert await written(ask, "nurse", at, mine | {"title": "Rettet"}) == 200


def template(status: str = "draft", *told: Json, **members: Any) -> Json:
    return {
        "resourceType": "Questionnaire",
        "id": "mal-ny",
        "url": f"{TEMPLATES}ny",
        "version": "1",
        "title": "Ny",
        "status": status,
        "extension": list(told) or [BESIDE],
        "item": [{"linkId": "a", "text": "Hvordan går det?", "type": "string"}],
    } | members


def author(actor: Actor) -> Json:
    return {"url": AUTHOR, "valueReference": {"reference": actor.person}}


def approver(actor: Actor) -> Json:
    return {"url": APPROVER, "valueReference": {"reference": actor.person}}


SENT_NOW = {"url": SENT, "valueDateTime": NOW}
IN_FORCE = template("active", author(WRITER), SENT_NOW, approver(APPROVES))
MAL = "Questionnaire/mal-ny"


async def test_a_template_begins_as_a_draft_of_whoever_writes_it(ask: Asking) -> None:
    for body in (
        template("active"),
        IN_FORCE,
        template("active", author(APPROVES), SENT_NOW, approver(WRITER)),
        template("draft"),
        template("draft", author(APPROVES)),
        template("draft", author(WRITER), approver(APPROVES)),
        template("unknown"),
    ):
        assert (await ask("writer", "PUT", MAL, body)).status_code == 403
    assert (await ask("writer", "PUT", MAL, template("draft", author(WRITER)))).status_code == 201
    assert (
        await ask("writer", "PUT", MAL, template("draft", author(WRITER), id="mal-ny"))
    ).status_code == 200


async def test_a_template_is_approved_as_it_was_sent_by_one_who_wrote_nothing_in_it(ask: Asking) -> None:
    await ask("writer", "PUT", MAL, template("draft", author(WRITER)))
    assert await written(ask, "approves", MAL, IN_FORCE) == 403, "it was not sent"
    assert await written(ask, "writer", MAL, template("draft", author(WRITER), SENT_NOW)) == 200
    for actor, body in (
        ("writer", IN_FORCE),
        ("writer", template("active", author(WRITER), SENT_NOW, approver(WRITER))),
        ("writer", template("draft", author(APPROVES), SENT_NOW)),
        ("approves", template("active", author(WRITER), SENT_NOW)),
        ("approves", IN_FORCE | {"title": "Noe annet"}),
        ("approves", template("draft", author(WRITER), SENT_NOW, title="Noe annet")),
    ):
        assert await written(ask, actor, MAL, body) == 403, body
    assert (await ask("approves", "PUT", MAL, IN_FORCE)).status_code == 200


async def test_who_changed_a_word_of_it_does_not_approve_it(ask: Asking) -> None:
    await ask("writer", "PUT", MAL, template("draft", author(WRITER), SENT_NOW))
    both = (author(WRITER), author(APPROVES), SENT_NOW)
    assert await written(ask, "approves", MAL, template("draft", *both, title="Nytt navn")) == 200
    for names in ([author(WRITER)], [author(WRITER), author(APPROVES)]):
        body = template("active", *names, SENT_NOW, approver(APPROVES), title="Nytt navn")
        assert await written(ask, "approves", MAL, body) == 403


async def test_what_is_in_force_is_retired_and_never_changed_nor_deleted(ask: Asking) -> None:
    await ask("writer", "PUT", MAL, template("draft", author(WRITER), SENT_NOW))
    await ask("approves", "PUT", MAL, IN_FORCE)
    for changed in (
        IN_FORCE | {"title": "Noe annet"},
        IN_FORCE | {"status": "draft"},
        IN_FORCE | {"url": "https://example.org/annet"},
        IN_FORCE | {"extension": [author(WRITER), approver(WRITER)]},
        IN_FORCE | {"status": "retired", "title": "Noe annet"},
    ):
        for actor in ("writer", "approves", "administrator"):
            assert await written(ask, actor, MAL, changed) == 403, changed
    for actor in ("writer", "approves", "administrator"):
        assert (await ask(actor, "DELETE", MAL)).status_code == 403
    assert await written(ask, "writer", MAL, IN_FORCE | {"status": "retired"}) == 200
    assert await written(ask, "approves", MAL, IN_FORCE) == 403


async def test_a_questionnaire_that_is_no_template_is_none_of_its_business(ask: Asking) -> None:
    other = template("active", url="https://example.org/skjema")
    assert (await ask("writer", "PUT", MAL, other)).status_code == 201
    assert (await ask("writer", "PUT", MAL, other | {"title": "Nytt"})).status_code == 200
