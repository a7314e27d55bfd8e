"""The code that an operation is asked about, and in which light."""

from typing import Any

from fellesjournal.api.operations.terminology.asked import Asked
from fellesjournal.errors import Invalid
from fellesjournal.terminology import languages
from fellesjournal.terminology.coded import Coded, Manner
from fellesjournal.terminology.terminology import Terminology

Tree = dict[str, Any]


def of_coding(coding: Tree) -> Coded:
    """A FHIR Coding. Raises Invalid without a code."""
    if "code" not in coding:
        raise Invalid("The Coding has no code: there is nothing to ask about.")
    return Coded(
        coding["code"], coding.get("system", ""), coding.get("version", ""), coding.get("display", "")
    )


def given(asked: Asked, *, system: str = "system", version: str = "version") -> list[Coded]:
    """The codes asked about: of `code`, `coding` or `codeableConcept`; `system` and `version` are the names
    of the parameters beside `code`. Raises Invalid unless exactly one of the three is given.
    """
    ways = [name for name in ("code", "coding", "codeableConcept") if name in asked]
    if len(ways) != 1:
        raise Invalid(
            "Give the code in one way: code (with its system), coding, or codeableConcept where it is taken."
        )
    match ways[0]:
        case "code":
            return [Coded(asked.text("code"), asked.text(system), asked.text(version), asked.text("display"))]
        case "coding":
            return [of_coding(asked.get("coding"))]
    codings = asked.get("codeableConcept").get("coding", [])
    if not codings:
        raise Invalid("The CodeableConcept has no coding: there is nothing to ask about.")
    return [of_coding(one) for one in codings]


def with_system(coded: Coded) -> Coded:
    """The code itself; raises Invalid when its system is not said."""
    if not coded.system:
        raise Invalid(f"Of the code '{coded.code}' no system is said: send it too.")
    return coded


def manner(asked: Asked, service: Terminology) -> Manner:
    """The light of `date`, `abstract` and `displayLanguage`."""
    return Manner(
        service.today(),
        asked.day(),
        asked.get("abstract"),
        languages.wanted(asked.text("displayLanguage")),
    )
