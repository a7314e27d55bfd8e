"""When tests and pictures are answered, and by whom: nothing is known in the minute in which it is taken.

At GPs', at legevakt and in nursing homes some tests are measured while the citizen is there (Noklus,
patient-near analyses); the rest is sent to the hospital's laboratory, which answers the day after, on
working days, some tests later still. At hospital the laboratory answers within two hours, and a
radiologist describes pictures.
"""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.chart.measures import (
    B12,
    CRP,
    FREE_T4,
    GLUCOSE,
    HAEMOGLOBIN,
    HBA1C,
    INR,
    TROPONIN_T,
    URINE_ALBUMIN,
    VITAMIN_D,
    Measure,
)
from fellesjournal.rollout.region.moments import at, last_working_day, working_day
from fellesjournal.rollout.region.units import Service

AT_ONCE = frozenset({CRP, HAEMOGLOBIN, GLUCOSE, HBA1C, INR, URINE_ALBUMIN, TROPONIN_T})
"""What is measured where it is taken, outside hospitals: troponin at legevakt only."""
POINT_OF_CARE = 15
"""Minutes at least of troponin where it is taken (Noklus on the instruments: 12 to 18)."""
SLOW = frozenset({VITAMIN_D, B12, FREE_T4})
"""What the laboratory analyses on some days of the week."""
AT_HOSPITAL = frozenset(
    {
        *(Service.MEDICAL_WARD, Service.GERIATRIC_WARD, Service.SURGICAL_WARD, Service.ORTHOPAEDIC_WARD),
        *(Service.CHILDRENS_WARD, Service.MATERNITY, Service.EMERGENCY_ROOM, Service.OPERATING),
        *(Service.CLINIC, Service.HEART_CLINIC, Service.PSYCHIATRY, Service.RADIOLOGY, Service.LABORATORY),
    }
)
_LONGEST = timedelta(days=4)
"""What a GP waits for the laboratory, at a weekend too."""
LABORATORY, DESCRIBED = timedelta(hours=2), timedelta(minutes=90)
"""The longest that a stay waits for a test, and for pictures."""


def is_sent(measure: Measure, service: Service | None) -> bool:
    """Whether a laboratory answers it."""
    if measure is TROPONIN_T:
        return service is not Service.LEGEVAKT
    return service in AT_HOSPITAL or measure not in AT_ONCE


def of_test(measure: Measure, taken: datetime, service: Service | None, until: datetime) -> datetime:
    """When a test that is taken at a service is answered; in the early morning rather than after `until`."""
    if not is_sent(measure, service):
        return taken + timedelta(minutes=(POINT_OF_CARE if measure is TROPONIN_T else 4) + _spread(taken, 9))
    if service in AT_HOSPITAL:
        return taken + timedelta(minutes=60 + _spread(taken, 60))
    days = 2 + _spread(taken, 2) if measure in SLOW else 1
    day = taken.date() + timedelta(days=days)
    if day != working_day(day):
        return _around_a_weekend(taken, day, until)
    by_day = at(day, 10 + _spread(taken, 5), _spread(taken, 60))
    return by_day if by_day <= until else at(day, 5 + _spread(taken, 2), _spread(taken, 55))


def _around_a_weekend(taken: datetime, day: date, until: datetime) -> datetime:
    """On the working day before the day, or else early on the next; on the day where that is long after."""
    before, after = last_working_day(day), working_day(day)
    chosen = before if before > taken.date() else after
    if chosen - taken.date() > _LONGEST or at(chosen, 8) > until:
        chosen = day
    return at(chosen, 6 + _spread(taken, 2), _spread(taken, 55))


def of_tissue(usual: datetime, taken: datetime) -> datetime:
    """When pathology has answered: as `usual` on working days, else on the last before that leaves two days
    for it, or early on the next; on the day where that is long after."""
    day = usual.date()
    if day == working_day(day):
        return usual
    before, after = last_working_day(day), at(working_day(day), 7, _spread(taken, 55))
    if before >= taken.date() + timedelta(days=2):
        return datetime.combine(before, usual.time())
    return after if after - taken <= _LONGEST else usual


def of_pictures(taken: datetime, service: Service | None) -> datetime:
    """When pictures are described: soon of one who waits for them, and at the heart clinic, which examines
    by itself, before the visit is over."""
    if service is Service.RADIOLOGY:
        return taken + timedelta(minutes=90 + _spread(taken, 150))
    if service is Service.HEART_CLINIC:
        return taken + timedelta(minutes=30)
    return taken + timedelta(minutes=30 + _spread(taken, 15 if service is Service.LEGEVAKT else 45))


def _spread(taken: datetime, most: int) -> int:
    """A number below `most` that follows from the moment: no two samples wait for equally long."""
    minutes = taken.hour * 60 + taken.minute
    return (taken.toordinal() * 7919 + minutes * 104_729) // 7 % most
