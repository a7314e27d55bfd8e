from datetime import date

import pytest

from fellesjournal.app import sample
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator


def test_every_resource_of_the_sample_is_sound(definitions: Definitions) -> None:
    validate = Validator(definitions).validate
    for resource in sample.resources():
        assert list(validate(resource)) == [], resource["id"]


def test_every_reference_points_to_what_came_before() -> None:
    known: set[str] = set()
    for resource in sample.resources():
        assert {*_references(resource)} <= known
        known.add(f"{resource['resourceType']}/{resource['id']}")
    assert len(known) == 114


def test_identity_numbers_are_synthetic_and_their_digits_add_up() -> None:
    for person in sample.PEOPLE:
        number = sample.identity_number(person.born, person.serial)
        assert 81 <= int(number[2:4]) <= 92
        digits = [int(digit) for digit in number]
        for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)):
            assert sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 == 0


def test_some_serials_give_no_identity_number() -> None:
    with pytest.raises(ValueError, match="the serial 344 gives no identity number for 1962-07-23"):
        sample.identity_number(date(1962, 7, 23), 344)


def _references(tree: object) -> list[str]:
    if isinstance(tree, dict):
        own = [tree["reference"]] if "reference" in tree else []
        return own + [one for value in tree.values() for one in _references(value)]
    if isinstance(tree, list):
        return [one for value in tree for one in _references(value)]
    return []
