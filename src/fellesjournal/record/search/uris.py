"""URI parameters (FHIR R4, search.html#uri): equal as written, or above and below along the path."""

from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import hash64, salt
from fellesjournal.fhir.search.values import BELOW, unescape, uri_ancestors
from fellesjournal.record.search.predicate import HasTerms, Predicate


def condition(sources: list[Source], modifier: str, values: list[str]) -> Predicate:
    """The condition of a URI parameter with any of its modifiers but :missing."""
    wanted: list[str] = []
    for value in map(unescape, values):
        match modifier:
            case "below":
                wanted += [value, BELOW + value.rstrip("/")]
            case "above":
                above = uri_ancestors(value)
                wanted += [value, *above, *(f"{one}/" for one in above)]
            case _:
                wanted.append(value)
    terms = [hash64(value) ^ salt(source.kind, source.path) for source in sources for value in wanted]
    return HasTerms((tuple(dict.fromkeys(terms)),))
