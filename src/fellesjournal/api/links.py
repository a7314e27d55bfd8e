"""Absolute addresses for the links of a page."""

from fellesjournal.api.door import Page
from fellesjournal.fhir.query import Parameters, written


def of_page(base: str, path: str, page: Page, view: Parameters) -> list[tuple[str, str]]:
    """The self and next links of a page at `path` below the base; `view` is added to both."""
    links = [("self", _address(base, path, [*page.asked, *view]))]
    if page.next is not None:
        links.append(("next", _address(base, path, [*page.next, *view])))
    return links


def _address(base: str, path: str, parameters: Parameters) -> str:
    query = written(parameters)
    address = f"{base}/{path}" if path else base
    return f"{address}?{query}" if query else address
