"""A citizen as the register knows them: the Patient, with what no-basis has beside R4.

Who is near them and who acts for them, `courses.family_ties` tells.
"""

from datetime import date, timedelta

from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.norway.protection import EXTENSION as PROTECTION
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json, reference
from fellesjournal.rollout.region.numbers import identity_number
from fellesjournal.rollout.region.origins import needs_interpreter
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.reach import mail, phone
from fellesjournal.rollout.region.units import Municipality

_CITIZENSHIP = "http://hl7.org/fhir/StructureDefinition/patient-citizenship"
_INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
_MARITAL = "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus"
_COUNTRY, _LANGUAGE = "urn:iso:std:iso:3166", "urn:ietf:bcp:47"


def patient(person: Person, places: Places) -> Json:
    """The Patient resource."""
    services = places.serving(person.household)
    municipality = places.municipalities[person.household.municipality]
    made: Json = {
        "resourceType": "Patient",
        "id": person.id,
        "extension": _extensions(person),
        "identifier": [identifier(person)],
        "active": True,
        "name": [{"use": "official", "family": person.family_name, "given": person.given.split()}],
        "gender": person.sex.value,
        "birthDate": person.born.isoformat(),
        "address": _addresses(person, municipality),
        "maritalStatus": {"coding": [{"system": _MARITAL, "code": marital_status(person)}]},
        "communication": [{"language": _language(person, municipality), "preferred": True}],
        "generalPractitioner": [reference(services.gp.reference)],
    }
    if person.born.year < 2014:
        made["telecom"] = telecom(person)
    if person.died:
        made["deceasedDateTime"] = person.died.isoformat()
    return made


def identifier(person: Person) -> Json:
    """The identity number as an Identifier."""
    kind = Kind.D_NUMBER if person.d_number else Kind.BIRTH_NUMBER
    value = identity_number(person.born, person.serial, d_number=person.d_number)
    if value is None:
        raise ValueError(f"the serial {person.serial} gives no identity number for {person.born}")
    return {"use": "official", "system": kind.system, "value": value}


def telecom(person: Person) -> list[Json]:
    """How to reach them; seven of ten have told of an e-mail address."""
    reached = [phone(person.number)]
    return [*reached, mail(person.id)] if person.serial % 10 < 7 else reached


def marital_status(person: Person) -> str:
    """By HL7's codes: S never married, M married, D divorced, W widowed."""
    partner, chance = person.partner, Chance("married", _couple(person), person.born.year // 100)
    if partner is not None:
        married = is_married(person)
        return "S" if not married else "W" if person.widowed else "M"
    age_in_2020 = 2020 - person.born.year
    if person.children and person.children[0].lives_apart_from is not None:
        return "D" if chance.yes(0.6) else "S"
    if age_in_2020 > 70:
        return chance.weighted((("W", 0.5), ("D", 0.25), ("S", 0.25)))
    return chance.weighted((("D", 0.4), ("S", 0.6))) if age_in_2020 > 40 else "S"


def is_married(person: Person) -> bool:
    """Whether those who live together are married: most of the old, half of the young."""
    partner = person.partner
    older = person.born.year + (partner.born.year if partner else person.born.year) < 2 * 1975
    return Chance("wedding", _couple(person)).yes(0.85 if older else 0.5)


def _couple(person: Person) -> int:
    return min(person.number, person.partner.number) if person.partner else person.number


def _extensions(person: Person) -> list[Json]:
    country = {"coding": [{"system": _COUNTRY, "code": person.citizenship}]}
    made: list[Json] = [
        {"url": _CITIZENSHIP, "extension": [{"url": "code", "valueCodeableConcept": country}]},
    ]
    if needs_interpreter(person):
        made.append({"url": _INTERPRETER, "valueBoolean": True})
    if person.household.protection:
        made.append({"url": PROTECTION, "valueCode": person.household.protection.value})
    return made


def _language(person: Person, municipality: Municipality) -> Json:
    own = "nn" if person.language == "nb" and municipality.nynorsk else person.language
    return {"coding": [{"system": _LANGUAGE, "code": own}]}


def _addresses(person: Person, municipality: Municipality) -> list[Json]:
    """Where they live; of one household in four also where they lived before."""
    home = person.household
    addresses = [_address(home.street, home.house, municipality) | {"use": "home"}]
    chance = Chance("moved", home.municipality, home.street, home.house)
    if home.protection or not chance.yes(0.25):
        return addresses
    until = date(2017, 1, 1) + timedelta(days=chance.between(0, 3_000))
    if until <= person.born or (person.died and until >= person.died):
        return addresses
    before = _address(home.street + chance.between(1, 20), chance.between(1, 99), municipality)
    return [*addresses, before | {"use": "old", "period": {"end": until.isoformat()}}]


def _address(street: int, house: int, municipality: Municipality) -> Json:
    return {
        "line": [f"{_STREETS[street % len(_STREETS)]} {house}"],
        "city": municipality.name,
        "country": "NO",
    }


_STREETS = (
    "Bringebærveien", "Dompapstien", "Epletunet", "Fergekaia", "Furubakken", "Gamleveien", "Grønnegata",
    "Haresvingen", "Isfjellveien", "Kirkegata", "Kråkeslottet", "Lyngbakken", "Meieriveien", "Moltevegen",
    "Myrstien", "Naustveien", "Nordlysveien", "Orrestien", "Perlegata", "Prestegårdsveien", "Revefaret",
    "Rognestien", "Sagaveien", "Skogbrynet", "Skolegata", "Snøfonnvegen", "Solsvingen", "Stasjonsgata",
    "Strandveien", "Torget", "Tyttebærtoppen", "Tømmervegen", "Ugletunet", "Vestre vei", "Vårstien",
    "Øvregata",
)  # fmt: skip
