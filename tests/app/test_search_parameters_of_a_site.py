"""A search parameter posted to one worker of a running server works in all of them, and in imports."""

import json
import signal
from pathlib import Path
from urllib.error import HTTPError

import pytest

from app.processes import ask, environment_for, fellesjournal, running, site_folder, stop

REQUESTS = 24
"""So many new connections that every worker gets some."""
COLOUR = "http://example.org/StructureDefinition/colour"
PARAMETER = {
    "resourceType": "SearchParameter",
    "url": "http://example.org/SearchParameter/colour",
    "name": "colour",
    "status": "active",
    "description": "The patient's favourite colour",
    "code": "colour",
    "base": ["Patient"],
    "type": "string",
    "expression": f"Patient.extension('{COLOUR}').value.ofType(string)",
}


def patient(**members: str) -> dict[str, object]:
    liked = [{"url": COLOUR, "valueString": "red"}]
    return {"resourceType": "Patient", "extension": liked, **members}


def count(address: str) -> object:
    return ask(address, "fhir/Patient?colour=red&_summary=count")["total"]


def test_a_posted_parameter_works_in_every_process() -> None:
    with site_folder() as data:
        environment = environment_for(data) | {"FELLESJOURNAL_PRACTICE_SITE": "true"}
        with running(environment, "serve") as (process, address):
            ask(address, "fhir/Patient", json.dumps(patient()).encode())
            ask(address, "fhir/SearchParameter", json.dumps(PARAMETER).encode())
            _import(environment, data / "early.ndjson", "imported-before")
            for _ in range(REQUESTS):
                ask(address, "fhir/Patient", json.dumps(patient()).encode())
                with pytest.raises(HTTPError, match="400"):
                    count(address)
            done = ask(address, "fhir/$reindex", b"")
            assert isinstance(done["parameter"], list)
            indexed = done["parameter"][1]["part"]
            assert indexed[1] == {"name": "resources", "valueInteger": REQUESTS + 2}
            assert {count(address) for _ in range(REQUESTS)} == {REQUESTS + 2}
            _import(environment, data / "late.ndjson", "imported-after")
            assert count(address) == REQUESTS + 3
            assert stop(process, signal.SIGINT) == 0


def _import(environment: dict[str, str], file: Path, id: str) -> None:
    file.write_text(json.dumps(patient(id=id)) + "\n")
    assert fellesjournal(environment, "import", str(file)).returncode == 0
