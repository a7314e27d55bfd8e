"""Bench `terminology`: $lookup, $validate-code, $subsumes and $expand over ICD-10, every answer checked.

The codes and texts are those of the npm package @navikt/diagnosekoder; categories of three characters are
put above the codes that begin with them, chapters of one letter above those. What is right is worked out here
from the texts, not asked of the server.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import asyncpg
import msgspec

from bench.http import Answer
from bench.load import Client
from fellesjournal.terminology.finding import index
from fellesjournal.terminology.finding.words import STOP

CODES = Path(__file__).parents[1] / "node_modules" / "@navikt" / "diagnosekoder" / "lib" / "ICD10.json"
URL = "urn:oid:2.16.578.1.12.4.1.1.7110"
VERSION = "bench"
COUNT = 20
FILTERS = 300

_WORD = re.compile(r"[^\W_]+")
_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True)
class Icd10:
    """The code system: texts by code in the order of the tables, and the code above each."""

    texts: dict[str, str]
    above: dict[str, str]

    def line(self, code: str) -> list[str]:
        """The codes above a code, the nearest first."""
        found: list[str] = []
        while code := self.above.get(code, ""):
            found.append(code)
        return found


def icd10() -> Icd10:
    """Read the package, and add what it leaves out."""
    texts = {one["code"]: one["text"] for one in _decode(CODES.read_bytes())}
    for code in list(texts):
        texts.setdefault(code[:3], f"Kategori {code[:3]}")
        texts.setdefault(code[:1], f"Kapittel {code[:1]}")
    above = {}
    for code in texts:
        if len(code) > 1:
            above[code] = next(code[:n] for n in (4, 3, 1) if n < len(code) and code[:n] in texts)
    return Icd10({code: texts[code] for code in sorted(texts)}, above)


async def fill(database_url: str, known: Icd10) -> None:
    """Write the release into the tables of a running site."""
    places = {code: place for place, code in enumerate(known.texts, 1)}
    connection = await asyncpg.connect(database_url)
    number = await connection.fetchval(
        "insert into code_system (url, version, name, title, language, valid_from, concepts, loaded) "
        "values ($1, $2, 'ICD10', 'ICD-10', 'nb', '2026-01-01', $3, $4) returning number",
        URL,
        VERSION,
        len(places),
        datetime.now(UTC),
    )
    await connection.copy_records_to_table(
        "concept",
        records=[(number, places[code], code, text) for code, text in known.texts.items()],
        columns=["system", "number", "code", "display"],
    )
    await connection.copy_records_to_table(
        "concept_parent",
        records=[(number, places[code], places[parent]) for code, parent in known.above.items()],
    )
    await connection.copy_records_to_table(
        "concept_closure",
        records=[(number, places[one], places[code]) for code in places for one in known.line(code)],
    )
    await index(connection, number)
    await connection.execute(
        "analyze concept, concept_parent, concept_closure, code_text_entry, code_text_word"
    )
    await connection.close()


@dataclass(frozen=True)
class Filter:
    """Words to filter by, and the codes that have words which begin so."""

    text: str
    codes: frozenset[str]


def filters(known: Icd10) -> list[Filter]:
    """Beginnings of one or two words of codes drawn at random, with what they find in all texts."""
    drawn = random.Random(1)
    words = {code: _WORD.findall(text.lower()) for code, text in known.texts.items()}
    starts: dict[str, set[str]] = defaultdict(set)
    for code, all_words in words.items():
        for word in all_words:
            for length in range(3, len(word) + 1):
                starts[word[:length]].add(code)
    found: list[Filter] = []
    while len(found) < FILTERS:
        long = [word for word in words[drawn.choice(list(words))] if len(word) > 3]
        chosen = [word[: drawn.randint(3, len(word))] for word in drawn.sample(long, min(len(long), 2))]
        if chosen and STOP.isdisjoint(chosen):
            codes = frozenset.intersection(*(frozenset(starts[word]) for word in chosen))
            found.append(Filter(" ".join(chosen), codes))
    return found


@dataclass(frozen=True)
class Asking:
    """One question again and again for `Client.repeat`; `kind` is the name of one of the methods."""

    kind: str
    known: Icd10
    codes: tuple[str, ...]
    filters: tuple[Filter, ...]
    base: str = "/fhir"

    async def once(self, client: Client) -> bool:
        """Ask about something drawn at random and check the answer."""
        questions: dict[str, Callable[[], tuple[str, Callable[[Any], bool]]]] = {
            "lookup": self._lookup,
            "validate-code": self._validate_code,
            "validate-code in a value set": self._validate_in_value_set,
            "subsumes": self._subsumes,
            "expand": self._expand,
        }
        path, is_right = questions[self.kind]()
        answer = await client.ask(self.kind, "GET", f"{self.base}/{path}")
        client.expect(_right(answer, is_right), f"{path}: {answer.status} {answer.body[:300]!r}")
        return True

    def _lookup(self) -> tuple[str, Callable[[Any], bool]]:
        code = random.choice(self.codes)
        path = f"CodeSystem/$lookup?system={URL}&code={code}"
        return path, lambda tree: _values(tree).get("display") == self.known.texts[code]

    def _validate_code(self) -> tuple[str, Callable[[Any], bool]]:
        code, right = self._perhaps_wrong()
        path = f"CodeSystem/$validate-code?url={URL}&code={code}"
        return path, lambda tree: _values(tree).get("result") is right

    def _validate_in_value_set(self) -> tuple[str, Callable[[Any], bool]]:
        code, there = self._perhaps_wrong()
        top = random.choice([code[:3] if there else "A00", "J"])
        right = there and (top == code or top in self.known.line(code))
        url = quote(f"{URL}?fhir_vs=isa/{top}")
        path = f"ValueSet/$validate-code?url={url}&system={URL}&code={code}"
        return path, lambda tree: _values(tree).get("result") is right

    def _perhaps_wrong(self) -> tuple[str, bool]:
        code = random.choice(self.codes)
        return (code, True) if random.random() < 0.8 else (f"{code}X9", False)

    def _subsumes(self) -> tuple[str, Callable[[Any], bool]]:
        a, b = random.choice(self.codes), random.choice(self.codes)
        if random.random() < 0.5 and self.known.line(b):
            a = random.choice(self.known.line(b))
        outcome = "not-subsumed"
        if a in self.known.line(b):
            outcome = "subsumes"
        elif b in self.known.line(a):
            outcome = "subsumed-by"
        elif a == b:
            outcome = "equivalent"
        path = f"CodeSystem/$subsumes?system={URL}&codeA={a}&codeB={b}"
        return path, lambda tree: _values(tree) == {"outcome": outcome}

    def _expand(self) -> tuple[str, Callable[[Any], bool]]:
        one = random.choice(self.filters)
        url = quote(f"{URL}?fhir_vs")
        path = f"ValueSet/$expand?url={url}&filter={quote(one.text)}&count={COUNT}"

        def is_right(tree: Any) -> bool:
            """The page is as full as can be, and what has the words themselves is on it."""
            found = {each["code"] for each in tree["expansion"].get("contains", ())}
            return len(found) >= min(COUNT, len(one.codes)) and not one.codes.isdisjoint(found)

        return path, is_right


KINDS = ("lookup", "validate-code", "validate-code in a value set", "subsumes", "expand")


def workloads() -> tuple[Icd10, list[Asking]]:
    """The code system, and one workload for each kind of question."""
    known = icd10()
    codes, all_filters = tuple(known.texts), tuple(filters(known))
    return known, [Asking(kind, known, codes, all_filters) for kind in KINDS]


def _right(answer: Answer, is_right: Callable[[Any], bool]) -> bool:
    return answer.status == 200 and is_right(_decode(answer.body))


def _values(tree: Any) -> dict[str, Any]:
    """Name -> value of the simple parameters of a Parameters resource."""
    return {
        one["name"]: value
        for one in tree["parameter"]
        for member, value in one.items()
        if member.startswith("value")
    }
