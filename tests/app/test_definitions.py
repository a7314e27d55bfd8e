"""The cache of compiled definitions."""

from pathlib import Path

import msgspec
import pytest

from fellesjournal.app.definitions import definitions
from fellesjournal.errors import Fault


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "package.json").write_text('{"version": "4.0.1"}')
    system = {"resourceType": "CodeSystem", "url": "http://example.org/a", "content": "complete"}
    (folder / "CodeSystem-a.json").write_bytes(msgspec.json.encode(system))
    (folder / "Patient-example.json").write_text('{"resourceType": "Patient"}')
    return folder


def test_compiled_once_and_then_read_from_the_cache(package: Path, tmp_path: Path) -> None:
    cache = tmp_path / "not" / "there" / "yet"
    seen: list[tuple[int, int]] = []
    first = definitions(package, cache, lambda done, total: seen.append((done, total)))
    assert first.code_system_urls == {"http://example.org/a"}
    assert seen == [(1, 1)]
    again = definitions(package, cache, lambda done, total: seen.append((done, total)))
    assert again.code_system_urls == {"http://example.org/a"}
    assert seen == [(1, 1)]


def test_another_version_of_the_package_is_compiled_anew(package: Path, tmp_path: Path) -> None:
    definitions(package, tmp_path)
    (package / "package.json").write_text('{"version": "4.0.2"}')
    assert definitions(package, tmp_path).version == "4.0.2"


def test_nothing_half_written_is_left(package: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (package / "CodeSystem-b.json").write_text('{"resourceType": "CodeSystem"')
    with pytest.raises(msgspec.DecodeError):
        definitions(package, cache)
    assert not cache.exists() or not list(cache.iterdir())


def test_a_cache_that_cannot_be_written_is_told_in_plain_words(package: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(Fault, match="cannot be stored in"):
        definitions(package, tmp_path / "taken")


def test_a_missing_package_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="npm ci"):
        definitions(tmp_path / "nowhere", tmp_path)
