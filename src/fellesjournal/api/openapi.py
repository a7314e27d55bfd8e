"""An OpenAPI 3.1 description of what is served, made from the routes table (openapis.org)."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.negotiation import PDF
from fellesjournal.api.routes import Route, Table

_IN_PATH = re.compile(r"\{(\w+)\}")
_JSON = "application/fhir+json"
_CONTROLS: dict[str, dict[str, Any]] = {
    "_format": {"type": "string", "enum": ["json", _JSON]},
    "_pretty": {"type": "boolean"},
    "_summary": {"type": "string", "enum": ["true", "text", "data", "count", "false"]},
    "_elements": {"type": "string"},
}
_SEARCH: dict[str, dict[str, Any]] = {
    "_id": {"type": "string"},
    "_lastUpdated": {"type": "string"},
    "_count": {"type": "integer", "minimum": 0},
    "_sort": {"type": "string"},
    "_total": {"type": "string", "enum": ["none", "estimate", "accurate"]},
    "_include": {"type": "string"},
    "_revinclude": {"type": "string"},
    "_has": {"type": "string"},
}
_HISTORY: dict[str, dict[str, Any]] = {
    "_since": {"type": "string", "format": "date-time"},
    "_at": {"type": "string"},
    "_count": {"type": "integer", "minimum": 0},
}


class Description:
    """Answers GET openapi.json. Made once, when it is first asked for."""

    def __init__(self, types: tuple[str, ...], table: Callable[[], Table]) -> None:
        self._types = types
        self._table = table
        self._made = b""

    async def describe(self, call: Call) -> Answer:
        """The description, with paths below this base."""
        if not self._made:
            self._made = msgspec.json.encode(self.tree())
        return Answer(200, self._made, media=b"application/json")

    def tree(self) -> dict[str, Any]:
        """The description as a JSON tree."""
        paths: dict[str, dict[str, Any]] = {}
        for route in self._table().routes:
            paths.setdefault(f"/{route.shape}", {})[route.method.lower()] = self._operation(route)
        return {
            "openapi": "3.1.0",
            "info": {"title": "Fellesjournal, FHIR R4", "version": "4.0.1"},
            "servers": [{"url": "/fhir"}],
            "paths": paths,
            "components": {"schemas": _schemas(self._types)},
        }

    def _operation(self, route: Route) -> dict[str, Any]:
        described: dict[str, Any] = {
            "summary": route.summary,
            "operationId": re.sub(r"\W+", "-", f"{route.method.lower()}-{route.shape or 'base'}").strip("-"),
            "parameters": [*self._path(route), *_query(route)],
            "responses": {
                "default": {
                    "description": "A resource, or an OperationOutcome that says what is wrong",
                    "content": _content(route),
                }
            },
        }
        body = _body(route)
        return described | ({"requestBody": body} if body else {})

    def _path(self, route: Route) -> list[dict[str, Any]]:
        schemas: dict[str, dict[str, Any]] = {
            "type": {"enum": sorted(route.only)} if route.only else {"$ref": "#/components/schemas/Type"},
            "inner": {"$ref": "#/components/schemas/Type"},
            "id": {"type": "string", "pattern": r"^[A-Za-z0-9\-.]{1,64}$"},
            "version": {"type": "integer", "minimum": 1},
        }
        return [
            {"name": name, "in": "path", "required": True, "schema": schemas[name]}
            for name in _IN_PATH.findall(route.shape)
        ]


def _content(route: Route) -> dict[str, Any]:
    resource = {_JSON: {"schema": {"$ref": "#/components/schemas/Resource"}}}
    return resource | ({PDF: {"schema": {"type": "string", "format": "binary"}}} if route.has_pdf else {})


def _query(route: Route) -> list[dict[str, Any]]:
    known = dict(_CONTROLS)
    if route.has_pdf:
        known["_format"] = {"type": "string", "enum": ["json", _JSON, "pdf", PDF]}
    if "search" in route.name:
        known |= _SEARCH
    elif "history" in route.name:
        known |= _HISTORY
    return [{"name": name, "in": "query", "schema": schema} for name, schema in known.items()]


def _body(route: Route) -> dict[str, Any] | None:
    resource = {"schema": {"$ref": "#/components/schemas/Resource"}}
    if route.shape.endswith("_search"):
        form = {"type": "object", "properties": _SEARCH}
        return {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    if route.method == "PATCH":
        patch = {"schema": {"$ref": "#/components/schemas/JsonPatch"}}
        return {"required": True, "content": {"application/json-patch+json": patch, _JSON: resource}}
    if route.method in ("POST", "PUT"):
        return {"required": True, "content": {_JSON: resource}}
    return None


def _schemas(types: tuple[str, ...]) -> dict[str, Any]:
    return {
        "Type": {"type": "string", "enum": list(types)},
        "Resource": {
            "type": "object",
            "required": ["resourceType"],
            "properties": {"resourceType": {"$ref": "#/components/schemas/Type"}, "id": {"type": "string"}},
        },
        "JsonPatch": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["op", "path"],
                "properties": {
                    "op": {"enum": ["add", "remove", "replace", "move", "copy", "test"]},
                    "path": {"type": "string"},
                    "from": {"type": "string"},
                    "value": {},
                },
            },
        },
    }
