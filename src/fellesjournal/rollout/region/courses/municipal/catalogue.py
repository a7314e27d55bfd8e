"""The services that the municipality gives, by list 9151, and where in the law each stands.

helse- og omsorgstjenesteloven § 3-2 first paragraph no. 6 a to c, § 3-6, § 3-8; pasient- og
brukerrettighetsloven § 2-1 e for long stays.
"""

from typing import NamedTuple

from fellesjournal.rollout.region.chart.decisions import Provided
from fellesjournal.rollout.region.units import Service

_HEALTH = "helse- og omsorgstjenesteloven § 3-2 første ledd nr. 6 bokstav a"
_ASSISTANCE = "helse- og omsorgstjenesteloven § 3-2 første ledd nr. 6 bokstav b"
_PLACE = "helse- og omsorgstjenesteloven § 3-2 første ledd nr. 6 bokstav c"
_RELIEF = "helse- og omsorgstjenesteloven § 3-6"

PRACTICAL_HELP = Provided("1", "Praktisk bistand - daglige gjøremål", _ASSISTANCE)
PERSONAL_ASSISTANT = Provided(
    "3", "Praktisk bistand - brukerstyrt personlig assistanse", "helse- og omsorgstjenesteloven § 3-8"
)
DAY_ACTIVITY = Provided("4", "Dagaktivitetstilbud", "helse- og omsorgstjenesteloven § 3-2 første ledd nr. 7")
MEALS = Provided("5", "Matombringing", "")
RELIEF = Provided("8", "Avlastning i institusjon", _RELIEF)
SUPPORT = Provided("9", "Støttekontakt", _ASSISTANCE)
CARE_PAY = Provided("11", "Omsorgsstønad", _RELIEF)
HOME_NURSING = Provided("15", "Helsetjenester i hjemmet", _HEALTH)
REHABILITATION = Provided("19", "Tidsbegrenset opphold - habilitering/rehabilitering", _PLACE)
SHORT_STAY = Provided("20", "Tidsbegrenset opphold - annet", _PLACE)
LONG_STAY = Provided("21", "Langtidsopphold i institusjon", _PLACE)
ALARM = Provided("", "Trygghetsalarm", _ASSISTANCE)

FREE = (HOME_NURSING, RELIEF, CARE_PAY)
"""Nobody pays for these (forskrift om egenandel for kommunale helse- og omsorgstjenester § 1)."""


class Grant(NamedTuple):
    """A service as it is decided: how much of it, and which unit gives it."""

    service: Provided
    extent: str
    unit: Service = Service.HOME_CARE
