"""What `fellesjournal index` does, and what it says meanwhile."""

import asyncio
from collections.abc import Iterator

from fellesjournal.app.package_commands import with_rooms
from fellesjournal.app.rooms import Rooms
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Conflict
from fellesjournal.plumbing.trouble import Trouble


def rebuilt(settings: Settings, url: str, types: list[str]) -> Iterator[str]:
    """Index what is stored anew, of some types or (none named) of all; a line for each that has resources.

    Raises Trouble for a type that FHIR R4 does not have, and when it cannot be done now.
    """

    async def work(rooms: Rooms) -> list[tuple[str, int]]:
        known = rooms.record.means.preparer.definitions.resource_types
        if strange := [name for name in types if name not in known]:
            raise Trouble(f"FHIR R4 has no resource type '{strange[0]}'.")
        try:
            return [one async for one in rooms.record.rebuild(types or known)]
        except Conflict as conflict:
            raise Trouble(str(conflict)) from conflict

    done = asyncio.run(with_rooms(settings, url, work))
    yield from (f"{name}: {number:,}" for name, number in done if number)
    yield f"{sum(number for _, number in done):,} resources are indexed anew."
