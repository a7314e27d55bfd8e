"""The 24 search shapes of the published workload and the values each draws from (k6/searchConfig.js).

Separators are not escaped: `system|code`, lists and composites mean what they say (the published driver
escapes them, so that its servers answer empty pages quickly).
"""

import random
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

POOLS = Path(__file__).with_name("pools.toml")
DATE_PREFIXES = ("", "eq", "lt", "gt", "ge", "le", "sa", "eb")
NUMBER_PREFIXES = ("", "eq", "lt", "gt", "ge", "le")
HARVESTED = 20
"""How many ids of the set each reference shape draws from."""


@dataclass(frozen=True)
class Shape:
    """One kind of search: every combination of a modifier or prefix and a value is one query."""

    type: str
    parameter: str
    family: str
    values: tuple[str, ...]
    modifiers: tuple[str, ...] = ("",)
    prefixes: tuple[str, ...] = ("",)

    @property
    def name(self) -> str:
        """Type and parameter, as in the published reports: "Observation?code"."""
        return f"{self.type}?{self.parameter}"

    @cached_property
    def queries(self) -> list["Query"]:
        """Every combination."""
        return [
            Query(self.type, self.parameter, modifier, prefix, value)
            for modifier in self.modifiers
            for prefix in self.prefixes
            for value in self.values
        ]


@dataclass(frozen=True)
class Query:
    """One search: `parameter``modifier`=`prefix``value`."""

    type: str
    parameter: str
    modifier: str
    prefix: str
    value: str

    def path(self, base: str, *more: str) -> str:
        """Path and query as sent, with `more` parameters ("_count=20") after it."""
        written = quote(self.prefix + self.value, safe="$,:/-")
        return f"{base}/{self.type}?" + "&".join((f"{self.parameter}{self.modifier}={written}", *more))


def shapes(ids: dict[str, list[str]]) -> list[Shape]:
    """The 24 shapes; `ids` are the set's ids by type, of which the reference shapes draw a fixed sample."""
    pools = {name: tuple(values) for name, values in tomllib.loads(POOLS.read_text()).items()}
    codes, components = pools["code_values"], pools["component_values"]
    return [
        Shape("Patient", "name", "string", pools["names"], ("", ":contains")),
        Shape("Patient", "address", "string", pools["addresses"], ("", ":contains")),
        Shape("Organization", "name", "string", pools["organizations"], ("", ":contains")),
        Shape("Patient", "birthdate", "date", pools["birth_dates"], prefixes=DATE_PREFIXES),
        Shape("Observation", "date", "date", pools["clinical_dates"], prefixes=DATE_PREFIXES),
        Shape("Encounter", "date", "date", pools["clinical_dates"], prefixes=DATE_PREFIXES),
        Shape("Observation", "category", "token", pools["categories"]),
        Shape("Observation", "code", "token", pools["codes"]),
        Shape("Encounter", "status", "token", pools["statuses"]),
        Shape("Encounter", "class", "token", pools["classes"]),
        *(
            Shape(
                "Observation",
                f"{which}value-quantity",
                "quantity",
                pools["numbers"],
                prefixes=NUMBER_PREFIXES,
            )
            for which in ("", "component-", "combo-")
        ),
        Shape("Observation", "code-value-quantity", "composite", codes),
        Shape("Observation", "component-code-value-quantity", "composite", components),
        Shape(
            "Observation", "combo-code-value-quantity", "composite", tuple(dict.fromkeys(codes + components))
        ),
        *_references("Observation", ids, subject="Patient", encounter="Encounter", performer="Practitioner"),
        *_references("Encounter", ids, subject="Patient", participant="Practitioner"),
        *_references(
            "MedicationRequest", ids, subject="Patient", encounter="Encounter", requester="Practitioner"
        ),
    ]


def _references(type: str, ids: dict[str, list[str]], **parameters: str) -> list[Shape]:
    found = []
    for parameter, target in parameters.items():
        drawn = random.Random(f"{type} {parameter}").sample(sorted(ids[target]), HARVESTED)
        found.append(Shape(type, parameter, "reference", tuple(f"{target}/{id}" for id in drawn)))
    return found
