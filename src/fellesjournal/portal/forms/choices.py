"""What may be chosen that the form itself does not list: codes of a value set, and what is in the record."""

from fellesjournal.documentation.templates import REFERS
from fellesjournal.fhir.medicines import medicine
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.value_sets import FEW
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import day

FOUND = 12
"""Codes that are shown of those that fit what was written."""
_REFERRED = "50"


async def filled(folder: Folder, questionnaire: Json) -> Json:
    """The form with the codes of its small value sets, and what its references may point at, as options."""
    known: dict[str, list[Json]] = {}
    for item in flat(questionnaire["item"]):
        url = item.get("answerValueSet", "")
        if url and "answerOption" not in item and url not in known:
            codes = await folder.value_sets.codes(url)
            known[url] = [{"valueCoding": one} for one in codes] if len(codes) <= FEW else []
        for kind in refers(item):
            if kind not in known:
                known[kind] = await _in_the_record(folder, kind)
    return questionnaire | {"item": [_filled(one, known) for one in questionnaire["item"]]}


def flat(items: list[Json]) -> list[Json]:
    """The items of a form at every depth."""
    return [one for item in items for one in (item, *flat(item.get("item", [])))]


def refers(item: Json) -> list[str]:
    """The types that an item asks for a reference to."""
    return [one["valueCode"] for one in item.get("extension", ()) if one["url"] == REFERS]


def _filled(item: Json, known: dict[str, list[Json]]) -> Json:
    inner = {"item": [_filled(one, known) for one in item["item"]]} if "item" in item else {}
    if item["type"] == "reference":
        found = [one for kind in refers(item) for one in known.get(kind, ())]
        return item | inner | {"type": "choice", "answerOption": found}
    codes = known.get(item.get("answerValueSet", ""), [])
    if "answerOption" in item or not codes:
        return item | inner
    return (
        {name: value for name, value in item.items() if name != "answerValueSet"}
        | inner
        | {"answerOption": codes}
    )


async def _in_the_record(folder: Folder, kind: str) -> list[Json]:
    """What the citizen's record has of a type, as options."""
    asked = [("patient", folder.citizen), ("_sort", "-_lastUpdated"), ("_count", _REFERRED)]
    return [
        {"valueReference": {"reference": f"{kind}/{one['id']}", "display": _said(one)}}
        for one in (await folder.search(kind, asked) if kind in _ABOUT_CITIZENS else ())
        if one["resourceType"] == kind
    ]


_ABOUT_CITIZENS = frozenset({
    *("AllergyIntolerance", "Appointment", "CarePlan", "Composition", "Condition", "DiagnosticReport"),
    *("DocumentReference", "Encounter", "EpisodeOfCare", "Immunization", "MedicationRequest"),
    *("MedicationStatement", "Observation", "Procedure", "ServiceRequest"),
})  # fmt: skip
"""The types of which a citizen chooses something in the record."""


def _said(resource: Json) -> str:
    title = resource.get("title") or resource.get("description")
    code = resource.get("code") or medicine(resource) or resource.get("type")
    code = code or resource.get("vaccineCode")
    name = title or naming.concept(code if isinstance(code, dict) else next(iter(code or ()), None))
    return f"{name or resource['resourceType']} {day(naming.when(resource))}".strip()
