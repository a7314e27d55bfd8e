"""Regular expressions of a request, matched in linear time whatever they are (RE2)."""

from collections.abc import Callable
from functools import lru_cache

import re2

from fellesjournal.errors import Issue, Unprocessable

_MOST_MEMORY = 1 << 20
"""Bytes that one pattern's program may take."""


@lru_cache(maxsize=256)
def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a text matches the pattern as a whole. Raises Unprocessable for what RE2 cannot read."""
    options = re2.Options()
    options.max_mem = _MOST_MEMORY
    options.log_errors = False
    try:
        matches = re2.compile(pattern, options).fullmatch
    except re2.error as error:
        reason = error.args[0] if error.args else error
        said = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        text = f"The regular expression '{pattern[:100]}' cannot be used: {said} (see RE2's syntax)."
        raise Unprocessable(Issue("value", text)) from None
    return lambda text: matches(text) is not None
