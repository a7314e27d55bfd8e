"""The privacy officer's commands, run as a person runs them."""

import gzip
from pathlib import Path

import asyncpg
import msgspec
import pytest

from access.audit.test_log import NOW, access, tamper
from access.conftest import clock, patient, put, record
from access.test_door import House
from app.prepared import Environment
from app.processes import environment_for, fellesjournal
from fellesjournal.access.audit import reading
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.reading import FROM_THE_END, Asked
from fellesjournal.access.bulk import EXPORTER
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.guard import grants
from fellesjournal.app import audit_commands
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.record import Record

__all__ = ["clock", "record"]


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> Environment:
    return environment_for(tmp_path) | {"DATABASE_URL": database_url}


async def test_the_log_is_proven_and_a_change_is_told_with_exit_code_1(
    pool: asyncpg.Pool, environment: Environment, tmp_path: Path
) -> None:
    await Log(pool, lambda: NOW).write([access(number) for number in range(1, 10)])
    heads = tmp_path / "heads.json"
    good = fellesjournal(environment, "audit", "verify", "--write-heads", str(heads))
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("10 entries in 1 chains: nothing has been changed, in ")
    await tamper(pool, "delete from audit_event where number = 10")
    assert fellesjournal(environment, "audit", "verify", "--month", "2026-11").returncode == 0
    cut = fellesjournal(environment, "audit", "verify", "--heads", str(heads))
    assert cut.returncode == 1
    assert "has lost its end: the heads given knew of entry 10." in cut.stdout
    await tamper(pool, "update audit_event set role = 'lege' where number = 4")
    changed = fellesjournal(environment, "audit", "verify")
    assert changed.returncode == 1
    assert "entry 4 (2026-11-23 10:00:00 UTC) has been changed" in changed.stdout
    assert "1 faults" in changed.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["verify", "--month", "november"], "'november' is not a month: write 2026-11."),
        (["export", "--month", "2026-13", "x.gz"], "'2026-13' is not a month: write 2026-11."),
        (["verify", "--heads", "nowhere.json"], "There is no file nowhere.json."),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    environment: Environment, arguments: list[str], says: str
) -> None:
    refused = fellesjournal(environment, "audit", *arguments)
    assert (refused.returncode, refused.stdout, refused.stderr.strip()) == (1, "", says)


@pytest.mark.parametrize("content", ["", "[]", '{"1": 2}', '{"x": [1, "ab"]}'])
def test_a_file_of_something_else_holds_no_heads(tmp_path: Path, content: str) -> None:
    (tmp_path / "heads").write_text(content)
    with pytest.raises(Trouble, match="is not a file that"):
        audit_commands.read_heads(tmp_path / "heads")


async def test_a_month_is_exported_as_audit_events(
    pool: asyncpg.Pool, environment: Environment, tmp_path: Path, definitions: Definitions
) -> None:
    on_a_list = [access(number, named=False) for number in (4, 5)]
    await Log(pool, lambda: NOW).write([*(access(number) for number in range(1, 4)), *on_a_list])
    file = tmp_path / "november.ndjson.gz"
    done = fellesjournal(environment, "audit", "export", "--month", "2026-11", str(file))
    assert (done.returncode, done.stdout) == (0, f"5 AuditEvents of 2026-11 are in {file}.\n")
    events = [msgspec.json.decode(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert [Validator(definitions).validate(event) for event in events] == [[]] * 5
    told = {event["entity"][0]["what"]["reference"]: event["id"] for event in events}
    assert sorted(told) == [f"Patient/{number}" for number in range(1, 6)]
    assert len(set(told.values())) == 5
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []  # noqa: ASYNC240 -- a test
    (taken,) = await reading.accesses(pool, Asked(person=EXPORTER.person), FROM_THE_END, 10)
    assert (taken.access.asked, taken.access.query, taken.access.citizen) == ("AuditEvent", "date=2026-11", 0)


async def test_the_privacy_officer_is_told_what_to_look_at(
    pool: asyncpg.Pool, record: Record, environment: Environment, definitions: Definitions
) -> None:
    actor = access().actor
    await put(record, patient("ola"))
    house = House(record, definitions)
    task = await house.ask(actor, "take", grants.EMERGENCY, "ola", "", "Bevisstløs [i gangen]")
    listed = fellesjournal(environment, "audit", "emergencies")
    assert listed.stdout == (
        f"2026-11-23T10:00:00+00:00 Task/{task.id}: emergency access by Practitioner/nina to Patient/ola: "
        "Bevisstløs [i gangen]\n1 to follow up.\n"
    )
    mark = ["audit", "follow-up", f"Task/{task.id}", "--by", "Petra Prøve"]
    done = fellesjournal(environment, *mark, "Riktig brukt [lest]")
    assert (done.returncode, done.stdout) == (0, f"Task/{task.id} is followed up.\n")
    [event] = await pool.fetch("select basis, body from audit_event where interaction = 'follow-up'")
    assert event["basis"] == "oversight"
    assert "Petra Prøve" in event["body"].decode()
    every = fellesjournal(environment, "audit", "emergencies", "--all").stdout
    assert f"Task/{task.id} (followed up): emergency access" in every
    assert every.endswith("Petra Prøve: Riktig brukt [lest]\nNothing to follow up.\n")
    undone = fellesjournal(environment, *mark, "--undo", "Ses på igjen")
    assert undone.stdout == f"Task/{task.id} is to be followed up again.\n"
    await Log(pool).write([access(decision=Decision(True, Basis.EMERGENCY, f"Task/{task.id}"))])
    days = ["--from", "2026-11-23", "--to", "2026-11-23"]
    assert fellesjournal(environment, "audit", "unusual", "--alarm", *days).returncode == 1
    quiet = ["--from", "2020-01-01", "--to", "2020-01-02"]
    assert fellesjournal(environment, "audit", "unusual", "--alarm", *quiet).returncode == 0
    assert fellesjournal(environment, "audit", "unusual", *days).stdout == (
        "2026-11-23 Practitioner/nina (Nurse at Organization/ward): emergency access to 1 citizens.\n"
    )


async def test_roles_given_and_months_let_go_are_told(pool: asyncpg.Pool, environment: Environment) -> None:
    given = access(
        0,
        interaction="role-given",
        action="C",
        resources=("PractitionerRole/x/_history/1",),
        decision=Decision(True, Basis.SHARED, reason="Practitioner/x: lege at Organization/ward"),
    )
    await Log(pool, lambda: NOW).write([given])
    days = ["--from", "2026-11-23", "--to", "2026-11-23"]
    assert fellesjournal(environment, "audit", "roles", *days).stdout == (
        "2026-11-23 10:00 given by Nina Nyseng: Practitioner/x: lege at Organization/ward\n"
    )
    refused = fellesjournal(environment, "audit", "purge", "--before", "2026-11")
    assert (refused.returncode, "is kept: name an earlier month" in refused.stderr) == (1, True)
    done = fellesjournal(environment, "audit", "purge", "--before", "2020-01")
    assert done.stdout == "0 months are gone. `audit verify` begins where the chains stood then.\n"
    assert "All before 2020-01 was let go." in fellesjournal(environment, "audit", "verify").stdout
