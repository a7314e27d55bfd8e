"""A note as it is read: facts with what has become of them, copied words with their source."""

import asyncio
import re
from collections.abc import Mapping
from typing import NamedTuple

from fellesjournal.documentation.provenance import all_marks
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.notes import facts


class Stretch(NamedTuple):
    """A stretch of text: a "fact" with what it is now ("": the same), "copied" with its source, or plain."""

    text: str
    kind: str = ""
    told: str = ""


async def known(desk: Desk, composition: Json) -> dict[str, Stretch]:
    """The stretches of a note that come from elsewhere, by their text."""
    marks = all_marks(composition)
    inserted = [one for one in marks if one.version]
    later = await asyncio.gather(*(facts.now(desk, one) for one in inserted))
    found = {one.text: Stretch(one.text, "copied", one.title) for one in marks if not one.version}
    return found | {
        one.text: Stretch(one.text, "fact", told) for one, told in zip(inserted, later, strict=True)
    }


def cut(text: str, stretches: Mapping[str, Stretch]) -> list[Stretch]:
    """A paragraph cut where stretches begin and end; put together it is the paragraph."""
    if not stretches:
        return [Stretch(text)]
    longest_first = sorted(filter(None, stretches), key=len, reverse=True)
    parts = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text)
    return [stretches.get(one, Stretch(one)) for one in parts if one]
