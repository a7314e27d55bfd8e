"""Value sets and code hierarchies of the published definitions: for :in, :not-in, :above and :below."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from oracle.definitions import Definitions, Json


class Terminology:
    """Answers questions of membership and subsumption."""

    def __init__(self, definitions: Definitions) -> None:
        self._systems = definitions.code_systems
        self._value_sets = definitions.value_sets
        self.complete = {url for url, held in self._systems.items() if held.get("content") == "complete"}
        """The code systems whose codes are all known."""
        self.broader = lru_cache(maxsize=None)(self._broader)
        self.systems_of = lru_cache(maxsize=None)(self._systems_of)

    def contains(self, url: str, system: str | None, code: str) -> bool:
        """Whether the value set has the code."""
        compose = self._value_sets[url.split("|", maxsplit=1)[0]].get("compose", {})
        included = any(self._in_part(part, system, code) for part in compose.get("include", []))
        return included and not any(self._in_part(part, system, code) for part in compose.get("exclude", []))

    def _in_part(self, part: Json, system: str | None, code: str) -> bool:
        if not all(self.contains(url, system, code) for url in part.get("valueSet", [])):
            return False
        if "system" not in part:
            return True
        if part["system"] != system:
            return False
        if "concept" in part:
            return any(c["code"] == code for c in part["concept"])
        if "filter" in part:
            return all(self._passes(f, part["system"], code) for f in part["filter"])
        return self.knows(part["system"], code)

    def knows(self, system: str, code: str) -> bool:
        """Whether the code system has the code; one that is not at hand is taken to have it."""
        held = self._systems.get(system)
        return held is None or held.get("content") != "complete" or code in self.broader(system)

    def can_list(self, url: str) -> bool:
        """Whether every code system the value set draws whole or filters is at hand."""
        compose = self._value_sets.get(url.split("|", maxsplit=1)[0], {}).get("compose", {})
        parts = compose.get("include", []) + compose.get("exclude", [])
        return bool(parts) and all(
            (
                "concept" in p
                or self._systems.get(p.get("system", ""), {}).get("content") == "complete"
                or "system" not in p
            )
            and not [f for f in p.get("filter", []) if f["op"] not in ("is-a", "descendent-of")]
            and all(self.can_list(v) for v in p.get("valueSet", []))
            for p in parts
        )

    def _passes(self, condition: Json, system: str, code: str) -> bool:
        if condition["property"] == "concept" and condition["op"] in ("is-a", "descendent-of"):
            above = self.ancestors(system, code)
            return condition["value"] in above or (condition["op"] == "is-a" and condition["value"] == code)
        raise NotImplementedError(f"filter {condition} is not in the oracle")

    def subsumes(self, system: str | None, broad: str, narrow: str) -> bool:
        """Whether `broad` is `narrow` or one of its ancestors."""
        return broad == narrow or (system is not None and broad in self.ancestors(system, narrow))

    def ancestors(self, system: str, code: str) -> set[str]:
        """Every code above `code`."""
        parents = self.broader(system)
        found: set[str] = set()
        open_ = [code]
        while open_:
            for parent in parents.get(open_.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    open_.append(parent)
        return found

    def _broader(self, system: str) -> dict[str, set[str]]:
        """Code -> codes directly above it, by nesting and by the properties that say so."""
        result: dict[str, set[str]] = {}
        for concept, parent in _walk(self._systems.get(system, {}).get("concept", []), None):
            above = result.setdefault(concept["code"], set())
            if parent:
                above.add(parent)
            for held in concept.get("property", []):
                if held["code"] in ("parent", "subsumedBy"):
                    above.add(held["valueCode"])
                elif held["code"] == "child":
                    result.setdefault(held["valueCode"], set()).add(concept["code"])
        return result

    def _systems_of(self, url: str) -> frozenset[str]:
        """The code systems a value set draws from."""
        compose = self._value_sets.get(url, {}).get("compose", {})
        return frozenset(p["system"] for p in compose.get("include", []) if "system" in p)


def _walk(concepts: list[Any], parent: str | None) -> Iterator[tuple[Any, str | None]]:
    for concept in concepts:
        yield concept, parent
        yield from _walk(concept.get("concept", []), concept["code"])
