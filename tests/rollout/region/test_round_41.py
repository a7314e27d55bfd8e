"""What the forty-first round of reading found, ten records by lot; as rules."""

import re
from datetime import timedelta

from rollout.region.test_round_40 import used
from rollout.region.test_rules import Records, notes, reasons

FOR = {
    "ADHD": ("N06BA",),
    "Depresjon": ("N06A",),
    "Høyt blodtrykk": ("C0",),
    "Hjertesvikt": ("C0",),
    "Atrieflimmer": ("B01", "C0"),
    "Diabetes type 2": ("A10",),
    "Astma": ("R03",),
    "Hjerneinfarkt": ("B01", "C10"),
    "Hypotyreose": ("H03AA",),
}
"""What is used for an illness, by its name and by how the ATC codes begin."""
OF_A_MEDICINE = re.compile(
    "[Uu]endret dose|[Ss]amme doser?|[Ii]ngen bivirkning|[Tt]åler (?:den nye )?(?:tablett|medisin)"
    "|[Tt]ar medisin|konsentrasjonen|[Dd]osene beholdes"
)
"""Words of a control that are said of who uses something, and has for some time."""


def test_of_effect_and_dose_one_hears_from_those_who_use_something(records: Records) -> None:
    told = 0
    for note in notes(records):
        whys = [why for why in reasons(note.contact) if why in FOR]
        if whys and OF_A_MEDICINE.search(note.text) and "Kontroll:" in note.text:
            told += 1
            before = (note.day - timedelta(days=1)).isoformat()
            assert any(used(note.record, atc, before) for why in whys for atc in FOR[why]), note.body["id"]
    assert told > 50


def test_who_asks_about_medicines_has_some(records: Records) -> None:
    for note in notes(records):
        if "Gått gjennom listen" in note.text:
            assert used(note.record, "", note.day.isoformat()), note.body["id"]
