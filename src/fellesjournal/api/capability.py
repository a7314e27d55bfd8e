"""The CapabilityStatement, made from the routes that are served and the search parameters that are known
(FHIR R4 http.html#capabilities, capabilitystatement.html).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from fellesjournal import __version__
from fellesjournal.access.audit.question import PARAMETERS as ANSWERED_BY_THE_LOG
from fellesjournal.access.visit import LOG
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Known
from fellesjournal.api.routes import Handler, Route, Table
from fellesjournal.api.subset import Subset
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.parameters import SearchParameter

_FHIR = "http://hl7.org/fhir"
_SYSTEM = {"transaction", "batch", "search-system", "history-system"}
_STANDARD = {"$validate", "$meta", "$meta-add", "$meta-delete"}
_OF_TERMINOLOGY = {
    "$lookup": ("CodeSystem",),
    "$subsumes": ("CodeSystem",),
    "$validate-code": ("CodeSystem", "ValueSet"),
    "$expand": ("ValueSet",),
    "$translate": ("ConceptMap",),
}
_SECURITY = "A practice site: it answers programs on its own machine only, without sign-in."
_SUPPORTED = {
    "versioning": "versioned",
    "readHistory": True,
    "updateCreate": True,
    "conditionalCreate": True,
    "conditionalRead": "full-support",
    "conditionalUpdate": True,
    "conditionalDelete": "single",
    "referencePolicy": ["literal", "logical", "local"],
}
_ANYWHERE = ("_id", "_lastUpdated", "_tag", "_profile", "_security", "_source", "_text", "_content")


class Capability:
    """Answers GET metadata. The statement is made once per base address and set of search parameters."""

    def __init__(
        self,
        definitions: Definitions,
        known: Callable[[], Known],
        table: Callable[[], Table],
        subset: Subset,
        terminology: Handler | None = None,
        security: Callable[[str], dict[str, Any]] | None = None,
    ) -> None:
        self._definitions = definitions
        self._known = known
        self._table = table
        self._subset = subset
        self._terminology = terminology
        self._security = security
        self._made: dict[str, tuple[Known, bytes]] = {}
        self._date = datetime.now(UTC).isoformat(timespec="seconds")

    async def metadata(self, call: Call) -> Answer:
        """GET metadata, whole or cut by `_summary` and `_elements`.

        `mode` is full, normative, or terminology for the TerminologyCapabilities.
        """
        if self._terminology and call.parameters == [("mode", "terminology")]:
            return self._cut(call, "TerminologyCapabilities", (await self._terminology(call)).body)
        for name, value in call.parameters:
            if name != "mode" or value not in ("full", "normative"):
                raise Invalid(f"metadata takes mode=full, normative or terminology, not '{name}={value}'.")
        return self._cut(call, "CapabilityStatement", self._body(call.base))

    def _cut(self, call: Call, kind: str, body: bytes) -> Answer:
        if not call.view.whole:
            body = self._subset.cut(kind, body, call.view.summary, call.view.elements)
        return Answer(200, body)

    def _body(self, base: str) -> bytes:
        known = self._known()
        made = self._made.get(base)
        if made is None or made[0] is not known:
            if len(self._made) > 20:
                self._made.clear()  # Host headers are the client's: keep few
            made = self._made[base] = (known, msgspec.json.encode(self.statement(base, known)))
        return made[1]

    def statement(self, base: str, known: Known) -> dict[str, Any]:
        """The statement as a JSON tree."""
        return {
            "resourceType": "CapabilityStatement",
            "id": "fellesjournal",
            "url": f"{base}/metadata",
            "version": __version__,
            "name": "Fellesjournal",
            "title": "Fellesjournal, a FHIR R4 record",
            "status": "active",
            "date": self._date,
            "publisher": "Fellesjournal",
            "kind": "instance",
            "software": {"name": "Fellesjournal", "version": __version__},
            "implementation": {"description": "Fellesjournal", "url": base},
            "fhirVersion": "4.0.1",
            "format": ["application/fhir+json", "json"],
            "patchFormat": ["application/fhir+json", "application/json-patch+json"],
            "rest": [self._rest(base, known)],
        }

    def _rest(self, base: str, known: Known) -> dict[str, Any]:
        routes = self._table().routes
        written: dict[str, Any] = {
            "mode": "server",
            "security": self._security(base) if self._security else {"description": _SECURITY},
            "resource": [self._resource(base, kind, known) for kind in self._definitions.resource_types],
            "interaction": [{"code": name} for name in _codes(routes, system=True)],
            "searchParam": [_parameter(p) for code, p in known["Patient"].items() if code in _ANYWHERE],
            "compartment": [
                f"{_FHIR}/CompartmentDefinition/{name.lower()}" for name in _compartments(routes)
            ],
        }
        operations = [_operation(base, route) for route in _operations(routes, "")]
        return written | ({"operation": operations} if operations else {})

    def _resource(self, base: str, kind: str, known: Known) -> dict[str, Any]:
        routes = self._table().routes
        parameters = known.get(kind, {})
        if kind == LOG:
            return _log(parameters)
        written: dict[str, Any] = {
            "type": kind,
            "profile": f"{_FHIR}/StructureDefinition/{kind}",
            "interaction": [{"code": name} for name in _codes(routes, system=False)],
            **_SUPPORTED,
            "searchInclude": [
                "*",
                *(f"{kind}:{code}" for code, p in parameters.items() if p.kind == "reference"),
            ],
            "searchRevInclude": _pointing_at(kind, known),
            "searchParam": [_parameter(p) for p in parameters.values() if _is_answered(p)],
        }
        operations = [_operation(base, route, kind) for route in _operations(routes, kind)]
        return written | ({"operation": operations} if operations else {})


def _log(parameters: Mapping[str, SearchParameter]) -> dict[str, Any]:
    """AuditEvents are written by the record itself, and searched in the log."""
    return {
        "type": LOG,
        "profile": f"{_FHIR}/StructureDefinition/{LOG}",
        "documentation": "The log of every access: of one's own record, or of one's own acts.",
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchParam": [_parameter(p) for p in parameters.values() if p.code in ANSWERED_BY_THE_LOG],
    }


def _codes(routes: tuple[Route, ...], *, system: bool) -> list[str]:
    names = dict.fromkeys(
        name
        for route in routes
        if not route.operation
        for name in route.name.split()
        if name != "capabilities"
    )
    return [name for name in names if (name in _SYSTEM) == system]


def _operations(routes: tuple[Route, ...], kind: str) -> list[Route]:
    """The operations of a type (with "": of the system), each once however it can be called."""
    found: dict[str, Route] = {}
    for route in routes:
        of_type = route.shape.startswith("{type}")
        if route.operation and of_type == bool(kind) and (not route.only or kind in route.only):
            found.setdefault(route.name, route)
    return list(found.values())


def _operation(base: str, route: Route, kind: str = "") -> dict[str, str]:
    name = route.name.removeprefix("$")
    if kind in _OF_TERMINOLOGY.get(route.name, ()):
        definition = f"{_FHIR}/OperationDefinition/{kind}-{name}"
    elif route.name == "$everything":
        definition = f"{_FHIR}/OperationDefinition/Patient-everything"
    elif route.name == "$summary":
        definition = "http://hl7.org/fhir/uv/ips/OperationDefinition/summary"
    elif route.name in _STANDARD:
        definition = f"{_FHIR}/OperationDefinition/Resource-{name}"
    else:
        definition = f"{base}/OperationDefinition/{name}"
    return {"name": name, "definition": definition, "documentation": route.summary}


def _is_answered(parameter: SearchParameter) -> bool:
    """Special parameters (near, _filter) and named queries are refused by search."""
    return parameter.kind != "special" and parameter.code != "_query"


def _parameter(parameter: SearchParameter) -> dict[str, str]:
    return {"name": parameter.code, "definition": parameter.url, "type": parameter.kind}


def _pointing_at(kind: str, known: Known) -> list[str]:
    return [
        f"{source}:{code}"
        for source, parameters in known.items()
        for code, p in parameters.items()
        if source != LOG and p.kind == "reference" and (kind in p.targets or not p.targets)
    ]


def _compartments(routes: tuple[Route, ...]) -> list[str]:
    kinds = {kind for route in routes if "{inner}" in route.shape for kind in route.only}
    return [f"{_FHIR}/CompartmentDefinition/{kind.lower()}" for kind in sorted(kinds)]
