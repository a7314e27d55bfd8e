"""The words of a resource that are meant for people (FHIR R4, search.html: _content and _text).

Strings, markdown, names, displays and narratives; no identifiers, addresses of any kind, or data. Codes are
gathered beside the words: whoever knows what they are called finds them by name.
"""

from typing import Any

from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.terms import code_term
from fellesjournal.fhir.text import plain_text

Table = dict[str, Reader]

_FOR_PEOPLE = frozenset({"string", "markdown"})
_NOT_FOR_PEOPLE = frozenset(
    {
        "Attachment.url",
        "ContactPoint.value",
        "Identifier.value",
        "Quantity.unit",
        "Reference.reference",
        "SampledData.data",
    }
)
_OF_THE_FORMAT = ("http://hl7.org/fhir/", "http://terminology.hl7.org/", "https://fellesjournal.no/")
"""Systems of codes that say how a resource is to be taken, and not what is the matter."""
_REMEMBERED = 500
"""Sets of members of one element of which it is remembered who reads them."""


class Words:
    """The readers of all elements that hold words, each type's worked out when it is first met."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._tables: dict[str, Table] = {}

    def table(self, path: str) -> Table:
        """The readers of the members below a type or backbone element."""
        if path not in self._tables:
            # Types contain themselves (an extension, a reference's identifier): the table is there before
            # its readers, which keep hold of it.
            table = self._tables[path] = {}
            for name, member in self._definitions.members(path).items():
                read = self.reader(member)
                if read is not None:
                    table[name] = each(read) if member.element.max != 1 else read
            if path == "Coding":
                table["code"] = _code
        return self._tables[path]

    def reader(self, member: Member) -> Reader | None:
        """The reader of one value of a member; None when it holds no words."""
        if not member.children:
            return _word if self._is_for_people(member) else None
        match member.type:
            case "Narrative":
                return _narrative
            case "Resource":
                return self._resource
        below = self._definitions.members(member.children).values()
        if not any(
            inner.children or self._is_for_people(inner) for inner in below if inner.type != "Extension"
        ):
            return _extensions(self.table("Extension"))
        return walk(self.table(member.children))

    def _resource(self, value: Any, parent: dict[str, Any], out: Collector) -> None:
        walk(self.table(value["resourceType"]))(value, parent, out)

    def _is_for_people(self, member: Member) -> bool:
        element = member.element
        return member.type in _FOR_PEOPLE and element.name != "id" and element.path not in _NOT_FOR_PEOPLE


def walk(table: Table) -> Reader:
    """The reader of an object that gives each of its members to the member's reader."""
    find = table.get
    known: dict[tuple[str, ...], tuple[tuple[str, Reader], ...]] = {}

    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        names = tuple(value)
        readers = known.get(names)
        if readers is None:
            readers = tuple((name, reader) for name in names if (reader := find(name)) is not None)
            if len(known) < _REMEMBERED:
                known[names] = readers
        for name, reader in readers:
            reader(value[name], value, out)

    return read


def each(read: Reader) -> Reader:
    """The reader of a list of what `read` reads."""

    def read_each(values: Any, parent: dict[str, Any], out: Collector) -> None:
        for value in values:
            if value is not None:
                read(value, parent, out)

    return read_each


def _word(value: Any, _parent: dict[str, Any], out: Collector) -> None:
    out.words[value] = None


def _code(value: Any, parent: dict[str, Any], out: Collector) -> None:
    system = parent.get("system", "")
    if system and not system.startswith(_OF_THE_FORMAT):
        out.codes[code_term(system, value)] = None


def _narrative(value: Any, parent: dict[str, Any], out: Collector) -> None:
    text = plain_text(value.get("div", ""))
    out.words[text] = None
    if parent is out.resource:
        out.narrative = text


def _extensions(table: Table) -> Reader:
    read_extension = walk(table)

    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        if "extension" in value:
            for extension in value["extension"]:
                read_extension(extension, value, out)

    return read
