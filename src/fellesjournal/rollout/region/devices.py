"""What is put in and works for years: an implant in the arm, a coil in the womb.

A device is prescribed once, when it is put in: nobody renews it.
"""

from typing import NamedTuple

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem


class Device(NamedTuple):
    """By a word in the medicine's name: years for which it works (Felleskatalogen), what people call it in
    bokmål and nynorsk, and what one is met about."""

    word: str
    years: int
    called: tuple[str, str]
    about: Problem


DEVICES = (
    Device("implantat", 3, ("P-staven", "P-staven"), Problem("Prevensjon med p-stav", "W14", "Z301")),
    Device(
        "intrauterint innlegg", 8, ("Spiralen", "Spiralen"), Problem("Prevensjon med spiral", "W12", "Z301")
    ),
)


def device(medicine: Medicine) -> Device | None:
    """The device that the medicine is, None of one that is taken."""
    return next((one for one in DEVICES if one.word in medicine.name), None)
