"""What the region is like beside public Norwegian figures: docs/region.md, made here and held to its bounds.

A row is a public figure that is known well, rounded, and the bounds that the region's own must keep. Where
the region is meant to tell less than happens, the bounds are about what it tells, and the page says so.
"""

from collections.abc import Callable
from statistics import mean
from typing import NamedTuple

import pytest

from conftest import ROOT
from fellesjournal.rollout.region.people import Protection
from fellesjournal.rollout.region.region import plan
from rollout.region.conftest import TODAY
from rollout.region.sample import Sample, Told, woman

PAGE = ROOT / "docs" / "region.md"
CITIZENS, SEED = 3000, "fellesjournal"


class Row(NamedTuple):
    """A figure: what it is, what is public and where, how it is found in the region, and its bounds."""

    what: str
    public: str
    source: str
    found: Callable[[Sample], float]
    low: float
    high: float


def _aged(youngest: int, oldest: int = 200) -> Callable[[Sample], float]:
    return lambda sample: 100 * len(sample.aged(youngest, oldest)) / len(sample.living)


def _with(*problems: str, youngest: int = 0) -> Callable[[Sample], float]:
    return lambda sample: sample.share(sample.aged(youngest), lambda one: bool(one.problems & set(problems)))


def _uses(*codes: str) -> Callable[[Sample], float]:
    return lambda sample: sample.share(
        sample.living, lambda one: any(code.startswith(codes) for code in one.medicines)
    )


def _receives(service: str, youngest: int, oldest: int = 200) -> Callable[[Sample], float]:
    return lambda sample: sample.share(sample.aged(youngest, oldest), lambda one: service in one.services)


def _doctor(youngest: int = 0, oldest: int = 200) -> Callable[[Sample], float]:
    return lambda sample: sample.a_year(
        lambda way, unit, why: way in ("AMB", "HH") and unit.endswith("legekontor") and why != "Vaksinasjon",
        youngest,
        oldest,
    )


def _ward(way: str, unit: str) -> bool:
    return way == "IMP" and not unit.endswith(("sykehjem", "helsehus"))


def _stays(youngest: int = 0, oldest: int = 200) -> Callable[[Sample], float]:
    return lambda sample: 1000 * sample.a_year(lambda way, unit, _: _ward(way, unit), youngest, oldest)


def _stays_for(*reasons: str, youngest: int = 0) -> Callable[[Sample], float]:
    return lambda sample: (
        1000 * sample.a_year(lambda way, unit, why: _ward(way, unit) and why in reasons, youngest)
    )


def _vaccinated(text: str, doses: int, youngest: int, oldest: int = 200) -> Callable[[Sample], float]:
    return lambda sample: sample.share(sample.aged(youngest, oldest), lambda one: one.vaccines[text] >= doses)


def _nights(sample: Sample) -> float:
    return mean(
        (last - first).days
        for one in sample.told
        for way, unit, _, first, last in one.contacts
        if _ward(way, unit)
    )


def _deaths(sample: Sample) -> float:
    return 1000 * sum(one.person.died is not None for one in sample.told) / sample.years()


def _born(sample: Sample) -> float:
    return 1000 * sum(one.person.born > sample.since for one in sample.told) / sample.years()


def _alone(sample: Sample) -> float:
    return 100 * sum(number == 1 for number in sample.homes().values()) / sample.homes().total()


def _girls(sample: Sample) -> float:
    girls = [one for one in sample.aged(14, 16) if woman(one)]
    return sample.share(girls, lambda one: any(text.startswith("HPV") for text in one.vaccines))


def _many_medicines(sample: Sample) -> float:
    return mean(len(one.medicines) for one in sample.aged(75))


def _protected(told: Told) -> bool:
    return told.person.household.protection is not Protection.NONE


DEMENTIA = ("Alzheimers sykdom med sen debut", "Vaskulær demens", "Demens, type ikke avklart")
HIP = ("Lårhalsbrudd", "Pertrokantært lårbeinsbrudd")
BIRTHS = ("Fødsel, ett levende født barn", "Komplisert fødsel, ett levende født barn")
CANCERS = (
    *("Brystkreft", "Prostatakreft", "Tykktarmskreft", "Lungekreft"),
    "Bukspyttkjertelkreft",
)
ROWS: dict[str, tuple[Row, ...]] = {
    "People": (
        Row("0–17 years, %", "20", "SSB 07459, 2024", _aged(0, 17), 16, 24),
        Row("18–66 years, %", "63", "SSB 07459, 2024", _aged(18, 66), 57, 68),
        Row("67 years and more, %", "17", "SSB 07459, 2024", _aged(67), 13, 22),
        Row("80 years and more, %", "5", "SSB 07459, 2024", _aged(80), 3.5, 7),
        Row("women, %", "50", "SSB 07459, 2024", lambda one: one.share(one.living, woman), 47, 53),
        Row("citizens who live alone, %", "19", "SSB 06070, 2023", _alone, 14, 25),
        Row("deaths a year of 1,000", "8", "SSB 05803, 2023", _deaths, 4.5, 9.5),
        Row("births a year of 1,000", "9.5", "SSB 05803, 2023", _born, 7.5, 12.5),
        Row("address protected (kode 6 and 7), %", "–", "no public figure",
            lambda one: one.share(one.living, _protected), 0, 0.4),
        Row("D-number, %", "–", "no figure for residents",
            lambda one: one.share(one.living, lambda told: told.person.d_number), 0.05, 1.5),
        Row("foreign citizens, %", "11", "SSB 05183, 2023",
            lambda one: one.share(one.living, lambda told: told.person.citizenship != "NO"), 5, 14),
    ),
    "Diseases, those living with it": (
        Row("diabetes (type 2 is told), %", "5", "FHI, Public Health Report, 2020",
            _with("Diabetes type 2"), 3.5, 7.5),
        Row("COPD, known, %", "3", "FHI, Public Health Report, 2018", _with("KOLS"), 1.4, 4),
        Row("heart failure, %", "2", "FHI, Cardiovascular Disease Registry, 2020",
            _with("Hjertesvikt"), 0.8, 2.6),
        Row("atrial fibrillation, 18 and more, %", "3.4", "Kjerpeseth and others, national registers, 2014",
            _with("Atrieflimmer", youngest=18), 1.9, 4.8),
        Row("dementia, 70 and more, %", "15", "FHI and HUNT4, 2020", _with(*DEMENTIA, youngest=70), 9, 20),
        Row("one of five cancers, now or before, %", "–", "all cancers 6: Cancer Registry, 2022",
            _with(*CANCERS), 1.4, 6),
        Row("asthma, %", "5–8", "FHI, Public Health Report, 2018", _with("Astma"), 3, 8),
        Row("depression in ten years, %", "–", "one of five in a life: FHI, 2018", _with("Depresjon"), 3, 10),
        Row("high blood pressure on the list, %", "–", "see the medicines below",
            _with("Høyt blodtrykk"), 10, 20),
    ),
    "Medicines": (
        Row("statins, %", "11", "FHI, Norwegian Prescription Registry, 2020", _uses("C10AA"), 7, 16),
        Row("any for heart and vessels, %", "21", "FHI, Cardiovascular disease in Norway, 2018",
            _uses("B01", "C02", "C03", "C07", "C08", "C09", "C10"), 14, 26),
        Row("antidepressants, %", "6", "FHI, Norwegian Prescription Registry, 2020", _uses("N06A"), 1.5, 8),
        Row("on the list of one of 75 or more", "–", "no public figure of lists", _many_medicines, 3, 8),
    ),
    "Contacts a year": (
        Row("a doctor at the GP's office, each citizen", "3.0", "SSB, allmennlegetjenesten, 2023",
            _doctor(), 2.7, 3.3),
        Row("the same, 20–29 years", "2.6", "SSB, allmennlegetjenesten, 2023", _doctor(20, 29), 2.34, 2.86),
        Row("the same, 30–49 years", "3.2", "SSB, allmennlegetjenesten, 2023", _doctor(30, 49), 2.88, 3.52),
        Row("the same, 50–66 years", "3.5", "SSB, allmennlegetjenesten, 2023", _doctor(50, 66), 3.15, 3.85),
        Row("the same, 67–79 years", "3.9", "SSB, allmennlegetjenesten, 2023", _doctor(67, 79), 3.51, 4.29),
        Row("the same, 80–89 years", "4.8", "SSB, allmennlegetjenesten, 2023", _doctor(80, 89), 4.32, 5.28),
        Row("legevakt, each citizen", "0.23", "SSB, allmennlegetjenesten, 2023",
            lambda one: one.a_year(lambda way, _, __: way == "EMER"), 0.207, 0.253),
    ),
    "Hospital, for 1,000 a year": (
        Row("stays over night", "155", "Norwegian Patient Registry, 2019", _stays(), 140, 170),
        Row("stays, 80 and more", "–", "no figure known well", _stays(80), 250, 600),
        Row("nights of a stay", "4", "SSB 10261, 2019", _nights, 3.6, 4.4),
        Row("broken hips, 65 and more", "8.5", "National hip fracture register, 2020",
            _stays_for(*HIP, youngest=65), 5.5, 12),
        Row("strokes", "1.7", "Norwegian stroke register, 2020",
            _stays_for("Hjerneinfarkt", "Hjerneblødning"), 1.1, 2.5),
        Row("heart attacks", "2.0", "Norwegian myocardial infarction register, 2020",
            _stays_for("Akutt hjerteinfarkt"), 1.2, 2.9),
        Row("new hips and knees", "3.2", "Norwegian arthroplasty register, 2019",
            _stays_for("Hofteleddsartrose", "Kneleddsartrose"), 1.5, 4.2),
        Row("births at hospital", "9.5", "Medical Birth Registry, 2023", _stays_for(*BIRTHS), 6, 13),
    ),
    "Vaccination": (
        Row("measles, 2–4 years, %", "97", "FHI, SYSVAK, 2022",
            _vaccinated("Meslinger, kusma, røde hunder", 1, 2, 4), 90, 100),
        Row("HPV, girls of 14–16, %", "93", "FHI, SYSVAK, 2022", _girls, 80, 100),
        Row("covid-19, two doses, 25 and more, %", "91", "FHI, SYSVAK, 2022",
            _vaccinated("Covid-19, mRNA", 2, 25), 84, 96),
        Row("influenza, once in ten years, 70 and more, %", "–", "62 in one season: FHI, SYSVAK, 2022",
            _vaccinated("Influensa", 1, 70), 52, 82),
    ),
    "Municipal services on the last day": (
        Row("help from nurses at home, 80 and more, %", "–", "30 with practical help: SSB 12209, 2022",
            _receives("Helsetjenester i hjemmet", 80), 12, 36),
        Row("the same, 67–79 years, %", "–", "6 with practical help: SSB 12209, 2022",
            _receives("Helsetjenester i hjemmet", 67, 79), 2, 10),
        Row("lives in a nursing home, 80 and more, %", "11", "SSB 12209, 2022",
            _receives("Langtidsopphold i institusjon", 80), 5, 15),
        Row("safety alarm, 80 and more, %", "–", "no figure known well",
            _receives("Trygghetsalarm", 80), 8, 32),
        Row("IPLOS scores in ten years, 80 and more, %", "–", "all who apply are scored",
            lambda one: one.share(one.aged(80), lambda told: told.scored), 25, 65),
    ),
    "The record": (
        Row("resources of each citizen in ten years", "–", "", lambda one: mean(one.sizes), 160, 220),
        Row("resources of one of a hundred: more than", "–", "",
            lambda one: sorted(one.sizes)[-len(one.sizes) // 100], 450, 1200),
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def sample() -> Sample:
    return Sample(plan(CITIZENS, SEED, None, 10, TODAY))


@pytest.mark.parametrize(
    "row", [row for rows in ROWS.values() for row in rows], ids=lambda row: str(row.what)
)
def test_the_region_is_as_public_figures_say(sample: Sample, row: Row) -> None:
    assert row.low <= row.found(sample) <= row.high


def test_the_page_shows_the_region(sample: Sample, write_docs: bool) -> None:
    page = _page(sample)
    if write_docs:
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `bin/test --write-docs tests/rollout/region/test_figures.py`"


def _page(sample: Sample) -> str:
    lines = [
        "# The region",
        "",
        "What `fellesjournal region build` makes, beside public Norwegian figures. Made by",
        f"`bin/test --write-docs` from {CITIZENS:,} citizens with ten years of record, and checked by every",
        "test run: a figure that leaves its bounds fails. Public figures are rounded; – where none is known",
        "well enough to stand here. What is rare differs by a third from one seed to another.",
        "",
        "Consultations at a GP's office and at the legevakt, and stays at hospital, are as many as public",
        "figures say, within a tenth. Children's stays, psychiatric wards and day surgery are not told: the",
        "grown have so many more of the others.",
        "",
        "Bounds are set round what the region tells, wide enough for chance: they find what changes, and do",
        "not prove that a figure is the country's. Where the public figure is outside them, the region is",
        "known to be off.",
    ]
    for title, rows in ROWS.items():
        lines += ["", f"## {title}", "", "| | Public | Region | Bounds | Source |", "|---|---|---|---|---|"]
        for row in rows:
            bounds = f"{row.low:g}–{row.high:g}"
            lines.append(
                f"| {row.what} | {row.public} | {_number(row.found(sample))} | {bounds} | {row.source} |"
            )
    lines += ["", "## Resources of each citizen", "", "| Type | In ten years |", "|---|---|"]
    lines += [f"| {kind} | {number / CITIZENS:.2f} |" for kind, number in sample.kinds.most_common()]
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"
