"""The scope in the SQL of a search: every row that is looked at is tested, of whatever resource.

It says what the SQL function within_reach says (record/schema/0007_reach.sql), written out so that PostgreSQL
runs it as a part of the statement. What can be known once for all rows is asked once: whether the citizens
that the request is about are open to the actor, with nothing kept from anybody.
"""

from collections.abc import Callable

from fellesjournal.record.scope import Scope


class Within:
    """Writes the test for one statement; `argument` takes a value and its type and gives the placeholder."""

    def __init__(self, scope: Scope, argument: Callable[[object, str], str]) -> None:
        self._scope = scope
        self._argument = argument
        self._known: dict[str, str] = {}

    def test(self, row: str) -> str:
        """A boolean expression, never null, over an alias with the columns citizen, rid and type."""
        if self._scope.whole:
            return "true"
        shared = f"when {row}.citizen = 0 then {row}.type = any ({self._numbers('shared', 'smallint[]')})"
        general = f"{self._open(f'{row}.citizen')} and not {self._kept(row)}"
        return f"case {self._plainly(row)} {shared} else {general} end"

    def _plainly(self, row: str) -> str:
        """The usual case, decided once for the statement: a known citizen, open, nothing kept back."""
        if not self._scope.about:
            return ""
        about = (
            f"array(select a from unnest({self._numbers('about')}) a where {self._open('a')}"
            " and not exists (select from index_restriction kept where kept.citizen = a))"
        )
        return f"when {row}.citizen = any ({about}) then true"

    def _open(self, citizen: str) -> str:
        return (
            f"({citizen} = any ({self._numbers('citizens')})"
            f" or {self._in_care(citizen, self._numbers('parties'))})"
        )

    def _in_care(self, citizen: str, parties: str) -> str:
        return (
            f"exists (select from index_care caring where caring.citizen = {citizen} and caring.party = any ({parties})"
            f" and {self._now('caring')} offset 0)"
        )

    def _kept(self, row: str) -> str:
        key = f"(select itself.key from resource itself where itself.citizen = {row}.citizen and itself.rid = {row}.rid)"
        overridden = self._in_care(f"{row}.citizen", self._numbers("overrides"))
        shut = f"kept.party = any ({self._numbers('shut')}) and not {overridden}"
        return (
            f"exists (select from index_restriction kept where kept.citizen = {row}.citizen and {self._now('kept')}"
            f" and (kept.rid = {row}.rid or not kept.own) and kept.type in (0, {row}.type)"
            f" and (kept.target = 0 or kept.target = {key})"
            f" and case when kept.kind > 0 then kept.kind <> all ({self._numbers('rights', 'smallint[]')})"
            f" else {shut} end offset 0)"
        )

    def _now(self, row: str) -> str:
        moment = self._value("moment", self._scope.moment, "bigint")
        return f"{row}.low <= {moment} and {row}.high > {moment}"

    def _numbers(self, name: str, cast: str = "bigint[]") -> str:
        return self._value(name, list(getattr(self._scope, name)), cast)

    def _value(self, name: str, value: object, cast: str) -> str:
        if name not in self._known:
            self._known[name] = self._argument(value, cast)
        return self._known[name]
