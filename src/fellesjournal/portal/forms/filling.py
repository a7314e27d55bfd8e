"""Filling in a form one step at a time: each step is a page with a form of its own, and every press of a
button keeps what was written. The server decides what is asked next."""

from collections.abc import Mapping
from functools import partial
from secrets import token_hex
from urllib.parse import quote

from starlette.responses import Response

from fellesjournal.documentation.answers import is_picked
from fellesjournal.documentation.hindrances import unlikely
from fellesjournal.documentation.rules import Hand, Node, every, rivals
from fellesjournal.documentation.steps import Step
from fellesjournal.errors import Invalid, NotFound, TooLarge
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.forms import shelf
from fellesjournal.portal.forms.choices import FOUND
from fellesjournal.portal.forms.sheet import Sheet, sheet
from fellesjournal.portal.forms.shelf import Form
from fellesjournal.portal.forms.typed import FILE, item_at, next_row, typed, without
from fellesjournal.portal.forms.words import faults, told, told_unlikely
from fellesjournal.ui.naming import Json

MOST_ROWS = 20
"""Rows of one item."""


async def show(folder: Folder) -> Response:
    """A step as it stands. Without a draft it begins on the page before the first one."""
    form, draft = await shelf.opened(folder)
    if draft is None or form.closed:
        return folder.redirect(f"/skjema/{form.key}")
    on = await sheet(folder, form, draft, more=folder.asked("flere"))
    return await _page(folder, on, _number(folder, on))


async def save(folder: Folder) -> Response:
    """Keep what was written, and go where the button leads: on, back, away, or to the same step with a row
    more or less, a file, or the one text of two. What was written on a step that another window has made
    superfluous is kept too, in case it comes back."""
    form, draft = await shelf.opened(folder)
    if draft is None or form.closed:
        return folder.redirect("/skjema?borte=ja" if draft is None else f"/skjema/{form.key}")
    before = await sheet(folder, form, draft)
    hand, step = hand_of(folder), before.step(_asked_number(folder))
    written = typed(before.items, step.nodes if step else (), folder.form)
    fields = {place: text for place, text in written.items() if text != draft.fields.get(place, "")}
    key, drafts = shelf.key_of(folder, form), folder.documentation.drafts
    try:
        draft = await drafts.keep(key, fields, hand)
    except NotFound:
        return folder.redirect("/skjema?borte=ja")
    refused = await _files(folder, before, hand)
    act, _, place = folder.form.get("gjor", "neste").partition("|")
    if act == "fjern" and _is_row(before.items, place):
        draft = await drafts.keep(key, without(draft.fields, place), hand)
    if act == "valg":
        await _settle(folder, form, place, hand)
    draft = await drafts.find(key) or draft
    after = await sheet(folder, form, draft)
    return await _led(folder, after, act, place, refused)


async def _led(folder: Folder, after: Sheet, act: str, place: str, refused: Mapping[str, str]) -> Response:
    """To the page that comes after this one."""
    number, here = _asked_number(folder), f"/skjema/{after.form.key}"
    step = after.step(number)
    match act:
        case "lagre":
            return folder.redirect("/skjema?lagret=ja")
        case "tilbake":
            back = after.before(number)
            return folder.redirect(f"{here}/{back}" if back else here)
        case "flere" if next_row(after.nodes, place):
            return folder.redirect(f"{here}/{number}?flere={quote(place)}")
        case "fjern" | "valg":
            return folder.redirect(f"{here}/{number}")
    if step is not None:
        wrong = refused or faults(folder.t, after, step.nodes)
        if wrong or act == "sok":
            return await _page(folder, after, number, faults={} if act == "sok" and not refused else wrong)
        if act == "fil" or _asks_more(folder, step):
            return folder.redirect(f"{here}/{number}")
        doubts = told_unlikely(folder.t, unlikely(step.nodes))
        if doubts and folder.form.get("sikker") != "ja":
            return await _page(folder, after, number, doubts=doubts)
    following = after.after(number)
    return folder.redirect(f"{here}/{following}" if following else f"{here}/svar")


def hand_of(folder: Folder) -> Hand:
    """The page that a request comes from, as one that has seen the draft at a revision."""
    said = {name: folder.form.get(name, "") for name in ("skjema", "sett", "utkast")}
    return Hand(said["skjema"][:16], int(said["sett"]) if said["sett"].isdecimal() else 0, said["utkast"])


def _is_row(items: list[Json], place: str) -> bool:
    """Whether a place is a row of something that is repeated in the form."""
    path, _, _ = place.rpartition(":")
    return bool(path) and any(path.rpartition("/")[2] == one["linkId"] for one in _repeated(items))


def _repeated(items: list[Json]) -> list[Json]:
    inner = [found for one in items for found in _repeated(one.get("item", []))]
    return [one for one in items if one.get("repeats")] + inner


async def _page(
    folder: Folder,
    on: Sheet,
    number: int,
    *,
    faults: Mapping[str, str] | None = None,
    doubts: Mapping[str, str] | None = None,
) -> Response:
    step = on.step(number)
    if step is None:
        raise NotFound("The form has no such step.")
    numbers = [one.number for one in on.steps]
    return folder.page(
        "step.html",
        422 if faults or doubts else 200,
        on=on,
        step=step,
        at=numbers.index(number) + 1,
        many=len(numbers),
        faults=faults or {},
        doubts=doubts or {},
        ids={row.place: f"f{place}" for place, (_, row) in enumerate(every(step.nodes))},
        hand=Hand(token_hex(4), on.draft.held.revision, on.draft.id),
        found=await _looked_for(folder, on, step.nodes),
        most_rows=MOST_ROWS,
        asked=_asked_of(step),
        files=any(on.shape(node) == "file" for node, _ in every(step.nodes)),
        told=partial(told, folder.t),
    )


async def _looked_for(folder: Folder, on: Sheet, nodes: tuple[Node, ...]) -> dict[str, list[Json]]:
    """The codes that fit what was written, by place, where a set has too many to list."""
    return {
        row.place: await folder.value_sets.codes(node.item["answerValueSet"], row.text, FOUND)
        for node, row in every(nodes)
        if on.shape(node) == "search" and row.text.strip() and not is_picked(row.text)
    }


def _number(folder: Folder, on: Sheet) -> int:
    """The step that the address names, where it is shown; else the next one that is."""
    wanted = _asked_number(folder)
    return wanted if on.step(wanted) else on.after(wanted) or on.after(0)


def _asked_number(folder: Folder) -> int:
    said = folder.part_of_path("steg")
    return int(said) if said.isdecimal() and len(said) < 5 else 0


def _asks_more(folder: Folder, step: Step) -> bool:
    """Whether the answers of a step have brought questions into it that the page did not show."""
    return not set(_asked_of(step)) <= set(folder.form.get("vist", "").split())


def _asked_of(step: Step) -> list[str]:
    """The questions of a step, as the page that shows them tells of them."""
    asked = (node for node, _ in every(step.nodes) if node.item["type"] not in ("group", "display"))
    return list(dict.fromkeys(quote(node.place, safe="") for node in asked))


async def _files(folder: Folder, on: Sheet, hand: Hand) -> dict[str, str]:
    """Keep the files that were sent; what is not taken in is told, by place."""
    room, refused = folder.documentation, {}
    for name, file in folder.visit.files.items():
        place = name.removeprefix(FILE)
        item = item_at(on.items, place)
        if item is None or item["type"] != "attachment":
            continue
        try:
            text = await room.attachments.add(on.draft, file.name, file.content)
        except TooLarge:
            refused[place] = folder.t.forms.file_large
        except Invalid:
            refused[place] = folder.t.forms.file_kind
        else:
            await room.drafts.keep(shelf.key_of(folder, on.form), {place: text}, hand)
    return refused


async def _settle(folder: Folder, form: Form, said: str, hand: Hand) -> None:
    """The text that is to stand where two windows have written: "hvilken|place"; blank to take out a file."""
    which, _, place = said.partition("|")
    key, drafts = shelf.key_of(folder, form), folder.documentation.drafts
    draft = await drafts.find(key)
    if draft is None:
        return
    texts = {"": draft.fields.get(place, "")} | rivals(draft.held, place, "")
    if which == "tom":
        await drafts.choose(key, place, "", hand)
    elif which in texts:
        await drafts.choose(key, place, texts[which], hand)
