"""Code systems on this machine: those that set-up loads, those that an operator adds, and what is there."""

import asyncio
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from fellesjournal.app import code_system_files, code_system_resources, fhir_resources
from fellesjournal.app.settings import Settings
from fellesjournal.norway import codes as norwegian
from fellesjournal.norway.codes import registry
from fellesjournal.norway.codes.lists import CodeList
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.terminology import loading, sources, telling
from fellesjournal.terminology.loading import Listed, Loaded
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.sources import (
    code_system,
    currencies,
    icd10,
    icpc2,
    loinc,
    time_zones,
    ucum,
)

UNITS_PACKAGE = "ucumvert"
UNITS = "ucumvert/vendor/ucum-essence.xml"
ZONES_PACKAGE = "tzdata"
CURRENCIES_SOURCE = "fellesjournal/terminology/sources/currencies.py: ISO 4217, tables A.1 and A.3"

NORWEGIAN_VERSION = "2026-11"
"""When the lists in norway/codes were carried over."""
NORWEGIAN_SOURCE = "fellesjournal/norway/codes:"

HL7_FILE = ", CodeSystem-"
"""In the source of a release of HL7's own: its package, then its file."""

SET_UP_CONTENTS = frozenset({"complete", "fragment"})
LEFT_OUT = {
    "CodeSystem-v2-0550.json": "its codes have stray no-break spaces, which FHIR does not allow",
    "CodeSystem-message-events.json": "R4 defines no codes in it",
    "CodeSystem-v3-policyHolderRole.json": "its codes are in no package of HL7's",
    "CodeSystem-example.json": "it is an example, of a firm that does not exist",
}
"""Code systems of HL7 that set-up passes over, and why."""

PROGRESS_STEP = 1_000

Progress = Callable[[str, int], None]
"""Called with the title of what is being read, and the concepts read so far in all."""


class Report(NamedTuple):
    """What came of a load of several releases."""

    outcomes: Counter[str]
    """Releases by "loaded", "replaced", "unchanged", and "kept": an operator has put another in its place."""
    concepts: int
    seconds: float


def load(settings: Settings, url: str, progress: Progress) -> Report:
    """Load what set-up loads, into the database at `url`; what is there already is left alone.

    A release whose content has changed though its version has not is replaced: these are made by this
    program, from packages with locked versions, so that only the program can have changed it. What an
    operator has put under the same version stays.
    """
    return asyncio.run(_load(url, set_up(settings), progress, replace_=True, keep_others=True))


def add(
    url: str,
    kind: str,
    paths: Sequence[Path],
    *,
    version: str = "",
    valid_from: date | None = None,
    replace_: bool = False,
    progress: Progress,
) -> Report:
    """Load one release from files of a kind (code_system_files.KINDS). Raises Trouble and Fault."""
    release = code_system_files.read(kind, paths, version, valid_from)
    return asyncio.run(_load(url, [release], progress, replace_=replace_))


def listed(url: str) -> list[Listed]:
    """The releases in the database at `url`."""

    async def ask() -> list[Listed]:
        connection = await database.connect(url)
        try:
            return await loading.listed(connection)
        finally:
            await connection.close()

    return asyncio.run(ask())


def set_up(settings: Settings) -> Iterator[Release]:
    """What set-up loads: diagnoses in Norwegian, units, vital signs, currencies, time zones, Norway's
    administrative lists, and HL7's own code systems.

    Raises Trouble when a package is missing.
    """
    package = _version(settings.diagnoses)
    named = f"{_name(settings.diagnoses)} {package}"
    lists = settings.diagnoses / "lib"
    yield icd10.release((lists / "ICD10.json").read_bytes(), package, f"{named}, ICD10.json")
    yield icpc2.release((lists / "ICPC2.json").read_bytes(), package, f"{named}, ICPC2.json")
    definitions = settings.definitions
    fhir = _version(definitions)
    named = f"{_name(definitions)} {fhir}"
    essence = Path(str(distribution(UNITS_PACKAGE).locate_file(UNITS))).read_bytes()
    units = f"{UNITS_PACKAGE} {version(UNITS_PACKAGE)} and {named}"
    yield ucum.release(essence, _json(definitions / "ValueSet-ucum-common.json"), units)
    yield loinc.vital_signs(
        _json(definitions / "ValueSet-observation-vitalsignresult.json"),
        map(_json, sorted(definitions.glob("Observation-*.json"))),
        fhir,
        named,
    )
    yield currencies.release(CURRENCIES_SOURCE)
    yield _time_zones()
    yield from map(_norwegian, registry.lists())
    yield from _hl7(definitions, fhir, named)


def _time_zones() -> Release:
    """Time zones as the package tzdata lists them, which Python itself goes by."""
    folder = distribution(ZONES_PACKAGE).locate_file(ZONES_PACKAGE)
    names = Path(str(folder), "zones").read_text().split()
    named = Path(str(folder), "zoneinfo", "tzdata.zi").read_text().partition("\n")[0]
    return time_zones.release(
        names, named.rpartition(" ")[2], f"{ZONES_PACKAGE} {version(ZONES_PACKAGE)}, zones"
    )


def made_from(settings: Settings) -> str:
    """What the set-up's releases are made of and by, as a hash: it changes when they may have changed."""
    digest = hashlib.blake2b(digest_size=8)
    for package in (settings.diagnoses, settings.definitions):
        digest.update(_version(package).encode())
    for package_name in (UNITS_PACKAGE, ZONES_PACKAGE):
        digest.update(version(package_name).encode())
    folders = [Path(path) for path in (*sources.__path__, *norwegian.__path__)]
    told_by = (__file__, code_system_resources.__file__, fhir_resources.__file__, telling.__file__)
    for file in [*map(Path, told_by), *(file for folder in folders for file in sorted(folder.glob("*.py")))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _norwegian(found: CodeList) -> Release:
    """One of the administrative lists that the record uses (norway/codes)."""
    return Release(
        url=found.system,
        version=NORWEGIAN_VERSION,
        name=f"Volven{found.number}" if found.number else found.system.rpartition("/")[2],
        title=found.title,
        oid=found.oid,
        publisher="Helsedirektoratet" if found.number else "Fellesjournal",
        licence="each list as its source says",
        source=f"{NORWEGIAN_SOURCE} {found.source}",
        content="complete" if found.complete else "fragment",
        concepts=[
            Concept(
                one.code, one.display, active=one.active, valid_from=one.valid_from, valid_to=one.valid_to
            )
            for one in found.codes
        ],
    )


def _hl7(package: Path, fhir: str, named: str) -> Iterator[Release]:
    for file in sorted(package.glob("CodeSystem-*.json")):
        resource = _json(file)
        if resource["content"] in SET_UP_CONTENTS and file.name not in LEFT_OUT:
            yield code_system.release(
                resource,
                version=fhir,
                language="en",
                licence="CC0 1.0",
                source=f"{named}, {file.name}",
            )


async def _load(
    url: str, releases: Iterable[Release], progress: Progress, *, replace_: bool, keep_others: bool = False
) -> Report:
    started = time.monotonic()
    outcomes: Counter[str] = Counter()
    concepts = 0
    connection = await database.connect(url)
    try:
        await loading.hurry(connection)
        there = {one[:2]: one for one in await loading.listed(connection)} if keep_others else {}
        for release in releases:
            found = there.get((release.url, release.version))
            if found is not None and _package(found.source) != _package(release.source):
                outcomes["kept"] += 1
                concepts += found.concepts
                continue
            watched = replace(release, concepts=_watched(release, concepts, progress))
            loaded: Loaded = await loading.load(connection, watched, replace=replace_)
            outcomes[loaded.outcome] += 1
            concepts += loaded.concepts
        if outcomes.keys() - {"unchanged", "kept"}:
            await loading.analyze(connection)
    finally:
        await connection.close()
    return Report(outcomes, concepts, time.monotonic() - started)


def _package(source: str) -> str:
    """The package that a source of set-up begins with; the name of a file for one of an operator's."""
    return source.partition(" ")[0]


def _watched(release: Release, earlier: int, progress: Progress) -> Iterator[Concept]:
    """The concepts of a release, while `progress` is told how many there have been."""
    for number, concept in enumerate(release.concepts):
        if number % PROGRESS_STEP == 0:
            progress(release.title, earlier + number)
        yield concept


def _json(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(file.read_bytes())
    return found


def _name(package: Path) -> str:
    return str(_json(package / "package.json")["name"])


def _version(package: Path) -> str:
    try:
        return str(_json(package / "package.json")["version"])
    except FileNotFoundError:
        raise Trouble(
            f"Code systems are missing: there is no {package / 'package.json'}. Install them with `npm ci` "
            "in the project's root; bin/demo and bin/test do it by themselves."
        ) from None
