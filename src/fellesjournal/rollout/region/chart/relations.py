"""Who is near a citizen, and who acts for them, as RelatedPersons: relation by list 9033, ties by the door's
codes (access/guard/ties.py), which a test compares with these."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fellesjournal.norway.codes.people import KIN
from fellesjournal.norway.protection import EXTENSION as PROTECTION
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, Term, concept

TIES = "https://fellesjournal.no/fhir/CodeSystem/representasjon"
PARENT, GUARDIAN, ATTORNEY = "parent", "guardian", "power-of-attorney"
READ, BOOK, WRITE = "read", "book", "write"


class Relative(NamedTuple):
    """One who is near: names, sex, how to reach them, and the number of those who live here."""

    family: str
    given: str
    gender: str
    telecom: Sequence[Json] = ()
    identifier: Json | None = None
    protection: str = ""
    """Of the address (norway/protection.py): how to reach them is then not written."""


def related(
    chart: Chart,
    who: Relative,
    kin: str,
    ties: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    *,
    over: bool = False,
) -> str:
    """Write a relation by its code of list 9033, from day to day, both included; `over` when its last day has
    been. Returns the reference."""
    found = KIN.find(kin)
    assert found is not None
    body: Json = {
        "active": not over,
        "patient": chart.subject,
        "relationship": [concept(Term(KIN.system, kin, found.display))],
        "name": [{"use": "official", "family": who.family, "given": who.given.split()}],
        "gender": who.gender,
    }
    if ties:
        body["relationship"].append({"coding": [{"system": TIES, "code": code} for code in ties]})
    if who.identifier:
        body["identifier"] = [who.identifier]
    if who.protection:
        body["extension"] = [{"url": PROTECTION, "valueCode": who.protection}]
    elif who.telecom:
        body["telecom"] = list(who.telecom)
    period = {"start": since.isoformat()} if since else {}
    period |= {"end": until.isoformat()} if until else {}
    return chart.add("RelatedPerson", body | ({"period": period} if period else {}))
