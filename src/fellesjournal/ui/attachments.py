"""The files of documents, taken out of DocumentReferences."""

import base64
import binascii

from fellesjournal.errors import NotFound
from fellesjournal.ui.naming import Json

PDF = "application/pdf"
SHOWN = (PDF, "image/png", "image/jpeg")
"""The kinds of files that a browser shows without running anything of them."""


def kind_of(document: Json) -> str:
    """The media type of a document's file, without parameters."""
    return str(_attachment(document).get("contentType", "")).partition(";")[0]


def content_of(document: Json) -> bytes:
    """What is in the file. Raises NotFound where it holds an address alone, or what is no base64."""
    attachment = _attachment(document)
    if "data" not in attachment:
        raise NotFound("The document's file is not in the record.")
    try:
        return base64.b64decode(attachment["data"], validate=True)
    except binascii.Error as error:
        raise NotFound("The document's file cannot be read: its base64 is broken.") from error


def _attachment(document: Json) -> Json:
    content: Json = next(iter(document.get("content", ())), {})
    found: Json = content.get("attachment", {})
    return found
