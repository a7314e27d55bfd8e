"""Tests that are read off a strip: what a note says of one has a value too."""

from fellesjournal.rollout.region.chart.coding import LOINC, Term
from fellesjournal.rollout.region.visit import Visit

LEUKOCYTES = Term(LOINC, "5799-2", "Leukocytter i urin, stix")
BLOOD = Term(LOINC, "5794-3", "Blod i urin, stix")
NITRITE = Term(LOINC, "5802-4", "Nitritt i urin, stix")
PROTEIN = Term(LOINC, "20454-5", "Protein i urin, stix")
STREPTOCOCCI = Term(LOINC, "78012-2", "Streptokokker gruppe A, hurtigtest")
_SAID = (
    ("tix positiv på leukocytter", LEUKOCYTES, True),
    ("tiks positiv på leukocyttar", LEUKOCYTES, True),
    ("nitritt og leukocytter", LEUKOCYTES, True),
    ("tix positiv på nitritt", NITRITE, True),
    ("og nitritt", NITRITE, True),
    ("rin uten funn", LEUKOCYTES, False),
    ("lod i urin", BLOOD, True),
    ("hurtigtest negativ", STREPTOCOCCI, False),
)


def read_off(visit: Visit, told: str) -> str:
    """Write the tests that a text tells of. Returns the text."""
    for words, what, found in _SAID:
        if words in told:
            visit.looked_for(what, found=found)
    return told
