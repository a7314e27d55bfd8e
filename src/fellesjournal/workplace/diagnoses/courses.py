"""The courses of one condition: now and before, with the contacts there have been because of it."""

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.diagnoses.reviews import last_of
from fellesjournal.workplace.directory import with_names

MOST = 20


async def show(desk: Desk) -> Response:
    """The diagnosis that the address names. Raises NotFound."""
    return await page(desk, await condition(desk))


async def condition(desk: Desk) -> Json:
    """The diagnosis that the address names. Raises NotFound for one of somebody else."""
    found = await desk.read("Condition", desk.part_of_path("condition"))
    if f"Patient/{desk.part_of_path('id')}" not in naming.references(found["subject"]):
        raise NotFound("The citizen has no such diagnosis.")
    return found


async def page(desk: Desk, found: Json, *, said: str = "", fault: str = "") -> Response:
    """A diagnosis with every earlier one of the same code, and what may be done with it."""
    id, codes = desk.part_of_path("id"), _codes(found)
    same = [found]
    contacts: list[Json] = []
    if codes:
        same = await desk.search("Condition", [("patient", id), ("code", codes), ("_sort", "-onset-date")])
        asked = [("patient", id), ("reason-code", codes), ("_sort", "-date"), ("_count", str(MOST))]
        contacts = await desk.search("Encounter", asked)
    facts = {
        "courses": [_course(one) for one in same],
        "contacts": [{"when": naming.when(one), "what": _kind(one)} for one in contacts],
    }
    [named] = await with_names(desk, [facts])
    return desk.page(
        "courses.html",
        409 if fault else 200,
        id=id,
        one=_course(found) | {"id": found["id"], "version": found["meta"]["versionId"]},
        title=naming.concept(found["code"]),
        may=desk.writes("Condition") and not naming.is_wrong(found),
        said=said,
        fault=fault,
        **named,
    )


def _codes(condition: Json) -> str:
    """Its codes as a search asks for any of them."""
    codings = (one for one in condition["code"].get("coding", ()) if "code" in one)
    return ",".join(f"{one.get('system', '')}|{one['code']}" for one in codings)


def _course(condition: Json) -> Json:
    review = last_of(condition)
    return {
        "text": naming.concept(condition["code"]),
        "since": condition.get("onsetDateTime", condition.get("recordedDate", "")),
        "ended": condition.get("abatementDateTime", ""),
        "active": "active" in naming.coded_as(condition.get("clinicalStatus", {})),
        "wrong": naming.is_wrong(condition),
        "by": condition.get("recorder") or condition.get("asserter") or {},
        "reviewed": review.day,
        "reviewer": review.who or {},
    }


def _kind(encounter: Json) -> str:
    return next(iter(map(naming.concept, encounter.get("type", ()))), "")
