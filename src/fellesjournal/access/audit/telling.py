"""The citizen's log in plain words, Norwegian and English from one catalogue (words.toml).

"Sykepleier Kari Prøve ved Testhaugen hjemmetjeneste åpnet legemiddellisten fordi du hadde time."
The citizen may know who has had access, from which unit, when and why (pasientjournalloven § 18).
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fellesjournal.access.audit.reading import Logged, Told, is_incidental
from fellesjournal.access.decision import Basis
from fellesjournal.access.policies import Policies

LANGUAGES = ("nb", "en")
_MOST_NAMED = 3
"""Kinds of information that a sentence names; the rest is "and more"."""
_OWN = ("login", "logout", "emergency", "export")
"""Interactions with a verb of their own."""
_WITHOUT_OBJECT = ("login", "logout")


class Teller:
    """Tells entries of a citizen's log. `policies` know the roles' titles and the kinds of information."""

    def __init__(self, policies: Policies) -> None:
        self._policies = policies
        self._words: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text())
        self._kinds = {name: kind.name for kind in policies.kinds.values() for name in kind.types}

    def sentence(self, entry: Logged, language: str, withheld: frozenset[str] = frozenset()) -> str:
        """One entry as a sentence in "nb" or "en", without its moment.

        `withheld` are references of persons and units that the reader must not be told ("Organization/7").
        """
        told = Told.of(entry)
        parts = [self._who(entry, told, language, withheld), " ", self._verb(entry, told, language)]
        if entry.interaction not in _WITHOUT_OBJECT:
            parts += [" ", self._what(told, language)]
        if entry.interaction not in _OWN or not entry.permit:
            parts.append(self._say("why", entry.basis, language))
        ending = f" {self._say('all', 'reason', language)}: «{told.reason}»." if told.reason else ""
        return "".join(parts) + "." + ending

    def kind_of(self, type_name: str, language: str) -> str:
        """A resource type in plain words."""
        if type_name in self._words["types"]:
            return self._say("types", type_name, language)
        return self._say("kinds", self._kinds[type_name], language)

    def _who(self, entry: Logged, told: Told, language: str, withheld: frozenset[str]) -> str:
        if entry.basis == Basis.SELF:
            return self._say("all", "you", language)
        if entry.person in withheld:
            name = self._say("all", "someone", language)
        else:
            policy = self._policies.find(entry.role)
            name = f"{policy.title[language]} {told.person}" if policy and told.person else told.person
        if not entry.unit:
            return name
        unit = self._say("all", "somewhere", language) if entry.unit in withheld else told.unit or entry.unit
        return name + self._say("all", "at", language) + unit

    def _verb(self, entry: Logged, told: Told, language: str) -> str:
        word = entry.interaction if entry.interaction in _OWN else entry.action
        if is_incidental(entry, told):
            word = "met"
        return self._say("done" if entry.permit else "tried", word, language)

    def _what(self, told: Told, language: str) -> str:
        named = list(
            dict.fromkeys(self.kind_of(name, language) for name in told.types if name in self._kinds)
        )
        if not named:
            return self._say("all", "record", language)
        if len(named) > _MOST_NAMED:
            return ", ".join(named[:_MOST_NAMED]) + self._say("all", "and_more", language)
        if len(named) == 1:
            return named[0]
        return ", ".join(named[:-1]) + self._say("all", "and", language) + named[-1]

    def _say(self, chapter: str, word: str, language: str) -> str:
        said: str = self._words[chapter][word][language]
        return said
