"""What a profile is to those who use it."""

from collections.abc import Callable, Collection
from typing import Any, Protocol

from fellesjournal.fhir.faults import Faults, Local
from fellesjournal.fhir.profiles.tree import Node

Structures = Callable[[str], dict[str, Any] | None]
"""Finds a StructureDefinition (JSON tree) by its canonical URL, or "url|version"; None when there is none."""


class Profile:
    """A compiled profile or extension definition."""

    def __init__(self, structure: dict[str, Any], tree: Node, faults: Callable[[Any, Local], Faults]) -> None:
        self.url: str = structure["url"]
        self.version: str = structure.get("version", "")
        self.type: str = structure["type"]
        """The type it constrains: "Patient", "Extension"."""
        self.contexts: tuple[tuple[str, str], ...] = tuple(
            (context.get("type", "element"), context.get("expression", ""))
            for context in structure.get("context", ())
        )
        """For an extension: where it may stand, each as (element, extension or fhirpath; expression)."""
        self.context_invariants: tuple[str, ...] = tuple(structure.get("contextInvariant", ()))
        self.tree = tree
        self.is_modifier = bool(tree.definition.get("isModifier"))
        self.faults = faults
        """What a JSON value of the type does not keep, warnings included; None for nothing."""


class Profiles(Protocol):
    """Finds profiles by their canonical URL."""

    def profile(self, url: str) -> Profile | None:
        """The compiled profile, None when it is not known, or not in the version named after "|"."""

    def urls(self) -> Collection[str]:
        """The URLs of profiles that are known, for who has misspelt one: without those of extensions."""
