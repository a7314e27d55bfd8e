"""What citizens of a region book themselves: read by booking as it is meant, and given by somebody there."""

from datetime import date

from fellesjournal.booking import offered as booking
from fellesjournal.rollout.region import hours, kinds_of_visit, rooms, self_service
from fellesjournal.rollout.region.directory import healthcare_service
from fellesjournal.rollout.region.region import SEED, Plan, Region
from fellesjournal.rollout.region.units import Service


def test_the_words_are_those_that_booking_reads() -> None:
    assert (self_service.BOOKS, self_service.BY_CITIZEN) == (booking.BOOKS, booking.BY_CITIZEN)
    assert self_service.PREPARATION == booking.PREPARATION
    assert kinds_of_visit.MINUTES == booking.MINUTES


def test_a_doctor_is_booked_by_those_whose_doctor_it_is() -> None:
    units = Region(Plan(200, SEED, date(2026, 11, 26), 1)).places.units
    office = next(unit for unit in units if unit.service is Service.GP)
    service = healthcare_service(office)
    assert service is not None
    assert booking.offered([service], set()) == []
    found = booking.offered([service], {office.reference})
    assert {one.code for one in found} == {"konsultasjon", "dobbelttime", "video"}
    assert all(one.preparation and one.minutes for one in found)


def test_what_citizens_book_is_given_by_somebody_who_works_there() -> None:
    for service in Service:
        told = self_service.offered(service, rooms.offered(service))
        if "characteristic" in told:
            given = {kind for week in hours.WORKERS[service].values() for kind in week.kinds}
            codes = {one["coding"][0]["code"] for one in told["type"] if len(one["extension"]) > 1}
            assert codes <= {kind.code for kind in given}
