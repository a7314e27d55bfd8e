"""What was written on the wrong citizen: kept, and read by nobody who treats, whichever way they ask."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from access.conftest import EVERYONE, observation, patient, put, stay
from access.test_door import KARI, NURSE, House, house, worker
from fellesjournal.access.guard.withdrawn import AUTHORS, WRONG_CITIZEN, is_withdrawn, require_error
from fellesjournal.access.policies import Policies
from fellesjournal.access.rules import rules
from fellesjournal.errors import Forbidden, NotFound, Unprocessable
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.scope import Scope
from record.conftest import bundle, entry

__all__ = ["house"]

Json = dict[str, Any]

SECRET = "Hemmelig"
DOCTOR = worker("lege")
SEALED = ("urn:oid:2.16.578.1.12.4.1.1.9603", "NORS")
LABEL = {"security": [{"system": WRONG_CITIZEN[0], "code": WRONG_CITIZEN[1]}]}
EMPTIED = observation("wrong", "kari", performer=[{"reference": NURSE.person}], status="entered-in-error") | {
    "meta": LABEL
}


@pytest.fixture
async def ward(house: House) -> House:
    """Two versions that tell of somebody else, by the nurse."""
    for text in (SECRET, f"{SECRET} igjen"):
        told = {"performer": [{"reference": NURSE.person}], "note": [{"text": text}]}
        await put(house.record, observation("wrong", "kari", **told))
    return house


async def withdraw(house: House, **members: Any) -> None:
    sent = msgspec.json.encode(EMPTIED | members)
    await house.ask(NURSE, "update", "Observation", "wrong", sent, if_match=2)


async def read_by(house: House, actor: Any) -> str:
    """All that somebody gets of it, by whichever interaction."""
    found: list[Any] = [await house.ask(actor, "read", "Observation", "wrong")]
    for version in (1, 2, 3):
        try:
            found.append(await house.ask(actor, "vread", "Observation", "wrong", version))
        except NotFound:
            found.append(None)
    for asked in ([], [("_at", "2026-11-23")], [("_count", "2")]):
        page = await house.ask(actor, "history", "Observation", "wrong", asked)
        found += [one.stored for one in page.entries]
    reads = [entry("GET", f"Observation/wrong{path}") for path in ("", "/_history", "/_history/3")]
    reads += [entry("GET", "Observation/_history"), entry("GET", "_history")]
    _, answers = await house.ask(actor, "transact", bundle(*reads, kind="batch"))
    for one in answers:
        found += [one.stored] if one.page is None else [each.stored for each in one.page.entries]
    return "".join((one.body or b"").decode() for one in found if one is not None)


@pytest.mark.parametrize("actor", [NURSE, DOCTOR, KARI])
async def test_earlier_versions_are_read_by_nobody_who_treats_nor_by_the_citizen(
    ward: House, actor: Any
) -> None:
    assert SECRET in await read_by(ward, actor)
    await withdraw(ward)
    told = await read_by(ward, actor)
    assert SECRET not in told
    assert "entered-in-error" in told
    page = await ward.ask(actor, "history", "Observation", "wrong", [])
    assert [one.stored.version for one in page.entries] == [3]
    assert page.total is None


async def test_nothing_is_lost_and_a_role_that_names_the_part_reads_it(ward: House) -> None:
    await withdraw(ward)
    page = await ward.record.history("Observation", "wrong", [], scope=EVERYONE)
    assert [one.stored.version for one in page.entries] == [3, 2, 1]
    reach: dict[str, Any] = {"whole": False, "moment": 1, "citizens": (key_of("Patient/kari"),)}
    for rights, versions in (((), [3]), ((Policies().parts["wrong-citizen"],), [3, 2, 1])):
        scope = Scope(**reach, rights=rights)
        page = await ward.record.history("Observation", "wrong", [], scope=scope)
        assert [one.stored.version for one in page.entries] == versions


async def test_a_deletion_does_not_open_what_was_kept_back_nor_does_writing_it_again(ward: House) -> None:
    await withdraw(ward)
    await ward.record.delete("Observation", "wrong", scope=EVERYONE)
    for _ in range(2):
        for actor in (NURSE, DOCTOR, KARI):
            page = await ward.ask(actor, "history", "Observation", "wrong", [])
            told = [(one.stored.version, one.stored.body) for one in page.entries]
            assert not [body for _, body in told if body and SECRET in body.decode()]
            assert (4, None) in told
            for version in (1, 2):
                await ward.refuses(NotFound, actor, "vread", "Observation", "wrong", version)
            _, (of_type,) = await ward.ask(
                actor, "transact", bundle(entry("GET", "Observation/_history"), kind="batch")
            )
            assert SECRET not in "".join((one.stored.body or b"").decode() for one in of_type.page.entries)
        await put(ward.record, observation("wrong", "kari"))
    page = await ward.record.history("Observation", "wrong", [], scope=EVERYONE)
    assert [one.stored.version for one in page.entries][-3:] == [3, 2, 1]


async def test_a_system_that_moves_it_to_another_citizen_opens_neither_record(ward: House) -> None:
    await withdraw(ward)
    await put(ward.record, stay("too", "ola", "ward", "2026-11-20"))
    for _ in range(2):
        for citizen in ("ola", "kari"):
            await put(ward.record, EMPTIED | {"subject": {"reference": f"Patient/{citizen}"}})
            for actor in (NURSE, DOCTOR):
                assert SECRET not in await read_by(ward, actor)
        assert SECRET not in await read_by(ward, KARI)
    page = await ward.record.history("Observation", "wrong", [], scope=EVERYONE)
    assert [one.stored.version for one in page.entries] == [7, 6, 5, 4, 3, 2, 1]


async def test_what_was_sealed_is_not_opened_where_it_stood_when_it_moves(ward: House) -> None:
    await put(ward.record, observation("sealed", "kari", SEALED, note=[{"text": SECRET}]))
    await put(ward.record, observation("sealed", "ola"))
    await put(ward.record, stay("too", "ola", "ward", "2026-11-20"))
    page = await ward.ask(NURSE, "history", "Observation", "sealed", [])
    assert [one.stored.version for one in page.entries] == [2]
    await ward.refuses(NotFound, NURSE, "vread", "Observation", "sealed", 1)


async def test_what_was_sealed_is_not_opened_by_its_deletion(ward: House) -> None:
    await put(ward.record, observation("sealed", "kari", SEALED, note=[{"text": SECRET}]))
    await ward.record.delete("Observation", "sealed", scope=EVERYONE)
    await ward.refuses(NotFound, NURSE, "history", "Observation", "sealed", [])
    await ward.refuses(NotFound, NURSE, "vread", "Observation", "sealed", 1)
    await ward.refuses(NotFound, NURSE, "read", "Observation", "sealed")


def test_no_role_reads_it_from_the_start() -> None:
    part = Policies().parts["wrong-citizen"]
    assert [one.name for one in Policies().all() if part in one.sees] == []


async def test_what_is_beside_it_is_read_as_before(ward: House) -> None:
    await put(ward.record, observation("o-kari", "kari", note=[{"text": "To"}]))
    await withdraw(ward)
    page = await ward.ask(DOCTOR, "history", "Observation", "o-kari", [])
    assert [one.stored.version for one in page.entries] == [2, 1]
    found = await ward.ask(DOCTOR, "search", "Observation", [("patient", "kari")])
    assert {one.stored.id for one in found.entries} == {"o-kari", "wrong"}


async def test_nobody_hides_what_another_wrote_nor_writes_it_again(ward: House) -> None:
    sent = msgspec.json.encode(EMPTIED)
    patch = [{"op": "add", "path": "/meta", "value": LABEL}, {"op": "replace", "path": "/status",
             "value": "entered-in-error"}]  # fmt: skip
    others = replace(NURSE, person="Practitioner/mate", practitioner_role="PractitionerRole/mate")
    for name, arguments in (
        ("update", ("Observation", "wrong", sent)),
        ("patch", ("Observation", "wrong", msgspec.json.encode(patch))),
        ("transact", (bundle(entry("PUT", "Observation/wrong", EMPTIED)),)),
    ):
        await ward.refuses(Forbidden, others, name, *arguments)
    await put(ward.record, stay("too", "ola", "ward", "2026-11-20"))
    moved = EMPTIED | {"subject": {"reference": "Patient/ola"}}
    await ward.refuses(Forbidden, NURSE, "update", "Observation", "wrong", msgspec.json.encode(moved))
    await withdraw(ward)
    for body in (EMPTIED | {"valueString": "Nytt"}, observation("wrong", "kari", note=[{"text": "Nytt"}])):
        await ward.refuses(Forbidden, NURSE, "update", "Observation", "wrong", msgspec.json.encode(body))
    new = {name: value for name, value in EMPTIED.items() if name != "id"}
    await ward.refuses(Forbidden, NURSE, "create", "Observation", msgspec.json.encode(new))


async def test_the_label_is_for_what_is_entered_in_error_alone(ward: House) -> None:
    for body in (EMPTIED | {"status": "final"}, patient("kari", meta=LABEL)):
        await ward.refuses(
            Unprocessable, NURSE, "update", body["resourceType"], body["id"], msgspec.json.encode(body)
        )


@pytest.mark.parametrize("name", AUTHORS)
def test_every_type_has_the_rule_and_an_author(name: str) -> None:
    who = {"reference": NURSE.person}
    members = {"author": who if name == "QuestionnaireResponse" else [who], "recorder": who,
               "performer": [{"actor": who}] if name == "Procedure" else [who]}  # fmt: skip
    before = {"resourceType": name, "status": "final", **members}
    wrong = {"coding": [{"code": "entered-in-error"}]}
    after = before | {"meta": LABEL, "status": "entered-in-error", "verificationStatus": wrong}
    require_error(after)
    assert is_withdrawn(after)
    own = [rule for kind, rule in rules(NURSE, Policies()) if kind == name]
    for rule in own:
        rule(after, before)
    stranger = {"resourceType": name, "status": "final"}
    with pytest.raises(Forbidden, match="withdrawn by who wrote it"):
        own[-1](after, stranger)
