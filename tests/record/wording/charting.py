"""Short ways to a chart and to what is found in it."""

import base64
from typing import Any

import asyncpg
import msgspec

from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.wording.find import Finds
from fellesjournal.record.wording.job import read_waiting
from fellesjournal.record.wording.reading import Reader
from fellesjournal.rollout.region.chart.pdf import pdf
from fellesjournal.terminology.wording.hearing import hear
from record.conftest import EVERYONE

Json = dict[str, Any]


async def put(record: Record, *resources: Json) -> None:
    """Store resources under their ids."""
    for one in resources:
        await record.update(one["resourceType"], one["id"], msgspec.json.encode(one), scope=EVERYONE)


async def find(
    record: Record,
    pool: asyncpg.Pool,
    text: str,
    citizen: str = "kari",
    *,
    scope: Scope = EVERYONE,
    most: int = 4,
) -> Finds:
    """What is found by a text as it is typed."""
    async with pool.acquire() as connection:
        wanted = await hear(connection, text)
    return await record.find(citizen, wanted, scope=scope, most=most)


async def ids(record: Record, pool: asyncpg.Pool, text: str, citizen: str = "kari", **how: Any) -> list[str]:
    """The ids of what is found."""
    return [one.stored.id for one in (await find(record, pool, text, citizen, **how)).finds]


async def read_files(pool: asyncpg.Pool) -> None:
    """Read all files that wait."""
    reader = Reader()
    async with pool.acquire() as connection:
        while await read_waiting(connection, reader):
            pass
    await reader.close()


def patient(id: str = "kari", **members: Any) -> Json:
    return {"resourceType": "Patient", "id": id, **members}


def note(id: str, text: str, citizen: str = "kari", **members: Any) -> Json:
    """A note of one section."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{text}</p></div>'
    return {
        "resourceType": "Composition",
        "id": id,
        "status": "final",
        "type": {"text": "Journalnotat"},
        "title": "Notat",
        "subject": {"reference": f"Patient/{citizen}"},
        "date": "2026-11-20",
        "author": [{"display": "Lun Rognebær"}],
        "section": [{"text": {"status": "generated", "div": div}}],
    } | members


def measured(id: str, text: str, value: float, day: str, **members: Any) -> Json:
    """A result of a test, coded by its name."""
    return {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": {"coding": [{"system": "urn:oid:1.2.3", "code": text}], "text": text},
        "subject": {"reference": "Patient/kari"},
        "effectiveDateTime": day,
        "valueQuantity": {"value": value},
    } | members


def letter(id: str, content: bytes, kind: str = "application/pdf", citizen: str = "kari") -> Json:
    """A document that holds a file."""
    data = base64.b64encode(content).decode()
    return {
        "resourceType": "DocumentReference",
        "id": id,
        "status": "current",
        "description": "Epikrise",
        "subject": {"reference": f"Patient/{citizen}"},
        "content": [{"attachment": {"contentType": kind, "data": data}}],
    }


def said(text: str) -> bytes:
    """A PDF that says something."""
    return pdf("Epikrise", ["Isfjell sykehus"], [("VURDERING", text)])
