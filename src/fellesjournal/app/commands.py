"""What the commands do, and what they say meanwhile."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console

from fellesjournal.app import (
    audit_commands,
    code_system_resources,
    fhir_resources,
    import_crew,
    package_commands,
    region_commands,
    terminology,
    terminology_listing,
    transfer,
)
from fellesjournal.app.database_commands import console, progress, ready, stored
from fellesjournal.app.import_worker import Wrong
from fellesjournal.app.settings import Reading, Settings
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.scope import Scope

ROOT = Path(__file__).resolve().parents[3]


def serve(settings: Settings) -> None:
    """Answer requests until stopped."""
    from fellesjournal.app import server  # noqa: PLC0415 -- half of what a command takes to start, for this one

    server.check(settings)
    with ready(settings) as url:
        server.run(settings, url, lambda: console.print(f"Ready: {server.address_of(settings)}/"))


def demo(settings: Settings) -> None:
    """A practice site of its own below the data folder, filled with synthetic citizens the first time."""
    from fellesjournal.app import demonstration, server  # noqa: PLC0415 -- as above

    settings = demonstration.settings(settings)
    server.check(settings)
    with ready(settings) as url:
        region_commands.build_into(settings, url, demonstration.region(settings, region_commands.last_day()))
        if demonstration.lacks_terminology(settings, made_from := terminology.made_from(settings)):
            _load_terminology(settings, url)
            demonstration.mark_terminology(settings, made_from)
        server.run(settings, url, lambda: demonstration.welcome(settings, console))
        console.print("\nStopping ...")
    console.print("Stopped.")


def import_(settings: Settings, paths: Sequence[Path], workers: int) -> bool:
    """Import with a progress bar and a report; True when nothing was faulty."""
    import_crew.get_ready()
    with ready(settings) as url:
        return import_into(settings, url, paths, workers)


def import_into(settings: Settings, url: str, paths: Sequence[Path], workers: int) -> bool:
    """Import into the database at `url`; faults go to standard error as they are met."""
    faults = Console(stderr=True, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.print("Importing ...")
    with progress("bytes") as bar:
        task = bar.add_task("Importing", total=None)

        def show(report: transfer.ImportReport) -> None:
            words = f"Importing: {report.resources:,} resources"
            bar.update(task, total=report.bytes, completed=report.bytes_done, description=words)

        def tell(wrong: Wrong) -> None:
            for issue in wrong.issues:
                place = f" ({issue.expression})" if issue.expression else ""
                faults.print(f"{wrong.path}, {wrong.place}: {issue.diagnostics}{place}", markup=False)

        report = asyncio.run(
            transfer.import_paths(settings, url, paths, processes=workers, progress=show, found=tell)
        )
    console.print(
        f"{report.files_done:,} of {report.files:,} files: {report.created:,} resources created, "
        f"{report.changed:,} changed, {report.unchanged:,} were there already, {report.faults:,} faulty, "
        f"in {report.seconds:.1f} s."
    )
    if report.refused:
        console.print("Nothing was imported: a number of the registers belongs to one person in use.")
    _tell_of_earlier(report)
    return not report.faults and not report.faults_earlier


def _tell_of_earlier(report: transfer.ImportReport) -> None:
    if report.files_earlier:
        console.print(
            f"{report.files_earlier:,} of the files had been read earlier, and were not read again."
        )
    if report.faults_earlier:
        console.print(
            f"{report.faults_earlier:,} faulty in these files were reported earlier: "
            "a file that has been mended is read anew."
        )


def export(settings: Settings, folder: Path, *, compress: bool) -> None:
    """Export with a progress bar and a report."""
    with stored(settings) as url, progress("resources") as bar:
        task = bar.add_task("Exporting", total=None)

        def show(report: transfer.ExportReport) -> None:
            bar.update(task, total=report.resources_in_all, completed=report.resources)

        report = asyncio.run(
            transfer.export_to(url, folder, scope=Scope.everyone(), compress=compress, progress=show)
        )
    console.print(f"{report.resources:,} resources in {len(report.files)} files, in {report.seconds:.1f} s.")


def load_terminology(settings: Settings) -> None:
    """Load the code systems that set-up loads, with a report."""
    with ready(settings) as url:
        _load_terminology(settings, url)


def add_terminology(
    settings: Settings,
    kind: str,
    paths: Sequence[Path],
    *,
    version: str,
    valid_from: date | None,
    replace: bool,
) -> None:
    """Load a release of a code system from files, with a report."""
    with ready(settings) as url, _reading() as progress:
        report = terminology.add(
            url, kind, paths, version=version, valid_from=valid_from, replace_=replace, progress=progress
        )
        told = asyncio.run(code_system_resources.tell(settings, url))
    (outcome,) = report.outcomes
    done = {
        "loaded": "is loaded",
        "replaced": "is loaded in place of what was there",
        "unchanged": "was there",
    }
    console.print(f"A code system with {report.concepts:,} codes {done[outcome]}, in {report.seconds:.1f} s.")
    _tell_left_out(told)


def list_terminology(settings: Settings, text: str, *, every: bool) -> None:
    """The releases of code systems that are loaded; see terminology_listing.tell."""
    with stored(settings) as url:
        releases = terminology.listed(url)
    terminology_listing.tell(releases, text, every=every, console=console)


def add_packages(settings: Settings, paths: Sequence[Path], *, force: bool) -> None:
    """Store FHIR packages, one after the other; a faulty one stops there, and nothing of it is stored."""
    with ready(settings) as url:
        for path in paths:
            with console.status(f"Adding {path} ..."):
                added = asyncio.run(package_commands.add(settings, url, path, force=force))
            package_commands.tell(added, console)


def told(settings: Settings, work: Callable[[str], Iterable[str]]) -> None:
    """Do something with the database, and print the lines that it tells."""
    with stored(settings) as url:
        for line in work(url):
            console.print(line, markup=False)


def list_packages(settings: Settings) -> None:
    """Every package that is stored."""
    with stored(settings) as url:
        found = asyncio.run(package_commands.listed(settings, url))
    for one in found:
        console.print(f"{one.name} {one.version}", markup=False)
    if not found:
        console.print("No package is stored: `fellesjournal packages add norway` adds Norway's profiles.")


def verify_log(settings: Settings, month: str, heads: Path | None, write_heads: Path | None) -> bool:
    """Prove the log, with its faults in words; True when there is none."""
    known = audit_commands.read_heads(heads)
    audit_commands.span_of(month)
    with stored(settings) as url, progress("entries") as bar:
        began = time.monotonic()
        task = bar.add_task("Verifying", total=None)
        verdict = audit_commands.verified(
            url, month, known, lambda so_far: bar.update(task, completed=so_far.entries)
        )
    audit_commands.tell_verdict(verdict, began, console)
    if write_heads and not verdict.faults:
        audit_commands.write_heads(write_heads, verdict)
        console.print(
            f"{len(verdict.heads):,} chains are noted in {write_heads}: keep it elsewhere.", markup=False
        )
    return not verdict.faults


def export_log(settings: Settings, month: str, path: Path) -> None:
    """Write a month of the log to a file."""
    audit_commands.span_of(month)
    with stored(settings) as url:
        count = audit_commands.exported(url, month, path)
    console.print(f"{count:,} AuditEvents of {month} are in {path}.", markup=False)


def unusual_access(settings: Settings, first: date, last: date) -> bool:
    """What the privacy officer should look at; gives whether there is anything."""
    with stored(settings) as url:
        found = audit_commands.unusual_access(settings, url, first, last)
    audit_commands.tell_unusual(found, console)
    return bool(found)


def bench(arguments: Sequence[str]) -> int:
    """Run the measuring program of the source tree; gives its exit code."""
    if not (ROOT / "bench" / "__main__.py").exists():
        raise Trouble("The benches are in the source tree, and this is an installed package.")
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, check=False).returncode


def show_settings(readings: Sequence[Reading]) -> None:
    """Each setting with its value, where that comes from, and what it means."""
    lines = Console(highlight=False, soft_wrap=True)
    for one in readings:
        lines.print(f"{one.variable} = {one.value or '(empty)'}  ({one.origin})", style="bold", markup=False)
        lines.print(f"    {one.sentence}", markup=False)


def _load_terminology(settings: Settings, url: str) -> None:
    with _reading() as progress:
        report = terminology.load(settings, url, progress)
        told = asyncio.run(code_system_resources.tell(settings, url))
        asyncio.run(fhir_resources.store(settings, url))
    there = report.outcomes["unchanged"] + report.outcomes["kept"]
    releases = report.outcomes.total()
    console.print(
        f"{releases:,} code systems with {report.concepts:,} codes: {releases - there:,} loaded, "
        f"{there:,} were there already, in {report.seconds:.1f} s."
    )
    _tell_left_out(told)


def _tell_left_out(told: code_system_resources.Told) -> None:
    for sentence in told.left_out:
        console.print(sentence, markup=False)


@contextmanager
def _reading() -> Iterator[terminology.Progress]:
    """Show which code system is being read, and how many codes have been."""
    if not console.is_terminal:
        console.print("Loading code systems ...")
    with progress("codes") as bar:
        task = bar.add_task("Loading code systems", total=None)

        def show(title: str, concepts: int) -> None:
            bar.update(task, description=f"Loading code systems: {title}", completed=concepts)

        yield show
