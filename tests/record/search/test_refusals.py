"""Searches that cannot be answered are refused with what to write instead; nothing is left out silently."""

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.record.record import Record
from record.conftest import EVERYONE


@pytest.mark.parametrize(
    ("type_name", "name", "value", "told"),
    [
        ("Patient", "brithdate", "1980", "Did you mean 'birthdate'?"),
        ("Patient", "name:exat", "x", "Did you mean 'exact'?"),
        ("Patient", "birthdate:exact", "1980", "Unknown modifier 'exact' of the date parameter"),
        ("Patient", "birthdate", "1980-13", "There is no date '1980-13': its month, day or time"),
        ("Patient", "birthdate", "xx1980", "is not a prefix"),
        ("Patient", "name", "", "has no value"),
        ("Patient", "gender:missing", "yes", "is true or false"),
        ("Patient", "name.family", "x", "only references can be chained"),
        ("Patient", "_count", "-1", "whole number"),
        ("Patient", "_total", "all", "Unknown value 'all'"),
        ("Patient", "_sort", "brithdate", "Did you mean 'birthdate'?"),
        ("Patient", "_include", "Patient", "Type:parameter"),
        ("Patient", "_include", "Patient:name", "Unknown reference parameter 'name'"),
        ("Patient", "_include:itrate", "Patient:organization", "Did you mean 'iterate'?"),
        ("Patient", "_has:Obs:patient:code", "x", "Unknown resource type 'Obs'"),
        ("Patient", "_has:Observation:code:status", "x", "is not a reference"),
        ("Patient", "_contained", "true", "_contained is not supported"),
        ("Patient", "general-practitioner", "Patientt/1", "no resource type"),
        ("Observation", "value-quantity", "5.4|mg", "number|system|code"),
        ("Observation", "value-quantity", "five", "is not a number"),
        ("Observation", "code-value-quantity", "8480-6", "is written code$value-quantity"),
        ("Observation", "subject:Practitioner", "1", "never to Practitioner"),
        ("Observation", "code:in", "http://example.org/unknown", "is not known here"),
        ("Observation", "code:below", "8480-6", "code:below: it needs a code system"),
        ("Location", "near", "63.4|10.4|5|km", "not supported"),
    ],
)
async def test_a_search_that_makes_no_sense_says_why(
    record: Record, type_name: str, name: str, value: str, told: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        await record.search(type_name, [(name, value)], scope=EVERYONE)
    assert told in str(refusal.value)


async def test_a_lenient_search_leaves_out_what_it_does_not_understand_and_says_so(record: Record) -> None:
    asked = [("brithdate", "1980"), ("gender", "female"), ("name:exat", "x"), ("_total", "all")]
    page = await record.search("Patient", asked, scope=EVERYONE, lenient=True)
    assert page.asked == [("gender", "female")]
    assert len(page.ignored) == 3
    assert "Did you mean 'birthdate'?" in page.ignored[1].diagnostics


async def test_the_same_control_parameter_with_two_values_is_refused(record: Record) -> None:
    with pytest.raises(Invalid, match="_count is given twice"):
        await record.search("Patient", [("_count", "1"), ("_count", "2")], scope=EVERYONE)
