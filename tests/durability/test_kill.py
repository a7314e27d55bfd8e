"""kill -9 in the middle of a write load: what was acknowledged is there, no transaction is there by half."""

import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from bench.server import Server

WRITERS = 6
SECONDS = 3.0
ENTRIES = 7
SYSTEM = "https://fellesjournal.example/durability"

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found through /proc")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(settings={"FELLESJOURNAL_WORKERS": "2"}) as running:
        yield running


class Writer(threading.Thread):
    """Creates, updates and sends transactions until the server is gone; remembers what was acknowledged."""

    def __init__(self, base: str, number: int) -> None:
        super().__init__()
        self.base, self.number = base, number
        self.versions: dict[str, tuple[int, bytes]] = {}
        """Acknowledged version and body by reference."""
        self.unsure: set[str] = set()
        """References with an update on its way when the server went."""
        self.sent: list[str] = []
        """Identifiers of the transactions that were sent."""
        self.acknowledged: set[str] = set()

    def run(self) -> None:
        with httpx.Client(base_url=self.base, timeout=30) as client:
            try:
                for turn in count():
                    self._write(client, turn)
            except httpx.TransportError:
                return

    def _write(self, client: httpx.Client, turn: int) -> None:
        reference = f"Patient/writer-{self.number}-{turn // 4}"
        if turn % 4 < 3:
            body = {
                "resourceType": "Patient",
                "id": reference.partition("/")[2],
                "multipleBirthInteger": turn,
            }
            self.unsure.add(reference)
            answer = client.put(f"/{reference}", json=body)
            if answer.status_code in (200, 201):
                self.versions[reference] = (answer.json()["meta"]["versionId"], answer.content)
                self.unsure.remove(reference)
        else:
            value = f"{self.number}-{turn}"
            self.sent.append(value)
            answer = client.post("", json=transaction(value))
            if answer.status_code == 200:
                self.acknowledged.add(value)


def transaction(value: str) -> dict[str, Any]:
    """Basic resources that all carry the same identifier."""
    identifier = {"system": SYSTEM, "value": value}
    resource = {"resourceType": "Basic", "identifier": [identifier], "code": {"text": "durability"}}
    entry = {"resource": resource, "request": {"method": "POST", "url": "Basic"}}
    return {"resourceType": "Bundle", "type": "transaction", "entry": [entry] * ENTRIES}


def base_of(server: Server) -> str:
    host, port = server.address
    return f"http://{host}:{port}/fhir"


def under_load(server: Server) -> list[Writer]:
    writers = [Writer(base_of(server), number) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    time.sleep(SECONDS)
    return writers


def check(server: Server, writers: list[Writer]) -> None:
    with httpx.Client(base_url=base_of(server), timeout=30) as client:
        for writer in writers:
            writer.join()
            for reference, (version, body) in writer.versions.items():
                answer = client.get(f"/{reference}")
                assert answer.status_code == 200, f"{reference} was acknowledged and is lost"
                if reference not in writer.unsure:
                    assert answer.content == body, f"{reference} is not as it was acknowledged"
                assert int(answer.json()["meta"]["versionId"]) >= int(version)
            for value in writer.sent:
                found = client.get("/Basic", params={"identifier": f"{SYSTEM}|{value}", "_summary": "count"})
                expected = (ENTRIES,) if value in writer.acknowledged else (0, ENTRIES)
                assert found.json()["total"] in expected, f"transaction {value} is there by half, or lost"
    assert all(writer.versions and writer.acknowledged for writer in writers), "there was no load"


def test_what_was_acknowledged_outlives_a_killed_server(server: Server) -> None:
    writers = under_load(server)
    server.kill()
    server.start()
    check(server, writers)


def test_what_was_acknowledged_outlives_a_killed_database(server: Server) -> None:
    writers = under_load(server)
    server.kill_database()
    server.kill()
    server.start()
    check(server, writers)
