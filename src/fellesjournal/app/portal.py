"""The portal put together from the settings."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import asyncpg

from fellesjournal.access.journal import Journal
from fellesjournal.access.representing import Representing
from fellesjournal.app.rooms import Knowledge, Rooms, policies
from fellesjournal.app.settings import Settings
from fellesjournal.app.workplace import documentation
from fellesjournal.booking.notices import outbox
from fellesjournal.portal import surface
from fellesjournal.portal.value_sets import ValueSets
from fellesjournal.reading.live import Hub
from fellesjournal.reading.readings import Readings
from fellesjournal.signin.reception import Reception


def joined(
    settings: Settings,
    pool: asyncpg.Pool,
    know: Knowledge,
    rooms: Rooms,
    reception: Reception,
    journal: Journal,
    clock: Callable[[], datetime],
    hub: Hub,
) -> surface.Portal:
    """The portal of a site; people sign in at the reception."""
    representing = Representing(rooms.record, clock)
    return surface.portal(
        reception,
        journal,
        policies(),
        representing,
        Readings(pool),
        settings.front_end,
        documentation(settings, pool, know),
        ValueSets(rooms.terminology, date.today),
        hub,
        rooms.calendars,
        partial(outbox.of_letters, pool),
    )
