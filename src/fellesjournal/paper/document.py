"""What stands in a document, in the order in which it is read."""

from collections.abc import Sequence
from typing import NamedTuple


class Heading(NamedTuple):
    """A heading of level 1 (the document's own) or 2."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Text that runs on; a line break in it breaks the line."""

    text: str


class Bullets(NamedTuple):
    """A list of things."""

    items: Sequence[str]


class Table(NamedTuple):
    """Rows below a head, each with as many cells as there are `shares`: the columns' widths, as parts of
    their sum. The head stands again on each page that the table goes on to.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int]


Block = Heading | Paragraph | Bullets | Table


class Document(NamedTuple):
    """A document. `language` is BCP 47 ("nb"), `footer` a line of every page, with {page} and {pages}."""

    title: str
    language: str
    blocks: Sequence[Block]
    footer: str = ""
