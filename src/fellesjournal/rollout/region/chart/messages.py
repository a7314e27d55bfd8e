"""Messages between citizen and service, and between services."""

from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, reference
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.paraphrases import otherwise


def message(
    chart: Chart,
    topic: str,
    text: str,
    when: datetime,
    sender: str,
    recipient: str,
    answers: str = "",
    *,
    waits: bool = False,
) -> str:
    """Write a message that was sent and received, or that `waits` for the unit that it is to; `answers` is
    the one it answers. Returns the reference."""
    body: Json = {
        "status": "in-progress" if waits else "completed",
        "subject": chart.subject,
        "topic": {"text": topic},
        "sent": written(when),
        **({} if waits else {"received": written(when)}),
        "sender": reference(sender),
        "recipient": [reference(recipient)],
        "payload": [{"contentString": otherwise(text, chart.said)}],
    }
    if answers:
        body["inResponseTo"] = [reference(answers)]
    return chart.add("Communication", body)
