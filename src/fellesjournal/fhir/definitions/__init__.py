"""What FHIR R4 says, as data: types, elements, search parameters, compartments, code systems, value sets.

The definitions of the npm package `hl7.fhir.r4.examples` are compiled once and loaded at every start:

    packed = compile_definitions(resources)  # parsed JSON of StructureDefinition-*.json and so on; seconds
    definitions = load(packed)  # milliseconds; any bytes-like object, also a memory map

`fellesjournal.app.definitions.definitions(package, cache)` does both with a cache on disk: that is what the
command line calls. Everything below `app` is handed a `Definitions`.
"""

from fellesjournal.fhir.definitions.codes import CodeSystem, ValueSet
from fellesjournal.fhir.definitions.compiler import COMPILED_TYPES, compile_definitions
from fellesjournal.fhir.definitions.elements import Constraint, Element, Member, TypeDefinition
from fellesjournal.fhir.definitions.model import Definitions, load

__all__ = [
    "COMPILED_TYPES",
    "CodeSystem",
    "Constraint",
    "Definitions",
    "Element",
    "Member",
    "TypeDefinition",
    "ValueSet",
    "compile_definitions",
    "load",
]
