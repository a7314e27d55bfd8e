"""An Appointment of ours beside no-basis, which it keeps, and Helsenorge's profile, a form of its own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from booking.conftest import MONDAY
from fellesjournal.booking import acts
from fellesjournal.booking.offered import Offered
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.packages import read_package
from fellesjournal.fhir.profiles import Library, Structures
from fellesjournal.fhir.validation import Validator

NO_BASIS = "http://hl7.no/fhir/StructureDefinition/no-basis-Appointment"
HELSENORGE = "http://helsenorge.no/fhir/StructureDefinition/hn-basis-appointment"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def validator(shared_data: Path, definitions: Definitions) -> Validator:
    norway = shared_data / "norway"
    files = sorted((norway / "no-basis-2.2.2").iterdir())
    package = read_package((path.name, path.read_bytes()) for path in files)
    theirs = sorted(
        (norway / "helsenorge-profiles" / "fsh-generated" / "resources").glob("StructureDef*.json")
    )
    told = [msgspec.json.decode(path.read_bytes()) for path in theirs]
    known: dict[str, dict[str, Any]] = {one["url"]: one for one in told}
    structures: list[Structures] = [
        package.resources["StructureDefinition"].get,
        known.get,
        definitions.structure,
    ]
    return Validator(definitions, Library(definitions, structures))


def booked(profile: str) -> dict[str, Any]:
    kind = Offered("s", "Kontoret", "Organization/o", "urn:oid:1", "k", "Konsultasjon", 20, "Ta med lista.")
    more = {"serviceType": [kind.concept], "patientInstruction": kind.preparation}
    made = acts.proposed(["Practitioner/1", "Patient/2"], MONDAY, MONDAY + timedelta(minutes=20), NOW, more)
    return acts.booked(made, NOW) | {"meta": {"profile": [profile]}}


def test_what_the_acts_make_keeps_the_norwegian_base_profile(validator: Validator) -> None:
    for one in (booked(NO_BASIS), acts.cancelled(booked(NO_BASIS), "AAI", "Syk")):
        assert validator.validate(one) == []


def test_what_goes_to_helsenorge_is_written_anew_for_it(validator: Validator) -> None:
    """It has no kind of visit (serviceType) and needs what is theirs: a number with who gave it, the service
    and the kind in their lists, and the party to write to."""
    found = validator.validate(booked(HELSENORGE))
    told = {issue.expression.removeprefix("Appointment.") for issue in found if issue.severity == "error"}
    needed = {"meta.lastUpdated", "identifier", "serviceCategory", "appointmentType", "supportingInformation"}
    assert told == needed | {"Appointment", "serviceType"}
