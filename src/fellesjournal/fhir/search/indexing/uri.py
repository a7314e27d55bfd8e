"""URIs (FHIR R4, search.html#uri)."""

from functools import lru_cache

from fellesjournal.fhir.search.indexing.collector import Reader
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import PRESENT, hash64, salt
from fellesjournal.fhir.search.values import BELOW, reference_values, uri_ancestors


def reader(source: Source, element_type: str) -> Reader:
    """The reader of one element type at a URI source."""
    salted = salt("uri", source.path)
    versioned = element_type == "canonical"
    return lambda value, _parent, out: out.terms.update(_terms(salted, value, versioned))


@lru_cache(maxsize=10_000)
def _terms(salted: int, uri: str, versioned: bool) -> tuple[int, ...]:
    written = reference_values(uri) if versioned else (uri,)
    below = [uri.rstrip("/"), *uri_ancestors(uri)]
    values = [PRESENT, *written, *(BELOW + address for address in below)]
    return tuple(hash64(value) ^ salted for value in values)
