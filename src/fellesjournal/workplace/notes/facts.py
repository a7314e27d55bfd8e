"""Facts of the record for a text: what there is to insert, and what has become of what was inserted."""

import asyncio
from collections.abc import Iterable, Sequence

from starlette.responses import Response

from fellesjournal.documentation.provenance import Mark
from fellesjournal.errors import Gone, NotFound
from fellesjournal.fhir.medicines import medicine
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import clock, day
from fellesjournal.ui.values import unit_of, value_of
from fellesjournal.workplace.desk import Desk, Json

MOST = 60
"""Facts of a kind that are offered."""
_ACTIVE = ("status", "active")
_QUESTIONS = (
    ("vitals", "Observation", (("category", "vital-signs"), ("_sort", "-date"), ("_count", "120"))),
    ("results", "Observation", (("category", "laboratory"), ("_sort", "-date"), ("_count", "200"))),
    ("medicines", "MedicationStatement", (_ACTIVE, ("_count", "60"))),
    ("problems", "Condition", (("clinical-status", "active"), ("_count", "60"))),
    ("allergies", "AllergyIntolerance", (("_count", "30"),)),
)


async def offered(desk: Desk) -> Response:
    """What a text may take in: the latest of each vital sign and result, medicines, problems, allergies."""
    patient = ("patient", desk.part_of_path("id"))
    found = await asyncio.gather(
        *(desk.search(type_name, [patient, *asked]) for _, type_name, asked in _QUESTIONS)
    )
    rows = [
        (name, mark)
        for (name, _, _), resources in zip(_QUESTIONS, found, strict=True)
        for mark in _marks(resources)
    ]
    return desk.page("facts.html", rows=rows)


async def true(desk: Desk, marks: Iterable[Mark]) -> list[Mark]:
    """Those of some facts that are this citizen's, and told so in the version that they name."""
    return [one for one in marks if await _is_true(desk, one)]


async def now(desk: Desk, mark: Mark) -> str:
    """What has become of a fact since: "" where nothing has, or where it is out of reach."""
    try:
        resource = await desk.read(*mark.source.split("/"))
    except (NotFound, Gone):
        return ""
    if resource["resourceType"] == "Observation" and not _is_wrong(resource):
        resource = await _newest(desk, resource)
    if _is_wrong(resource):
        return str(desk.t.facts.wrong)
    told = said(resource)
    return "" if told == mark.text else told


def said(resource: Json) -> str:
    """A fact as it stands in a text: what, how much, when, by whom."""
    told = [naming.concept(resource.get("code") or medicine(resource))]
    match resource["resourceType"]:
        case "Observation":
            told += [value_of(resource).replace(".", ","), unit_of(resource)]
            since = clock(naming.when(resource))
        case "MedicationStatement":
            told += [next((one.get("text", "") for one in resource.get("dosage", ())), "")]
            since = day(resource.get("effectivePeriod", {}).get("start", "") or naming.when(resource))
        case _:
            since = day(naming.when(resource))
    source = ", ".join(filter(None, (since, _by(resource))))
    return " ".join(filter(None, told)).replace("\n", " ") + (f" ({source})" if source else "")


def _marks(resources: Sequence[Json]) -> list[Mark]:
    """The newest of each kind first; what is entered in error is no fact."""
    newest: dict[str, Json] = {}
    for one in resources:
        if not _is_wrong(one):
            newest.setdefault(naming.concept(one.get("code") or medicine(one)), one)
    return [_mark(one) for one in list(newest.values())[:MOST]]


def _mark(resource: Json) -> Mark:
    return Mark(said(resource), f"{resource['resourceType']}/{resource['id']}", resource["meta"]["versionId"])


async def _is_true(desk: Desk, mark: Mark) -> bool:
    type_name, id = mark.source.split("/")
    if type_name not in {one for _, one, _ in _QUESTIONS}:
        return False
    try:
        told = await desk.read_version(type_name, id, int(mark.version))
    except (NotFound, Gone):
        return False
    about = naming.references([told.get("subject"), told.get("patient")])
    return f"Patient/{desk.part_of_path('id')}" in about and said(told) == mark.text


async def _newest(desk: Desk, observation: Json) -> Json:
    """The newest observation of the same code, which may be the same one."""
    for coding in observation["code"].get("coding", ()):
        asked = ("code", f"{coding.get('system', '')}|{coding.get('code', '')}")
        patient = ("patient", desk.part_of_path("id"))
        found = await desk.search("Observation", [patient, asked, ("_sort", "-date"), ("_count", "5")])
        return next((one for one in found if not _is_wrong(one)), observation)
    return observation


def _by(resource: Json) -> str:
    """Who stands for a fact, as far as it says."""
    known = [*resource.get("performer", ()), resource.get("recorder"), resource.get("informationSource")]
    return next((one["display"] for one in known if one and "display" in one), "")


def _is_wrong(resource: Json) -> bool:
    verified = naming.coded_as(resource.get("verificationStatus", {}))
    return naming.is_wrong(resource) or "refuted" in verified
