"""Who is kept from the record (sperring), and who acts for whom.

A block is set with its consequences told, and lifted with one press; both are new versions of a Consent.
"""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from fellesjournal.access.guard.blocks import KINDS
from fellesjournal.errors import NotFound
from fellesjournal.norway.codes.documents import RESTRICTION
from fellesjournal.norway.writing import day
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.portal.messages.team import is_protected, names, people, units
from fellesjournal.portal.power import power
from fellesjournal.portal.record.rows import name_in
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json

KINDS_OFFERED = ("notes", "observations", "results", "prescriptions", "treatment")
BLOCKED = "NORS"
"""Sperret (list 9603)."""
EVERYBODY = "alle"
MOST_DOCUMENTS = "40"
"""Of notes, and of documents, that can be chosen here; older ones by a program."""
_WRITTEN = ("Composition", "DocumentReference")
_SCOPE = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}]
}
_RECEIVER = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]
}


async def show(folder: Folder) -> Response:
    """The blocks in force, a form for another one, and who acts for the citizen."""
    asked = [("patient", folder.citizen), ("status", "active")]
    found = [one for one in await folder.search("Consent", asked) if _denies(one)]
    known = await names(folder, naming.references([one["provision"].get("actor", []) for one in found]))
    return folder.page(
        "sharing.html",
        blocks=[_block(folder, one, known) for one in found],
        may=folder.writes("Consent") and not folder.actor.represents,
        units=await units(folder, met_before=True),
        people=await _people(folder),
        protected=await is_protected(folder),
        kinds=KINDS_OFFERED,
        documents=await _documents(folder),
        representatives=await power.representatives(folder),
        held=await power.held(folder),
        given=folder.asked("gitt") == "ja",
        others=[] if folder.actor.represents else await folder.representing.others(folder.actor),
    )


async def block(folder: Folder) -> Response:
    """Keep somebody from the record, or a part of it. Raises Amiss where the form is not whole."""
    if folder.form.get("forstatt") != "ja":
        raise Amiss(folder.t.sharing.must_understand)
    wanted, what = folder.form.get("hvem", ""), folder.form.get("hva", "")
    known = dict([*await units(folder, met_before=True), *await _people(folder)])
    documents = dict(await _documents(folder))
    if wanted != EVERYBODY and wanted not in known:
        raise Amiss(folder.t.sharing.who_missing)
    if what and what not in KINDS_OFFERED and what not in documents:
        raise Amiss(folder.t.sharing.what_missing)
    of_document = {"reference": what, "display": documents[what]} if what in documents else {}
    await folder.create(
        _consent(folder, {"reference": wanted, "display": known.get(wanted, "")}, what, of_document)
    )
    return folder.redirect("/deling")


async def lift(folder: Folder) -> Response:
    """Lift a block of one's own. Raises NotFound."""
    found = await folder.read("Consent", folder.part_of_path("id"))
    if found.get("patient", {}).get("reference") != folder.patient or not _denies(found):
        raise NotFound("There is no such block.")
    await folder.update(found | {"status": "inactive"})
    return folder.redirect("/deling")


async def _people(folder: Folder) -> list[tuple[str, str]]:
    """Nobody of a citizen whose address is protected: who helps them is not told here."""
    return [] if await is_protected(folder) else await people(folder)


async def _documents(folder: Folder) -> list[tuple[str, str]]:
    """Reference and title with date of the latest notes and documents."""
    asked = [("patient", folder.citizen), ("_sort", "-date"), ("_count", MOST_DOCUMENTS)]
    found = [one for kind in _WRITTEN for one in await folder.search(kind, asked)]
    standing = sorted(
        (one for one in found if one["status"] != "entered-in-error"), key=naming.when, reverse=True
    )
    return [(f"{one['resourceType']}/{one['id']}", _titled(one)) for one in standing]


def _titled(document: Json) -> str:
    title = document.get("title") or document.get("description") or naming.concept(document.get("type"))
    return ", ".join(filter(None, (title, day(naming.when(document)))))


def _consent(folder: Folder, whom: Json, kind: str, document: Json) -> Json:
    now = folder.now.isoformat(timespec="seconds")
    provision: dict[str, Any] = {"type": "deny", "period": {"start": now}}
    if whom["reference"] != EVERYBODY:
        provision["actor"] = [{"role": _RECEIVER, "reference": whom}]
    if document:
        provision["data"] = [{"meaning": "instance", "reference": document}]
    elif kind:
        provision["class"] = [{"system": KINDS, "code": kind}]
    return {
        "resourceType": "Consent",
        "status": "active",
        "scope": _SCOPE,
        "category": [{"coding": [{"system": RESTRICTION.system, "code": BLOCKED}]}],
        "patient": {"reference": folder.patient},
        "dateTime": now,
        "policyRule": {"text": "pasient- og brukerrettighetsloven § 5-3"},
        "provision": provision,
    }


def _denies(consent: Json) -> bool:
    return bool(consent.get("provision", {}).get("type") == "deny")


def _block(folder: Folder, consent: Json, known: Mapping[str, str]) -> Json:
    """A block as a row. Who is kept out may be told by reference alone, or be hidden: it is not all then."""
    provision = consent["provision"]
    actors = [one.get("reference", {}) for one in provision.get("actor", ())]
    whom = [name_in(one, known) or folder.t.sharing.unnamed for one in actors]
    kinds = [one.get("code", "") for one in provision.get("class", ()) if one.get("system") == KINDS]
    documents = [one["reference"].get("display", "") for one in provision.get("data", ())]
    words = folder.t.kind
    return {
        "id": consent["id"],
        "whom": ", ".join(dict.fromkeys(whom)) or folder.t.sharing.everybody,
        "what": ", ".join(one or folder.t.sharing.document for one in documents)
        or ", ".join(words.get(one, one) for one in kinds)
        or folder.t.sharing.all,
        "since": provision.get("period", {}).get("start", consent.get("dateTime", "")),
    }
