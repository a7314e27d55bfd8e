"""Every type of item that SDC's forms have (R4 item-type), from a stored template to the record and back."""

from typing import Any

import pytest

from fellesjournal.documentation.editing import TYPES
from fellesjournal.documentation.templates import template
from workplace.conftest import Office
from workplace.people import ADA

CHART = f"/innbygger/{ADA}"
OPTIONS = ["Rød", "Grønn"]
ICD10 = "http://hl7.org/fhir/sid/icd-10-no?fhir_vs"
TYPED: dict[str, tuple[str, dict[str, Any]]] = {
    "string": ("Æ 😀", {"valueString": "Æ 😀"}),
    "text": ("En\nto", {"valueString": "En\nto"}),
    "integer": ("20", {"valueInteger": 20}),
    "decimal": ("36,5", {"valueDecimal": 36.5}),
    "quantity": ("50", {"valueQuantity": {"value": 50, "unit": "kg", "code": "kg",
                                          "system": "http://unitsofmeasure.org"}}),
    "boolean": ("true", {"valueBoolean": True}),
    "date": ("2026-11-20", {"valueDate": "2026-11-20"}),
    "dateTime": ("2026-11-20T08:30", {"valueDateTime": "2026-11-20T08:30:00+01:00"}),
    "time": ("08:30", {"valueTime": "08:30:00"}),
    "url": ("https://example.org/x", {"valueUri": "https://example.org/x"}),
    "attachment": ("bilde.png", {"valueAttachment": {"title": "bilde.png"}}),
    "reference": (
        "Pneumoni [Condition/ada-pneumonia]",
        {"valueReference": {"reference": "Condition/ada-pneumonia", "display": "Pneumoni"}},
    ),
    "choice": ("gronn", {"valueCoding": {"code": "gronn", "display": "Grønn",
                                         "system": "https://fellesjournal.no/fhir/CodeSystem/notat-svar"}}),
    "open-choice": ("noe annet", {"valueString": "noe annet"}),
}  # fmt: skip
SAID: dict[str, dict[str, Any]] = {
    "quantity": {"unit": "kg"},
    "reference": {"refers": ["Condition"]},
    "choice": {"options": OPTIONS},
    "open-choice": {"options": OPTIONS},
}


def test_every_type_that_is_answered_is_tried_here() -> None:
    assert set(TYPES) == {*TYPED, "group", "display"}


@pytest.mark.parametrize("repeats", [False, True])
async def test_every_type_is_written_stored_and_opened_again(office: Office, repeats: bool) -> None:
    items = [{"id": name, "text": name, "type": name} | SAID.get(name, {}) for name in TYPED]
    items.append({"id": "sagt", "text": "Bare sagt", "type": "display"})
    group = {"id": "alt", "text": "Alt", "items": items, "repeats": repeats}
    made = template({"id": "alle-slag", "title": "Alle slag", "kind": "B02-2", "item": [group]})
    await office.put(made.questionnaire)
    rows = 2 if repeats else 1
    fields = {f"alt:{row}/{name}:0": text for row in range(rows) for name, (text, _) in TYPED.items()}
    async with office.worker("ivrig-steinroys") as doctor:
        assert "Alle slag" in (await doctor.get(f"{CHART}/notat")).text
        form = await doctor.get(f"{CHART}/notat/alle-slag")
        assert "Bare sagt" in form.text
        signed = await doctor.send(f"{CHART}/notat/alle-slag", fields)
        assert signed.status_code == 200, signed.text
        note = signed.text.partition("/signert/")[2].partition('"')[0]
        [response] = await office.asked(f"QuestionnaireResponse?patient={ADA}")
        assert len(response["item"]) == rows
        for one in response["item"]:
            answers = {item["linkId"]: item["answer"][0] for item in one["item"]}
            assert answers == {name: answer for name, (_, answer) in TYPED.items()}
        assert (await doctor.get(f"{CHART}/signert/{note}")).status_code == 200
        again = await doctor.send(f"{CHART}/notat/alle-slag?retter={note}", {"fritekst:0": "Rettet."})
        assert again.status_code == 200, again.text
    [after] = await office.asked(f"QuestionnaireResponse?patient={ADA}")
    assert after["item"][:rows] == response["item"]
