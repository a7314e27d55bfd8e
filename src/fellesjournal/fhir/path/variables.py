"""%names (FHIRPath N1, section 9, and FHIR R4, fhirpath.html#variables)."""

from fellesjournal.errors import Invalid
from fellesjournal.fhir import ucum
from fellesjournal.fhir.path.items import Collection, string
from fellesjournal.fhir.path.parts import Part, constant, finding
from fellesjournal.fhir.path.scope import Scope

_SYSTEMS = {
    "ucum": ucum.URL,
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
}
_FAMILIES = {
    "vs-": "http://hl7.org/fhir/ValueSet/",
    "ext-": "http://hl7.org/fhir/StructureDefinition/",
}
OWN = frozenset((*_SYSTEMS, "resource", "rootResource", "context"))
"""Names that no expression can define."""


def variable(name: str, here: str) -> Part:
    """The part of a %name. What is not FHIR's own is asked for in the scope."""
    if name in _SYSTEMS:
        return constant(string(_SYSTEMS[name]), here)
    for prefix, base in _FAMILIES.items():
        if name.startswith(prefix):
            return constant(string(base + name.removeprefix(prefix)), here)

    def find(focus: Collection, scope: Scope) -> Collection:
        found = scope.variables.get(name)
        if found is not None:
            return found
        if name == "context":
            return [scope.context]
        if name in ("resource", "rootResource"):
            return [scope.environment.resource]
        place = here.rpartition(" at ")[2]
        raise Invalid(f"FHIRPath: there is no variable %{name} here (at {place}).")

    return finding(find, here)
