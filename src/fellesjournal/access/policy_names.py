"""From what a health worker is employed as to the name of the policy that says what the role may do.

A PractitionerRole names its policy itself, with a code of ROLE in PractitionerRole.code. Where it does not,
the profession (Volven 9060) decides. A role that leads to no policy cannot be chosen.
"""

from collections.abc import Iterable

from fellesjournal.norway.identity.kinds import OID

ROLE = "https://fellesjournal.no/fhir/CodeSystem/rolle"
"""System of the codes that name policies (in PractitionerRole.code and Device.type)."""
PROFESSION = OID + "1.9060"
"""System of Kategori helsepersonell."""

CITIZEN = "innbygger"

_BY_PROFESSION = {
    "AA": "ambulansearbeider",
    "BI": "bioingenior",
    "ET": "ergoterapeut",
    "FA1": "farmasoyt",
    "FA2": "farmasoyt",
    "FT": "fysioterapeut",
    "HE": "helsesekretaer",
    "HF": "helsefagarbeider",
    "JO": "jordmor",
    "LE": "lege",
    "PS": "psykolog",
    "RA": "radiograf",
    "SP": "sykepleier",
    "VP": "vernepleier",
}

_PURPOSES = {
    CITIZEN: "PATRQT",
    "administrator": "HSYSADMIN",
    "faggruppe": "HOPERAT",
    "helsesekretaer": "PATADMIN",
    "personvernombud": "HCOMPL",
    "saksbehandler": "CAREMGT",
}
"""Codes of http://terminology.hl7.org/CodeSystem/v3-ActReason; all others act for treatment."""


def policy_name(codes: Iterable[tuple[str, str]]) -> str:
    """The policy of a role with these codes, as (system, code); "" when there is none."""
    found = dict(codes)
    return found.get(ROLE) or _BY_PROFESSION.get(found.get(PROFESSION, ""), "")


def purpose(policy: str) -> str:
    """What the holder of a policy acts for, when nothing else is said."""
    return _PURPOSES.get(policy, "TREAT")
