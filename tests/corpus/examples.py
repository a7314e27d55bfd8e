"""The official examples as files, and their tokens without the server's own."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from oracle.definitions import PACKAGE
from oracle.evaluator import load

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"{}\[\],:]+|[{}\[\],:]')
_SERVERS = (b'"resourceType"', b'"id"', b'"meta"')


@dataclass(frozen=True)
class Example:
    """One file of the package."""

    name: str
    raw: bytes

    @cached_property
    def resource(self) -> dict[str, Any]:
        """What the file says."""
        return load(self.raw)


def examples(package: Path = PACKAGE) -> Iterator[Example]:
    """All 5,306 of them, by name."""
    for path in sorted(package.glob("*-*.json")):
        if path.name != "package-lock.json":
            yield Example(path.name, path.read_bytes())


def spread(found: Iterable[Example], most: int, always: Container[str] = ()) -> list[Example]:
    """At most so many of each type, evenly from the whole of them, the same ones every time; and `always`."""
    by_type: dict[str, list[Example]] = {}
    for example in found:
        by_type.setdefault(example.name.partition("-")[0], []).append(example)
    taken: list[Example] = []
    for all_of_it in by_type.values():
        few = min(most, len(all_of_it))
        evenly = {place * len(all_of_it) // few for place in range(few)}
        taken += [
            example
            for place, example in enumerate(all_of_it)
            if place in evenly or example.name.removesuffix(".json") in always
        ]
    return taken


def tokens(raw: bytes) -> list[bytes]:
    """Every JSON token as written, but for the three members that the server writes first of all."""
    kept: list[bytes] = []
    found = _TOKEN.findall(raw)
    place, depth = 0, 0
    while place < len(found):
        token = found[place]
        if depth == 1 and token in _SERVERS and found[place + 1] == b":" and found[place - 1] in (b"{", b","):
            place = _after_value(found, place + 2)
            if found[place] == b",":
                place += 1
            elif kept[-1] == b",":
                kept.pop()
            continue
        depth += (token in b"{[") - (token in b"}]")
        kept.append(token)
        place += 1
    return kept


def _after_value(found: list[bytes], place: int) -> int:
    depth = 0
    while True:
        depth += (found[place] in b"{[") - (found[place] in b"}]")
        place += 1
        if depth == 0:
            return place


def own_meta(resource: dict[str, Any]) -> dict[str, Any]:
    """What the client has a say in of `meta`."""
    return {k: v for k, v in resource.get("meta", {}).items() if k not in ("versionId", "lastUpdated")}
