"""The areas of the record as a citizen reads them: what each asks for, and its rows in plain words."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from fellesjournal.booking.free.windows import is_window
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.ladder import ladders
from fellesjournal.portal.record.rows import Group, Lead, Row, lines, name_in, names_of, search, with_names
from fellesjournal.portal.record.services import services
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import OSLO, moment_of, number
from fellesjournal.ui.values import address, bounds, side, unit_of, value_of

LOINC = "http://loinc.org"
VITALS = ("85354-9", "8867-4", "9279-1", "2708-6", "8310-5", "29463-7", "8302-2", "9843-4")

Found = Awaitable[Sequence[Group]]


class Area(NamedTuple):
    """One area. `name` is its word in addresses and catalogue; news of its `types` are told of there."""

    name: str
    types: tuple[str, ...]
    groups: Callable[[Folder], Found]


async def diagnoses(folder: Folder) -> Sequence[Group]:
    """What the citizen has, and what has passed."""
    found = await search(folder, "Condition", "-recorded-date")
    rows = [
        (
            "active" in naming.coded_as(one.get("clinicalStatus", {})),
            Row(
                naming.concept(one.get("code")),
                lines(one.get("recorder", {}).get("display", "")),
                str(one.get("onsetDateTime") or one.get("recordedDate", "")),
            ),
        )
        for one in found
        if "entered-in-error" not in naming.coded_as(one.get("verificationStatus", {}))
    ]
    return (
        Group("now", [row for active, row in rows if active]),
        Group("before", [row for active, row in rows if not active]),
    )


async def medicines(folder: Folder) -> Sequence[Group]:
    """What is in use, and what was used before."""
    found = await search(folder, "MedicationStatement", "-effective")
    rows = [
        (
            one["status"] == "active",
            Row(
                naming.concept(one.get("medicationCodeableConcept")),
                lines(
                    next((dose.get("text", "") for dose in one.get("dosage", ())), ""),
                    next(iter(map(naming.concept, one.get("reasonCode", ()))), ""),
                ),
                naming.when(one),
            ),
        )
        for one in found
        if one["status"] != "entered-in-error"
    ]
    return (
        Group("in-use", [row for active, row in rows if active]),
        Group("stopped", [row for active, row in rows if not active]),
    )


async def allergies(folder: Folder) -> Sequence[Group]:
    """What the citizen must not have."""
    found = await search(folder, "AllergyIntolerance")
    return [
        Group(
            "",
            [
                Row(
                    naming.concept(one.get("code")),
                    lines(
                        *(
                            naming.concept(shown)
                            for reaction in one.get("reaction", ())
                            for shown in reaction.get("manifestation", ())
                        )
                    ),
                    naming.when(one),
                )
                for one in found
                if "entered-in-error" not in naming.coded_as(one.get("verificationStatus", {}))
            ],
        )
    ]


async def results(folder: Folder) -> Sequence[Group]:
    """The newest result of each test."""
    found = await search(folder, "Observation", "-date", ("category", "laboratory"))
    return [Group("", _newest(folder, found))]


async def measurements(folder: Folder) -> Sequence[Group]:
    """The newest of each measurement."""
    codes = ",".join(f"{LOINC}|{code}" for code in VITALS)
    return [Group("", _newest(folder, await search(folder, "Observation", "-date", ("code", codes))))]


async def vaccines(folder: Folder) -> Sequence[Group]:
    """Each vaccine that was given."""
    found = await search(folder, "Immunization", "-date")
    rows = [
        Row(
            naming.concept(one.get("vaccineCode")),
            lines(one.get("location", {}).get("display", "")),
            naming.when(one),
        )
        for one in found
        if one["status"] == "completed"
    ]
    return [Group("", rows)]


async def documents(folder: Folder) -> Sequence[Group]:
    """Notes, and letters and other files, the newest first."""
    notes = await _notes(folder)
    found, names = await with_names(folder, "DocumentReference", "-date", "author")
    sent = [one for one in found if one["status"] != "entered-in-error"]
    rungs = await ladders(folder, sent)
    letters = [
        Row(
            one.get("description") or naming.concept(one.get("type")),
            lines(*(name_in(author, names) for author in one.get("author", ()))),
            opens=f"/journal/dokument/{one['id']}",
            rungs=rungs[f"DocumentReference/{one['id']}"],
            leads=_decides(folder, one),
        )
        for one in sent
    ]
    return (Group("notes", notes), Group("letters", letters))


async def _notes(folder: Folder) -> list[Row]:
    """Notes by what they are and the contact that they are of: most have one and the same title."""
    found = await search(
        folder,
        "Composition",
        "-date",
        ("_include", "Composition:author"),
        ("_include", "Composition:encounter"),
        ("_include:iterate", "Encounter:service-provider"),
    )
    names = names_of(found)
    contacts = {f"Encounter/{one['id']}": one for one in found if one["resourceType"] == "Encounter"}
    rows = []
    for one in found:
        if one["resourceType"] != "Composition" or one["status"] == "entered-in-error":
            continue
        contact = contacts.get(one.get("encounter", {}).get("reference", ""), {})
        told = lines(
            next(iter(map(naming.concept, contact.get("type", ()))), ""),
            *(name_in(author, names) for author in one.get("author", ())),
            name_in(contact.get("serviceProvider", {}), names),
        )
        title = one.get("title") or naming.concept(one["type"])
        rows.append(Row(title, told, one["date"], f"/journal/notat/{one['id']}"))
    return rows


def _decides(folder: Folder, letter: Json) -> tuple[Lead, ...]:
    """From a letter to the services that it decides on."""
    related = (one.get("reference", "") for one in letter.get("context", {}).get("related", ()))
    decided = any(reference.startswith("ServiceRequest/") for reference in related)
    return (Lead(folder.t.service.of_letter, "/journal/tjenester"),) if decided else ()


async def contacts(folder: Folder) -> Sequence[Group]:
    """Visits to and from those who help, and stays."""
    found, names = await with_names(folder, "Encounter", "-date", "service-provider")
    rows = [
        Row(
            next(iter(map(naming.concept, one.get("type", ()))), "") or folder.t.contact.unnamed,
            lines(
                name_in(one.get("serviceProvider", {}), names),
                *map(naming.concept, one.get("reasonCode", ())),
            ),
            naming.when(one),
        )
        for one in found
    ]
    return [Group("", rows)]


async def appointments(folder: Folder) -> Sequence[Group]:
    """What is to come, and what has been."""
    found = await search(folder, "Appointment", "date")
    rows = [(_is_coming(folder, one), appointment(folder, one)) for one in found]
    return (
        Group("to-come", [row for coming, row in rows if coming]),
        Group("been", [row for coming, row in rows if not coming][::-1]),
    )


def _is_coming(folder: Folder, one: Json) -> bool:
    """Whether it is not over yet."""
    end = moment_of(one.get("end") or one.get("start", ""))
    return end is not None and end > folder.now


def appointment(folder: Folder, one: Json) -> Row:
    """An appointment as a row; with whom and where."""
    parties = (party.get("actor", {}) for party in one.get("participant", ()))
    others = (party.get("display", "") for party in parties if party.get("reference") != folder.patient)
    what = one.get("description") or next(iter(map(naming.concept, one.get("serviceType", ()))), "")
    return Row(
        what or folder.t.contact.appointment,
        lines(_between(folder, one), *others, folder.t.appointment.get(one["status"], "")),
        one.get("start", ""),
        f"/timer/{one['id']}",
    )


def _between(folder: Folder, one: Json) -> str:
    """Between which times somebody comes to the citizen's home; "" for other appointments."""
    if not is_window(one):
        return ""
    start, end = (f"{datetime.fromisoformat(one[name]).astimezone(OSLO):%H:%M}" for name in ("start", "end"))
    return str(folder.t.visit.between.format(start=start, end=end))


AREAS = {
    area.name: area
    for area in (
        Area("timer", ("Appointment",), appointments),
        Area("prover", ("DiagnosticReport",), results),
        Area("malinger", ("Observation",), measurements),
        Area("legemidler", ("MedicationStatement",), medicines),
        Area("diagnoser", ("Condition",), diagnoses),
        Area("allergier", ("AllergyIntolerance",), allergies),
        Area("vaksiner", ("Immunization",), vaccines),
        Area("dokumenter", ("Composition", "DocumentReference"), documents),
        Area("kontakter", ("Encounter",), contacts),
        Area("tjenester", ("EpisodeOfCare", "ServiceRequest"), services),
    )
}


def _newest(folder: Folder, found: Sequence[Json]) -> list[Row]:
    """The first of each kind, which is the newest, with its value and the way to all of them."""
    seen: dict[str, Row] = {}
    for one in found:
        seen.setdefault(naming.concept(one["code"]), _measured(folder, one))
    return list(seen.values())


def _measured(folder: Folder, one: Json) -> Row:
    low, high = bounds(one)
    code, t, language = address(one), folder.t, folder.visit.language
    usual = f"{t.result.usual} {number(f'{low:g}–{high:g}', language)}" if None not in (low, high) else ""
    return Row(
        naming.concept(one["code"]),
        lines(t.result[side(one)] if side(one) else "", usual),
        naming.when(one),
        f"/journal/prove?kode={code}" if code else "",
        f"{number(value_of(one), language)} {unit_of(one)}".strip(),
        side(one),
    )
