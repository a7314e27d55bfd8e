"""Code systems that are a rule of writing answer by their rule, and cannot be listed."""

import pytest

from fellesjournal.errors import NotFound, Unprocessable
from fellesjournal.fhir.grammars import LANGUAGES, MEDIA_TYPES
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.terminology import Terminology
from terminology.conftest import Expand, codes, manner, value_set_of
from terminology.shelf import Shelf

MIMETYPES = "http://hl7.org/fhir/ValueSet/mimetypes"
PDF, WORD = Coded("application/pdf", MEDIA_TYPES), Coded("pdf", MEDIA_TYPES)


async def test_a_code_that_keeps_the_rule_is_one_of_the_system(terminology: Terminology) -> None:
    nynorsk, strange = Coded("nn-NO", LANGUAGES), Coded("norsk bokmål", LANGUAGES)
    verdicts = await terminology.validate([PDF, WORD, nynorsk, strange], manner())
    assert [(one.result, one.unknown_system) for one in verdicts] == [
        (True, ""),
        (False, ""),
        (True, ""),
        (False, ""),
    ]
    assert verdicts[1].message.startswith("'pdf' is none of the media types (BCP 13). A media type is")
    assert (await terminology.lookup(PDF, manner())).concept.display == "application/pdf"
    with pytest.raises(NotFound, match="is none of the media types"):
        await terminology.lookup(WORD, manner())


async def test_a_value_set_of_the_whole_system_has_every_such_code(terminology: Terminology) -> None:
    composed = await terminology.value_set(MIMETYPES)
    bare = [Coded("text/plain; charset=utf-8"), Coded("pdf")]
    verdicts = await terminology.validate_among(composed, bare, manner(), infer=True)
    assert [one.result for one in verdicts] == [True, False]
    assert verdicts[1].message.startswith(f"The code pdf is not in {MIMETYPES}. A media type is written as")


async def test_it_cannot_be_listed_but_those_that_a_value_set_lists_can(expand: Expand) -> None:
    with pytest.raises(Unprocessable) as refused:
        await expand(value_set_of([{"system": MEDIA_TYPES}]))
    assert refused.value.issues[0].code == "too-costly"
    listed = [{"system": MEDIA_TYPES, "concept": [{"code": "image/png"}, {"code": "image/jpeg"}]}]
    assert codes(await expand(value_set_of(listed))) == ["image/png", "image/jpeg"]
    assert codes(await expand(value_set_of(listed), text="png")) == ["image/png"]


async def test_a_remark_is_made_on_a_code_that_breaks_the_rule_alone(terminology: Terminology) -> None:
    said = await terminology.remarks([PDF, WORD])
    assert [(one.code, remark.severity) for one, remark in said.items()] == [("pdf", "warning")]


async def test_a_system_that_somebody_has_stored_answers_itself(
    terminology: Terminology, shelf: Shelf
) -> None:
    shelf.put(
        {
            "resourceType": "CodeSystem",
            "url": LANGUAGES,
            "status": "active",
            "content": "complete",
            "concept": [{"code": "nb", "display": "bokmål"}],
        }
    )
    verdicts = await terminology.validate([Coded("nb", LANGUAGES), Coded("nn", LANGUAGES)], manner())
    assert [one.result for one in verdicts] == [True, False]


async def test_such_a_value_set_is_not_at_fault_for_being_endless(
    terminology: Terminology, shelf: Shelf
) -> None:
    shelf.put(value_set_of([{"system": MEDIA_TYPES}], "http://example.no/kinds"))
    assert await terminology.memberships.load(["http://example.no/kinds"], manner()) != []
    why = terminology.memberships.unjudged("http://example.no/kinds")
    assert "cannot be listed" in why.why
    assert not why.faulty
