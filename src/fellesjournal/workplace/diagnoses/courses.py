"""The courses of one condition: now and before, with the contacts there have been because of it."""

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json

MOST = 20


async def show(desk: Desk) -> Response:
    """The diagnosis that the address names, with every earlier one of the same code. Raises NotFound."""
    id = desk.part_of_path("id")
    found = await desk.read("Condition", desk.part_of_path("condition"))
    if f"Patient/{id}" not in naming.references(found["subject"]):
        raise NotFound("The citizen has no such diagnosis.")
    codes = _codes(found)
    same = [found]
    contacts: list[Json] = []
    if codes:
        same = await desk.search("Condition", [("patient", id), ("code", codes), ("_sort", "-onset-date")])
        asked = [("patient", id), ("reason-code", codes), ("_sort", "-date"), ("_count", str(MOST))]
        contacts = await desk.search("Encounter", asked)
    return desk.page(
        "courses.html",
        title=naming.concept(found["code"]),
        courses=[_course(one) for one in same],
        contacts=[{"when": naming.when(one), "what": _kind(one)} for one in contacts],
    )


def _codes(condition: Json) -> str:
    """Its codes as a search asks for any of them."""
    codings = (one for one in condition["code"].get("coding", ()) if "code" in one)
    return ",".join(f"{one.get('system', '')}|{one['code']}" for one in codings)


def _course(condition: Json) -> Json:
    return {
        "text": naming.concept(condition["code"]),
        "since": condition.get("onsetDateTime", condition.get("recordedDate", "")),
        "ended": condition.get("abatementDateTime", ""),
        "active": "active" in naming.coded_as(condition.get("clinicalStatus", {})),
        "by": condition.get("recorder", {}).get("display", ""),
    }


def _kind(encounter: Json) -> str:
    return next(iter(map(naming.concept, encounter.get("type", ()))), "")
