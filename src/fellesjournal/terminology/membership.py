"""Whether a code is in a value set (FHIR R4, ValueSet $validate-code)."""

from collections import defaultdict
from collections.abc import Sequence

from fellesjournal.errors import Invalid, NotFound
from fellesjournal.fhir import ucum
from fellesjournal.fhir.grammars import GRAMMARS
from fellesjournal.terminology import languages
from fellesjournal.terminology.absence import absence, suggestion
from fellesjournal.terminology.coded import Coded, Manner, Verdict
from fellesjournal.terminology.composing import Composed
from fellesjournal.terminology.conditions import EVERYTHING
from fellesjournal.terminology.drawing import NO_PINS, draw, renamed
from fellesjournal.terminology.mentions import refuse_absent
from fellesjournal.terminology.systems import Systems
from fellesjournal.terminology.validation import as_unit, judged, no_longer, untold


async def in_value_set(
    systems: Systems, composed: Composed, asked: Sequence[Coded], manner: Manner, *, infer: bool = False
) -> list[Verdict]:
    """A verdict on each code, in order; a few statements for each code system, however many codes.

    With `infer` codes without a system are looked for in all code systems of the value set. Of a code whose
    code system is needed and not here, or has it not in the part that is here, it is said that nobody here
    can tell. Raises Invalid for a code without a system, and Unprocessable where the value set names codes
    that there are not (mentions.refuse_absent).
    """
    await refuse_absent(systems, composed, manner.day, NO_PINS)
    known = [await _systems_of(systems, composed, one, infer=infer) for one in asked]
    groups: dict[str, list[Coded]] = defaultdict(list)
    for one, urls in zip(asked, known, strict=True):
        for url in urls:
            groups[url].append(one._replace(system=url))
    found: dict[Coded, Verdict] = {}
    for url, coded in groups.items():
        try:
            found |= await _among(systems, composed, url, coded, manner)
        except NotFound as fault:
            found |= {one: untold(one, fault) for one in coded}
    name = composed.tree.get("url") or composed.tree.get("title") or "the value set"
    verdicts = []
    for one, urls in zip(asked, known, strict=True):
        mine = [found[key] for url in urls if (key := one._replace(system=url)) in found]
        told = [verdict for verdict in mine if not verdict.unknown_system]
        missing = [] if mine else [one._replace(system=url) for url in urls]
        meant = await _meant(systems, composed, missing, manner)
        said = await _gone(systems, composed, missing, manner)
        besides = said or suggestion(meant) or _rule(missing)
        verdicts.append(_one(told or mine[:1], one, name, besides))
    return verdicts


async def _systems_of(systems: Systems, composed: Composed, asked: Coded, *, infer: bool) -> list[str]:
    if asked.system:
        return [await systems.url_of(asked.system)]
    if infer:
        return list(dict.fromkeys(part.url for part in composed.parts))
    raise Invalid(f"Of the code '{asked.code}' no system is said: send it, or inferSystem=true.")


async def _among(
    systems: Systems, composed: Composed, url: str, asked: Sequence[Coded], manner: Manner
) -> dict[Coded, Verdict]:
    """Verdicts on those of the codes of one code system that are in the value set, or may be: those that are
    not in the part of the system that is here.
    """
    verdicts: dict[Coded, Verdict] = {}
    unsure: dict[Coded, Verdict] = {}
    for drawn in await draw(systems, composed, manner.day, only=url):
        part, system, condition, _ = drawn
        about = system.about
        mine = [one for one in asked if one.version in ("", about.version)]
        concepts = await system.concepts({one.code for one in mine})
        inside = await system.among({concept.code for concept in concepts.values()}, condition)
        for one in mine:
            concept = concepts.get(one.code)
            if one not in verdicts and concept is not None and concept.code in inside:
                verdicts[one] = judged(renamed(concept, part.own), about, one, manner)
            elif concept is None and about.url == ucum.URL and condition == EVERYTHING:
                unsure[one] = as_unit(one, about)
            elif concept is None and not drawn.whole:
                said = await absence(system, one.code)
                unsure[one] = Verdict(False, said, unknown_system=about.canonical, partly=True)
    return unsure | verdicts


async def _meant(systems: Systems, composed: Composed, asked: Sequence[Coded], manner: Manner) -> list[str]:
    """The codes of the value set that one which is not in it may be meant for: see absence.absence. None for
    a code that its system has: it is meant, and is not in the value set.
    """
    found: list[str] = []
    for one in asked:
        drawn = await draw(systems, composed, manner.day, only=one.system)
        alike = await drawn[0].system.alike(one.code) if drawn else []
        if alike and one.code not in alike:
            others = [one._replace(code=code, display="") for code in alike]
            verdicts = await _among(systems, composed, one.system, others, manner)
            found += [coded.code for coded, verdict in verdicts.items() if verdict.result]
    return list(dict.fromkeys(found))


async def _gone(systems: Systems, composed: Composed, asked: Sequence[Coded], manner: Manner) -> str:
    """What there is to say of a code that an older release of its system had and the one in force has not."""
    for one in asked:
        drawn = [] if one.version or manner.day else await draw(systems, composed, None, only=one.system)
        for system in dict.fromkeys(each.system for each in drawn):
            has = await system.concepts([one.code])
            if not has and (gone := await systems.gone(system, one.code)):
                shown = languages.display(gone.concept, gone.system.about.language, manner.languages)
                return f" {no_longer(gone, one.code, system.about, shown)}"
    return ""


def _rule(asked: Sequence[Coded]) -> str:
    """How codes of a system that is a rule of writing are written, where one is not."""
    rules = [GRAMMARS[one.system] for one in asked if one.system in GRAMMARS]
    return "".join(f" {rule.form}" for rule in rules if not rule.accepts(asked[0].code))


def _one(found: list[Verdict], asked: Coded, name: str, besides: str) -> Verdict:
    if not found:
        written = f"'{asked.code}'" if name.startswith(f"{asked.system}?") else asked.written
        return Verdict(False, f"The code {written} is not in {name}.{besides}")
    if len(found) > 1:
        systems = ", ".join(one.coded.system for one in found if one.coded)
        return Verdict(
            False, f"The code '{asked.code}' is in several code systems of {name}: {systems}. Say which."
        )
    return found[0]
