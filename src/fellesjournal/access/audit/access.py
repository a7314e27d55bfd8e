"""One act on one citizen's record, as the log is told of it."""

from dataclasses import dataclass
from datetime import datetime

from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Decision


@dataclass(frozen=True, slots=True)
class Access:
    """One act of one actor on the record of one citizen.

    `citizen` is the key (0: nobody's), `patient` the same as "Patient/7". `action` is C, R, U, D or E
    (execute), `interaction` FHIR's word for it. `resources` are what was met, with versions; `query` is a
    search as it was written; `request` is shared by all acts of one request.
    """

    moment: datetime
    actor: Actor
    action: str
    interaction: str
    citizen: int
    patient: str
    resources: tuple[str, ...]
    query: str
    decision: Decision
    request: str
