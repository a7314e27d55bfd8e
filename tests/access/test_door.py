"""The door: no actor, no record; what an actor may do, and that everything is told to the log."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from access.conftest import PSYCHIATRY, block, observation, patient, put, shut_out, stay
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.decision import Basis
from fellesjournal.access.explaining import Explaining
from fellesjournal.access.guard import grants, questions
from fellesjournal.access.journal import Journal
from fellesjournal.access.policies import Policies
from fellesjournal.access.scoping import Scoping
from fellesjournal.access.standing import Standings
from fellesjournal.errors import Conflict, Fault, Forbidden, Invalid, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.record.stored import Question
from record.conftest import body, bundle, entry

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def worker(role: str, unit: str = "ward") -> Actor:
    return Actor(
        "Practitioner/nina",
        role,
        "TREAT",
        display="Nina Nyseng",
        practitioner_role=f"PractitionerRole/nina-{unit}",
        unit=f"Organization/{unit}",
    )


NURSE = worker("sykepleier")
KARI = Actor("Patient/kari", "innbygger", "PATRQT")


class House:
    """A journal over a record, and what its log was told."""

    def __init__(self, record: Record, definitions: Definitions, *, practice: bool = False) -> None:
        self.told: list[Access] = []
        self.record = record
        policies = Policies()
        shared = tuple(map(definitions.type_number, policies.shared_types))
        self.now = NOW
        scoping = Scoping(policies, Standings(record), definitions, shared, self._clock, practice=practice)
        self.journal = Journal(record, scoping, self._write, Explaining(record, self._clock))

    def _clock(self) -> datetime:
        return self.now

    async def _write(self, accesses: Sequence[Access]) -> None:
        self.told += accesses

    async def ask(self, actor: Actor, name: str, *arguments: Any, **named: Any) -> Any:
        """One interaction of one actor."""
        async with self.journal.open(actor, "r1") as j:
            return await getattr(j, name)(*arguments, **named)

    async def refuses(
        self, kind: type[Fault], actor: Actor, name: str, *arguments: Any, **named: Any
    ) -> None:
        with pytest.raises(kind):
            await self.ask(actor, name, *arguments, **named)


@pytest.fixture
async def house(record: Record, definitions: Definitions) -> House:
    """A hospital with a ward, a department above it and a room in it; Kari lies there, Ola lies nowhere."""
    for id, above in (
        ("hospital", ""),
        ("department", "hospital"),
        ("ward", "department"),
        ("other", "hospital"),
    ):
        unit: dict[str, Any] = {"resourceType": "Organization", "id": id, "name": id}
        await put(record, unit | ({"partOf": {"reference": f"Organization/{above}"}} if above else {}))
    for id in ("kari", "ola"):
        await put(record, patient(id))
        await put(record, observation(f"o-{id}", id))
    await put(record, stay("stay", "kari", "ward", "2026-11-20"))
    return House(record, definitions)


async def test_a_nurse_reads_those_on_the_ward_and_the_log_tells_why(house: House) -> None:
    stored = await house.ask(NURSE, "read", "Observation", "o-kari")
    assert stored.id == "o-kari"
    [told] = house.told
    assert (told.patient, told.action, told.interaction) == ("Patient/kari", "R", "read")
    assert told.resources == ("Observation/o-kari/_history/1",)
    assert (told.decision.permit, told.decision.basis, told.decision.reference) == (
        True,
        Basis.ADMISSION,
        "Encounter/stay",
    )
    assert (told.actor, told.request) == (NURSE, "r1")


async def test_a_record_out_of_reach_is_not_there_and_the_attempt_is_told(house: House) -> None:
    await house.refuses(NotFound, NURSE, "read", "Observation", "o-ola")
    [told] = house.told
    assert (told.patient, told.decision.permit, told.decision.basis) == (
        "Patient/ola",
        False,
        Basis.NO_RELATION,
    )
    await house.refuses(NotFound, NURSE, "read", "Observation", "nowhere")
    assert (house.told[1].patient, house.told[1].decision.basis) == ("", Basis.FAILED)


async def test_hidden_and_missing_are_answered_alike(house: House) -> None:
    texts = []
    for id in ("o-ola", "o-nix"):
        with pytest.raises(NotFound) as refused:
            await house.ask(NURSE, "read", "Observation", id)
        texts.append(str(refused.value).replace(id, "X"))
    assert texts[0] == texts[1]


async def test_a_leader_of_the_department_reaches_its_wards_and_not_the_other_way(house: House) -> None:
    await house.ask(worker("lege", "department"), "read", "Patient", "kari")
    await house.refuses(NotFound, worker("lege", "other"), "read", "Patient", "kari")
    await put(house.record, stay("o-stay", "ola", "department", "2026-11-20"))
    await house.refuses(NotFound, NURSE, "read", "Patient", "ola")


async def test_roles_that_serve_an_organisation_reach_all_its_units(house: House) -> None:
    await house.ask(worker("bioingenior", "other"), "read", "Observation", "o-kari")
    await house.refuses(Forbidden, worker("bioingenior", "other"), "read", "Composition", "c")


async def test_the_role_says_what_may_be_done_and_the_refusal_is_told(house: House) -> None:
    made = body("MedicationRequest", status="active")
    await house.refuses(Forbidden, worker("helsesekretaer"), "create", "MedicationRequest", made)
    assert house.told[-1].decision.basis is Basis.ROLE
    await house.refuses(Forbidden, NURSE, "delete", "Observation", "o-kari")
    await house.refuses(Forbidden, worker("administrator"), "search", "Observation", [])
    await house.refuses(
        Forbidden,
        worker("administrator"),
        "search",
        "Organization",
        [("_has:Encounter:service-provider:status", "in-progress")],
    )


async def test_a_page_is_told_of_once_for_each_citizen(house: House) -> None:
    await put(house.record, stay("o-stay", "ola", "ward", "2026-11-21"))
    page = await house.ask(NURSE, "search", "Observation", [("code", "8480-6")])
    assert len(page.entries) == 2
    assert sorted(told.patient for told in house.told) == ["Patient/kari", "Patient/ola"]
    assert {told.query for told in house.told} == {"code=8480-6"}
    house.told.clear()
    await house.ask(NURSE, "search", "Organization", [])
    assert [(told.citizen, told.decision.basis) for told in house.told] == [(0, Basis.SHARED)]


async def test_what_may_begin_care_begins_it(house: House) -> None:
    encoded = msgspec.json.encode(stay("arrival", "ola", "ward", "2026-11-23"))
    await house.refuses(NotFound, worker("legestudent"), "create", "Encounter", encoded)
    written = await house.ask(NURSE, "create", "Encounter", encoded)
    await house.ask(NURSE, "read", "Observation", "o-ola")
    assert house.told[-1].decision.reference == f"Encounter/{written.stored.id}"


async def test_emergency_access_opens_for_four_hours_with_a_reason(house: House) -> None:
    urgent = (grants.EMERGENCY, "ola", "")
    await house.refuses(Invalid, NURSE, "take", *urgent, " ")
    await house.refuses(Forbidden, worker("helsesekretaer"), "take", *urgent, "Bevisstløs")
    await house.refuses(NotFound, NURSE, "take", grants.EMERGENCY, "nobody", "", "Bevisstløs")
    task = await house.ask(NURSE, "take", *urgent, "Bevisstløs i gangen")
    await house.ask(NURSE, "read", "Observation", "o-ola")
    told = house.told[-1].decision
    assert (told.basis, told.reference) == (Basis.EMERGENCY, f"Task/{task.id}")
    await house.refuses(NotFound, worker("sykepleier", "other"), "read", "Observation", "o-ola")
    house.now += timedelta(hours=4, seconds=1)
    await house.refuses(NotFound, NURSE, "read", "Observation", "o-ola")


async def test_emergency_access_is_found_by_an_identity_number(house: House) -> None:
    await put(house.record, patient("ida", identifier=[{"system": "urn:x", "value": "1"}]))
    await house.ask(NURSE, "take", grants.EMERGENCY, "", "urn:x|1", "Bevisstløs i gangen")
    await house.ask(NURSE, "read", "Patient", "ida")
    await house.refuses(NotFound, NURSE, "take", grants.EMERGENCY, "", "urn:x|2", "Bevisstløs i gangen")


async def test_a_number_that_several_have_opens_the_one_in_use_and_no_guess(house: House) -> None:
    number = [{"system": "urn:x", "value": "1"}]
    await put(house.record, patient("before", identifier=number, active=False))
    await put(house.record, patient("now", identifier=number))
    await house.ask(NURSE, "take", grants.EMERGENCY, "", "urn:x|1", "Bevisstløs i gangen")
    await house.ask(NURSE, "read", "Patient", "now")
    await put(house.record, patient("too", identifier=number))
    await house.refuses(Conflict, NURSE, "take", grants.EMERGENCY, "", "urn:x|1", "Bevisstløs i gangen")


async def test_what_the_door_wrote_nobody_changes_or_forges(house: House) -> None:
    task = await house.ask(NURSE, "take", grants.EMERGENCY, "ola", "", "Bevisstløs i gangen")
    await house.refuses(Forbidden, NURSE, "delete", "Task", task.id)
    await house.refuses(Forbidden, NURSE, "update", "Task", task.id, task.body)
    plain = {"resourceType": "Task", "id": task.id, "status": "completed", "intent": "order"}
    other = msgspec.json.encode(plain)
    await house.refuses(Forbidden, NURSE, "update", "Task", task.id, other)
    patch = b'[{"op": "replace", "path": "/status", "value": "completed"}]'
    await house.refuses(Forbidden, NURSE, "patch", "Task", task.id, patch)
    someone = "PractitionerRole/x", "Practitioner/x"
    forged = grants.task(grants.EMERGENCY, "Patient/ola", *someone, "x", "2026", "2027")
    await house.refuses(Forbidden, NURSE, "create", "Task", msgspec.json.encode(forged))
    asked = questions.task(
        "Patient/kari", {"reference": KARI.person}, "AuditEvent/1-1", "x", "Hvorfor?", "2026"
    )
    await house.refuses(Forbidden, NURSE, "create", "Task", msgspec.json.encode(asked))


async def test_a_block_is_overridden_with_a_reason(house: House) -> None:
    await put(house.record, block("b", "kari", actor=shut_out("Organization/hospital")))
    await house.refuses(NotFound, NURSE, "read", "Observation", "o-kari")
    await house.ask(NURSE, "take", grants.OVERRIDE, "kari", "", "Livstruende blødning")
    await house.ask(NURSE, "read", "Observation", "o-kari")


async def test_citizens_read_their_own_record_and_what_was_withheld_stays_so(house: House) -> None:
    withheld = ("urn:oid:2.16.578.1.12.4.1.1.9603", "NORN_FFL")
    await put(house.record, observation("withheld", "kari", withheld))
    await put(house.record, observation("psychiatry", "kari", PSYCHIATRY))
    await put(house.record, block("b", "kari"))
    page = await house.ask(KARI, "search", "Observation", [])
    assert sorted(one.stored.id for one in page.entries) == ["o-kari", "psychiatry"]
    await house.refuses(NotFound, KARI, "read", "Observation", "withheld")
    await house.refuses(NotFound, KARI, "read", "Observation", "o-ola")
    await house.refuses(Forbidden, KARI, "update", "Observation", "o-kari", b"{}")
    assert house.told[0].decision.basis is Basis.SELF


async def test_entries_of_a_bundle_are_permitted_one_by_one(house: House) -> None:
    sent = bundle(
        entry("GET", "Observation/o-kari"),
        entry("GET", "Observation/o-ola"),
        entry("DELETE", "Observation/o-kari"),
        kind="batch",
    )
    _, answers = await house.ask(NURSE, "transact", sent)
    faults = [type(answer.fault) for answer in answers]
    assert faults == [type(None), NotFound, Forbidden]
    bases = sorted(told.decision.basis for told in house.told)
    assert bases == [Basis.ADMISSION, Basis.NO_RELATION, Basis.ROLE]
    whole = bundle(entry("DELETE", "Observation/o-kari"))
    await house.refuses(Forbidden, NURSE, "transact", whole)


async def test_nobody_and_unknown_roles_have_no_record(house: House) -> None:
    for actor in (Actor("", "", ""), Actor("Practitioner/x", "konge", "TREAT"), Actor.practice()):
        with pytest.raises(NotFound):
            async with house.journal.open(actor):
                pass


async def test_the_practice_actor_opens_the_whole_record_of_a_practice_site(
    record: Record, definitions: Definitions
) -> None:
    house = House(record, definitions, practice=True)
    written = await house.ask(Actor.practice(), "create", "Patient", body("Patient", gender="female"))
    assert (await house.ask(Actor.practice(), "read", "Patient", written.stored.id)).version == 1
    assert house.told[0].decision.basis is Basis.PRACTICE


async def test_searches_asked_together_are_told_of_as_if_each_were_asked_alone(house: House) -> None:
    asked = [
        Question("Observation", [("patient", "kari"), ("_sort", "-date")]),
        Question("Condition", [("patient", "kari")]),
        Question(None, [("_type", "Encounter,Observation"), ("patient", "Patient/kari")]),
    ]
    pages = await house.ask(NURSE, "search_together", asked)
    together = list(house.told)
    house.told.clear()
    for one in asked:
        await house.ask(NURSE, "search", *one[:2])
    assert together == house.told
    assert [bool(page.entries) for page in pages] == [True, False, True]
    assert [access.decision.permit for access in together] == [True, True, True]


async def test_searches_asked_together_of_somebody_out_of_reach_are_told_as_refused(house: House) -> None:
    await put(house.record, patient("siri"))
    await put(house.record, observation("o-siri", "siri"))
    asked = [Question("Observation", [("patient", "siri")]), Question("Condition", [("patient", "siri")])]
    pages = await house.ask(NURSE, "search_together", asked)
    assert [page.entries for page in pages] == [[], []]
    assert [access.decision.permit for access in house.told] == [False, False]


async def test_one_search_that_the_role_does_not_do_refuses_all_that_are_asked_with_it(house: House) -> None:
    asked = [Question(name, [("patient", "kari")]) for name in ("Observation", "Composition")]
    await house.refuses(Forbidden, worker("bioingenior"), "search_together", asked)
    assert [access.decision.permit for access in house.told] == [False, False]


async def test_who_has_cancelled_is_named_to_whom_it_was_with_and_nothing_more_is_told(house: House) -> None:
    parties = [
        {"actor": {"reference": one}, "status": "accepted"}
        for one in ("Patient/ola", "HealthcareService/here")
    ]
    hour = {"resourceType": "Appointment", "id": "hour", "status": "booked", "participant": parties}
    hour |= {"start": "2026-11-23T12:00:00Z", "end": "2026-11-23T12:30:00Z"}
    here = {"reference": "Organization/ward"}
    await put(house.record, {"resourceType": "HealthcareService", "id": "here", "providedBy": here})
    await put(house.record, hour)
    async with house.journal.open(NURSE) as journal:
        assert await journal.called_off(["hour"]) == {}
    await put(house.record, hour | {"status": "cancelled"})
    async with house.journal.open(NURSE) as journal:
        assert await journal.called_off(["hour", "none"]) == {"Patient/ola": "Ola"}
        with pytest.raises(NotFound):
            await journal.read("Patient", "ola")
    async with house.journal.open(worker("sykepleier", "office")) as journal:
        assert await journal.called_off(["hour"]) == {}
