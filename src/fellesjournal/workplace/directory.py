"""What those are called who are only referred to: units, their places and services, and health workers, by
the directory."""

from collections.abc import Iterable

from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json

MOST = 200
_TYPES = ("Organization", "Practitioner", "Location", "HealthcareService")


async def called(desk: Desk, parties: Iterable[Json]) -> dict[str, str]:
    """Names by reference: the citizen's own, what a reference says itself, else what the directory has; ""
    for who is in none of them."""
    known = {one["reference"]: str(one.get("display", "")) for one in parties if "reference" in one}
    if desk.citizen:
        known[f"Patient/{desk.citizen['id']}"] = naming.person(desk.citizen)
    for type_name in filter(desk.reads, _TYPES):
        nameless = [one.partition("/") for one, name in known.items() if not name]
        if ids := sorted(id for kind, _, id in nameless if kind == type_name):
            asked = [("_id", ",".join(ids[:MOST])), ("_count", str(MOST))]
            for one in await desk.search(type_name, asked):
                name = one.get("name", "")
                known[f"{type_name}/{one['id']}"] = name if isinstance(name, str) else naming.person(one)
    return known
