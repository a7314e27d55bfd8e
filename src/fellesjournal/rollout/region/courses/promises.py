"""What a note says will be sent is sent: answers of tests, by message to the citizen on helsenorge."""

from datetime import timedelta

import msgspec

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.chart.documents import PROMISED
from fellesjournal.rollout.region.chart.messages import message
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, moment, working_day

_FINE = (
    "Hei, prøvene dine er fine. De ble tatt {day:%d.%m.%Y}.",
    "Hei, prøvene dine er fine. Dei vart tekne {day:%d.%m.%Y}.",
)


def are_kept(life: Life) -> None:
    """Told when all notes are written, some of which wait for the whole life."""
    life.at_the_end(lambda: _answers(life))


def _answers(life: Life) -> None:
    for contact, place, doctor, _, sections in life.chart.notes:
        if not any(PROMISED in text for _, text in sections):
            continue
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
