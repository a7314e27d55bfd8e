"""The overview: for each kind of visit the first free time, the free share of weeks, and who waits."""

import re

from workplace.booking.calendars import DOCTOR, appointment, moment
from workplace.conftest import Office

SECRETARY = "ryddig-perlemor"


def cells(page: str, kind: str) -> list[str]:
    found = re.search(rf'<th scope="row">{kind}</th>(.*?)</tr>', page, re.S)
    assert found, page
    return [
        re.sub("<[^>]+>", "", one).strip() for one in re.findall(r"<td[^>]*>(.*?)</td>", found.group(1), re.S)
    ]


async def test_the_first_free_time_goes_by_all_who_are_needed(clinic: Office) -> None:
    full = [appointment(f"full-{n}", moment(n, "00:00"), 24 * 60, DOCTOR) for n in range(9)]
    await clinic.put(*full)
    async with clinic.worker(SECRETARY) as worker:
        page = (await worker.get("/timebok/oversikt")).text
    scan, control = cells(page, "Ultralyd av hjertet"), cells(page, "Poliklinisk kontroll")
    assert scan[0].endswith("10:00")
    assert scan[1] == "9"
    assert control[1] in ("0", "1")
    assert len(scan) == 7
    assert scan[-1] == "0"
    assert cells(page, "Hjerteskole")[-2].startswith("100")
