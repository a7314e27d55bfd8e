"""Which search parameters there are: those of R4, and those posted here."""

from collections.abc import Iterable
from difflib import get_close_matches

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import SearchParameter, Source

ParametersByType = dict[str, dict[str, SearchParameter]]


class Registry:
    """The search parameters of each resource type, by code.

    `own` are R4's. Those posted wait, indexed by but not searched by, until all that is stored is indexed.
    """

    def __init__(self, own: ParametersByType) -> None:
        self.own = own
        self._by_type = own
        self._waiting: ParametersByType = {}

    def install(self, added: Iterable[SearchParameter], waiting: Iterable[SearchParameter] = ()) -> None:
        """Make exactly these posted parameters count beside those of R4, or wait."""
        self._by_type = _with(self.own, added)
        self._waiting = _with({}, waiting)

    @property
    def by_type(self) -> ParametersByType:
        """The parameters that can be searched by, R4's and the site's."""
        return self._by_type

    @property
    def indexed_by(self) -> ParametersByType:
        """The parameters that resources are indexed by: also those that wait."""
        return _with(self._by_type, (p for found in self._waiting.values() for p in found.values()))

    def of(self, resource_type: str) -> dict[str, SearchParameter]:
        """The parameters of one type, by code."""
        return self._by_type.get(resource_type, {})

    def find(self, resource_types: Iterable[str], code: str) -> dict[str, SearchParameter]:
        """The parameter `code` of each type.

        Raises Invalid, with the nearest name, when one of the types does not have it, and when it waits.
        """
        found = {}
        for name in resource_types:
            parameter = self.of(name).get(code)
            if parameter is None:
                self.require_indexed(name, code)
                served = [known for known, p in self.of(name).items() if p.kind != "special"]
                raise Invalid(unknown("search parameter", code, served, f" of {name}"))
            found[name] = parameter
        return found

    def require_indexed(self, resource_type: str, code: str) -> None:
        """Raise Invalid, with what to do about it, when the parameter waits."""
        waiting = self._waiting.get(resource_type, {}).get(code)
        if waiting is not None:
            raise Invalid(
                f"The search parameter '{code}' of {resource_type} is new here: resources that were stored "
                f"before it came are not indexed by it yet. Run POST [base]/$reindex?parameter={waiting.url} "
                "and search again."
            )

    def references(self, resource_type: str) -> dict[str, SearchParameter]:
        """The parameters of one type that hold references."""
        return {code: p for code, p in self.of(resource_type).items() if p.kind == "reference"}


def _with(known: ParametersByType, added: Iterable[SearchParameter]) -> ParametersByType:
    by_type = {name: dict(found) for name, found in known.items()}
    for parameter in added:
        by_type.setdefault(parameter.base, {})[parameter.code] = parameter
    return by_type


def sources(parameters: dict[str, SearchParameter]) -> list[Source]:
    """The element paths that the same parameter reads in each type, each once."""
    return list(dict.fromkeys(source for parameter in parameters.values() for source in parameter.sources))


def targets(parameters: dict[str, SearchParameter]) -> tuple[str, ...]:
    """The resource types that the same reference parameter may point to; empty for any."""
    found: dict[str, None] = {}
    for parameter in parameters.values():
        narrowed = [source.target for source in parameter.sources]
        found.update(dict.fromkeys(narrowed if narrowed and all(narrowed) else parameter.targets))
    return tuple(found)


def unknown(what: str, name: str, known: Iterable[str], where: str = "") -> str:
    """ "Unknown search parameter 'brithdate' of Patient. Did you mean 'birthdate'?"."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    hint = f" Did you mean '{near[0]}'?" if near else f" Known here: {', '.join(names)}." if names else ""
    return f"Unknown {what} '{name}'{where}.{hint}"
