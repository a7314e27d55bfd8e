"""A CodeSystem resource says of its concepts all that R4 has; a fragment is known to be one."""

from typing import Any

import asyncpg
import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology import codesystem
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.release import Concept, Property, Release
from fellesjournal.terminology.terminology import Terminology
from terminology.conftest import Expand, codes, manner
from terminology.filling import fill
from terminology.shelf import Shelf

URL = "http://example.no/own"
TREE: dict[str, Any] = {
    "resourceType": "CodeSystem",
    "url": URL,
    "content": "complete",
    "caseSensitive": False,
    "property": [
        {"code": "grouping", "uri": "http://hl7.org/fhir/concept-properties#notSelectable"},
        {"code": "made-of"},
    ],
    "concept": [
        {
            "code": "All",
            "display": "Everything",
            "property": [
                {"code": "grouping", "valueBoolean": True},
                {"code": "child", "valueCode": "b"},
                {"code": "made-of", "valueCoding": {"system": "http://x", "code": "y"}},
                {"code": "weight", "valueDecimal": 1.5},
            ],
            "concept": [{"code": "a", "property": [{"code": "inactive", "valueBoolean": True}]}],
        },
        {"code": "b", "definition": "Bee"},
    ],
}


def including(url: str, **rule: Any) -> dict[str, Any]:
    return {"resourceType": "ValueSet", "compose": {"include": [{"system": url, **rule}]}}


def test_concepts_are_read_with_hierarchy_status_and_properties() -> None:
    found = codesystem.concepts(TREE)
    assert (found["a"].parents, found["b"].parents) == (("All",), ("All",))
    assert (found["All"].abstract, found["a"].active, found["b"].definition) == (True, False, "Bee")
    assert Property("made-of", "Coding", "http://x|y") in found["All"].properties
    assert Property("weight", "decimal", "1.5") in found["All"].properties
    assert found["a"].display == "a"


async def test_a_resource_answers_as_a_release_does(
    terminology: Terminology, expand: Expand, shelf: Shelf
) -> None:
    shelf.put(TREE)
    assert codes(await expand(including(URL), for_ui=True)) == ["a", "b"]
    assert codes(await expand(including(URL), active_only=True)) == ["All", "b"]
    named = [{"property": "display", "op": "=", "value": "Everything"}]
    assert codes(await expand(including(URL, filter=named))) == ["All"]
    [found, refused] = await terminology.validate([Coded("ALL", URL), Coded("none", URL)], manner())
    assert (found.result, refused.result) == (True, False)
    assert await terminology.subsumes(await terminology.system(URL), "a", "b") == "not-subsumed"
    assert await terminology.memberships.load_hierarchies([URL]) == []
    assert terminology.memberships.subsumes(URL, "All", "b") is True


async def test_of_a_fragment_listed_codes_are_taken_on_trust(expand: Expand, shelf: Shelf) -> None:
    shelf.put(TREE | {"content": "fragment"})
    listed = including(URL, concept=[{"code": "b"}, {"code": "elsewhere", "display": "Not here"}])
    found = await expand(listed)
    assert [one["display"] for one in found["contains"]] == ["b", "Not here"]
    shelf.put(TREE)
    with pytest.raises(Unprocessable, match="lists the code 'elsewhere', which is not in"):
        await expand(listed)


async def test_a_circle_in_the_tables_is_told_and_does_not_hang(
    terminology: Terminology, expand: Expand, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fellesjournal.terminology.releases.EVERY", 0.0)
    url = "http://example.no/circle"
    await fill(pool, Release(url, "1", "C", "C", [Concept("a", "A", ("b",)), Concept("b", "B", ("a",))]))
    assert codes(await expand(including(url))) == ["a", "b"]
    with pytest.raises(Unprocessable, match="goes in a circle: a below b below a"):
        await expand(including(url), nested=True)
    assert await terminology.memberships.load_hierarchies([url]) == []
    assert terminology.memberships.subsumes(url, "a", "b") is True
