"""Egenandelstaket: what one pays at most in user fees in a calendar year, before the exemption card
(frikort).

Folketrygdloven § 5-3. There is one ceiling from 2021; before that there were two, for different services.
"""

from fellesjournal.norway.rates.series import RateSeries, year

CEILING = RateSeries(
    "egenandelstak",
    "exemption_card",
    [
        year(2021, 2460, "heroy.kommune.no, To frikort blir til eitt"),
        year(2022, 2921, "altaposten.no (NTB), 12 October 2021; orstadlegesenter.no"),
        year(2023, 3040, "helsedirektoratet.no, Rundskriv til folketrygdloven § 5-3"),
        year(2024, 3165, "unicare.no, Egenandel og frikort; leangenlegesenter.no"),
        year(2025, 3278, "public guides to user fees, which have one amount for 2025 and 2026"),
        year(2026, 3278, "unicare.no, Egenandel og frikort"),
    ],
)
