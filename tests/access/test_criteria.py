"""Searches are logged without the addresses that were searched by."""

import pytest

from fellesjournal.access.criteria import as_logged, names_only


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


def test_of_what_is_about_the_protected_the_names_of_parameters_stand() -> None:
    query = "patient=kari&_content=Qqveien&service-provider=Organization%2Fqq&_sort="
    hidden = "%28skjult%29"
    told = names_only(query)
    assert told == f"patient={hidden}&_content={hidden}&service-provider={hidden}&_sort={hidden}"
    assert names_only(told) == told


def test_an_identity_number_is_no_search() -> None:
    assert names_only("urn:oid:2.16.578.1.12.4.1.4.1|123") == "urn:oid:2.16.578.1.12.4.1.4.1|123"
    assert names_only("") == ""
