"""The degree of address protection in resources: one of the register's, spelt as the register spells it.

Looked at on every write: a mistyped degree would protect nobody, and nobody would see that.
"""

from typing import Any

from fellesjournal.fhir.faults import Faults, Local, fault, shown
from fellesjournal.norway.protection import DEGREES, EXTENSION


def protection_check(value: Any, local: Local) -> Faults:
    """The check of an Extension: when it is that of address protection, it says a degree that there is."""
    if type(value) is not dict or value.get("url") != EXTENSION:
        return None
    coding = value.get("valueCoding")
    degree = value.get("valueCode", coding.get("code") if type(coding) is dict else None)
    if degree in DEGREES:
        return None
    message = f"{shown(degree)} is no degree of address protection: write one of {', '.join(DEGREES)}."
    return fault("code-invalid", message, ".value")
