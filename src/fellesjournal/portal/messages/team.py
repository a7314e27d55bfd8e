"""The units and people that help a citizen: whom one writes to, and whom one may keep from the record."""

from datetime import timedelta

from fellesjournal.norway import protection
from fellesjournal.portal.doctor import doctors, offices
from fellesjournal.portal.folder import Folder
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json

MOST = "30"
LATELY = timedelta(days=28)


async def units(folder: Folder, *, met_before: bool = False) -> list[tuple[str, str]]:
    """Reference and name of each: where the GP works, then those that give services, those that go through
    what was applied for, then the latest met, within LATELY or at any time before.

    Who was met within LATELY has a care relation still (access/guard/care.py), and so reads what is written.
    """
    services = await folder.search("EpisodeOfCare", [("patient", folder.citizen), ("status", "active")])
    since = [] if met_before else [("date", f"ge{folder.now - LATELY:%Y-%m-%d}")]
    asked = [("patient", folder.citizen), *since, ("_sort", "-date"), ("_count", MOST)]
    met = await folder.search("Encounter", asked)
    applied = await folder.search("ServiceRequest", [("patient", folder.citizen), ("status", "active")])
    found = [
        *({"reference": one} for one in await offices(folder)),
        *(one.get("managingOrganization", {}) for one in services),
        *(party for one in applied for party in one.get("performer", ())),
        *(one.get("serviceProvider", {}) for one in met),
    ]
    ids = dict.fromkeys(ref for one in found if (ref := _unit(one)))
    if not ids:
        return []
    asked = [("_id", ",".join(ref.partition("/")[2] for ref in ids)), ("_count", MOST)]
    named = {f"Organization/{one['id']}": one["name"] for one in await folder.search("Organization", asked)}
    return [(ref, named[ref]) for ref in ids if ref in named]


async def people(folder: Folder) -> list[tuple[str, str]]:
    """Reference and name of each who has met the citizen, the latest first: whom one may keep from the
    record."""
    asked = [("patient", folder.citizen), ("_sort", "-date"), ("_count", MOST)]
    met = await folder.search("Encounter", asked)
    taking_part = [part.get("individual", {}) for one in met for part in one.get("participant", ())]
    found = [str(one.get("reference", "")) for one in (*await doctors(folder), *taking_part)]
    workers = [one for one in dict.fromkeys(found) if one.startswith("Practitioner/")]
    known = await names(folder, set(workers))
    return [(one, known[one]) for one in workers if one in known]


async def is_protected(folder: Folder) -> bool:
    """Whether the citizen's address is protected: who helps them where is then not told, here either."""
    if not folder.reads("Patient"):
        return False
    return protection.is_protected(await folder.read("Patient", folder.citizen))


async def names(folder: Folder, references: set[str]) -> dict[str, str]:
    """What health workers and units are called, by reference."""
    found = {}
    for kind in ("Practitioner", "Organization"):
        ids = sorted(id for ref in references for name, _, id in [ref.partition("/")] if name == kind)
        if ids:
            asked = [("_id", ",".join(ids)), ("_count", str(len(ids)))]
            for one in await folder.search(kind, asked):
                found[f"{kind}/{one['id']}"] = one["name"] if kind == "Organization" else naming.person(one)
    return found


def _unit(reference: Json) -> str:
    found = str(reference.get("reference", ""))
    return found if found.startswith("Organization/") else ""
