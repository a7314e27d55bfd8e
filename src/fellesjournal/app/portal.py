"""The portal put together from the settings."""

from collections.abc import Callable
from datetime import date, datetime

import asyncpg

from fellesjournal.access.journal import Journal
from fellesjournal.access.representing import Representing
from fellesjournal.app.rooms import Knowledge, Rooms, policies
from fellesjournal.app.settings import Settings
from fellesjournal.app.workplace import documentation
from fellesjournal.booking.calendars import Calendars
from fellesjournal.portal import surface
from fellesjournal.portal.value_sets import ValueSets
from fellesjournal.reading.readings import Readings
from fellesjournal.workplace.surface import Workplace


def joined(
    settings: Settings,
    pool: asyncpg.Pool,
    know: Knowledge,
    rooms: Rooms,
    desk: Workplace,
    journal: Journal,
    clock: Callable[[], datetime],
    calendars: Calendars,
) -> surface.Portal:
    """The portal of a site; people sign in where those at the `desk` do, and its pages are live by the same
    hub."""
    representing = Representing(rooms.record, clock)
    return surface.portal(
        desk.reception,
        journal,
        policies(),
        representing,
        Readings(pool),
        settings.front_end,
        documentation(settings, pool, know),
        ValueSets(rooms.terminology, date.today),
        desk.hub,
        calendars,
    )
