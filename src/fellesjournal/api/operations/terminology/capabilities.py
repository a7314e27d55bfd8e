"""TerminologyCapabilities, GET metadata?mode=terminology (FHIR R4 terminologycapabilities.html)."""

from datetime import UTC, datetime
from typing import Any

from fellesjournal import __version__
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.operations.terminology import expand
from fellesjournal.fhir import json
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.terminology.releases import newest
from fellesjournal.terminology.terminology import Terminology

Tree = dict[str, Any]

_CONTENT = "http://hl7.org/fhir/5.0/StructureDefinition/extension-TerminologyCapabilities.codeSystem.content"
"""R5's TerminologyCapabilities.codeSystem.content, as R4 carries it (FHIR R5, versions.html#extensions)."""
_TEXT_FILTER = "Every word of the filter begins a word of the display, of a designation, or of the code."


class Capabilities:
    """Says which code systems answer, and what $expand takes. Made anew each time: releases come and go."""

    def __init__(self, service: Terminology, definitions: Definitions) -> None:
        self._service = service
        self._definitions = definitions
        self._date = datetime.now(UTC).isoformat(timespec="seconds")

    async def statement(self, call: Call) -> Answer:
        """The statement: releases in the tables with their versions, then FHIR's own code systems."""
        return Answer(
            200,
            json.encode(
                {
                    "resourceType": "TerminologyCapabilities",
                    "id": "fellesjournal",
                    "url": f"{call.base}/metadata?mode=terminology",
                    "version": __version__,
                    "name": "FellesjournalTerminology",
                    "title": "Fellesjournal's terminology service",
                    "status": "active",
                    "date": self._date,
                    "kind": "instance",
                    "software": {"name": "Fellesjournal", "version": __version__},
                    "implementation": {"description": "Fellesjournal", "url": call.base},
                    "lockedDate": False,
                    "codeSystem": await self._code_systems(),
                    "expansion": {
                        "hierarchical": True,
                        "paging": True,
                        "incomplete": False,
                        "parameter": [{"name": name} for name in expand.TAKES],
                        "textFilter": _TEXT_FILTER,
                    },
                    "codeSearch": "all",
                    "validateCode": {"translations": True},
                    "translation": {"needsMap": True},
                }
            ),
        )

    async def _code_systems(self) -> list[Tree]:
        """Those whose codes are here, and which of them are here in part."""
        releases = await self._service.releases()
        written: list[Tree] = [
            {
                "uri": url,
                "version": [
                    {
                        "code": release.about.version,
                        "isDefault": release is newest(all_releases, self._service.today()),
                        "compositional": False,
                        "language": [release.about.language],
                    }
                    for release in all_releases
                ],
                "subsumption": True,
            }
            | _content(all_releases[0].about.content)
            for url, all_releases in sorted(releases.items())
        ]
        own = sorted(self._definitions.code_system_urls - releases.keys())
        for url in own:
            system = self._definitions.code_system(url)
            if system is not None and system.has_codes:
                written.append({"uri": url, "subsumption": True} | _content(system.content))
        return written


def _content(content: str) -> Tree:
    if content == "complete":
        return {}
    return {"extension": [{"url": _CONTENT, "valueCode": content}]}
