"""What calendars are booked for: the kinds of visit, and how long each usually takes.

No national list has them: Volven's 7617 sorts appointments for the citizen, 8451 and 8663 sort services. So
the codes are the region's own.
"""

from typing import Any, NamedTuple

VISIT = "https://fellesjournal.no/fhir/CodeSystem/besokstype"
MINUTES = "https://fellesjournal.no/fhir/StructureDefinition/usual-minutes"
"""On a kind of visit (positiveInt)."""


class Kind(NamedTuple):
    """A kind of visit."""

    code: str
    text: str
    minutes: int

    @property
    def coding(self) -> dict[str, Any]:
        """As codes are written."""
        return {"system": VISIT, "code": self.code, "display": self.text}

    @property
    def concept(self) -> dict[str, Any]:
        """As a calendar and a service offer it."""
        usual = {"url": MINUTES, "valuePositiveInt": self.minutes}
        return {"extension": [usual], "coding": [self.coding], "text": self.text}


CONSULTATION = Kind("konsultasjon", "Konsultasjon", 20)
LONG = Kind("dobbelttime", "Dobbelttime", 40)
URGENT = Kind("hastetime", "Øyeblikkelig hjelp", 20)
VIDEO = Kind("video", "Videokonsultasjon", 20)
CONTROL = Kind("kontroll", "Kontroll", 20)
SAMPLES = Kind("provetaking", "Prøvetaking", 10)
VACCINE = Kind("vaksine", "Vaksinering", 10)
WOUND = Kind("sarstell", "Sårstell", 30)
PREGNANCY = Kind("svangerskap", "Svangerskapskontroll", 30)
AFTER_BIRTH = Kind("etterkontroll", "Etterkontroll etter fødsel", 30)
CHILD = Kind("barnekontroll", "Helsestasjonskontroll", 30)
TALK = Kind("samtale", "Samtale", 30)
PHYSIO = Kind("fysioterapi", "Fysioterapi", 45)
FIRST_PHYSIO = Kind("forste-fysioterapi", "Fysioterapi, første undersøkelse", 60)
ADAPTING = Kind("tilrettelegging", "Hjelpemidler og tilrettelegging", 60)
HOME = Kind("hjemmebesok", "Hjemmebesøk", 30)
LOOKING_IN = Kind("tilsyn", "Tilsyn", 15)
CARE = Kind("stell", "Hjelp til stell", 30)
MEDICINES = Kind("legemiddelhjelp", "Hjelp til legemidler", 15)
ASSESSMENT = Kind("kartlegging", "Kartleggingsbesøk", 60)
NEW = Kind("poliklinisk-utredning", "Poliklinisk utredning", 60)
FOLLOW_UP = Kind("poliklinisk-kontroll", "Poliklinisk kontroll", 30)
ECHO = Kind("ekko", "Ekkokardiografi", 30)
FIRST_PSYCHIATRY = Kind("vurderingssamtale", "Vurderingssamtale", 90)
THERAPY = Kind("behandlingssamtale", "Behandlingssamtale", 45)
MR, CT = Kind("mr", "MR", 45), Kind("ct", "CT", 20)
ULTRASOUND, X_RAY = Kind("ultralyd", "Ultralyd", 30), Kind("rontgen", "Røntgen", 15)
OPERATION = Kind("operasjon", "Operasjon", 120)
DAY_SURGERY = Kind("dagkirurgi", "Dagkirurgi", 60)
ANAESTHESIA = Kind("anestesitilsyn", "Anestesitilsyn før operasjon", 20)
TRAINING = Kind("treningsgruppe", "Treningsgruppe", 60)
NO_SMOKING = Kind("roykeslutt", "Snus- og røykesluttkurs", 90)
NEW_PARENTS = Kind("barselgruppe", "Barselgruppe", 90)
