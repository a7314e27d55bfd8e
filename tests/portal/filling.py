"""Filling in forms in tests, as a browser without scripts does: fetch a step, send what it has with the
answers."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx

from portal.conftest import Visitor

Json = dict[str, Any]
_FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')


def hidden(html: str) -> dict[str, str]:
    """The fields of a page that nobody sees."""
    return {unescape(name): unescape(value) for name, value in _FIELD.findall(html)}


class _Controls(HTMLParser):
    """Picks something at every question that is not written: the first of what is chosen among."""

    def __init__(self) -> None:
        super().__init__()
        self.picked: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        name, value = known.get("name", ""), known.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and value:
            self.picked.setdefault(self._select, value)
        elif tag == "input" and known.get("type") in ("radio", "checkbox") and name != "sikker":
            self.picked.setdefault(name, value)


def picked(html: str) -> dict[str, str]:
    """An answer to everything on a page that is chosen or ticked."""
    reading = _Controls()
    reading.feed(html)
    return reading.picked


async def answer(
    visitor: Visitor, path: str, fields: dict[str, str] | None = None, act: str = "neste", **more: str
) -> httpx.Response:
    """Answer a step and press a button; the answer of the server, not followed."""
    page = await visitor.get(path)
    assert page.status_code == 200, f"{path}: {page.status_code} {page.headers.get('location')}"
    sent = hidden(page.text) | {"gjor": act} | (fields or {}) | more
    return await visitor.browser.post(f"/min{path}", data=sent)


async def begin(visitor: Visitor, form: str, base: str = "", act: str = "videre") -> str:
    """Begin a form, or go on with it: the address of the step that comes."""
    led = await answer(visitor, f"{base}/skjema/{form}", act=act)
    assert led.status_code == 303, led.text
    return led.headers["location"].removeprefix("/min")


async def through(visitor: Visitor, form: str, steps: list[dict[str, str]], base: str = "") -> str:
    """Answer one step after the other; the address that the last one leads to."""
    at = await begin(visitor, form, base)
    for fields in steps:
        led = await answer(visitor, at, fields)
        assert led.status_code == 303, (at, re.findall(r'class="fault"[^<]*<|<li><a href="#f[^<]*', led.text))
        at = led.headers["location"].removeprefix("/min")
    return at


async def send(visitor: Visitor, form: str, to: str = "", base: str = "") -> httpx.Response:
    """Send what was answered."""
    return await answer(visitor, f"{base}/skjema/{form}/svar", {"til": to} if to else {})


def question(link: str, type_: str = "string", **more: Any) -> Json:
    """An item of a form."""
    return {"linkId": link, "type": type_, "text": f"Om {link}?", **more}


def form(id: str, *items: Json, **more: Any) -> Json:
    """A form that citizens send by themselves."""
    user = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "user"}
    return {
        "resourceType": "Questionnaire",
        "id": id,
        "url": f"https://skjema.example/{id}",
        "version": "1",
        "name": id,
        "title": f"Skjema {id}",
        "status": "active",
        "subjectType": ["Patient"],
        "useContext": [{"code": user, "valueCodeableConcept": {"text": "innbygger"}}],
        "item": list(items),
        **more,
    }
