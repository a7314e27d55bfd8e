"""The room as surfaces are given it."""

from typing import NamedTuple

from fellesjournal.documentation.expressions import Expressions
from fellesjournal.documentation.files import Attachments
from fellesjournal.documentation.own_phrases import OwnPhrases
from fellesjournal.documentation.store import Drafts


class Documentation(NamedTuple):
    """What writing a note takes beside the journal."""

    drafts: Drafts
    attachments: Attachments
    own_phrases: OwnPhrases
    expressions: Expressions
