"""Blocks set on pages of A4: where each line stands, which page it is on, and what it is a piece of."""

from collections.abc import Sequence

from fellesjournal.paper.document import Block, Bullets, Heading, Paragraph, Table
from fellesjournal.paper.letters import Letters, width, wrapped
from fellesjournal.paper.objects import string
from fellesjournal.paper.tags import Element

WIDTH, HEIGHT = 595, 842
MARGIN, TOP, BOTTOM = 56, 780, 70
BODY, LEADING = 11, 15
GAP = 8
"""Points between two columns, and after a block."""
HEADINGS = {1: 20, 2: 14}
_HEAD = "/A<</O/Table/Scope/Column>>"
INDENT = 14


class Setting:
    """The pages of a document as they come about. `pages` are their content streams so far."""

    def __init__(self, letters: Letters) -> None:
        self.letters = letters
        self.document = Element("Document")
        self.pages: list[list[bytes]] = []
        self._pieces: list[int] = []
        self._y = 0.0
        self._turn()

    def set(self, block: Block) -> None:
        """Set one block below those before it."""
        match block:
            case Heading(text, level):
                self._heading(text, level)
            case Paragraph(text):
                self._lines(self.document.add("P"), [*wrapped(text, WIDTH - 2 * MARGIN, BODY)], MARGIN)
            case Bullets(items):
                self._bullets(items)
            case Table():
                self._table(block)
        self._y -= GAP

    def foot(self, text: str) -> None:
        """A line at the foot of every page, with {page} and {pages}; no part of what is read."""
        for number, page in enumerate(self.pages, 1):
            line = text.format(page=number, pages=len(self.pages))
            at = WIDTH - MARGIN - width(line, 9)
            page.append(b"/Artifact BMC %b EMC" % self._shown(line, at, 40, 9))

    def _heading(self, text: str, level: int) -> None:
        size = HEADINGS[level]
        lines = [*wrapped(text, WIDTH - 2 * MARGIN, size, bold=True)]
        self._y -= 0 if level == 1 else GAP
        self._need(size * 1.3 * len(lines) + 3 * LEADING)  # no heading stands alone at the foot of a page
        self._lines(self.document.add(f"H{level}"), lines, MARGIN, size, bold=True)

    def _bullets(self, items: Sequence[str]) -> None:
        made = self.document.add("L")
        for item in items:
            one = made.add("LI")
            lines = [*wrapped(item, WIDTH - 2 * MARGIN - INDENT, BODY)]
            self._need(LEADING * min(2, len(lines)))
            self._piece(one.add("Lbl"), "•", MARGIN, self._y - BODY, BODY)
            self._lines(one.add("LBody"), lines, MARGIN + INDENT)

    def _table(self, table: Table) -> None:
        room = WIDTH - 2 * MARGIN - GAP * (len(table.shares) - 1)
        widths = [room * share / sum(table.shares) for share in table.shares]
        made = self.document.add("Table")
        self._row(made, table.head, widths, bold=True)
        for cells in table.rows:
            lines = max(len([*wrapped(cell, each, BODY)]) for cell, each in zip(cells, widths, strict=True))
            if self._y - lines * LEADING < BOTTOM and lines * LEADING < TOP - BOTTOM:
                self._turn()
                self._row(None, table.head, widths, bold=True)
            self._row(made, cells, widths)

    def _row(
        self, table: Element | None, cells: Sequence[str], widths: Sequence[float], *, bold: bool = False
    ) -> None:
        """One row; without a table only what is seen, not what is read."""
        row = table.add("TR") if table else None
        columns = [[*wrapped(cell, each, BODY, bold=bold)] for cell, each in zip(cells, widths, strict=True)]
        self._need(LEADING * min(max(map(len, columns)), 40))
        page, top, lowest = len(self.pages), self._y, self._y
        at = float(MARGIN)
        for column, each in zip(columns, widths, strict=True):
            cell = row.add("TH" if bold else "TD", _HEAD if bold else "") if row else None
            self._y = top
            self._lines(cell, column, at, bold=bold)
            lowest = min(lowest, self._y)
            at += each + GAP
        self._y = lowest if page == len(self.pages) else self._y

    def _lines(
        self,
        element: Element | None,
        lines: Sequence[str],
        x: float,
        size: float = BODY,
        *,
        bold: bool = False,
    ) -> None:
        for line in lines:
            step = LEADING if size == BODY else size * 1.3
            self._need(step)
            self._piece(element, line, x, self._y - size, size, bold=bold)
            self._y -= step

    def _piece(
        self, element: Element | None, text: str, x: float, y: float, size: float, *, bold: bool = False
    ) -> None:
        page, shown = len(self.pages) - 1, self._shown(text, x, y, size, bold=bold)
        if element is None:
            self.pages[page].append(b"/Artifact BMC %b EMC" % shown)
            return
        place = self._pieces[page]
        self._pieces[page] += 1
        element.parts.append((page, place))
        self.pages[page].append(b"/%b<</MCID %d>>BDC %b EMC" % (element.role.encode(), place, shown))

    def _shown(self, text: str, x: float, y: float, size: float, *, bold: bool = False) -> bytes:
        weight = "B" if bold else "R"
        runs = [
            b"/%b %g Tf %b Tj" % (f"{weight}{'x' if beside else ''}".encode(), size, string(coded))
            for beside, coded in self.letters.runs(text)
        ]
        return b"BT %.1f %.1f Td %b ET" % (x, y, b" ".join(runs))

    def _need(self, points: float) -> None:
        if self._y - points < BOTTOM:
            self._turn()

    def _turn(self) -> None:
        self.pages.append([])
        self._pieces.append(0)
        self._y = TOP
