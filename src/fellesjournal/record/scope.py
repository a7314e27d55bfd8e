"""Whose records an actor may reach. Every door of the record asks for a scope; none has a default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """`citizens` are the keys of the patients within reach; None says in so many words: every citizen.

    Rows with citizen 0 (organisations, code lists and the like) are shared: within every scope.
    """

    citizens: frozenset[int] | None

    @classmethod
    def everyone(cls) -> "Scope":
        """Every citizen."""
        return cls(None)

    @classmethod
    def of(cls, *citizens: int) -> "Scope":
        """These citizens, by key, and what is shared."""
        return cls(frozenset(citizens))

    def reaches(self, citizen: int) -> bool:
        """Whether rows of this citizen are within reach."""
        return self.citizens is None or citizen == 0 or citizen in self.citizens
