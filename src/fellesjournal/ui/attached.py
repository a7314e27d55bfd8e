"""The files of messages: pictures and PDFs that stand in the payload of a Communication."""

import base64
import binascii
from collections.abc import Sequence

from fellesjournal.errors import NotFound
from fellesjournal.ui.attachments import SHOWN
from fellesjournal.ui.naming import Json


def titles(message: Json) -> list[tuple[int, str]]:
    """The place and the title of each file of a message."""
    parts = enumerate(message.get("payload", ()))
    return [
        (place, part["contentAttachment"].get("title", "fil"))
        for place, part in parts
        if "contentAttachment" in part
    ]


def file(message: Json, place: str) -> tuple[str, bytes]:
    """The media type and the content of the file at a place of a message. Raises NotFound."""
    return file_in([part.get("contentAttachment", {}) for part in message.get("payload", ())], place)


def file_in(attachments: Sequence[Json], place: str) -> tuple[str, bytes]:
    """The media type and the content of the Attachment at a place. Raises NotFound, also for a kind that no
    browser shows safely.
    """
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else len(attachments)
    found: Json = attachments[at] if at < len(attachments) else {}
    kind = str(found.get("contentType", ""))
    if kind not in SHOWN or "data" not in found:
        raise NotFound("There is no such file.")
    try:
        return kind, base64.b64decode(found["data"], validate=True)
    except binascii.Error as error:
        raise NotFound("The file cannot be read: its base64 is broken.") from error
