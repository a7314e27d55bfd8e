"""Times that are held months ahead and not agreed yet: listed, the nearest first, confirmed or given back.

Such a time is an Appointment that is pending and has no end of its hold (acts.tentative): the guard keeps it
as it keeps any other.
"""

from datetime import timedelta

from starlette.responses import Response

from fellesjournal.booking import acts
from fellesjournal.booking.holding import held_until
from fellesjournal.errors import Conflict, PreconditionFailed, Unprocessable
from fellesjournal.workplace.booking import parties, reception, refusals, taking_back, words
from fellesjournal.workplace.booking.parties import Book
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called

SOON = timedelta(weeks=6)
"""How long before it begins one should be settled."""
MOST = 100
"""Shown and settled at once."""
LOOKED_AT = 2_000
"""Appointments that are pending, holds among them."""
_FIELD = "hva-"
"""Begins the name of the field that says what becomes of one; its version stands in `versjon-`."""
CONFIRMED, GIVEN_BACK = "bekreft", "frigi"


async def show(desk: Desk) -> Response:
    """All to come."""
    return await _page(desk)


async def settle(desk: Desk) -> Response:
    """Confirm and give back what was chosen, all or none."""
    chosen = {
        name.removeprefix(_FIELD): value
        for name, value in desk.form.items()
        if name.startswith(_FIELD) and value in (CONFIRMED, GIVEN_BACK)
    }
    before = [await desk.read("Appointment", id) for id in list(chosen)[:MOST]]
    if not before:
        return await _page(desk)
    try:
        if any(one["meta"]["versionId"] != desk.form.get(f"versjon-{one['id']}") for one in before):
            raise PreconditionFailed("Somebody has changed one of them since.")
        await desk.transact([_settled(desk, one, chosen[one["id"]]) for one in before])
    except (Conflict, PreconditionFailed):
        return await _page(desk, faults=[desk.t.timebok.meanwhile])
    except Unprocessable as fault:
        names = await called(desk, [actor for one in before for actor in words.actors(one)])
        return await _page(desk, faults=refusals.told(desk, fault, names))
    said = desk.t.tentative.settled.format(count=len(before))
    return await _page(desk, said=said, back=taking_back.token(before))


async def undo(desk: Desk) -> Response:
    """Make them tentative again."""
    try:
        await taking_back.restore(desk, desk.form.get("tilbake", ""))
    except (Conflict, PreconditionFailed):
        return await _page(desk, faults=[desk.t.timebok.meanwhile])
    return await _page(desk, said=desk.t.timebok.undone)


def _settled(desk: Desk, one: Json, act: str) -> Json:
    return acts.booked(one, desk.now) if act == CONFIRMED else acts.cancelled(one, acts.BY_SERVICE)


async def _page(desk: Desk, *, said: str = "", back: str = "", faults: list[str] | None = None) -> Response:
    book = await parties.book(desk, desk.actor.unit.replace("/", "-", 1))
    found = await _tentative(desk, book)
    names = await called(desk, [actor for one in found[:MOST] for actor in words.actors(one)])
    return desk.page(
        "tentative.html",
        409 if faults else 200,
        book=book,
        rows=[_row(desk, one, names) for one in found[:MOST]],
        count=len(found),
        said=said,
        back=back,
        faults=faults or [],
        may=desk.writes("Appointment"),
    )


async def _tentative(desk: Desk, book: Book) -> list[Json]:
    actors = await reception.actors(desk, book)
    if not actors:
        return []
    asked = [("actor", ",".join(actors)), ("status", "pending"), ("date", f"ge{desk.now.isoformat()}")]
    found = await desk.search_all("Appointment", [*asked, ("_sort", "date")], LOOKED_AT)
    return [one for one in found if held_until(one) is None and words.times(one)]


def _row(desk: Desk, one: Json, names: dict[str, str]) -> Json:
    held = words.times(one)
    who = [names.get(each) or each for each in words.comes(one) if not each.startswith("Patient/")]
    return {
        "id": one["id"],
        "version": one["meta"]["versionId"],
        "when": words.when(desk.t, one),
        "day": f"{held[0]:%Y-%m-%d}" if held else "",
        "who": ", ".join(filter(None, (names.get(each) for each in words.citizens(one)))),
        "what": words.what(one),
        "with": ", ".join(who),
        "is_soon": held is not None and held[0] < desk.now + SOON,
    }
