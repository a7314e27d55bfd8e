"""Who is kept from a record (sperring), beside the chart: set and lifted by a health worker for a citizen who
has asked for it and has been told what it means.
"""

from collections.abc import Iterable, Mapping

from starlette.responses import Response

from fellesjournal.access import blocking
from fellesjournal.errors import Conflict, Forbidden, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.ui.resources import latest_written
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called, name_of

EVERYBODY = "alle"
MOST = "40"
"""Meetings that are looked through for those who were met, and roles for where they work."""
DOCUMENTS = 40
"""Of notes, and of documents, that can be chosen; older ones by a program."""
FOUND = 8
"""Of health workers, and of units, that a search shows."""
LEAST = 2
"""Letters that are searched with."""
_PARTIES = ("Organization", "Practitioner")


async def show(desk: Desk, said: str = "", faults: Iterable[str] = ()) -> Response:
    """The blocks in force, and a form for another one that keeps what was typed where it is refused."""
    asked = [("patient", desk.part_of_path("id")), ("status", "active")]
    found = [one for one in await desk.search("Consent", asked) if blocking.is_block(one)]
    names = await called(desk, [party for one in found for party in blocking.said(one).whom])
    typed = desk.form if faults else {}
    chosen, met = typed.get("hvem", ""), await _met(desk)
    if chosen not in ("", EVERYBODY) and chosen not in met:
        met |= await _named(desk, chosen)
    return desk.page(
        "blocks.html",
        id=desk.part_of_path("id"),
        blocks=[_row(desk, one, names) for one in found],
        may=desk.writes("Consent"),
        met=met,
        documents=await latest_written(desk, desk.part_of_path("id"), DOCUMENTS),
        kinds=blocking.OFFERED,
        typed=typed,
        said=said,
        faults=faults,
    )


async def find(desk: Desk) -> Response:
    """Health workers and units whose name has what is typed, each with where they work."""
    words = desk.asked("navn").strip()[:60]
    rows: dict[str, str] = {}
    for type_name in filter(desk.reads, _PARTIES):
        if len(words) >= LEAST:
            found = await desk.search(type_name, [("name", words), ("_count", str(FOUND))])
            rows |= {f"{type_name}/{one['id']}": naming.party(one) for one in found}
    return desk.page("blocks-found.html", rows=await _placed(desk, rows), words=words)


async def block(desk: Desk) -> Response:
    """Keep somebody from the record, or from a part of it."""
    wanted, what = desk.form.get("hvem", ""), desk.form.get("hva", "")
    whom = {} if wanted == EVERYBODY else await _named(desk, wanted)
    documents = await latest_written(desk, desk.part_of_path("id"), DOCUMENTS)
    t = desk.t
    faults = [
        *([] if wanted == EVERYBODY or whom else [t.blocks.who_missing]),
        *([] if what in ("", *blocking.OFFERED) or what in documents else [t.blocks.what_missing]),
        *([] if desk.form.get("bedt") == "ja" else [t.blocks.must_ask]),
    ]
    if faults:
        return await show(desk, faults=faults)
    document = {"reference": what, "display": documents[what]} if what in documents else {}
    party = {"reference": wanted, "display": whom[wanted]} if whom else {}
    patient = f"Patient/{desk.part_of_path('id')}"
    made = blocking.made(patient, party, what, document, desk.now.astimezone(OSLO))
    said = {"verified": True, "verifiedWith": {"reference": patient}, "verificationDate": made["dateTime"]}
    try:
        await desk.create(made | {"verification": [said]})
    except (Forbidden, Unprocessable):
        return await show(desk, faults=[t.blocks.refused])
    return await show(desk, said=t.blocks.blocked)


async def lift(desk: Desk) -> Response:
    """Lift a block; it stays in the history. Raises NotFound."""
    found = await desk.read("Consent", desk.part_of_path("sperring"))
    patient = f"Patient/{desk.part_of_path('id')}"
    if found.get("patient", {}).get("reference") != patient or not blocking.is_block(found):
        raise NotFound("The citizen has no such block.")
    if str(found["meta"]["versionId"]) != desk.form.get("versjon"):
        return await show(desk, faults=[desk.t.core.changed_since])
    try:
        await desk.transact([found | {"status": "inactive"}])
    except (PreconditionFailed, Conflict):
        return await show(desk, faults=[desk.t.core.changed_since])
    except (Forbidden, Unprocessable):
        return await show(desk, faults=[desk.t.blocks.refused])
    return await show(desk, said=desk.t.blocks.lifted)


async def _met(desk: Desk) -> dict[str, str]:
    """Units and health workers of the latest meetings that the reader sees, by reference."""
    asked = [("patient", desk.part_of_path("id")), ("_sort", "-date"), ("_count", MOST)]
    found = await desk.search("Encounter", asked) if desk.reads("Encounter") else []
    parties = [one["serviceProvider"] for one in found if "serviceProvider" in one]
    parties += [
        part["individual"] for one in found for part in one.get("participant", ()) if "individual" in part
    ]
    names = await called(desk, parties)
    return {ref: name for ref, name in names.items() if ref.partition("/")[0] in _PARTIES and name}


async def _named(desk: Desk, reference: str) -> dict[str, str]:
    """A health worker or unit of the directory, by reference; {} for what is none."""
    kind, _, id = reference.partition("/")
    if kind not in _PARTIES or not id:
        return {}
    try:
        return {reference: naming.party(await desk.read(kind, id))}
    except NotFound:
        return {}


async def _placed(desk: Desk, rows: dict[str, str]) -> dict[str, str]:
    """The rows, those of health workers with where they work: two may have one name."""
    ids = [one.partition("/")[2] for one in rows if one.startswith("Practitioner/")]
    if not ids or not desk.reads("PractitionerRole"):
        return rows
    asked = [("practitioner", ",".join(ids)), ("active", "true"), ("_count", MOST)]
    roles = await desk.search("PractitionerRole", asked)
    units = await called(desk, [one["organization"] for one in roles if "organization" in one])
    places: dict[str, list[str]] = {}
    for one in roles:
        at = places.setdefault(one.get("practitioner", {}).get("reference", ""), [])
        at += [name for name in [name_of(one.get("organization", {}), units)] if name and name not in at]
    return {ref: ", ".join([name, *places.get(ref, ())]) for ref, name in rows.items()}


def _row(desk: Desk, consent: Json, names: Mapping[str, str]) -> Json:
    said, t = blocking.said(consent), desk.t
    whom = [name_of(one, names) or t.blocks.unnamed for one in said.whom]
    return {
        "id": consent["id"],
        "version": consent["meta"]["versionId"],
        "whom": ", ".join(dict.fromkeys(whom)) or t.blocks.everybody,
        "what": ", ".join(one.get("display", "") or t.blocks.document for one in said.documents)
        or ", ".join(t.blocks.kinds.get(one, one) for one in said.kinds)
        or t.blocks.all,
        "since": said.since,
    }
