"""One version of a template: edited while it is a draft, and seen as those see it who write from it."""

from datetime import UTC, datetime

from starlette.responses import HTMLResponse, Response

from fellesjournal.documentation import approval
from fellesjournal.documentation.concepts import concepts
from fellesjournal.documentation.editing import (
    OPERATORS,
    TYPES,
    Row,
    differences,
    faults,
    file_of,
    items_of,
    named,
    rows_of,
)
from fellesjournal.documentation.library import from_questionnaire, unheeded
from fellesjournal.documentation.rules import Held
from fellesjournal.documentation.store import Draft
from fellesjournal.documentation.templates import template
from fellesjournal.errors import Fault
from fellesjournal.norway.codes.documents import DOCUMENT
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json, NotYours
from fellesjournal.workplace.notes.forms import sheet
from fellesjournal.workplace.templates import shelf

MOST_ROWS = 300
_EMPTY: Row = dict.fromkeys(rows_of([{"id": "a", "text": "a", "type": "string"}])[0], "") | {"type": "string"}
_LISTED = ("roles", "diagnoses", "units")


async def show(desk: Desk) -> Response:
    """The version that the address names: a draft to be edited, another to be read."""
    shelf.check(desk)
    return await page(desk, await shelf.find(desk, desk.part_of_path("mal")))


async def save(desk: Desk) -> Response:
    """Do what was asked with the rows, and keep the draft where nothing hinders it: what was typed stays on
    the screen whatever hinders it."""
    shelf.check(desk)
    found = await shelf.find(desk, desk.part_of_path("mal"))
    if found["status"] != "draft":
        raise NotYours(desk.t.shelf.in_force)
    act, _, number = desk.form.get("gjor", "lagre").partition("|")
    file, rows = _sent(desk)
    at = int(number) if number.isdecimal() and int(number) < len(rows) else -1
    rows = named(_done(rows, act, at))
    wrong = _faults(desk, file, rows) | _unheeded(desk, found, rows)
    if wrong:
        wanted = wrong if act in ("lagre", "send") else {}
        return await _page(desk, found, file, rows, faults=wanted, said=desk.t.shelf.not_kept, at=at, act=act)
    new = approval.written(_made(found, file, rows), shelf.by(desk), found)
    if act == "send":
        new = approval.sent(new, datetime.now(UTC).astimezone(OSLO).isoformat(timespec="seconds"))
    try:
        kept = await shelf.replace(desk, new, desk.form.get("versjon", ""))
    except Fault as fault:  # another has saved it meanwhile, or the record refuses
        told = {-1: f"{desk.t.shelf.refused} {fault}"}
        return await _page(desk, found, file, rows, faults=told)
    said = desk.t.shelf.sent if act == "send" else desk.t.shelf.kept
    return await _page(desk, kept, file, rows, said=said, at=at, act=act)


async def preview(desk: Desk) -> Response:
    """The form as it would be, of what is typed."""
    shelf.check(desk)
    file, rows = _sent(desk)
    rows = named(rows)
    if wrong := _faults(desk, file, rows):
        return HTMLResponse(desk.html("unseen.html", faults=list(wrong.values())))
    return HTMLResponse(_preview(desk, template(file | {"item": items_of(rows)}).questionnaire))


def _sent(desk: Desk) -> tuple[Json, list[Row]]:
    """The head of a template's file, and the rows, of the form that was sent."""
    form = desk.form
    number = form.get("rader", "0")
    count = min(int(number) if number.isdecimal() else 0, MOST_ROWS)
    rows = [{name: form.get(f"{name}.{row}", "")[:4_000] for name in _EMPTY} for row in range(count)]
    several = {
        name: [one.strip() for one in form.get(name, "").split(",") if one.strip()] for name in _LISTED
    }
    kind = form.get("kind", "")
    head = {
        "title": form.get("title", "").strip()[: shelf.LONGEST],
        "kind": kind if DOCUMENT.find(kind) else "B02-2",
    }
    return {"id": "prove"} | head | {name: values for name, values in several.items() if values}, rows


def _done(rows: list[Row], act: str, at: int) -> list[Row]:
    """The rows after an act: ny, gruppe, or of one row: fjern, opp, ned, inn, ut."""
    if act in ("ny", "gruppe"):
        depth = rows[-1]["depth"] if rows and act == "ny" else "0"
        if rows and act == "ny" and rows[-1]["type"] == "group":
            depth = str(int(depth) + 1 if depth.isdecimal() else 1)
        return [*rows, _EMPTY | {"type": "group" if act == "gruppe" else "string", "depth": depth}]
    if at < 0:
        return rows
    row, others = rows[at], [*rows[:at], *rows[at + 1 :]]
    if act == "fjern":
        return others
    if act in ("opp", "ned"):
        to = max(0, at - 1) if act == "opp" else at + 1
        return [*others[:to], row, *others[to:]]
    if act in ("inn", "ut"):
        now = int(row["depth"]) if row["depth"].isdecimal() else 0
        moved = row | {"depth": str(max(0, now + (1 if act == "inn" else -1)))}
        return [*rows[:at], moved, *rows[at + 1 :]]
    return rows


def _faults(desk: Desk, file: Json, rows: list[Row]) -> dict[int, str]:
    """What must be mended, by row; -1 for the template itself."""
    return {
        one.row: desk.t.shelf_faults[one.kind].format(name=rows[one.row]["text"] if one.row >= 0 else "")
        for one in faults(file["title"], rows)
    }


def _unheeded(desk: Desk, found: Json, rows: list[Row]) -> dict[int, str]:
    """The rows of which the stored version says by an expression when or what they ask, which the editor has
    no words for: saved, they would be asked always."""
    items = unheeded(found)
    return {
        number: desk.t.shelf_faults.unheeded.format(name=row["text"])
        for number, row in enumerate(rows)
        if row["id"] in items
    }


def _made(found: Json, file: Json, rows: list[Row]) -> Json:
    made = template(file | {"item": items_of(rows)}).questionnaire
    same = {name: found[name] for name in ("id", "meta", "url", "version", "name") if name in found}
    return made | same


async def page(desk: Desk, found: Json, fault: str = "") -> Response:
    """A version as it is stored, with what hindered a decision about it."""
    file = file_of(found)
    rows = rows_of(file["item"])
    wrong = _unheeded(desk, found, rows) if found["status"] == "draft" else {}
    return await _page(desk, found, file, rows, fault=fault, faults=wrong)


async def _page(desk: Desk, found: Json, file: Json, rows: list[Row], **more: object) -> Response:
    before = await _before(desk, found)
    values = {"faults": {}, "said": "", "at": -1, "act": "", "fault": ""} | more
    return desk.page(
        "template.html" if found["status"] == "draft" else "template-read.html",
        422 if values["faults"] or values["fault"] else 200,
        mal=found,
        said_file=file,
        rows=rows,
        before=before,
        differences=differences(before, found) if before else [],
        preview=_preview(desk, found) if not values["faults"] else "",
        may_approve=approval.may_approve(found, desk.actor.person),
        status=approval.status_of(found),
        returned=approval.decision(found, approval.RETURNED),
        retired=approval.decision(found, approval.RETIRED),
        authors=approval.authors_of(found),
        approvers=approval.approvers_of(found),
        types=TYPES,
        operators=OPERATORS,
        concepts=concepts(),
        kinds=DOCUMENT.codes,
        **values,
    )


def _preview(desk: Desk, questionnaire: Json) -> str:
    """The fields as those see them who write, all of them shown."""
    shown = questionnaire | {"item": [_always(one) for one in questionnaire.get("item", ())]}
    draft = Draft("", "", "", "", Held({}, {}, {}), desk.now, desk.now)
    on = sheet(desk, from_questionnaire(shown), draft)
    return desk.html("fields.html", id="", on=on, known={}, faults={}, doubts={}, focus="")


def _always(item: Json) -> Json:
    bare = {name: value for name, value in item.items() if name not in ("enableWhen", "enableBehavior")}
    return bare | ({"item": [_always(one) for one in item["item"]]} if "item" in item else {})


async def _before(desk: Desk, found: Json) -> Json | None:
    """The version before one, if there is one."""
    number = int(found.get("version", "1"))
    same = [one for one in [*await shelf.every(desk), *shelf.seeds()] if one["url"] == found["url"]]
    earlier = [one for one in same if int(one.get("version", "1")) < number and one["status"] != "draft"]
    return max(earlier, key=lambda one: int(one.get("version", "1")), default=None)
