"""`fellesjournal forms`: forms that others have made, brought into the record."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from fellesjournal.app import commands, settings
from fellesjournal.app.rooms import joined, knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.documentation.mending import Mended, mended
from fellesjournal.documentation.prepared import prepared
from fellesjournal.errors import Fault
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.scope import Scope

Tree = dict[str, Any]

forms = typer.Typer(help="Forms that citizens answer, made by others.", no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(help="Questionnaires, or Bundles of them, as JSON.")]
Citizens = Annotated[bool, typer.Option("--citizens", help="Citizens send them without being asked to.")]


@forms.command("load")
def load(files: Files, *, citizens: Citizens = False) -> None:
    """Bring in forms, mended where they are not FHIR R4; what was mended is told. All or none."""
    read = settings.read()
    commands.told(read, lambda url: told(read, url, files, citizens=citizens))


def told(chosen: Settings, url: str, files: Sequence[Path], *, citizens: bool) -> Iterator[str]:
    """Bring in the forms of some files. Raises Trouble that says which of them cannot be, and why."""
    found = [mended(one, citizens=citizens) for path in files for one in questionnaires(path)]
    try:
        for one in found:
            prepared(one.questionnaire)
        asyncio.run(_store(chosen, url, found))
    except Fault as fault:
        raise Trouble(f"No form was brought in. {fault}") from fault
    for one in found:
        yield f"{one.questionnaire['id']}: {one.questionnaire.get('title', '')}"
        yield from (f"    {change}" for change in one.changes)


def questionnaires(path: Path) -> list[Tree]:
    """The forms in a file. Raises Trouble for one that has none."""
    try:
        tree = msgspec.json.decode(path.read_bytes(), type=Tree)
    except OSError as error:
        raise Trouble(f"{path} cannot be read ({error.strerror}).") from error
    except msgspec.DecodeError as error:
        raise Trouble(f"{path} is no JSON: {error}") from error
    trees = [one.get("resource", {}) for one in tree.get("entry", ())] or [tree]
    found = [one for one in trees if one.get("resourceType") == "Questionnaire"]
    if not found:
        raise Trouble(f"{path} holds no Questionnaire.")
    return found


async def _store(chosen: Settings, url: str, found: Sequence[Mended]) -> None:
    know = knowledge(chosen.definitions, chosen.cache)
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"Questionnaire/{one['id']}"}}
        for one in (each.questionnaire for each in found)
    ]
    body = msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})
    async with database.pool(url, 2) as pool:
        rooms = joined(chosen, know, pool)
        async with rooms.record.following(partial(database.connect, url)):
            await rooms.record.transact(body, scope=Scope.everyone())
