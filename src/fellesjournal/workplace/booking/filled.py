"""What fills the calendars of a book on some days: appointments within reach, times that are kept free, and
that somebody is busy with what the reader does not reach."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from fellesjournal.booking.free.grid import Grid, midnight
from fellesjournal.booking.holding import BLOCKING, of_appointment
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.booking import words
from fellesjournal.workplace.booking.days import Item, opened, runs
from fellesjournal.workplace.booking.parties import Book, Party
from fellesjournal.workplace.desk import Desk, Json

MOST = "500"
GONE = "cancelled,entered-in-error,waitlist"
LONGEST_BLOCK = timedelta(days=120)
"""How long before a day the block may have begun that it lies in."""


class Filled:
    """All that is known of some days. `busy` are bits of the calendars' grid by party and lane."""

    def __init__(
        self,
        book: Book,
        grid: Grid,
        appointments: list[Json],
        patients: dict[str, Json],
        blocks: list[Json],
        busy: dict[str, dict[int, int]],
    ) -> None:
        self._book, self.grid, self._busy = book, grid, busy
        self._appointments, self._patients, self._blocks = appointments, patients, blocks

    def items(self, party: Party, day: date) -> list[Item]:
        """What stands in a party's column on a day."""
        own = [one for one in self._appointments if party.reference in words.comes(one)]
        found = [self._appointment(one, party) for one in own]
        found += [self._block(one) for one in self._blocks if _schedule(one) in party.schedules]
        shown = [one for one in found if _is_on(one, day)]
        return shown + [one for one in self._unknown(party, own, found) if _is_on(one, day)]

    def free(self, party: Party) -> int:
        """The bits at which a party is free for one more."""
        lanes = self._busy.get(party.reference, {})
        taken = (1 << self.grid.length) - 1
        for lane in range(party.capacity):
            taken &= lanes.get(lane, 0)
        return self.open(party) & ~taken

    def open(self, party: Party) -> int:
        """The bits at which a party's calendar is open."""
        return opened(party.hours, self.grid)

    def _appointment(self, one: Json, party: Party) -> Item:
        start, end = words.times(one) or (datetime.max, datetime.max)
        facts = {
            "kind": "appointment",
            "id": one["id"],
            "status": one["status"],
            "version": one["meta"]["versionId"],
            "who": ", ".join(filter(None, self._citizens(one))),
            "what": words.what(one),
            "party": party.reference,
        }
        return Item(start, end, facts)

    def _citizens(self, one: Json) -> Iterator[str]:
        """Their names: as the appointment has them where the record is not open yet, or no more."""
        written = words.names(one)
        for each in words.citizens(one):
            known = self._patients.get(each)
            yield naming.person(known) if known else written.get(each, "")

    def _block(self, one: Json) -> Item:
        start, end = (datetime.fromisoformat(one[name]).astimezone(OSLO) for name in ("start", "end"))
        return Item(start, end, {"kind": "block", "id": one["id"], "what": one.get("comment", "")})

    def _unknown(self, party: Party, own: Sequence[Json], found: Sequence[Item]) -> list[Item]:
        """Times that a party is busy with something that is none of what is shown."""
        if party.capacity > 1:
            return []
        busy = 0
        for bits in self._busy.get(party.reference, {}).values():
            busy |= bits
        for one in own:
            for wish in of_appointment(one):
                busy &= ~self.grid.touched(wish.start, wish.end)
        for each in found:
            busy &= ~self.grid.touched(each.start, each.end)
        return [Item(start, end, {"kind": "busy"}) for start, end in runs(busy, self.grid)]


async def filled(desk: Desk, book: Book, first: date, days: int) -> Filled:
    """All that fills some days of a book."""
    start, end = midnight(first), midnight(first + timedelta(days=days))
    references = [one.reference for one in book.parties]
    if not references:
        return Filled(book, desk.calendars.grid(), [], {}, [], {})
    asked = [("actor", ",".join(references)), ("status:not", GONE), ("_count", MOST)]
    asked += [("date", f"ge{start.isoformat()}"), ("date", f"lt{end.isoformat()}")]
    kept = [("schedule", ",".join(id for one in book.parties for id in one.schedules)), ("status", BLOCKING)]
    kept += [("start", f"ge{(start - LONGEST_BLOCK).isoformat()}"), ("start", f"lt{end.isoformat()}")]
    found, blocks, busy = await asyncio.gather(
        desk.search("Appointment", [*asked, ("_include", "Appointment:patient")]),
        desk.search("Slot", [*kept, ("_count", MOST)]),
        desk.calendars.busy(references),
    )
    patients = {f"Patient/{one['id']}": one for one in found if one["resourceType"] == "Patient"}
    appointments = [one for one in found if one["resourceType"] == "Appointment" and words.times(one)]
    return Filled(book, desk.calendars.grid(), appointments, patients, blocks, busy)


def _schedule(slot: Json) -> str:
    return str(slot.get("schedule", {}).get("reference", "")).removeprefix("Schedule/")


def _is_on(item: Item, day: date) -> bool:
    start, end = midnight(day), midnight(day + timedelta(days=1))
    return item.start < end and start < item.end
