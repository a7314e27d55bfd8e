from pathlib import Path

import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.app.definitions import definitions as compiled
from fellesjournal.fhir.definitions import Definitions


@pytest.fixture(scope="session")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    return compiled(FHIR_PACKAGE, Path(tmp_path_factory.getbasetemp()).parent / "definitions")
