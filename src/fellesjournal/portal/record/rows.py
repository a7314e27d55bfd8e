"""What the pages of the record are made of: rows under headings, and the questions that they begin with."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.ladder import Rung
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json

MOST = 200


class Lead(NamedTuple):
    """A way on from a row: what it says, and the path of the page."""

    text: str
    path: str


class Row(NamedTuple):
    """One thing: its name, what is told below it, when it was, and the path of the page about it."""

    title: str
    lines: tuple[str, ...] = ()
    when: str = ""
    opens: str = ""
    value: str = ""
    side: str = ""
    """Of the reference values: "high", "low", or "" within."""
    rungs: tuple[Rung, ...] = ()
    """Of a letter: how far it has come."""
    leads: tuple[Lead, ...] = ()
    """To what belongs with it."""


class Group(NamedTuple):
    """Rows under a heading, a word of the catalogue's `group`; "" for none."""

    name: str
    rows: Sequence[Row]


async def search(folder: Folder, type_name: str, sort: str = "", *more: tuple[str, str]) -> list[Json]:
    """What there is of a type, in the order of a sort; `more` are further parameters."""
    asked = [("patient", folder.citizen), *more, ("_count", str(MOST))]
    return await folder.search(type_name, [*asked, *([("_sort", sort)] if sort else [])])


async def with_names(
    folder: Folder, type_name: str, sort: str, parameter: str, *more: tuple[str, str]
) -> tuple[list[Json], Mapping[str, str]]:
    """What there is, and what those are called whom a reference search parameter of it names."""
    found = await search(folder, type_name, sort, ("_include", f"{type_name}:{parameter}"), *more)
    own = [one for one in found if one["resourceType"] == type_name]
    return own, names_of(found)


def names_of(found: Sequence[Json]) -> Mapping[str, str]:
    """What each of some resources is called, by reference."""
    return {f"{one['resourceType']}/{one['id']}": naming.party(one) for one in found}


def name_in(reference: Json, names: Mapping[str, str]) -> str:
    """What a Reference says of whom it names, else what that one is called."""
    return str(reference.get("display") or names.get(str(reference.get("reference", "")), ""))


def lines(*texts: str) -> tuple[str, ...]:
    """Those of some texts that say something."""
    return tuple(filter(None, texts))
