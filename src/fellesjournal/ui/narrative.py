"""The text of a note without its markup."""

import re
from html import unescape

from fellesjournal.ui.naming import Json


def narrative(div: str) -> list[str]:
    """The paragraphs of a narrative as plain text: no markup of others reaches a page."""
    parts = re.split(r"</(?:p|div|li|tr|h\d)>|<br\s*/?>", div)
    texts = (unescape(re.sub(r"<[^>]*>", " ", one)).strip() for one in parts)
    return [one for one in texts if one]


def sections(composition: Json) -> list[tuple[str, list[str]]]:
    """The sections of a note: title and paragraphs."""
    return [
        (one.get("title", ""), narrative(one.get("text", {}).get("div", "")))
        for one in composition.get("section", ())
    ]
