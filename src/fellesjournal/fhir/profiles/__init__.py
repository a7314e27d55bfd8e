"""Profiles (FHIR R4, profiling.html): StructureDefinitions compiled to checks that run beside R4's own rules.

library = Library(definitions, [definitions.structure])
profile = library.profile("http://hl7.org/fhir/StructureDefinition/bp")
profile.faults(observation, Local(observation, observation))
"""

from fellesjournal.fhir.profiles.library import Library
from fellesjournal.fhir.profiles.profile import Profile, Profiles, Structures

__all__ = ["Library", "Profile", "Profiles", "Structures"]
