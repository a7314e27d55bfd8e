"""Before a form is sent one sees all that one has answered; then it is in the record, and a unit is told."""

import msgspec
from starlette.responses import Response

from fellesjournal.documentation import sendings
from fellesjournal.documentation.answers import is_picked
from fellesjournal.documentation.rules import every
from fellesjournal.documentation.sendings import Sending
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.forms import shelf
from fellesjournal.portal.forms.sheet import Sheet, sheet
from fellesjournal.portal.forms.shelf import Asked
from fellesjournal.portal.forms.typed import LONGEST
from fellesjournal.portal.forms.words import due, faults, lines
from fellesjournal.portal.messages.team import units
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import OSLO

__all__ = ["LONGEST", "check", "send"]


async def check(folder: Folder) -> Response:
    """All that was answered, with the way back to each step."""
    form, draft = await shelf.opened(folder)
    if draft is None or form.closed:
        return folder.redirect(f"/skjema/{form.key}")
    return await _page(folder, await sheet(folder, form, draft))


async def send(folder: Folder) -> Response:
    """Send what was answered. What hinders it is told with the step that it stands in."""
    form, draft = await shelf.opened(folder)
    if draft is None or form.closed:
        return folder.redirect("/skjema?borte=ja" if draft is None else f"/skjema/{form.key}")
    on = await sheet(folder, form, draft)
    wrong = await _hindering(folder, on)
    seen = folder.form.get("sett", "") == str(draft.held.revision)
    asking = await shelf.asking(folder, form)
    known = await _recipients(folder, asking)
    unit = folder.form.get("til", "")
    if wrong or not seen or (known and unit not in known):
        said = folder.t.forms.changed_meanwhile if not wrong and not seen else ""
        said = said or (folder.t.forms.to_missing if not wrong else "")
        return await _page(folder, on, wrong, said)
    to = {"reference": unit, "display": known[unit]} if unit in known else {}
    sending = Sending(
        id=draft.id,
        questionnaire=on.questionnaire,
        edition=form.edition,
        patient=folder.patient,
        author={"reference": folder.actor.person, "display": folder.actor.display},
        unit=to,
        when=folder.now.astimezone(OSLO).isoformat(timespec="seconds"),
        answers=asking.reference if asking else "",
    )
    files = await folder.documentation.attachments.of(draft)
    await folder.journal.transact(msgspec.json.encode(sendings.sent(sending, on.nodes, files)))
    await folder.documentation.drafts.drop(shelf.key_of(folder, form), draft.id)
    return folder.redirect("/skjema?sendt=ja")


async def _page(
    folder: Folder, on: Sheet, wrong: dict[int, list[str]] | None = None, said: str = ""
) -> Response:
    asking = await shelf.asking(folder, on.form)
    return folder.page(
        "form-check.html",
        422 if wrong or said else 200,
        on=on,
        parts=[(step, lines(folder.t, step.nodes)) for step in on.steps],
        wrong=wrong or {},
        said=said,
        due=due(folder.t, asking, folder.now),
        units=await _recipients(folder, asking),
    )


async def _hindering(folder: Folder, on: Sheet) -> dict[int, list[str]]:
    """What must be mended, by the number of the step."""
    found = {one.number: [*faults(folder.t, on, one.nodes).values()] for one in on.steps}
    for step in on.steps:
        found[step.number] += await _strange(folder, on, step.number)
    return {number: said for number, said in found.items() if said}


async def _strange(folder: Folder, on: Sheet, number: int) -> list[str]:
    """Codes that are none of the set that they are chosen from."""
    step, found = on.step(number), []
    for node, row in every(step.nodes if step else ()):
        if on.shape(node) == "search" and is_picked(row.text):
            said, _, code = row.text.strip().rstrip("]").rpartition(" [")
            known = await folder.value_sets.codes(node.item["answerValueSet"], said, 40)
            if code not in {f"{one['system']}|{one['code']}" for one in known}:
                found.append(folder.t.form_fault.choice.format(name=node.item["text"], bound=""))
    return found


async def _recipients(folder: Folder, asking: Asked | None) -> dict[str, str]:
    """The units that may get the answers: the one that asks for them, else those that help the citizen."""
    by: Json = asking.by if asking else {}
    if by.get("reference", "").startswith("Organization/"):
        [found] = [await folder.read(*by["reference"].split("/"))]
        return {by["reference"]: str(found["name"])}
    return dict(await units(folder))
