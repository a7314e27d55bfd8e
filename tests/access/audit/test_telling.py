"""The citizen's log: read in order, told in plain words."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit import reading, telling
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.reading import Logged, Place, Span
from fellesjournal.access.audit.searching import asked, search
from fellesjournal.access.audit.telling import LANGUAGES, Teller
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.policies import Policies
from fellesjournal.errors import Invalid, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.terms import key_of

KARI = Actor(
    "Practitioner/kari",
    "sykepleier",
    "TREAT",
    display="Kari Prøve",
    unit="Organization/testhaugen",
    unit_display="Testhaugen hjemmetjeneste",
)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
APPOINTMENT = Decision(True, Basis.APPOINTMENT, "Appointment/3")
TELLER = Teller(Policies())
REFUSALS = (Basis.NO_RELATION, Basis.BLOCKED, Basis.ROLE, Basis.WITHHELD, Basis.FAILED)


def access(**changed: Any) -> Access:
    known: dict[str, Any] = {
        "moment": NOW,
        "actor": KARI,
        "action": "R",
        "interaction": "search-type",
        "citizen": key_of("Patient/7"),
        "patient": "Patient/7",
        "resources": ("MedicationStatement/1/_history/2",),
        "query": "patient=7",
        "decision": APPOINTMENT,
        "request": "r1",
    }
    return Access(**known | changed)


async def logged(pool: asyncpg.Pool, *accesses: Access) -> Sequence[Logged]:
    await Log(pool, lambda: NOW).write(accesses)
    async with pool.acquire() as connection:
        return await reading.of_citizen(connection, accesses[0].citizen)


async def told(pool: asyncpg.Pool, one: Access) -> tuple[str, str]:
    (entry,) = await logged(pool, one)
    return TELLER.sentence(entry, "nb"), TELLER.sentence(entry, "en")


async def test_a_nurse_who_opens_the_list_of_medicines_is_told_in_plain_words(pool: asyncpg.Pool) -> None:
    assert await told(pool, access()) == (
        "Sykepleier Kari Prøve ved Testhaugen hjemmetjeneste åpnet legemiddellisten fordi du hadde time.",
        "Nurse Kari Prøve at Testhaugen hjemmetjeneste opened the list of medicines because you had an"
        " appointment.",
    )


async def test_a_hit_in_a_worklist_is_told_apart_from_opening(pool: asyncpg.Pool) -> None:
    met, _ = await told(pool, access(query="status=active&_sort=-date"))
    assert " fikk opp, i et søk eller en liste, legemiddellisten " in met


async def test_a_chain_to_the_patient_names_whose_record_it_is(pool: asyncpg.Pool) -> None:
    opened, _ = await told(pool, access(query="code=1&patient.identifier=1"))
    assert " åpnet " in opened


async def test_the_citizen_is_addressed(pool: asyncpg.Pool) -> None:
    own = access(
        actor=Actor("Patient/7", "innbygger", "PATRQT", display="Ola"), decision=Decision(True, Basis.SELF)
    )
    assert await told(pool, own) == ("Du åpnet legemiddellisten.", "You opened the list of medicines.")


async def test_the_reason_for_emergency_access_is_told(pool: asyncpg.Pool) -> None:
    decision = Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs")
    sentence, _ = await told(pool, access(interaction="read", query="", decision=decision))
    assert sentence.endswith("åpnet legemiddellisten på nødrett. Oppgitt grunn: «Bevisstløs».")


async def test_a_refused_attempt_is_told_as_one(pool: asyncpg.Pool) -> None:
    refused = access(interaction="read", query="", decision=Decision(False, Basis.NO_RELATION))
    sentence, english = await told(pool, refused)
    assert "prøvde å åpne legemiddellisten, men fikk det ikke" in sentence
    assert "tried to open the list of medicines, and was refused" in english


async def test_a_person_and_a_unit_that_are_withheld_are_not_named(pool: asyncpg.Pool) -> None:
    (entry,) = await logged(pool, access())
    hidden = TELLER.sentence(entry, "nb", frozenset({KARI.person, KARI.unit}))
    assert hidden.startswith("En person som ikke oppgis ved en enhet som ikke oppgis åpnet")
    assert "Kari" not in hidden
    assert "Testhaugen" not in hidden
    assert "Sykepleier" not in hidden


async def test_many_kinds_of_information_are_not_all_listed(pool: asyncpg.Pool) -> None:
    types = ("Condition", "Immunization", "Consent", "Communication", "Goal")
    sentence, _ = await told(pool, access(resources=tuple(f"{name}/1/_history/1" for name in types)))
    assert "åpnet diagnoser, vaksiner, sperringer og samtykker med mer fordi" in sentence


async def test_without_a_resource_it_is_the_record(pool: asyncpg.Pool) -> None:
    sentence, _ = await told(pool, access(resources=()))
    assert "åpnet journalen fordi" in sentence


async def test_a_patient_that_was_opened_is_personal_details(pool: asyncpg.Pool) -> None:
    sentence, _ = await told(pool, access(interaction="read", resources=("Patient/7/_history/1",)))
    assert "åpnet personopplysninger fordi" in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("basis", list(Basis))
async def test_every_ground_has_its_words(pool: asyncpg.Pool, basis: Basis, language: str) -> None:
    (entry,) = await logged(pool, access(decision=Decision(basis not in REFUSALS, basis)))
    sentence = TELLER.sentence(entry, language)
    assert sentence.endswith(".")
    assert basis is Basis.SELF or TELLER.sentence(replace(entry, basis="self"), language) != sentence


def test_every_type_of_r4_has_words_in_both_languages(definitions: Definitions) -> None:
    words = [[TELLER.kind_of(name, lang) for lang in LANGUAGES] for name in definitions.resource_types]
    assert len(words) == len(definitions.resource_types)
    assert all(nb and en for nb, en in words)


def test_the_catalogue_says_everything_in_both_languages() -> None:
    catalogue = tomllib.loads(Path(telling.__file__).with_name("words.toml").read_text())
    said = [(word, entry) for chapter in catalogue.values() for word, entry in chapter.items()]
    assert [word for word, entry in said if set(entry) != set(LANGUAGES)] == []
    assert catalogue["done"].keys() == catalogue["tried"].keys()
    assert set(catalogue["why"]) == {basis.value for basis in Basis}


async def test_a_citizens_log_is_read_newest_first_page_by_page(pool: asyncpg.Pool) -> None:
    await logged(pool, *(access(moment=NOW + timedelta(minutes=n // 2)) for n in range(9)))
    async with pool.acquire() as connection:
        place, seen = Place(), []
        while page := await reading.of_citizen(connection, key_of("Patient/7"), after=place, count=2):
            seen += [(entry.moment, entry.number) for entry in page]
            place = page[-1].place
    assert len(seen) == 9
    assert seen == sorted(seen, reverse=True)


async def test_only_the_span_asked_for_is_read(pool: asyncpg.Pool) -> None:
    await logged(pool, access(), access(moment=NOW + timedelta(hours=1)))
    async with pool.acquire() as connection:
        span = Span(NOW, NOW + timedelta(hours=1))
        found = await reading.of_citizen(connection, key_of("Patient/7"), span)
    assert [entry.moment for entry in found] == [NOW]


async def test_audit_events_are_searched_by_patient_agent_action_and_date(pool: asyncpg.Pool) -> None:
    other = Actor("Practitioner/ola", "lege", "TREAT", display="Ola")
    await logged(
        pool,
        access(),
        access(actor=other, action="U", interaction="update"),
        access(citizen=key_of("Patient/8"), patient="Patient/8", actor=other),
        access(moment=NOW + timedelta(days=1)),
    )

    async def number(*parameters: tuple[str, str]) -> int:
        async with pool.acquire() as connection:
            return len((await search(connection, list(parameters))).entries)

    assert await number(("patient", "7")) == 3
    assert await number(("patient", "Patient/7"), ("agent", "Practitioner/ola")) == 1
    assert await number(("agent", "Practitioner/ola")) == 2
    assert await number(("agent", "Practitioner/ola"), ("action", "U")) == 1
    assert await number(("patient", "7"), ("action", "R")) == 2
    assert await number(("patient", "7"), ("date", "2026-11-23")) == 2
    assert await number(("patient", "7"), ("date", "gt2026-11-23")) == 1
    assert await number(("patient", "7"), ("date", "ge2026-11-23"), ("date", "lt2026-11-24")) == 2
    assert await number(("patient", "9")) == 0


async def test_the_next_link_goes_on_where_the_page_ended(pool: asyncpg.Pool) -> None:
    await logged(pool, *(access() for _ in range(5)))
    parameters: Any = [("patient", "7"), ("_count", "2")]
    ids: list[str] = []
    async with pool.acquire() as connection:
        while parameters:
            page = await search(connection, parameters)
            ids += [entry.stored.id for entry in page.entries]
            parameters = page.next
        citizen, entry = await reading.by_id(connection, ids[0])
    assert len(ids) == len(set(ids)) == 5
    assert (citizen, entry.id) == (key_of("Patient/7"), ids[0])


@pytest.mark.parametrize(
    "parameters",
    [
        [],
        [("date", "2026")],
        [("patient", "7"), ("outcome", "0")],
        [("patient", "7"), ("patient", "8")],
        [("patient", "Group/7")],
        [("agent", "kari")],
        [("patient", "7"), ("action", "X")],
        [("patient", "7"), ("date", "ne2026")],
        [("patient", "7"), ("date", "soon")],
        [("patient", "7"), ("_count", "-1")],
        [("patient", "7"), ("_cursor", "1.2")],
        [("patient", "7"), ("_cursor", f"1.{2**63}.2")],
    ],
)
def test_a_question_that_is_not_understood_is_refused(parameters: list[tuple[str, str]]) -> None:
    with pytest.raises(Invalid):
        asked(parameters)


@pytest.mark.parametrize("id", ["", "1", "a-b", "1-2", "²-1", "9" * 30 + "-1"])
async def test_an_entry_that_is_not_there_is_not_found(pool: asyncpg.Pool, id: str) -> None:
    async with pool.acquire() as connection:
        with pytest.raises(NotFound):
            await reading.by_id(connection, id)
