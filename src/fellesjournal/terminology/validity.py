"""When a concept may be used."""

from datetime import date

from fellesjournal.terminology.release import Concept


def within(concept: Concept, day: date) -> bool:
    """Whether a day is within the concept's own dates, both included; without dates every day is."""
    begun = concept.valid_from is None or concept.valid_from <= day
    return begun and (concept.valid_to is None or day <= concept.valid_to)


def in_use(concept: Concept, day: date) -> bool:
    """Whether the concept is active, and within its dates."""
    return concept.active and within(concept, day)
