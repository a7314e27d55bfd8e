"""Growth curves: a child's own points by age, for who acts for it, and not of the grown."""

import re
from typing import Any

import pytest

from portal.conftest import Home
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import LOINC, to


def measured(id: str, code: str, value: float, unit: str, when: str, **members: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": code}], "text": "x"},
        "subject": to(CHILD),
        "effectiveDateTime": when,
        "valueQuantity": {"value": value, "unit": unit},
    } | members


async def test_a_childs_heights_are_a_curve_over_its_age(home: Home) -> None:
    await home.office.put(
        measured("h1", "8302-2", 50, "cm", "2020-05-07"),
        measured("h2", "8302-2", 76.5, "cm", "2021-06-05"),
        measured("h3", "8302-2", 177.7, "cm", "2021-07-05", status="entered-in-error"),
        measured("w1", "29463-7", 3.4, "kg", "2020-05-07"),
    )
    async with home.visitor(MOTHER) as visitor:
        page = (await visitor.get(f"/for/{CHILD}/journal/vekst")).text
        area = (await visitor.get(f"/for/{CHILD}/journal/malinger")).text
    assert f"/min/for/{CHILD}/journal/vekst" in area
    assert page.count("<polyline") == 1, "one point makes no line"
    assert "Høyde: 2 målinger som kurve etter alder" in page
    assert re.findall(r'class="title">(.*?)</span>', page) == ["1 år og 0 md", "dag 1", "dag 1"]
    assert "76,5 cm" in page
    assert "3,4 kg" in page
    assert "177,7" not in page
    assert "Hodeomkrets" not in page


async def test_a_child_that_nobody_has_measured_is_told_of(home: Home) -> None:
    async with home.visitor(CHILD) as visitor:
        assert "Ingen har målt barnet ennå" in (await visitor.get("/journal/vekst")).text


@pytest.mark.parametrize("path", ["/journal/vekst", f"/for/{CHILD}/journal/vekst"])
async def test_there_are_none_of_the_grown_nor_for_strangers(home: Home, path: str) -> None:
    async with home.visitor(STRANGER) as visitor:
        assert (await visitor.get(path)).status_code == 404
        assert "/journal/vekst" not in (await visitor.get("/journal/malinger")).text
