"""PEVS: the sum of its three parts, and how it is answered. True without a computer.

PEVS is the Norwegian form of the Brighton score (Monaghan 2005, table 4 of Archives of Disease in Childhood,
Education and Practice on early warning scores; Norsk barnelegeforening, Akuttveileder i pediatri, 2018):
behaviour, circulation and respiration have 0 to 3 points each, and Brighton gives two more for a nebuliser
every quarter of an hour or vomiting that lasts after surgery. How many breaths and beats are normal at an age
is on each ward's form: those numbers have been revised since 2011 (Paidos 2021 no. 1, p. 48) and are not
published in words. So whoever looks at the child gives the points by that form; none is worked out here from
what was measured.

Source of the answers: Helse Midt-Norge, regional procedure Barnesykdommer - PEVS, version 1.1. What it asks
for at scores above 4 has not been read here: what is said of 4 is the least of it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, NamedTuple

PARTS = ("atferd", "sirkulasjon", "respirasjon")
"""What a whole score is, in the order of the form."""
EXTRA = "tillegg"
TWO_MORE = 2
MOST = 3
"""Points of a part."""
COUNTS_FOR = timedelta(days=1)
"""How old the score before may be for a rise to be told. This project's: a child is scored every shift."""

Band = Literal["usual", "watch", "call"]
"""What is answered to: 0-2; 3, or two more than before; 4 and more."""


class Score(NamedTuple):
    """The points of the parts that are judged, with the sum `before` (None: there was none lately)."""

    points: Mapping[str, int]
    extra: bool = False
    before: int | None = None

    @property
    def lacking(self) -> tuple[str, ...]:
        """The parts that nobody has judged."""
        return tuple(name for name in PARTS if name not in self.points)

    @property
    def least(self) -> int:
        """The sum of what is judged: what is lacking can only add to it."""
        return sum(self.points.values()) + (TWO_MORE if self.extra else 0)

    @property
    def total(self) -> int | None:
        """The score; None while a part is lacking."""
        return None if self.lacking else self.least

    @property
    def band(self) -> Band:
        """What the sum so far is answered with; of a score that is not whole, at least that."""
        if self.least > MOST:
            return "call"
        has_risen = self.before is not None and self.least - self.before >= TWO_MORE
        return "watch" if self.least == MOST or has_risen else "usual"


def judged(form: Mapping[str, str]) -> Score:
    """The score that the fields of a form say, `forrige` being the sum before; what is no number from 0 to 3
    is not judged."""
    said = {name: form.get(f"pevs-{name}", "").strip() for name in PARTS}
    points = {name: _POINTS[text] for name, text in said.items() if text in _POINTS}
    return Score(points, form.get(f"pevs-{EXTRA}") == "ja", _SUMS.get(form.get("forrige", "")))


def strange(form: Mapping[str, str]) -> Mapping[str, str]:
    """What stands in the fields and is no number from 0 to 3, by part."""
    said = {name: form.get(f"pevs-{name}", "").strip() for name in PARTS}
    return {name: text for name, text in said.items() if text and text not in _POINTS}


_POINTS = {str(points): points for points in range(MOST + 1)}
_SUMS = {str(points): points for points in range(MOST * len(PARTS) + TWO_MORE + 1)}
