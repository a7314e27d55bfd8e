"""Time zones by IANA's names, which FHIR's extension tz-code requires: "Europe/Oslo"."""

from collections.abc import Iterable

from fellesjournal.terminology.release import Concept, Release

URL = "https://www.iana.org/time-zones"


def release(names: Iterable[str], version: str, source: str) -> Release:
    """The release of a list of names; `version` is the database's own, such as 2026a."""
    return Release(
        url=URL,
        version=version,
        name="TimeZones",
        title="Tidssoner (IANA)",
        concepts=[Concept(name, name) for name in names],
        language="en",
        publisher="IANA",
        licence="public domain",
        source=source,
    )
