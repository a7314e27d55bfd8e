"""The members of complex extensions."""

from fellesjournal.fhir.extensions import members


def test_members_stand_in_their_order_with_values_of_any_type_and_none_where_there_is_none() -> None:
    extended = {
        "url": "https://example.org/open",
        "extension": [
            {"url": "day", "valueCode": "mon"},
            {"url": "day", "valueCode": "tue"},
            {"url": "free", "valueBoolean": False},
            {"url": "empty"},
        ],
    }
    found = [("day", "mon"), ("day", "tue"), ("free", False), ("empty", None)]
    assert list(members(extended)) == found
    assert list(members({"url": "https://example.org/simple", "valueString": "a"})) == []
