"""Forms that others have made: every type of item, Helsenorge's own files, value sets, files, languages."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from fellesjournal.documentation.mending import mended
from fellesjournal.documentation.templates import ANSWERS, ENABLED
from portal.conftest import Home, Visitor
from portal.filling import answer, begin, form, hidden, picked, question, send, through
from workplace.people import ADA
from world import staff

Json = dict[str, Any]
WARD = f"Organization/{staff.WARD}"
CODES = "https://koder.example/farger"
CHOICES = [{"valueCoding": {"system": CODES, "code": one, "display": one.title()}} for one in ("rod", "gul")]
NAMES = "%resource.item.where(linkId = 'navn').answer.value"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40
LARGE = PICTURE + b"0" * (4 * 1024 * 1024)

TYPED: dict[str, tuple[Json, dict[str, str], Json]] = {
    "boolean": ({}, {"": "true"}, {"valueBoolean": True}),
    "decimal": ({}, {"": "1,5"}, {"valueDecimal": 1.5}),
    "integer": ({}, {"": "7"}, {"valueInteger": 7}),
    "date": ({}, {"": "2026-11-01"}, {"valueDate": "2026-11-01"}),
    "dateTime": ({}, {"": "2026-11-01T08:30"}, {"valueDateTime": "2026-11-01T08:30:00+01:00"}),
    "time": ({}, {"": "08:30"}, {"valueTime": "08:30:00"}),
    "string": ({}, {"": "Æsj"}, {"valueString": "Æsj"}),
    "text": ({}, {"": "To\nlinjer"}, {"valueString": "To\nlinjer"}),
    "url": ({}, {"": "https://a.example"}, {"valueUri": "https://a.example"}),
    "quantity": ({}, {"": "3"}, {"valueQuantity": {"value": 3}}),
    "choice": ({"answerOption": CHOICES}, {"": "gul"}, CHOICES[1]),
    "open-choice": ({"answerOption": CHOICES}, {"annet/": "Lilla"}, {"valueString": "Lilla"}),
    "reference": (
        {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-referenceResource",
                    "valueCode": "Condition",
                }
            ]
        },
        {"": "Condition/ada-pneumonia"},
        {"valueReference": {"reference": "Condition/ada-pneumonia", "display": "Pneumoni 20.11.2026"}},
    ),
}


async def test_every_type_of_item_is_answered_and_stored(home: Home) -> None:
    items = [question(f"{name}/1:a", name, **more) for name, (more, _, _) in TYPED.items()]
    await home.office.put(form("slag", *items))
    steps = [
        {f"{before}{name}%2F1%3Aa:0": text for before, text in fields.items()}
        for name, (_, fields, _) in TYPED.items()
    ]
    async with home.visitor(ADA) as visitor:
        assert await through(visitor, "slag", steps) == "/skjema/slag/svar"
        sent = await send(visitor, "slag", WARD)
        assert sent.status_code == 303, sent.text
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    stored = {one["linkId"].partition("/")[0]: one["answer"] for one in response["item"]}
    assert stored == {name: [made] for name, (_, _, made) in TYPED.items()}


async def test_several_of_an_open_choice_and_words_beside(home: Home) -> None:
    item = question("farger", "open-choice", answerOption=CHOICES, repeats=True)
    await home.office.put(form("apen", item))
    async with home.visitor(ADA) as visitor:
        at = await begin(visitor, "apen")
        led = await answer(visitor, at, {"kryss/farger:rod": "ja", "annet/farger": "Turkis"})
        assert led.status_code == 303
        page = await visitor.get(at)
        assert 'value="Turkis"' in page.text
        await send(visitor, "apen", WARD)
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    assert response["item"][0]["answer"] == [CHOICES[0], {"valueString": "Turkis"}]


async def test_codes_of_a_small_value_set_are_listed_and_others_refused(home: Home) -> None:
    url = "https://koder.example/ValueSet/farger"
    concepts = [{"code": one, "display": one.title()} for one in ("rod", "gul", "bla")]
    codes: Json = {"resourceType": "CodeSystem", "id": "farger", "url": CODES, "status": "active"}
    codes |= {"version": "1", "content": "complete", "concept": concepts, "name": "Farger"}
    chosen: Json = {
        "resourceType": "ValueSet",
        "id": "farger",
        "url": url,
        "status": "active",
        "version": "1",
    }
    chosen |= {"compose": {"include": [{"system": CODES}]}}
    item = question("farge", "choice", answerValueSet=url, required=True)
    await home.office.put(codes, chosen, form("verdier", item))
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        at = await begin(visitor, "verdier")
        assert "Gul" in (await visitor.get(at)).text
        forged = await answer(visitor, at, {"farge:0": "svart"})
        assert forged.status_code == 422
        assert (await answer(visitor, at, {"farge:0": "gul"})).status_code == 303
        await send(visitor, "verdier", WARD)
        [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
        read = await worker.get(f"/innbygger/{ADA}/svar/{response['id']}")
    assert "Gul" in read.text
    assert response["item"][0]["answer"][0]["valueCoding"] == {"system": CODES, **concepts[1]}


async def test_codes_of_a_large_value_set_are_found_by_words(home: Home) -> None:
    url = "https://koder.example/ValueSet/byer"
    concepts = [{"code": f"by{one}", "display": f"Granby {one}"} for one in range(60)]
    system = "https://koder.example/byer"
    codes: Json = {"resourceType": "CodeSystem", "id": "byer", "url": system, "status": "active"}
    codes |= {"version": "1", "content": "complete", "concept": concepts, "name": "Byer"}
    chosen: Json = {"resourceType": "ValueSet", "id": "byer", "url": url, "status": "active", "version": "1"}
    chosen |= {"compose": {"include": [{"system": system}]}}
    await home.office.put(codes, chosen, form("by", question("by", "choice", answerValueSet=url)))
    async with home.visitor(ADA) as visitor:
        at = await begin(visitor, "by")
        found = await answer(visitor, at, {"by:0": "granby 41"}, "sok")
        assert "Granby 41" in found.text
        forged = {"funn/by:0": f"Granby 41 [{system}|by999]"}
        assert (await answer(visitor, at, forged)).status_code == 303
        assert (await send(visitor, "by", WARD)).status_code == 422
        picked = {"funn/by:0": f"Granby 41 [{system}|by41]"}
        assert (await answer(visitor, at, picked)).status_code == 303
        assert (await send(visitor, "by", WARD)).status_code == 303
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    assert response["item"][0]["answer"][0]["valueCoding"]["code"] == "by41"


async def test_a_file_is_taken_by_what_is_in_it_and_becomes_a_document(home: Home) -> None:
    await home.office.put(form("fil", question("bilde", "attachment", required=True)))
    async with home.visitor(ADA) as visitor:
        at = await begin(visitor, "fil")
        for name, content, told in (
            ("virus.png", b"MZ\x90", "Filen må være PDF, JPEG eller PNG."),
            ("stort.png", PICTURE + b"0" * (5 * 1024 * 1024), "Filen er for stor."),
        ):
            fields = hidden((await visitor.get(at)).text) | {"gjor": "neste"}
            refused = await visitor.browser.post(
                f"/min{at}", data=fields, files={"fil/bilde:0": (name, content)}
            )
            assert refused.status_code == 422
            assert told in refused.text
        fields = hidden((await visitor.get(at)).text) | {"gjor": "neste"}
        await visitor.browser.post(f"/min{at}", data=fields, files={"fil/bilde:0": ("kne.png", LARGE)})
        assert "kne.png" in (await visitor.get(at)).text
        assert (await send(visitor, "fil", WARD)).status_code == 303
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    file = response["item"][0]["answer"][0]["valueAttachment"]
    assert (file["contentType"], file["title"]) == ("image/png", "kne.png")
    async with home.office.worker("varm-lyngmo") as worker:
        place = f"/innbygger/{ADA}/svar/{response['id']}"
        assert "Dokument" in (await worker.get(place)).text
        await worker.send(place, {"valg/bilde:0": "ja"})
    documents = await home.office.asked(f"DocumentReference?patient={ADA}")
    assert [one["description"] for one in documents] == ["kne.png"]


async def test_limits_of_a_form_are_told_with_its_own_words(home: Home) -> None:
    hl7 = "http://hl7.org/fhir/StructureDefinition/"
    pattern = [
        {"url": hl7 + "regex", "valueString": "^([a-z]+\\s?)*$"},
        {"url": "http://ehelse.no/fhir/StructureDefinition/validationtext", "valueString": "Bare bokstaver."},
    ]
    numbers = [{"url": hl7 + "minValue", "valueInteger": 2}, {"url": hl7 + "maxValue", "valueDecimal": 9.5}]
    await home.office.put(
        form(
            "grenser",
            question("ord", extension=pattern),
            question("tall", "decimal", extension=numbers),
            question("kort", maxLength=3),
        )
    )
    async with home.visitor(ADA) as visitor:
        at = await begin(visitor, "grenser")
        slow = await answer(visitor, at, {"ord:0": "a" * 4_000 + "!"})
        assert "Bare bokstaver." in slow.text
        at = (await answer(visitor, at, {"ord:0": "abc"})).headers["location"].removeprefix("/min")
        assert "ikke være under 2" in (await answer(visitor, at, {"tall:0": "1"})).text
        assert "ikke være over 9,5" in (await answer(visitor, at, {"tall:0": "10"})).text
        at = (await answer(visitor, at, {"tall:0": "3"})).headers["location"].removeprefix("/min")
        assert "ikke mer enn 3 tegn" in (await answer(visitor, at, {"kort:0": "fire"})).text


def helsenorge(shared_data: Path, name: str) -> Json:
    """A form of Helsenorge's, offered to everybody; skipped where there is none here."""
    path = shared_data / "norway" / "questionnaires" / name
    if not path.exists():
        pytest.skip("Helsenorge's forms are not here")
    read: Json = json.loads(path.read_text("utf-8"))
    return read


async def test_a_long_form_of_helsenorges_is_filled_in_and_sent_in_every_language(
    home: Home, shared_data: Path
) -> None:
    bundle = helsenorge(shared_data, "structor/HSO_pakjenning-v2.0.7.json")
    await home.office.put(*(mended(one["resource"], citizens=True).questionnaire for one in bundle["entry"]))
    for language, expected in {"nb": "250", "nn": "251", "en": "252"}.items():
        async with home.visitor(ADA, language) as visitor:
            listed = await visitor.get("/skjema")
            [key] = re.findall(r'href="/min/skjema/(25\d)"', listed.text)
            assert key == expected
            at = await to_the_end(visitor, key)
            assert "Blid Fjellrype" in (await visitor.get(at)).text
            assert (await send(visitor, key, WARD)).status_code == 303
    sent = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    chosen = [one["item"][0]["item"][1]["answer"][0]["valueReference"]["reference"] for one in sent]
    assert chosen == ["Endpoint/4"] * 3
    async with home.office.worker("varm-lyngmo") as worker:
        for one in sent:
            read = await worker.get(f"/innbygger/{ADA}/svar/{one['id']}")
            assert "Akershus universitetssykehus HF" in read.text


async def to_the_end(visitor: Visitor, key: str) -> str:
    """Answer whatever is asked: the address where one looks over it."""
    at, seen = await begin(visitor, key), 0
    while not at.endswith("/svar"):
        seen += 1
        assert seen < 20, at
        led = await answer(visitor, at, picked((await visitor.get(at)).text))
        assert led.status_code == 303, led.text
        at = led.headers["location"].removeprefix("/min")
    return at


async def test_helsenorges_examples_are_shown_step_by_step(home: Home, shared_data: Path) -> None:
    names = ("all-item-types", "enable-when", "fhirpath-score", "group-grid", "section-score", "stepview")
    found = {
        name: mended(helsenorge(shared_data, f"refero/{name}.json") | {"id": name}, citizens=True)
        for name in names
    }
    await home.office.put(*(one.questionnaire for one in found.values()))
    async with home.visitor(ADA) as visitor:
        for name, one in found.items():
            await begin(visitor, name)
            for number in range(1, len(one.questionnaire["item"]) + 1):
                page = await visitor.get(f"/skjema/{name}/{number}")
                assert page.status_code == 200, (name, number)
                assert page.text.count("<h1") == 1


async def test_a_form_that_asks_by_expressions_is_filled_in_and_says_how_long_it_is_kept(home: Home) -> None:
    names = question("navn", repeats=True)
    chosen = {"url": ANSWERS, "valueExpression": {"language": "text/fhirpath", "expression": NAMES}}
    asked = {
        "url": ENABLED,
        "valueExpression": {"language": "text/fhirpath", "expression": f"{NAMES}.count() > 1"},
    }
    which = question("hvem", "choice", extension=[asked, chosen])
    await home.office.put(form("uttrykk", question("om"), names, which))
    async with home.visitor(ADA) as visitor:
        assert "blir slettet 60 dager etter" in (await visitor.get("/skjema/uttrykk")).text
        at = await through(visitor, "uttrykk", [{"om:0": "Familien"}, {"navn:0": "Per"}])
        assert at.endswith("/svar"), "one name is nothing to choose among"
        begun = await visitor.get("/skjema")
        assert "Slettes" in begun.text
        await answer(visitor, "/skjema/uttrykk/2?flere=navn:0", {"navn:0": "Per", "navn:1": "Kari"})
        step = await visitor.get("/skjema/uttrykk/3")
        assert "Kari" in step.text
        refused = await answer(visitor, "/skjema/uttrykk/3", {"hvem:0": "Ola"})
        assert refused.status_code == 422
        await answer(visitor, "/skjema/uttrykk/3", {"hvem:0": "Kari"})
        assert (await send(visitor, "uttrykk", WARD)).status_code == 303
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    assert response["item"][-1] == {"linkId": "hvem", "text": "Om hvem?", "answer": [{"valueString": "Kari"}]}
