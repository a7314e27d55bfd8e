"""Whom something in a citizen's record is told to beside the citizen: those who act for them and may read it.

Nothing is read on anybody's behalf, so nothing of it is in the log: who is told looks for themselves.
"""

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import Journal
from fellesjournal.access.policy_names import CITIZEN, purpose
from fellesjournal.access.representing import Representing
from fellesjournal.errors import Gone, NotFound


class Audience:
    """Works it out anew each time, by the door's own rules: a tie that gave something gives nothing after it
    has ended, and what is withheld or blocked is out of reach.
    """

    def __init__(self, journal: Journal, representing: Representing) -> None:
        self._journal, self._representing = journal, representing

    async def of(self, citizen: str, type_name: str, key: int) -> list[str]:
        """Those who act for a citizen ("Patient/7") today and reach a resource of the type and key, by
        reference. What was deleted nobody reaches.
        """
        try:
            given = await self._representing.given(citizen)
        except Gone:
            return []
        holders = sorted({one.holder for one in given.values() if one.grants and one.holder})
        return [one for one in holders if await self._reaches(one, citizen, type_name, key)]

    async def _reaches(self, holder: str, citizen: str, type_name: str, key: int) -> bool:
        actor = Actor(holder, CITIZEN, purpose(CITIZEN))
        try:
            acting = await self._representing.acting(actor, citizen)
            return await self._journal.reaches(acting, type_name, key)
        except NotFound:
            return False
