"""The codes that a value set names, one by one or in its filters, held against their code systems.

A code that there is not would be dropped without a word, and a filter by one finds nothing. So it is told:
as an error where the value set is the site's to mend, as a warning where it is HL7's. A code that another
release has is no mistake, and is told of too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from fellesjournal.errors import Fault, Issue, Unprocessable
from fellesjournal.fhir.codings import filtered_by
from fellesjournal.fhir.grammars import GRAMMARS
from fellesjournal.terminology.absence import suggestion
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.system import System
from fellesjournal.terminology.systems import Systems

MOST_TOLD = 20
"""Codes of one value set that are told of."""

HL7 = ("http://hl7.org/fhir/", "http://terminology.hl7.org/")
"""What the URLs of HL7's value sets begin with: a code that they name and that there is not, nobody here can
mend."""


Place = tuple[str, str]
"""The URL of a value set and the FHIRPath of a rule in it."""
Elsewhere = dict[str, tuple[System, Concept]]
"""Codes with the newest release that has them."""
Alike = Mapping[str, list[str]]
"""Codes that there are not, with those that may be meant."""


class Mention(NamedTuple):
    """Codes that a rule names. `version` "" is the one in force; `where` is the FHIRPath of the rule."""

    value_set: str
    url: str
    version: str
    codes: tuple[tuple[str, str], ...]
    """Each with the path below `where`."""
    where: str
    listed: bool
    """Whether the value set lists them; else they are values of filters."""

    @property
    def place(self) -> Place:
        """Which mention of all this is: of a value set, and of one that it imports."""
        return self.value_set, self.where


class Found(NamedTuple):
    """What is wrong with a mention: faults of the value set, and what is to be known."""

    faults: tuple[Issue, ...]
    warnings: tuple[str, ...]


class Naming(Protocol):
    """A value set that is understood: composing.Composed."""

    @property
    def mentions(self) -> Sequence[Mention]:
        """The codes that it names."""

    @property
    def held(self) -> WeakKeyDictionary[System, dict[Place, Found]]:
        """What was found of each mention in each release, kept for as long as the value set is the same."""


class Versions(Protocol):
    """Decides the version of a code system to ask: drawing.Pins."""

    def version(self, part: Any) -> str:
        """The version for what has a url and a version."""


def of_rule(rule: Mapping[str, Any], value_set: str, url: str, version: str, where: str) -> list[Mention]:
    """The mentions of one rule (ValueSet.compose.include or exclude)."""
    if "concept" in rule:
        listed = tuple((one["code"], f".concept[{place}].code") for place, one in enumerate(rule["concept"]))
        return [Mention(value_set, url, version, listed, where, listed=True)]
    filtered = tuple((code, f".filter[{place}].value") for place, code in filtered_by(rule))
    return [Mention(value_set, url, version, filtered, where, listed=False)] if filtered else []


async def refuse_absent(
    systems: Systems,
    named: Naming,
    day: date | None,
    pins: Versions,
    *,
    without: Iterable[str] = (),
    only_filters: bool = False,
) -> list[str]:
    """Raise Unprocessable where a value set of the site names codes that no release of a code system has;
    gives what is to be known otherwise. A code system that is not here, or in part, tells nothing.

    `without` are the URLs of code systems that are left out. With `only_filters` codes that are listed are
    passed over: who holds what there is does not miss what there is not.
    """
    found: list[Found] = []
    grouped: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for one in named.mentions:
        if one.url not in without and not (only_filters and one.listed):
            grouped[one.url, pins.version(one)].append(one)
    for (url, version), mentions in grouped.items():
        system = await _found(systems, url, version, day)
        if system is not None:
            held = named.held.setdefault(system, {})
            held |= await _held_against(systems, system, [one for one in mentions if one.place not in held])
            found += (held[one.place] for one in mentions)
    faults = [fault for one in found for fault in one.faults]
    if faults:
        raise Unprocessable(*faults[:MOST_TOLD])
    return list(dict.fromkeys(warning for one in found for warning in one.warnings))[:MOST_TOLD]


async def _found(systems: Systems, url: str, version: str, day: date | None) -> System | None:
    try:
        return await systems.find(url, version, day)
    except Fault:
        return None  # said where the codes are drawn


async def _held_against(systems: Systems, system: System, mentions: Sequence[Mention]) -> dict[Place, Found]:
    """What is wrong with each mention of one system. A code that is written in other case than the system's
    own is none: the rules of value sets compare codes as they are.
    """
    codes = {code for one in mentions for code, _ in one.codes}
    spelt = {code: concept.code for code, concept in (await system.concepts(codes)).items()}
    absent = {code for code in codes if spelt.get(code) != code}
    if not system.about.complete:
        grammar = GRAMMARS.get(system.about.url)
        absent = {code for code in absent if grammar and not grammar.accepts(code)}
    elsewhere = await _elsewhere(systems, system, absent - spelt.keys())
    alike = {code: [spelt[code]] if code in spelt else await system.alike(code) for code in absent}
    return {one.place: _judged(one, system, alike, {} if one.version else elsewhere) for one in mentions}


def _judged(mention: Mention, system: System, absent: Alike, elsewhere: Elsewhere) -> Found:
    faults, warnings = [], []
    for code, place in mention.codes:
        if code in elsewhere:
            warnings.append(_of_another_release(mention, code, system, *elsewhere[code]))
        elif code in absent:
            text = _absent(mention, code, system, suggestion(absent[code]))
            if mention.value_set.startswith(HL7):
                warnings.append(text)
            else:
                faults.append(Issue("code-invalid", f"{text} {_MEND}", mention.where + place))
    return Found(tuple(faults), tuple(warnings))


async def _elsewhere(systems: Systems, system: System, absent: set[str]) -> Elsewhere:
    """Those of the codes that another release has, with the newest that does."""
    found: Elsewhere = {}
    for release in await systems.every(system.about.url) if absent else ():
        for code, concept in (await release.concepts(absent - found.keys())).items():
            found[code] = (release, concept)
    return found


_MEND = "Correct it or take it out, or load a release of the code system that has it."


def _absent(mention: Mention, code: str, system: System, meant: str) -> str:
    named = "lists" if mention.listed else "filters by"
    return (
        f"The value set {mention.value_set} {named} the code '{code}', which is not in "
        f"{system.about.canonical}.{meant}"
    )


def _of_another_release(mention: Mention, code: str, system: System, release: System, had: Concept) -> str:
    named = "lists" if mention.listed else "filters by"
    until = f", valid until {had.valid_to}" if had.valid_to else ""
    return (
        f"The value set {mention.value_set} {named} the code '{code}' ({had.display}), which is not in "
        f"{system.about.canonical} but in release {release.about.version}{until}."
    )
