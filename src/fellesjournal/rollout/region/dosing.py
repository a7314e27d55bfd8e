"""How many millilitres of a mixture a child takes: so many milligrams a kilogram, in half millilitres.

Doses are those of Helsedirektoratet's guideline on antibiotics in primary care: phenoxymethylpenicillin 8 to
15 mg/kg four times a day, erythromycin 20 mg/kg twice.
"""

import re

from fellesjournal.rollout.region.chart.medicines import Medicine

BY_WEIGHT = "Etter vekt"
"""How the dose of such a mixture begins until it is known who takes it."""
_EACH = {"J01CE02": 12.0, "J01FA01": 20.0}
"""mg/kg at a time, by ATC code."""
_STRENGTH = re.compile(r"(\d+) mg/mL")


def by_weight(medicine: Medicine, kilograms: float) -> Medicine:
    """The medicine with its dose in mL for who weighs so much; as it is when it does not go by weight."""
    strength = _STRENGTH.search(medicine.name)
    if not medicine.dose.startswith(BY_WEIGHT) or strength is None:
        return medicine
    halves = max(1, round(2 * kilograms * _EACH[medicine.atc] / int(strength[1])))
    said = f"{halves / 2:g} mL".replace(".", ",")
    return medicine._replace(dose=said + medicine.dose.removeprefix(BY_WEIGHT))
