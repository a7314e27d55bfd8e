"""FHIR packages: stored whole or not at all, and in effect in a server that runs."""

import io
import json
import signal
import tarfile
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import asyncpg
import pytest
import pytest_asyncio

from app.processes import ask, environment_for, fellesjournal, running, site_folder, stop
from fellesjournal.app.packages import add, files, listed
from fellesjournal.app.rooms import Rooms, joined, knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Conflict
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.terminology import loading
from fellesjournal.terminology.release import Concept, Release

BASE = "http://example.org/fhir"
REQUESTS = 8
COLOURS = {
    "resourceType": "ValueSet",
    "id": "colours",
    "url": f"{BASE}/ValueSet/colours",
    "status": "active",
    "compose": {"include": [{"system": f"{BASE}/CodeSystem/colours"}]},
}
PAINTS = {
    "resourceType": "CodeSystem",
    "id": "colours",
    "url": f"{BASE}/CodeSystem/colours",
    "status": "active",
    "content": "complete",
    "concept": [{"code": "red"}, {"code": "blue"}],
}


NEEDED = {"hl7.fhir.r4.core": "4.0.1", "example.other": "2.0"}
TAKEN = {
    "resourceType": "SearchParameter",
    "id": "code",
    "url": f"{BASE}/SearchParameter/code",
    "name": "code",
    "status": "active",
    "description": "A code that R4 has too",
    "code": "code",
    "base": ["Basic"],
    "type": "token",
    "expression": "Basic.code",
}


def profile(**more: Any) -> dict[str, Any]:
    """A Basic must have a code, and it must be a colour."""
    binding = {"strength": "required", "valueSet": COLOURS["url"]}
    elements = [
        {"id": "Basic", "path": "Basic"},
        {"id": "Basic.code", "path": "Basic.code", "binding": binding},
    ]
    return {
        "resourceType": "StructureDefinition",
        "id": "coloured",
        "url": f"{BASE}/StructureDefinition/coloured",
        "name": "Coloured",
        "status": "active",
        "kind": "resource",
        "abstract": False,
        "type": "Basic",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Basic",
        "derivation": "constraint",
        "differential": {"element": elements},
        **more,
    }


def package(file: Path, *resources: dict[str, Any], **manifest: Any) -> Path:
    """A package as a .tgz."""
    described = {"name": "example.colours", "version": "1.0.0", "fhirVersions": ["4.0.1"], **manifest}
    files = {"package.json": described} | {
        f"{one['resourceType']}-{one['id']}.json": one for one in resources
    }
    with tarfile.open(file, "w:gz") as archive:
        for name, tree in files.items():
            content = json.dumps(tree).encode()
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file


@pytest_asyncio.fixture
async def paints_released(pool: asyncpg.Pool) -> None:
    """A release of the paints in the tables, there before a process looks."""
    async with pool.acquire() as connection:
        await loading.load(
            connection, Release(str(PAINTS["url"]), "1", "Paints", "Paints", [Concept("red", "Red")])
        )


@pytest_asyncio.fixture
async def rooms(pool: asyncpg.Pool, database_url: str) -> AsyncIterator[Rooms]:
    """The rooms of a process on this test's database."""
    settings = Settings(practice_site=True)
    made = joined(settings, knowledge(settings.definitions, settings.cache), pool)
    async with made.record.following(partial(database.connect, database_url)):
        yield made


def basic(code: str) -> bytes:
    coding = {"system": PAINTS["url"], "code": code}
    meta = {"profile": [f"{BASE}/StructureDefinition/coloured"]}
    return json.dumps({"resourceType": "Basic", "meta": meta, "code": {"coding": [coding]}}).encode()


def test_a_package_counts_in_every_process_without_a_restart() -> None:
    with site_folder() as data:
        environment = environment_for(data) | {"FELLESJOURNAL_PRACTICE_SITE": "true"}
        with running(environment, "serve") as (process, address):
            ask(address, "fhir/Basic", basic("green"))
            faulty = profile(baseDefinition=f"{BASE}/StructureDefinition/unknown")
            said = fellesjournal(
                environment, "packages", "add", str(package(data / "x.tgz", COLOURS, PAINTS, faulty))
            )
            assert said.returncode == 1
            assert "StructureDefinition-coloured.json" in said.stderr
            assert f"{BASE}/StructureDefinition/unknown" in said.stderr

            misspelt = {
                "element": [{"id": "Basic", "path": "Basic"}, {"id": "Basic.cod", "path": "Basic.cod"}]
            }
            faulty = profile(differential=misspelt)
            said = fellesjournal(
                environment, "packages", "add", str(package(data / "z.tgz", COLOURS, faulty))
            )
            assert said.returncode == 1
            assert "StructureDefinition-coloured.json" in said.stderr
            assert 'Did you mean "Basic.code"?' in said.stderr
            assert ask(address, f"fhir/ValueSet?url={COLOURS['url']}")["total"] == 0

            whole = package(data / "y.tgz", COLOURS, PAINTS, TAKEN, profile(), dependencies=NEEDED)
            said = fellesjournal(environment, "packages", "add", str(whole), "norway")
            assert said.returncode == 0, said.stderr
            assert "example.colours 1.0.0: 3 resources are in the record, 3 new and 0 changed." in said.stdout
            assert f"{TAKEN['url']} is left out" in said.stdout
            assert said.stdout.count("It builds on") == 1
            assert "It builds on example.other 2.0, which is not here" in said.stdout
            _wait_until_refused(address)
            for _ in range(REQUESTS):
                ask(address, "fhir/Basic", basic("red"))
                with pytest.raises(HTTPError, match="422"):
                    ask(address, "fhir/Basic", basic("green"))
            renamed = package(data / "v.tgz", COLOURS, PAINTS | {"title": "Paints"}, TAKEN, profile())
            for change in ("0 new and 1 changed", "0 new and 0 changed"):
                said = fellesjournal(environment, "packages", "add", str(renamed))
                assert f"3 resources are in the record, {change}." in said.stdout, said.stderr
            listed = fellesjournal(environment, "packages", "list").stdout
            assert listed.split() == ["example.colours", "1.0.0", "fellesjournal.norway", "0.1.0"]

            (data / "more.ndjson").write_bytes(basic("blue") + b"\n" + basic("green") + b"\n")
            said = fellesjournal(environment, "import", str(data / "more.ndjson"))
            assert "1 resources created" in said.stdout
            assert "1 faulty" in said.stdout
            assert stop(process, signal.SIGINT) == 0


def _wait_until_refused(address: str) -> None:
    """Every process looks once a second: until all have, some still take what the package forbids."""
    in_a_row = 0
    for _ in range(2_000):
        try:
            ask(address, "fhir/Basic", basic("green"))
            in_a_row = 0
        except HTTPError:
            in_a_row += 1
        if in_a_row == 40:
            return
    pytest.fail("the package never counted")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no archive", "is no FHIR package (.tgz)"),
        (None, "There is no file or folder"),
    ],
)
def test_what_is_no_package_is_refused_in_a_sentence(content: bytes | None, reason: str) -> None:
    with site_folder() as data:
        file = data / "some.tgz"
        if content is not None:
            file.write_bytes(content)
        said = fellesjournal(environment_for(data), "packages", "add", str(file))
        assert said.returncode == 1
        assert reason in said.stderr
        assert "Traceback" not in said.stderr


@pytest.mark.parametrize("part", [0.2, 0.5, 0.98])
def test_a_truncated_package_is_told_by_its_file(tmp_path: Path, part: float) -> None:
    whole = package(tmp_path / "whole.tgz", COLOURS, PAINTS, profile()).read_bytes()
    file = tmp_path / "broken.tgz"
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(Trouble, match=rf"^{file} is no FHIR package \(\.tgz\), or it is damaged: .+\."):
        list(files(file))


def test_a_damaged_package_is_told_by_its_file(tmp_path: Path) -> None:
    file = package(tmp_path / "broken.tgz", COLOURS, PAINTS, profile())
    content = bytearray(file.read_bytes())
    content[40:80] = bytes(40)
    file.write_bytes(content)
    with pytest.raises(Trouble, match=r"broken\.tgz is no FHIR package \(\.tgz\), or it is damaged: .+\."):
        list(files(file))


async def test_an_older_version_takes_the_place_of_a_newer_only_when_that_is_said(
    rooms: Rooms, tmp_path: Path
) -> None:
    older, newer = (package(tmp_path / f"{one}.tgz", COLOURS, version=one) for one in ("1.9.0", "1.10.0"))
    await add(rooms, files(newer))
    with pytest.raises(Conflict, match=r"colours is here in version 1\.10\.0, and 1\.9\.0 is older.*--force"):
        await add(rooms, files(older))
    assert [one.version for one in await listed(rooms)] == ["1.10.0"]
    await add(rooms, files(older), force=True)
    assert [one.version for one in await listed(rooms)] == ["1.9.0"]
    await add(rooms, files(newer))


async def test_a_code_system_that_has_a_release_is_told(
    paints_released: None, rooms: Rooms, tmp_path: Path
) -> None:
    file = package(tmp_path / "x.tgz", COLOURS, PAINTS, PAINTS | {"id": "other", "url": f"{BASE}/other"})
    assert (await add(rooms, files(file))).released == [PAINTS["url"]]


@pytest.mark.parametrize("word", ["norge", "Noreg", "Norway", "norwegian"])
def test_our_own_package_is_meant_by_words_like_its_own(word: str) -> None:
    with pytest.raises(Trouble, match=r"Name a package \(\.tgz\).* Did you mean norway\?$"):
        list(files(Path(word)))


def test_a_misspelt_file_is_answered_with_the_one_beside_it(tmp_path: Path) -> None:
    package(tmp_path / "no-basis.tgz")
    (tmp_path / "no-bases.txt").touch()
    (tmp_path / "sdc").mkdir()
    with pytest.raises(Trouble, match=f"Did you mean {tmp_path / 'no-basis.tgz'}\\?$"):
        list(files(tmp_path / "no-bassis.tgz"))
    with pytest.raises(Trouble, match=f"Did you mean {tmp_path / 'sdc'}\\?$"):
        list(files(tmp_path / "scd"))
    with pytest.raises(Trouble, match=r"or norway\.$"):
        list(files(tmp_path / "quite another.tgz"))
    with pytest.raises(Trouble, match=r"or norway\.$"):
        list(files(tmp_path / "no folder" / "norge"))


def test_a_guide_that_is_not_published_yet_is_a_package_too(tmp_path: Path) -> None:
    guide = {
        "resourceType": "ImplementationGuide",
        "id": "example.colours",
        "packageId": "example.colours",
        "version": "0.9",
        "fhirVersion": ["4.0.1"],
        "dependsOn": [{"packageId": "example.other", "version": "2.0"}, {"uri": "http://example.org/guide"}],
    }
    made = tmp_path / "fsh-generated" / "resources"
    made.mkdir(parents=True)
    (made / "ImplementationGuide-example.colours.json").write_text(json.dumps(guide))
    (made / "ValueSet-colours.json").write_text(json.dumps(COLOURS))
    (tmp_path / "other.json").write_text("[]")
    found = dict(files(tmp_path))
    assert sorted(found) == [
        "ImplementationGuide-example.colours.json",
        "ValueSet-colours.json",
        "package.json",
    ]
    assert json.loads(found["package.json"]) == {
        "name": "example.colours",
        "version": "0.9",
        "fhirVersions": ["4.0.1"],
        "dependencies": {"example.other": "2.0"},
    }
