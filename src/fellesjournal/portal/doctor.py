"""The citizen's own doctor, and where that one works: as Patient.generalPractitioner has it."""

from fellesjournal.portal.folder import Folder
from fellesjournal.ui.naming import Json

_MOST = "200"


async def doctors(folder: Folder) -> list[Json]:
    """The references of Patient.generalPractitioner; none where the visitor does not read that."""
    if not folder.reads("Patient"):
        return []
    found: list[Json] = (await folder.read("Patient", folder.citizen)).get("generalPractitioner", [])
    return found


async def offices(folder: Folder) -> list[str]:
    """Where the doctor works ("Organization/5"), be it named itself, or by the person or the role there."""
    told = [str(one.get("reference", "")) for one in await doctors(folder)]
    units = {one for one in told if one.startswith("Organization/")}
    people = [one for one in told if one.startswith("Practitioner/")]
    roles = [one.partition("/")[2] for one in told if one.startswith("PractitionerRole/")]
    for name, values in (("practitioner", people), ("_id", roles)):
        if values:
            asked = [(name, ",".join(values)), ("active", "true"), ("_count", _MOST)]
            found = await folder.search("PractitionerRole", asked)
            units |= {str(one.get("organization", {}).get("reference", "")) for one in found}
    return sorted(units - {""})
