"""The workplace put together from the settings: its pages, and the hub that makes them live."""

from collections.abc import Sequence
from datetime import date, timedelta

import asyncpg

from fellesjournal.access.journal import Journal
from fellesjournal.app.rooms import Knowledge, Rooms, policies
from fellesjournal.app.settings import Settings
from fellesjournal.booking.icalendar.feeds import Feeds
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.documentation.expressions import Expressions
from fellesjournal.documentation.files import Attachments
from fellesjournal.documentation.own_phrases import OwnPhrases
from fellesjournal.documentation.store import Drafts
from fellesjournal.reading import live
from fellesjournal.reading.attendance import Attendance
from fellesjournal.reading.live import Hub
from fellesjournal.reading.readings import Readings
from fellesjournal.record.changes import Cursor
from fellesjournal.record.record import Record
from fellesjournal.signin.reception import Reception
from fellesjournal.support.reports import Reports
from fellesjournal.workplace import surface
from fellesjournal.workplace.booking.stream import SHOWN as BOOKED
from fellesjournal.workplace.codes import Codes
from fellesjournal.workplace.seats import Seats
from fellesjournal.workplace.start.lists import SHOWS

_NOBODY: frozenset[int] = frozenset()
_LISTED = frozenset((*SHOWS, *BOOKED))
"""What worklists and the day's bookings are made of: of these alone it is looked up whom they concern."""


def joined(
    settings: Settings,
    pool: asyncpg.Pool,
    know: Knowledge,
    rooms: Rooms,
    reception: Reception,
    journal: Journal,
) -> surface.Workplace:
    """The workplace of a site; people sign in at the reception."""
    codes = Codes(rooms.terminology, date.today)
    readings, attendance = Readings(pool), Attendance(pool)
    seats = Seats(attendance)
    hub = Hub(feed(rooms.record), seats.gatherings)
    return surface.workplace(
        reception,
        journal,
        policies(),
        settings.front_end,
        hub,
        codes,
        readings,
        documentation(settings, pool, know),
        attendance,
        seats,
        Reports(pool),
        rooms.calendars,
        Feeds(pool),
    )


def documentation(settings: Settings, pool: asyncpg.Pool, know: Knowledge) -> Documentation:
    """The room in which forms and notes are written."""
    drafts = Drafts(pool, lasts=timedelta(days=settings.form_days))
    return Documentation(drafts, Attachments(pool), OwnPhrases(pool), Expressions(know.definitions))


def feed(record: Record) -> live.Feed:
    """The record's change feed as the hub reads it: with those whose worklists a change may concern."""

    async def read(cursor: live.Cursor | None, most: int) -> tuple[live.Cursor, Sequence[live.Change]]:
        if cursor is None:
            return await record.end_of_changes(), ()
        found = await record.changes(Cursor(*cursor), most)
        last = found[-1].cursor if found else Cursor(*cursor)
        concerned = await record.concerned([one for one in found if one.type in _LISTED])
        guarded = await record.guarded(found)
        return last, [
            live.Change(
                one.cursor,
                one.citizen,
                one.type,
                concerned.get(one.key, _NOBODY),
                f"{one.type}/{one.id}" if (one.key, one.version) in guarded else "",
            )
            for one in found
        ]

    return read
