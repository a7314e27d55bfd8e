"""Nobody opens a record, or a role with records, for themselves."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.conftest import put
from access.test_door import NURSE, House, house, worker
from fellesjournal.access.actor import Actor
from fellesjournal.access.guard.care import DAY, TASK_LASTS, TASK_LASTS_AT_MOST, care
from fellesjournal.access.policies import Policies
from fellesjournal.access.policy_names import PROFESSION, ROLE
from fellesjournal.access.rules import rules
from fellesjournal.errors import Forbidden
from fellesjournal.fhir.dates import date_bounds
from record.conftest import bundle, entry

__all__ = ["house"]

POLICIES = Policies()
ADMINISTRATOR = worker("administrator")
TWO_DAYS = {"start": "2026-11-23", "end": "2026-11-24"}
START = date_bounds("2026-11-23")[0]


def task(owner: str = NURSE.person, requester: str = "Practitioner/boss", **members: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "Task",
        "status": "requested",
        "intent": "order",
        "for": {"reference": "Patient/kari"},
        "owner": {"reference": owner},
        "authoredOn": "2026-11-23",
        **members,
    }
    return made | ({"requester": {"reference": requester}} if requester else {})


def role(policy: str = "lege", person: str = NURSE.person, **members: Any) -> dict[str, Any]:
    return {
        "resourceType": "PractitionerRole",
        "id": "given",
        "practitioner": {"reference": person},
        "organization": {"reference": "Organization/ward"},
        "code": [{"coding": [{"system": ROLE, "code": policy}]}],
        **members,
    }


@pytest.mark.parametrize(
    ("resource", "lasts"),
    [
        (task(), TASK_LASTS),
        (task(owner="Organization/ward", requester=""), TASK_LASTS),
        (task(authoredOn="2020-01-01", restriction={"period": TWO_DAYS}), 2 * DAY),
        (task(executionPeriod={"end": "2099-01-01"}), TASK_LASTS_AT_MOST),
        (task(requester=""), 0),
        (task(requester=NURSE.person), 0),
        (task(status="completed"), 0),
        (task(status="draft"), 0),
        ({name: value for name, value in task().items() if name != "authoredOn"}, 0),
    ],
)
def test_a_task_counts_when_somebody_else_gave_it_and_for_its_time(
    resource: dict[str, Any], lasts: int
) -> None:
    found = care(resource)
    assert [(one.low, one.high - one.low) for one in found] == ([(START, lasts)] if lasts else [])


@given(st.dates(), st.one_of(st.none(), st.dates()), st.booleans())
def test_no_task_opens_a_record_for_more_than_a_year(start: Any, end: Any, restricted: bool) -> None:
    period = {"start": start.isoformat()} | ({"end": end.isoformat()} if end else {})
    members = {"restriction": {"period": period}} if restricted else {"executionPeriod": period}
    for one in care(task(**members)):
        assert one.high - one.low <= TASK_LASTS_AT_MOST


@pytest.mark.parametrize(
    "forged",
    [
        task(requester="Practitioner/boss"),
        task(owner=NURSE.practitioner_role, requester=NURSE.person),
        task(owner="Practitioner/mate", requester="Practitioner/boss"),
    ],
)
async def test_nobody_gives_a_task_in_the_name_of_another(house: House, forged: dict[str, Any]) -> None:
    body = msgspec.json.encode(forged)
    await house.refuses(Forbidden, NURSE, "create", "Task", body)
    await house.refuses(Forbidden, NURSE, "transact", bundle(entry("POST", "Task", forged)))
    honest = await house.ask(NURSE, "create", "Task", msgspec.json.encode(task(requester="")))
    place = honest.stored.id
    await house.refuses(
        Forbidden, NURSE, "update", "Task", place, msgspec.json.encode(forged | {"id": place})
    )
    patch = [
        {"op": "add", "path": "/requester", "value": forged["requester"]},
        {"op": "replace", "path": "/owner", "value": forged["owner"]},
    ]
    await house.refuses(Forbidden, NURSE, "patch", "Task", place, msgspec.json.encode(patch))


async def test_a_task_that_another_gave_is_worked_on_but_not_lengthened(house: House) -> None:
    await put(house.record, task() | {"id": "work"})
    started = msgspec.json.encode(task(status="in-progress") | {"id": "work"})
    assert (await house.ask(NURSE, "update", "Task", "work", started)).stored.version == 2
    longer = task(restriction={"period": {"start": "2026-11-23", "end": "2027-11-01"}}) | {"id": "work"}
    await house.refuses(Forbidden, NURSE, "update", "Task", "work", msgspec.json.encode(longer))
    mate = msgspec.json.encode(task(owner="Practitioner/mate", requester=NURSE.person))
    await house.ask(NURSE, "create", "Task", mate)


@pytest.mark.parametrize("policy", sorted(one.name for one in POLICIES.all()))
def test_an_administrator_gives_themselves_no_role_with_records(policy: str) -> None:
    rule = dict(rules(ADMINISTRATOR, POLICIES))["PractitionerRole"]
    rule(role(policy, "Practitioner/other"), None)
    if policy in ("administrator", "faggruppe", "kalender"):
        rule(role(policy), None)
    else:
        with pytest.raises(Forbidden, match="Nobody gives themselves"):
            rule(role(policy), None)


async def test_nor_by_any_other_path(house: House) -> None:
    await put(house.record, {"resourceType": "Practitioner", "id": "nina", "identifier": [{"value": "1"}]})
    await put(house.record, role(person="Practitioner/other"))
    sent = role() | {"code": [{"coding": [{"system": PROFESSION, "code": "LE"}]}]}
    for name, arguments in (
        ("update", ("PractitionerRole", "given", msgspec.json.encode(sent))),
        ("create", ("PractitionerRole", msgspec.json.encode(sent))),
        ("transact", (bundle(entry("PUT", "PractitionerRole/given", role())),)),
        ("patch", ("PractitionerRole", "given", _patch("/practitioner/reference", NURSE.person))),
        ("patch", ("Practitioner", "nina", _patch("/identifier/0/value", "2"))),
    ):
        await house.refuses(Forbidden, ADMINISTRATOR, name, *arguments)


async def test_a_role_that_was_given_is_an_event_of_its_own(house: House) -> None:
    other = role(person="Practitioner/other", period={"start": "2026-11-01"})
    await house.ask(ADMINISTRATOR, "update", "PractitionerRole", "given", msgspec.json.encode(other))
    wrote, given_ = house.told
    assert (wrote.interaction, given_.interaction, given_.actor) == ("update", "role-given", ADMINISTRATOR)
    assert given_.decision.reason == (
        "Practitioner/other: lege (lege) at Organization/ward, 2026-11-01 to ..."
    )
    await house.ask(ADMINISTRATOR, "transact", bundle(entry("DELETE", "PractitionerRole/given")))
    assert [one.interaction for one in house.told[2:]] == ["transaction", "role-ended"]
    await house.ask(ADMINISTRATOR, "search", "PractitionerRole", [])
    assert house.told[-1].interaction == "search-type"


def _patch(path: str, value: str) -> bytes:
    return msgspec.json.encode([{"op": "replace", "path": path, "value": value}])


async def test_what_a_put_creates_is_told_as_created(house: House) -> None:
    made = {"resourceType": "Organization", "id": "new", "name": "x"}
    for sent in (made, made | {"name": "y"}):
        await house.ask(ADMINISTRATOR, "update", "Organization", "new", msgspec.json.encode(sent))
    entries = [
        entry("PUT", "Organization/newer", made | {"id": "newer"}),
        entry("PUT", "Organization/new", made),
    ]
    await house.ask(ADMINISTRATOR, "transact", bundle(*entries))
    assert [one.action for one in house.told] == ["C", "U", "C", "U"]
    known = [("name", "x")]
    await house.ask(
        ADMINISTRATOR,
        "create",
        "Organization",
        msgspec.json.encode(made),
        if_none_exist=[("_id", "new"), *known],
    )
    assert (house.told[-1].action, house.told[-1].interaction) == ("R", "create")


def answers(author: str = "Patient/kari", **members: Any) -> dict[str, Any]:
    made = {"resourceType": "QuestionnaireResponse", "status": "completed", **members}
    return made | {"subject": {"reference": "Patient/kari"}, "author": {"reference": author}}


async def test_a_citizen_sends_answers_in_their_own_name_and_changes_none(house: House) -> None:
    kari = Actor("Patient/kari", "innbygger", "PATRQT")
    for forged in ("Practitioner/boss", "Patient/ola"):
        body = msgspec.json.encode(answers(forged))
        await house.refuses(Forbidden, kari, "create", "QuestionnaireResponse", body)
        await house.refuses(
            Forbidden, kari, "transact", bundle(entry("POST", "QuestionnaireResponse", answers(forged)))
        )
    sent = await house.ask(kari, "create", "QuestionnaireResponse", msgspec.json.encode(answers()))
    place = sent.stored.id
    changed = msgspec.json.encode(answers(status="amended") | {"id": place})
    await house.refuses(Forbidden, kari, "update", "QuestionnaireResponse", place, changed)
    patch = [{"op": "replace", "path": "/status", "value": "entered-in-error"}]
    await house.refuses(Forbidden, kari, "patch", "QuestionnaireResponse", place, msgspec.json.encode(patch))
    await house.refuses(Forbidden, kari, "delete", "QuestionnaireResponse", place)
    note = {"resourceType": "Composition"}
    await house.refuses(Forbidden, kari, "create", "Composition", msgspec.json.encode(note))
