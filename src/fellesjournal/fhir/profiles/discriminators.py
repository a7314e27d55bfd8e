"""How the values of a sliced element are told apart (FHIR R4, profiling.html#discriminator)."""

import re
from collections.abc import Iterable
from typing import Any

from fellesjournal.fhir.codes import codings, membership
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.profiles.asking import around, asked, has_errors
from fellesjournal.fhir.profiles.items import Item, whole
from fellesjournal.fhir.profiles.resolving import local_of_target, resolved, type_of
from fellesjournal.fhir.profiles.tree import CORE, Node
from fellesjournal.fhir.profiles.values import has_pattern, is_fixed
from fellesjournal.fhir.profiles.workshop import Workshop

_STEP = re.compile(r"""(?P<name>\$?\w+)(?:\((?:['"](?P<text>[^'"]*)['"]|(?P<type>[\w.]*))\))?(?:\.|$)""")


class Discriminator:
    """One discriminator, as one slice answers it."""

    def __init__(self, kind: str, path: str, node: Node, shop: Workshop) -> None:
        self._kind = kind
        self._shop = shop
        self._steps = [(step["name"], step["text"] or step["type"] or "") for step in _STEP.finditer(path)]
        self._nodes: list[Node] | None = None
        self._node = node

    def matches(self, item: Item, local: Local) -> bool | None:
        """Does the value belong to the slice, as far as this one tells? None: it cannot be known."""
        if self._kind in ("type", "profile") and self._steps[-1:] == [("resolve", "")]:
            return self._matches_target(self._find(item, local, self._steps[:-1])[0], local)
        found, is_whole = self._find(item, local, self._steps)
        match self._kind:
            case "exists":
                answer: bool | None = self._exists(found)
            case "type":
                answer = any(each.type in self._types() for each in found)
            case "profile":
                answer = any(self._keeps(each, local) for each in found)
            case _:
                criteria = [node for node in self._answers() if _tells(node)]
                answer = not criteria or some(
                    self._is_like(node, each) for node in criteria for each in found
                )
        return None if answer is False and not is_whole else answer

    def tells(self) -> bool:
        """Does the slice say anything by which this discriminator knows its values, that is known here?"""
        if self._kind == "profile":
            return any(self._shop.profile(url) is not None for url in self._named())
        return self._kind not in ("value", "pattern") or any(_tells(node) for node in self._answers())

    # The slice's side

    def _answers(self) -> list[Node]:
        """The slice's elements at the path; first looked for when they are asked, as they may stand in a
        profile that is not compiled yet.
        """
        if self._nodes is None:
            nodes = [self._node]
            for number, (name, text) in enumerate(self._steps, 1):
                is_asked = number == len(self._steps) and self._kind in ("type", "profile")
                if name == "resolve" and not is_asked:
                    nodes = self._targets(nodes)
                elif name not in ("$this", "resolve", "ofType"):
                    nodes = [found for node in nodes for found in self._below(node, name, text)]
            self._nodes = nodes
        return self._nodes

    def _targets(self, nodes: list[Node]) -> list[Node]:
        """The profiles of what references may point to."""
        urls = [url for node in nodes for entry in node.types for url in entry.get("targetProfile", ())]
        return [profile.tree for url in urls if (profile := self._shop.profile(url)) is not None]

    def _below(self, node: Node, name: str, text: str) -> list[Node]:
        child = node.children.get(name)
        if child is not None:
            slices = list(child.slices.values())
            return [each for each in slices if _has_url(each, text)] if text else [child, *slices]
        found: list[Node] = []
        for url in (url for entry in node.types for url in entry.get("profile", ())):
            if name == "url":
                made = Node("url")
                made.definition = {"fixedUri": url.partition("|")[0]}
                found.append(made)
            elif (profile := self._shop.profile(url)) is not None:
                found += self._below(profile.tree, name, text) if profile.tree is not node else []
        return found

    # The value's side

    def _find(self, item: Item, local: Local, steps: list[tuple[str, str]]) -> tuple[list[Item], bool]:
        """The values at the path, and whether these are all: not where a reference leads out of reach."""
        found, is_whole = [item], True
        for name, text in steps:
            if name == "$this":
                continue
            if name == "resolve":
                targets = [one for each in found if (one := resolved(each.value, local)) is not None]
                is_whole = len(targets) == len(found)
                found = [whole(one, str(one.get("resourceType"))) for one in targets]
            elif name == "ofType":
                found = [each for each in found if each.type == text.rpartition(".")[2]]
            else:
                below = [each for one in found for each in self._shop.items(one.holder, one.kind, name)]
                found = [each for each in below if not text or _url(each) == text]
        return found, is_whole

    # Answers

    def _types(self) -> set[str]:
        named = {entry["code"] for node in self._answers() for entry in node.types}
        # valueQuantity is the slice for Quantity, whether it says so or not.
        spelt = {node.slice_name.removeprefix(node.name) for node in self._answers() if not node.types}
        return named | spelt | {name[:1].lower() + name[1:] for name in spelt}

    def _named(self) -> list[str]:
        """The profiles that the slice names, of its values or of what they point to."""
        part = "targetProfile" if self._steps[-1:] == [("resolve", "")] else "profile"
        entries = (entry for node in self._answers() for entry in node.types)
        return [url.partition("|")[0] for entry in entries for url in entry.get(part, ())]

    def _matches_target(self, references: list[Item], local: Local) -> bool | None:
        """Is a target of one of the types, or does it keep one of the profiles? None for one out of reach."""
        if self._kind == "type":
            kinds = {
                url.removeprefix(CORE) if url.startswith(CORE) else self._shop.type_of_profile(url)
                for url in self._named()
            }
            named = [type_of(each.value, local) for each in references]
            return some(kind in kinds if kind and "" not in kinds else None for kind in named)
        return some(self._target_keeps(each.value, local) for each in references)

    def _target_keeps(self, reference: Any, local: Local) -> bool | None:
        target = resolved(reference, local)
        if target is None:
            kinds, kind = (
                {self._shop.type_of_profile(url) for url in self._named()},
                type_of(reference, local),
            )
            return False if kind and not kinds & {"", kind} else None
        beside = local_of_target(target, reference, local)
        profiles = [profile for url in self._named() if (profile := self._shop.profile(url)) is not None]
        return any(not has_errors(asked(profile, beside)) for profile in profiles)

    def _keeps(self, item: Item, local: Local) -> bool:
        profiles = [profile for url in self._named() if (profile := self._shop.profile(url)) is not None]
        if item.kind == item.type and self._shop.definitions.is_resource_type(item.type):
            return any(not has_errors(asked(profile, around(item, local))) for profile in profiles)
        return any(not has_errors(profile.faults(item.value, local) or []) for profile in profiles)

    def _exists(self, found: list[Item]) -> bool:
        nodes = self._answers()
        if any(node.definition.get("max") == "0" for node in nodes):
            return not found
        return bool(found) or not any(node.definition.get("min", 0) for node in nodes)

    def _is_like(self, node: Node, item: Item) -> bool | None:
        """Has the value what the node fixes, in itself or below? None: its value set is not known here."""
        fixed, pattern = node.value("fixed"), node.value("pattern")
        if fixed is not None and not is_fixed(item.value, fixed):
            return False
        if pattern is not None and not has_pattern(item.value, pattern):
            return False
        answers: list[bool | None] = []
        if fixed is None and pattern is None and _is_bound(node):
            value_set = node.definition["binding"]["valueSet"]
            answers.append(membership(self._shop.codes, value_set, codings(item.type, item.value)))
        for name, child in node.children.items():
            if _tells(child):
                below = self._shop.items(item.holder, item.kind, name)
                slices = [each for each in child.slices.values() if _tells(each)]
                wanted = [child] if _tells_itself(child) else slices
                answers.append(some(self._is_like(each, one) for each in wanted for one in below))
        return every(answers)


def some(answers: Iterable[bool | None]) -> bool | None:
    """Is one of them true? None where that hangs on one that is not known."""
    unknown: bool | None = False
    for answer in answers:
        if answer:
            return True
        if answer is None:
            unknown = None
    return unknown


def every(answers: Iterable[bool | None]) -> bool | None:
    """Are all of them true? None where that hangs on one that is not known."""
    opposite = some(None if answer is None else not answer for answer in answers)
    return None if opposite is None else not opposite


def _tells(node: Node) -> bool:
    """Does the node say something by which a value is known?"""
    return _tells_itself(node) or any(_tells(each) for each in node.slices.values())


def _tells_itself(node: Node) -> bool:
    return (
        node.value("fixed") is not None
        or node.value("pattern") is not None
        or _is_bound(node)
        or any(_tells(each) for each in node.children.values())
    )


def _is_bound(node: Node) -> bool:
    binding = node.definition.get("binding", {})
    return binding.get("strength") == "required" and bool(binding.get("valueSet"))


def _url(extension: Item) -> Any:
    return extension.value.get("url") if type(extension.value) is dict else None


def _has_url(node: Node, url: str) -> bool:
    urls = [named for entry in node.types for named in entry.get("profile", ())]
    fixed = node.children["url"].value("fixed") if "url" in node.children else None
    return url in (*urls, fixed)
