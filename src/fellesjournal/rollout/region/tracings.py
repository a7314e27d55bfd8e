"""Tracings of the heart (ECG): what a note says of one was taken, at that contact."""

from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import CATEGORY, LOINC, Json, Term, coding, concept
from fellesjournal.rollout.region.moments import written

ECG = Term(LOINC, "11524-6", "EKG")
_SAID = (
    ("EKG i dag viser ikke noe akutt", "Sinusrytme, ikke noe akutt"),
    ("EKG uten ferske forandringer", "Sinusrytme, ingen ferske forandringer"),
    ("EKG uten akutte forandringer", "Sinusrytme, ingen akutte forandringer"),
    ("EKG uten nye forandringer", "Ingen nye forandringer"),
    ("EKG uten blokk", "Sinusrytme, ikke blokk"),
    ("EKG med sinusrytme", "Sinusrytme"),
    ("EKG med ST-senkninger", "ST-senkninger"),
    ("EKG som før", "Som før"),
    ("EKG: rask regelmessig", "Supraventrikulær takykardi, smale QRS"),
    ("EKG viser atrieflimmer", "Atrieflimmer"),
    ("EKG: atrieflimmer", "Atrieflimmer"),
    ("EKG tyder på fortykket venstre ventrikkel", "Sinusrytme, tegn på fortykket venstre ventrikkel"),
    ("EKG normalt", "Normalt"),
    ("EKG og troponin normale", "Normalt"),
    ("EKG er normalt", "Normalt"),
    ("EKG er tatt", "Sinusrytme, normalt"),
    ("EKG er teke", "Sinusrytme, normalt"),
    ("Uendret EKG", "Uendret"),
    ("Uendra EKG", "Uendret"),
)
"""What notes say, and what the tracing shows then, in the order in which it is looked for."""


SINUS, FLUTTER = "Sinusrytme", "Atrieflimmer"
_NORMAL = "EKG: atrieflimmer, ellers normalt"
_IN_FLUTTER = (
    ("EKG er normalt", _NORMAL),
    ("EKG normalt", _NORMAL),
    ("EKG og troponin normale", "EKG: atrieflimmer som før. Troponin normal"),
    ("EKG uten ferske forandringer", "EKG: atrieflimmer uten ferske forandringer"),
    ("EKG med sinusrytme", "EKG: atrieflimmer uten lange pauser"),
    ("Ingen rytmeforstyrrelse.", "Atrieflimmer som før, ingen lange pauser."),
)
"""What notes say of a tracing, and what they say of one whose heart is known to flutter."""


def in_flutter(text: str) -> str:
    """A text as it is written of one whose heart is known to flutter."""
    for words, other in _IN_FLUTTER:
        text = text.replace(words, other)
    return text


def shown(text: str) -> str:
    """What a tracing shows that a text tells of; "" when it tells of none."""
    return next((found for words, found in _SAID if words in text), "") if "EKG" in text else ""


def tracing(chart: Chart, found: str, when: datetime, about: Json) -> str:
    """Write one; `about` is what goes with it (encounter, performer). Returns the reference."""
    body: Json = {
        "status": "final",
        "category": [coding(CATEGORY, "procedure")],
        "code": concept(ECG),
        "subject": chart.subject,
        "effectiveDateTime": written(when),
    }
    return chart.add("Observation", body | about | {"valueString": found})
