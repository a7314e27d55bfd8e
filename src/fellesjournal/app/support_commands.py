"""`fellesjournal support`: what people say of the screens, answered and closed by those who run the site."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from getpass import getuser
from typing import Annotated, TypeVar

import typer

from fellesjournal.app import commands, settings
from fellesjournal.plumbing import database
from fellesjournal.support.reports import LONGEST, Answer, Report, Reports

support = typer.Typer(help="What people say of the screens: read, answered, closed.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The report's number.")]
Words = Annotated[str, typer.Argument(help="What the one who reported it is told.")]
By = Annotated[str, typer.Option(help="Who answers; else the name of the one signed in to the machine.")]
T = TypeVar("T")


@support.command("list")
def list_reports(*, every: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False) -> None:
    """Print the reports that are open, the newest first, with what they have been answered."""
    commands.told(settings.read(), lambda url: told(_with(url, lambda all: all.listed(closed=every))))


@support.command("answer")
def answer(number: Number, text: Words, by: By = "", *, close: bool = False) -> None:
    """Answer a report; with --close the matter is ended. The one who reported it sees it."""
    made = Answer(datetime.now(UTC), by or getuser(), text[:LONGEST], close)

    def work(url: str) -> list[str]:
        _with(url, lambda reports: reports.answer(number, made))
        return [f"Report {number} is {'closed' if close else 'answered'}."]

    commands.told(settings.read(), work)


def told(reports: list[Report]) -> Iterator[str]:
    """Each report in words: what, where, how it was sent, and its answers."""
    if not reports:
        yield "There are no reports."
    for one in reports:
        said = one.said
        yield f"{one.id} [{one.status}] {said.made:%Y-%m-%d %H:%M} {said.sentence}"
        where = f"{said.place}{f' beside it {said.pane}' if said.pane else ''}"
        yield f"    {said.task or '-'} | {where} | {said.role}, {said.unit_kind or 'no unit'}"
        yield f"    {said.version}, {said.language}, {said.screen or '?'}, {said.took} ms"
        yield from (f"    {each.made:%Y-%m-%d %H:%M} {each.by}: {each.text}" for each in one.answers)


def _with(url: str, work: Callable[[Reports], Awaitable[T]]) -> T:
    async def run() -> T:
        async with database.pool(url, 1) as pool:
            return await work(Reports(pool))

    return asyncio.run(run())
