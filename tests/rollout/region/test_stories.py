"""The written stories: who is in them, that each is what it says, and docs/stories.md, made from them."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from conftest import ROOT
from fellesjournal.access.guard.ties import TIES
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import Form
from fellesjournal.rollout.region.citizens import identifier
from fellesjournal.rollout.region.families import Era
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.region import Plan, Region
from fellesjournal.rollout.region.staff import WORKERS
from fellesjournal.rollout.region.stories import STORIES, cast, died, hidden, psychiatric, refugee, withheld

Json = dict[str, Any]
PAGE = ROOT / "docs" / "stories.md"
TODAY = date(2026, 11, 26)
PLAN = Plan(200, "fellesjournal", date(2016, 11, 26), 10)
OTHER_DAYS = (date(2027, 1, 1), date(2028, 2, 29), date(2029, 7, 14), date(2025, 12, 31))


def told(plan: Plan) -> list[Json]:
    return [msgspec.json.decode(body) for body in Region(plan).stories()]


@pytest.fixture(scope="module")
def stories() -> list[Json]:
    return told(PLAN)


@pytest.fixture(scope="module")
def of(stories: list[Json]) -> Callable[[str, str], list[Json]]:
    """The resources of a type that a citizen has."""

    def found(citizen: str, kind: str) -> list[Json]:
        return [one for one in stories if one["resourceType"] == kind and about(one) == citizen]

    return found


def about(resource: Json) -> str:
    if resource["resourceType"] == "Patient":
        return str(resource["id"])
    if resource["resourceType"] == "Appointment":
        return str(resource["participant"][0]["actor"]["reference"]).partition("/")[2]
    subject = next(resource[name] for name in ("subject", "patient", "for") if name in resource)
    return str(subject["reference"]).partition("/")[2]


def people(today: date) -> list[Person]:
    return [person for person, _ in cast(today)]


def text(resources: list[Json]) -> str:
    return msgspec.json.encode(resources).decode()


def test_there_are_sixteen_whose_ids_and_ages_stay() -> None:
    assert len(STORIES) == 16
    first = people(TODAY)
    for day in OTHER_DAYS:
        others = people(day)
        assert [one.id for one in others] == [one.id for one in first]
        assert [one.age(day) for one in others] == [one.age(TODAY) for one in first]


@pytest.mark.parametrize("today", [TODAY, *OTHER_DAYS])
def test_numbers_are_synthetic_nobody_elses_and_tell_the_birthday(today: date) -> None:
    found = [identifier(one)["value"] for one in people(today)]
    assert len(set(found)) == len(found)
    for person, number in zip(people(today), found, strict=True):
        low = 250 if person.born.year < 2000 else 750
        assert low <= person.serial < low + 50
        identity = classify(number, today)
        assert (identity.form, identity.born, identity.sex) == (Form.TENOR, person.born, person.sex)


def test_each_story_names_a_worker_and_somebody_of_its_own() -> None:
    known = {worker.id for worker in WORKERS}
    for story in STORIES:
        cast_of = {one.id for one in story.cast(TODAY)}
        assert story.worker in known
        assert set(story.lives) <= cast_of
        assert story.about.count(". ") >= 2, story.title


def test_stories_do_not_depend_on_the_regions_seed_or_size(stories: list[Json]) -> None:
    assert told(Plan(250, "annet frø", PLAN.start, 10)) == stories


@pytest.mark.parametrize("years", [1, 3])
def test_a_short_era_tells_only_what_fell_in_it(years: int) -> None:
    plan = Plan(60, "kort", date(TODAY.year - years, 11, 26), years)
    for one in told(plan):
        if one["resourceType"] == "Composition":
            assert plan.era.since.isoformat() <= one["date"][:10] <= TODAY.isoformat()


def test_what_refers_to_something_comes_after_it(stories: list[Json]) -> None:
    known: set[str] = set()
    for one in stories:
        for field in ("encounter", "focus", "referralRequest", "goal", "careTeam"):
            asked = one.get(field, [])
            for reference in asked if isinstance(asked, list) else [asked]:
                assert reference["reference"] in known
        known.add(f"{one['resourceType']}/{one['id']}")
    assert len(known) == len(stories)


def test_contacts_of_one_citizen_do_not_overlap_a_stay_at_hospital(stories: list[Json]) -> None:
    wards: dict[str, list[tuple[str, str]]] = {}
    for one in (each for each in stories if each["resourceType"] == "Encounter"):
        if one["class"]["code"] == "IMP" and "sykehjem" not in one["serviceProvider"]["reference"]:
            span = one["period"]["start"], one["period"].get("end", "9")
            wards.setdefault(about(one), []).append(span)
    for spans in wards.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))
    for one in (each for each in stories if each["resourceType"] == "Encounter"):
        for start, end in wards.get(about(one), ()):
            inside = start < one["period"]["start"] < end
            assert not inside, (about(one), one["period"])


def test_a_block_a_label_and_protection_are_where_the_stories_say(
    of: Callable[[str, str], list[Json]],
) -> None:
    (block,) = of(psychiatric.ID, "Consent")
    assert block["provision"]["actor"][0]["reference"]["reference"] == "Organization/isfjell-legevakt"
    labels = [one["meta"]["security"][0]["code"] for one in of(withheld.ID, "Composition") if "meta" in one]
    assert labels == [withheld.WITHHELD] * 2
    for protected in (hidden.ID, hidden.SON):
        assert "strengtFortrolig" in text(of(protected, "Patient"))
    (newly,) = of(refugee.ID, "Patient")
    assert "interpreterRequired" in text([newly])
    assert newly["identifier"][0]["system"].endswith(".4.2")


def test_those_who_may_act_for_others_are_tied_to_them(stories: list[Json]) -> None:
    tied: dict[str, set[str]] = {}
    for one in (each for each in stories if each["resourceType"] == "RelatedPerson"):
        for relation in one["relationship"]:
            codes = {code["code"] for code in relation["coding"] if code["system"] == TIES}
            tied.setdefault(about(one), set()).update(codes)
    assert {"power-of-attorney", "read", "book", "write"} <= tied["trofast-fjordlykt"]
    assert {"guardian", "read"} <= tied["drommende-sildbukt"]
    for child in ("livlig-nypekrone", "undrende-lyngspire", "liten-epletue"):
        assert tied[child] == {"parent"}


def test_nothing_goes_on_after_death(of: Callable[[str, str], list[Json]]) -> None:
    (patient,) = of(died.ID, "Patient")
    assert patient["deceasedDateTime"] == (TODAY - died.DIED).isoformat()
    assert {one["status"] for one in of(died.ID, "MedicationStatement")} <= {"completed", "stopped"}
    assert max(one["date"] for one in of(died.ID, "Composition"))[:10] == patient["deceasedDateTime"]


def test_two_are_in_the_ward_or_home_today_as_told(of: Callable[[str, str], list[Json]]) -> None:
    stays = [one for one in of("kvikk-steinodde", "Encounter") if one["status"] == "in-progress"]
    assert [one["serviceProvider"]["reference"] for one in stays] == ["Organization/isfjell-sengepost"]
    hip = [one for one in of("stillferdig-hasselkvist", "EpisodeOfCare") if one["status"] == "active"]
    assert {one["managingOrganization"]["reference"] for one in hip} == {
        "Organization/isfjell-hjemmetjeneste",
        "Organization/isfjell-trygghetspatrulje",
    }


def test_the_page_lists_them_all(write_docs: bool) -> None:
    page = _page()
    if write_docs:
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `bin/test --write-docs tests/rollout/region/test_stories.py`"


def _page() -> str:
    names = {worker.id: f"{worker.given} {worker.family}" for worker in WORKERS}
    titles = {worker.id: worker.posts[0].title.lower() for worker in WORKERS}
    era = Era(PLAN.start, TODAY)
    lines = [
        "# Stories",
        "",
        f"{len(STORIES)} citizens with written stories are in every region, beside its other citizens. Their",
        "ids and names stay, and so do their ages: years of birth follow the last day of the region's",
        "records, which is *today* in the stories. Identity numbers are those of a region that ends on "
        f"{era.until:%-d %B %Y}; in",
        "another year the year in them differs. Made from `src/fellesjournal/rollout/region/stories` by",
        "`bin/test --write-docs`, and checked by every test run.",
    ]
    for story in STORIES:
        first, *others = story.cast(TODAY)
        lines += [
            "",
            f"## {story.title}",
            "",
            f"{_called(first)}, {_age(first)}.",
            story.about,
            "",
            f"- Sign in as: {names[story.worker]}, {titles[story.worker]} (`{story.worker}`)",
            f"- Look at: {story.look[:1].lower()}{story.look[1:]}",
            *(f"- Also here: {_called(one)}, {_age(one)}" for one in others),
        ]
    return "\n".join(lines) + "\n"


def _called(person: Person) -> str:
    name = f"{person.given} {person.family_name}"
    return f"**{name}** `{person.id}`, {identifier(person)['value']}"


def _age(person: Person) -> str:
    years = person.age(TODAY)
    return f"{years} years" if years else f"{(TODAY - person.born).days} days"
