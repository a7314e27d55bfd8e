"""From SearchParameter resources to what is indexed and searched (FHIR R4, searchparameter.html)."""

from collections.abc import Iterable, Iterator
from typing import Any

from fellesjournal.errors import Invalid, Unprocessable
from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.path import Path, parse
from fellesjournal.fhir.path.syntax import Binary, Call, Constant, Expression, TypeTest
from fellesjournal.fhir.path.syntax import Member as Name
from fellesjournal.fhir.search.chains import Chain, branches, chain, first_type, start
from fellesjournal.fhir.search.kinds import readable
from fellesjournal.fhir.search.parameters import SearchParameter, Source

ParametersByType = dict[str, dict[str, SearchParameter]]

_SPECIAL_VALUES = frozenset({"http://terminology.hl7.org/CodeSystem/special-values"})
"""The system of true and false (FHIR R4, search.html#token)."""
_WITHOUT_EXPRESSION = frozenset({"_text", "_content", "_query", "_filter"})
_ABSTRACT = ("Resource", "DomainResource")


def compile_parameters(
    search_parameters: Iterable[dict[str, Any]], definitions: Definitions
) -> ParametersByType:
    """The parameters of each resource type by code; those of Resource and DomainResource are in every type.

    Left out are the drafts among R4's own that say neither what they belong to nor what they read.
    Parameters without sources are no element's: _text, _content, and the special ones (near, _filter).
    """
    known = {resource["url"]: resource for resource in search_parameters}
    found: ParametersByType = {name: {} for name in definitions.resource_types}
    for resource in known.values():
        if resource.get("base") and ("expression" in resource or resource["code"] in _WITHOUT_EXPRESSION):
            for parameter in _Compiler(resource, known, definitions).parameters():
                found[parameter.base][parameter.code] = parameter
    return found


def compile_parameter(resource: dict[str, Any], definitions: Definitions) -> list[SearchParameter]:
    """A SearchParameter posted at run time, once for each type it belongs to.

    `resource` has passed validation. Raises Unprocessable, with what to mend, when the expression is no
    FHIRPath, names no element, or gives values that a parameter of its type cannot hold.
    """
    known = {definition["url"]: definition for definition in definitions.search_parameters}
    if not resource.get("expression"):
        raise Unprocessable("A SearchParameter is searched by its expression, and this one has none.")
    if resource["type"] == "special":
        raise Unprocessable("A SearchParameter of type special means something only to who defined it.")
    found = list(_Compiler(resource, known, definitions).parameters())
    for parameter in found:
        if not parameter.sources and not parameter.components:
            raise Unprocessable(
                f"The expression '{resource['expression']}' reads nothing of {parameter.base}, "
                f"which the search parameter '{parameter.code}' says it belongs to."
            )
    return found


class _Compiler:
    def __init__(
        self, resource: dict[str, Any], known: dict[str, dict[str, Any]], definitions: Definitions
    ) -> None:
        self._resource = resource
        self._known = known
        self._definitions = definitions
        self._kind: str = resource["type"]
        try:
            text = resource.get("expression")
            self._branches = list(branches(parse(text))) if text else []
        except Invalid as fault:
            raise self._refusal(str(fault)) from None

    def parameters(self) -> Iterator[SearchParameter]:
        for base in self._resource["base"]:
            if base in _ABSTRACT:
                for name in self._definitions.resource_types:
                    if self._definitions.is_a(name, base):
                        yield self._parameter(name)
            elif self._definitions.is_resource_type(base):
                yield self._parameter(base)
            else:
                raise self._refusal(f"there is no resource type '{base}'.")

    def _parameter(self, resource_type: str) -> SearchParameter:
        groups = self._groups(resource_type) if self._kind == "composite" else []
        return SearchParameter(
            code=self._resource["code"],
            kind=self._kind,
            base=resource_type,
            url=self._resource["url"],
            sources=() if self._kind in ("composite", "special") else self._sources(resource_type),
            targets=tuple(self._resource.get("target", ())),
            components=tuple(self._component(part, groups) for part in self._resource.get("component", ()))
            if groups
            else (),
            group=" | ".join(map(str, groups)),
        )

    # Sources

    def _sources(self, resource_type: str) -> tuple[Source, ...]:
        found: list[Source] = []
        for branch in self._branches_of(resource_type):
            begin = start(resource_type, first_type(branch) or resource_type)
            found += self._sources_of(branch, begin, self._kind)
        return tuple(dict.fromkeys(found))

    def _branches_of(self, resource_type: str) -> Iterator[Expression]:
        for branch in self._branches:
            named = first_type(branch)
            if not named or self._definitions.is_a(resource_type, named):
                yield branch

    def _sources_of(self, branch: Expression, begin: Chain, kind: str) -> list[Source]:
        found = self._chain(branch, begin)
        if found is None:
            return [self._other(branch, kind)]
        if [member.type for member in found.members] == ["Extension"]:
            found = self._chain(Name(None, "value"), found) or found
        members = [m for m in found.members if readable(kind, m.type, self._definitions)]
        if not members:
            types = ", ".join(member.type for member in found.members) or "resource"
            raise self._refusal(f"{found} is of type {types}, which a {kind} parameter cannot read.")
        return [
            Source(
                path=str(found),
                kind=kind,
                target=found.target,
                codes=frozenset(member.type for member in members),
                systems=self._implied_systems(members),
            )
        ]

    def _chain(self, branch: Expression, begin: Chain) -> Chain | None:
        try:
            return chain(branch, begin, self._definitions)
        except Invalid as fault:
            raise self._refusal(f"{fault}.") from None

    def _other(self, branch: Expression, kind: str) -> Source:
        """A source of another form keeps its whole text as its path."""
        text = self._resource["expression"] if len(self._branches) == 1 else ""
        if not text:
            raise self._refusal("a union of other forms than simple paths cannot be indexed.")
        try:
            Path(text)
        except Invalid as fault:
            raise self._refusal(str(fault)) from None
        codes = _types_given(branch)
        return Source(
            text, kind, codes=codes, systems=_SPECIAL_VALUES if codes == {"boolean"} else frozenset()
        )

    def _implied_systems(self, members: list[Member]) -> frozenset[str]:
        found: set[str] = set()
        for member in members:
            if member.type == "boolean":
                found.update(_SPECIAL_VALUES)
            elif member.type == "code" and member.element.strength == "required":
                found.update(_systems_of(member.element.value_set, self._definitions))
        return frozenset(found)

    # Composites

    def _groups(self, resource_type: str) -> list[Chain]:
        found = [
            self._chain(branch, start(resource_type, resource_type))
            for branch in self._branches_of(resource_type)
        ]
        if None in found:
            raise self._refusal("a composite's expression must be the plain path of an element.")
        return [group for group in found if group is not None]

    def _component(self, part: dict[str, Any], groups: list[Chain]) -> SearchParameter:
        definition = self._definition_of(part, groups)
        return SearchParameter(
            code=definition["code"],
            kind=definition["type"],
            base=groups[0].root,
            url=definition["url"],
            sources=self._component_sources(part, groups, definition["type"]),
            targets=tuple(definition.get("target", ())),
        )

    def _definition_of(self, part: dict[str, Any], groups: list[Chain]) -> dict[str, Any]:
        """The parameter that a part is; R4 has the two parts of DocumentReference.relationship swapped."""
        urls = [each["definition"].partition("|")[0] for each in (part, *self._resource["component"])]
        missing = [url for url in urls if url not in self._known]
        if missing:
            raise self._refusal(f"the component {missing[0]} is not known here.")
        refusals = []
        for url in urls:
            definition = self._known[url]
            try:
                self._component_sources(part, groups, definition["type"])
            except Unprocessable as refusal:
                refusals.append(refusal)
            else:
                return definition
        raise refusals[0]

    def _component_sources(self, part: dict[str, Any], groups: list[Chain], kind: str) -> tuple[Source, ...]:
        try:
            parts = list(branches(parse(part["expression"])))
        except Invalid as fault:
            raise self._refusal(str(fault)) from None
        found: list[Source] = []
        for branch in parts:
            for group in groups:
                begin = Chain(group.root, below=group.root) if _from_resource(branch) else group
                found += self._sources_of(branch, begin, kind)
        if any(not _is_direct(source.path, groups) for source in found if not _from_resource(parts[0])):
            raise self._refusal(
                f"its part '{part['expression']}' must be an element directly in {groups[0]}."
            )
        return tuple(dict.fromkeys(found))

    def _refusal(self, why: str) -> Unprocessable:
        return Unprocessable(f"The search parameter '{self._resource['code']}' cannot be used: {why}")


def _systems_of(value_set: str, definitions: Definitions) -> set[str]:
    """The code systems that a value set draws on, itself or through others."""
    found: set[str] = set()
    waiting, seen = [value_set], {value_set}
    while waiting:
        known = definitions.value_set(waiting.pop())
        for rule in known.include if known else ():
            found.update([rule.system] if rule.system else [])
            waiting += [url for url in rule.value_sets if url not in seen]
            seen.update(rule.value_sets)
    return found


def _from_resource(expression: Expression) -> bool:
    """Does it begin with %resource?"""
    match expression:
        case Constant(name="resource"):
            return True
        case Name(of=of) | Call(of=of) if of is not None:
            return _from_resource(of)
    return False


def _is_direct(path: str, groups: list[Chain]) -> bool:
    return any(path.rpartition(".")[0] == str(group) for group in groups)


def _types_given(expression: Expression) -> frozenset[str]:
    """The types that an expression of another form gives, as far as its form tells."""
    match expression:
        case Call(name="ofType" | "as", arguments=(Name(name=name),)) | TypeTest(operator="as", type=name):
            return frozenset({name})
        case Call(name="exists" | "empty" | "not" | "hasExtension" | "all") | TypeTest(operator="is"):
            return frozenset({"boolean"})
        case Binary(operator="and" | "or" | "xor" | "implies" | "=" | "!=" | "<" | ">" | "<=" | ">="):
            return frozenset({"boolean"})
    return frozenset()
