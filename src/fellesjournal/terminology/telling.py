"""The CodeSystem resource that tells of a release, without its codes (FHIR R4, codesystem.html)."""

import re
from hashlib import blake2b
from typing import Any

import asyncpg
import msgspec

from fellesjournal.terminology.statements import SQL

Tree = dict[str, Any]

_WHOLE = "?fhir_vs"
_LONGEST_ID = 64

_kinds = msgspec.json.Decoder(dict[str, str]).decode


async def resources(connection: asyncpg.Connection) -> list[Tree]:
    """One CodeSystem for each whole release, by URL and version, each with an id of its own."""
    return [_resource(row) for row in await connection.fetch(SQL.releases_told)]


def id_of(url: str, version: str) -> str:
    """The id of a release's resource: what a person knows it by, and a hash, as many URLs end alike."""
    told = f"{url.rpartition('/')[2].removeprefix('urn:oid:')}-{version.rpartition('/')[2]}"
    digest = blake2b(f"{url}|{version}".encode(), digest_size=4).hexdigest()
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", told)[: _LONGEST_ID - len(digest) - 1]
    return f"{plain.strip('-')}-{digest}"


def _resource(row: asyncpg.Record) -> Tree:
    """`content` is not-present, as FHIR calls a CodeSystem without its codes; `count` is the number in the
    whole system, so it is told of complete releases alone.
    """
    complete = row["content"] == "complete"
    told = {
        "resourceType": "CodeSystem",
        "id": id_of(row["url"], row["version"]),
        "url": row["url"],
        "identifier": _identifier(row["oid"]),
        "version": row["version"],
        "name": row["name"],
        "title": row["title"],
        "status": "active",
        "date": row["valid_from"].isoformat() if row["valid_from"] else "",
        "publisher": row["publisher"],
        "description": _description(row["concepts"], complete=complete),
        "copyright": row["licence"],
        "caseSensitive": row["case_sensitive"],
        "valueSet": f"{row['url']}{_WHOLE}",
        "hierarchyMeaning": "is-a" if row["hierarchical"] else "",
        "content": "not-present",
        "count": row["concepts"] if complete else None,
        "property": _properties(row),
    }
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def _identifier(oid: str) -> list[Tree]:
    return [{"system": "urn:ietf:rfc:3986", "value": f"urn:oid:{oid}"}] if oid else []


def _description(concepts: int, *, complete: bool) -> str:
    held = "All its codes" if complete else f"{concepts} of its codes, not all,"
    return (
        f"{held} are in this record's terminology service: ask $lookup, $validate-code, $subsumes or $expand."
    )


def _properties(row: asyncpg.Record) -> list[Tree]:
    """The properties that concepts have; one that is declared and never used has no kind to tell."""
    meanings = _kinds(row["properties"])
    kinds = _kinds(row["kinds"] or "{}")
    return [
        {
            "code": name,
            **({"description": meanings[name]} if meanings.get(name) else {}),
            "type": kind,
        }
        for name, kind in kinds.items()
    ]
