"""A note that was written about the wrong citizen, taken out of that record: what is left says that something
was withdrawn, and no more (helsepersonelloven §§ 42 and 44: the record is corrected, and shows that it was).
The label keeps the earlier versions from being read there (access/guard/withdrawn.py).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from fellesjournal.access.guard.withdrawn import WRONG_CITIZEN
from fellesjournal.documentation.extraction import REASON, is_from, origin, retracted

Json = dict[str, Any]

WITHDRAWN = "Trukket tilbake"
"""What stands in the place of titles and codes."""
WHY = "Ført på feil innbygger."
"""The reason, without a word about who was the right one."""
_KEPT = {
    "resourceType", "id", "meta", "identifier", "status", "verificationStatus", "subject", "patient",
    "author", "recorder", "performer", "date", "authored", "recordedDate",
}  # fmt: skip
_TOLD = {"text": WITHDRAWN}
_STANDS: Mapping[str, Json] = {
    "Composition": {
        "type": _TOLD,
        "title": WITHDRAWN,
        "extension": [{"url": REASON, "valueString": WHY}],
    },
    "Observation": {"code": _TOLD},
    "Condition": {"code": _TOLD},
    "AllergyIntolerance": {"code": _TOLD},
    "Procedure": {"code": _TOLD},
    "DocumentReference": {"description": WITHDRAWN, "content": [{"attachment": {"title": WITHDRAWN}}]},
}


def withdrawn(earlier: Sequence[Json], note: str) -> list[Json]:
    """All that a note consists of and made, emptied and entered in error, as the next versions. What it
    confirmed was there before, and stays."""
    ours = [one for one in earlier if is_from(one, note) or origin(one) == note]
    return [emptied(one) for one in ours]


def emptied(resource: Json) -> Json:
    """A resource without what it told."""
    kept = {name: value for name, value in retracted(resource).items() if name in _KEPT}
    meta = kept.get("meta", {})
    system, code = WRONG_CITIZEN
    labelled = meta | {"security": [*meta.get("security", ()), {"system": system, "code": code}]}
    return kept | {"meta": labelled} | _STANDS.get(resource["resourceType"], {})
