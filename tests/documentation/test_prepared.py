"""Forms of others made ready: one language, one shape, whatever they were written in; and steps of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation import responses
from fellesjournal.documentation.expressions import Expressions
from fellesjournal.documentation.hindrances import hindrances, unlikely
from fellesjournal.documentation.mending import mended
from fellesjournal.documentation.own_forms import is_offered, own_forms
from fellesjournal.documentation.prepared import plain, prepared
from fellesjournal.documentation.rules import layout
from fellesjournal.documentation.steps import steps
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions

Json = dict[str, Any]
HL7 = "http://hl7.org/fhir/StructureDefinition/"


def item(link: str, type_: str = "string", *inner: Json, **more: Any) -> Json:
    return {"linkId": link, "type": type_, "text": link} | ({"item": list(inner)} if inner else {}) | more


def form(*items: Json, **more: Any) -> Json:
    return {"resourceType": "Questionnaire", "id": "x", "status": "active", "item": list(items), **more}


def control(code: str) -> Json:
    return {"url": HL7 + "questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": code}]}}


@pytest.mark.parametrize("name", sorted(own_forms()))
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_our_own_forms_say_everything_in_every_language(name: str, language: str) -> None:
    made = prepared(own_forms()[name], language)
    assert is_offered(made)
    assert made["title"]
    for one in made["item"]:
        assert one["text"], one["linkId"]
        assert not any("_display" in each["valueCoding"] for each in one.get("answerOption", ()))
    if language == "en":
        assert "å" not in json.dumps(made["item"][0]["text"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (form(item("a", "spill")), "type 'spill'"),
        (form(item("a"), item("a")), "stands twice"),
        (
            form(item("a", enableWhen=[{"question": "b", "operator": "=", "answerInteger": 1}])),
            "depends on 'b'",
        ),
        (
            form(item("a", extension=[{"url": "x/sdf-fhirpath", "valueString": "Patient..name"}])),
            "item 'a'",
        ),
        (form(*(item(str(n)) for n in range(2_001))), "2001 items"),
    ],
)
def test_a_form_that_cannot_be_filled_in_says_why(made: Json, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        prepared(made)


def test_a_form_that_is_too_deep_says_so() -> None:
    made = item("0")
    for depth in range(1, 12):
        made = item(str(depth), "group", made)
    with pytest.raises(Invalid, match="levels deep"):
        prepared(form(made))


def test_helsenorges_ways_are_brought_to_one() -> None:
    made = prepared(
        form(
            item("til", "choice", extension=[
                {"url": "x/sdf-optionReference", "valueReference": {"reference": "Endpoint/4", "id": "z"}}
            ]),
            item("kryss", "choice", extension=[control("check-box")], answerValueSet="#s"),
            item("ja", "boolean"),
            item("hjelp", "text", extension=[control("help")]),
            item("side", "text", extension=[control("sidebar")]),
            item("flere", extension=[{"url": HL7 + "questionnaire-maxOccurs", "valueInteger": 4}]),
            meta={"profile": ["http://ehelse.no/fhir/StructureDefinition/sdf-Questionnaire"]},
            contained=[{"resourceType": "ValueSet", "id": "s", "compose": {"include": [
                {"system": "urn:s", "concept": [{"code": "1", "display": "Ja"}]}
            ]}}],
        )
    )  # fmt: skip
    by = {one["linkId"]: one for one in made["item"]}
    assert by["til"]["answerOption"] == [{"valueReference": {"reference": "Endpoint/4"}}]
    assert by["kryss"]["repeats"] is True
    assert by["kryss"]["answerOption"][0]["valueCoding"]["display"] == "Ja"
    assert by["ja"]["extension"] == [control("check-box")]
    assert by["hjelp"]["type"] == "display"
    assert "side" not in by
    assert by["flere"]["repeats"] is True


@given(st.text(min_size=1, max_size=12))
def test_a_link_id_of_any_signs_comes_back_as_it_was(link: str) -> None:
    made = prepared(form(item("gruppe", "group", item(link))) if link != "gruppe" else form(item(link)))
    place = next(iter(responses.initial(made)), None)
    nodes = layout(made, {})
    inner = nodes[0].rows[0].inner[0] if link != "gruppe" else nodes[0]
    fields = {inner.rows[0].place: "svar"}
    stored = responses.items_of(layout(made, fields))
    assert place is None
    assert responses.fields_of(made, {"item": stored}) == fields
    last = stored[0]["item"][0] if link != "gruppe" else stored[0]
    assert last["linkId"] == link


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**Viktig** å _lese_", "Viktig å lese"),
        ("Se [Helsenorge](https://helsenorge.no).", "Se Helsenorge."),
        ("# Tittel\nTekst", "Tittel\nTekst"),
        ("snake_case * 2", "snake_case  2"),
    ],
)
def test_markdown_is_read_as_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words


def test_steps_keep_their_numbers_and_take_the_texts_before_them() -> None:
    when = [{"question": "a", "operator": "=", "answerString": "ja"}]
    hidden: Json = {"extension": [{"url": HL7 + "questionnaire-hidden", "valueBoolean": True}]}
    made = prepared(
        form(
            item("sagt", "display"),
            item("a"),
            item("b", enableWhen=when),
            item("skjult", **hidden),
            item("tom", "group", item("inni", **hidden)),
            item("c", "group", item("d")),
            item("slutt", "display"),
        )
    )
    found = {
        text: [
            (one.number, [node.item["linkId"] for node in one.nodes])
            for one in steps(made["item"], layout(made, {"a:0": text}))
        ]
        for text in ("nei", "ja")
    }
    assert found["nei"] == [(2, ["sagt", "a"]), (6, ["c", "slutt"])]
    assert found["ja"] == [(2, ["sagt", "a"]), (3, ["b"]), (6, ["c", "slutt"])]


def test_sums_of_sections_and_of_the_whole_form(definitions: Definitions) -> None:
    def question(link: str) -> Json:
        options = [
            {"valueCoding": {"code": str(n), "extension": [{"url": HL7 + "ordinalValue", "valueDecimal": n}]}}
            for n in range(4)
        ]
        code = [{"system": "http://ehelse.no/scoringFormulas", "code": "QS"}]
        return item(link, "choice", answerOption=options, code=code)

    def total(link: str, kind: str) -> Json:
        return item(link, "quantity", code=[{"system": "http://ehelse.no/scoringFormulas", "code": kind}])

    made = prepared(
        form(
            item("en", "group", question("it's"), question("b"), total("s1", "SS")),
            item("to", "group", question("c"), item("under", "group", question("d")), total("s2", "SS")),
            total("alt", "TS"),
        )
    )
    fields = {"en:0/it's:0": "3", "en:0/b:0": "1", "to:0/c:0": "2", "to:0/under:0/d:0": "2"}
    found = Expressions(definitions).calculated(made, fields)
    assert (found["en:0/s1:0"], found["to:0/s2:0"], found["alt:0"]) == ("4", "4", "8")


def test_an_expression_that_cannot_be_evaluated_leaves_its_field_blank(definitions: Definitions) -> None:
    told = {
        "url": HL7 + "cqf-expression",
        "valueString": "descendants().where(linkId = 'a').answer.value / 2",
    }
    made = prepared(form(item("a"), item("b", "decimal", extension=[told])))
    assert Expressions(definitions).calculated(made, {"a:0": "ord"})["b:0"] == ""


def test_what_is_known_of_the_citizen_stands_in_a_new_form(definitions: Definitions) -> None:
    def known(link: str, type_: str, path: str) -> Json:
        return item(link, type_, extension=[{"url": "x/sdf-fhirpath", "valueString": path}])

    made = prepared(
        form(
            known("navn", "string", "Patient.name.where(use = 'official').family"),
            known("andre", "boolean", "iif(%representative.exists(), true, false)"),
            known("ingen", "string", "RelatedPerson.name.family"),
        )
    )
    patient = {"resourceType": "Patient", "name": [{"use": "official", "family": "Fjellrype"}]}
    found = Expressions(definitions).prefilled(made, {"patient": [patient], "representative": []})
    assert found == {"navn:0": "Fjellrype", "andre:0": "false"}


def test_what_hinders_is_told_once_for_each_place() -> None:
    tick = [control("check-box")]
    made = prepared(
        form(
            item("må", required=True),
            item("enig", "boolean", required=True, extension=tick),
            item("rader", "group", item("inni", required=True), item("fri"), repeats=True),
            item("tall", "integer"),
        )
    )
    fields = {"enig:0": "false", "rader:0/inni:0": "x", "rader:1/inni:0": "", "rader:1/fri:0": ""}
    fields |= {"rader:2/fri:0": "begynt", "tall:0": "1,5"}
    found = {one.place: one.kind for one in hindrances(layout(made, fields))}
    assert found == {
        "må:0": "required",
        "enig:0": "required",
        "rader:2/inni:0": "required",
        "tall:0": "whole",
    }


def test_an_unlikely_value_is_told_with_its_unit() -> None:
    made = prepared(own_forms()["egne-malinger"], "nb")
    fields = {"hva:1": "vekt", "vekt:0": "700,5"}
    assert [(place, said) for place, _, said in unlikely(layout(made, fields))] == [("vekt:0", "700,5 kg")]


@pytest.mark.parametrize("wrong", ["required", "repeats", "readOnly", "maxLength"])
def test_mending_leaves_out_what_a_text_does_not_have(wrong: str) -> None:
    made = mended(form(item("a", "display", **{wrong: 0})))
    assert wrong not in made.questionnaire["item"][0]
    assert wrong in made.changes[0]


def test_mending_a_form_that_is_right_changes_nothing() -> None:
    for one in own_forms().values():
        made = mended(one)
        assert (made.questionnaire, made.changes) == (one, ())


def test_helsenorges_files_are_mended_and_made_ready(shared_data: Path) -> None:
    folder = shared_data / "norway" / "questionnaires"
    files = [*folder.glob("refero/*.json"), *folder.glob("structor/*.json")]
    if not files:
        pytest.skip("Helsenorge's forms are not here")
    for path in files:
        tree = json.loads(path.read_text("utf-8"))
        for one in [entry["resource"] for entry in tree.get("entry", ())] or [tree]:
            made = mended(one).questionnaire
            assert mended(made).changes == (), path.name
            assert len(list(layout(prepared(made, "nb"), {}))) > 0
