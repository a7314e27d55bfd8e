"""Decisions on any days: what is written lies within the recorded years and agrees with what is given."""

from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fellesjournal.rollout.region.courses import contraception
from fellesjournal.rollout.region.courses.municipal import sojourns
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.home_care import days_between, extent, hours_of
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.courses.municipal.scores import scores
from fellesjournal.rollout.region.decline import Decline, Dementia
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import ERA, bodies

Lives = Callable[..., Life]
SAME_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
DAYS = st.dates(date(2005, 1, 1), date(2030, 1, 1))
NURSED = Grant(HOME_NURSING, "ett besøk hver dag")


@SAME_FIXTURE
@given(DAYS, st.none() | DAYS, st.none() | st.dates(ERA.since, ERA.until), st.booleans(), st.booleans())
def test_a_service_is_there_when_it_touches_the_recorded_years(
    life: Lives, since: date, until: date | None, died: date | None, quickly: bool, limited: bool
) -> None:
    one = life(date(1938, 1, 1), died=died)
    decide(one, [NURSED], since, until, Level.SOME, "Ustø.", quickly=quickly, limited=limited)
    found = bodies(one)
    last = died or ERA.until
    ended = until if until and until <= last else died
    touches = since <= last and (ended is None or (ended >= ERA.since and ended >= since))
    care = [body for body in found if body["resourceType"] == "EpisodeOfCare"]
    assert len(care) == touches
    for body in care:
        end = ended or (until if limited else None)
        assert body["period"].get("end") == (end.isoformat() if end else None)
        assert (body["status"] == "finished") is (ended is not None)
    for body in found:
        for name in ("authoredOn", "date", "effectiveDateTime"):
            if name in body:
                assert ERA.since.isoformat() <= body[name][:10] <= last.isoformat()


@SAME_FIXTURE
@given(
    st.sampled_from(Level),
    st.dates(ERA.since, ERA.until),
    st.floats(18, 26),
    st.floats(0.5, 4),
    st.booleans(),
)
def test_scores_are_always_whole_numbers_of_the_scale(
    life: Lives, level: Level, day: date, first: float, pace: float, of_mind: bool
) -> None:
    one = life(date(1936, 1, 1))
    one.decline = Decline(Dementia(date(2014, 1, 1), first, pace))
    found = dict(scores(one, day, level, of_mind=of_mind))
    assert set(found) == set(range(1, 18))
    assert set(found.values()) <= {1, 2, 3, 4, 5, 9}


@SAME_FIXTURE
@given(DAYS, st.none() | DAYS)
def test_a_stay_ends_after_it_began_and_is_open_only_while_it_goes_on(
    life: Lives, since: date, until: date | None
) -> None:
    one = life(date(1938, 1, 1))
    sojourns.sojourn(one, Service.SHORT_STAY, since, until)
    for body in bodies(one):
        period = body["period"]
        assert ("end" in period) is (until is not None and until <= ERA.until)
        assert period["start"] <= period.get("end", "9999")


def test_what_is_decided_agrees_with_who_comes_and_when(life: Lives) -> None:
    for number in range(12):
        one = life(date(1938, 1, 1))
        one.person.number = number
        for level in (Level.SOME, Level.MUCH):
            words = {1: "ett besøk", 2: "to besøk", 3: "tre besøk", 4: "fire besøk"}
            assert extent(one, level).startswith(words[len(hours_of(one, level))])
            assert (" hver dag" in extent(one, level)) is (days_between(one, level) == 1)


def test_a_step_of_need_is_over_the_day_before_the_next() -> None:
    step = Step(date(2020, 1, 1), date(2021, 1, 1), Level.SOME)
    assert step.last(date(2026, 1, 1)) == date(2020, 12, 31)
    assert step.last(date(2020, 6, 1)) == date(2020, 6, 1)
    assert step._replace(until=None).last(date(2026, 1, 1)) == date(2026, 1, 1)


def test_every_method_has_advice_and_those_with_oestrogen_are_one() -> None:
    methods = {one for one, _ in (*contraception.YOUNG, *contraception.OLDER)}
    assert methods == contraception.ADVICE.keys()
    assert [one for one in methods if one.atc.startswith("G03AA")] == [contraception.PILL]
