"""What a note says is sent is sent: answers of tests to the citizen on helsenorge, and to the GP what nurses
see at home."""

import re
from datetime import timedelta

import msgspec

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.chart.documents import PROMISED
from fellesjournal.rollout.region.chart.messages import message
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, moment, working_day

AT_HOME, TELLS_THE_GP = ("Hjemmebesøk", "Nattpatrulje"), re.compile(r"astlegen (er|får) ")
"""The headings of nurses' visits, and words that say that the GP knows."""
_SEEN = "Til orientering og vurdering."
_FINE = (
    "Hei, prøvene dine er fine. De ble tatt {day:%d.%m.%Y}.",
    "Hei, prøvene dine er fine. Dei vart tekne {day:%d.%m.%Y}.",
)


def are_kept(life: Life) -> None:
    """Told when all notes are written, some of which wait for the whole life."""
    life.at_the_end(lambda: _kept(life))


def _kept(life: Life) -> None:
    """Notes have several sections, and few of them promise anything."""
    for contact, place, by, when, sections in life.chart.notes:
        for title, text in sections:
            if PROMISED in text:
                _answers(life, contact, place, by)
            elif title in AT_HOME and TELLS_THE_GP.search(text):
                seen = [one for one in text.split(". ") if not TELLS_THE_GP.search(one)]
                told = f"{'. '.join(seen).rstrip('.')}. {_SEEN}"
                message(life.chart, "Fra hjemmetjenesten", told, when, by, life.services.gp.reference)


def _answers(life: Life, contact: str, place: int, doctor: str) -> None:
    note: Json = msgspec.json.decode(life.chart.bodies[place])
    chance = Chance(life.seed, note["id"], "answer")
    answered = moment(max([note["date"], *_issued(life, contact)]))
    day = working_day(answered.date() + timedelta(days=chance.between(1, 3)))
    if life.records(day):
        text = _FINE[life.services.nynorsk].format(day=moment(note["date"]))
        when = at(day, chance.between(8, 15), chance.between(0, 59))
        message(life.chart, "Prøvesvar", text, when, doctor, life.person.reference)


def _issued(life: Life, contact: str) -> list[str]:
    """When what was taken at the contact was answered."""
    taken = f'"{contact}"'.encode()
    answers = (one for one in life.chart.bodies if taken in one and b'"issued"' in one)
    return [msgspec.json.decode(one)["issued"] for one in answers]
