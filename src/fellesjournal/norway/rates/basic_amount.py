"""Grunnbeløpet (G) in the national insurance, kroner a year, from 1 May to 30 April (folketrygdloven § 1-4).

It is decided in May with effect from 1 May, so from then until the decision there is none.
"""

from datetime import date

from fellesjournal.norway.rates.series import Rate, RateSeries

_NAV = "navikt's public code (class Grunnbeløp), which pays benefits by it"
_BANK = "sparebank1.no, Hva er 1 G; opf.no"


def _from_may(year: int, amount: int, source: str) -> Rate:
    return Rate(amount, date(year, 5, 1), date(year + 1, 4, 30), source)


BASIC_AMOUNT = RateSeries(
    "grunnbeløp",
    "basic_amount",
    [
        _from_may(2010, 75_641, _NAV),
        _from_may(2011, 79_216, _NAV),
        _from_may(2012, 82_122, _NAV),
        _from_may(2013, 85_245, _NAV),
        _from_may(2014, 88_370, _NAV),
        _from_may(2015, 90_068, _NAV),
        _from_may(2016, 92_576, _NAV),
        _from_may(2017, 93_634, _NAV),
        _from_may(2018, 96_883, _NAV),
        _from_may(2019, 99_858, _NAV),
        _from_may(2020, 101_351, _NAV),
        _from_may(2021, 106_399, _NAV),
        _from_may(2022, 111_477, _BANK),
        _from_may(2023, 118_620, _BANK),
        _from_may(2024, 124_028, "hjelp.unimicro.no, Nyttig å vite om folketrygdens grunnbeløp"),
        _from_may(2025, 130_160, "finansavisen.no, 22 May 2025, quoting the Ministry of Labour"),
    ],
)
