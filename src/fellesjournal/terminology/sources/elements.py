"""Large XML, element by element: what is not asked for is not kept, and a document type is refused.

Without a document type there are no entities, so neither a file nor an address can be pulled in, nor a text
grow by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from fellesjournal.errors import Unprocessable

_DEEPEST = 50


@dataclass(slots=True)
class Element:
    """An element with everything in it; names without their namespace."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def child(self, *path: str) -> "Element | None":
        """The first element at a path below, or None."""
        found: Element | None = self
        for name in path:
            found = next((one for one in found.children if one.name == name), None) if found else None
        return found

    def all(self, name: str) -> "list[Element]":
        """The elements of a name directly below."""
        return [one for one in self.children if one.name == name]

    def words(self, *path: str) -> str:
        """The text at a path below, "" when there is none."""
        found = self.child(*path)
        return " ".join(found.text.split()) if found else ""

    def attribute(self, name: str, *path: str) -> str:
        """An attribute of the element at a path below, "" when there is none."""
        found = self.child(*path)
        return found.attributes.get(name, "").strip() if found else ""


def elements(chunks: Iterable[bytes], wanted: frozenset[str], source: str) -> Iterator[Element]:
    """The elements of the wanted names, each when it ends; those inside another are in it.

    Raises Unprocessable for what is not well-formed XML, or has a document type, with the line.
    """
    reading = _Reading(wanted, source)
    try:
        for chunk in chunks:
            reading.parser.Parse(chunk)
            yield from reading.taken()
        reading.parser.Parse(b"", True)
        yield from reading.taken()
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise Unprocessable(f"{source}, line {error.lineno}: it is not well-formed XML: {reason}.") from None


class _Reading:
    def __init__(self, wanted: frozenset[str], source: str) -> None:
        self._wanted, self._source = wanted, source
        self._open: list[Element] = []
        self._done: list[Element] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def taken(self) -> list[Element]:
        """What has ended since the last time."""
        done, self._done = self._done, []
        return done

    def _document_type(self, *declared: object) -> None:
        raise Unprocessable(
            f"{self._source}, line {self.parser.CurrentLineNumber}: it has a document type (DOCTYPE), "
            "which is refused for safety."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if not self._open and local not in self._wanted:
            return
        if len(self._open) == _DEEPEST:
            line = self.parser.CurrentLineNumber
            raise Unprocessable(f"{self._source}, line {line}: its elements are nested too deeply.")
        element = Element(local, self.parser.CurrentLineNumber, attributes)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, name: str) -> None:
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._done.append(element)

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text
