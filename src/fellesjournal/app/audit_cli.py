"""The commands of `fellesjournal audit`: the log of every access, and the privacy officer's lists."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from fellesjournal.app import audit_commands, commands, follow_up_commands, settings

audit = typer.Typer(help="The log of every access.", no_args_is_help=True)

Month = Annotated[str, typer.Option(help="Only this month (UTC), such as 2026-11.")]
OfMonth = Annotated[str, typer.Option("--month", help="The month (UTC), such as 2026-11.")]
Heads = Annotated[
    Path | None, typer.Option(help="Where the chains stood once: a file that --write-heads has written.")
]
WriteHeads = Annotated[Path | None, typer.Option(help="Note in this file where the chains stand.")]
LogFile = Annotated[Path, typer.Argument(help="The file to write: NDJSON, compressed (.ndjson.gz).")]
First = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; else a week ago.")
]
Last = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day; else today.")
]


@audit.command("verify")
def verify_log(month: Month = "", heads: Heads = None, write_heads: WriteHeads = None) -> None:
    """Prove that no entry of the log was changed, put in or taken out; exit code 1 when one was."""
    if not commands.verify_log(settings.read(), month, heads, write_heads):
        sys.exit(1)


@audit.command("export")
def export_log(file: LogFile, month: OfMonth) -> None:
    """Write the AuditEvents of a month to a file."""
    commands.export_log(settings.read(), month, file)


@audit.command("unusual")
def unusual_access(
    first: First = None,
    last: Last = None,
    alarm: Annotated[
        bool, typer.Option("--alarm", help="End with exit code 1 when there is anything to look at.")
    ] = False,
) -> None:
    """Print persons and days to look at: emergency access, no relation, own record, many citizens, night."""
    until = last.date() if last else datetime.now().astimezone().date()
    since = first.date() if first else until - timedelta(days=7)
    if commands.unusual_access(settings.read(), since, until) and alarm:
        sys.exit(1)


@audit.command("emergencies")
def emergencies(
    every: Annotated[bool, typer.Option("--all", help="Those that have been followed up too.")] = False,
) -> None:
    """Print emergency access and overridden blocks that nobody has followed up yet, newest first."""
    commands.told(
        settings.read(), lambda url: follow_up_commands.emergencies(settings.read(), url, every=every)
    )


@audit.command("follow-up")
def follow_up(
    task: Annotated[str, typer.Argument(help="Which: Task/... as `audit emergencies` prints it.")],
    sentence: Annotated[str, typer.Argument(help="What came of it. The citizen can read it.")],
    by: Annotated[str, typer.Option(help="Who follows it up, by name.")],
    undo: Annotated[bool, typer.Option("--undo", help="It is to be followed up after all.")] = False,
) -> None:
    """Mark emergency access or an overridden block as followed up, or undo that."""
    commands.told(
        settings.read(),
        lambda url: follow_up_commands.followed_up(settings.read(), url, task, sentence, by, undo=undo),
    )


@audit.command("purge")
def purge_log(
    before: Annotated[str, typer.Option(help="The first month (UTC) that is kept, such as 2020-01.")],
) -> None:
    """Let the months before one go, for good; what is left can still be verified."""
    commands.told(settings.read(), lambda url: audit_commands.purged(url, before))


@audit.command("roles")
def roles_given(first: First = None, last: Last = None) -> None:
    """Print the roles that were given, changed or taken away: to whom, and by whom."""
    until = last.date() if last else datetime.now().astimezone().date()
    since = first.date() if first else until - timedelta(days=7)
    commands.told(settings.read(), lambda url: audit_commands.roles_given(url, since, until))
