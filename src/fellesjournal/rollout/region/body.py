"""A citizen's body: what is measured when nothing is wrong, by age and sex.

Children's heights and weights follow the middle of the Norwegian growth study (Bergen, 2009), rounded; each
child keeps to its own line. Adults' blood pressure, weight and tests are rounded from surveys (HUNT).
"""

from bisect import bisect_right
from datetime import date, timedelta

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.shifts import Shift, together

_DAYS = 365.25
_STIFF = timedelta(days=30)

_HEIGHTS = {
    True: ((0, 49.6), (0.5, 66), (1, 75), (2, 87), (4, 104), (6, 118), (8, 130), (10, 141), (12, 154),
           (14, 163), (16, 166), (18, 167)),
    False: ((0, 50.4), (0.5, 68), (1, 76.5), (2, 88.5), (4, 105), (6, 119), (8, 131), (10, 142), (12, 153),
            (14, 167), (16, 177), (18, 181)),
}  # fmt: skip
_WEIGHTS = {
    True: ((0, 3.5), (0.5, 7.6), (1, 9.5), (2, 12.4), (4, 17.3), (6, 22), (8, 27.5), (10, 34), (12, 43),
           (14, 52), (16, 58), (18, 61)),
    False: ((0, 3.6), (0.5, 8.1), (1, 10.1), (2, 13), (4, 17.8), (6, 22.6), (8, 28), (10, 34.5), (12, 42.5),
            (14, 54), (16, 66), (18, 72)),
}  # fmt: skip
_HEADS = {
    True: ((0, 34.8), (0.5, 42.5), (1, 45.2), (2, 47.7)),
    False: ((0, 35.4), (0.5, 43.7), (1, 46.4), (2, 49)),
}


_MUSCLE = (
    (0, 0.6),
    (0.5, 0.35),
    (2, 0.38),
    (4, 0.46),
    (6, 0.54),
    (8, 0.6),
    (10, 0.66),
    (12, 0.78),
    (14, 0.86),
    (18, 1.0),
)
"""By age, a child's creatinine as a share of the grown one's (Schlebusch, as in `measures`)."""

SCALES = 0.35
"""kg by which a weight on the scales differs from the next."""


class Body:
    """Values on a day, before measurement error. Courses may change the public numbers."""

    def __init__(self, person: Person, chance: Chance) -> None:
        self._person = person
        woman = person.is_woman
        self.height_line = chance.normal(0, 0.04)
        """How much taller than the middle, as a share."""
        self.weight_line = max(-0.25, chance.normal(0.02, 0.1) + 2 * self.height_line)
        """How much heavier: the tall are."""
        self.gain = max(-0.05, chance.normal(0.28, 0.14))
        """Adult weight above that at 18 by the age of 60, as a share."""
        self.pressure_line = chance.normal(0, 9)
        self.smokes = chance.yes(0.14 if person.born.year < 1985 else 0.05)
        self.haemoglobin = max(12.4 if woman else 13.9, chance.normal(13.5 if woman else 15.0, 0.8))
        self.creatinine = min(
            84 if woman else 98, max(49 if woman else 65, chance.normal(66 if woman else 82, 9))
        )
        self.cholesterol = chance.normal(5.2, 0.8)
        self.pulse = chance.normal(68, 7)
        self.weighs_more: list[Shift] = []
        """What courses have added to the weight, in kg."""
        self.heavy_since: date | None = None
        """From when a child grows heavier than its line, by a twentieth a year, up to six."""
        self.pressed_more: list[Shift] = []
        """The same of the systolic blood pressure, in mmHg; half of it of the diastolic."""
        self.cured: list[tuple[date, date]] = []
        """From when until when the citizen is given cures against cancer."""
        self.measured_at_home: list[date] = []
        """When a pressure at the border was looked into, and was not high at home."""
        self.high_at_home: list[date] = []
        """When nurses measured a high pressure at home."""
        self.asked_of: list[date] = []
        """The last days of stays whose letters ask the GP to look into the pressure."""
        self.levels: dict[str, float] = {}
        """How far this citizen is from the middle in each blood test, in deviations, by code (blood.py)."""
        self.lungs_fail: tuple[date, float] | None = None
        """Since when, and how many per cent of oxygen saturation are lost."""
        self.retains_since: date | None = None
        """From when oxygen is given sparingly: carbon dioxide was too high once."""
        self.kidneys_fail: tuple[date, float] | None = None
        """Since when, and how many µmol/L creatinine rises in a year."""
        self.less_blood: list[Shift] = []
        """What bleeding, or a lack, takes from haemoglobin, in g/dL."""
        self.mends: list[tuple[date, date, str]] = []
        """From when until when a broken bone is in plaster, a boot or a sling, and what is said of it."""
        self.broken_hip = ""
        """The side on which a hip breaks: the other one wears."""

    def height(self, on: date) -> float:
        """In centimetres. Some are lost with age."""
        years = self._years(on)
        lost = max(0.0, years - 60) * 0.1
        return _middle(_HEIGHTS[self._person.is_woman], years) * (1 + self.height_line) - lost

    def weight(self, on: date) -> float:
        """In kilograms."""
        years = self._years(on)
        grown = min(1.0, max(0.0, years - 18) / 42)
        line = _middle(_WEIGHTS[self._person.is_woman], years) * (1 + self.weight_line)
        own = line * (1 + grown * self.gain - max(0.0, years - 75) * 0.006)
        if self.heavy_since:
            own *= 1 + min(0.3, max(0.0, (on - self.heavy_since).days / _DAYS * 0.05))
        return max(0.62 * own, own + together(self.weighs_more, on))

    def head(self, on: date) -> float:
        """Circumference in centimetres, to two years."""
        return _middle(_HEADS[self._person.is_woman], self._years(on)) * (1 + self.height_line / 3)

    def systolic(self, on: date) -> float:
        """In mmHg."""
        years = self._years(on)
        own = 100 + min(years, 18) + max(0.0, years - 30) * 0.35 + self.pressure_line
        return own + together(self.pressed_more, on)

    def diastolic(self, on: date) -> float:
        """In mmHg; it falls again in old age."""
        years = self._years(on)
        middle = 62 + min(years, 18) * 0.4 + max(0.0, min(years, 60) - 25) * 0.25
        own = middle - max(0.0, years - 65) * 0.2 + self.pressure_line / 2
        return own + together(self.pressed_more, on) / 2

    def saturation_on(self, on: date) -> float:
        """Of oxygen, in per cent. Of what failing lungs lose, little is lost when they are found out, and
        nothing that others would remark on before."""
        if self.lungs_fail is None:
            return 97.5
        since, lost = self.lungs_fail
        years = (on - since).days / _DAYS
        return 97.5 - (min(1.0, lost) if years < 0 else lost * min(1.0, 0.4 + years / 6))

    def creatinine_on(self, on: date) -> float:
        """In µmol/L, a child's by its age, with what failing kidneys have added."""
        usual = self.creatinine * _middle(_MUSCLE, self._years(on))
        if self.kidneys_fail is None:
            return usual
        since, gain = self.kidneys_fail
        return usual + max(0.0, (on - since).days / _DAYS + 3) * gain

    def haemoglobin_on(self, on: date) -> float:
        """In g/dL: failing kidneys make less blood (KDIGO 2012, anaemia: common below 30 mL/min)."""
        failing = min(2.5, max(0.0, self.creatinine_on(on) - 150) / 80)
        return self.haemoglobin - failing - together(self.less_blood, on)

    def is_mending(self, on: date) -> bool:
        """Whether a bone is in plaster, or was some weeks ago, when nobody asks about a shoulder."""
        return any(since <= on <= until + _STIFF for since, until, _ in self.mends)

    def in_plaster(self, on: date) -> list[str]:
        """What is said of bones that are in plaster since before the day."""
        return [said for since, until, said in self.mends if since < on <= until]

    def filtration(self, on: date) -> float:
        """The usual on a day, in mL/min/1.73 m2."""
        return self.egfr(on, self.creatinine_on(on))

    def egfr(self, on: date, creatinine: float) -> float:
        """Glomerular filtration in mL/min/1.73 m2: CKD-EPI without race (Levey, Ann Intern Med 2009)."""
        woman = self._person.is_woman
        kappa, alpha = (61.9, -0.329) if woman else (79.6, -0.411)
        ratio = creatinine / kappa
        value: float = 141 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.209 * 0.993 ** self._years(on)
        return min(120.0, value * (1.018 if woman else 1))

    def _years(self, on: date) -> float:
        return max(0.0, (on - self._person.born).days / _DAYS)


def _middle(line: tuple[tuple[float, float], ...], years: float) -> float:
    """The value of a line at an age, straight between its points."""
    place = bisect_right(line, (years, float("inf")))
    if place == len(line):
        return line[-1][1]
    (before, low), (after, high) = line[place - 1], line[place]
    return low + (high - low) * (years - before) / (after - before)
