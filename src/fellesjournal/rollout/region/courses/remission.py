"""What is said at controls of a cancer that is not seen any more."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit


def told(life: Life, met: Visit, said: str) -> None:
    """Written when it is known who is depressed then, has just been in hospital, or has another illness that
    lasts: they do not feel well."""

    def write() -> None:
        low = any(one.icpc == DEPRESSED for one in life.episodes.under_way(met.day))
        ill = any(one.icpc in WEARS for one in life.known(met.day))
        told = _LOW if low and "frisk" in said else _OF_THE_ILL.get(said, said) if ill else said
        weak = any(word in told for word in _STRONG) and _recovers(life, met.day)
        met.note(("Kontroll", _WEAK if weak else told), kind=Kind.CLINIC_NOTE)

    life.at_the_end(write)


def _recovers(life: Life, day: date) -> bool:
    """Whether a stay at hospital has just been, or a hip was broken some months ago."""
    hips = (stay.day for stay, reasons in life.stays if any(one.icpc == HIP for one in reasons))
    return lately.at_hospital(life, day) or any(one < day < one + MENDS for one in hips)


HIP, MENDS = "L75", timedelta(days=180)
_STRONG = ("frisk", "God form", "Ingen plager")
_WEAK = "Ingen tegn til tilbakefall. Ikke helt i form igjen etter sykehusoppholdet."


DEPRESSED = "P76"
WEARS = ("K77", "K90", "P70", "R95", "N86")
"""ICPC-2 codes of what one is not healthy with, nor in good form."""
_LOW = "Ingen tegn til tilbakefall. Nedstemt, følges av fastlegen for det."
OVER = "Snart fem år siden behandlingen, ingen tegn til tilbakefall. Kontrollene avsluttes."
"""What is said at the last control."""
LONG_FREE = (
    "Ingen tegn til tilbakefall. Føler seg frisk, har tatt opp det meste igjen.",
    "God form. Noe engstelig før hver kontroll. Undersøkelsen uten funn.",
    "Ingen plager etter behandlingen. Undersøkt uten funn, ny time som avtalt.",
)
FREE = (
    "Ingen tegn til tilbakefall. Føler seg frisk, har tatt opp det meste igjen.",
    "Blir fortere sliten enn før behandlingen. Klinisk ingen tegn til tilbakefall.",
    "God form. Noe engstelig før hver kontroll. Undersøkelsen uten funn.",
)
_OF_THE_ILL = {
    FREE[0]: "Ingen tegn til tilbakefall. Plages mest av annen sykdom.",
    FREE[2]: "Noe engstelig før kontrollen. Undersøkelsen uten funn.",
}
"""What is said instead of one who is ill with something else."""
