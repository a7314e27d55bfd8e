"""What a municipality may take at most for its health and care services.

Forskrift om egenandel for kommunale helse- og omsorgstjenester (2011-12-16-1349), changed each January by a
circular of the ministry (I-1/<year>). Where the circular itself was not at hand, the source is a
municipality that says it takes the state's rate.
"""

from fellesjournal.norway.rates.series import RateSeries, year

_2013 = "regjeringen.no, Rundskriv I-1/2013"
_2015 = "hemne.kommune.no, quoting Rundskriv I-1/2015"
_STANGE = "stange.kommune.no, which marks the state's highest rates"
_SANDNES = "sandnes.kommune.no, which marks rates of the state budget"
_STRYN = "stryn.kommune.no, quoting Rundskriv I-1/2023; sandnes.kommune.no"
_SYKKYLVEN = "sykkylven.kommune.no, Institusjonsopphald"
_2020 = "hammerfest.kommune.no, quoting Rundskriv I-1/2020"

SHORT_STAY = RateSeries(
    "highest fee for a day and night of short stay in an institution",
    "municipal_fees",
    [
        year(2013, 137, _2013),
        year(2015, 147, _2015),
        year(2016, 150, _STANGE),
        year(2017, 155, _STANGE),
        year(2018, 160, _STANGE),
        year(2019, 165, _STANGE),
        year(2020, 170, _SYKKYLVEN + "; stor-elvdal.kommune.no"),
        year(2021, 175, "hammerfest.kommune.no, prisliste 2021"),
        year(2022, 180, _SANDNES),
        year(2023, 185, _STRYN),
        year(2024, 193, _SYKKYLVEN),
        year(2025, 200, "alta.kommune.no; " + _SYKKYLVEN),
    ],
)
"""Kroner for a day and night (§ 4). After 60 of them in a calendar year the rules of long stay hold."""

DAY_OR_NIGHT_STAY = RateSeries(
    "highest fee for a single day or night in an institution",
    "municipal_fees",
    [
        year(2013, 72, _2013),
        year(2015, 77, _2015),
        year(2016, 80, _STANGE),
        year(2017, 80, _STANGE),
        year(2018, 80, _STANGE),
        year(2019, 85, _STANGE),
        year(2020, 90, _SYKKYLVEN + "; stor-elvdal.kommune.no"),
        year(2022, 100, _SANDNES),
        year(2023, 105, _STRYN),
        year(2024, 110, _SYKKYLVEN),
        year(2025, 115, _SYKKYLVEN),
    ],
)
"""Kroner for one day or one night (§ 4)."""

PRACTICAL_HELP = RateSeries(
    "highest monthly fee for practical help to a household below 2 G",
    "municipal_fees",
    [
        year(2013, 175, _2013),
        year(2015, 186, _2015),
        year(2016, 190, _STANGE),
        year(2017, 200, _STANGE),
        year(2018, 205, _STANGE),
        year(2019, 210, _STANGE),
        year(2022, 215, _SANDNES),
        year(2023, 220, _SANDNES),
        year(2026, 245, "flaa.kommune.no, Betalingssatser pleie og omsorg"),
    ],
)
"""Kroner a month: the household's taxable net income decides, by the latest assessment."""

ALLOWANCE = RateSeries(
    "allowance before the fee for long stay is computed",
    "municipal_fees",
    [
        year(2013, 7000, _2013),
        year(2015, 7500, _2015),
        year(2019, 8400, "sogndal.custompublish.com, Institusjon, eigenbetaling"),
        year(2020, 8700, _2020),
        year(2022, 9100, "tonsberg.kommune.no"),
        year(2023, 9400, _STRYN),
    ],
)
"""Kroner a year: fribeløp. Then 75 % of what is left up to 1 G, and up to 85 % above."""

ALLOWANCE_DOUBLE_ROOM = RateSeries(
    "allowance for one who has to share a room on long stay",
    "municipal_fees",
    [
        year(2015, 36_200, _2015),
        year(2020, 41_600, _2020),
        year(2022, 44_100, "tonsberg.kommune.no"),
        year(2023, 45_400, _STRYN),
    ],
)
"""Kroner a year: the larger fribeløp of one who has not asked for a double room."""
