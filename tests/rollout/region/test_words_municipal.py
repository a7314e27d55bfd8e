"""What the municipality writes of those it helps agrees with what they are able to, what is decided, and who
lives with them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses.backs import BACK
from fellesjournal.rollout.region.courses.municipal import last_days, therapy
from fellesjournal.rollout.region.courses.overweight import OVERWEIGHT
from fellesjournal.rollout.region.decline import Decline, Dementia
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.lying import _cared_for
from rollout.region.conftest import Json, Record, bodies
from rollout.region.test_rules import Note, Records, notes, on, plain

FEW_WORDS = (
    r"Matet til|Kjente ikke igjen pleieren|Stelt i seng av to|Snudd og tørt tøy|Sier lite, smiler"
    r"|Kjenner sjelden noen|Trenger full hjelp til stell og mat|Lite ord\. Smiler|Sover mye\. Åpner"
)
"""What is written of who is fed and turned by others."""
Lives = Callable[..., Life]


def after_few_words(records: Records) -> Iterator[Note]:
    """Notes on those of whom it was written before that they are fed and turned."""
    for record in records.values():
        fed = False
        for note in notes({"": record}):
            if fed:
                yield note
            fed |= bool(re.search(FEW_WORDS, note.text))


def told(record: Record, kind: str) -> Iterator[Json]:
    for one in record.of("Communication"):
        if kind in str(one.get("category", "")):
            yield one


def test_breakfast_is_eaten_in_the_morning(records: Records) -> None:
    met = 0
    for note in notes(records):
        if "Hjemmebesøk:" in note.text and re.search("frokost|frukost", note.text):
            met += 1
            assert datetime.fromisoformat(note.body["date"]).hour < 11, note.body["id"]
    assert met


def test_who_knows_few_presses_no_alarm_and_walks_no_corridor(records: Records) -> None:
    met = 0
    for note in after_few_words(records):
        met += 1
        assert "Trygghetsalarm:" not in note.text, note.body["id"]
        assert not re.search("gamle dager|Bakte vafler|Falt i gangen|spisesal", note.text), note.body["id"]
        assert not re.search("Litt svimmel ved oppreising|Snakket om begravelse", note.text), note.body["id"]
        assert "Sier fra selv" not in note.text, note.body["id"]
        assert "Hverdagsrehabilitering:" not in note.text, note.body["id"]
        assert "Førerkortattest:" not in note.text, note.body["id"]
    assert met


def test_the_hospital_hears_how_often_nurses_come_as_it_was_decided(records: Records) -> None:
    met = 0
    for record in records.values():
        for message in told(record, "I1"):
            decided = [
                one["orderDetail"][0]["text"]
                for one in record.of("ServiceRequest")
                if "esøk" in one.get("orderDetail", [{}])[0].get("text", "")
                and one["occurrencePeriod"]["start"] <= message["sent"][:10]
            ]
            if decided:
                met += 1
                often = "noen ganger i uken" in message["payload"][0]["contentString"]
                assert often != (" besøk hver dag" in decided[-1]), message["id"]
    assert met


def test_why_somebody_was_admitted_is_told_when_the_pictures_are_seen(records: Records) -> None:
    met = 0
    for record in records.values():
        for message in told(record, "L1"):
            sent = datetime.fromisoformat(message["sent"])
            if re.search("brudd|infarkt|obstruksjon|stein", message["payload"][0]["contentString"]):
                for one in record.of("DiagnosticReport"):
                    if (
                        re.match("RTG|CT", one["code"]["text"])
                        and one.get("encounter") == message["encounter"]
                    ):
                        met += 1
                        late = datetime.fromisoformat(one["issued"]) - sent
                        assert not timedelta() < late < timedelta(hours=6), message["id"]
    assert met


def test_a_walker_that_is_there_is_not_applied_for(records: Records) -> None:
    met = 0
    for record in records.values():
        has = [one["sent"][:10] for one in told(record, "I1")]
        has += [
            one["created"] for one in record.of("CarePlan") if "Rullator ved sengen" in str(one["activity"])
        ]
        for note in notes({"": record}):
            if "hjelpemiddelsentralen" in note.text and any(on(one) < note.day for one in has):
                met += 1
                assert "Rullator, toalett" not in note.text, note.body["id"]
    assert met


def test_a_plan_weighs_as_often_in_all_its_parts(records: Records) -> None:
    weighed = 0
    for record in records.values():
        for one in record.of("CarePlan"):
            measures = str(one["activity"])
            weighed += "Vekt hver måned" in measures
            assert not ("Vekt hver måned" in measures and "Vekt to ganger i uken" in measures), one["id"]
            at_evening = "ett besøk" in measures and all(
                datetime.fromisoformat(note.body["date"]).hour >= 18
                for note in notes({"": record})
                if "Hjemmebesøk:" in note.text
            )
            assert not (at_evening and "fastende" in measures), one["id"]
    assert weighed


def test_who_rings_is_who_one_lives_with(pocket: Records) -> None:
    for note in notes(pocket):
        if "Avlastningsopphold:" in note.text:
            who = [word for one in note.record.of("RelatedPerson") for word in _is(one)]
            if "Samboer" in who:
                assert "ktefellen" not in note.text, note.body["id"]


def _is(one: Json) -> list[str]:
    return [word for word in ("Samboer", "Ektefelle") if word in str(one["relationship"])]


def test_skin_is_not_whole_where_a_leg_is_dressed(records: Records) -> None:
    met = 0
    for record in records.values():
        sore = [one for one in record.of("Condition") if one["code"]["text"] == "Venøst leggsår"]
        for one in sore:
            met += 1
            span = one["recordedDate"][:10], one.get("abatementDateTime", "9999")[:10]
            for note in notes({"": record}):
                if span[0] <= note.day.isoformat() < span[1]:
                    text = " ".join(plain(part) for part in note.body["section"])
                    assert not re.search("Hel hud|Heil hud", text), note.body["id"]
    assert met


def test_who_is_hurt_neither_trains_nor_walks_at_the_day_centre(records: Records) -> None:
    met = 0
    for record in records.values():
        broken = [
            on(one["recordedDate"])
            for one in record.of("Condition")
            if one["code"]["text"] in ("Brudd i ankel", "Brudd i bekken", "Lårhalsbrudd")
        ]
        for note in notes({"": record}):
            if any(timedelta(1) < note.day - day < timedelta(days=40) for day in broken):
                met += 1
                assert not re.search("Deltok i sang og lett trim|gikk selv etterpå", note.text), note.body[
                    "id"
                ]
    assert met


def test_who_moves_to_a_nursing_home_from_the_ward_is_not_sent_home(records: Records) -> None:
    for record in records.values():
        homes = [
            one["period"]["start"][:10]
            for one in record.of("Encounter")
            if "sykehjem" in one["serviceProvider"]["reference"] and one["class"]["code"] == "IMP"
        ]
        for message in told(record, "L5"):
            if message["sent"][:10] in homes:
                text = message["payload"][0]["contentString"]
                assert not re.search("hjemmet|Reist hjem|Hjemme igjen", text), message["id"]


def test_who_has_dementia_is_not_told_to_be_clear(records: Records) -> None:
    met = 0
    for record in records.values():
        since = [
            one["onsetDateTime"]
            for one in record.of("Condition")
            if re.search("[Dd]emens|Alzheimer", one["code"]["text"])
        ]
        for message in told(record, "I1"):
            if since and since[0] <= message["sent"][:10]:
                met += 1
                assert not re.search("klar|beskjed selv", message["payload"][0]["contentString"]), message[
                    "id"
                ]
    assert met


def test_nobody_slim_comes_to_lose_weight(life: Lives) -> None:
    told = {"Vil ned i vekt": 0, "Vil bli mer": 0}
    for seed in range(40):
        one = life(date(1970, 1, 1), Sex.FEMALE, seed=str(seed))
        day = date(2022, 3, 1)
        mass = one.body.weight(day) / (one.body.height(day) / 100) ** 2
        therapy.is_coached(one, day, BACK)
        said = str([body for body in bodies(one) if body["resourceType"] == "Composition"])
        told["Vil ned i vekt" if mass >= therapy.SLIM else "Vil bli mer"] += 1
        assert ("Vil ned i vekt" in said) == (mass >= therapy.SLIM)
    assert all(told.values())


def test_nobody_begins_in_the_group_who_is_with_child_or_has_nurses_or_dies_soon(life: Lives) -> None:
    day = date(2022, 3, 1)
    expects, dies = life(date(1990, 1, 1), Sex.FEMALE), life(date(1950, 1, 1), died=date(2022, 6, 20))
    expects.pregnancies.append((date(2022, 4, 1), date(2022, 12, 1)))
    dies.dying_since = date(2022, 5, 20)
    helped = life(date(1940, 1, 1))
    helped.decline.helped_at_home.append((date(2021, 1, 1), date.max, True))
    for one in (expects, dies, helped):
        therapy.is_coached(one, day, OVERWEIGHT)
        assert not [body for body in bodies(one) if body["resourceType"] == "Composition"]


def test_of_children_only_those_speak_who_may_have_some(life: Lives) -> None:
    young = life(date(2000, 1, 1), died=date(2022, 6, 20))
    assert not any("arna" in one for one in last_days._said_of(young, (*last_days._OTHERS, *last_days._LAST)))
    old = life(date(1940, 1, 1), died=date(2022, 6, 20))
    old.decline = Decline(Dementia(date(2012, 1, 1), 20, 2))
    assert not any("Snakket om" in one for one in last_days._said_of(old, last_days._OTHERS))


def test_who_cannot_ask_does_not_say_what_is_wanted(life: Lives) -> None:
    day = date(2026, 11, 20)
    old, small, grown = life(date(1940, 1, 1)), life(date(2024, 1, 1)), life(date(1980, 1, 1))
    old.decline = Decline(Dementia(date(2018, 1, 1), 20, 2))
    for one, asks in ((old, False), (small, False), (grown, True)):
        assert any("Sier fra" in text for text in _cared_for(one, day)) == asks
