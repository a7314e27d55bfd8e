"""Notes, and letters with how far they have come."""

from collections.abc import Mapping, Sequence

from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.ladder import ladders
from fellesjournal.portal.record.rows import Group, Lead, Row, lines, name_in, names_of, search, with_names
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json


async def documents(folder: Folder) -> Sequence[Group]:
    """Notes, and letters and other files, the newest first."""
    return (Group("notes", await _notes(folder)), Group("letters", await _letters(folder)))


async def _notes(folder: Folder) -> list[Row]:
    """Notes, each with the visit that it was written at: many are called the same."""
    found = await search(
        folder,
        "Composition",
        "-date",
        ("_include", "Composition:author"),
        ("_include", "Composition:encounter"),
        ("_include:iterate", "Encounter:service-provider"),
    )
    names = names_of(found)
    visits = {f"Encounter/{one['id']}": one for one in found if one["resourceType"] == "Encounter"}
    return [
        Row(
            one.get("title") or naming.concept(one["type"]),
            lines(
                _visit(one, visits),
                *(name_in(author, names) for author in one.get("author", ())),
                _place(one, visits, names),
            ),
            one["date"],
            f"/journal/notat/{one['id']}",
        )
        for one in found
        if one["resourceType"] == "Composition" and one["status"] != "entered-in-error"
    ]


def _visit(note: Json, visits: Mapping[str, Json]) -> str:
    """What kind of visit a note is from, and what for: "Konsultasjon: Forkjølelse"."""
    visit = _of(note, visits)
    kind = next(iter(map(naming.concept, visit.get("type", ()))), "")
    return ": ".join(filter(None, (kind, ", ".join(map(naming.concept, visit.get("reasonCode", ()))))))


def _place(note: Json, visits: Mapping[str, Json], names: Mapping[str, str]) -> str:
    """The unit that the visit was at."""
    return name_in(_of(note, visits).get("serviceProvider", {}), names)


def _of(note: Json, visits: Mapping[str, Json]) -> Json:
    return visits.get(note.get("encounter", {}).get("reference", ""), {})


async def _letters(folder: Folder) -> list[Row]:
    found, names = await with_names(folder, "DocumentReference", "-date", "author")
    sent = [one for one in found if one["status"] != "entered-in-error"]
    rungs = await ladders(folder, sent)
    return [
        Row(
            one.get("description") or naming.concept(one.get("type")),
            lines(*(name_in(author, names) for author in one.get("author", ()))),
            opens=f"/journal/dokument/{one['id']}",
            rungs=rungs[f"DocumentReference/{one['id']}"],
            leads=_decides(folder, one),
        )
        for one in sent
    ]


def _decides(folder: Folder, letter: Json) -> tuple[Lead, ...]:
    """From a letter to the services that it decides on."""
    related = (one.get("reference", "") for one in letter.get("context", {}).get("related", ()))
    decided = any(reference.startswith("ServiceRequest/") for reference in related)
    return (Lead(folder.t.service.of_letter, "/journal/tjenester"),) if decided else ()
