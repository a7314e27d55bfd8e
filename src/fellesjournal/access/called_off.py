"""What citizens are called in appointments that were cancelled.

Such an appointment opens no record, and who it was with sees it alone (access/guard/care.py). Whoever cancels
it may have written no name into it; without one nobody knows whose time is free.
"""

from collections.abc import Iterable, Sequence

import msgspec

from fellesjournal.access import kin
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Entry, Parameters

_EVERYONE = Scope.everyone()
_decode = msgspec.json.Decoder(kin.Tree).decode


def asked(ids: Sequence[str]) -> Parameters:
    """The search that tells which of some Appointments are within reach, and cancelled."""
    return [("_id", ",".join(ids)), ("status", "cancelled"), ("_count", str(len(ids)))]


async def names(record: Record, found: Iterable[Entry]) -> dict[str, str]:
    """The names of those who take part in found Appointments as citizens, by reference, and nothing else of
    them."""
    citizens = {
        reference.removeprefix("Patient/")
        for entry in found
        for party in _decode(entry.stored.body or b"{}").get("participant", ())
        if (reference := str(party.get("actor", {}).get("reference", ""))).startswith("Patient/")
    }
    if not citizens:
        return {}
    wanted = [("_id", ",".join(sorted(citizens))), ("_count", str(len(citizens)))]
    page = await record.search("Patient", wanted, scope=_EVERYONE)
    return {f"Patient/{one.stored.id}": kin.name(_decode(one.stored.body or b"{}")) for one in page.entries}
