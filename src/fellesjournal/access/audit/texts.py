"""The words of the citizen's log, by language."""

from fellesjournal.access.audit.bokmaal import BOKMAAL
from fellesjournal.access.audit.english import ENGLISH
from fellesjournal.access.audit.nynorsk import NYNORSK

TEXTS = {"nb": BOKMAAL, "nn": NYNORSK, "en": ENGLISH}
