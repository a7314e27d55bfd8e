"""Care messages between municipality and hospital (PLO): what each is called, and how it is written."""

from datetime import datetime
from enum import Enum

from fellesjournal.norway.codes.care_messages import CARE_MESSAGE
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, Term, concept, reference
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.paraphrases import otherwise


class Message(Enum):
    """Kinds of list 9102: code, and what people call it."""

    ADMITTED = ("L1", "Melding om innlagt pasient")
    READY = ("L2", "Melding om utskrivningsklar pasient")
    DISCHARGED = ("L5", "Melding om utskrevet pasient")
    ADMISSION_REPORT = ("I1", "Innleggelsesrapport")
    DISCHARGE_REPORT = ("U1", "Utskrivningsrapport")
    EARLY = ("S1", "Tidligmelding")


def message(
    chart: Chart, kind: Message, text: str, when: datetime, sender: str, recipient: str, contact: str = ""
) -> str:
    """Write a care message that was sent and received. Returns the reference."""
    code, name = kind.value
    body: Json = {
        "status": "completed",
        "category": [concept(Term(CARE_MESSAGE.system, code, name))],
        "subject": chart.subject,
        "topic": {"text": name},
        "sent": written(when),
        "received": written(when),
        "recipient": [reference(recipient)],
        "sender": reference(sender),
        "payload": [{"contentString": otherwise(text, chart.said)}],
    }
    if contact:
        body["encounter"] = reference(contact)
    return chart.add("Communication", body)
