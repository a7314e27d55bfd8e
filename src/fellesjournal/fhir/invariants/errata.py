"""Constraints of R4 whose expression is not what is meant, and what is asked instead."""

from typing import NamedTuple


class Erratum(NamedTuple):
    """Why an expression is not asked as it is written; `instead` is "" when nothing is asked."""

    reason: str
    instead: str = ""


_NOTHING_FOUND = "Where the element is not there the expression finds nothing, which is not true."
_NO_SUCH_SYSTEM = "It asks for a code system called 'something', so that it holds of everything."

_ENTERED_IN_ERROR = (
    "verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' "
    "and code = 'entered-in-error').exists()"
)

ERRATA: dict[str, Erratum] = {
    "reference.startsWith('#').not() or (reference.substring(1).trace('url') in "
    "%rootResource.contained.id.trace('ids'))": Erratum(
        f"{_NOTHING_FOUND} Every reference is checked for it (validation/references.py)."
    ),
    "binding.empty() or type.code.empty() or type.select((code = 'code') or (code = 'Coding') or "
    "(code='CodeableConcept') or (code = 'Quantity') or (code = 'string') or "
    "(code = 'uri')).exists()": Erratum(
        "It always holds: select() gives true or false of each type, and exists() takes either."
    ),
    "fullUrl.contains('/_history/').not()": Erratum(
        _NOTHING_FOUND, "fullUrl.exists() implies fullUrl.contains('/_history/').not()"
    ),
    "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')": Erratum(
        f"{_NOTHING_FOUND} And matches() looks for the pattern anywhere in the name.",
        "name.exists() implies name.matches('^[A-Z][A-Za-z0-9_]{0,254}$')",
    ),
    "probability is decimal implies (probability as decimal) <= 100": Erratum(
        _NOTHING_FOUND, "probability.ofType(decimal).all($this <= 100)"
    ),
    "offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))": Erratum(
        "'in' takes one value, and `when` repeats.",
        "offset.empty() or (when.exists() and when.where($this in ('C' | 'CM' | 'CD' | 'CV')).empty())",
    ),
    f"clinicalStatus.exists() or {_ENTERED_IN_ERROR} or category.select($this='problem-list-item').empty()": (
        Erratum(
            "It compares a CodeableConcept with a string, so that any category breaks it.",
            f"clinicalStatus.exists() or {_ENTERED_IN_ERROR} "
            "or category.coding.where(code = 'problem-list-item').empty()",
        )
    ),
    **{
        "patient.exists() or scope.coding.where(system='something' and "
        f"code='{code}').exists().not()": Erratum(_NO_SUCH_SYSTEM)
        for code in ("patient-privacy", "research", "adr", "treatment")
    },
}
"""By expression."""
