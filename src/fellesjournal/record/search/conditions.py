"""From a search parameter as written to a condition (FHIR R4, search.html)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.search.terms import PRESENT, hash64, key_of, path_number, salt
from fellesjournal.fhir.search.values import split_escaped
from fellesjournal.record.search import composite, dates, quantities, references, strings, tokens, uris
from fellesjournal.record.search.chain import Chain, Has
from fellesjournal.record.search.context import Context
from fellesjournal.record.search.predicate import Constant, HasTerms, Not, Predicate, any_of
from fellesjournal.record.search.registry import sources, targets, unknown
from fellesjournal.record.search.special import Ids, Updated, Words

MAX_LINKS = 12
"""The longest chain of references, forwards and by _has, that one condition may follow."""
MOST_LINKS = 40
"""Links that all conditions of one search may follow together: each is a subquery of its own."""
_MODIFIERS = {
    "string": ("exact", "contains", "missing"),
    "token": ("text", "not", "above", "below", "in", "not-in", "of-type", "missing"),
    "reference": ("identifier", "above", "below", "missing"),
    "uri": ("above", "below", "missing"),
    "date": ("missing",),
    "number": ("missing",),
    "quantity": ("missing",),
    "composite": ("missing",),
}
_ALWAYS_THERE = ("_id", "_lastUpdated")
_WORDS = {"_text": "narrative", "_content": "content"}


class Reader:
    """Reads conditions in a context."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._registry = context.registry
        self._definitions = context.definitions
        self._links = 0
        self._followed = 0

    def read(self, types: tuple[str, ...], name: str, value: str) -> Predicate:
        """The condition `name=value` on resources of `types`. Raises Invalid with what is wrong."""
        if name.startswith("_has:"):
            with self._one_link_further():
                return self._has(types, name, value)
        head, dot, rest = name.partition(".")
        code, colon, modifier = head.partition(":")
        if colon and not modifier:
            raise Invalid(f"The modifier of '{name}' is empty: leave out the colon or write one.")
        if dot:
            with self._one_link_further():
                return self._chain(types, code, modifier, rest, value)
        if code in _ALWAYS_THERE and modifier == "missing":
            return Constant(self._is_true(code, value) is False)
        if code == "_id":
            return self._ids(types, modifier, value)
        if code == "_lastUpdated" and not modifier:
            return Updated(
                tuple(dates.updated(part, self._context.now) for part in split_escaped(value, ","))
            )
        if code in _WORDS:
            if modifier:
                raise Invalid(f"{code} takes no modifier, but ':{modifier}' was given.")
            return Words(_WORDS[code], tuple(split_escaped(value, ",")))
        return self._condition(self._registry.find(types, code), code, modifier, value)

    @contextmanager
    def _one_link_further(self) -> Iterator[None]:
        if self._links == MAX_LINKS:
            raise Invalid(f"A chain goes on for more than {MAX_LINKS} links. Search in steps instead.")
        if self._followed == MOST_LINKS:
            raise Invalid(
                f"The chains of this search have more than {MOST_LINKS} links. Search in steps instead."
            )
        self._links += 1
        self._followed += 1
        try:
            yield
        finally:
            self._links -= 1

    def _condition(
        self, found: dict[str, SearchParameter], code: str, modifier: str, value: str
    ) -> Predicate:
        parameter = next(iter(found.values()))
        self._check_modifier(parameter, code, modifier)
        if modifier == "missing":
            return self._missing(found, code, value)
        read = sources(found)
        values = split_escaped(value, ",")
        build: dict[str, Callable[[], Predicate]] = {
            "token": lambda: tokens.condition(read, modifier, values, self._context),
            "reference": lambda: references.condition(found, modifier, values, self._context),
            "string": lambda: strings.condition(read, modifier, values),
            "uri": lambda: uris.condition(read, modifier, values),
            "date": lambda: dates.condition(read, values, self._context.now),
            "number": lambda: quantities.condition(read, parameter.kind, values),
            "quantity": lambda: quantities.condition(read, parameter.kind, values),
            "composite": lambda: any_of(
                [composite.condition(p, values, self._context) for p in found.values()]
            ),
        }
        if parameter.kind not in build:
            raise Invalid(f"The search parameter '{code}' is not supported by this server.")
        return build[parameter.kind]()

    def _check_modifier(self, parameter: SearchParameter, code: str, modifier: str) -> None:
        known = _MODIFIERS.get(parameter.kind, ())
        is_type = parameter.kind == "reference" and modifier in self._definitions.resource_types
        if is_type and parameter.targets and modifier not in parameter.targets:
            raise Invalid(
                f"'{code}' of {parameter.base} refers to {', '.join(parameter.targets)}, never to {modifier}."
            )
        if modifier and modifier not in known and not is_type:
            raise Invalid(
                unknown("modifier", modifier, known, f" of the {parameter.kind} parameter '{code}'")
            )

    def _missing(self, found: dict[str, SearchParameter], code: str, value: str) -> Predicate:
        is_missing = self._is_true(code, value)
        terms = tuple(dict.fromkeys(term for p in found.values() for term in presence(p)))
        present = HasTerms((terms,))
        return Not(present) if is_missing else present

    @staticmethod
    def _is_true(code: str, value: str) -> bool:
        if value not in ("true", "false"):
            raise Invalid(f"{code}:missing is true or false, not '{value}'.")
        return value == "true"

    @staticmethod
    def _ids(types: tuple[str, ...], modifier: str, value: str) -> Predicate:
        if modifier not in ("", "not"):
            raise Invalid(unknown("modifier", modifier, ("not", "missing"), " of _id"))
        ids = Ids(tuple(key_of(f"{name}/{part}") for part in split_escaped(value, ",") for name in types))
        return Not(ids) if modifier else ids

    def _chain(self, types: tuple[str, ...], code: str, modifier: str, rest: str, value: str) -> Predicate:
        found = self._registry.find(types, code)
        parameter = next(iter(found.values()))
        if parameter.kind != "reference":
            raise Invalid(
                f"'{code}' is a {parameter.kind} parameter; only references can be chained ('{code}.{rest}')."
            )
        if modifier:
            self._check_modifier(parameter, code, modifier)
        types_there = (modifier,) if modifier else self._chain_targets(found, rest)
        if not types_there:
            for name in targets(found) or self._definitions.resource_types:
                self._registry.require_indexed(name, rest.partition(".")[0].partition(":")[0])
            raise Invalid(f"None of the types that '{code}' refers to has the search parameter '{rest}'.")
        types_there = self._context.read(types_there)
        inner = self.read(types_there, rest, value)
        paths = tuple(path_number(s.path) for s in sources(found))
        return Chain(paths, tuple(self._definitions.type_number(t) for t in types_there), inner)

    def _chain_targets(self, found: dict[str, SearchParameter], rest: str) -> tuple[str, ...]:
        first = rest.partition(".")[0].partition(":")[0]
        special = {"_id", "_lastUpdated", "_has", *_WORDS}
        kinds: dict[str, str] = {}
        for target in targets(found) or self._definitions.resource_types:
            if first in special:
                kinds[target] = "special"
            elif parameter := self._registry.of(target).get(first):
                kinds[target] = parameter.kind
        if len(set(kinds.values())) > 1:
            raise Invalid(
                f"'{first}' means different things in {', '.join(kinds)}. "
                f"Name the type: 'parameter:Type.{rest}'."
            )
        return tuple(kinds)

    def _has(self, types: tuple[str, ...], name: str, value: str) -> Predicate:
        parts = name.split(":", 3)
        if len(parts) != 4:
            raise Invalid(f"_has is written _has:Type:reference:parameter=value, not '{name}'.")
        _, there, code, rest = parts
        if there not in self._definitions.resource_types:
            raise Invalid(unknown("resource type", there, self._definitions.resource_types, f" in {name}"))
        found = self._registry.find((there,), code)
        if found[there].kind != "reference":
            raise Invalid(f"'{code}' of {there} is not a reference, so _has cannot follow it.")
        self._context.read((there,))
        paths = tuple(path_number(s.path) for s in sources(found))
        return Has(paths, self._definitions.type_number(there), self.read((there,), rest, value))


def presence(parameter: SearchParameter) -> list[int]:
    """The terms that say a resource has a value for the parameter."""
    if parameter.kind == "composite":
        return [term for component in parameter.components[:1] for term in presence(component)]
    return [hash64(PRESENT + source.target) ^ salt(source.kind, source.path) for source in parameter.sources]
