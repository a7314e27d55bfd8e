"""Patient/[id]/$summary (hl7.org/fhir/uv/ips, OperationDefinition summary)."""

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Site
from fellesjournal.api.negotiation import PDF
from fellesjournal.documentation.summary import summary
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json
from fellesjournal.fhir.summary.document import TITLE
from fellesjournal.ui.printed import printed


class Summarising:
    """Answers GET Patient/[id]/$summary with a document Bundle, or the same as a PDF."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def summary(self, call: Call) -> Answer:
        """The summary as it is now. Takes `language`: nb, nn or en. Raises Invalid for another parameter."""
        asked = dict(call.parameters)
        language = asked.pop("language", "nb")
        if asked or language not in TITLE:
            raise Invalid("$summary takes one parameter, language: nb, nn or en.")
        async with self._site.open(call) as journal:
            if call.view.pdf:
                return Answer(
                    200, await printed(journal, call.id, journal.now(), language), media=PDF.encode()
                )
            made = await summary(journal, call.id, call.base, journal.now(), language)
        return Answer(200, json.encode(made))
