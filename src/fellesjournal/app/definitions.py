"""FHIR's definitions on this machine: read from the npm package, compiled once, kept in a cache directory."""

import hashlib
import mmap
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from fellesjournal.errors import Fault
from fellesjournal.fhir import definitions as compiler_package
from fellesjournal.fhir.definitions import COMPILED_TYPES, Definitions, compile_definitions, load

Progress = Callable[[int, int], None]
"""Called with (files read, files in all) while definitions are compiled."""


def definitions(package: Path, cache: Path, progress: Progress | None = None) -> Definitions:
    """FHIR R4's definitions, compiled into `cache` first when they are not there yet (seconds, once).

    `package` is the unpacked npm package `hl7.fhir.r4.examples` (node_modules/hl7.fhir.r4.examples), `cache`
    a directory that may not exist yet. The compiled file is memory-mapped, so that worker processes share it.
    Raises Fault when the package is missing or the cache cannot be written. Several processes may call this
    at once: files appear whole.
    """
    version = _package_version(package)
    compiled = _compiled(version, cache)
    if not compiled.exists():
        content = compile_definitions(_resources(package, progress), version)
        try:
            _store(compiled, content)
        except OSError as error:
            raise Fault(f"FHIR's definitions cannot be stored in {cache}: {error.strerror}.") from error
    with compiled.open("rb") as file:
        return load(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def are_compiled(package: Path, cache: Path) -> bool:
    """Whether `definitions` finds them compiled already. Raises Fault when the package is missing."""
    return _compiled(_package_version(package), cache).exists()


def _compiled(version: str, cache: Path) -> Path:
    return cache / f"definitions-{version}-{_compiler_hash()}.msgpack"


def _package_version(package: Path) -> str:
    try:
        return str(msgspec.json.decode((package / "package.json").read_bytes())["version"])
    except FileNotFoundError:
        raise Fault(
            f"FHIR's definitions are missing: there is no {package / 'package.json'}. "
            "Install them with `npm ci` in the project's root; bin/demo and bin/test do it by themselves."
        ) from None


def _compiler_hash() -> str:
    folder = Path(compiler_package.__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for source in sorted(folder.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _resources(package: Path, progress: Progress | None) -> Iterator[dict[str, Any]]:
    wanted = tuple(f"{name}-" for name in COMPILED_TYPES)
    files = sorted(path for path in package.glob("*.json") if path.name.startswith(wanted))
    for done, path in enumerate(files, 1):
        yield msgspec.json.decode(path.read_bytes())
        if progress is not None:
            progress(done, len(files))


def _store(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
