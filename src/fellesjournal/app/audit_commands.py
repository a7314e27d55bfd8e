"""What `fellesjournal audit` does, and what it says meanwhile."""

import asyncio
import gzip
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as datetime_time
from pathlib import Path

from rich.console import Console

from fellesjournal.access.audit.access import Access, access_of
from fellesjournal.access.audit.event import audit_event
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.purging import purge
from fellesjournal.access.audit.reading import acts
from fellesjournal.access.audit.unusual import Unusual, unusual
from fellesjournal.access.audit.verifying import ALL_TIME, Heads, Span, Verdict, verify
from fellesjournal.access.bulk import taken_out
from fellesjournal.access.logbook import OBSERVER
from fellesjournal.access.statements import SQL
from fellesjournal.access.visit import ROLE_ENDED
from fellesjournal.app.package_commands import with_rooms
from fellesjournal.app.rooms import Rooms, policies
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Invalid
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_AT_A_TIME = 1_000
_REASONS = {
    "emergency": "emergency access to {number} citizens",
    "override": "overrode the blocks of {number} citizens",
    "no-relation": "tried to open {number} citizens without a care relation",
    "many": "opened {number} citizens; colleagues there usually {usual:g}",
    "night": "only at night ({number} acts between 23 and 6)",
    "own": "opened their own record ({patient})",
    "kin": "opened a citizen of the same family name ({patient})",
}

Progress = Callable[[Verdict], None]


def verified(url: str, month: str, heads: Heads, show: Progress) -> Verdict:
    """Verify the log, or a month of it; see access.audit.verifying."""

    async def work() -> Verdict:
        connection = await database.connect(url)
        verdict = Verdict()
        try:
            async for verdict in verify(connection, heads, span_of(month)):
                show(verdict)
        finally:
            await connection.close()
        return verdict

    return asyncio.run(work())


def tell_verdict(verdict: Verdict, began: float, console: Console) -> None:
    """Say what came of it, every fault in words."""
    for line in verdict.let_go:
        console.print(line, markup=False)
    for fault in verdict.faults:
        console.print(fault, markup=False)
    seconds = max(time.monotonic() - began, 0.001)
    rate = f"in {seconds:.1f} s ({verdict.entries / seconds:,.0f} a second)"
    found = f"{len(verdict.faults):,} faults" if verdict.faults else "nothing has been changed"
    console.print(f"{verdict.entries:,} entries in {verdict.chains:,} chains: {found}, {rate}.")


def read_heads(path: Path | None) -> Heads:
    """Heads as `write_heads` wrote them. Raises Trouble when the file is none of these."""
    if path is None:
        return {}
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
        return {int(chain): (int(number), str(hash)) for chain, (number, hash) in tree.items()}
    except FileNotFoundError:
        raise Trouble(f"There is no file {path}.") from None
    except (ValueError, TypeError, AttributeError):
        raise Trouble(f"{path} is not a file that `audit verify --write-heads` has written.") from None


def write_heads(path: Path, verdict: Verdict) -> None:
    """Where every chain stands now: kept where nobody who can change the log can change it too."""
    path.write_text(json.dumps(verdict.heads, indent=0) + "\n", encoding="utf-8")


def exported(url: str, month: str, path: Path) -> int:
    """Write the AuditEvents of a month to a compressed NDJSON file; gives their number.

    The file takes its name when it is complete, and the log tells of it.
    """
    low, high = span_of(month)

    async def work() -> int:
        connection = await database.connect(url)
        count = 0
        unfinished = path.with_name(f"{path.name}.part")
        try:
            with gzip.open(unfinished, "wb") as file:
                async with connection.transaction(isolation="repeatable_read", readonly=True):
                    async for row in connection.cursor(SQL.accesses_of_time, low, high, prefetch=_AT_A_TIME):
                        for one in acts(row):
                            file.write(audit_event(one.access, one.id, OBSERVER) + b"\n")
                            count += 1
            async with database.pool(url, 1) as pool:
                told = taken_out(datetime.now(UTC), 0, "", "AuditEvent", f"date={month}")
                await Log(pool).write([told])
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
            await connection.close()
        return count

    return asyncio.run(work())


def unusual_access(settings: Settings, url: str, first: date, last: date) -> list[Unusual]:
    """What the privacy officer should look at; see access.audit.unusual."""

    async def work(rooms: Rooms) -> list[Unusual]:
        async with database.pool(url, 2) as pool:
            return await unusual(pool, rooms.record, first, last)

    return asyncio.run(with_rooms(settings, url, work))


def tell_unusual(found: list[Unusual], console: Console) -> None:
    """A line for each person and day."""
    for one in found:
        policy = policies().find(one.role)
        role = policy.title["en"] if policy else one.role
        at = f" at {one.unit}" if one.unit else ""
        reasons = "; ".join(_REASONS[why.kind].format(**why._asdict()) for why in one.reasons)
        console.print(f"{one.day} {one.person} ({role}{at}): {reasons}.", markup=False)
    if not found:
        console.print("Nothing unusual in these days.")


def roles_given(url: str, first: date, last: date) -> list[str]:
    """Roles that were given, changed or taken away on days (UTC, both included), oldest first, in words."""
    low = datetime.combine(first, datetime_time(), UTC)
    high = datetime.combine(last + timedelta(days=1), datetime_time(), UTC)

    async def work() -> list[str]:
        connection = await database.connect(url)
        try:
            rows = await connection.fetch(SQL.roles_given, low, high)
        finally:
            await connection.close()
        return [_role_given(access_of(row)) for row in rows]

    return asyncio.run(work())


def purged(url: str, month: str) -> Iterator[str]:
    """Let the months before one go; says which. Raises Trouble for one that is none, or too young."""

    async def work() -> list[str]:
        async with database.pool(url, 2) as pool:
            try:
                return await purge(pool, Log(pool), span_of(month)[0], datetime.now(UTC))
            except Invalid as invalid:
                raise Trouble(str(invalid)) from invalid

    if not month:
        raise Trouble("Name the first month that is kept: --before 2020-01.")
    gone = asyncio.run(work())
    yield from (f"{name.removeprefix('audit_event_').replace('_', '-')} is gone." for name in gone)
    yield f"{len(gone)} months are gone. `audit verify` begins where the chains stood then."


def _role_given(access: Access) -> str:
    did = "taken away" if access.interaction == ROLE_ENDED else "given" if access.action == "C" else "changed"
    by, own = access.actor.display or access.actor.person, ""
    if access.decision.reason.startswith(f"{access.actor.person}:"):
        own = " (their own)"
    told = access.decision.reason or access.resources[0].partition("/_history")[0]
    return f"{access.moment:%Y-%m-%d %H:%M} {did}{own} by {by}: {told}"


def span_of(month: str) -> Span:
    """From and before which moment a month lasts, UTC ("": all time). Raises Trouble when it is none."""
    if not month:
        return ALL_TIME
    found = _MONTH.fullmatch(month)
    if not found or not 1 <= int(found[1]) <= 9998:
        raise Trouble(f"'{month}' is not a month: write 2026-11.")
    year, number = int(found[1]), int(found[2])
    return datetime(year, number, 1, tzinfo=UTC), datetime(
        year + number // 12, number % 12 + 1, 1, tzinfo=UTC
    )
