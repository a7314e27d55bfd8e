"""An import as the command line makes it: worker processes on a real database."""

from pathlib import Path
from typing import Any

import pytest

from conftest import FHIR_PACKAGE, ROOT
from fellesjournal.app import transfer
from fellesjournal.app.settings import Settings
from fellesjournal.app.transfer import ImportReport
from record.bulk.bulk_files import Import


@pytest.fixture(scope="session")
def settings() -> Settings:
    """A site whose definitions are those that all tests share."""
    return Settings(data=ROOT / ".data", definitions=FHIR_PACKAGE)


@pytest.fixture
def run_import(settings: Settings, database_url: str) -> Import:
    """Import paths with one worker, or as many as asked for."""

    async def run(*paths: Path, processes: int = 1, **callbacks: Any) -> ImportReport:
        return await transfer.import_paths(settings, database_url, paths, processes=processes, **callbacks)

    return run
