"""`fellesjournal audit`: the log proven and given out."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import asyncpg
import msgspec
import pytest
from rich.console import Console

from access.audit.test_log import access, tamper
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.verifying import Verdict
from fellesjournal.app import audit_commands
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fellesjournal.plumbing.trouble import Trouble


def said(verdict: Verdict) -> str:
    console = Console(width=200)
    with console.capture() as captured:
        audit_commands.tell(verdict, console)
    return captured.get()


async def test_a_log_that_holds_is_told_of_and_its_heads_prove_it_later(
    pool: asyncpg.Pool, database_url: str, tmp_path: Path
) -> None:
    await Log(pool).write([access(one) for one in range(1, 10)])
    told: list[str] = []
    verdict = await audit_commands.verified(database_url, {}, told.append)
    assert said(verdict) == "The log holds: 10 entries in 1 chains.\n"
    assert (verdict.entries, verdict.faults) == (10, [])
    assert told[-1].startswith("10 entries, ")
    audit_commands.keep_heads(verdict, tmp_path / "heads.json")
    await tamper(pool, "delete from audit_event where number = 10")
    known = audit_commands.read_heads(tmp_path / "heads.json")
    assert (await audit_commands.verified(database_url, known, told.append)).faults


async def test_what_is_wrong_is_said_entry_by_entry(pool: asyncpg.Pool, database_url: str) -> None:
    await Log(pool).write([access(one) for one in range(1, 10)])
    await tamper(pool, "update audit_event set role = 'lege' where number = 5")
    text = said(await audit_commands.verified(database_url, {}, lambda _: None))
    assert "entry 5 (2026-11-23 10:00:00 UTC) has been changed" in text
    assert "The log does NOT hold: 1 faults" in text


async def test_a_month_is_exported_as_valid_audit_events(
    pool: asyncpg.Pool, database_url: str, tmp_path: Path, definitions: Definitions
) -> None:
    moments = [datetime(2026, month, day, tzinfo=UTC) for month, day in ((11, 30), (12, 1), (12, 31))]
    await Log(pool).write([access(moment=moment) for moment in moments])
    file = tmp_path / "log.ndjson.gz"
    assert await audit_commands.export(database_url, date(2026, 12, 1), file) == 2
    lines = [msgspec.json.decode(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert [line["recorded"][:10] for line in lines] == ["2026-12-01", "2026-12-31"]
    assert [Validator(definitions).validate(line) for line in lines] == [[], []]


def test_a_file_that_holds_no_heads_is_refused(tmp_path: Path) -> None:
    (tmp_path / "heads.json").write_text("{")
    with pytest.raises(Trouble, match="cannot be read as the heads"):
        audit_commands.read_heads(tmp_path / "heads.json")
    assert audit_commands.read_heads(None) == {}
