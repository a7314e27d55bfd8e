"""How a check says what is wrong: nothing at all when all is well, so that sound resources cost little."""

from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any, NamedTuple

from fellesjournal.fhir.neighbours import Neighbours


class Found(NamedTuple):
    """One fault, at a path relative to the value that was checked: ".telecom[1].system"."""

    path: str
    code: str
    """From http://hl7.org/fhir/issue-type."""
    message: str
    written: str = ""
    known: Collection[str] = ()
    """Where something else was meant: what was written, and what could have been."""
    severity: str = "error"
    """error, or what refuses nothing: warning, information."""

    def sentence(self) -> str:
        """The message, with a suggestion of what was meant (slow to find: asked for what is reported)."""
        meant = nearest(self.written, self.known) if self.written else ""
        return f'{self.message} Did you mean "{meant}"?' if meant else self.message


def nearest(written: str, known: Collection[str]) -> str:
    """What was meant by something misspelt, "" when nothing is like it; an address is known by its end."""
    if "://" not in written or "|" in written:
        return next(iter(get_close_matches(written, known, 1, 0.6)), "")
    ends = {_end(each) for each in known}
    close = get_close_matches(_end(written), ends, 1, 0.7)
    same = [each for each in known if _end(each) in close]
    return next(iter(get_close_matches(written, same, 1, 0.0)), "")


def _end(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].lower()


Faults = list[Found] | None
"""What a check returns; None when the value is sound."""


_NO_HOLDER: dict[str, Any] = {}


class Local:
    """What a check knows of the resource that holds its value.

    `resource` is the one the value stands in, contained or not (%resource), `root` the one that contains it
    (%rootResource), `contained` the ids that "#id" may point to, `holder` the Bundle or Parameters round the
    root, {} for none, and `outer` the Local of that holder. `extended` is set when an extension is met.
    """

    __slots__ = ("_neighbours", "_within", "contained", "extended", "holder", "outer", "resource", "root")

    def __init__(
        self,
        resource: dict[str, Any],
        root: dict[str, Any],
        contained: frozenset[str] = frozenset(),
        holder: dict[str, Any] = _NO_HOLDER,
        outer: "Local | None" = None,
    ) -> None:
        self.resource = resource
        self.root = root
        self.contained = contained
        self.holder = holder
        self.outer = outer
        self.extended = False
        self._neighbours: Neighbours | None = None
        self._within: Neighbours | None = None

    def neighbours(self) -> Neighbours:
        """The resources round the root: the same for all that stand in one holder."""
        if self._neighbours is None:
            self._neighbours = Neighbours(self.holder) if self.outer is None else self.outer.within()
        return self._neighbours

    def within(self) -> Neighbours:
        """The resources in this one, as those in it see each other."""
        if self._within is None:
            self._within = Neighbours(self.resource)
        return self._within

    def beside(self, resource: dict[str, Any], *, contained: bool) -> "Local":
        """The Local of another resource: contained in the same root, or a neighbour of it."""
        if contained:
            found = Local(resource, self.root, self.contained, self.holder, self.outer)
        else:
            found = Local(resource, resource, holder=self.holder, outer=self.outer)
        found._neighbours = self.neighbours()
        return found


Check = Callable[[Any, Local], Faults]

_KINDS = {dict: "an object", list: "an array", str: "a string", bool: "true or false"}


def fault(
    code: str, message: str, path: str = "", written: str = "", known: Collection[str] = ()
) -> list[Found]:
    """The one fault of a value."""
    return [Found(path, code, message, written, known)]


def notice(
    severity: str, code: str, message: str, path: str = "", written: str = "", known: Collection[str] = ()
) -> list[Found]:
    """Something said of a value that may be less than an error: severity error, warning or information."""
    return [Found(path, code, message, written, known, severity)]


def below(step: str, faults: list[Found]) -> list[Found]:
    """The faults of a part, as seen from the whole."""
    return [found._replace(path=step + found.path) for found in faults]


def wrong_kind(value: Any, expected: str) -> list[Found]:
    """The fault of a JSON value of the wrong kind; `expected` reads "a string"."""
    if value is None:
        return fault("structure", f"null is not allowed here: write {expected}, or leave the member out.")
    return fault("structure", f"This must be {expected}, not {_KINDS.get(type(value), 'a number')}.")


def shown(value: Any) -> str:
    """A value as it is quoted in a message, cut short."""
    text = str(value)
    return f'"{text}"' if len(text) <= 80 else f'"{text[:77]}..."'
