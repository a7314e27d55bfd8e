"""Tokens: codes, identifiers, contact points, booleans (FHIR R4, search.html#token)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from fellesjournal.fhir.search.entries import ConceptText
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import PRESENT, hash64, path_number, salt
from fellesjournal.fhir.search.values import OF_TYPE, TEXT, token_variants
from fellesjournal.fhir.text import contact_point, fold


def reader(source: Source, element_type: str) -> Reader:
    """The reader of one element type at a token source."""
    salted = salt("token", source.path)
    path = path_number(source.path)
    present = hash64(PRESENT) ^ salted
    match element_type:
        case "CodeableConcept":
            return _codeable_concept(salted, path, present)
        case "Coding":
            return _coding(salted, path, present)
        case "Identifier":
            return _identifier(salted, path, present)
        case "ContactPoint":
            return _contact_point(salted, present)
        case "boolean":
            terms = {value: (hash64(str(value).lower()) ^ salted, present) for value in (True, False)}
            return lambda value, _parent, out: out.terms.update(terms[value])
    return lambda value, _parent, out: out.terms.update((hash64(value) ^ salted, present))


def _codeable_concept(salted: int, path: int, present: int) -> Reader:
    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        for coding in value.get("coding", ()):
            terms, text = _coding_entries(
                salted, path, coding.get("system", ""), coding.get("code", ""), coding.get("display", "")
            )
            out.terms.update(terms)
            if text is not None:
                out.concept_texts.append(text)
        if "text" in value:
            _add_text(_text_entry(salted, path, value["text"]), out)

    return read


def _coding(salted: int, path: int, present: int) -> Reader:
    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        terms, text = _coding_entries(
            salted, path, value.get("system", ""), value.get("code", ""), value.get("display", "")
        )
        out.terms.update(terms)
        if text is not None:
            out.concept_texts.append(text)

    return read


def _identifier(salted: int, path: int, present: int) -> Reader:
    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        out.terms.update(salted_terms(identifier_values(value), salted))
        kind = value.get("type")
        if kind is not None:
            out.terms.update(salted_terms(_typed_values(value, kind), salted))
            if "text" in kind:
                _add_text(_text_entry(salted, path, kind["text"]), out)

    return read


def _contact_point(salted: int, present: int) -> Reader:
    def read(value: Any, _parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        written = value.get("value", "")
        variants = token_variants(value.get("system", ""), contact_point(written))
        out.terms.update(salted_terms(variants, salted))

    return read


def identifier_values(identifier: dict[str, Any]) -> tuple[str, ...]:
    """The token values of an Identifier."""
    return token_variants(identifier.get("system", ""), identifier.get("value", ""))


def salted_terms(values: Iterable[str], salted: int) -> list[int]:
    """The terms of values at one path."""
    return [hash64(value) ^ salted for value in values]


def _typed_values(identifier: dict[str, Any], kind: dict[str, Any]) -> list[str]:
    value = identifier.get("value", "")
    return [
        f"{OF_TYPE}{coding.get('system', '')}|{coding['code']}|{value}"
        for coding in kind.get("coding", ())
        if value and "code" in coding
    ]


@lru_cache(maxsize=20_000)
def _coding_entries(
    salted: int, path: int, system: str, code: str, display: str
) -> tuple[tuple[int, ...], ConceptText | None]:
    terms = tuple(salted_terms(token_variants(system, code), salted))
    text = _text_entry(salted, path, display) if display else None
    return (terms, None) if text is None else ((*terms, text.term), text)


@lru_cache(maxsize=20_000)
def _text_entry(salted: int, path: int, text: str) -> ConceptText | None:
    folded = fold(text)
    return ConceptText(path, hash64(TEXT + folded) ^ salted, folded) if folded else None


def _add_text(text: ConceptText | None, out: Collector) -> None:
    if text is not None:
        out.terms.add(text.term)
        out.concept_texts.append(text)
