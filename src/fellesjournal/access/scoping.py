"""From an actor to a scope: what the active role, the unit and the moment make of what there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fellesjournal.access.actor import Actor
from fellesjournal.access.granted import BeyondGrant, Granted
from fellesjournal.access.guard.grants import GRANTS
from fellesjournal.access.guard.questions import QUESTIONS
from fellesjournal.access.guard.ties import TIES
from fellesjournal.access.people import CLIENT
from fellesjournal.access.policies import Act, Policies, Policy, Right
from fellesjournal.access.rules import rules
from fellesjournal.access.standing import Standings
from fellesjournal.access.true_files import require_true_files
from fellesjournal.errors import Gone, Invalid, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.identity.kinds import OID, Kind
from fellesjournal.record.scope import Condition, Scope, Weighing

OPENING = ("Appointment", "Encounter", "EpisodeOfCare", "Patient", "ServiceRequest")
"""The types with which care of somebody new begins, for roles with that right."""
_RESERVED = (GRANTS.encode(), QUESTIONS.encode(), CLIENT.encode(), TIES.encode())
"""Whoever wrote these would open records; ties alone are written by systems: the registers."""
_PERSONAL = (Kind.BIRTH_NUMBER.system, Kind.D_NUMBER.system)
SINGLE = (("Patient", _PERSONAL), ("Practitioner", (*_PERSONAL, Kind.HPR_NUMBER.system)))
"""The numbers by which people sign in: of those in use one alone has each."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Scoping:
    """Works out scopes. `practice`: whether this is a practice site; `shared`: the numbers of the types
    that are about no citizen; `weighed`: rules of other rooms for what an actor writes (see Scope).
    """

    def __init__(
        self,
        policies: Policies,
        standings: Standings,
        definitions: Definitions,
        shared: tuple[int, ...],
        clock: Callable[[], datetime],
        *,
        practice: bool,
        weighed: Callable[[Actor], tuple[tuple[str, Weighing], ...]] = lambda actor: (),
    ) -> None:
        self._policies = policies
        self._standings = standings
        self._record = standings.record
        self._definitions = definitions
        self._shared = shared
        self._public = tuple(map(definitions.type_number, policies.public_types))
        self._clock = clock
        self._practice = practice
        self._weighed = weighed
        self._readable: dict[str, frozenset[int]] = {}

    async def of(self, actor: Actor) -> tuple[Scope, Policy | None]:
        """The scope of an actor now, and the policy of the role; None for those no role binds.

        Raises NotFound for an actor to whom there is no record here.
        """
        if actor == Actor.practice() and self._practice:
            whole = Scope.everyone(unveiled=True)
            return replace(whole, weighed=self._weighed(actor), single=SINGLE), None
        policy = self._policies.find(actor.role)
        if policy is None:
            raise NotFound(f"There is no record here for the role '{actor.role}'.")
        if Right.WHOLE_RECORD in policy.rights:
            whole = Scope.everyone(unveiled=Right.PROTECTED_ADDRESSES in policy.rights)
            return replace(
                whole,
                readable=self._types_read(policy),
                reserved=_RESERVED[:-1],
                weighed=self._weighed(actor),
                single=SINGLE,
            ), policy
        moment = (self._clock() - _EPOCH) // timedelta(microseconds=1)
        standing = await self._standings.of(actor, whole_organization=policy.organization_wide)
        own = actor.represents or actor.person
        is_citizen = own.startswith("Patient/")
        scope = Scope(
            whole=False,
            moment=moment,
            citizens=(key_of(own),) if is_citizen else (),
            parties=standing.parties,
            shut=standing.shut,
            overrides=standing.overrides,
            shared=self._public if is_citizen else self._shared,
            rights=policy.sees,
            readable=self._types_read(policy),
            opening=self._opening(policy),
            named=frozenset(self._public),
            reserved=_RESERVED,
            settled="" if policy.allows(Act.UPDATE, "Person") else OID,
            unveiled=Right.PROTECTED_ADDRESSES in policy.rights,
            rules=rules(actor, self._policies),
            files=require_true_files,
            weighed=self._weighed(actor),
            single=SINGLE,
        )
        return scope, policy

    async def narrowed(self, scope: Scope, actor: Actor) -> tuple[Scope, Scope]:
        """What an app reaches for an actor with this scope: in searches, and in reads by id.

        With a patient in context it is that citizen's record alone, if the actor reaches it, and what is no
        citizen's; of types with a search constraint, what the search finds.
        """
        granted = actor.granted
        assert granted is not None
        if granted.confined:
            scope = await self._confined(scope, granted.patient)
        known = self._definitions.resource_types
        numbers = map(self._definitions.type_number, (one for one in known if granted.has("s", one)))
        readable = frozenset(numbers)
        if scope.readable is not None:
            readable &= scope.readable
        scope = replace(scope, readable=readable)
        return (
            replace(scope, conditions=await self._conditions(granted, "s")),
            replace(scope, conditions=await self._conditions(granted, "r")),
        )

    async def _confined(self, scope: Scope, patient: str) -> Scope:
        if scope.whole or not patient:
            raise NotFound("There is no patient in this app's context: launch it anew.")
        try:
            await self._record.read("Patient", patient.removeprefix("Patient/"), scope=scope)
        except (NotFound, Gone):
            return replace(scope, citizens=(), parties=(), opening=frozenset())
        return replace(scope, citizens=(key_of(patient),), parties=(), opening=frozenset())

    async def _conditions(self, granted: Granted, letter: str) -> tuple[tuple[int, Condition], ...]:
        """Raises Forbidden for a constraint that is no search here (any more)."""
        found: list[tuple[int, Condition]] = []
        try:
            for name, searches in granted.conditions(letter).items():
                if name in self._definitions.resource_types:
                    condition = await self._record.condition(name, [*map(list, searches)])
                    found.append((self._definitions.type_number(name), condition))
        except Invalid as invalid:
            raise BeyondGrant(f"A scope of the app cannot be understood: {invalid}") from invalid
        return tuple(found)

    def _types_read(self, policy: Policy) -> frozenset[int]:
        if policy.name not in self._readable:
            known = self._definitions.resource_types
            numbers = (self._definitions.type_number(one) for one in known if policy.allows(Act.READ, one))
            self._readable[policy.name] = frozenset(numbers)
        return self._readable[policy.name]

    def _opening(self, policy: Policy) -> frozenset[int]:
        if Right.OPEN_CARE not in policy.rights:
            return frozenset()
        return frozenset(map(self._definitions.type_number, OPENING))
