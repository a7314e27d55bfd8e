"""What scopes mean: the letters, the constraints, what covers what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.access.consenting import narrowed
from fellesjournal.access.granted import BeyondGrant, Clinical, beyond, clinical, granted, known
from fellesjournal.access.policies import Policies

LEVELS = st.sampled_from(["patient", "user", "system"])
TYPES = st.sampled_from(["*", "Patient", "Observation", "Condition"])
LETTERS = st.sets(st.sampled_from("cruds"), min_size=1).map(lambda s: "".join(c for c in "cruds" if c in s))
SCOPES = st.builds("{}/{}.{}".format, LEVELS, TYPES, LETTERS)
LISTS = st.lists(SCOPES, max_size=5)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("patient/Observation.rs", Clinical("patient", "Observation", "rs", ())),
        ("user/*.cruds", Clinical("user", "*", "cruds", ())),
        ("patient/*.read", Clinical("patient", "*", "rs", ())),
        ("user/Patient.write", Clinical("user", "Patient", "cud", ())),
        ("system/Patient.*", Clinical("system", "Patient", "cruds", ())),
        (
            "patient/Observation.rs?category=laboratory&status=final",
            Clinical("patient", "Observation", "rs", (("category", "laboratory"), ("status", "final"))),
        ),
    ],
)
def test_a_scope_is_read_as_smart_writes_it(text: str, meant: Clinical) -> None:
    assert clinical(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "patient/Observation.sr",
        "patient/Observation.",
        "patient/Observation.x",
        "patient/observation.rs",
        "Observation.rs",
        "patient/*.rs?category=laboratory",
        "patient/Observation.cruds?category=laboratory",
        "patient/Observation.rs?",
        "patient/Observation.rs?category",
        "patient/Observation.readwrite",
        "openid",
    ],
)
def test_what_cannot_be_held_to_is_no_scope(text: str) -> None:
    found = clinical(text)
    assert found is None or found.query == (("category", ""),)


def test_what_means_nothing_here_is_left_out() -> None:
    asked = ["openid", "fhirUser", "email", "patient/Patient.rs", "patient/Patient.rs", "online_access"]
    assert known(asked) == ["openid", "fhirUser", "patient/Patient.rs"]


@given(LISTS, LISTS)
def test_what_is_within_a_registration_grants_no_more(asked: list[str], registered: list[str]) -> None:
    strange = beyond(asked, " ".join(registered))
    within, all_of_it = granted(" ".join(s for s in asked if s not in strange)), granted(" ".join(registered))
    for type_name in ("Patient", "Observation", "Encounter"):
        for letter in "cruds":
            assert not within.has(letter, type_name) or all_of_it.has(letter, type_name)


def test_a_constraint_may_be_added_to_what_is_registered_and_not_taken_away() -> None:
    laboratory = "patient/Observation.rs?category=laboratory"
    assert beyond([laboratory], "patient/Observation.rs") == []
    assert beyond([laboratory], laboratory) == []
    assert beyond(["patient/Observation.rs"], laboratory) == ["patient/Observation.rs"]
    assert beyond(["user/Observation.rs"], "patient/*.cruds") == ["user/Observation.rs"]
    assert beyond(["offline_access"], "patient/*.cruds") == ["offline_access"]


@given(LISTS)
def test_an_interaction_needs_each_of_its_letters(scopes: list[str]) -> None:
    found = granted(" ".join(scopes))
    for interaction, letters in (("read", "r"), ("search-type", "s"), ("create", "c"), ("everything", "rs")):
        may = all(found.has(letter, "Patient") for letter in letters)
        if may:
            found.check(interaction, "Patient")
        else:
            with pytest.raises(BeyondGrant):
                found.check(interaction, "Patient")


def test_an_interaction_that_no_scope_speaks_of_is_not_for_apps() -> None:
    with pytest.raises(BeyondGrant):
        granted("user/*.cruds patient/*.cruds system/*.cruds").check("emergency", "Patient")


def test_an_unconstrained_scope_beside_a_constrained_one_wins() -> None:
    both = granted("patient/Observation.rs?category=laboratory patient/Observation.s")
    assert both.conditions("s") == {}
    assert both.conditions("r") == {"Observation": ((("category", "laboratory"),),)}


@given(LISTS, st.sampled_from(["sykepleier", "innbygger", "administrator", "helsesekretaer"]))
def test_a_role_is_never_widened_by_what_it_grants(scopes: list[str], role: str) -> None:
    policy = Policies().find(role)
    kept = narrowed(scopes, policy, ("patient", "user"))
    assert not any(one.startswith("system/") for one in kept.scopes)
    before, after = granted(" ".join(scopes)), granted(" ".join(kept.scopes))
    for type_name in ("Patient", "Observation", "Condition", "Encounter"):
        for letter in "cruds":
            assert not after.has(letter, type_name) or before.has(letter, type_name)


def test_what_a_role_does_not_do_is_taken_out_of_a_scope() -> None:
    citizen = Policies().find("innbygger")
    asked = ["openid", "patient/Observation.cruds", "patient/AuditEvent.rs", "patient/Patient.read"]
    kept = narrowed(asked, citizen, ("patient", "user"))
    assert kept.scopes == ("openid", "patient/Observation.rs", "patient/Patient.read")
    assert kept.left_out == ("patient/AuditEvent.rs",)
