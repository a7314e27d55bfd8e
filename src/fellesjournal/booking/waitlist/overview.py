"""The control list of a service, read by the door: whoever reads it sees those whom they may see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from fellesjournal.access.journal import OpenJournal
from fellesjournal.booking.waitlist import control, earlier
from fellesjournal.booking.waitlist.control import Row
from fellesjournal.booking.waitlist.entry import SERVICE, is_entry
from fellesjournal.booking.waitlist.matching import is_dead
from fellesjournal.booking.waitlist.rules import rules

Json = dict[str, Any]

AT_A_TIME = "500"
_decode = msgspec.json.Decoder(Json).decode


async def control_list(journal: OpenJournal, service: str, now: datetime) -> list[Row]:
    """The list of a service ("HealthcareService/7"), the most urgent first. Raises NotFound."""
    by = rules(
        _decode((await journal.read("HealthcareService", service.removeprefix(SERVICE))).body or b"{}")
    )
    waiting = await _all(
        journal,
        "Appointment",
        [
            ("status", "waitlist"),
            ("actor", service),
            ("_include", "Appointment:patient"),
            ("_revinclude", "Appointment:supporting-info"),
        ],
    )
    asked = [("performer", service), ("status", "active"), ("_revinclude", "Appointment:based-on")]
    referred = await _all(journal, "ServiceRequest", asked)
    appointments = {
        one["id"]: one for one in (*waiting, *referred) if one["resourceType"] == "Appointment"
    }.values()
    entries = [one for one in appointments if is_entry(one)]
    return control.rows(
        [one for one in entries if _is_of(one, service)],
        [one for one in appointments if not is_entry(one)],
        [one for one in referred if one["resourceType"] == "ServiceRequest"],
        by,
        now,
        frozenset(
            f"Patient/{one['id']}" for one in waiting if one["resourceType"] == "Patient" and is_dead(one)
        ),
        await _kept(journal, entries),
    )


async def _kept(journal: OpenJournal, entries: Iterable[Json]) -> dict[str, Json]:
    """The times that those who want an earlier one have, by reference."""
    ids = sorted(name.partition("/")[2] for one in entries if (name := earlier.instead(one)))
    found: dict[str, Json] = {}
    for start in range(0, len(ids), int(AT_A_TIME)):
        some = ",".join(ids[start : start + int(AT_A_TIME)])
        for one in await _all(journal, "Appointment", [("_id", some)]):
            found[f"Appointment/{one['id']}"] = one
    return found


def _is_of(entry: Json, service: str) -> bool:
    return any(one.get("actor", {}).get("reference") == service for one in entry.get("participant", ()))


async def _all(journal: OpenJournal, type_name: str, asked: list[tuple[str, str]]) -> list[Json]:
    found: list[Json] = []
    page = await journal.search(type_name, [*asked, ("_count", AT_A_TIME)])
    while True:
        found += [_decode(one.stored.body or b"{}") for one in page.entries]
        if page.next is None:
            return found
        page = await journal.search(type_name, page.next)
