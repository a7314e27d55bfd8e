"""The journal as this surface calls it: method names and types. `access.journal` has them all."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.record.stored import Entry, Page, Parameters, Stored, Written

__all__ = ["Door", "Entry", "Page", "Parameters", "Session", "Site", "Stored", "Written"]


class Session(Protocol):
    """The journal, opened by an actor for one request."""

    async def read(self, type_name: str, identity: str) -> Stored: ...
    async def vread(self, type_name: str, identity: str, version: int) -> Stored: ...
    async def create(
        self, type_name: str, body: bytes, *, if_none_exist: Parameters | None = None
    ) -> Written: ...
    async def update(
        self, type_name: str, identity: str, body: bytes, *, if_match: int | None = None
    ) -> Written: ...
    async def update_where(
        self, type_name: str, criteria: Parameters, body: bytes, *, if_match: int | None = None
    ) -> Written: ...
    async def patch(
        self, type_name: str, identity: str, patch: bytes, *, if_match: int | None = None
    ) -> Written: ...
    async def patch_where(
        self, type_name: str, criteria: Parameters, patch: bytes, *, if_match: int | None = None
    ) -> Written: ...
    async def delete(
        self, type_name: str, identity: str, *, if_match: int | None = None
    ) -> Stored | None: ...
    async def delete_where(
        self, type_name: str, criteria: Parameters, *, if_match: int | None = None
    ) -> int: ...
    async def search(
        self,
        type_name: str | None,
        parameters: Parameters,
        *,
        compartment: tuple[str, str] | None = None,
        lenient: bool = False,
    ) -> Page: ...
    async def everything(self, identity: str, parameters: Parameters) -> Page: ...
    async def history(self, type_name: str | None, identity: str | None, parameters: Parameters) -> Page: ...


Door = Callable[[], AbstractAsyncContextManager[Session]]
"""Opens the journal for the one actor that this surface acts as."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the surface is made for. `app` puts it together."""

    open: Door
    definitions: Definitions
    search_parameters: Callable[[], Mapping[str, Mapping[str, SearchParameter]]]
    """Resource type -> code -> search parameter, as they are now: more may be posted while we run."""
