"""Operations and other procedures, by Norsk klinisk prosedyrekodeverk."""

from datetime import datetime
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import NKPK, Json, Term, concept, reference
from fellesjournal.rollout.region.moments import written


class Operation(NamedTuple):
    """A procedure: its code without a space, and what people call it."""

    code: str
    text: str

    @property
    def within(self) -> str:
        """The text as it stands within a sentence."""
        return self.text[:1].lower() + self.text[1:]


def procedure(
    chart: Chart,
    operation: Operation,
    start: datetime,
    end: datetime,
    by: str,
    contact: str,
    reason: str = "",
) -> str:
    """Write a procedure; `reason` refers to the problem ("" when that is not on the list)."""
    body: Json = {
        "status": "completed",
        "code": concept(Term(NKPK, operation.code, operation.text)),
        "subject": chart.subject,
        "encounter": reference(contact),
        "performedPeriod": {"start": written(start), "end": written(end)},
        "performer": [{"actor": reference(by)}],
    }
    if reason:
        body["reasonReference"] = [reference(reason)]
    return chart.add("Procedure", body)
