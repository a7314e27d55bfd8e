"""What a patient pays a general practitioner or the emergency clinic (legevakt), in kroner.

Forskrift om stønad til dekning av utgifter til undersøkelse og behandling hos lege, changed each 1 July.
The rows are from surgeries that print the days of their price lists; years in which two lists disagree are
left out. Evening is after 16. Children under 16 and those with an exemption card pay no user fee, but do
pay for not coming, and what does not count towards the card.
"""

from datetime import date

from fellesjournal.norway.rates.series import Rate, RateSeries


def _from_july(year: int, amount: int, source: str) -> Rate:
    return Rate(amount, date(year, 7, 1), date(year + 1, 6, 30), source)


_2021 = "nesttunlegekontor.no, prisliste 1 July 2021 to 30 June 2022"
_2023 = "loddefjordlegesenter.no, priser 1 July 2023 to 30 June 2024"
_2023_TO = "nordlys-legesenter.no, priser to 30 June 2024"
_2025 = "spesialistklinikkenkråkerøy.no, prisoversikt 1 July 2025 to 30 June 2026"


def _series(title: str, *rows: Rate) -> RateSeries:
    return RateSeries(title, "doctor_fees", rows)


CONSULTATION_DAY = _series(
    "fee for a consultation by day",
    _from_july(2021, 160, _2021),
    _from_july(2023, 170, _2023),
    _from_july(2025, 179, _2025),
)
CONSULTATION_EVENING = _series(
    "fee for a consultation in the evening",
    _from_july(2021, 280, _2021),
    _from_july(2023, 288, _2023),
    _from_july(2025, 301, _2025),
)
SPECIALIST_CONSULTATION = _series(
    "addition to a consultation with a specialist in general practice",
    _from_july(2021, 52, _2021),
    _from_july(2023, 54, _2023),
    _from_july(2025, 56, _2025),
)
VISIT_DAY = _series(
    "fee for a home visit by day",
    _from_july(2021, 223, _2021),
    _from_july(2025, 240, _2025),
)
VISIT_EVENING = _series(
    "fee for a home visit in the evening",
    _from_july(2021, 357, _2021),
    _from_july(2025, 384, _2025),
)
"""Of 2023 some lists say 223 and 357, as before, and some 230 and 368: neither is carried."""
SPECIALIST_VISIT = _series(
    "addition to a home visit by a specialist in general practice",
    _from_july(2021, 38, _2021),
    _from_july(2023, 39, _2023),
    _from_july(2025, 41, _2025),
)
SIMPLE_CONTACT = _series(
    "fee for a simple contact or advice",
    _from_july(2021, 58, _2021),
    _from_july(2023, 61, _2023),
    _from_july(2025, 64, _2025),
)
SAMPLING = _series(
    "fee for taking samples",
    _from_july(2021, 59, _2021),
    _from_july(2023, 61, _2023_TO),
    _from_july(2025, 64, _2025),
)
NOT_COMING = _series(
    "fee for not coming to a general practitioner",
    _from_july(2021, 168, _2021),
    _from_july(2023, 188, _2023_TO),
    _from_july(2025, 194, _2025),
)
"""Also for an appointment cancelled later than 24 hours before it. Does not count towards the exemption
card."""
NOT_COMING_TO_SPECIALIST = _series(
    "fee for not coming to a specialist",
    _from_july(2021, 273, _2021),
    _from_july(2025, 314, _2025),
)
"""As above."""
OUTSIDE_THE_LIST_SYSTEM = _series(
    "addition for a patient outside the regular general practitioner scheme",
    _from_july(2021, 116, _2021),
    _from_july(2023, 124, _2023_TO),
    _from_july(2025, 131, _2025),
)
"""Does not count towards the exemption card."""
