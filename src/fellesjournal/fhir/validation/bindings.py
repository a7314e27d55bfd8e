"""Required bindings to value sets that are known in full (FHIR R4, terminologies.html#required)."""

from typing import Any

from fellesjournal.fhir.codes import Codes, codings, membership
from fellesjournal.fhir.faults import Check, Faults, Found, Local, fault, notice, shown, wrong_kind

Known = frozenset[tuple[str, str]]
"""(system, code) of a value set known in full."""

MOST_LISTED = 12
"""Codes of a value set that are listed to who has used another."""


def bound_code(codes: Known, value_set: str) -> Check:
    """The check of a code."""
    allowed = frozenset(code for _, code in codes)

    def check(value: Any, local: Local) -> Faults:
        if type(value) is str:
            return None if value in allowed else _refused(shown(value), value, allowed, value_set)
        return wrong_kind(value, "a string")

    return check


def bound_concept(shape: Check, codes: Known, value_set: str) -> Check:
    """The check of a CodeableConcept: one of its codings must be in the value set."""

    def check(value: Any, local: Local) -> Faults:
        faults = shape(value, local)
        if faults is not None:
            return faults
        codings = value.get("coding", ())
        for coding in codings:
            if _pair(coding) in codes:
                return None
        if not codings:
            return fault("code-invalid", f"A code of {value_set} is required here; a text is not enough.")
        return _none_of(codings, codes, value_set)

    return check


def bound(
    test: Check,
    codes: Codes,
    kind: str,
    value_set: str,
    *,
    form: str = "",
    besides: frozenset[str] = frozenset(),
) -> Check:
    """The check of a value that must have a code of a value set, as far as that is known to `codes`.

    `form` says how its codes are written, where a grammar judges them; `besides` are bare codes that will do
    too.
    """

    def check(value: Any, local: Local) -> Faults:
        faults = test(value, local)
        if faults is not None:
            return faults
        found = codings(kind, value)
        if not found or membership(codes, value_set, found) is not False:
            return None
        if any(not system and code in besides for system, code in found):
            return None
        named = ", ".join(_named(*pair, value_set) for pair in found[:5])
        return fault("code-invalid", f"{named} is not in the value set {value_set}. {form}".rstrip())

    return check


def advised(test: Check, codes: Codes, kind: str, value_set: str) -> Check:
    """The check of a value, and a warning when it has codes and none of an extensible value set."""

    def check(value: Any, local: Local) -> Faults:
        faults = test(value, local)
        found = codings(kind, value)
        if faults is not None or not found or membership(codes, value_set, found) is not False:
            return faults
        named = ", ".join(_named(*pair, value_set) for pair in found[:5])
        message = f"{named} is not in the value set {value_set}, which is to be used as far as it goes."
        return notice("warning", "code-invalid", message)

    return check


def _named(system: str, code: str, value_set: str) -> str:
    """The code with its system, unless the value set is that of the whole system and names it."""
    return shown(code) if value_set.startswith(f"{system}?") else f"{system}|{code}".lstrip("|")[:120]


def _pair(coding: dict[str, Any]) -> tuple[str, str]:
    return coding.get("system", ""), coding.get("code", "")


def _written(coding: dict[str, Any]) -> str:
    return "|".join(_pair(coding))[:120]


def _none_of(codings: list[dict[str, Any]], codes: Known, value_set: str) -> list[Found]:
    """The fault of codings outside a value set; a code is listed without its system where that is plain."""
    named = ", ".join(_written(coding) for coding in codings[:5])
    system, code = _pair(codings[0])
    own = frozenset(each for its, each in codes if its == system)
    if len(own) == len(codes):
        return _refused(named, code, own, value_set)
    listed = _by_system(codes) if len(codes) <= MOST_LISTED else ""
    message = f"{named} is not in the value set {value_set}.{listed}"
    if own:
        return fault("code-invalid", message, written=code, known=own)
    return fault("code-invalid", message, written=_written(codings[0]), known=_spelt(codes))


def _by_system(codes: Known) -> str:
    systems = sorted({system for system, _ in codes})
    parts = [f"of {one} {', '.join(sorted(c for its, c in codes if its == one))}" for one in systems]
    return f" It has: {'; '.join(parts)}."


def _spelt(codes: Known) -> frozenset[str]:
    return frozenset("|".join(pair) for pair in codes)


def _refused(shown_as: str, written: str, allowed: frozenset[str], value_set: str) -> list[Found]:
    listed = f" It has: {', '.join(sorted(allowed))}." if len(allowed) <= MOST_LISTED else ""
    message = f"{shown_as} is not in the value set {value_set}.{listed}"
    return fault("code-invalid", message, written=written, known=allowed)
