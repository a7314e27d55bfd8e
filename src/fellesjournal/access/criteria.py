"""A search as the log has it: what was asked for, without the addresses and numbers that were searched by."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode

HIDDEN = "(skjult)"
_WHERE_SOMEBODY_IS = re.compile(r"(?:^|[.:])(?:address(?:-[a-z]+)?|phone|telecom|email)(?=$|[.:])")


def as_logged(parameters: Iterable[tuple[str, str]]) -> str:
    """The parameters as in a URL. An address may be protected: that it was searched by is told, not which."""
    return urlencode(
        [(name, HIDDEN if _WHERE_SOMEBODY_IS.search(name) else value) for name, value in parameters]
    )
