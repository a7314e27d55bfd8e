"""The command line: `fellesjournal serve`, `demo`, `database`, `import`, `export`, `terminology`,
`packages`, `apps`, `audit`, `support`, `notices`, `forms`, `index`, `bench`, `settings`."""

import errno
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import asyncpg
import typer
from rich.console import Console

from fellesjournal.access.apps import App, Kind
from fellesjournal.app import (
    app_commands,
    commands,
    database_commands,
    index_commands,
    practice_commands,
    region_commands,
    settings,
)
from fellesjournal.app.audit_cli import audit
from fellesjournal.app.code_system_files import KINDS
from fellesjournal.app.form_commands import forms
from fellesjournal.app.notice_commands import notices
from fellesjournal.app.support_commands import support
from fellesjournal.errors import Fault
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.region.region import SEED, Plan

cli = typer.Typer(
    name="fellesjournal",
    help="One shared health record for a whole region. Settings are read from the environment: "
    "`fellesjournal settings` lists them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
database = typer.Typer(help="The database's schema.", no_args_is_help=True)
cli.add_typer(database, name="database")
terminology = typer.Typer(
    help="Code systems: ICD-10, ICPC-2, FEST, SNOMED CT and others.", no_args_is_help=True
)
cli.add_typer(terminology, name="terminology")
packages = typer.Typer(help="FHIR packages: profiles, value sets, search parameters.", no_args_is_help=True)
cli.add_typer(packages, name="packages")
cli.add_typer(audit, name="audit")
cli.add_typer(support, name="support")
cli.add_typer(notices, name="notices")
cli.add_typer(forms, name="forms")
region = typer.Typer(help="A synthetic region to practise in.", no_args_is_help=True)
cli.add_typer(region, name="region")
practice = typer.Typer(help="Separate databases to practise in.", no_args_is_help=True)
cli.add_typer(practice, name="practice")

index = typer.Typer(help="What the record is searched by.", no_args_is_help=True)
cli.add_typer(index, name="index")
apps = typer.Typer(help="Apps that may ask people for access, or act for themselves.", no_args_is_help=True)
cli.add_typer(apps, name="apps")

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders of files: Bundles, resources, NDJSON.")]
Folder = Annotated[Path, typer.Argument(help="Where the files are written: one <Type>.ndjson per type.")]
Workers = Annotated[int, typer.Option(help="Processes that read side by side; 0: one per core.", min=0)]
Compress = Annotated[bool, typer.Option("--gzip", help="Compress the files.")]
FileKind = Annotated[str, typer.Argument(help=f"What the files are: {', '.join(KINDS)}.")]
CodeSystemFiles = Annotated[
    list[Path], typer.Argument(help="The files, zip files or folders, as their publisher gives them.")
]
PackageFiles = Annotated[
    list[Path], typer.Argument(help="Packages (.tgz), folders of their files, or `norway`: our own.")
]
Force = Annotated[bool, typer.Option("--force", help="Let an older version take the place of a newer one.")]
Version = Annotated[str, typer.Option(help="The release's version, where the files do not tell it.")]
ValidFrom = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day on which the release is valid.")
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Put the content in place of another under the same version.")
]
Text = Annotated[str, typer.Argument(help="Only code systems with this in their URL or title.")]
Every = Annotated[bool, typer.Option("--all", help="Each of the many small ones too, not only their number.")]
Citizens = Annotated[
    str, typer.Option(help="How many, or pocket (200), municipality (20,000), region (720,000).")
]
Seed = Annotated[str, typer.Option(help="The same seed gives the same region.")]
Start = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day of the records.")]
Years = Annotated[int, typer.Option(help="Years of record; without --start they end today.")]
BaseName = Annotated[str, typer.Argument(help="The practice base's name.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on, instead of FELLESJOURNAL_PORT.")]


def main() -> NoReturn:
    """Run the command; what a person can mend is told a sentence a line, without a stack trace."""
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, _stop)
    try:
        cli()
    except Trouble as trouble:
        _say(str(trouble))
    except Fault as fault:
        _say("\n".join(issue.diagnostics for issue in fault.issues))
    except asyncpg.DiskFullError as error:
        _say(f"The database's disk is full: {error}.")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _say(f"The disk is full: {error.filename or 'a file'} cannot be written.")
    sys.exit(0)


@cli.command()
def serve() -> None:
    """Answer FHIR requests until stopped."""
    commands.serve(settings.read())


@cli.command()
def demo(port: Port = None) -> None:
    """Run a practice site with synthetic citizens, on this machine only."""
    chosen = {} if port is None else {"FELLESJOURNAL_PORT": str(port)}
    commands.demo(settings.read(os.environ | chosen))


@database.command()
def upgrade() -> None:
    """Bring the database to this program's schema."""
    database_commands.upgrade(settings.read())


@database.command()
def check() -> None:
    """Say whether the database has this program's schema; exit code 1 when not."""
    if not database_commands.check(settings.read()):
        sys.exit(1)


@cli.command("import")
def import_(paths: Paths, workers: Workers = 0) -> None:
    """Store resources from files; stopped, it goes on where it was. Exit code 1 when some are faulty."""
    if not commands.import_(settings.read(), paths, workers):
        sys.exit(1)


@cli.command()
def export(folder: Folder, compress: Compress = False) -> None:
    """Write every resource to files, as the record is at this moment."""
    commands.export(settings.read(), folder, compress=compress)


@terminology.command("load")
def load_terminology() -> None:
    """Load what set-up loads: ICD-10 and ICPC-2 in Norwegian, HL7's code systems, units, vital signs."""
    commands.load_terminology(settings.read())


@terminology.command("add")
def add_terminology(
    kind: FileKind,
    files: CodeSystemFiles,
    version: Version = "",
    valid_from: ValidFrom = None,
    replace: Replace = False,
) -> None:
    """Load a release of a code system from files that you have fetched. Earlier releases stay."""
    first = valid_from.date() if valid_from else None
    commands.add_terminology(settings.read(), kind, files, version=version, valid_from=first, replace=replace)


@terminology.command("list")
def list_terminology(text: Text = "", every: Every = False) -> None:
    """Print the code systems that are loaded: version, validity, number of codes, source and licence."""
    commands.list_terminology(settings.read(), text, every=every)


@packages.command("add")
def add_packages(files: PackageFiles, *, force: Force = False) -> None:
    """Store FHIR packages: their profiles, value sets and search parameters count from then on."""
    commands.add_packages(settings.read(), files, force=force)


@packages.command("list")
def list_packages() -> None:
    """Print the packages that are stored."""
    commands.list_packages(settings.read())


@index.command("rebuild")
def rebuild_index(
    types: Annotated[list[str] | None, typer.Argument(help="Resource types; none: all.")] = None,
) -> None:
    """Index what is stored anew, beside a running site: what is searched by, and who may see it."""
    commands.told(
        settings.read(), lambda url: index_commands.rebuilt(settings.read(), url, list(types or ()))
    )


@apps.command("add")
def add_app(
    name: Annotated[str, typer.Option(help="What people are shown as the app's name.")],
    responsible: Annotated[str, typer.Option(help="Who answers for it, by name.")],
    scopes: Annotated[str, typer.Option(help="All scopes it may ever be granted, separated by spaces.")],
    id: Annotated[str, typer.Option(help="Its client id; left out: one is made.")] = "",
    redirect_uri: Annotated[
        list[str] | None, typer.Option(help="Where browsers go back to; repeatable.")
    ] = None,
    launch_uri: Annotated[str, typer.Option(help="Where it is launched from the journal.")] = "",
    keys: Annotated[str, typer.Option(help="File or https address of its public keys (a JWK set).")] = "",
    service: Annotated[bool, typer.Option("--service", help="It acts for itself, without a person.")] = False,
    introspects: Annotated[
        bool, typer.Option("--introspects", help="It may ask what tokens stand for.")
    ] = False,
) -> None:
    """Register an app, and print its client id. With keys it signs; without, it is public."""
    kind: Kind = "service" if service else "confidential" if keys else "public"
    addresses = tuple(redirect_uri or ())
    app = App(id, name, responsible, kind, addresses, launch_uri, scopes, introspects=introspects)
    commands.told(settings.read(), lambda url: app_commands.add(url, app, keys))


@apps.command("list")
def list_apps() -> None:
    """Print the apps that are registered."""
    commands.told(settings.read(), app_commands.listed)


@apps.command("remove")
def remove_app(id: Annotated[str, typer.Argument(help="The client id.")]) -> None:
    """Remove an app: its tokens are void from now on."""
    commands.told(settings.read(), lambda url: app_commands.remove(url, id))


@apps.command("suspend")
def suspend_app(
    id: Annotated[str, typer.Argument(help="The client id.")],
    resume: Annotated[bool, typer.Option("--resume", help="Let it in again.")] = False,
) -> None:
    """Suspend an app: it gets nothing, and its tokens are void, until it is let in again."""
    commands.told(settings.read(), lambda url: app_commands.suspend(url, id, suspended=not resume))


@region.command("build")
def build_region(
    citizens: Citizens = "pocket",
    seed: Seed = SEED,
    start: Start = None,
    years: Years = 10,
    workers: Workers = 0,
) -> None:
    """Build synthetic citizens with units, workers and years of record; stopped, it goes on where it was."""
    if not region_commands.build(settings.read(), _planned(citizens, seed, start, years), workers):
        sys.exit(1)


@region.command("play")
def play_day(
    address: Annotated[str, typer.Option(help="Where the practice site answers.")] = "http://127.0.0.1:8080",
    speed: Annotated[float, typer.Option(help="How many times faster than life.", min=1)] = 60,
    seed: Seed = SEED,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to play; today if left out.")
    ] = None,
    hour: Annotated[int, typer.Option("--from", help="The hour to begin at.", min=0, max=23)] = 7,
) -> None:
    """Let a day happen at a practice site that runs: admissions, measurements, visits, messages."""
    today = datetime.now().astimezone().date()
    region_commands.play(address, seed, day.date() if day else today, speed, hour, today)


@practice.command("create")
def create_base(
    name: BaseName,
    unit: Annotated[
        str, typer.Option("--from", help="`region`, or the id of the unit whose people practise there.")
    ] = "region",
    days: Annotated[int, typer.Option(help="How long it lasts.")] = 30,
    citizens: Citizens = "pocket",
    seed: Seed = SEED,
    start: Start = None,
    years: Years = 10,
) -> None:
    """Make a practice base: a database of its own, with a synthetic region."""
    practice_commands.create(settings.read(), name, unit, _planned(citizens, seed, start, years), days)


@practice.command("list")
def list_bases() -> None:
    """Print the practice bases. Those that have expired are removed."""
    practice_commands.show(settings.read())


@practice.command("reset")
def reset_base(name: BaseName) -> None:
    """Put a practice base back to what it was when it was made."""
    practice_commands.reset(settings.read(), name)


@practice.command("remove")
def remove_base(name: BaseName) -> None:
    """Remove a practice base."""
    practice_commands.remove(settings.read(), name)


@practice.command("serve")
def serve_base(name: BaseName, port: Port = None) -> None:
    """Answer requests in a practice base until stopped."""
    chosen = {} if port is None else {"FELLESJOURNAL_PORT": str(port)}
    practice_commands.serve(settings.read(os.environ | chosen), name)


def _planned(citizens: str, seed: str, start: datetime | None, years: int) -> Plan:
    first = start.date() if start else None
    return region_commands.planned(citizens, seed, first, years, region_commands.last_day())


@cli.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def bench(context: typer.Context) -> None:
    """Measure: the figures the README quotes, one name each (in a source tree)."""
    sys.exit(commands.bench(context.args))


@cli.command("settings")
def settings_() -> None:
    """Print every setting with its value and where that comes from."""
    commands.show_settings(settings.readings())


def _say(sentence: str) -> NoReturn:
    Console(stderr=True, soft_wrap=True, highlight=False).print(sentence, markup=False)
    sys.exit(1)


def _stop(number: int, frame: object) -> NoReturn:
    """A polite end: what was begun is undone on the way out, PostgreSQL is stopped."""
    sys.exit(128 + number)
