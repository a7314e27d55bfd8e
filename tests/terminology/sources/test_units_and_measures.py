"""UCUM and LOINC."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.ucum import parse
from fellesjournal.terminology.release import Concept, Designation, Property
from fellesjournal.terminology.sources import loinc, ucum

ESSENCE = b"""<root xmlns="http://unitsofmeasure.org/ucum-essence" version="2.9">
  <prefix Code="k"><name>kilo</name></prefix>
  <base-unit Code="m"><name>meter</name><printSymbol>m</printSymbol><property>length</property></base-unit>
  <unit Code="Cel"><name>degree
     Celsius</name><printSymbol>&#176;<i>C</i></printSymbol></unit>
</root>"""

COMMON = {
    "compose": {
        "include": [{"concept": [{"code": "m", "display": "x"}, {"code": "km", "display": "kilo meter "}]}]
    }
}


def test_units_and_what_fhir_makes_of_them() -> None:
    release = ucum.release(ESSENCE, COMMON, "x")
    assert (release.version, release.content, release.case_sensitive) == ("2.9", "fragment", True)
    assert list(release.concepts) == [
        Concept(
            "m",
            "meter",
            properties=(Property("property", "string", "length"), Property("symbol", "string", "m")),
        ),
        Concept("Cel", "degree Celsius", properties=(Property("symbol", "string", "°C"),)),
        Concept("km", "kilo meter"),
    ]


def test_every_derived_unit_of_fhirs_value_set_can_be_parsed() -> None:
    common = msgspec.json.decode((FHIR_PACKAGE / "ValueSet-ucum-common.json").read_bytes())
    codes = [one.code for one in ucum.release(ESSENCE, common, "x").concepts]
    assert len(codes) > 1_300
    unknown = [code for code in codes if parse(code) is None]
    assert unknown == []


def _json(file: Path) -> Any:
    return msgspec.json.decode(file.read_bytes())


def _vital_signs(*examples: dict[str, Any]) -> Any:
    value_set = {"compose": {"include": [{"concept": [{"code": "8867-4"}, {"code": "1-1"}]}]}}
    return loinc.vital_signs(value_set, examples, "4.0.1", "the package")


def _used(code: str, display: str) -> dict[str, Any]:
    return {"code": {"coding": [{"system": loinc.URL, "code": code, "display": display}]}}


def test_vital_signs_have_the_texts_of_the_examples_and_norwegian_ones() -> None:
    release = _vital_signs(
        _used("8867-4", "Heart rate"), _used("1-1", "Something"), _used("9-9", "No vital sign")
    )
    assert (release.version, release.content, release.language) == (
        "FHIR-4.0.1-vital-signs",
        "fragment",
        "en",
    )
    assert list(release.concepts) == [
        Concept("8867-4", "Heart rate", designations=(Designation("nb", "synonym", "Hjertefrekvens"),)),
        Concept("1-1", "Something"),
    ]


def test_a_vital_sign_without_a_text_is_an_error() -> None:
    with pytest.raises(Unprocessable, match=r"the package: no example has a text for the LOINC code 1-1\."):
        _vital_signs(_used("8867-4", "Heart rate"))


def test_every_vital_sign_of_fhir_has_a_norwegian_text() -> None:
    value_set = _json(FHIR_PACKAGE / "ValueSet-observation-vitalsignresult.json")
    examples = map(_json, sorted(FHIR_PACKAGE.glob("Observation-*.json")))
    concepts = list(loinc.vital_signs(value_set, examples, "4.0.1", "x").concepts)
    assert {one.code for one in concepts} == set(loinc.NORWEGIAN)
    assert all(one.designations for one in concepts)


LOINC = (
    b'"LOINC_NUM","COMPONENT","PROPERTY","STATUS","LONG_COMMON_NAME","SHORTNAME","CONSUMER_NAME","NEW_COLUMN"\n',
    b'"1000-1","Invented","MCnc","ACTIVE","Invented [Mass/volume]","Inv","Invented thing","x"\n',
    b'"1001-9","Gone","","DEPRECATED","","","","x"\n',
)
TREE = (
    b"PATH_TO_ROOT,SEQUENCE,IMMEDIATE_PARENT,CODE,CODE_TEXT\n",
    b",1,,LP1-1,Everything\n",
    b"LP1-1,1,LP1-1,LP2-2,Chemistry\n",
    b"LP1-1.LP2-2,1,LP2-2,1000-1,Invented\n",
    b"LP1-1,2,LP1-1,1000-1,Invented\n",
)


def test_loinc_from_its_table() -> None:
    one, gone = loinc.release(LOINC, "2.99", "Loinc.csv").concepts
    assert one == Concept(
        "1000-1",
        "Invented [Mass/volume]",
        designations=(Designation("en", "short", "Inv"), Designation("en", "consumer", "Invented thing")),
        properties=(
            Property("COMPONENT", "string", "Invented"),
            Property("PROPERTY", "string", "MCnc"),
            Property("STATUS", "string", "ACTIVE"),
        ),
    )
    assert (gone.display, gone.active) == ("Gone", False)


def test_loinc_with_its_groups() -> None:
    hierarchy = loinc.Hierarchy.read(TREE, "tree.csv")
    found = {one.code: one for one in loinc.release(LOINC, "2.99", "Loinc.csv", hierarchy).concepts}
    assert found["1000-1"].parents == ("LP2-2", "LP1-1")
    assert found["LP2-2"] == Concept("LP2-2", "Chemistry", ("LP1-1",), abstract=True)
    assert found["LP1-1"].parents == ()
    assert len(found) == 4


def test_faulty_lines_of_loinc_are_told_of() -> None:
    lines = (*LOINC, b'"","x","","ACTIVE","x","","",""\n', b'"2","","","ACTIVE","","","",""\n')
    with pytest.raises(Unprocessable) as refused:
        list(loinc.release(lines, "2.99", "Loinc.csv").concepts)
    assert [issue.diagnostics for issue in refused.value.issues] == [
        "Loinc.csv, line 4: it has no code.",
        "Loinc.csv, line 5: the code 2 has no text.",
    ]
    with pytest.raises(Unprocessable, match=r"tree\.csv, line 6: it has no code"):
        loinc.Hierarchy.read((*TREE, b",,LP1-1,,x\n"), "tree.csv")
