"""How the portal speaks to who acts for somebody: "you" is the visitor, and the record is another's."""

from collections.abc import Mapping
from typing import Any

from fellesjournal.ui.catalogue import Words


def of_another(catalogue: Mapping[str, Words]) -> Mapping[str, Words]:
    """The words of every language, with those of the table `another` in the place of what says "you" of the
    citizen.
    """
    return {language: _over(words, words.another) for language, words in catalogue.items()}


def _over(below: Words, above: Mapping[str, Any]) -> Words:
    return Words(
        {
            name: _over(value, above.get(name, {})) if isinstance(value, Words) else above.get(name, value)
            for name, value in below.items()
        }
    )
