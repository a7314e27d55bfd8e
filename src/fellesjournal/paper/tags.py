"""What each piece of a page is (ISO 32000-1, 14.7 and 14.8): what a screen reader goes by."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fellesjournal.paper.objects import Objects


@dataclass
class Element:
    """A part of the document by its standard type (H1, P, Table ...), with its parts in the order of reading:
    elements, or pieces of pages as (page, number on that page).
    """

    role: str
    attributes: str = ""
    parts: list["Element | tuple[int, int]"] = field(default_factory=list)

    def add(self, role: str, attributes: str = "") -> "Element":
        """One more part."""
        made = Element(role, attributes)
        self.parts.append(made)
        return made


def tree(objects: Objects, document: Element, pages: Sequence[int]) -> int:
    """Write the parts of a document; `pages` are the numbers of the pages' objects. Returns the number of
    the root."""
    root = objects.reserve()
    owners: list[dict[int, int]] = [{} for _ in pages]
    top = _written(objects, document, root, pages, owners)
    rows = (
        f"{page}[{' '.join(f'{owner[at]} 0 R' for at in sorted(owner))}]" for page, owner in enumerate(owners)
    )
    parents = objects.add(f"<</Nums[{' '.join(rows)}]>>".encode())
    size = len(pages)
    body = f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {size}>>"
    objects.put(root, body.encode())
    return root


def _written(
    objects: Objects, element: Element, parent: int, pages: Sequence[int], owners: list[dict[int, int]]
) -> int:
    number = objects.reserve()
    kids = []
    for part in element.parts:
        if isinstance(part, Element):
            kids.append(f"{_written(objects, part, number, pages, owners)} 0 R")
        else:
            page, place = part
            owners[page][place] = number
            kids.append(f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {place}>>")
    body = f"<</Type/StructElem/S/{element.role}/P {parent} 0 R{element.attributes}/K[{' '.join(kids)}]>>"
    objects.put(number, body.encode())
    return number
