"""The words of the front page in each language."""

from typing import NamedTuple


class Example(NamedTuple):
    """A search to try; `path` is below the FHIR service."""

    path: str
    says: str


class Texts(NamedTuple):
    """One language."""

    other_name: str
    other_link: str
    other_language: str
    sign_in: str
    lead: str
    practice: str
    contents: str
    type: str
    number: str
    total: str
    empty: str
    live: str
    live_says: str
    try_it: str
    call_it: str
    call_lead: str
    read: str
    write: str
    batch: str
    codes: str
    described: str
    examples: tuple[Example, ...]


TEXTS = {
    "nb": Texts(
        other_name="English",
        other_link="/en",
        other_language="en",
        sign_in="Logg inn",
        lead="Én innbygger, én journal. Dette er journalens grunnmur: alt om en innbygger ligger som "
        "FHIR R4-ressurser i én database, og kan leses, søkes i og skrives over REST.",
        practice="Øvelsesbase. Alle personer her er oppdiktede.",
        contents="Dette ligger i journalen",
        type="Ressurstype",
        number="Antall",
        total="Til sammen",
        empty="Journalen er tom.",
        live="La dagen skje",
        live_says="Journalene slutter klokken sju den dagen de ble laget, eller dagen før om klokken ikke "
        "var sju. Denne kommandoen lar resten av "
        "dagen skje, seksti ganger så fort som i livet: innleggelser, målinger, besøk og meldinger.",
        try_it="Prøv et søk",
        call_it="Slik kalles den",
        call_lead="Kall fra et program på samme maskin. Svar og feil kommer som FHIR JSON.",
        read="Søk etter innbyggere",
        write="Registrer en ny innbygger",
        batch="Hent hele journalen til én innbygger",
        codes="Finn en diagnosekode mens du skriver",
        described="Alt tjenesten kan",
        examples=(
            Example("Patient?_count=10&_sort=family", "De ti første innbyggerne, etter etternavn"),
            Example("Observation?_sort=-date&_count=10", "De nyeste målingene"),
            Example("Patient?gender=female&birthdate=lt1960", "Kvinner født før 1960"),
            Example(
                "Observation?combo-code-value-quantity=http://loinc.org|8480-6$ge140",
                "Blodtrykk med overtrykk fra 140",
            ),
            Example("Condition?_include=Condition:subject&_count=5", "Diagnoser, med innbyggeren de gjelder"),
            Example("Patient?_has:Encounter:subject:date=ge2010", "Innbyggere med kontakt siden 2010"),
        ),
    ),
    "en": Texts(
        other_name="Norsk",
        other_link="/",
        other_language="nb",
        sign_in="Sign in",
        lead="One citizen, one record. This is the record's ground floor: everything about a citizen is "
        "FHIR R4 resources in one database, to be read, searched and written over REST.",
        practice="Practice site. All persons here are invented.",
        contents="In the record",
        type="Resource type",
        number="Number",
        total="Total",
        empty="The record is empty.",
        live="Let the day happen",
        live_says="The records end at seven on the day they were made, or the day before if it was not yet "
        "seven. This command lets the rest of the "
        "day happen, sixty times as fast as in life: admissions, measurements, visits and messages.",
        try_it="Try a search",
        call_it="How to call it",
        call_lead="Call it from a program on this machine. Answers and faults are FHIR JSON.",
        read="Search for citizens",
        write="Register a new citizen",
        batch="Fetch the whole record of one citizen",
        codes="Find the code of a diagnosis while you type (in Norwegian)",
        described="All that the service can do",
        examples=(
            Example("Patient?_count=10&_sort=family", "The first ten citizens, by family name"),
            Example("Observation?_sort=-date&_count=10", "The newest measurements"),
            Example("Patient?gender=female&birthdate=lt1960", "Women born before 1960"),
            Example(
                "Observation?combo-code-value-quantity=http://loinc.org|8480-6$ge140",
                "Blood pressure with a systolic of 140 or more",
            ),
            Example(
                "Condition?_include=Condition:subject&_count=5", "Problems, with the citizen they concern"
            ),
            Example("Patient?_has:Encounter:subject:date=ge2010", "Citizens with a contact since 2010"),
        ),
    ),
}
