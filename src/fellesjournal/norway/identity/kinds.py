"""The kinds of identity number and the FHIR system of each (no-basis 2.2.2, NamingSystem resources).

A local help number means something only together with whoever gave it (Identifier.assigner). Its system is
the bare word HNR, as in no-basis, and its type the code HNR of the national list 8327.
"""

from datetime import date
from enum import Enum
from typing import NamedTuple

OID = "urn:oid:2.16.578.1.12.4.1."
"""The start of every Norwegian health identifier and code list."""
HELP_NUMBER_TYPE = (OID + "1.8327", "HNR")
"""Identifier.type of a local help number: system and code."""


class Kind(Enum):
    """What a number identifies. The value is its FHIR system."""

    BIRTH_NUMBER = OID + "4.1"
    D_NUMBER = OID + "4.2"
    COMMON_HELP_NUMBER = OID + "4.3"
    HPR_NUMBER = OID + "4.4"
    DUF_NUMBER = OID + "4.5"
    ORGANISATION_NUMBER = OID + "4.101"
    RESH_ID = OID + "4.102"
    HER_ID = OID + "2"
    LOCAL_HELP_NUMBER = "HNR"

    @property
    def system(self) -> str:
        """Identifier.system."""
        return self.value

    @property
    def title(self) -> str:
        """What people call it, in Norwegian."""
        return _TITLES[self]


_TITLES = {
    Kind.BIRTH_NUMBER: "fødselsnummer",
    Kind.D_NUMBER: "D-nummer",
    Kind.COMMON_HELP_NUMBER: "felles hjelpenummer",
    Kind.HPR_NUMBER: "HPR-nummer",
    Kind.DUF_NUMBER: "DUF-nummer",
    Kind.ORGANISATION_NUMBER: "organisasjonsnummer",
    Kind.RESH_ID: "RESH-id",
    Kind.HER_ID: "HER-id",
    Kind.LOCAL_HELP_NUMBER: "hjelpenummer",
}
BY_SYSTEM = {kind.system: kind for kind in Kind}
_BARE = {kind.value.removeprefix("urn:oid:").casefold(): kind for kind in Kind}


def misspelt(system: str) -> Kind | None:
    """The kind whose system this nearly is: without "urn:oid:", in other case, with spaces; else None."""
    if system in BY_SYSTEM:
        return None
    written = system.strip().casefold().removeprefix("urn:").removeprefix("oid:").strip().rstrip("/.")
    return _BARE.get(written)


class Sex(Enum):
    """The sex that an individual number tells: the codes of FHIR's administrative-gender."""

    FEMALE = "female"
    MALE = "male"


class Form(Enum):
    """Whether a real person may bear the number, or by how much its month is raised so that none can."""

    ORDINARY = 0
    NAV = 40
    DOLLY = 65
    TENOR = 80


class Identity(NamedTuple):
    """A number that is in order. What a number says of its bearer is never more than a hint.

    `born` and `sex` are None where the number does not tell. A D-number may carry another day than the
    bearer's birthday, and a number given out from 2032 tells neither: the register has both in their own
    fields, and those are to be stored (Skatteetaten, "Nytt fødselsnummer fra 2032").
    """

    value: str
    """The digits, without spaces."""
    kind: Kind
    form: Form = Form.ORDINARY
    born: date | None = None
    sex: Sex | None = None
