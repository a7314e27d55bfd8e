"""The 24 search shapes of the published workload and the values each draws from (k6/searchConfig.js).

Separators are not escaped: `system|code`, lists and composites mean what they say (the published driver
escapes them, so that its servers answer empty pages quickly).
"""

import random
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

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


NAMES = (
    "Williamson Hyatt Turner Kohler Reilly Moen Rogahn Heller Jenkins Parker Terry Dietrich Treutel Bartoletti "
    "Mrs. Mr. Ms. Bec son NON-EXISTS"
).split()
ADDRESSES = (
    "Boston,Springfield,Weston,Chicopee,Worcester,New Bedford,Lynn,Lowell,Easton,Dedham,Holyoke,Brockton,Canton,"
    "Taunton,Reading,Massachusetts,US,01013,Suite,NON-EXISTS"
).split(",")
ORGANIZATIONS = (
    "MERCY MEDICAL CTR,SOUTH SHORE,BOSTON,METROWEST,UMASS,EMERSON,CAPE COD,HALLMARK,NORTH SHORE,BAYSTATE,RIVER BEND,"
    "HOLYOKE,WINCHESTER,PROMPT CARE,NEWTON,WALTHAM,LOWELL,MASSACHUSETTS,MEDICAL CENTER,NON-EXISTS"
).split(",")
BIRTH_DATES = (
    "1915 1924 1936-05 1938 1941-02 1945-12-09 1949 1951 1959-07 1965 1973 1980-03-01 1985 1993 2000-01 2002 2003 2007 "
    "2017-10 2070"
).split()
CLINICAL_DATES = (
    "1960-01-01T00:00:00Z 1975-06-15T12:00:00Z 1990-03-01T08:30:00+01:00 1999-12-31T23:59:59Z 2005-05-05T05:05:05Z "
    "2009-09-01T00:00:00Z 2010-01-01T00:00:00Z 2011-04-12T14:00:00+02:00 2012-12-12T12:12:12Z 2013-07-01T00:00:00Z "
    "2014-02-28T18:45:00Z 2015-08-15T00:00:00Z 2016-01-01T00:00:00Z 2016-11-08T10:10:10Z 2017-05-17T00:00:00+02:00 "
    "2018-01-01T00:00:00Z 2018-09-09T09:09:09Z 2019-02-01T00:00:00Z 2019-05-30T00:00:00Z 2070-01-01T00:00:00Z"
).split()
LOINC, CATEGORY = "http://loinc.org", "http://terminology.hl7.org/CodeSystem/observation-category"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CODES = (
    "non-existent,8302-2,29463-7,55284-4,72166-2,39156-5,2339-0,2093-3,4548-4,787-2,"
    f"{LOINC}|8302-2,{LOINC}|29463-7,{LOINC}|55284-4,{LOINC}|6298-4,{LOINC}|2571-8"
)
CODE_LISTS = (
    "8302-2,29463-7",
    f"{LOINC}|2093-3,{LOINC}|2571-8",
    "2339-0,non-existent",
    "8302-2,29463-7,39156-5",
    f"{LOINC}|2947-0,{LOINC}|6298-4,{LOINC}|2069-3",
)
CATEGORIES = (
    "non-existent",
    "laboratory",
    "vital-signs",
    "survey",
    "social-history",
    "procedure",
    f"{CATEGORY}|laboratory",
    f"{CATEGORY}|vital-signs",
    f"{CATEGORY}|exam",
    "laboratory,vital-signs",
    f"{CATEGORY}|survey,{CATEGORY}|imaging",
    "exam,imaging,procedure",
    f"{CATEGORY}|laboratory,{CATEGORY}|survey,{CATEGORY}|social-history",
)
STATUSES = (
    "non-existent",
    "finished",
    "planned",
    "in-progress",
    "http://hl7.org/fhir/encounter-status|finished",
    "finished,planned",
    "planned,cancelled",
    "planned,in-progress,finished",
)
CLASSES = (
    "non-existent",
    "AMB",
    "EMER",
    "IMP",
    f"{ACT}|AMB",
    f"{ACT}|EMER",
    f"{ACT}|IMP",
    "EMER,IMP",
    f"{ACT}|AMB,{ACT}|IMP",
    "AMB,EMER,IMP",
)
NUMBERS = ("99999", "170", "80", "30", "100", "140", "200", "120", "90", "60")
CODE_VALUES = (
    f"{LOINC}|8867-4$gt100",
    f"{LOINC}|29463-7$gt80",
    "29463-7$lt30",
    "8302-2$ge170",
    f"{LOINC}|39156-5$gt30",
    "2339-0$gt100",
    f"{LOINC}|2093-3$ge200",
    "non-existent$gt0",
)
COMPONENT_VALUES = (
    "8480-6$gt140",
    f"{LOINC}|8480-6$gt140",
    "8462-4$gt90",
    f"{LOINC}|8462-4$lt60",
    "8480-6$le100",
    f"{LOINC}|8480-6$ge170",
    "8462-4$80",
    "non-existent$gt0",
)


def shapes(ids: dict[str, list[str]]) -> list[Shape]:
    """The 24 shapes; `ids` are the set's ids by type, of which the reference shapes draw a fixed sample."""
    return [
        Shape("Patient", "name", "string", tuple(NAMES), ("", ":contains")),
        Shape("Patient", "address", "string", tuple(ADDRESSES), ("", ":contains")),
        Shape("Organization", "name", "string", tuple(ORGANIZATIONS), ("", ":contains")),
        Shape("Patient", "birthdate", "date", tuple(BIRTH_DATES), prefixes=DATE_PREFIXES),
        Shape("Observation", "date", "date", tuple(CLINICAL_DATES), prefixes=DATE_PREFIXES),
        Shape("Encounter", "date", "date", tuple(CLINICAL_DATES), prefixes=DATE_PREFIXES),
        Shape("Observation", "category", "token", CATEGORIES),
        Shape("Observation", "code", "token", (*CODES.split(","), *CODE_LISTS)),
        Shape("Encounter", "status", "token", STATUSES),
        Shape("Encounter", "class", "token", CLASSES),
        *(
            Shape("Observation", f"{which}value-quantity", "quantity", NUMBERS, prefixes=NUMBER_PREFIXES)
            for which in ("", "component-", "combo-")
        ),
        Shape("Observation", "code-value-quantity", "composite", CODE_VALUES),
        Shape("Observation", "component-code-value-quantity", "composite", COMPONENT_VALUES),
        Shape("Observation", "combo-code-value-quantity", "composite", CODE_VALUES + COMPONENT_VALUES[:-1]),
        *_references("Observation", ids, subject="Patient", encounter="Encounter", performer="Practitioner"),
        *_references("Encounter", ids, subject="Patient", participant="Practitioner"),
        *_references("MedicationRequest", ids, subject="Patient", encounter="Encounter", requester="Practitioner"),
    ]


def _references(type: str, ids: dict[str, list[str]], **parameters: str) -> list[Shape]:
    found = []
    for parameter, target in parameters.items():
        drawn = random.Random(f"{type} {parameter}").sample(sorted(ids[target]), HARVESTED)
        found.append(Shape(type, parameter, "reference", tuple(f"{target}/{id}" for id in drawn)))
    return found
