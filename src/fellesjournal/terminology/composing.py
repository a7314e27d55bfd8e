"""What a value set asks for, code system by code system (FHIR R4, valueset.html#compose).

Value sets that are imported are resolved here. Of code systems only the names are needed, so that rules on
one under its URL and its OID meet; the codes are drawn when they are asked for.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any as Anything
from weakref import WeakKeyDictionary

from fellesjournal.errors import Issue, NotFound, Unprocessable
from fellesjournal.terminology import codesystem, mentions
from fellesjournal.terminology.conditions import (
    EVERYTHING,
    Active,
    Codes,
    Condition,
    Filter,
    Not,
    both,
    either,
    of_filter,
)
from fellesjournal.terminology.library import Kept, Library
from fellesjournal.terminology.mentions import Found, Mention, Place
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.releases import Names
from fellesjournal.terminology.system import System

Tree = dict[str, Anything]

KEPT = 500
"""Value sets whose composition is kept ready."""
_IMPLICIT = "?fhir_vs"
_OID = "urn:oid:"
"""Norway's code lists have one OID, by which no-basis names the list as code system and as value set."""


@dataclass(frozen=True, slots=True)
class Part:
    """The codes of one code system in a value set, by its URL; `version` is "" when it names none."""

    url: str
    version: str
    condition: Condition
    own: dict[str, Concept] = field(default_factory=dict)
    """The codes that the value set lists, with the displays and designations that it gives them."""

    @property
    def listed(self) -> bool:
        """Whether every code that this may have is listed, so that its code system is not needed."""
        return isinstance(self.condition, Codes)

    def meets(self, other: "Part") -> bool:
        """Whether both may have the same codes."""
        return self.url == other.url and (
            self.version == other.version or "" in (self.version, other.version)
        )


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A value set, understood. `sources` are the resources that it was made from, by the `names` of then."""

    tree: Tree
    parts: Parts
    sources: tuple[tuple[str, Kept], ...] = ()
    names: Names = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    held: WeakKeyDictionary[System, dict[Place, Found]] = field(default_factory=WeakKeyDictionary)


class Composing:
    """Understands value sets and keeps those of the library ready for as long as none of them changes."""

    def __init__(self, library: Library, names: Callable[[], Awaitable[Names]]) -> None:
        self._library = library
        self._names = names
        self._ready: OrderedDict[tuple[str, str, date], Composed] = OrderedDict()

    async def named(self, url: str, version: str, day: date) -> Composed:
        """The value set with a URL, "url|version" too. Raises NotFound, and Unprocessable as `of` does."""
        name, names = (url, version, day), await self._names()
        ready = self._ready.get(name)
        if ready is None or ready.names is not names or not await self._is_current(ready):
            run = _Run(self._library, names, day)
            kept = await run.find(url, version)
            parts = await run.parts(kept.tree, (url.partition("|")[0],))
            ready = Composed(kept.tree, parts, tuple(run.sources.items()), names, tuple(run.mentions))
        self._ready[name] = ready
        self._ready.move_to_end(name)
        if len(self._ready) > KEPT:
            self._ready.popitem(last=False)
        return ready

    async def of(self, tree: Tree, day: date) -> Composed:
        """The value set that a resource is. Raises NotFound for an import that is not here, Unprocessable
        for value sets that import one another in a circle.
        """
        run = _Run(self._library, await self._names(), day)
        parts = await run.parts(tree, (tree.get("url", "this value set"),))
        return Composed(tree, parts, mentions=tuple(run.mentions))

    async def _is_current(self, ready: Composed) -> bool:
        for canonical, kept in ready.sources:
            url, _, version = canonical.partition("|")
            now = await self._library.find("ValueSet", url, version)
            if (("", "") if now is None else (now.key, now.version)) != (kept.key, kept.version):
                return False
        return True


class _Run:
    """One composition: what has been read for it."""

    def __init__(self, library: Library, names: Names, day: date) -> None:
        self._library = library
        self._names = names
        self._day = day
        self._parts: dict[str, Parts] = {}
        self.sources: dict[str, Kept] = {}
        self.mentions: list[Mention] = []

    async def find(self, url: str, version: str = "") -> Kept:
        """The value set, or the one that a code system implies, by its OID too if no ValueSet has that."""
        url, _, named = url.partition("|")
        if _IMPLICIT in url:
            return Kept("", "", _implicit(url, version or named))
        kept = await self._library.find("ValueSet", url, version or named)
        if kept is None and url.startswith(_OID):
            kept = Kept("", "", _implicit(f"{url}{_IMPLICIT}", version or named))
        if kept is None:
            which = f"{url}|{version or named}".rstrip("|")
            raise NotFound(f"The value set {which} is not known here: store it as a ValueSet.")
        self.sources[f"{url}|{version or named}"] = kept
        return kept

    async def parts(self, tree: Tree, path: tuple[str, ...]) -> Parts:
        """The parts of a value set; `path` are the value sets that led to it, itself last."""
        compose = tree.get("compose")
        if compose is None:
            return self._expanded(tree)
        included: Parts = ()
        for place, rule in enumerate(compose.get("include", ())):
            included = _union(included, await self._rule(rule, f"include[{place}]", path))
        excluded: Parts = ()
        for place, rule in enumerate(compose.get("exclude", ())):
            excluded = _union(excluded, await self._rule(rule, f"exclude[{place}]", path))
        if compose.get("inactive") is False:
            included = tuple(_narrowed(one, Active(self._day)) for one in included)
        return tuple(_without(one, excluded) for one in included)

    async def _rule(self, rule: Tree, where: str, path: tuple[str, ...]) -> Parts:
        where = f"ValueSet.compose.{where}"
        parts = [await self._imported(url, where, path) for url in rule.get("valueSet", ())]
        if "system" in rule:
            parts.insert(0, (self._of_system(rule, where, path[-1]),))
        if not parts:
            raise Unprocessable(Issue("required", "A rule names a system or a value set, or both.", where))
        found = parts[0]
        for other in parts[1:]:
            found = _intersection(found, other)
        return found

    def _of_system(self, rule: Tree, where: str, value_set: str) -> Part:
        name, _, version = rule["system"].partition("|")
        url, version = self._url(name), rule.get("version", version)
        self.mentions += mentions.of_rule(rule, value_set, url, version, where)
        if "concept" in rule:
            own = codesystem.listed(rule)
            return Part(url, version, Codes(tuple(own)), own)
        condition: Condition = EVERYTHING
        for place, one in enumerate(rule.get("filter", ())):
            asked = Filter(one["property"], one["op"], one["value"], f"{where}.filter[{place}]")
            condition = both(condition, of_filter(asked, self._day))
        return Part(url, version, condition)

    async def _imported(self, canonical: str, where: str, path: tuple[str, ...]) -> Parts:
        url = canonical.partition("|")[0]
        if url in path:
            circle = " imports ".join([*path[path.index(url) :], url])
            raise Unprocessable(Issue("business-rule", f"Value sets go in a circle: {circle}.", where))
        if canonical not in self._parts:
            kept = await self.find(canonical)
            self._parts[canonical] = await self.parts(kept.tree, (*path, url))
        return self._parts[canonical]

    def _expanded(self, tree: Tree) -> Parts:
        """A value set without rules is what its expansion lists."""
        if "expansion" not in tree:
            text = "The value set has neither rules (compose) nor a list of codes (expansion)."
            raise Unprocessable(Issue("required", text, "ValueSet.compose"))
        found: dict[tuple[str, str], dict[str, Concept]] = {}
        waiting = list(reversed(tree["expansion"].get("contains", ())))
        while waiting:
            one = waiting.pop()
            waiting += reversed(one.get("contains", ()))
            if "code" in one and "system" in one:
                found.setdefault((self._url(one["system"]), one.get("version", "")), {}).update(
                    codesystem.listed({"concept": [one]})
                )
        return tuple(Part(url, version, Codes(tuple(own)), own) for (url, version), own in found.items())

    def _url(self, name: str) -> str:
        return self._names.get(name, (name,))[0]


def _implicit(url: str, version: str) -> Tree:
    """The value set that a code system implies: all its codes, or those at and below one
    (FHIR R4, snomedct.html#implicit; understood for every code system). Its version is the code system's.
    """
    system, _, asked = url.partition(_IMPLICIT)
    rule: Tree = {"system": system}
    if version:
        rule["version"] = version
    if asked.startswith("=isa/"):
        rule["filter"] = [{"property": "concept", "op": "is-a", "value": asked.removeprefix("=isa/")}]
    elif asked:
        raise NotFound(
            f"Of the implicit value sets ?fhir_vs and ?fhir_vs=isa/[code] are known, not '{asked}'."
        )
    return {"resourceType": "ValueSet", "url": url, "status": "active", "compose": {"include": [rule]}}


def _union(some: Parts, more: Parts) -> Parts:
    """The codes of both, each once: parts of the same code system and version become one."""
    found = list(some)
    for part in more:
        place = next((n for n, o in enumerate(found) if (o.url, o.version) == (part.url, part.version)), None)
        if place is None:
            found.append(part)
        else:
            one = found[place]
            joined = either(one.condition, part.condition)
            found[place] = Part(part.url, part.version, joined, part.own | one.own)
    return tuple(found)


def _intersection(some: Parts, others: Parts) -> Parts:
    found: Parts = ()
    for one in some:
        for other in others:
            if one.meets(other):
                condition = both(one.condition, other.condition)
                part = Part(one.url, one.version or other.version, condition, other.own | one.own)
                found = _union(found, (part,))
    return found


def _without(part: Part, excluded: Iterable[Part]) -> Part:
    for other in excluded:
        if not part.meets(other):
            continue
        if isinstance(part.condition, Codes) and isinstance(other.condition, Codes):
            unwanted = frozenset(other.condition.codes)
            left = tuple(code for code in part.condition.codes if code not in unwanted)
            part = Part(part.url, part.version, Codes(left), part.own)
        else:
            part = _narrowed(part, Not(other.condition))
    return part


def _narrowed(part: Part, condition: Condition) -> Part:
    return Part(part.url, part.version, both(part.condition, condition), part.own)
