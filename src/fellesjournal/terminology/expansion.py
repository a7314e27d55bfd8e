"""Expanding a value set to its codes (FHIR R4, ValueSet $expand)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any as Anything
from typing import NamedTuple
from uuid import uuid4

from fellesjournal.errors import Invalid, Issue, Unprocessable
from fellesjournal.terminology import finding, languages, validity
from fellesjournal.terminology.absence import part
from fellesjournal.terminology.composing import Composed
from fellesjournal.terminology.conditions import Abstract, Active, All, Codes, Named, Not, pieces
from fellesjournal.terminology.drawing import NO_PINS, Drawn, Pins, draw, renamed, resolved
from fellesjournal.terminology.mentions import refuse_absent
from fellesjournal.terminology.nesting import nested
from fellesjournal.terminology.release import Concept, Designation
from fellesjournal.terminology.systems import Systems
from fellesjournal.terminology.words import words

Tree = dict[str, Anything]

MOST = 20_000
"""Codes in one answer; whoever wants more asks for pages."""
MOST_NESTED = 2_000
"""Codes in an answer that shows the hierarchy."""


MOST_WORDS = 20
"""Words in a filter."""

_UNCLOSED = "http://hl7.org/fhir/StructureDefinition/valueset-unclosed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an expansion is wanted: the parameters of $expand. `echoed` are those as they were given."""

    today: date
    day: date | None = None
    text: str = ""
    offset: int = 0
    count: int | None = None
    active_only: bool = False
    nested: bool = False
    for_ui: bool = False
    """Only codes that can be chosen (excludeNotForUI)."""
    languages: tuple[str, ...] = ()
    designations: bool = False
    only_designations: tuple[str, ...] = ()
    """Languages or uses, "system|code"; none: every designation."""
    definition: bool = False
    without: tuple[str, ...] = ()
    """Code systems left out, with or without "|version"."""
    pins: Pins = NO_PINS
    echoed: tuple[Tree, ...] = ()

    @property
    def paged(self) -> bool:
        """Whether a part of the expansion is asked for."""
        return self.count is not None or self.offset > 0

    @property
    def on(self) -> date:
        """The day that counts."""
        return self.day or self.today


async def expand(systems: Systems, composed: Composed, wanted: Wanted) -> Tree:
    """The ValueSet with its expansion. Where a code system is here in part the expansion says so: it has a
    parameter `warning` and is marked as unclosed.

    Raises NotFound for a code system that is not here with its codes, Unprocessable with "too-costly" for
    more than MOST codes at once, and for what is wrong with the value set.
    """
    pins = await resolved(systems, wanted.pins)
    known = await refuse_absent(systems, composed, wanted.day, pins, without=wanted.without)
    asked = replace(composed, parts=tuple(one for one in composed.parts if one.url not in wanted.without))
    drawn = [
        one
        for whole in await draw(systems, asked, wanted.day, wanted.pins)
        if not {whole.part.url, whole.system.about.url, whole.system.about.canonical} & set(wanted.without)
        for one in await _narrowed(whole, wanted)
    ]
    counts = [len(one.order) or await one.system.count(one.condition) for one in drawn]
    total = sum(counts)
    limit = total if wanted.count is None else wanted.count
    if min(limit, total - wanted.offset) > MOST:
        raise Unprocessable(Issue("too-costly", _too_costly(total)))
    contains = await _contains(drawn, counts, wanted, limit)
    in_part = await _in_part(drawn)
    return _written(composed.tree, drawn, wanted, total, Warned(in_part, known), contains)


async def _narrowed(drawn: Drawn, wanted: Wanted) -> list[Drawn]:
    """What is left of a part: with a text first what answers it best, then what else has its words."""
    conditions = [drawn.condition]
    if wanted.active_only:
        conditions.append(Active(wanted.on))
    if wanted.for_ui:
        conditions.append(Not(Abstract()))
    whole = All(tuple(conditions))
    asked = words(wanted.text)
    if len(asked) > MOST_WORDS:
        raise Invalid(f"The filter has {len(asked)} words; at most {MOST_WORDS} are looked for.")
    if not asked:
        return [drawn._replace(condition=piece) for piece in pieces(whole)]
    system = drawn.system
    found = await system.best(wanted.text, wanted.on, active_only=wanted.active_only)
    if found is None:
        return [drawn._replace(condition=All((*whole.of, Named(asked))))]
    inside = await system.among(found, whole)
    best = {code: heard for code, heard in found.items() if code in inside}
    first = drawn._replace(condition=Codes(tuple(best)), order=best)
    if len(found) < finding.MOST:
        return [first]
    return [first, drawn._replace(condition=All((*whole.of, Named(asked), Not(Codes(tuple(best))))))]


def _too_costly(total: int) -> str:
    return (
        f"The value set has {total} codes, and at most {MOST} are given at once: ask for a page with count "
        "and offset, or for fewer with filter."
    )


async def _contains(drawn: list[Drawn], counts: list[int], wanted: Wanted, limit: int) -> list[Tree]:
    if wanted.nested and not wanted.paged and sum(counts) <= MOST_NESTED:
        by_part: dict[int, list[tuple[Concept, Tree]]] = {}
        for one, number in zip(drawn, counts, strict=True):
            concepts = await _page(one, 0, number)
            shown = [(each, _shown(each, one, wanted)) for each in concepts]
            by_part.setdefault(id(one.part), []).extend(shown)
        return [tree for shown in by_part.values() for tree in nested(shown)]
    contains: list[Tree] = []
    offset = wanted.offset
    for one, number in zip(drawn, counts, strict=True):
        left = limit - len(contains)
        if offset < number and left > 0:
            page = await _page(one, offset, left)
            contains += (_shown(concept, one, wanted) for concept in page)
        offset = max(0, offset - number)
    return contains


async def _page(drawn: Drawn, offset: int, limit: int) -> list[Concept]:
    """Concepts of a part in the order that it has of its own, else in that of the source."""
    if not drawn.order:
        return await drawn.system.page(drawn.condition, offset, limit)
    codes = list(drawn.order)[offset : offset + limit]
    concepts = await drawn.system.concepts(codes)
    return [concepts[code] for code in codes]


def _shown(concept: Concept, drawn: Drawn, wanted: Wanted) -> Tree:
    """ValueSet.expansion.contains of one code."""
    about = drawn.system.about
    concept = renamed(concept, drawn.part.own)
    written: Tree = {"system": about.url}
    if concept.abstract:
        written["abstract"] = True
    if not validity.in_use(concept, wanted.on):
        written["inactive"] = True
    if about.version:
        written["version"] = about.version
    written["code"] = concept.code
    written["display"] = languages.display(concept, about.language, wanted.languages)
    if wanted.designations:
        designations = (*concept.designations, *_heard(concept, drawn))
        if shown := [_designation(one) for one in designations if _is_wanted(one, wanted)]:
            written["designation"] = shown
    return written


def _heard(concept: Concept, drawn: Drawn) -> Iterator[Designation]:
    """Why a filter found the code, where none of its texts shows it: the name in our table of synonyms."""
    name = drawn.order.get(concept.code, "")
    texts = {concept.display, *(one.text for one in concept.designations)}
    if name and name.lower() not in {text.lower() for text in texts}:
        yield Designation("nb", "synonym", name)


def _is_wanted(one: Designation, wanted: Wanted) -> bool:
    return not wanted.only_designations or any(
        languages.speaks(one.language, asked.rpartition("|")[2]) or one.use == asked.rpartition("|")[2]
        for asked in wanted.only_designations
    )


def _designation(one: Designation) -> Tree:
    written: Tree = {"language": one.language} if one.language else {}
    if one.use:
        written["use"] = {"code": one.use}
    return written | {"value": one.text}


class Warned(NamedTuple):
    """What is to be known of an expansion: `in_part` are the code systems of which codes may be missing."""

    in_part: list[str]
    others: list[str]


async def _in_part(drawn: list[Drawn]) -> list[str]:
    """What codes may be missing, for each code system that is here in part."""
    systems = {one.system.about.canonical: one.system for one in drawn if not one.whole}
    return [f"Codes may be missing: looked in were {await part(one)}." for one in systems.values()]


def _written(
    tree: Tree, drawn: list[Drawn], wanted: Wanted, total: int, warned: Warned, contains: list[Tree]
) -> Tree:
    left_out = {"expansion", "text", "meta", "contained", "extension"}
    if not wanted.definition:
        left_out |= {"compose"}
    expansion: Tree = {"extension": [{"url": _UNCLOSED, "valueBoolean": True}]} if warned.in_part else {}
    expansion |= {
        "identifier": uuid4().urn,
        "timestamp": wanted.today.isoformat(),
        "total": total,
    }
    if wanted.paged:
        expansion["offset"] = wanted.offset
    used = dict.fromkeys(one.system.about.canonical for one in drawn if one.system.about.version)
    parameters = [*wanted.echoed, *({"name": "version", "valueUri": one} for one in used)]
    parameters += ({"name": "warning", "valueString": one} for one in (*warned.in_part, *warned.others))
    if parameters:
        expansion["parameter"] = parameters
    if contains:
        expansion["contains"] = contains
    whole = {name: value for name, value in tree.items() if name not in left_out}
    return {"resourceType": "ValueSet", "status": "active"} | whole | {"expansion": expansion}
