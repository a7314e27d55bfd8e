"""Texts as words that can be compared: how people write the same thing differently, undone.

A word is folded (case, accents, å/aa, ø/oe/o, æ/ae), written the bokmål way where nynorsk differs in a
regular way, and stemmed lightly. Everything here is pure; "Øyesykdommer" and "augesjukdom" share a stem.
"""

import re
import unicodedata
from functools import lru_cache


def listed(words: str) -> frozenset[str]:
    """A set of words written with spaces between."""
    return frozenset(words.split())


STOP = listed("i og av for med ved pa som til en et ei de den det der om er el eller the of and in")
"""Folded words that do not tell one concept from another."""

WHO = listed("barn voksen voksne kvinne kvinner mann menn gutt jente eldre pasient ungdom hos")
"""Folded words about who has it: few texts say so, and a search that is met but for these is met."""

SPELLINGS = (
    ("augn", "oyn"),
    ("auga", "oye"),
    ("auge", "oye"),
    ("bein", "ben"),
    ("brot", "brudd"),
    ("hjart", "hjert"),
    ("hovud", "hode"),
    ("mjolk", "melk"),
    ("nevr", "neur"),
    ("oyre", "ore"),
    ("sjuk", "syk"),
    ("stein", "sten"),
    ("vatn", "vann"),
)
"""Folded letters written in two ways in Norwegian, mostly nynorsk first, and the one that is kept."""

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_TYPED = re.compile("(?<!a)aa(?!a)|oe+")
"""å and ø as they are typed without them; three a are initials (AAA)."""

_RUN = re.compile(r"[^\W\d_]+|\d+")
_ENDINGS = (
    *("hetenes", "hetens", "hetene", "heter", "heten", "elsene", "ingene"),
    *(
        "enes",
        "anes",
        "ene",
        "ane",
        "ede",
        "ete",
        "ens",
        "ets",
        "ers",
        "en",
        "et",
        "er",
        "ar",
        "es",
        "a",
        "e",
    ),
)
"""Endings of inflection, longest first; a verb's or an adjective's t is kept: too many words end in one."""

SHORTEST_STEM = 3
"""Letters that a stem has at least, unless the word itself has fewer."""

_AR = listed("alveolar bipolar koronar lumbar molar nuklear polar unipolar")
"""Folded words whose ar is no ending: koronar is not corona."""


def fold(text: str) -> str:
    """The text in lower case without accents; å, ø and æ as they are typed on a keyboard without them."""
    lower = text.casefold()
    if not lower.isascii():
        spread = unicodedata.normalize("NFKD", lower).translate(_LETTERS)
        lower = "".join(c for c in spread if unicodedata.category(c) != "Mn")
    return _TYPED.sub(lambda typed: typed[0][0], lower)


def tokens(text: str) -> list[str]:
    """The folded words and numbers of a text, in its order; letters and digits are parted ("DM2": dm, 2)."""
    return [_kept_spelling(run) for run in _RUN.findall(fold(text))]


def telling(words: list[str]) -> list[str]:
    """The words without those that tell nothing, unless nothing else is there."""
    return [word for word in words if word not in STOP] or words


def variants(prefix: str) -> list[str]:
    """The beginning of a word, and what it may be on the way to in the spelling that is kept ("sju": sy)."""
    found = [prefix]
    for written, kept in SPELLINGS:
        for length in range(len(written) - 1, 2, -1):
            if prefix.endswith(written[:length]) and not kept.startswith(written[:length]):
                found.append(prefix[:-length] + kept[: length + len(kept) - len(written)])
                break
    return found


@lru_cache(32_768)
def stem(word: str) -> str:
    """A folded word without the commonest endings of inflection; short words stay as they are."""
    for ending in () if word in _AR else _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return _closed(word[: -len(ending)])
    return _closed(word)


def code_key(text: str) -> str:
    """A code without what people leave out or add: "J18.9", "j189" and "J 18.9" are one."""
    return "".join(c for c in text.casefold() if c.isalnum())


@lru_cache(32_768)
def _kept_spelling(word: str) -> str:
    for written, kept in SPELLINGS:
        if written in word:
            word = word.replace(written, kept)
    return word


def _closed(stemmed: str) -> str:
    """One stem for sykdom and sykdomm(er), finger and fingr(e), muskel and muskl(er)."""
    if len(stemmed) <= SHORTEST_STEM:
        return stemmed
    if stemmed.endswith("el") and len(stemmed) > SHORTEST_STEM + 2:
        return stemmed[:-2]
    last, before = stemmed[-1], stemmed[-2]
    if last in "lmnrt" and last == before:
        return stemmed[:-1]
    return stemmed[:-1] if last in "lr" and before not in "aeiouy" else stemmed


HOW = frozenset(
    tokens(
        """akutt akutte kronisk kroniske plutselig mild lett moderat alvorlig uttalt nyoppdaget kjent
        tidligere gjentatt gjentatte langvarig mistenkt mistanke obs venstre høyre venstresidig høyresidig
        dobbeltsidig bilateral blødende operert behandlet ubehandlet forverring forverret residiv"""
    )
)
"""Words about how it is, where a code may say nothing of that: left unmet as WHO are."""
