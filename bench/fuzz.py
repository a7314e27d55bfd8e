"""`python -m bench.fuzz`: faulty requests of every kind against a real server; a 5xx is a failure.

First requests of our own: official examples with something odd in them, search parameters with odd values,
patches and bundles. Then schemathesis, when it is installed, from the OpenAPI description that is served.
"""

import argparse
import copy
import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bench.report import say
from bench.server import Server

EXAMPLES = Path("node_modules", "hl7.fhir.r4.examples")
DEFINITIONS = (
    "StructureDefinition-",
    "CodeSystem-",
    "ValueSet-",
    "SearchParameter-",
    "ConceptMap-",
    "package",
)
LARGEST_EXAMPLE = 60_000
FHIR = {"Content-Type": "application/fhir+json"}

ODD: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 1e308, 10**30),
    *("", " ", "x" * 5_000, "\u0000", "\ud800", "\U0001f600", "ÆØÅ", "%", "$", "|", ",", "\\", "a|b|c", "gt"),
    *("2020-13-45", "0000-00-00", "9999-12-31T23:59:60Z", "2020-01-01T00:00:00+14:00", "null", "[]", "{}"),
    *("Patient/", "Patient/1/_history/", "http://", "urn:uuid:x", "#", "#x", "'; drop table x", "((("),
    *([], {}, [[]], [None], [{}], {"": ""}, {"resourceType": "Patient"}, {"extension": [{}]}),
    *({"reference": "#gone"}, {"value": "x"}, {"start": "2021", "end": "2020"}, {"coding": [{"system": 1}]}),
]
TEXTS = [text for text in ODD if isinstance(text, str) and text != "\ud800"]
NUMBERS = ["0", "-1", "1e400", "1e-400", "9" * 400, "NaN", "1.", ".5", "+5", "0x1"]
DATES = [
    "2020",
    "2020-02-30",
    "20200101",
    "ge",
    "eb0001-01-01",
    "9999",
    "10000-01-01",
    "2020-01-01T25:00:00Z",
    "ap2020",
]
PREFIXES = ["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap", "xx"]
MODIFIERS = [
    *("", ":missing", ":exact", ":contains", ":text", ":not", ":of-type", ":identifier", ":above", ":below"),
    *(":in", ":not-in", ":Patient", ":Patient.name", ":", ":nonsense", ".name", ":Patient.organization.name"),
]
CONTROLS = [
    *("_sort", "_count", "_include", "_revinclude", "_summary", "_elements", "_total", "_cursor", "_since"),
    *(
        "_at",
        "_type",
        "_id",
        "_lastUpdated",
        "_text",
        "_content",
        "_tag",
        "_has",
        "_filter",
        "_query",
        "_list",
    ),
    *(
        "_has:Observation:patient:code",
        "_format",
        "_pretty",
        "_contained",
        "near",
        "from",
        "to",
        "start",
        "end",
    ),
]

Request = tuple[str, str, bytes, dict[str, str]]


class Requests:
    """Draws requests, half right and half wrong, from a seeded source."""

    def __init__(self, seed: int, statement: dict[str, Any]) -> None:
        self._random = random.Random(seed)
        self._examples = list(examples())
        self._resources = statement["rest"][0]["resource"]
        self._kinds: list[Callable[[], Request]] = [
            self._update, self._update, self._create, self._search, self._search, self._search,
            self._patch, self._bundle, self._read, self._operation, self._raw,
        ]  # fmt: skip

    def draw(self) -> Request:
        """One request: method, address below the base, body, headers."""
        return self._random.choice(self._kinds)()

    def _pick(self, among: Any) -> Any:
        return copy.deepcopy(self._random.choice(among))

    def _example(self) -> dict[str, Any]:
        return json.loads(self._pick(self._examples))  # type: ignore[no-any-return] # examples are objects

    def _odd_example(self) -> dict[str, Any]:
        tree = self._example()
        for _ in range(self._random.randint(0, 3)):
            self._spoil(tree)
        return tree

    def _spoil(self, tree: Any) -> None:
        """Put something odd at a random place."""
        places = [(tree, name) for name in tree if name not in ("resourceType", "id")]
        while places:
            parent, name = self._random.choice(places)
            child = parent[name]
            inner = (
                child.keys()
                if isinstance(child, dict)
                else range(len(child))
                if isinstance(child, list)
                else ()
            )
            if not inner or self._random.random() < 0.3:
                parent[name] = self._pick(ODD)
                return
            places = [(child, one) for one in inner]

    def _update(self) -> Request:
        tree = self._odd_example()
        return "PUT", address(tree), body(tree), FHIR

    def _create(self) -> Request:
        tree = self._odd_example()
        criteria = {"If-None-Exist": self._query(tree["resourceType"])} if self._random.random() < 0.3 else {}
        return "POST", str(tree["resourceType"]), body(tree), FHIR | criteria

    def _value(self) -> str:
        return f"{self._pick(PREFIXES)}{self._pick(self._pick([TEXTS, NUMBERS, DATES]))}"

    def _query(self, kind: str = "") -> str:
        resource = next((one for one in self._resources if one["type"] == kind), None) or self._pick(
            self._resources
        )
        names = [one["name"] for one in resource["searchParam"]]
        pairs = [
            (
                self._pick(names if self._random.random() < 0.7 else CONTROLS) + self._pick(MODIFIERS),
                self._value(),
            )
            for _ in range(self._random.randint(1, 3))
        ]
        if self._random.random() < 0.3:
            pairs.append(
                (self._pick(CONTROLS), self._pick([*names, *resource["searchInclude"], self._value()]))
            )
        return urlencode(pairs)

    def _search(self) -> Request:
        kind = self._pick(self._resources)["type"]
        query = self._query(kind)
        path = self._pick([kind, kind, kind, f"Patient/example/{kind}", "", f"{kind}/_history", "_history"])
        if self._random.random() < 0.2 and "_history" not in path:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            return "POST", f"{path}/_search".lstrip("/"), query.encode(), form
        return "GET", f"{path}?{query}", b"", {"Prefer": self._pick(["handling=lenient", "handling=strict"])}

    def _patch(self) -> Request:
        tree = self._example()
        operations = [
            {
                "op": self._pick(["add", "remove", "replace", "move", "copy", "test", "x"]),
                "path": self._pointer(tree),
                "from": self._pointer(tree),
                "value": self._pick(ODD),
            }
            for _ in range(self._random.randint(1, 2))
        ]
        if self._random.random() < 0.5:
            return "PATCH", address(tree), body(operations), {"Content-Type": "application/json-patch+json"}
        return "PATCH", address(tree), body(self._fhirpath_patch(tree)), FHIR

    def _pointer(self, tree: dict[str, Any]) -> str:
        name = self._pick(list(tree))
        return "/" + "/".join(
            map(str, self._pick([[name], [name, 0], [name, "-"], [name, 0, "x"], ["", name], ["~2"]]))
        )

    def _fhirpath_patch(self, tree: dict[str, Any]) -> dict[str, Any]:
        kind, name = tree["resourceType"], self._pick(list(tree))
        path = self._pick(
            [f"{kind}.{name}", f"{kind}.{name}[0]", kind, name, "(((", "1 + 1", f"{kind}.where(", "%x", ""]
        )
        parts: list[dict[str, Any]] = [
            {"name": "type", "valueCode": self._pick(["add", "insert", "delete", "replace", "move", "x"])},
            {"name": "path", "valueString": path},
            {"name": "name", "valueString": name},
            {"name": "index", "valueInteger": self._pick([0, 1, -1, 99, "x"])},
            {"name": "source", "valueInteger": self._pick([0, 1, -1, 99])},
            {"name": "destination", "valueInteger": self._pick([0, 1, -1, 99])},
            {
                "name": "value",
                self._pick(["valueString", "valueHumanName", "resource", "part"]): self._pick(ODD),
            },
        ]
        return {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]}

    def _bundle(self) -> Request:
        entries = []
        for _ in range(self._random.randint(1, 4)):
            tree = self._odd_example()
            kind = tree["resourceType"]
            url = self._pick(
                [kind, address(tree), f"{kind}?{self._query(kind)}", f"{kind}/x/_history/1", "$x", "", "/"]
            )
            entry: dict[str, Any] = {
                "fullUrl": self._pick([f"urn:uuid:{self._random.randint(1, 9)}", f"http://x/{url}", ""]),
                "resource": tree,
                "request": {
                    "method": self._pick(["POST", "PUT", "PATCH", "DELETE", "GET", "HEAD", "x"]),
                    "url": url,
                },
            }
            if self._random.random() < 0.3:
                self._spoil(entry)
            entries.append(entry)
        kind = self._pick(["transaction", "batch", "batch", "document"])
        return "POST", "", body({"resourceType": "Bundle", "type": kind, "entry": entries}), FHIR

    def _read(self) -> Request:
        path = address(self._example())
        tail = self._pick(
            [
                "",
                "/_history",
                "/_history/1",
                "/_history/99999999999",
                "/$everything",
                "/$meta",
                "/$diff",
                "/x",
            ]
        )
        headers = {"If-None-Match": self._pick([*TEXTS[:3], 'W/"1"', "*"]), "Prefer": "respond-async"}
        return (
            self._pick(["GET", "HEAD", "DELETE"]),
            path + tail + f"?{self._query()}" * self._random.randint(0, 1),
            b"",
            headers,
        )

    def _operation(self) -> Request:
        tree = self._odd_example()
        meta = {
            "name": "meta",
            "valueMeta": {self._pick(["tag", "profile", "security", "x"]): self._pick(ODD)},
        }
        wrapped = {"resourceType": "Parameters", "parameter": [meta, {"name": "resource", "resource": tree}]}
        name = self._pick(["$validate", "$meta-add", "$meta-delete", "$meta", "$everything", "$reindex"])
        return "POST", f"{address(tree)}/{name}", body(self._pick([wrapped, tree])), FHIR

    def _raw(self) -> Request:
        """Bytes that are nearly JSON."""
        tree = self._example()
        raw = bytearray(body(tree))
        for _ in range(self._random.randint(1, 3)):
            raw[self._random.randrange(len(raw))] = self._random.randrange(256)
        return "PUT", address(tree), bytes(raw[: self._pick([len(raw), len(raw), len(raw) // 2])]), FHIR


def examples() -> Iterator[bytes]:
    """The official examples that are no definitions, the small ones."""
    for path in sorted(EXAMPLES.glob("*.json")):
        if not path.name.startswith(DEFINITIONS) and path.stat().st_size < LARGEST_EXAMPLE:
            raw = path.read_bytes()
            if b'"resourceType"' in raw:
                yield raw


def address(tree: dict[str, Any]) -> str:
    """Where a resource stands."""
    return f"{tree['resourceType']}/{quote(str(tree.get('id', 'x')), safe='')}"


def body(tree: Any) -> bytes:
    """JSON as it is sent; escapes keep even half characters sendable."""
    return json.dumps(tree).encode()


def ask(connection: HTTPConnection, request: Request) -> tuple[int, bytes]:
    """The status and body of the answer."""
    method, path, content, headers = request
    safe = {
        name: value.encode("ascii", "replace").decode().replace("\x00", "?")
        for name, value in headers.items()
    }
    connection.request(method, f"/fhir/{path}".replace(" ", "%20"), content or None, safe)
    answer = connection.getresponse()
    return answer.status, answer.read()


def asked_twice(connection: HTTPConnection, request: Request) -> tuple[int, bytes]:
    """Ask again on a new connection when the server has closed this one, as it may after a refusal."""
    for _ in range(2):
        try:
            return ask(connection, request)
        except OSError as error:
            connection.close()
            said = repr(error).encode()
    return 599, said


def own(server: Server, seconds: float, seed: int) -> list[str]:
    """Ask for a while; gives what was answered with a 5xx or not at all."""
    connection = HTTPConnection(*server.address, timeout=60)
    _, statement = ask(connection, ("GET", "metadata", b"", {}))
    requests = Requests(seed, json.loads(statement))
    for raw in examples():
        tree = json.loads(raw)
        ask(connection, ("PUT", address(tree), raw, FHIR))
    statuses: Counter[int] = Counter()
    failures = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        request = requests.draw()
        status, said = asked_twice(connection, request)
        statuses[status] += 1
        if status >= 500:
            failures.append(
                f"{request[0]} {request[1][:300]}\n  {request[2][:600]!r}\n  {status} {said[:300]!r}"
            )
    say(f"{statuses.total()} requests of our own: {dict(sorted(statuses.items()))}")
    return failures


def schemathesis(server: Server, seconds: int, seed: int) -> int:
    """Run schemathesis against the served description; gives its exit code, 0 when it is not installed."""
    beside = Path(sys.executable).with_name("schemathesis")
    program = str(beside) if beside.exists() else shutil.which("schemathesis")
    if program is None:
        say("schemathesis is not installed (`pip install schemathesis`): only requests of our own were made")
        return 0
    host, port = server.address
    options = ["--checks", "not_a_server_error", "--phases", "coverage,fuzzing", "--continue-on-failure"]
    options += [
        "--max-time",
        str(seconds),
        "--seed",
        str(seed),
        "--request-timeout",
        "30",
        "--warnings",
        "off",
    ]
    url = f"http://{host}:{port}/fhir/openapi.json"
    return subprocess.run([program, "run", url, *options], check=False).returncode


def main() -> int:
    """Fuzz a server of its own; the exit code is 1 when anything was answered with a 5xx."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="for each of the two parts")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    say(f"Seed {chosen.seed}")
    with Server() as server:
        failures = own(server, chosen.seconds, chosen.seed)
        for failure in failures[:40]:
            say(failure)
        code = schemathesis(server, chosen.seconds, chosen.seed)
    return int(bool(failures) or code != 0)


if __name__ == "__main__":
    sys.exit(main())
