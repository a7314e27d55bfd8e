"""The concept registry: what an answer becomes in the record, and how long it stays fresh.

Read from concepts.toml; the variables of IPLOS come from norway/codes/iplos.py.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fellesjournal.norway.codes.iplos import VARIABLE

FILE = Path(__file__).parent / "concepts.toml"
LOINC, OWN = "http://loinc.org", "https://fellesjournal.no/fhir/CodeSystem/notat-begrep"
_DAYS = 24
_IPLOS_FRESH = 180 * _DAYS


class Concept(NamedTuple):
    """One concept. `kind` is the resource type of its answers; `unit` and `ucum` are a measured value's, and
    a value outside of `low` to `high` is asked about; an answer is offered again for `fresh` hours. `panel`
    is the code of the Observation of which this is a component.
    """

    name: str
    kind: str
    code: str
    text: str
    system: str = LOINC
    unit: str = ""
    ucum: str = ""
    low: float | None = None
    high: float | None = None
    fresh: int = 0
    category: str = "exam"
    panel: str = ""

    def is_unlikely(self, value: float) -> bool:
        """Whether one asks if it is right."""
        return (self.low is not None and value < self.low) or (self.high is not None and value > self.high)


@cache
def concepts() -> Mapping[str, Concept]:
    """All of them, by name. An unknown member in the file is a TypeError at start-up."""
    tables = tomllib.loads(FILE.read_text("utf-8"))
    read = {
        name: Concept(name=name, **{"system": LOINC if "code" in table else OWN, "code": name} | table)
        for name, table in tables.items()
    }
    iplos = {
        f"iplos-{one.code}": Concept(
            f"iplos-{one.code}", "Observation", one.code, one.display, VARIABLE.system,
            fresh=_IPLOS_FRESH, category="survey",
        )
        for one in VARIABLE.codes
    }  # fmt: skip
    return read | iplos


@cache
def by_code() -> Mapping[tuple[str, str], Concept]:
    """All of them, by system and code."""
    return {(one.system, one.code): one for one in concepts().values()}


def concept_of(item: Mapping[str, object]) -> Concept | None:
    """The concept of an item of a Questionnaire, by its codes."""
    codes = item.get("code", ())
    assert isinstance(codes, list | tuple)
    found = (by_code().get((one.get("system", ""), one.get("code", ""))) for one in codes)
    return next(filter(None, found), None)
