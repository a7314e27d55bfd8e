"""What the thirty-fifth round of reading found, ten records by lot; as rules."""

from datetime import datetime

from rollout.region.test_rules import Records


def test_measurements_before_an_appointment_are_asked_for_when_it_has_been_given(
    records: Records,
) -> None:
    asked = 0
    for record in records.values():
        given = [
            one["sent"] for one in record.of("Communication") if "du har fått time" in str(one["payload"])
        ]
        for one in record.of("Task"):
            if one["code"]["text"] == "Send inn egne målinger før timen" and given:
                asked += 1
                since = datetime.fromisoformat(one["authoredOn"])
                assert since >= max(map(datetime.fromisoformat, given)), one["id"]
    assert asked
