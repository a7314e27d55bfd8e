"""What Enter takes in the palette: of citizens, and of an open chart."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from access.conftest import stay
from fellesjournal.workplace.palette.rules import citizens_first
from workplace import people
from workplace.conftest import Office
from workplace.people import NEAR
from world import staff

CITIZENS = ["Solfrid Multemyr", "Ferdinand Havsule"]
CHART = ["Ferritin 9 µg/L", "CRP 82 mg/L", "Innkomstnotat", "Kronisk nyresykdom stadium 3"]


@pytest.mark.parametrize(
    ("typed", "names", "titles", "expected"),
    [
        ("Solfrid", CITIZENS[:1], ["Innkomstnotat"], True),
        ("multemyr", CITIZENS[:1], ["Innkomstnotat"], True),
        ("sol mul", CITIZENS[:1], ["Innkomstnotat"], True),
        ("solf", CITIZENS[:1], ["Innkomstnotat"], True),
        ("13897124567", CITIZENS[:1], CHART, True),
        ("05.05.1950", CITIZENS[:1], CHART, True),
        ("fer", CITIZENS[1:], CHART, False),
        ("ferritin", [], CHART[:1], False),
        ("nyre", ["Nyresta Bakke"], CHART[3:], False),
        ("crp", [], [], False),
        ("crp", ["Crp Crpsen"], CHART, False),
        ("solfrid", [], ["Innkomstnotat"], False),
    ],
)
def test_what_fits_better_stands_first(
    typed: str, names: list[str], titles: list[str], expected: bool
) -> None:
    assert citizens_first(typed, names, titles) is expected


@given(some.text(max_size=20), some.lists(some.text(max_size=30)), some.lists(some.text(max_size=30)))
def test_nobody_stands_before_the_chart_unless_somebody_was_found(
    typed: str, names: list[str], titles: list[str]
) -> None:
    assert not citizens_first(typed, [], titles)
    if names and not titles:
        assert citizens_first(typed, names, titles)


async def hits(office: Office, typed: str) -> list[str]:
    """The citizens whom the palette finds, in its order."""
    async with office.worker("ivrig-steinroys") as doctor:
        page = (await doctor.get("/finn", q=typed)).text
    return re.findall(r'href="/arbeid/innbygger/([^"]+)"', page)


async def test_who_lies_on_the_ward_stands_before_who_has_left_it(office: Office) -> None:
    gone = datetime.now(UTC) - timedelta(days=3)
    left = f"{gone:%Y-%m-%d}"
    await office.put(
        people.named("left", "Solfrid", "Aamot"), stay("left-stay", "left", staff.WARD, left, left)
    )
    for typed in ("so", "solf", "solfrid m", "Solfrid"):
        assert (await hits(office, typed))[0] == NEAR, typed
    assert await hits(office, "solf") == [NEAR, "left"]
    assert await hits(office, "aamo") == ["left"]


async def test_who_has_the_worker_as_gp_stands_first_though_many_others_come_before_by_name(
    office: Office,
) -> None:
    others = [people.named(f"other-{one}", "Nøysom", f"Aa{one:02}") for one in range(12)]
    gp = {"generalPractitioner": [{"reference": "Practitioner/ivrig-steinroys"}]}
    unit = {"generalPractitioner": [{"reference": f"Organization/{staff.WARD}"}]}
    await office.put(*(one | unit for one in others), people.named("mine", "Nøysom", "Korndråpe") | gp)
    found = await hits(office, "nøy")
    assert (found[0], len(found)) == ("mine", 8)
