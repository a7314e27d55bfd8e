"""The scope in the SQL of a search: every row that is looked at is tested, of whatever resource.

It says what the SQL function within_reach says (record/schema/0013_reach_of_one.sql), written out so that
PostgreSQL runs it as a part of the statement. What can be known once for all rows is asked once: whether the
citizens that the request is about are open to the actor, with nothing kept from anybody.
"""

from collections.abc import Callable
from functools import lru_cache

from fellesjournal.record.scope import Scope
from fellesjournal.record.search.numbers import one_of


class Within:
    """Writes the test for one statement; `argument` takes a value and its type and gives the placeholder.

    `kept`: whether the statement is planned once and kept, and not for each question anew.
    """

    def __init__(self, scope: Scope, argument: Callable[[object, str], str], *, kept: bool = False) -> None:
        self._scope = scope
        self._argument = argument
        self._is_kept = kept
        self._known: dict[str, str] = {}

    def test(self, row: str) -> str:
        """A boolean expression, never null, over an alias with the columns citizen, rid and type."""
        if self._scope.whole:
            return "true"
        if self._scope.about:
            return self._about(row)
        shared = one_of(f"{row}.type", self._scope.shared)
        general = f"({self._open(f'{row}.citizen')} or {self._alone(row)}) and not {self._kept(row)}"
        return f"case when {row}.citizen = 0 then {shared} else {general} end"

    def kept(self, citizen: str) -> str:
        """A select of what is kept from the actor in one citizen's record, for a statement that reads all
        of it: it is looked up once, as `kept_here`, and each row is tested by `test_here`.
        """
        if self._scope.whole:
            return "select kept.rid, kept.own, kept.type, kept.target from index_restriction kept where false"
        overridden = self._in_care(citizen, self._numbers("overrides"))
        shut = f"kept.party = any ({self._numbers('shut')}) and not {overridden}"
        return (
            "select kept.rid, kept.own, kept.type, kept.target from index_restriction kept"
            f" where kept.citizen = {citizen} and {self._now('kept')} and case when kept.kind > 0"
            f" then kept.kind <> all ({self._rights()}) else {shut} end"
        )

    def test_here(self, citizen: str, row: str) -> str:
        """The same as `test` for a row of that citizen, in a statement that has `kept` as kept_here."""
        if self._scope.whole:
            return "true"
        here = f"itself.citizen = {row}.citizen and itself.rid = {row}.rid"
        alone = "kept_here.own and kept_here.type = 0 and kept_here.target = 0"
        return (
            f"{self._open(citizen)} and {row}.rid <> all"
            f" (array(select kept_here.rid from kept_here where {alone}))"
            f" and not exists (select from kept_here where not ({alone})"
            f" and (kept_here.rid = {row}.rid or not kept_here.own) and kept_here.type in (0, {row}.type)"
            f" and (kept_here.target = 0 or kept_here.target ="
            f" (select itself.key from resource itself where {here})) offset 0)"
        )

    def _about(self, row: str) -> str:
        """Nearly all rows are of the citizens asked about: they are looked up once, other rows one by one.

        By functions, which are planned once. A statement that is itself planned once looks them up without.
        """
        moment, citizens, parties = self._moment(), self._numbers("citizens"), self._numbers("parties")
        shared = _types(self._scope.shared)
        others = f"{self._numbers('shut')}, {self._numbers('overrides')}, {shared}, {self._rights()}"
        about = self._numbers("about")
        plainly_open = (
            self._plainly_open(about)
            if self._is_kept
            else f"select plainly_open({about}, {moment}, {citizens}, {parties})"
        )
        reach = f"{row}.citizen, {row}.rid, {row}.type, null, {moment}, {citizens}, {parties}, {others}"
        return f"({row}.citizen = any (({plainly_open})::bigint[]) or within_reach({reach}))"

    def _plainly_open(self, about: str) -> str:
        """What the SQL function plainly_open gives (record/schema/0007_reach.sql)."""
        return (
            f"select array(select asked.citizen from unnest({about}) as asked (citizen)"
            f" where {self._open('asked.citizen')} and not exists"
            " (select from index_restriction kept where kept.citizen = asked.citizen offset 0))"
        )

    def _open(self, citizen: str) -> str:
        return (
            f"({citizen} = any ({self._numbers('citizens')})"
            f" or {self._in_care(citizen, self._numbers('parties'))})"
        )

    def _in_care(self, citizen: str, parties: str) -> str:
        return (
            f"exists (select from index_care caring where caring.citizen = {citizen}"
            f" and caring.party = any ({parties}) and {self._now('caring')} offset 0)"
        )

    def _alone(self, row: str) -> str:
        """The row is within reach without its record (record/schema/0013_reach_of_one.sql)."""
        return (
            f"exists (select from index_care alone where alone.citizen = {row}.citizen"
            f" and alone.rid = {row}.rid and ~alone.party = any ({self._numbers('parties')})"
            f" and {self._now('alone')} offset 0)"
        )

    def _kept(self, row: str) -> str:
        here = f"itself.citizen = {row}.citizen and itself.rid = {row}.rid"
        overridden = self._in_care(f"{row}.citizen", self._numbers("overrides"))
        shut = f"kept.party = any ({self._numbers('shut')}) and not {overridden}"
        return (
            f"exists (select from index_restriction kept where kept.citizen = {row}.citizen"
            f" and {self._now('kept')} and (kept.rid = {row}.rid or not kept.own)"
            f" and kept.type in (0, {row}.type)"
            f" and (kept.target = 0 or kept.target = (select itself.key from resource itself where {here}))"
            f" and case when kept.kind > 0 then kept.kind <> all ({self._rights()})"
            f" else {shut} end offset 0)"
        )

    def _now(self, row: str) -> str:
        moment = self._moment()
        return f"{row}.low <= {moment} and {row}.high > {moment}"

    def _moment(self) -> str:
        return self._value("moment", self._scope.moment, "bigint")

    def _rights(self) -> str:
        return self._value("rights", list(self._scope.rights), "smallint[]")

    def _numbers(self, name: str) -> str:
        return self._value(name, list(getattr(self._scope, name)), "bigint[]")

    def _value(self, name: str, value: object, cast: str) -> str:
        if name not in self._known:
            self._known[name] = self._argument(value, cast)
        return self._known[name]


@lru_cache(maxsize=100)
def _types(numbers: tuple[int, ...]) -> str:
    """An array of resource types: the same ones stand in every search of a role."""
    return f"'{{{','.join(str(int(number)) for number in numbers)}}}'::smallint[]"
