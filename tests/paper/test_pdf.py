"""PDF files as others read them: by pypdf, in the order of reading, with what each piece is."""

import io
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from fellesjournal.paper.document import Block, Bullets, Document, Heading, Paragraph, Table
from fellesjournal.paper.letters import width, wrapped
from fellesjournal.paper.pdf import pdf

SAMI = "Áŋŋel Čáhppesduottar, Đuolbmun, Ŧ, Š, Ž; čđŋšŧž"
ROWS = [(f"Prøve {number}", f"{number} mg/L", "21.11.2026") for number in range(1, 121)]


def read(*blocks: Block, footer: str = "") -> PdfReader:
    made = pdf(Document("Sammendrag: Blid", "nb", blocks, footer))
    return PdfReader(io.BytesIO(made), strict=True)


def words(reader: PdfReader) -> str:
    """All that stands in a file, as running text."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def elements(node: Any) -> Iterator[DictionaryObject]:
    """The parts of a document in the order of reading."""
    for kid in node.get("/K", ()) if isinstance(node.get("/K"), list) else [node["/K"]]:
        found = kid.get_object()
        if "/S" in found:
            yield found
            yield from elements(found)


def roles(reader: PdfReader) -> list[str]:
    root: Any = reader.trailer["/Root"]
    return [str(one["/S"]) for one in elements(root["/StructTreeRoot"])]


def test_text_is_read_in_its_order_with_the_letters_of_norwegian_and_sami() -> None:
    found = read(Heading("Blåbær", 1), Paragraph("Ærlig (øde) \\ åsen – «sitat»"), Bullets([SAMI, "Łódź"]))
    assert words(found) == f"Blåbær Ærlig (øde) \\ åsen – «sitat» • {SAMI} • Łódź"


def test_a_table_goes_on_over_pages_with_its_head_and_every_row_once() -> None:
    found = read(Heading("Prøvesvar"), Table(("Hva", "Verdi", "Når"), ROWS, (5, 4, 2)))
    assert len(found.pages) > 1
    assert all("Hva" in page.extract_text() for page in found.pages)
    text = words(found)
    places = [text.index(f"{name} {value} {when}") for name, value, when in ROWS]
    assert places == sorted(places)
    assert roles(found).count("/TR") == len(ROWS) + 1


def test_every_piece_says_what_it_is_and_the_file_which_language_and_title_it_has() -> None:
    table = Table(("Hva", "Når"), [("CRP", "i går")], (2, 1))
    found = read(Heading("En", 1), Heading("To"), Paragraph("Tekst"), Bullets(["x"]), table)
    kinds = ["H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TH", "TR", "TD", "TD"]
    assert roles(found) == [f"/{one}" for one in ("Document", *kinds)]
    root: Any = found.trailer["/Root"]
    assert root["/Lang"] == "nb"
    assert root["/MarkInfo"]["/Marked"]
    assert found.metadata is not None
    assert found.metadata.title == "Sammendrag: Blid"


def test_every_page_has_its_number_at_its_foot() -> None:
    found = read(*map(Paragraph, ["ord " * 400] * 4), footer="Side {page} av {pages}")
    number = len(found.pages)
    assert number > 1
    feet = [page.extract_text().splitlines()[-1] for page in found.pages]
    assert feet == [f"Side {page} av {number}" for page in range(1, number + 1)]


def test_the_same_document_is_the_same_bytes() -> None:
    document = Document("T", "nn", [Paragraph(SAMI)], "{page}")
    assert pdf(document) == pdf(document)


def test_an_empty_document_is_one_page() -> None:
    assert len(read().pages) == 1


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=300))
def test_whatever_is_written_the_file_is_whole(text: str) -> None:
    found = read(Heading(text), Paragraph(text), Bullets([text]), Table((text,), [(text,)], (1,)))
    assert len(found.pages) >= 1
    assert found.pages[0].extract_text() is not None


@given(st.text(st.sampled_from("abcmwæøå ŋ-."), max_size=200), st.integers(40, 480))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: int) -> None:
    lines = [*wrapped(text, room, 11)]
    assert all(width(line, 11) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
