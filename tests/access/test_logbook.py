"""Who reads what of the log, and what it tells of who was looked up, met on a list, or turned away."""

from dataclasses import replace
from typing import Any

import asyncpg
import msgspec
import pytest

from access.conftest import block, observation, patient, put, stay
from access.test_door import KARI, NOW, NURSE, House, house, worker
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.sentences import Sentences
from fellesjournal.access.decision import Basis
from fellesjournal.access.granted import granted
from fellesjournal.access.guard import grants
from fellesjournal.access.journal import Journal
from fellesjournal.access.logbook import Logbook
from fellesjournal.access.policies import Policies
from fellesjournal.errors import Forbidden, Invalid, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from record.conftest import bundle, entry

__all__ = ["house"]

OFFICER = Actor(
    "Practitioner/petra", "personvernombud", "HOPERAT", display="Petra Prøve", unit="Organization/o"
)
OLA = Actor("Patient/ola", "innbygger", "PATRQT")


@pytest.fixture
def logged(house: House, pool: asyncpg.Pool) -> House:
    """The same house, with a log that is kept and can be read."""
    log, told = Log(pool, lambda: NOW), house.told

    async def write(accesses: Any) -> None:
        told.extend(accesses)
        await log.write(accesses)

    journal = house.journal
    logbook = Logbook(pool, Sentences(Policies()))
    house.journal = Journal(house.record, journal._scoping, write, journal._explaining, logbook)
    return house


async def ids(house: House, actor: Actor, *parameters: tuple[str, str]) -> list[str]:
    page = await house.ask(actor, "search", "AuditEvent", list(parameters))
    return [one.stored.id for one in page.entries]


async def test_citizens_read_their_own_log_and_nobody_elses(logged: House, definitions: Definitions) -> None:
    await logged.ask(NURSE, "read", "Observation", "o-kari")
    page = await logged.ask(KARI, "search", "AuditEvent", [("patient", "Patient/kari")])
    [event] = [msgspec.json.decode(one.stored.body) for one in page.entries]
    assert Validator(definitions).validate(event) == []
    assert event["agent"][0]["who"] == {"display": "Nina Nyseng", "reference": "Practitioner/nina"}
    assert await ids(logged, KARI, ("agent", "Practitioner/nina")) == [event["id"]]
    assert await ids(logged, OLA, ("patient", "kari")) == []
    assert event["id"] not in await ids(logged, OLA)
    assert (await logged.ask(KARI, "read", "AuditEvent", event["id"])).body == page.entries[0].stored.body
    await logged.refuses(NotFound, OLA, "read", "AuditEvent", event["id"])
    for id in ("1-99", "1", "x-y", "99999999999999999999-1"):
        await logged.refuses(NotFound, KARI, "read", "AuditEvent", id)


async def test_who_stands_on_a_list_together_reads_nothing_of_the_others(
    logged: House, pool: asyncpg.Pool
) -> None:
    for resource in (
        patient("ola"),
        stay("o-stay", "ola", "ward", "2026-11-20"),
        observation("o-ola", "ola"),
    ):
        await put(logged.record, resource)
    await logged.ask(NURSE, "search", "Observation", [("code", "8480-6")])
    assert await pool.fetchval("select count(*) from audit_met") == 2
    for actor, own, other in ((KARI, b"kari", b"ola"), (OLA, b"ola", b"kari")):
        [told] = (await logged.ask(actor, "search", "AuditEvent", [("agent", "Practitioner/nina")])).entries
        assert told.stored.body is not None
        assert own in told.stored.body
        assert other not in told.stored.body
        stranger = KARI if actor is OLA else OLA
        await logged.refuses(NotFound, stranger, "read", "AuditEvent", told.stored.id)
        assert (await logged.ask(actor, "read", "AuditEvent", told.stored.id)).body == told.stored.body


async def test_a_health_worker_reads_own_acts_and_no_other(logged: House) -> None:
    await logged.ask(NURSE, "read", "Observation", "o-kari")
    other = Actor(
        "Practitioner/olav", "lege", "TREAT", practitioner_role="PractitionerRole/p", unit="Organization/ward"
    )
    await logged.ask(other, "read", "Observation", "o-kari")
    assert len(await ids(logged, NURSE, ("patient", "kari"))) == 1
    assert await ids(logged, NURSE, ("agent", "Practitioner/olav")) == []
    [mine] = await ids(logged, other, ("patient", "kari"))
    await logged.refuses(NotFound, NURSE, "read", "AuditEvent", mine)


async def test_the_privacy_officer_reads_everybodys_and_that_is_told(logged: House) -> None:
    await logged.ask(NURSE, "read", "Observation", "o-kari")
    assert len(await ids(logged, OFFICER, ("patient", "Patient/kari"))) == 1
    told = logged.told[-1]
    assert (told.patient, told.decision.basis, told.asked) == ("Patient/kari", Basis.OVERSIGHT, "AuditEvent")
    assert len(await ids(logged, OFFICER, ("agent", "Practitioner/nina"))) == 1
    assert len(await ids(logged, OFFICER)) == 3
    texts = [line.text for line in (await logged.ask(KARI, "access_log", "kari", [])).lines]
    assert (
        texts[0]
        == "Personvernombud Petra Prøve åpnet innsynsloggen for å følge opp hvem som har brukt journalen."
    )


async def test_an_app_reads_the_log_of_the_one_patient_it_was_granted(logged: House) -> None:
    await put(logged.record, stay("o-stay", "ola", "ward", "2026-11-20"))
    for id in ("kari", "ola"):
        await logged.ask(NURSE, "read", "Patient", id)
    app = replace(NURSE, app="growth", granted=granted("patient/*.rs", "Patient/kari"))
    own, [of_ola] = await ids(logged, NURSE), await ids(logged, NURSE, ("patient", "ola"))
    assert of_ola in own
    assert of_ola not in await ids(logged, app)
    assert len(await ids(logged, app, ("patient", "kari"))) > 0
    assert await ids(logged, app, ("patient", "ola")) == await ids(logged, app, ("_id", of_ola)) == []
    await logged.refuses(NotFound, app, "read", "AuditEvent", of_ola)
    citizen = replace(KARI, app="growth", granted=granted("patient/*.rs", "Patient/ola"))
    assert await ids(logged, citizen) == []
    await logged.refuses(Forbidden, citizen, "access_log", "kari", [])


async def test_nobody_writes_the_log(logged: House) -> None:
    sent = b'{"resourceType": "AuditEvent"}'
    for actor in (NURSE, OFFICER, worker("fagsystem")):
        for name, arguments in {
            "create": ("AuditEvent", sent),
            "update": ("AuditEvent", "1-1", sent),
            "patch": ("AuditEvent", "1-1", b"[]"),
            "delete": ("AuditEvent", "1-1"),
            "delete_where": ("AuditEvent", [("_id", "1-1")]),
            "history": ("AuditEvent", "1-1", []),
            "vread": ("AuditEvent", "1-1", 1),
        }.items():
            await logged.refuses(Forbidden, actor, name, *arguments)
    _, [answer] = await logged.ask(NURSE, "transact", bundle(entry("GET", "AuditEvent/1-1"), kind="batch"))
    assert isinstance(answer.fault, Forbidden)


async def test_the_log_is_read_by_pages_that_neither_skip_nor_repeat(logged: House) -> None:
    for _ in range(7):
        await logged.ask(NURSE, "read", "Observation", "o-kari")
    whole = await ids(logged, OFFICER, ("patient", "kari"), ("agent", "Practitioner/nina"))
    paged: list[str] = []
    following = [("patient", "kari"), ("agent", "Practitioner/nina"), ("_count", "3")]
    while following is not None:
        page = await logged.ask(OFFICER, "search", "AuditEvent", following)
        assert len(page.entries) <= 3
        paged += [one.stored.id for one in page.entries]
        following = page.next
    assert (len(whole), paged) == (7, whole)


async def test_the_log_is_asked_by_time_action_outcome_and_id(logged: House) -> None:
    await logged.ask(NURSE, "read", "Observation", "o-kari")
    await put(logged.record, observation("o-new", "kari"))
    await logged.ask(
        NURSE, "update", "Observation", "o-new", msgspec.json.encode(observation("o-new", "kari"))
    )
    await logged.refuses(Forbidden, NURSE, "delete", "Observation", "o-kari")
    of_kari = ("patient", "kari")
    [deleted, updated, read] = await ids(logged, KARI, of_kari)
    assert await ids(logged, KARI, ("action", "U")) == [updated]
    assert await ids(logged, OFFICER, of_kari, ("outcome", "4")) == [deleted]
    assert await ids(logged, OFFICER, ("_id", f"{read},{updated}"), ("action", "R")) == [read]
    assert await ids(logged, OFFICER, of_kari, ("date", "lt2026-11-23")) == []
    assert len(await ids(logged, OFFICER, of_kari, ("date", "2026-11-23"), ("date", "ge2026"))) >= 3
    for wrong in (
        ("entity", "x"), ("date", "ne2026"), ("patient", "Group/1"), ("agent", "nina"), ("_sort", "date"),
        ("_count", "0"), ("_total", "accurate"), ("_cursor", "x"), ("_summary", "count"), ("patient", ""),
    ):  # fmt: skip
        await logged.refuses(Invalid, OFFICER, "search", "AuditEvent", [wrong])


async def test_the_citizens_log_is_in_plain_words_and_what_one_person_does_at_a_time_is_one_line(
    logged: House,
) -> None:
    nina = Actor(
        "Practitioner/nina", "sykepleier", "TREAT", "Nina Nyseng", "PractitionerRole/nina-ward",
        "Organization/ward", "Sengepost 4",
    )  # fmt: skip
    for _ in range(2):
        await logged.ask(nina, "read", "Observation", "o-kari")
    await logged.ask(nina, "read", "Patient", "kari")
    await logged.ask(nina, "search", "Observation", [("code", "8480-6")])
    page = await logged.ask(KARI, "access_log", "kari", [])
    assert [line.text for line in page.lines] == [
        "Sykepleier Nina Nyseng ved Sengepost 4 så målinger og funn på en liste der du sto "
        "fordi du er eller nylig var innlagt der.",
        "Sykepleier Nina Nyseng ved Sengepost 4 åpnet målinger og funn og kjerneinformasjonen "
        "fordi du er eller nylig var innlagt der.",
    ]
    assert [(len(line.events), line.listed, line.attempt) for line in page.lines] == [
        (1, True, False),
        (3, False, False),
    ]
    again = await logged.ask(KARI, "access_log", "kari", [("language", "en"), ("_count", "1")])
    assert [line.text for line in again.lines] == ["You opened the access log."]
    assert again.next is not None
    later = await logged.ask(KARI, "access_log", "kari", again.next)
    assert later.lines[0].listed
    for actor in (NURSE, OLA):
        await logged.refuses(NotFound, actor, "access_log", "kari", [])
    await logged.refuses(Invalid, KARI, "access_log", "kari", [("language", "de")])
    await logged.refuses(Invalid, KARI, "access_log", "kari", [("agent", "Practitioner/1")])


async def test_a_search_about_somebody_out_of_reach_is_an_attempt(logged: House) -> None:
    page = await logged.ask(NURSE, "search", "Observation", [("patient", "Patient/ola")])
    assert page.entries == []
    [line] = (await logged.ask(OLA, "access_log", "ola", [])).lines
    assert line.attempt
    assert "prøvde å åpne målinger og funn, men fikk det ikke" in line.text
    await logged.ask(NURSE, "search", "Observation", [("patient", "Patient/nix")])
    assert logged.told[-1].citizen == 0


@pytest.mark.parametrize("kind", ["create", "batch", "transaction"])
async def test_what_one_tries_to_write_of_somebody_out_of_reach_is_an_attempt(
    logged: House, kind: str
) -> None:
    made = {name: value for name, value in observation("x", "ola").items() if name != "id"}
    sent = bundle(entry("POST", "Observation", made), kind="transaction" if kind == "create" else kind)
    if kind == "batch":
        await logged.ask(NURSE, "transact", sent)
    elif kind == "transaction":
        await logged.refuses(NotFound, NURSE, "transact", sent)
    else:
        await logged.refuses(NotFound, NURSE, "create", "Observation", msgspec.json.encode(made))
    [line] = (await logged.ask(OLA, "access_log", "ola", [])).lines
    assert line.attempt
    assert "Nina Nyseng" in line.text
    assert "prøvde å" in line.text


async def test_a_search_about_somebody_within_reach_that_finds_nothing_is_told_too(logged: House) -> None:
    await logged.ask(NURSE, "search", "Condition", [("patient", "Patient/kari")])
    told = logged.told[-1]
    assert (told.patient, told.decision.basis, told.resources) == ("Patient/kari", Basis.ADMISSION, ())


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ([("subject", "Patient/kari")], True),
        ([("patient.family", "Kari")], True),
        ([("subject:Patient.name", "Kari")], True),
        ([("code", "8480-6")], False),
        ([("encounter.class", "IMP"), ("status", "final")], False),
    ],
)
async def test_whom_a_search_names_is_told_from_whom_it_meets(
    logged: House, parameters: list[tuple[str, str]], named: bool
) -> None:
    linked = observation("o-kari", "kari") | {"encounter": {"reference": "Encounter/stay"}}
    await put(logged.record, linked)
    await logged.ask(NURSE, "search", "Observation", parameters)
    assert [told.named for told in logged.told] == [named]


async def test_emergency_access_and_overridden_blocks_are_told_with_their_reason(logged: House) -> None:
    await put(logged.record, block("b", "kari"))
    await logged.ask(NURSE, "take", grants.OVERRIDE, "kari", "", "Livstruende blødning")
    await logged.ask(NURSE, "take", grants.EMERGENCY, "ola", "", "Bevisstløs")
    logged.told.clear()
    for id in ("o-kari", "o-ola"):
        await logged.ask(NURSE, "read", "Observation", id)
    reasons = [(told.decision.basis, told.decision.reason) for told in logged.told]
    assert reasons == [(Basis.OVERRIDE, "Livstruende blødning"), (Basis.EMERGENCY, "Bevisstløs")]
    [line] = (await logged.ask(OLA, "access_log", "ola", [])).lines
    assert line.text.endswith(
        "med nødtilgang, som er til for når det haster med hjelp. Begrunnelse: «Bevisstløs»."
    )


async def test_what_a_block_hides_is_told_as_held_back(logged: House) -> None:
    await put(logged.record, block("b", "kari"))
    await logged.refuses(NotFound, NURSE, "read", "Observation", "o-kari")
    assert logged.told[-1].decision.basis is Basis.WITHHELD


async def test_who_is_registered_for_the_first_time_is_told_so(logged: House) -> None:
    new = {name: value for name, value in patient("ny").items() if name != "id"}
    await logged.ask(NURSE, "create", "Patient", msgspec.json.encode(new))
    assert logged.told[-1].decision.basis is Basis.OPENING


async def test_no_query_is_spent_on_telling_why_a_record_is_open_again(
    logged: House, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(logged.record, stay("o-stay", "ola", "ward", "2026-11-21"))
    for actor, id in ((NURSE, "o-kari"), (NURSE, "o-ola"), (KARI, "o-kari")):
        await logged.ask(actor, "read", "Observation", id)
    monkeypatch.setattr(type(logged.record), "grounds", None)
    for actor, id in ((NURSE, "o-kari"), (NURSE, "o-ola"), (KARI, "o-kari")):
        await logged.ask(actor, "read", "Observation", id)
    assert len(logged.told) == 6
