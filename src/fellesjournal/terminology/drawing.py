"""The codes of a value set's parts, drawn from their code systems."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.terminology.composing import Composed, Part
from fellesjournal.terminology.conditions import Condition
from fellesjournal.terminology.mentions import Mention
from fellesjournal.terminology.properties import refuse_unknown
from fellesjournal.terminology.release import Concept, Designation
from fellesjournal.terminology.resident import Resident
from fellesjournal.terminology.system import About, System
from fellesjournal.terminology.systems import Systems

Versions = Mapping[str, str]
"""Code system -> version."""


@dataclass(frozen=True, slots=True)
class Pins:
    """Which versions of code systems are drawn from (the parameters of $expand with these names)."""

    system_version: Versions = field(default_factory=dict)
    """For value sets that name no version."""
    check: Versions = field(default_factory=dict)
    """Another version in the value set is an error."""
    force: Versions = field(default_factory=dict)
    """Whatever the value set says."""

    def version(self, part: Part | Mention) -> str:
        """The version to draw a part from, "" for the one in force. Raises Unprocessable by `check`."""
        wanted = self.force.get(part.url) or part.version or self.system_version.get(part.url, "")
        checked = self.check.get(part.url)
        if checked and wanted not in ("", checked):
            text = f"The value set asks for {part.url}|{wanted}, and check-system-version for {checked}."
            raise Unprocessable(Issue("business-rule", text))
        return checked or wanted


NO_PINS = Pins()


class Drawn(NamedTuple):
    """A part with the code system that it is drawn from."""

    part: Part
    system: System
    condition: Condition
    order: Mapping[str, str] = MappingProxyType({})
    """The codes in their order, where that is another than the source's, each with the name that a filter was
    taken for to find it ("": its own texts answer).
    """

    @property
    def whole(self) -> bool:
        """Whether every code that the part may have is known: its system is here whole, or all are listed."""
        return self.part.listed or self.system.about.complete


async def draw(
    systems: Systems, composed: Composed, day: date | None, pins: Pins = NO_PINS, only: str = ""
) -> list[Drawn]:
    """The parts with their code systems, in order; with `only` those of one, by its URL.

    Raises NotFound for a code system that is not here with its codes, unless the value set lists all it has;
    Unprocessable for a filter by a property that a code system does not have.
    """
    pins = await resolved(systems, pins)
    parts = [part for part in composed.parts if only in ("", part.url)]
    drawn = [Drawn(part, await _system(systems, part, day, pins), part.condition) for part in parts]
    for part, system, condition, _ in drawn:
        if not part.listed:
            await refuse_unknown([system], condition)
    return drawn


async def resolved(systems: Systems, pins: Pins) -> Pins:
    """The pins by the URLs of the code systems, where they were named by their OIDs."""
    named = (pins.system_version, pins.check, pins.force)
    return Pins(*[{await systems.url_of(one): versions[one] for one in versions} for versions in named])


async def _system(systems: Systems, part: Part, day: date | None, pins: Pins) -> System:
    version = pins.version(part)
    if not part.listed:
        return await systems.get(part.url, version, day)
    found = await systems.find(part.url, version, day)
    if found is None:
        about = About(part.url, version, "", "", language="", content="fragment")
        return Resident(about, {code: part.own[code] for code in part.own})
    if found.about.complete:
        return found
    known = await found.concepts(part.own)
    return Resident(found.about, {code: known.get(code, own) for code, own in part.own.items()})


def renamed(concept: Concept, own: Mapping[str, Concept]) -> Concept:
    """The concept with the display and designations that the value set gives it; its own stays a synonym."""
    mine = own.get(concept.code)
    if mine is None or (mine.display == mine.code and not mine.designations):
        return concept
    if mine.display in (mine.code, concept.display):
        return replace(concept, designations=(*mine.designations, *concept.designations))
    synonym = Designation("", "synonym", concept.display)
    designations = (*mine.designations, synonym, *concept.designations)
    return replace(concept, display=mine.display, designations=designations)
