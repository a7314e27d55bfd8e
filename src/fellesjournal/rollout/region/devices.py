"""What is put in and works for years: an implant in the arm, a coil in the womb.

A device is prescribed once, when it is put in: nobody renews it.
"""

from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.people import Person


class Device(NamedTuple):
    """By a word in the medicine's name: years for which it works (Felleskatalogen), what people call it in
    bokmål and nynorsk, what one is met about, and for how many years one works that was put in before a day.
    """

    word: str
    years: int
    called: tuple[str, str]
    about: Problem
    before: date = date.min
    years_before: int = 0

    def works(self, since: date) -> int:
        """Years for which one that is put in on the day works."""
        return self.years if since >= self.before else self.years_before


DEVICES = (
    Device("implantat", 3, ("P-staven", "P-staven"), Problem("Prevensjon med p-stav", "W14", "Z301")),
    Device(
        "intrauterint innlegg",
        8,
        ("Spiralen", "Spiralen"),
        Problem("Prevensjon med spiral", "W12", "Z301"),
        date(2024, 1, 1),
        5,
    ),
)


def device(medicine: Medicine) -> Device | None:
    """The device that the medicine is, None of one that is taken."""
    return next((one for one in DEVICES if one.word in medicine.name), None)


def afterwards(person: Person, on: date, why: str) -> tuple[str, str]:
    """What follows when one is taken out for a reason, in bokmål and nynorsk: who has lost the one she lived
    with needs nothing else."""
    if why in _AFTERWARDS:
        return _AFTERWARDS[why]
    return _OTHERWISE if person.partner is None or person.has_partner(on) else _ALONE


_AFTERWARDS = {
    "Ønsker å bli gravid": (
        "Ønsker å bli gravid. Folat fra nå.",
        "Ønskjer å bli gravid. Folat frå no.",
    ),
    "Trenger ikke lenger": (
        "Trenger ikke prevensjon lenger.",
        "Treng ikkje prevensjon lenger.",
    ),
}
_OTHERWISE = (
    "Slutter med hormoner nå. Bruker kondom, ny time om det trengs annet.",
    "Sluttar med hormon no. Bruker kondom, ny time om det trengst anna.",
)
_ALONE = (
    "Slutter med hormoner nå. Trenger ikke noe annet for tiden, ny time ved behov.",
    "Sluttar med hormon no. Treng ikkje noko anna for tida, ny time ved behov.",
)
