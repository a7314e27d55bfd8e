"""What twelve records read whole had that was not so, with what follows; as rules."""

import re

from rollout.region.test_rules import Records, notes

REFUSED = "Ønsker ikke vaksine mot influensa og pneumokokker"
ADVISED = re.compile(r"[Ii]nfluensa|[Pp]neumokokk")


def test_who_does_not_want_vaccines_for_the_lungs_has_none_of_them_afterwards(records: Records) -> None:
    refused = 0
    for note in notes(records):
        assert "Ønsker ikke vaksiner." not in note.text, note.body["id"]
        if REFUSED in note.text:
            refused += 1
            for one in note.record.of("Immunization"):
                later = one["occurrenceDateTime"] > note.body["date"]
                assert not (later and ADVISED.search(one["vaccineCode"]["text"])), note.body["id"]
    assert refused
