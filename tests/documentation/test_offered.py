"""Which templates are offered to whom."""

import pytest

from fellesjournal.documentation.templates import distance, offered, templates

WARD = "Isfjell sykehus, medisinsk sengepost"


@pytest.mark.parametrize(
    "role", ["lege", "sykepleier", "helsefagarbeider", "fysioterapeut", "helsesykepleier"]
)
def test_a_plain_note_is_among_what_a_clinical_role_writes(role: str) -> None:
    own = [one.id for one in offered(templates().values(), role, WARD, []) if role in one.roles]
    assert "journalnotat" in own


def test_what_the_role_writes_elsewhere_comes_after_what_it_writes_here() -> None:
    at_ward = [one.id for one in offered(templates().values(), "lege", WARD, [])]
    assert at_ward[:4] == ["epikrise", "innkomst", "visitt", "journalnotat"]
    assert {"konsultasjon", "legevakt", "helsestasjon-6-uker"} <= set(at_ward[4:])
    assert distance(templates()["helsestasjon-6-uker"], "lege", WARD) == 2
    assert distance(templates()["helsestasjon-6-uker"], "lege", "Isfjell kommune, Helsestasjon") == 0
    assert distance(templates()["sar"], "lege", WARD) == 3


def test_what_fits_the_unit_and_the_diagnoses_comes_first() -> None:
    first = offered(templates().values(), "lege", "Nordavind legekontor", [])[0]
    assert first.id == "konsultasjon"
    at_home = offered(templates().values(), "sykepleier", "Isfjell kommune, hjemmetjeneste nord", ["L89.1"])
    assert [one.id for one in at_home].index("sar") < [one.id for one in at_home].index("journalnotat")
