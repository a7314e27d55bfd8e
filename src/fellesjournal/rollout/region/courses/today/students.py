"""What a medical student at the ward writes: a note on the second day, which the ward's doctor signs too the
day after. Of those who came the day before yesterday it waits for that.
"""

from datetime import timedelta

from fellesjournal.rollout.region.chart import documents
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at

STUDENT = "legestudent"
WRITES_AT, SIGNED_AT = 13, 15
"""The hours of the note, and of the doctor's signature the day after."""


def write(life: Life) -> None:
    """The student who goes along at the ward writes of the day after arrival, when that has been."""
    stay = life.stays[-1][0] if life.stays else None
    if stay is None or stay.end.date() < life.era.until or stay.unit.service is None:
        return
    students = life.services.workers(stay.unit.service, STUDENT)
    if not students:
        return
    when = at(stay.day + timedelta(days=1), WRITES_AT, 5 * life.chance.between(0, 11))
    if not life.happened(when) or when >= stay.end:
        return
    signed = at(when.date() + timedelta(days=1), SIGNED_AT, life.chance.between(0, 59))
    documents.students_note(
        life.chart,
        [("Studentnotat", life.chance.pick(_SAID))],
        when,
        students[0],
        stay.unit,
        stay.reference,
        stay.worker,
        signed if life.happened(signed) and signed < stay.end else None,
    )


_SAID = (
    "Tatt opp sykehistorien på nytt sammen med pasienten. Ingen nye opplysninger av betydning. Lyttet på "
    "hjerte og lunger sammen med lege. Drøftet på visitten, planen står.",
    "Gått gjennom forløpet og målingene det siste døgnet. Undersøkt under veiledning. Pasienten spør om "
    "veien videre; lege har svart. Ingen endring i planen.",
    "Fulgt pasienten på visitt. Spurt ut om hjemmeforhold og hjelpemidler, ført videre til sykepleier. "
    "Undersøkt under veiledning, planen er som før.",
)
