"""Narratives: well-formed, harmless, not empty."""

import gc
from collections.abc import Callable
from typing import Any

import pytest

from fhir.validation.conftest import Faults
from fhir.validation.samples import narrated, patient

Words = Callable[[dict[str, Any]], str]


def div(inner: str, more: str = "") -> str:
    return f'<div xmlns="http://www.w3.org/1999/xhtml"{more}>{inner}</div>'


@pytest.mark.parametrize(
    "xhtml",
    [
        div("Per"),
        div("<p>a</p><table><tbody><tr><td colspan='2' class=\"x\">b</td></tr></tbody></table>"),
        div("<a href='https://example.org/?a=1&amp;b=2'>x</a>"),
        div("<a name='x'/><img src='#picture' alt='x'/>"),
        div("<img src='data:image/png;base64,AA=='/>"),
        div("bl&aring;b&aelig;r&nbsp;&lt;&#229;&#xe5;"),
        div("x<!-- a comment -->"),
        div("<span style='color: red'>x</span>", " xml:lang='nb' lang='nb'"),
        div("<![CDATA[x < y]]>"),
    ],
)
def test_sound(faults: Faults, xhtml: str) -> None:
    assert faults(narrated(xhtml)) == []


@pytest.mark.parametrize(
    ("xhtml", "said"),
    [
        ("", "not well-formed"),
        ("Per", "not well-formed"),
        (div("<p>"), "mismatched tag"),
        (div("a & b"), "not well-formed"),
        (div("x") * 2, "junk after document element"),
        ("<div>x</div>", 'must have xmlns="http://www.w3.org/1999/xhtml"'),
        ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "one <div>"),
        (div("<script>alert(1)</script>"), "<script> is not allowed"),
        (div("x<form/>"), "<form> is not allowed"),
        (div("<p onclick='x()'>x</p>"), "onclick is not allowed"),
        (div("<a href='javascript:x()'>x</a>"), "no active content"),
        (div("<a href=' JavaScript:x()'>x</a>"), "no active content"),
        (div("<a href='java&#10;script:x()'>x</a>"), "no active content"),
        (div("<a href='data:text/html,x'>x</a>"), "no active content"),
        (div("<span style='background:url(javascript:x)'>x</span>"), "no active content"),
        (div("<a href='javascript&colon;x()'>x</a>"), "not named entities"),
        (div(""), "must have some text"),
        (div(" \n <p> </p>"), "must have some text"),
        (div("&nothing;"), "&nothing; is not known"),
        ("<!DOCTYPE div [<!ENTITY a 'x'>]>" + div("&a;"), "<!DOCTYPE"),
        ('<?xml version="1.0"?>' + div("x"), "<?xml"),
        (div("x<?php echo 1 ?>"), "declaration"),
        (7, "a string of XHTML"),
    ],
)
def test_faulty(faults: Faults, words: Words, xhtml: Any, said: str) -> None:
    assert [expression for expression, _ in faults(narrated(xhtml))] == ["Patient.text.div"]
    assert said in words(narrated(xhtml))


def test_entities_that_multiply_are_stopped(faults: Faults) -> None:
    lols = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<!DOCTYPE div [<!ENTITY l0 'lol'>{lols}]>" + div("&l11;")
    assert faults(narrated(bomb)) == [("Patient.text.div", "structure")]


def test_the_same_fault_is_told_once(faults: Faults) -> None:
    assert len(faults(narrated(div("x<b onclick='a'/><b onclick='b'/><i onclick='c'/>")))) == 1


def test_a_narrative_needs_status_and_div(faults: Faults) -> None:
    found = faults(patient(text={"status": "made-up"}))
    assert found == [("Patient.text.status", "code-invalid"), ("Patient.text.div", "required")]


def test_what_read_a_narrative_is_gone_at_once(faults: Faults) -> None:
    """A parser is some kilobytes: an import would keep thousands until somebody looks for cycles."""
    gc.collect()
    gc.disable()
    try:
        faults(narrated(div("Per")))
        assert [one for one in gc.get_objects() if type(one).__name__ == "_Reader"] == []
    finally:
        gc.enable()
