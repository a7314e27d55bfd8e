"""Whose records an actor may reach. Every door of the record asks for a scope; none has a default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """`citizens` are the keys of the patients within reach; with `everyone` set they are not looked at.

    Rows with citizen 0 (organisations, code lists and the like) are shared: within every scope.
    """

    everyone: bool
    citizens: frozenset[int]

    @classmethod
    def all(cls) -> "Scope":
        return cls(everyone=True, citizens=frozenset())

    @classmethod
    def of(cls, *citizens: int) -> "Scope":
        return cls(everyone=False, citizens=frozenset(citizens))

    def reaches(self, citizen: int) -> bool:
        return self.everyone or citizen == 0 or citizen in self.citizens
