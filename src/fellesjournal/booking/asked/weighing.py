"""What this room has to say of a write before it is done: the rules of each kind of actor, joined."""

from collections.abc import Callable
from datetime import datetime

from fellesjournal.access.actor import Actor
from fellesjournal.access.policies import Policies
from fellesjournal.access.weighed import Weighing
from fellesjournal.booking.asked import citizens, objecting, own_time


def of(
    clock: Callable[[], datetime], policies: Policies
) -> Callable[[Actor], tuple[tuple[str, Weighing], ...]]:
    """For an actor the rules that need more than the resource, by its type (record.scope)."""
    by_citizens, by_workers = citizens.of_citizens(clock), own_time.of_workers(policies)
    by_all = (objecting.of_writers(clock), objecting.of_answers(clock))
    return lambda actor: (*by_citizens(actor), *by_workers(actor), *by_all)
