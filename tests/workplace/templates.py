"""What is written from templates and decided about them: a note that the ward's doctor has signed and one
that awaits them, an expert group, a template that was sent to approval and one that was sent back.
"""

from collections.abc import Iterator
from typing import Any

from fellesjournal.access.approving import AUTHOR, TEMPLATES
from fellesjournal.access.approving import SENT as SENT_AT
from fellesjournal.access.policy_names import ROLE
from fellesjournal.documentation.approval import RETURNED as BACK
from fellesjournal.documentation.approval import Decision
from fellesjournal.documentation.extraction import ORIGIN
from workplace import people
from world import staff

Json = dict[str, Any]

SIGNED, WAITING = "signert-av-ivrig", "venter-paa-ivrig"
SENT, RETURNED = "mal-til-godkjenning", "mal-sendt-tilbake"
DOCTOR, EXPERT = "Practitioner/ivrig-steinroys", "Practitioner/grundig-skjellsand"
OTHER = {"reference": "Practitioner/praktisk-sandlo", "display": "Praktisk Sandlo"}
NOW = "2026-11-26T10:00:00+01:00"


def resources() -> Iterator[Json]:
    """All of them."""
    yield from _note(SIGNED, DOCTOR)
    asked = [{"mode": "legal", "party": {"reference": DOCTOR}}]
    yield from _note(WAITING, OTHER["reference"], status="preliminary", attester=asked)
    yield {
        "resourceType": "PractitionerRole",
        "id": "mal-faggruppe",
        "practitioner": {"reference": EXPERT},
        "organization": {"reference": f"Organization/{staff.OFFICE}"},
        "code": [{"coding": [{"system": ROLE, "code": "faggruppe"}], "text": "Faggruppe"}],
    }
    yield _template(SENT, {"url": SENT_AT, "valueDateTime": NOW})
    yield _template(RETURNED, Decision("Puls mangler.", OTHER, NOW).told(BACK))


def _note(name: str, author: str, **members: Any) -> Iterator[Json]:
    made = people.note(name, "Visitt", "Hoster mindre.", NOW) | {"author": [{"reference": author}]}
    yield made | {"identifier": {"system": ORIGIN, "value": name}} | members
    yield {
        "resourceType": "QuestionnaireResponse",
        "id": name,
        "identifier": {"system": ORIGIN, "value": name},
        "questionnaire": f"{TEMPLATES}visitt|1",
        "status": "completed",
        "subject": people.to(people.ADA),
        "author": {"reference": author},
        "authored": NOW,
    }


def _template(id: str, told: Json) -> Json:
    return {
        "resourceType": "Questionnaire",
        "id": id,
        "url": f"{TEMPLATES}{id}",
        "version": "1",
        "title": id.replace("-", " ").capitalize(),
        "status": "draft",
        "extension": [{"url": AUTHOR, "valueReference": OTHER}, told],
        "item": [{"linkId": "puls", "text": "Puls", "type": "integer"}],
    }
