"""When a diagnosis was last looked over, and by whom: an extension, as R4 has no element for it."""

from typing import NamedTuple

from fellesjournal.workplace.desk import Json

REVIEWED = "https://fellesjournal.no/fhir/StructureDefinition/sist-vurdert"


class Review(NamedTuple):
    """The day ("": it has not been reviewed), and a Reference to who did it."""

    day: str = ""
    who: Json | None = None


def last_of(condition: Json) -> Review:
    """The last review of a diagnosis."""
    for one in condition.get("extension", ()):
        if one.get("url") == REVIEWED:
            parts: Json = {each["url"]: each for each in one.get("extension", ())}
            day, who = parts.get("when", {}).get("valueDate", ""), parts.get("who", {}).get("valueReference")
            return Review(day, who)
    return Review()


def with_review(condition: Json, review: Review) -> Json:
    """The diagnosis with a review in the place of the one before."""
    parts = [{"url": "when", "valueDate": review.day}, {"url": "who", "valueReference": review.who}]
    others = [one for one in condition.get("extension", ()) if one.get("url") != REVIEWED]
    return condition | {"extension": [*others, {"url": REVIEWED, "extension": parts}]}
