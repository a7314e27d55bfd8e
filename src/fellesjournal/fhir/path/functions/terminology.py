"""What needs a terminology (FHIR R4, fhirpath.html#functions). Without one it finds nothing."""

from typing import Any

from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.parts import Part, condition
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Codes, Scope
from fellesjournal.fhir.path.singletons import single, text_of

Coded = tuple[str, str]
"""System ("" for a code that comes without one) and code."""


@function("memberOf", 1)
def member_of(here: str, value_set: Part) -> Part:
    """Is the code, Coding, or a coding of the CodeableConcept, in the value set with this URL?"""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        item, codes = single(focus, here), scope.environment.codes
        url = text_of(value_set.argument(scope), here)
        if item is None or codes is None or url is None:
            return None
        answers = [codes.member(url, *coded) for coded in _coded(item)]
        return True if True in answers else None if None in answers or not answers else False

    return condition(holds)


@function("subsumes", 1)
def subsumes(here: str, other: Part) -> Part:
    """Is the other concept this one, or one below it?"""
    return condition(lambda focus, scope: _subsumes(focus, other.argument(scope), here, scope))


@function("subsumedBy", 1)
def subsumed_by(here: str, other: Part) -> Part:
    """Is this concept the other one, or one below it?"""
    return condition(lambda focus, scope: _subsumes(other.argument(scope), focus, here, scope))


def _subsumes(above: Collection, below: Collection, here: str, scope: Scope) -> bool | None:
    first, second, codes = single(above, here), single(below, here), scope.environment.codes
    if first is None or second is None or codes is None:
        return None
    pairs = [(a, b) for a in _coded(first) for b in _coded(second) if a[0] == b[0]]
    answers = [_subsumed(codes, a, b) for a, b in pairs]
    return True if True in answers else None if None in answers else False


def _subsumed(codes: Codes, above: Coded, below: Coded) -> bool | None:
    return True if above == below else codes.subsumes(above[0], above[1], below[1])


def _coded(item: Item) -> list[Coded]:
    value: Any = item.value
    if isinstance(value, str):
        return [("", value)]
    if not isinstance(value, dict):
        return []
    codings = value.get("coding", []) if item.type == "CodeableConcept" else [value]
    return [(coding.get("system", ""), coding["code"]) for coding in codings if "code" in coding]
