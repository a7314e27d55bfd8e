"""Files for a note: what may be sent, kept with its draft until it is signed."""

import base64
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

import asyncpg

from fellesjournal.documentation.answers import clean
from fellesjournal.documentation.statements import SQL
from fellesjournal.documentation.store import Draft
from fellesjournal.errors import Invalid, TooLarge
from fellesjournal.fhir.search.terms import key_of

Json = dict[str, Any]

LARGEST = 5 * 1024 * 1024
"""In bytes: a picture from a telephone."""
LONGEST = 100
"""Characters of a title."""
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Attachments:
    """The files of all drafts of the site."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def add(self, draft: Draft, name: str, content: bytes) -> str:
        """Keep a file; gives the text that its answer holds. Raises Invalid for what is no PDF, PNG or JPEG,
        whatever it is called; TooLarge."""
        kind = kind_of(content)
        if len(content) > LARGEST:
            raise TooLarge(f"A file is at most {LARGEST} bytes; this one has {len(content)}.")
        if not kind:
            raise Invalid("A file for a note is a PDF, PNG or JPEG.")
        id, title = token_hex(8), titled(name)
        await self._add(draft, id, title, kind, content)
        return f"{title} #{id}"

    async def carry(self, draft: Draft, files: Mapping[str, Json]) -> None:
        """Keep the files of another note with a draft, under what answers know them by."""
        for id, one in files.items():
            await self._add(draft, id, one["title"], one["contentType"], base64.b64decode(one["data"]))

    async def _add(self, draft: Draft, id: str, title: str, kind: str, content: bytes) -> None:
        citizen = key_of(f"Patient/{draft.patient}")
        await self._pool.execute(SQL.add_file, citizen, draft.id, id, title, kind, content)

    async def of(self, draft: Draft) -> dict[str, Json]:
        """The files of a draft as Attachments, by what answers know them by."""
        rows = await self._pool.fetch(SQL.list_files, key_of(f"Patient/{draft.patient}"), draft.id)
        return {
            row["id"]: {
                "id": row["id"],
                "contentType": row["kind"],
                "title": row["title"],
                "data": base64.b64encode(row["content"]).decode(),
            }
            for row in rows
        }


def kind_of(content: bytes) -> str:
    """The media type by which a content begins; "" for none that is taken in."""
    return next((kind for begins, kind in _BEGINNINGS.items() if content.startswith(begins)), "")


def titled(name: str) -> str:
    """What a file is called: its name without folders."""
    bare = clean(name).replace("\\", "/").rpartition("/")[2].replace("\n", " ").strip()
    return bare[-LONGEST:] or "fil"
