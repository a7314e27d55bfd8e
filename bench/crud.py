"""Bench `crud`: nine resources created, read, updated and deleted, 36 requests an iteration.

The workload is that of HealthSamurai/fhir-server-performance-benchmark (k6/crud.js): no think time,
`Accept-Encoding: gzip` and `Cache-Control: no-cache` on every request. Ours checks more than the status:
what is read is byte for byte what the create answered with.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from bench import seed
from bench.load import Client


@dataclass(frozen=True)
class Crud:
    """One iteration for `Client.repeat`; `base` is the path of the FHIR service."""

    base: str = "/fhir"

    async def once(self, client: Client) -> bool:
        """Create, read, update and delete the nine."""
        made: dict[str, dict[str, Any]] = {}
        bodies: dict[str, bytes] = {}
        for type in seed.ORDER:
            sent = msgspec.json.encode(seed.fresh(type, made))
            answer = await client.ask("create", "POST", f"{self.base}/{type}", sent)
            if answer.status != 201:
                client.expect(False, f"POST {type}: {answer.status} {answer.body[:300]!r}")
                return True
            made[type], bodies[type] = msgspec.json.decode(answer.body), answer.body
        for type, tree in made.items():
            answer = await client.ask("read", "GET", f"{self.base}/{type}/{tree['id']}")
            client.expect(answer.status == 200, f"GET {type}: {answer.status} {answer.body[:300]!r}")
            client.expect(answer.body == bodies[type], f"GET {type} differs from what POST answered")
        for type, tree in made.items():
            seed.change(tree)
            path = f"{self.base}/{type}/{tree['id']}"
            answer = await client.ask("update", "PUT", path, msgspec.json.encode(tree))
            client.expect(answer.status == 200, f"PUT {type}: {answer.status} {answer.body[:300]!r}")
            client.expect(
                b'"versionId":"2"' in answer.body[:200], f"PUT {type} did not answer with version 2"
            )
        for type in reversed(seed.ORDER):
            answer = await client.ask("delete", "DELETE", f"{self.base}/{type}/{made[type]['id']}")
            client.expect(
                answer.status in (200, 204), f"DELETE {type}: {answer.status} {answer.body[:300]!r}"
            )
        return True
