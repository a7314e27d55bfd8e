"""Token parameters (FHIR R4, search.html#token)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import hash64, path_number, salt
from fellesjournal.fhir.search.values import OF_TYPE, split_escaped, token_values, unescape
from fellesjournal.fhir.text import fold
from fellesjournal.record.search.context import Context
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.predicate import HasTerms, Not, Predicate
from fellesjournal.record.search.sql import Sql
from fellesjournal.record.search.strings import prefix_range


def condition(sources: list[Source], modifier: str, values: list[str], context: Context) -> Predicate:
    """The condition of a token parameter with any of its modifiers but :missing."""
    match modifier:
        case "text":
            paths = tuple(path_number(source.path) for source in sources)
            return ConceptTexts(paths, tuple(fold(unescape(value)) for value in values))
        case "of-type":
            typed = [form for value in values for form in _of_type(value, context)]
            return HasTerms((_terms(sources, lambda _: typed),))
        case "above" | "below":
            return HasTerms((_listed(sources, modifier, values, context),))
        case "in" | "not-in":
            inside = HasTerms((_listed(sources, modifier, values, context),))
            return Not(inside) if modifier == "not-in" else inside
    for value in values:
        if not value.strip("|"):
            raise Invalid("A token is written code, system|code, system| or |code; here there is neither.")
    group = HasTerms((_written(sources, values, context),))
    return Not(group) if modifier == "not" else group


@dataclass(frozen=True, slots=True)
class ConceptTexts:
    """A text beside the code begins with one of the given ones (:text)."""

    paths: tuple[int, ...]
    prefixes: tuple[str, ...]

    def test(self, sql: Sql, row: str) -> str:
        either = " or ".join(prefix_range(sql, "c.folded", prefix) for prefix in self.prefixes)
        paths = one_of("c.param", self.paths)
        return f"{row}.terms && array(select c.term from concept_text c where {paths} and ({either}))"

    def rows(self, sql: Sql) -> str | None:
        row = sql.alias("t")
        return f"select {row}.citizen, {row}.rid from index_term {row} where {self.test(sql, row)}"

    def expected(self, density: Density) -> float | None:
        return None


def _terms(sources: list[Source], values_of: Callable[[Source], list[str]]) -> tuple[int, ...]:
    return tuple(
        dict.fromkeys(
            hash64(value) ^ salt(source.kind, source.path)
            for source in sources
            for value in values_of(source)
        )
    )


def _written(sources: list[Source], values: Iterable[str], context: Context) -> tuple[int, ...]:
    names_of = context.codes.names
    return _terms(
        sources, lambda source: [v for value in values for v in token_values(source, value, names_of)]
    )


def _of_type(value: str, context: Context) -> list[str]:
    parts = split_escaped(value, "|")
    if len(parts) != 3 or not all(parts):
        raise Invalid(f":of-type is written system|code|value, not '{value}'.")
    system, code, identifier = (unescape(part) for part in parts)
    return [f"{OF_TYPE}{name}|{code}|{identifier}" for name in context.codes.names(system)]


def _listed(sources: list[Source], modifier: str, values: list[str], context: Context) -> tuple[int, ...]:
    pairs: dict[tuple[str, str], None] = {}
    for value in values:
        pairs |= dict.fromkeys(context.codes.get(modifier, value))
    return _written(sources, [f"{system}|{code}" for system, code in pairs], context)
