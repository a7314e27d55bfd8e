"""What the tests ask of index entries: would this value of this parameter find the resource?"""

from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.search.entries import DateRow, IndexEntries, NumberRow, StringRow
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.search.terms import PRESENT, hash64, path_number, salt
from fellesjournal.fhir.search.values import token_values


def paths(parameter: SearchParameter) -> set[int]:
    return {path_number(source.path) for source in parameter.sources}


def has_token(entries: IndexEntries, parameter: SearchParameter, value: str) -> bool:
    return any(
        hash64(form) ^ salt("token", source.path) in entries.terms
        for source in parameter.sources
        for form in token_values(source, value)
    )


def has_value(entries: IndexEntries, parameter: SearchParameter, value: str) -> bool:
    """One value as it stands in the index: of a reference, a URI, or behind one of the marks."""
    return any(hash64(value) ^ salt(s.kind, s.path) in entries.terms for s in parameter.sources)


def is_present(entries: IndexEntries, parameter: SearchParameter) -> bool:
    return any(
        hash64(PRESENT + source.target) ^ salt(source.kind, source.path) in entries.terms
        for source in parameter.sources
    )


def dates(entries: IndexEntries, parameter: SearchParameter) -> list[DateRow]:
    return [row for row in entries.dates if row.path in paths(parameter)]


def numbers(entries: IndexEntries, parameter: SearchParameter) -> list[NumberRow]:
    return [row for row in entries.numbers if row.path in paths(parameter)]


def strings(entries: IndexEntries, parameter: SearchParameter) -> list[StringRow]:
    return [row for row in entries.strings if row.path in paths(parameter)]


def spans(entries: IndexEntries, parameter: SearchParameter, first: str, last: str) -> bool:
    bounds = (date_bounds(first)[0], date_bounds(last)[1])
    return bounds in {(row.low, row.high) for row in dates(entries, parameter)}
