"""Core information in the work pane: the list of it, one form for each kind, and what has been changed."""

from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from fellesjournal.access.journal import Question
from fellesjournal.errors import Conflict, Forbidden, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.norway.writing import day_typed
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.core.allergies import ALLERGIES, ATC, is_none_known, none_known, over
from fellesjournal.workplace.core.critical import CRITICAL
from fellesjournal.workplace.core.kind import Field, Filled, Json, Kind
from fellesjournal.workplace.core.language import LANGUAGE
from fellesjournal.workplace.core.living import LIVING
from fellesjournal.workplace.core.near import NEAR, is_nearest, persons, relation, source_of, tie_of
from fellesjournal.workplace.core.reservations import RESERVATIONS
from fellesjournal.workplace.desk import Desk

KINDS = {one.name: one for one in (ALLERGIES, CRITICAL, NEAR, RESERVATIONS, LIVING, LANGUAGE)}
LONGEST = 400
MOST_CODES = 8
NEW = "ny"


async def show(desk: Desk, said: str = "", fault: str = "") -> Response:
    """All of it, each with what can be done to it."""
    id = desk.part_of_path("id")
    lists = []
    for kind in KINDS.values():
        if desk.reads(kind.type_name):
            found = await current(desk, kind, id)
            together = persons(found) if kind is NEAR else [[one] for one in found]
            lists.append((kind, [_row(desk, kind, same) for same in together]))
    unasked = desk.writes("AllergyIntolerance") and not any(rows for kind, rows in lists if kind is ALLERGIES)
    return desk.page(
        "core.html",
        id=id,
        lists=lists,
        may={kind.name: desk.writes(kind.type_name) for kind in KINDS.values()},
        unasked=unasked,
        said=said,
        fault=fault,
    )


async def edit(desk: Desk) -> Response:
    """The form of one thing, or of something new. Raises NotFound."""
    kind = _kind(desk)
    before = await _before(desk, kind)
    return await _form(desk, kind, before, kind.read(before) if before else {})


async def find(desk: Desk) -> Response:
    """Codes that fit what is being typed: medicines by ATC."""
    words = desk.asked("hva").strip()[:60]
    rows = await desk.codes.find((ATC,), words, MOST_CODES) if len(words) > 1 else []
    return desk.page("options.html", rows=rows)


async def save(desk: Desk) -> Response:
    """Store the form, unless something is lacking, or somebody else has changed it since: then the words
    stay."""
    kind = _kind(desk)
    before = await _before(desk, kind)
    typed = {field.name: " ".join(desk.form.get(field.name, "").split())[:LONGEST] for field in kind.fields}
    faults = _faults(desk, kind, typed)
    if faults:
        return await _form(desk, kind, before, typed, faults=faults)
    if before and str(before["meta"]["versionId"]) != desk.form.get("versjon"):
        return await _form(desk, kind, before, typed, conflict=True)
    made = kind.make(before, await _filled(desk, kind, typed))
    if kind.anew:
        made.pop("id", None)
    try:
        await desk.transact([*await _instead_of_none(desk, kind), made])
    except (PreconditionFailed, Conflict):
        return await _form(desk, kind, await _before(desk, kind), typed, conflict=True)
    except (Forbidden, Unprocessable):
        return await _form(desk, kind, before, typed, faults=[desk.t.core.refused])
    return await show(desk, said=desk.t.core.saved)


async def end(desk: Desk) -> Response:
    """What was true is so no longer; it stays in the history. Raises NotFound."""
    kind = _kind(desk)
    before = await _before(desk, kind)
    if not before or kind.end is None:
        raise NotFound("There is nothing of this kind to end.")
    if str(before["meta"]["versionId"]) != desk.form.get("versjon") or not kind.is_current(before):
        return await show(desk, fault=desk.t.core.changed_since)
    try:
        await desk.transact([kind.end(before, _now(desk))])
    except (PreconditionFailed, Conflict):
        return await show(desk, fault=desk.t.core.changed_since)
    except (Forbidden, Unprocessable):
        return await show(desk, fault=desk.t.core.refused)
    return await show(desk, said=desk.t.core.ended)


async def no_allergies(desk: Desk) -> Response:
    """Somebody has asked, and no allergy is known; refused while one is."""
    if await current(desk, ALLERGIES, desk.part_of_path("id")):
        return await show(desk, fault=desk.t.core.has_allergies)
    await desk.create(none_known(await _filled(desk, ALLERGIES, {})))
    return await show(desk, said=desk.t.core.saved)


async def current(desk: Desk, kind: Kind, id: str) -> list[Json]:
    """What a citizen has of a kind now."""
    if kind.of_person:
        return [await desk.read("Patient", id)]
    return held(kind, await desk.search(kind.type_name, question(kind, id).parameters))


def question(kind: Kind, id: str) -> Question:
    """What is sought of a citizen for a kind."""
    return Question(kind.type_name, [("patient", id), *kind.asked, ("_count", "50")])


def held(kind: Kind, found: Sequence[Json]) -> list[Json]:
    """Those of what was found that a citizen has now."""
    kept = [one for one in found if kind.is_current(one)]
    return kept[:1] if kind.anew else kept


def title(desk: Desk, kind: Kind, resource: Json) -> str:
    """One of them in a line: its fields in their order, with what choices are called."""
    return _line(desk, kind, kind.read(resource))


def _line(desk: Desk, kind: Kind, read: dict[str, str]) -> str:
    if "etternavn" in read:
        read |= {"fornavn": "", "etternavn": f"{read['fornavn']} {read['etternavn']}".strip()}
    return ", ".join(filter(None, (option(desk, kind, each, read[each.name]) for each in kind.fields)))


def option(desk: Desk, kind: Kind, field: Field, value: str) -> str:
    """What a value is called: a choice by the catalogue or its list, anything else as it is."""
    if not field.choices or not value:
        return value
    if field.name == "relasjon":
        return relation(value)
    named: dict[str, str] = desk.t.core.options[kind.name]
    return named.get(value, value if field.name == "sprak" else "")


def _kind(desk: Desk) -> Kind:
    name = desk.part_of_path("slag")
    if name not in KINDS:
        raise NotFound(f"There is no core information '{name}'.")
    kind = KINDS[name]
    if not desk.writes(kind.type_name):
        raise Forbidden(f"This role does not write {kind.type_name}.")
    return kind


async def _before(desk: Desk, kind: Kind) -> Json:
    """What the address names; {} for something new. Raises NotFound for one of somebody else."""
    id, named = desk.part_of_path("id"), desk.part_of_path("ting")
    if kind.of_person:
        return await desk.read("Patient", id)
    if named == NEW:
        return {}
    found = await desk.read(kind.type_name, named)
    if f"Patient/{id}" not in naming.references([found.get("patient"), found.get("subject")]):
        raise NotFound("The citizen has no such thing.")
    return found


async def _instead_of_none(desk: Desk, kind: Kind) -> Sequence[Json]:
    """The statement that nothing is known, ended by the first allergy that is."""
    if kind is not ALLERGIES:
        return ()
    held = await current(desk, kind, desk.part_of_path("id"))
    return [over(one, _now(desk)) for one in held if is_none_known(one)]


def _faults(desk: Desk, kind: Kind, typed: dict[str, str]) -> list[str]:
    found = []
    for field in kind.fields:
        name, text = desk.t.core.fields[field.name], typed[field.name]
        if field.required and not text:
            found.append(desk.t.core.required.format(name=name))
        if text and field.choices and text not in field.choices:
            found.append(desk.t.core.no_choice.format(name=name))
        if text and field.day and day_typed(text) is None:
            found.append(desk.t.core.no_day.format(name=name, value=text[:40]))
    return found


async def _filled(desk: Desk, kind: Kind, typed: dict[str, str]) -> Filled:
    fields, codings = dict(typed), dict[str, Sequence[Json]]()
    for field in kind.fields:
        if field.day and fields.get(field.name):
            fields[field.name] = day_typed(fields[field.name]) or ""
        if field.finds and (coding := await _coding(desk, fields.get(field.name, ""))):
            codings[field.name], fields[field.name] = [coding], coding["display"]
    by = {"reference": desk.actor.person, "display": desk.actor.display}
    options: dict[str, dict[str, str]] = desk.t.core.options

    def word(kind_name: str, value: str) -> str:
        return options[kind_name].get(value, value)

    return Filled(fields, codings, desk.part_of_path("id"), by, _now(desk), word)


async def _coding(desk: Desk, text: str) -> Json:
    """The code that a text begins with, as the list of finds writes it; {} where it begins with none."""
    code, _, said = text.partition(" ")
    display = await desk.codes.display(ATC, code) if said else ""
    return {"system": ATC, "code": code, "display": display} if display else {}


def _now(desk: Desk) -> str:
    return desk.now.astimezone(OSLO).isoformat(timespec="seconds")


def _row(desk: Desk, kind: Kind, same: Sequence[Json]) -> Json:
    """A line of the list: of a person who is told of several times all that is told, with the sources; the
    first is what is changed."""
    first, told = same[0], [kind.read(one) for one in same]
    read = {name: next(filter(None, (one[name] for one in told)), "") for name in told[0]}
    if kind is NEAR:
        read["naermest"] = "ja" if any(map(is_nearest, same)) else "nei"
    return {
        "id": first["id"],
        "version": first["meta"]["versionId"],
        "text": _line(desk, kind, read),
        "none": kind is ALLERGIES and is_none_known(first),
        "sources": [_source(desk, one) for one in same] if len(same) > 1 else [],
    }


def _source(desk: Desk, near: Json) -> str:
    """The right that somebody has, for whoever has one; else where it comes from."""
    said: str = desk.t.ties[tie] if (tie := tie_of(near)) else desk.t.sources[source_of(near)]
    return said


async def _form(desk: Desk, kind: Kind, before: Json, fields: dict[str, str], **more: Any) -> Response:
    told: Json = {"faults": [], "conflict": False} | more
    said = {"ja": desk.t.notes.yes, "nei": desk.t.notes.no}
    options = {
        each.name: [(value, said.get(value) or option(desk, kind, each, value)) for value in each.choices]
        for each in kind.fields
    }
    return desk.page(
        "entry.html",
        id=desk.part_of_path("id"),
        kind=kind,
        thing=before["id"] if before else NEW,
        version=before["meta"]["versionId"] if before else "",
        fields=fields,
        options=options,
        now_is=title(desk, kind, before) if before else "",
        versions=await _versions(desk, kind, before) if before else [],
        **told,
    )


async def _versions(desk: Desk, kind: Kind, before: Json) -> list[Json]:
    """What it has said through time, newest first; of those that follow each other with the same words,
    one."""
    page = await desk.journal.history(kind.type_name, before["id"], [("_count", "20")])
    found: list[Json] = []
    for entry in reversed(page.entries):
        one: Json = msgspec.json.decode(entry.stored.body) if entry.stored.body else {}
        text = title(desk, kind, one) if one else ""
        if text and (not found or found[-1]["text"] != text):
            by: Json = next((one[name] for name in ("recorder", "author") if name in one), {})
            found.append({"text": text, "when": one["meta"]["lastUpdated"], "by": by.get("display", "")})
    return found[::-1]
