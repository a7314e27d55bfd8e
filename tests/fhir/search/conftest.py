"""R4's parameters and their extractor, made once."""

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import ParametersByType, compile_parameters
from fellesjournal.fhir.search.extraction import Extractor


@pytest.fixture(scope="session")
def parameters(definitions: Definitions) -> ParametersByType:
    return compile_parameters(definitions.search_parameters, definitions)


@pytest.fixture(scope="session")
def extractor(parameters: ParametersByType, definitions: Definitions) -> Extractor:
    return Extractor(parameters, definitions)
