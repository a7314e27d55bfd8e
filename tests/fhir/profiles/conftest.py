from collections.abc import Callable
from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.profiles import Library

Said = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="session")
def library(definitions: Definitions) -> Library:
    """R4's own profiles."""
    return Library(definitions, [definitions.structure])


@pytest.fixture(scope="session")
def said(definitions: Definitions) -> Said:
    """(path, message) of what a resource does not keep of the first of the profiles given."""

    def found(
        resource: dict[str, Any], *structures: dict[str, Any], holder: dict[str, Any] | None = None
    ) -> list[tuple[str, str]]:
        known = {structure["url"]: structure for structure in structures}
        profile = Library(definitions, [known.get, definitions.structure]).profile(structures[0]["url"])
        assert profile is not None
        faults = profile.faults(resource, Local(resource, resource, holder=holder or {}))
        return [(each.path, each.message) for each in faults or ()]

    return found
