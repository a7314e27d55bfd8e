"""Who is kept from the record (sperring), and who acts for whom.

A block is set with its consequences told, and lifted with one press; both are new versions of a Consent.
"""

from collections.abc import Mapping

from starlette.responses import Response

from fellesjournal.access import blocking
from fellesjournal.errors import NotFound
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.portal.messages.team import is_protected, names, people, units
from fellesjournal.portal.power import power
from fellesjournal.portal.record.rows import name_in
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.resources import latest_written

EVERYBODY = "alle"
DOCUMENTS = 40
"""Of notes, and of documents, that can be chosen here; older ones by a program."""


async def show(folder: Folder) -> Response:
    """The blocks in force, a form for another one, and who acts for the citizen."""
    asked = [("patient", folder.citizen), ("status", "active")]
    found = [one for one in await folder.search("Consent", asked) if blocking.is_block(one)]
    known = await names(folder, naming.references([one["provision"].get("actor", []) for one in found]))
    return folder.page(
        "sharing.html",
        blocks=[_block(folder, one, known) for one in found],
        may=folder.writes("Consent") and not folder.actor.represents,
        units=await units(folder, met_before=True),
        people=await _people(folder),
        protected=await is_protected(folder),
        kinds=blocking.OFFERED,
        documents=await latest_written(folder, folder.citizen, DOCUMENTS),
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
    documents = await latest_written(folder, folder.citizen, DOCUMENTS)
    if wanted != EVERYBODY and wanted not in known:
        raise Amiss(folder.t.sharing.who_missing)
    if what and what not in blocking.OFFERED and what not in documents:
        raise Amiss(folder.t.sharing.what_missing)
    of_document = {"reference": what, "display": documents[what]} if what in documents else {}
    whom = {"reference": wanted, "display": known[wanted]} if wanted != EVERYBODY else {}
    await folder.create(blocking.made(folder.patient, whom, what, of_document, folder.now))
    return folder.redirect("/deling")


async def lift(folder: Folder) -> Response:
    """Lift a block of one's own. Raises NotFound."""
    found = await folder.read("Consent", folder.part_of_path("id"))
    if found.get("patient", {}).get("reference") != folder.patient or not blocking.is_block(found):
        raise NotFound("There is no such block.")
    await folder.update(found | {"status": "inactive"})
    return folder.redirect("/deling")


async def _people(folder: Folder) -> list[tuple[str, str]]:
    """Nobody of a citizen whose address is protected: who helps them is not told here."""
    return [] if await is_protected(folder) else await people(folder)


def _block(folder: Folder, consent: Json, known: Mapping[str, str]) -> Json:
    """A block as a row. Who is kept out may be told by reference alone, or be hidden: it is not all then."""
    said, t = blocking.said(consent), folder.t
    whom = [name_in(one, known) or t.sharing.unnamed for one in said.whom]
    return {
        "id": consent["id"],
        "whom": ", ".join(dict.fromkeys(whom)) or t.sharing.everybody,
        "what": ", ".join(one.get("display", "") or t.sharing.document for one in said.documents)
        or ", ".join(t.kind.get(one, one) for one in said.kinds)
        or t.sharing.all,
        "since": said.since,
    }
