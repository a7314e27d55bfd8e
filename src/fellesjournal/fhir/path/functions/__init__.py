"""FHIRPath's functions, one file per section of the specification. Importing this registers them all."""

from fellesjournal.fhir.path.functions import (
    existence,
    fhir,
    filtering,
    logic,
    navigation,
    strings,
    subsetting,
    types,
)

__all__ = ["existence", "fhir", "filtering", "logic", "navigation", "strings", "subsetting", "types"]
