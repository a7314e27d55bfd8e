"""What those are called who are only referred to: units, their places and services, and health workers, by
the directory."""

from collections.abc import Iterable, Mapping

from fellesjournal.ui import naming
from fellesjournal.workplace.asking import Facts
from fellesjournal.workplace.desk import Desk, Json

MOST = 200
_TYPES = ("Organization", "Practitioner", "Location", "HealthcareService")
NAMED = ("by", "reviewer", "unit")
"""What rows of facts hold a Reference in that is to be a name."""


async def called(desk: Desk, parties: Iterable[Json]) -> dict[str, str]:
    """Names by reference: the citizen's own, what a reference says itself, else what the directory has; ""
    for who is in none of them."""
    known = {one["reference"]: str(one.get("display", "")) for one in parties if "reference" in one}
    if desk.citizen:
        known[f"Patient/{desk.citizen['id']}"] = naming.person(desk.citizen)
    known |= desk.names.of(one for one, name in known.items() if not name)
    for type_name in filter(desk.reads, _TYPES):
        nameless = [one.partition("/") for one, name in known.items() if not name]
        if ids := sorted(id for kind, _, id in nameless if kind == type_name):
            asked = [("_id", ",".join(ids[:MOST])), ("_count", str(MOST))]
            found = await desk.search(type_name, asked)
            names = {f"{type_name}/{one['id']}": naming.party(one) for one in found}
            desk.names.learn(names)
            known |= names
    return known


def name_of(party: Json, names: Mapping[str, str]) -> str:
    """What one of those is called whom `called` was asked about; "" when nobody says."""
    return names.get(party.get("reference", ""), "") or str(party.get("display", ""))


async def with_names(desk: Desk, facts: list[Facts]) -> list[Facts]:
    """The facts, with the name of each whom a row refers to (see NAMED) in the place of the reference."""
    rows = [
        row
        for one in facts
        for value in one.values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict)
    ]
    places = [(row, name) for row in rows for name in NAMED if isinstance(row.get(name), dict)]
    names = await called(desk, [row[name] for row, name in places])
    for row, name in places:
        row[name] = row[name].get("display") or names.get(row[name].get("reference", ""), "")
    return facts
