"""Signing a note, amending it, and taking back one about the wrong citizen."""

from typing import Any

from starlette.responses import HTMLResponse, Response

from fellesjournal.documentation import signing
from fellesjournal.documentation.extraction import Signer
from fellesjournal.documentation.provenance import facts_in
from fellesjournal.documentation.rules import answered
from fellesjournal.documentation.store import Draft
from fellesjournal.errors import Fault, NotFound
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.diagnoses.diagnoses import ICD10, ICPC2
from fellesjournal.workplace.notes import facts, forms, notes, references
from fellesjournal.workplace.notes.copies import copies
from fellesjournal.workplace.notes.cosigners import cosigners
from fellesjournal.workplace.notes.forms import Sheet
from fellesjournal.workplace.notes.whole import own, whole


async def sign(desk: Desk) -> Response:
    """Sign what was typed. What hinders it is told beside its field, and stays as it was typed."""
    id, template = desk.part_of_path("id"), await notes.template_of(desk)
    await desk.read("Patient", id)
    key, drafts, hand = notes.key_of(desk, template), desk.documentation.drafts, forms.hand_of(desk)
    try:
        draft = await drafts.keep(key, notes.typed(desk.form), hand)
    except NotFound:
        return desk.page("told.html", 410, said=desk.t.notes.gone, id=id, note="")
    on = forms.sheet(desk, template, draft)
    own = await desk.documentation.own_phrases.of(desk.actor.person)
    faults = forms.changed_elsewhere(desk.t, on, hand) | forms.faults(desk.t, on, own.values())
    faults |= await _unknown_codes(desk, on) | await references.strange(desk, on)
    doubts = {} if desk.form.get("sikker") else forms.doubts(desk.t, on)
    if not faults and not list(answered(on.nodes)):
        faults = {"": desk.t.notes.nothing}
    known = await cosigners(desk)
    asked = next((one for one in known if one["reference"] == desk.form.get("medsigneres")), None)
    if desk.policy.cosigned_by and not asked:
        faults |= {"": desk.t.cosigning.choose if known else desk.t.cosigning.nobody}
    if not faults and not doubts:
        faults = await _stored(desk, on, asked)
    if faults or doubts:
        return HTMLResponse(await notes.form(desk, on, faults=faults, doubts=doubts), 422)
    await drafts.drop(key, draft.id)
    said = desk.t.cosigning.asked.format(name=asked["display"]) if asked else desk.t.notes.signed
    return desk.page("told.html", said=said, id=id, note=draft.id)


async def take_back(desk: Desk) -> Response:
    """Mark a note, and all that it made, as entered in error, with the reason."""
    id, note = desk.part_of_path("id"), desk.part_of_path("note")
    earlier = await own(desk)
    reason = desk.form.get("grunn", "").strip()
    if not reason:
        return desk.page("told.html", 422, said=desk.t.notes.reason_needed, id=id, note=note)
    await notes.transact(desk, signing.taken_back(earlier, note, reason[:1000]))
    return desk.page("told.html", said=desk.t.notes.taken_back, id=id, note="")


async def _stored(desk: Desk, on: Sheet, cosigner: Json | None) -> dict[str, str]:
    """Write the note; what the record refuses is told, and nothing is written."""
    earlier = await whole(desk, on.draft.note) if on.draft.note else []
    signer = _signer(desk, on.draft, earlier)._replace(cosigner=cosigner)
    marks = [*await facts.true(desk, facts_in(on.fields)), *await copies(desk, on)]
    files = await desk.documentation.attachments.of(on.draft)
    bundle = signing.signed(on.template, on.nodes, on.fields, signer, earlier, marks, files)
    try:
        await notes.transact(desk, bundle)
    except Fault as fault:
        return {"": f"{desk.t.notes.refused} {fault}"}
    return {}


def _signer(desk: Desk, draft: Draft, earlier: list[Json]) -> Signer:
    now = desk.now.astimezone(OSLO).isoformat(timespec="seconds")
    custodian: dict[str, Any] = {}
    if desk.actor.unit:
        custodian = {"reference": desk.actor.unit}
        custodian |= {"display": desk.actor.unit_display} if desk.actor.unit_display else {}
    return Signer(
        note=draft.id,
        patient=f"Patient/{desk.part_of_path('id')}",
        author={"reference": desk.actor.person, "display": desk.actor.display},
        custodian=custodian,
        when=earlier[1]["authored"] if earlier else now,
        written=now,
        role=desk.actor.role,
    )


async def _unknown_codes(desk: Desk, on: Sheet) -> dict[str, str]:
    """Codes that were typed and do not exist, by place."""
    found = {}
    for node, row, answer in answered(on.nodes):
        coding = answer.get("valueCoding", {})
        if coding.get("system") not in (ICD10, ICPC2):
            continue
        if not await desk.codes.display(coding["system"], coding["code"]):
            found[row.place] = desk.t.notes.no_code.format(name=on.name(node.item), code=coding["code"])
    return found
