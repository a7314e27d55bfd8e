"""Messages between citizen and service, and between services."""

from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, reference
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.paraphrases import otherwise


def message(
    chart: Chart, topic: str, text: str, when: datetime, sender: str, recipient: str, answers: str = ""
) -> str:
    """Write a message that was sent and received; `answers` is the one it answers. Returns the reference."""
    body: Json = {
        "status": "completed",
        "subject": chart.subject,
        "topic": {"text": topic},
        "sent": written(when),
        "received": written(when),
        "sender": reference(sender),
        "recipient": [reference(recipient)],
        "payload": [{"contentString": otherwise(text, chart.said)}],
    }
    if answers:
        body["inResponseTo"] = [reference(answers)]
    return chart.add("Communication", body)
