"""Courses of disease and of ordinary life, one file each, in the order in which they are told.

A course is a function of a Life. Its numbers are what is usual, from public Norwegian sources that it names,
rounded; a clinician can correct them here.
"""

from collections.abc import Callable

from fellesjournal.rollout.region.courses import diabetes, hypertension, infections
from fellesjournal.rollout.region.life import Life

COURSES: tuple[Callable[[Life], None], ...] = (
    hypertension.lives_with,
    diabetes.lives_with,
    infections.catches,
)
"""Those that make others likelier stand first."""
