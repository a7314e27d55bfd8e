"""A citizen as the register knows them: the Patient, next of kin, and who represents whom."""

from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.norway.protection import EXTENSION as PROTECTION
from fellesjournal.rollout.region.chart.coding import Json, reference
from fellesjournal.rollout.region.numbers import identity_number
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.units import Municipality


def patient(person: Person, places: Places) -> Json:
    """The Patient resource."""
    services = places.serving(person.household)
    made: Json = {
        "resourceType": "Patient",
        "id": person.id,
        "identifier": [identifier(person)],
        "active": True,
        "name": [{"use": "official", "family": person.family_name, "given": person.given.split()}],
        "gender": person.sex.value,
        "birthDate": person.born.isoformat(),
        "address": [_address(person, places.municipalities[person.household.municipality])],
        "generalPractitioner": [reference(services.gp.reference)],
    }
    if person.household.protection:
        made["extension"] = [{"url": PROTECTION, "valueCode": person.household.protection.value}]
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


def _address(person: Person, municipality: Municipality) -> Json:
    home = person.household
    street = _STREETS[home.street % len(_STREETS)]
    return {
        "use": "home",
        "line": [f"{street} {home.house}"],
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
