"""What `fellesjournal practice` does, and what it says meanwhile."""

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from fellesjournal.app import import_crew, region_build, region_commands, schema
from fellesjournal.app.database_commands import compiled, console
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.practice.bases import Base, Bases
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.region import Plan

REGION = "region"
"""What a base is made from when no unit is named: then everybody practises in it."""


def create(settings: Settings, name: str, unit: str, plan: Plan, days: int) -> None:
    """Make a base from the template of a plan; the template is built first where there is none."""
    unit = "" if unit == REGION else unit
    if unit and unit not in {one.id for one in Places(plan.citizens).units}:
        raise Trouble(f"There is no unit '{unit}' in the region: write its id, such as isfjell-sykehjem.")
    with _bases(settings) as bases:
        _remove_expired(bases, date.today())
        template = region_build.digest(plan)[:16]
        asyncio.run(bases.template(template, lambda url: _fill(_practising(settings), url, plan)))
        start = time.monotonic()
        base = asyncio.run(bases.create(name, template, unit, date.today(), days))
        _tell(f"The practice base {name} is made", base, start)
        console.print(f"Open it with `fellesjournal practice serve {name}`.")


def show(settings: Settings) -> None:
    """Every base, when it expires, and for whom it is."""
    with _bases(settings) as bases:
        _remove_expired(bases, date.today())
        found = asyncio.run(bases.all())
    for one in found:
        whom = f", for {one.note.unit}" if one.note.unit else ""
        console.print(f"{one.name}: until {one.note.until}{whom}", markup=False)
    if not found:
        console.print("There is no practice base: `fellesjournal practice create NAME` makes one.")


def reset(settings: Settings, name: str) -> None:
    """Put a base back to what it was when it was made."""
    start = time.monotonic()
    with _bases(settings) as bases:
        base = asyncio.run(bases.reset(name))
        _tell(f"The practice base {name} is as it was when it was made", base, start)
        asyncio.run(bases.clear(base))


def remove(settings: Settings, name: str) -> None:
    """Take a base away."""
    with _bases(settings) as bases:
        asyncio.run(bases.remove(name))
    console.print(f"The practice base {name} is gone, with all that was practised in it.")


def serve(settings: Settings, name: str) -> None:
    """Answer requests in a base until stopped; each base has a server and a port of its own."""
    from fellesjournal.app import server  # noqa: PLC0415 -- half of what a command takes to start, for this one

    settings = _practising(settings)
    server.check(settings)
    compiled(settings)
    with _bases(settings) as bases:
        base = asyncio.run(bases.find(name))
        if base.expired(date.today()):
            raise Trouble(f"The practice base {name} expired on {base.note.until}.")
        os.environ["FELLESJOURNAL_PRACTICE_SITE"] = "true"
        os.environ["FELLESJOURNAL_PRACTICE_NAME"] = name
        os.environ["FELLESJOURNAL_PRACTICE_UNIT"] = base.note.unit
        os.environ["FELLESJOURNAL_PORT"] = str(settings.port)
        server.run(
            settings,
            bases.url_of(base),
            lambda: console.print(f"The practice base {name} is open: {server.address_of(settings)}/"),
        )


@contextmanager
def _bases(settings: Settings) -> Iterator[Bases]:
    """The server of practice bases: an embedded one of their own, or the site's, when that is for practice.

    Raises Trouble for a server that may hold real people.
    """
    if settings.database_url and not settings.practice_site:
        raise Trouble(
            "Practice bases are on a server of their own: let DATABASE_URL name it, and set "
            "FELLESJOURNAL_PRACTICE_SITE=true if no real person is there."
        )
    with database.server(settings.database_url, settings.data / "practice") as url:
        yield Bases(url)


def _practising(settings: Settings) -> Settings:
    return replace(settings, practice_site=True)


async def _fill(settings: Settings, url: str, plan: Plan) -> None:
    """A template: the schema, and the region of a plan."""
    import_crew.get_ready(region_build.__name__)
    connection = await database.connect(url)
    try:
        await schema.upgrade(connection, compiled(settings).resource_types)
    finally:
        await connection.close()
    await region_commands.built_into(settings, url, plan)


def _remove_expired(bases: Bases, today: date) -> None:
    for one in asyncio.run(bases.remove_expired(today)):
        console.print(f"The practice base {one.name} expired on {one.note.until}, and is gone.", markup=False)


def _tell(sentence: str, base: Base, start: float) -> None:
    console.print(f"{sentence}, in {time.monotonic() - start:.1f} s. It expires after {base.note.until}.")
