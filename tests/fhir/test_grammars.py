"""Codes that are judged by a rule of writing: media types, language tags, units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.grammars import GRAMMARS, LANGUAGES, MEDIA_TYPES, is_language, is_media_type, is_unit

TYPES = (
    "application/pdf",
    "text/plain;charset=utf-8",
    "text/plain; charset=utf-8",
    'multipart/related; boundary="a b;c"',
    "application/fhir+json; fhirVersion=4.0",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/*",
    "image/svg+xml",
)
NO_TYPES = (
    "",
    "pdf",
    "application/",
    "/pdf",
    "application//pdf",
    "application/pdf/a",
    "application /pdf",
    "text/plain;",
    "text/plain; charset",
    "text/plain; charset=a b",
    "tekst/æøå",
    "application/pdf\n",
)

TAGS = (
    *("nb", "nn-NO", "se", "zh-Hant-TW", "sr-Latn", "de-1996", "de-CH-1901", "sl-rozaj-biske-1994"),
    *("es-419", "en-US-u-ca-gregory", "x-husets", "en-x-husets", "zh-cmn-Hans-CN", "i-klingon", "EN-gb"),
    *("sgn-BE-FR", "art-lojban"),
)
NO_TAGS = (
    *("", "n", "norskbokmål", "nb_NO", "nb-", "-nb", "nb--NO", "klingonish", "a-DE", "de-419-DE", "nb NO"),
    *("ar-a-", "en-u", "x", "nb\n"),
)


@pytest.mark.parametrize("text", TYPES)
def test_a_media_type_is_a_type_and_a_subtype_with_parameters_perhaps(text: str) -> None:
    assert is_media_type(text)


@pytest.mark.parametrize("text", NO_TYPES)
def test_another_word_is_no_media_type(text: str) -> None:
    assert not is_media_type(text)


@pytest.mark.parametrize("text", TAGS)
def test_a_language_tag_is_put_together_of_subtags_in_their_order(text: str) -> None:
    assert is_language(text)


@pytest.mark.parametrize("text", NO_TAGS)
def test_another_word_is_no_language_tag(text: str) -> None:
    assert not is_language(text)


@given(st.from_regex(r"[a-z]{2,3}", fullmatch=True), st.from_regex(r"[A-Z]{2}|[0-9]{3}", fullmatch=True))
def test_a_language_and_a_region_together_are_one_in_any_case(language: str, region: str) -> None:
    tag = f"{language}-{region}"
    assert is_language(tag)
    assert is_language(tag.upper())
    assert not is_language(tag.replace("-", "_"))


@given(st.text(max_size=20))
def test_what_has_no_slash_is_no_media_type(text: str) -> None:
    assert not is_media_type(text.replace("/", ""))


def test_units_are_ucums() -> None:
    assert is_unit("mmol/L")
    assert not is_unit("tableskjeer")


def test_a_grammar_says_what_it_asks_and_is_found_by_every_name() -> None:
    assert GRAMMARS["urn:oid:2.16.840.1.113883.6.8"] is GRAMMARS["http://unitsofmeasure.org"]
    said = GRAMMARS[MEDIA_TYPES].refusal("pdf")
    assert said.startswith(
        "'pdf' is none of the media types (BCP 13). A media type is written as type/subtype"
    )
    assert "nn-NO" in GRAMMARS[LANGUAGES].refusal("norsk bokmål")
