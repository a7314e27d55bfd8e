"""FHIR R4 profiles of a citizen, a health worker and a unit in Norway, and extensions: JSON, no snapshots.

They slice identifiers as HL7 Norway's no-basis 2.2.2 does, so that a resource may be of both. They stand
beside it and do not derive from it: nothing of no-basis need be installed. A local help number is in the
slice HNR with the bare word HNR as its system, as there. `app` reads the files; nothing in this room does.
"""

BASE = "https://fellesjournal.no/fhir/"

FILES = (
    "CodeSystem-address-protection.json",
    "CodeSystem-citizen-books.json",
    "ValueSet-address-protection.json",
    "StructureDefinition-address-protection.json",
    "StructureDefinition-citizen.json",
    "StructureDefinition-health-worker.json",
    "StructureDefinition-unit.json",
    "StructureDefinition-avbestillingsfrist.json",
    "StructureDefinition-buffer-after.json",
    "StructureDefinition-buffer-before.json",
    "StructureDefinition-capacity.json",
    "StructureDefinition-citizen-books.json",
    "StructureDefinition-comes-late.json",
    "StructureDefinition-held-until.json",
    "StructureDefinition-least-notice.json",
    "StructureDefinition-no-show-fee.json",
    "StructureDefinition-open.json",
    "StructureDefinition-overbooked.json",
    "StructureDefinition-preparation.json",
    "StructureDefinition-sist-vurdert.json",
    "StructureDefinition-skrevet-i-rolle.json",
    "StructureDefinition-usual-minutes.json",
    "StructureDefinition-waitlist-entry.json",
    "StructureDefinition-waitlist-rules.json",
)
"""The files of this folder, each after what it needs."""

CITIZEN = BASE + "StructureDefinition/citizen"
HEALTH_WORKER = BASE + "StructureDefinition/health-worker"
UNIT = BASE + "StructureDefinition/unit"
ADDRESS_PROTECTION = BASE + "StructureDefinition/address-protection"
"""Patient.extension with a code of the population register: ugradert, klientadresse, fortrolig (kode 7),
strengtFortrolig (kode 6)."""

HIDDEN_ADDRESS = frozenset({"fortrolig", "strengtFortrolig"})
"""The degrees at which an address is not for everyone who may read the record."""
