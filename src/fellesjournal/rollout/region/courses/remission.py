"""What is said at controls of a cancer that is not seen any more."""

from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit


def told(life: Life, met: Visit, said: str) -> None:
    """Written when it is known who is depressed then: they do not feel well."""

    def write() -> None:
        low = any(one.icpc == DEPRESSED for one in life.episodes.under_way(met.day))
        met.note(("Kontroll", _LOW if low and "frisk" in said else said), kind=Kind.CLINIC_NOTE)

    life.at_the_end(write)


DEPRESSED = "P76"
_LOW = "Ingen tegn til tilbakefall. Nedstemt, følges av fastlegen for det."
LONG_FREE = (
    "Ingen tegn til tilbakefall. Føler seg frisk, har tatt opp det meste igjen.",
    "God form. Noe engstelig før hver kontroll. Undersøkelsen uten funn.",
    "Ingen plager etter behandlingen. Undersøkt uten funn, ny time som avtalt.",
)
FREE = (
    "Ingen tegn til tilbakefall. Føler seg frisk, har tatt opp det meste igjen.",
    "Fortsatt sliten etter behandlingen. Klinisk ingen tegn til tilbakefall.",
    "God form. Noe engstelig før hver kontroll. Undersøkelsen uten funn.",
)
