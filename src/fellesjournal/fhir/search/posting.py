"""What a SearchParameter that is posted while the record is in use adds to R4's own."""

import re
from typing import Any

from fellesjournal.errors import Invalid, Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fellesjournal.fhir.search.chains import read
from fellesjournal.fhir.search.compile import ParametersByType, compile_parameter
from fellesjournal.fhir.search.indexing.plan import Planner
from fellesjournal.fhir.search.parameters import SearchParameter

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")


def added(resource: dict[str, Any], own: ParametersByType, definitions: Definitions) -> list[SearchParameter]:
    """The parameters that a valid SearchParameter adds, one for each of its types.

    `own` are R4's. Raises Unprocessable, with what to mend, for a code that cannot be written in a search or
    is R4's own, and for an expression that nothing can be indexed by.
    """
    code = resource["code"]
    if not _CODE.fullmatch(code):
        raise Unprocessable(
            f"The code '{code}' cannot be used: a search parameter's code begins with a letter and has only "
            "letters, digits, '-' and '_'."
        )
    found = compile_parameter(resource, definitions)
    for parameter in found:
        there = own.get(parameter.base, {}).get(code)
        if there is not None:
            raise Unprocessable(
                f"The code '{code}' of {parameter.base} is FHIR R4's own ({there.url}). Choose another code."
            )
    _try_out(found, definitions)
    return found


def _try_out(found: list[SearchParameter], definitions: Definitions) -> None:
    planner = Planner(definitions)
    for parameter in found:
        planner.plan(parameter.base, [parameter])
        for source in parameter.sources:
            if read(source.path, parameter.base, definitions) is None:
                _evaluate(parameter, source.path, definitions)


def _evaluate(parameter: SearchParameter, text: str, definitions: Definitions) -> None:
    try:
        Path(text).evaluate({"resourceType": parameter.base}, definitions)
    except Invalid as fault:
        raise Unprocessable(
            f"The search parameter '{parameter.code}' cannot be used: '{text}' cannot be evaluated. {fault}"
        ) from None
