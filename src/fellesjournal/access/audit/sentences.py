"""Acts in plain words: who, where, what and why, as the citizen reads them."""

from collections.abc import Iterable, Sequence

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.texts import TEXTS
from fellesjournal.access.audit.wording import Texts, Verb
from fellesjournal.access.decision import Basis
from fellesjournal.access.policies import Policies

FOLLOW_UP = "follow-up"
"""The interaction of acts by which the privacy officer follows up emergency access."""
LOG_QUESTION = "log-question"
"""The interaction of acts by which a citizen asks about the log, and the privacy officer answers."""
_ORDER = ("R", "C", "U", "D", "E")


class Sentences:
    """Makes sentences; titles of roles and kinds of information are those of the policies."""

    def __init__(self, policies: Policies) -> None:
        self._policies = policies
        self._kind_of = {type: kind.name for kind in policies.kinds.values() for type in kind.types}

    def sentence(self, acts: Sequence[Access], language: str, reader: str = "") -> str:
        """What acts of one actor, on one ground, were: "Sykepleier Nina Nyseng ved Sengepost 4 åpnet
        legemiddellisten fordi du er eller nylig var innlagt der." `language` is nb, nn or en, `reader`
        who reads it ("Patient/7"; "": the citizen).
        """
        texts, first = TEXTS[language], acts[0]
        own = reader in ("", first.patient)
        who, decision = self._who(first, language, reader), first.decision
        if not decision.permit:
            done = texts.attempt.format(who=who, what=self._what(acts, texts))
        elif not first.named:
            kinds = [kind for act in acts for kind in self._kinds(act, texts)]
            listed = texts.on_a_list if own else texts.on_a_list_of_another
            done = listed.format(who=who, what=_joined(kinds, texts))
        else:
            done = f"{who} {self._what(acts, texts)}"
        because = texts.because[decision.basis]
        why = because if own else texts.of_another.get(decision.basis, because)
        if decision.reason and first.interaction not in texts.entrance:
            why += texts.reason.format(reason=decision.reason.rstrip(". "))
        return f"{done}{why}."

    def _who(self, act: Access, language: str, reader: str) -> str:
        texts, actor = TEXTS[language], act.actor
        own = reader in ("", act.patient) and act.decision.basis is Basis.SELF
        if own or actor.person == (reader or act.patient) != "":
            return texts.you + (texts.through.format(app=actor.app) if actor.app else "")
        unit = texts.at.format(unit=actor.unit_display) if actor.unit_display else ""
        app = texts.through.format(app=actor.app) if actor.app else ""
        return f"{self._named(actor, language) or texts.somebody}{unit}{app}"

    def _named(self, actor: Actor, language: str) -> str:
        if actor.represents:
            return actor.display  # "as a parent" stands at the end of the sentence
        if actor.person in TEXTS[language].programs:
            return TEXTS[language].programs[actor.person]
        policy = self._policies.find(actor.role)
        title = policy.title["en" if language == "en" else "nb"] if policy else ""
        return f"{title} {actor.display}".strip()

    def _what(self, acts: Sequence[Access], texts: Texts) -> str:
        """Verbs with what they were done to: "åpnet legemiddellisten, og opprettet noe i notater"."""
        parts: list[str] = []
        for action in _ORDER:
            same = [act for act in acts if act.action == action]
            outside = [texts.entrance[act.interaction] for act in same if act.interaction in texts.entrance]
            parts += dict.fromkeys(_done(verb, acts[0]) for verb in outside)
            inside = [act for act in same if act.interaction not in texts.entrance]
            if inside:
                kinds = [kind for act in inside for kind in self._kinds(act, texts)]
                parts.append(f"{_done(texts.verbs[action], acts[0])} {_joined(kinds, texts)}")
        return f",{texts.conjunction}".join(parts)

    def _kinds(self, act: Access, texts: Texts) -> Iterable[str]:
        if act.interaction in ("everything", "export"):
            return [texts.everything]
        if act.interaction == "emergency":
            return [texts.record]
        if act.interaction == FOLLOW_UP:
            return [texts.follow_up]
        if act.interaction == LOG_QUESTION:
            return [texts.log_question]
        types = [reference.partition("/")[0] for reference in act.resources] or [act.asked]
        names = dict.fromkeys(self._kind_of.get(type, "") for type in types)
        return [texts.kinds[name] if name else texts.record for name in names]


def _done(verb: Verb, act: Access) -> str:
    return verb.did if act.decision.permit else verb.tried


def _joined(parts: Iterable[str], texts: Texts) -> str:
    """ "a, b og c", each once."""
    *before, last = dict.fromkeys(parts)
    return texts.conjunction.join([", ".join(before), last]) if before else last
