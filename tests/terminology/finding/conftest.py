"""Databases with code systems for the tests of a module."""

from collections.abc import Iterator

import pytest

from terminology.finding import shelves as databases
from terminology.finding.shelves import Shelves


@pytest.fixture(scope="module")
def shelves(postgres: str, template: str) -> Iterator[Shelves]:
    """A database of this module's own, to fill with code systems."""
    with databases.opened(postgres, template) as opened:
        yield opened
