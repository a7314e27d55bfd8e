"""Every official example is found by each value of each of its own search parameters.

What the values are is asked of the general FHIRPath evaluator and the parameter's own expression, which the
extraction by compiled paths shares nothing with but the parser.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path as File
from typing import Any

import msgspec
import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Item, Path
from fellesjournal.fhir.search.compile import ParametersByType
from fellesjournal.fhir.search.entries import IndexEntries
from fellesjournal.fhir.search.extraction import Extractor
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.search.terms import hash64
from fhir.search import reading

PACKAGE = File(__file__).parents[3] / "node_modules" / "hl7.fhir.r4.examples"
SHARDS = 8


def examples(shard: int) -> Iterator[tuple[str, dict[str, Any]]]:
    decode = msgspec.json.Decoder(float_hook=Decimal).decode
    files = sorted(file for file in PACKAGE.glob("*.json") if file.name != "package.json")
    for file in files[shard::SHARDS]:
        yield file.name, decode(file.read_bytes())


@pytest.mark.parametrize("shard", range(SHARDS))
def test_each_example_is_found_by_its_own_values(
    shard: int, extractor: Extractor, parameters: ParametersByType, definitions: Definitions
) -> None:
    expressions = {p["url"]: p.get("expression", "") for p in definitions.search_parameters}
    lost = []
    for name, tree in examples(shard):
        entries = extractor.extract(tree)
        entries.terms = set(entries.terms)  # type: ignore[assignment]  # looked up thousands of times
        for parameter in parameters[tree["resourceType"]].values():
            if not parameter.sources or parameter.code in ("_id", "_lastUpdated"):
                continue
            items = Path(_own(expressions[parameter.url])).evaluate(tree, definitions)
            lost += [
                (name, parameter.code, item.value)
                for item in items
                if not _is_found(item, parameter, entries, definitions)
            ]
    assert lost == []


def _own(expression: str) -> str:
    """R4 misspells one type."""
    return expression.replace("as DateTime", "as dateTime")


def _is_found(
    item: Item, parameter: SearchParameter, entries: IndexEntries, definitions: Definitions
) -> bool:
    if item.value is None:
        return True
    if item.type == "Extension":
        inner = Path("value").evaluate({"resourceType": "Basic"}, definitions, focus=item)
        return all(_is_found(one, parameter, entries, definitions) for one in inner)
    if not _is_readable(item, parameter):
        return True
    if not reading.is_present(entries, parameter):
        return False
    match parameter.kind:
        case "token":
            return all(reading.has_token(entries, parameter, value) for value in _tokens(item))
        case "reference" | "uri":
            return all(reading.has_value(entries, parameter, value) for value in _addresses(item))
        case "string":
            exact = {row.exact for row in reading.strings(entries, parameter)}
            return all(hash64(text) in exact for text in _texts(item.value))
        case "date":
            found = {(row.low, row.high) for row in reading.dates(entries, parameter)}
            return all(bounds in found for bounds in _moments(item))
        case "number" | "quantity":
            return all(
                any(row.low <= number <= row.high for row in reading.numbers(entries, parameter))
                for number in _numbers(item)
            )
    return False


def _is_readable(item: Item, parameter: SearchParameter) -> bool:
    computed = item.type.startswith("System.")
    return computed or any(item.type in source.codes for source in parameter.sources)


def _tokens(item: Item) -> Iterator[str]:
    def escape(text: str) -> str:
        return text.replace("\\", "\\\\").replace("|", "\\|")

    value = item.value
    if not isinstance(value, dict):
        yield str(value).lower() if isinstance(value, bool) else escape(value)
        return
    for one in value.get("coding", [value]):
        code = one.get("code", one.get("value"))
        if code is not None:
            yield escape(code)
            yield f"{escape(one.get('system', ''))}|{escape(code)}"
        elif "system" in one:
            yield f"{escape(one['system'])}|"


def _addresses(item: Item) -> Iterator[str]:
    value = item.value
    if isinstance(value, str):
        yield value
        yield value.partition("|")[0] if item.type == "canonical" else value
    elif "resourceType" in value:
        yield f"{value['resourceType']}/{value['id']}"
    elif not value.get("reference", "#").startswith("#"):
        yield value["reference"]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    parts = ("text", "family", "given", "prefix", "suffix", "line", "city", "state", "postalCode", "country")
    for part in parts:
        found = value.get(part, [])
        yield from [found] if isinstance(found, str) else (one for one in found if one is not None)


def _moments(item: Item) -> Iterator[tuple[int, int]]:
    value = item.value
    if isinstance(value, str):
        try:
            yield date_bounds(value)
        except Invalid:
            return
    elif item.type == "Period":
        low = date_bounds(value["start"])[0] if "start" in value else -(2**62)
        yield low, date_bounds(value["end"])[1] if "end" in value else 2**62


def _numbers(item: Item) -> Iterator[float]:
    value = item.value
    if isinstance(value, dict):
        for one in (value, value.get("low", {}), value.get("high", {})):
            if "value" in one and "comparator" not in one:
                yield float(one["value"])
    else:
        yield float(value)
