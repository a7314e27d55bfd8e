"""The properties that the rules of a value set ask for, held against those that a code system has."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.terminology.conditions import All, Any, Condition, Has, HasValue, Matching, Not
from fellesjournal.terminology.system import System

DEFINED = frozenset(
    ("concept", "code", "display", "parent", "child", "status", "inactive", "deprecated", "notSelectable")
)
"""Those of every code system (FHIR R4, codesystem.html#defined-props and the list concept-properties)."""


async def refuse_unknown(releases: Sequence[System], condition: Condition) -> None:
    """Raise Unprocessable where a filter asks for a property that none of the releases of a code system
    declares or has on any concept: it would find nothing, or everything. Of a part of a system nothing can
    be said.
    """
    asked = set(_named(condition)) - DEFINED - _declared(releases)
    if not asked or not all(one.about.complete for one in releases):
        return
    carried = _declared(releases).union(*[await one.properties() for one in releases])
    known = sorted(carried | DEFINED)
    issues = [_issue(releases[0], name, known) for name in sorted(asked - carried)]
    if issues:
        raise Unprocessable(*issues)


def _declared(releases: Sequence[System]) -> frozenset[str]:
    return frozenset(name for one in releases for name in one.about.properties)


def _issue(system: System, name: str, known: list[str]) -> Issue:
    near = get_close_matches(name, known, 1)
    meant = f" Did you mean '{near[0]}'?" if near else ""
    text = f"A filter asks for the property '{name}', which {system.about.canonical} does not have.{meant}"
    return Issue("value", f"{text} Its properties are {', '.join(known)}.", "ValueSet.compose")


def _named(condition: Condition) -> Iterator[str]:
    match condition:
        case All(of) | Any(of):
            for one in of:
                yield from _named(one)
        case Not(one):
            yield from _named(one)
        case Has(name) | HasValue(name, _) | Matching(name, _):
            if name:
                yield name
