"""Is a code in a value set? What bindings ask, and the answer as far as FHIR's own definitions know it."""

from typing import Any, NamedTuple, Protocol

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.grammars import BY_DOCUMENT, GRAMMARS, Grammar


class Unjudged(NamedTuple):
    """Why nobody here can tell what is in a value set; `faulty`: it is the value set's own fault."""

    why: str = ""
    faulty: bool = False


class Codes(Protocol):
    """Knows which codes are in which value sets."""

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        """Is the code in the value set (a canonical URL, perhaps with a version)? None: not known.

        `system` is "" for an element of type code, whose system is the value set's.
        """

    def unjudged(self, value_set: str) -> Unjudged:
        """Why `member` does not know; empty when nothing has been found out about that."""


class DefinedCodes:
    """The value sets of Definitions, as far as they can be listed in full or a grammar decides."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._grammars: dict[str, list[Grammar] | None] = {}

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        """As Codes.member."""
        known = self._definitions.value_set_codes(value_set)
        if known is None:
            return self._written(value_set.partition("|")[0], system, code)
        if system:
            return (system, code) in known
        return any(code == each for _, each in known)

    def _written(self, value_set: str, system: str, code: str) -> bool | None:
        if value_set not in self._grammars:
            self._grammars[value_set] = grammars(self._definitions, value_set)
        rules = self._grammars[value_set]
        if rules is None:
            return None
        return any(rule.accepts(code) for rule in rules if system in ("", *rule.names))

    def unjudged(self, value_set: str) -> Unjudged:
        """As Codes.unjudged: the definitions do not say."""
        return Unjudged()


def grammars(definitions: Definitions, value_set: str) -> list[Grammar] | None:
    """The grammars of a value set that is made of whole systems which are rules of writing, else None."""
    if value_set in BY_DOCUMENT:
        return [GRAMMARS[BY_DOCUMENT[value_set]]]
    found = definitions.value_set(value_set)
    if found is None or found.exclude or not found.include:
        return None
    rules = []
    for part in found.include:
        if part.codes is not None or part.filters or part.value_sets or part.system not in GRAMMARS:
            return None
        rules.append(GRAMMARS[part.system])
    return rules


def codings(kind: str, value: Any) -> list[tuple[str, str]]:
    """(system, code) of each code that a value of a bindable type carries; [] for one that has none."""
    if kind in ("code", "string", "uri"):
        return [("", value)] if type(value) is str else []
    if type(value) is not dict:
        return []
    if kind == "CodeableConcept":
        listed = value.get("coding")
        parts = listed if type(listed) is list else []
    else:
        parts = [value]
    return [_pair(part) for part in parts if type(part) is dict and type(part.get("code")) is str]


def _pair(part: dict[str, Any]) -> tuple[str, str]:
    system = part.get("system")
    # A coding without a system is in no value set; "" would ask for a code of any.
    return (system if type(system) is str and system else "urn:none"), part["code"]


def membership(codes: Codes, value_set: str, found: list[tuple[str, str]]) -> bool | None:
    """Is at least one of them in the value set? None when that is not known, False for none at all."""
    answers = [codes.member(value_set, system, code) for system, code in found]
    if True in answers:
        return True
    return None if None in answers else False
