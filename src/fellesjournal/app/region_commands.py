"""What `fellesjournal region` does, and what it says meanwhile."""

import asyncio
from datetime import date, datetime, time, timedelta

from rich.console import Console

from fellesjournal.app import import_crew, region_build, region_play
from fellesjournal.app.database_commands import console, progress, ready
from fellesjournal.app.region_build import BuildReport
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Fault
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.region.day import Act
from fellesjournal.rollout.region.moments import DAWN
from fellesjournal.rollout.region.region import POCKET, Plan, plan

SIZES = {"pocket": POCKET, "municipality": 20_000, "region": 720_000}
"""Citizens in the regions that have a name."""
PLAYED_BACK = timedelta(days=30)
"""How far back a day can be played."""
TOLD = 20
"""Faults that are told of one by one."""


def last_day(now: datetime | None = None) -> date:
    """The last day of records that end now: today, but yesterday before the hour at which records of a last
    day stop, so that nothing has happened that is to come."""
    return ((now or region_play.now_in_norway()) - timedelta(hours=DAWN)).date()


def planned(citizens: str, seed: str, start: date | None, years: int, today: date) -> Plan:
    """A plan from what was asked for: a size by name, or a number. Raises Fault with the reason."""
    number = SIZES.get(citizens)
    if number is None and not citizens.isdecimal():
        known = ", ".join(SIZES)
        raise Fault(f"--citizens is a number or one of {known}, not '{citizens}'.")
    return plan(number or int(citizens), seed, start, years, today)


def build(settings: Settings, made: Plan, workers: int) -> bool:
    """Build a region where no other is; True when nothing was faulty. Raises Trouble when it is stopped with
    Ctrl-C: what has been stored stays."""
    try:
        import_crew.get_ready(region_build.__name__)
        with ready(settings) as url:
            return build_into(settings, url, made, workers)
    except KeyboardInterrupt:
        raise Trouble("Stopped. Build again with the same options: it goes on where it was.") from None


def play(address: str, seed: str, on: date, speed: float, hour: int, today: date) -> None:
    """Let a day happen, and tell of each act: the hour of that day, who, and what. Raises Fault for a day
    that is to come, or long past: what is written then would lie outside the lives it belongs to.
    """
    if not today - PLAYED_BACK <= on <= today:
        raise Fault(f"A day from {today - PLAYED_BACK} to {today} can be played, not {on}.")

    def tell(act: Act, refused: str) -> None:
        end = f" – refused: {refused}" if refused else ""
        console.print(f"{act.at:%H:%M}  {act.worker} {act.line}{end}", markup=False)

    first = datetime.combine(on, time(hour))
    played = asyncio.run(region_play.play(address.rstrip("/"), seed, on, speed, first, tell))
    if not played.acts:
        console.print(f"Nothing happens on {on} after {hour:02}:00: begin earlier with --from.")
        return
    console.print(f"{played.acts} acts, {played.written} resources written, {played.refused} acts refused.")


def build_into(settings: Settings, url: str, made: Plan, workers: int = 0) -> bool:
    """Build in the database at `url`, with a progress bar and a report; True when nothing was faulty."""
    return asyncio.run(built_into(settings, url, made, workers))


async def built_into(settings: Settings, url: str, made: Plan, workers: int = 0) -> bool:
    """The same, for who has a loop already."""
    with progress("citizens") as bar:
        task = bar.add_task("Building the region", total=made.citizens)

        def show(report: BuildReport) -> None:
            rate = report.resources / report.seconds if report.seconds else 0
            words = f"Building: {report.resources:,} resources, {rate:,.0f}/s, citizens"
            bar.update(task, completed=report.citizens, description=words)

        report = await region_build.build(settings, url, made, processes=workers, progress=show)
    for wrong in report.faults[:TOLD]:
        Console(stderr=True, soft_wrap=True, highlight=False).print(str(wrong), markup=False)
    console.print(
        f"A region of {region_build.described(made)}: {report.created:,} resources created, "
        f"{report.unchanged:,} were there already, {len(report.faults):,} faulty, in {report.seconds:.1f} s."
    )
    if report.citizens_earlier:
        console.print(f"{report.citizens_earlier:,} of the citizens had been built earlier.")
    return not report.faults
