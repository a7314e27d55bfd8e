"""A search as the log has it: what was asked for, without the addresses and numbers that were searched by.

When it is about somebody whose address is protected, it is without any value.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

HIDDEN = "(skjult)"
_WHERE_SOMEBODY_IS = re.compile(r"(?:^|[.:])(?:address(?:-[a-z]+)?|phone|telecom|email)(?=$|[.:])")


def as_logged(parameters: Iterable[tuple[str, str]]) -> str:
    """The parameters as in a URL. An address may be protected: that it was searched by is told, not which."""
    return urlencode(
        [(name, HIDDEN if _WHERE_SOMEBODY_IS.search(name) else value) for name, value in parameters]
    )


def names_only(query: str) -> str:
    """The query of a search with the names of its parameters alone: any value may be a guess at a place. What
    is no search, such as an identity number, stands as it is.
    """
    if "=" not in query:
        return query
    return urlencode([(name, HIDDEN) for name, _ in parse_qsl(query, keep_blank_values=True)])
