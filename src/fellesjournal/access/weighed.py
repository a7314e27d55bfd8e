"""What rules of other rooms that weigh a write are told (record.scope): the door's own words for it."""

from fellesjournal.record.scope import Known, Told, Weighing

__all__ = ["Known", "Told", "Weighing"]
