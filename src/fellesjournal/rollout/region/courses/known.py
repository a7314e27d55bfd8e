"""What a note says of one who is known with what its usual words would deny: weakness after a stroke, what
cannot be taken, a child that is carried. What is said of a heart that flutters is in tracings.py.
"""

from datetime import date

from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.formulary import NAPROXEN
from fellesjournal.rollout.region.life import Life

_FLUTTERS, _STROKE = "K78", "K90"
"""ICPC-2 codes of atrial fibrillation and of a stroke."""
_THINS = "B01A"
"""How the ATC codes begin of what is not taken with anti-inflammatories."""
_AFTER_A_STROKE = (("Normal nevrologi, ikke tegn til slag", "Nevrologi som før, ikke tegn til nytt slag"),)
_OF_A_STONE = (("diklofenak", "morfin"),)
_WITHOUT_RAYS = (("CT ved nye smerter", "Ultralyd ved nye smerter"),)
"""What is said of others, and of these."""


def flutters(life: Life, day: date) -> bool:
    """Whether the heart is known to flutter."""
    return _is_known(life, day, _FLUTTERS)


def at_legevakt(life: Life, day: date, said: str) -> str:
    """What is found and done there, of one who is known with such things."""
    if _is_known(life, day, _STROKE):
        said = _instead(said, _AFTER_A_STROKE)
    expects = lately.expecting(life, day)
    if expects or life.taking(_THINS, day) or not life.tolerates(NAPROXEN):
        said = _instead(said, _OF_A_STONE)
    if expects:
        said = _instead(said, _WITHOUT_RAYS)
    return said


def _is_known(life: Life, day: date, code: str) -> bool:
    return any(one.icpc == code for one in life.known(day))


def _instead(said: str, words: tuple[tuple[str, str], ...]) -> str:
    for usual, instead in words:
        said = said.replace(usual, instead)
    return said
