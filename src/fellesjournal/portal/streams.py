"""The stream of an open page, as the one who looks may have it: of nothing but types that the role reads."""

from itertools import chain

from starlette.responses import Response

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.areas import AREAS
from fellesjournal.reading.live import PRESENCE, Interest
from fellesjournal.ui.events import stream

OF_THE_RECORD = frozenset(chain.from_iterable(area.types for area in AREAS.values()))
"""The types of all areas of the record."""
BESIDE = frozenset({"Communication", "Consent", "Observation", "Patient", "QuestionnaireResponse", "Task"})
"""What other live pages show."""


async def of_citizen(folder: Folder) -> Response:
    """What changes in the citizen's record. Who reads the access log is told when somebody opens the record
    too. Workers do not see that the citizen is there."""
    actor = folder.actor
    shown = frozenset(filter(folder.reads, OF_THE_RECORD | BESIDE))
    if folder.reads("AuditEvent"):
        shown |= {PRESENCE}
    reader = f"{actor.person} {actor.represents} {actor.role}"
    interest = Interest(shown, key_of(folder.patient), reader=reader, sees=folder.journal.within_reach)
    place = folder.visit.request.headers.get("last-event-id") or folder.asked("fra")
    return stream(folder.hub, interest, place)
