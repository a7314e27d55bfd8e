"""A citizen with 10,000 resources: a story's ten years, lived again some days earlier until they are so many.

What happened is copied (visits, measurements, notes, letters); what there is one of stays as it is: the
person, kin, allergies, the lists of problems and medicines, the plan. Every run makes the same record.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from bench.http import Connection

Json = dict[str, Any]
CITIZEN = "trofast-fjordlykt"
READER = "vennlig-solber"
"""A nurse of the citizen's home-care unit; see docs/stories.md."""
SIZE = 10_000
APART = 5
"""Days between a life and its copy."""
HAPPENED = (
    "Communication",
    "Composition",
    "DiagnosticReport",
    "DocumentReference",
    "Encounter",
    "ImagingStudy",
    "Immunization",
    "MedicationRequest",
    "Observation",
)
_AT_ONCE = 500
_DATE = re.compile(r'"(\d{4}-\d\d-\d\d)(?=["T])')


async def lengthened(address: tuple[str, int]) -> int:
    """Give the citizen the long record, through the API; gives how many resources it holds."""
    connection = Connection(*address)
    answer = await connection.request("GET", f"/fhir/Patient/{CITIZEN}/$everything?_count=1000")
    found = [one["resource"] for one in msgspec.json.decode(answer.body)["entry"]]
    life = [one for one in found if one["resourceType"] in HAPPENED]
    waiting = [
        one for number in range(1, 1 + (SIZE - len(found)) // len(life)) for one in _copy(life, number)
    ]
    waiting += list(_copy(life, 1 + len(waiting) // len(life)))[: SIZE - len(found) - len(waiting)]
    for start in range(0, len(waiting), _AT_ONCE):
        await _stored(connection, waiting[start : start + _AT_ONCE])
    connection.close()
    return len(found) + len(waiting)


def _copy(life: list[Json], number: int) -> Iterator[Json]:
    """The life again, so many times APART days earlier, its references among themselves."""
    inside = {f"{one['resourceType']}/{one['id']}" for one in life}

    def moved(match: re.Match[str]) -> str:
        return f'"{date.fromisoformat(match[1]) - timedelta(days=number * APART)}'

    def renamed(match: re.Match[str]) -> str:
        return f'"reference":"{match[1]}-{number}"' if match[1] in inside else match[0]

    for one in life:
        text = _DATE.sub(moved, msgspec.json.encode({k: v for k, v in one.items() if k != "meta"}).decode())
        made: Json = msgspec.json.decode(re.sub(r'"reference":"([^"]+)"', renamed, text))
        made["id"] = f"{one['id']}-{number}"
        yield made


async def _stored(connection: Connection, resources: list[Json]) -> None:
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}}
        for one in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    answer = await connection.request("POST", "/fhir", msgspec.json.encode(bundle))
    if answer.status != 200:
        raise RuntimeError(f"the long record was not stored: {answer.body[:500]!r}")
