"""Complex extensions (FHIR R4 extensibility.html § 2.4.0.1): one whose members are extensions with names."""

from collections.abc import Iterator, Mapping
from typing import Any


def members(extended: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The members of a complex extension, or the simple extensions of an element: each URL with its value, in
    the order in which they stand; None of one that has no value."""
    for one in extended.get("extension", ()):
        value = next((value for name, value in one.items() if name.startswith("value")), None)
        yield str(one.get("url", "")), value
