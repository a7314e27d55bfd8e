"""Searches are logged without the addresses that were searched by."""

import pytest

from fellesjournal.access.criteria import as_logged


@pytest.mark.parametrize(
    "name",
    [
        "address",
        "address-city",
        "address:contains",
        "phone",
        "email:exact",
        "telecom",
        "patient.address",
        "subject:Patient.phone",
    ],
)
def test_where_somebody_is_does_not_stand_in_the_log(name: str) -> None:
    assert as_logged([(name, "Prøvegata 1")]) == as_logged([(name, "(skjult)")])


def test_all_else_does() -> None:
    asked = [("code", "8480-6"), ("_sort", "-date"), ("family", "Prøve")]
    assert as_logged(asked) == "code=8480-6&_sort=-date&family=Pr%C3%B8ve"
