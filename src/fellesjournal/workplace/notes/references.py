"""References chosen from what is in the citizen's record."""

from starlette.responses import Response

from fellesjournal.documentation.rules import answered
from fellesjournal.errors import Gone, NotFound
from fellesjournal.fhir.medicines import medicine
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import day
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.notes.forms import Sheet

MOST, LOOKED_AT = 20, 200
_ABOUT = ("subject", "patient")


async def find(desk: Desk) -> Response:
    """What fits what was typed, of the types that are asked for, as options of a list."""
    words = desk.asked("q").strip().lower()[:60]
    rows = []
    for type_name in desk.asked("typer").split(",")[:10]:
        if desk.reads(type_name):
            asked = [("patient", desk.part_of_path("id")), ("_count", str(LOOKED_AT))]
            told = [(one, said(one)) for one in await desk.search(type_name, asked)]
            rows += [(one, text) for one, text in told if words in text.lower()]
    return desk.page("references.html", rows=rows[:MOST])


async def strange(desk: Desk, on: Sheet) -> dict[str, str]:
    """References that are none of this citizen's, or of a type that was not asked for, by place."""
    found = {}
    for node, row, answer in answered(on.nodes):
        reference = answer.get("valueReference", {}).get("reference", "")
        if reference and not await _is_theirs(desk, reference, on.types(node.item)):
            found[row.place] = desk.t.files.no_reference.format(name=on.name(node.item))
    return found


def said(resource: Json) -> str:
    """What a resource is called, with its day."""
    title = resource.get("title") or resource.get("description")
    code = resource.get("code") or medicine(resource) or resource.get("type")
    name = title or naming.concept(code if isinstance(code, dict) else next(iter(code or ()), None))
    since = naming.when(resource)
    return f"{name or resource['resourceType']} {day(since)}".strip()


async def _is_theirs(desk: Desk, reference: str, types: list[str]) -> bool:
    type_name, _, id = reference.partition("/")
    if type_name not in types:
        return False
    try:
        resource = await desk.read(type_name, id)
    except (NotFound, Gone):
        return False
    about = naming.references([resource.get(name) for name in _ABOUT])
    return f"Patient/{desk.part_of_path('id')}" in about
