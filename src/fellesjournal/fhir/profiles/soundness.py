"""Whether a StructureDefinition's rules can hold at all: paths name elements, expressions are FHIRPath, R4 is
narrowed and not loosened.

What is said of an element that there is not, and a rule that cannot be compiled, would never refuse anything,
and nobody would see it. So the definition is refused when it is written.
"""

from collections.abc import Iterator
from typing import Any

from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.faults import Check, Faults, Found, Local, fault, shown
from fellesjournal.fhir.invariants import flaw
from fellesjournal.fhir.profiles.narrowing import widened
from fellesjournal.fhir.profiles.tree import CORE


def structure_check(definitions: Definitions) -> Check:
    """The check of a StructureDefinition that constrains a type of R4.

    Logical models, new types and retired definitions are left alone: no resource is held to them.
    """

    def check(value: Any, local: Local) -> Faults:
        if type(value) is not dict or value.get("derivation") != "constraint":
            return None
        kind = value.get("type")
        if value.get("status") == "retired" or type(kind) is not str or not definitions.is_type(kind):
            return None
        found = _taken(value, definitions)
        for part in ("snapshot", "differential"):
            told: set[str] = set()
            for place, element in _elements(value, part):
                found += _misnamed(element, kind, place, told, definitions)
                found += _uncompilable(element, place)
                found += _widened(element, kind, place, definitions)
        return found or None

    return check


def _taken(structure: dict[str, Any], definitions: Definitions) -> list[Found]:
    """The fault of a profile that has the URL of one of R4's own types."""
    url = structure.get("url")
    name = url.removeprefix(CORE) if type(url) is str and url.startswith(CORE) else ""
    if not definitions.is_type(name):
        return []
    message = f"This is the URL of R4's own {name}, which is as R4 says: give the profile a URL of its own."
    return fault("value", message, ".url")


def _elements(structure: dict[str, Any], part: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The ElementDefinitions of a part, each with its place; what is of the wrong form is passed over."""
    holder = structure.get(part)
    listed = holder.get("element") if type(holder) is dict else None
    for index, element in enumerate(listed if type(listed) is list else ()):
        if type(element) is dict:
            yield f".{part}.element[{index}]", element


def _misnamed(
    element: dict[str, Any], kind: str, place: str, told: set[str], definitions: Definitions
) -> list[Found]:
    """The fault of a path, or an id, that leads to no element; each wrong beginning is told once."""
    for name in ("path", "id"):
        written = element.get(name)
        if type(written) is not str:
            continue
        bare = ".".join(step.partition(":")[0] for step in written.split(".")) if name == "id" else written
        found = _led(bare, kind, definitions)
        if isinstance(found, list):
            continue
        path, known = found
        if path in told:
            return []
        told.add(path)
        message = f"{kind} has no element {shown(path)}: what is said of it here would never hold."
        return fault("value", message, f"{place}.{name}", path, known)
    return []


def _led(path: str, kind: str, definitions: Definitions) -> list[Member] | tuple[str, list[str]]:
    """How the element at a path may be written, [] for the type itself and where others say that;
    or the beginning of the path that names nothing, with the paths there are beside it.
    """
    first, *steps = path.split(".")
    if first != kind:
        return first, [kind]
    kinds, above = {kind}, first
    chosen: list[Member] = []
    for step in steps:
        if "Resource" in kinds or (step == "value" and any(map(definitions.is_primitive, kinds))):
            return []
        members = [each for one in sorted(kinds) for each in definitions.members(one).values()]
        chosen = [each for each in members if step in _spellings(each)]
        if not chosen:
            return f"{above}.{step}", [f"{above}.{name}" for each in members for name in _spellings(each)]
        kinds = {each.children or each.type for each in chosen}
        above = f"{above}.{step}"
    return chosen


def _widened(element: dict[str, Any], kind: str, place: str, definitions: Definitions) -> list[Found]:
    """The faults of what is said of an element that there is."""
    path = element.get("path")
    led = _led(path, kind, definitions) if type(path) is str else []
    return widened(element, led, place, definitions) if isinstance(led, list) and led else []


def _spellings(member: Member) -> tuple[str, ...]:
    """How an element may be written: "value[x]", and "valueQuantity" for one of its types."""
    name = member.element.name
    return (member.name, f"{name}[x]", name) if member.element.choice else (member.name,)


def _uncompilable(element: dict[str, Any], place: str) -> list[Found]:
    """The faults of the rules in FHIRPath that cannot be asked."""
    rules = element.get("constraint")
    found: list[Found] = []
    for index, rule in enumerate(rules if type(rules) is list else ()):
        expression = rule.get("expression") if type(rule) is dict else None
        reason = flaw(expression) if type(expression) is str else ""
        if reason:
            message = f"The rule cannot be asked, and would never hold: {reason}"
            found += fault("value", message, f"{place}.constraint[{index}].expression")
    return found
