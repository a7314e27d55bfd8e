"""When offices are open: schools have holidays of their own, and closed with others in the spring of 2020.

Sources: opplæringslova § 14-1 (38 weeks of school; winter and autumn holidays as counties lay them: weeks 8
and 40 or 41); for 2020 the decisions of 12 March (schools, physiotherapy) and when they were lifted:
physiotherapists on 20 April, the first four grades on 27 April, the others on 11 May (Helsedirektoratet,
regjeringen.no).
"""

from datetime import date, timedelta
from functools import lru_cache

from fellesjournal.norway.days import easter_sunday
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service

SHUT = date(2020, 3, 12)
"""The day on which schools and those who train people were told to close."""
REOPENED = {Service.PHYSIOTHERAPY: date(2020, 4, 20), Service.SCHOOL_HEALTH: date(2020, 5, 11)}
WINTER, AUTUMN = (8,), (40, 41)
"""ISO weeks of the school's holidays."""
SUMMER = ((6, 20), (8, 19))
CHRISTMAS = ((12, 20), (1, 3))
EASTER = (timedelta(days=-8), timedelta(days=1))
"""From the Saturday before Palm Sunday to Easter Monday."""
DAY = timedelta(days=1)
NOT_FROM_A_HOME = (
    *(Service.GP, Service.LEGEVAKT, Service.HOME_CARE, Service.SAFETY_ALARM, Service.PHYSIOTHERAPY),
    *(Service.OCCUPATIONAL_THERAPY, Service.HEALTHY_LIVING),
)
"""What residents of a nursing home do not come to: its own doctor and nurses see to them."""


def opens(service: Service | None, day: date) -> date:
    """The day, or the first after it on which the service sees people."""
    day = working_day(day)
    reopened = REOPENED.get(service) if service else None
    if reopened and SHUT <= day < reopened:
        day = working_day(reopened)
    return school_day(day) if service is Service.SCHOOL_HEALTH else day


def closed(service: Service | None, day: date) -> bool:
    """Whether the service sees nobody on a working day, when others do."""
    return service in REOPENED and opens(service, day) != working_day(day)


@lru_cache(maxsize=10_000)
def school_day(day: date) -> date:
    """The day, or the next on which there is school."""
    while _is_holiday(day) or day != working_day(day):
        day += DAY
    return day


def _is_holiday(day: date) -> bool:
    easter, when = easter_sunday(day.year), (day.month, day.day)
    return (
        day.isocalendar().week in WINTER + AUTUMN
        or SUMMER[0] <= when <= SUMMER[1]
        or when >= CHRISTMAS[0]
        or when <= CHRISTMAS[1]
        or easter + EASTER[0] <= day <= easter + EASTER[1]
    )
