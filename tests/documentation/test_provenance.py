"""Where the text of a note comes from: facts that stand word for word, and sentences of earlier notes."""

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation.phrases import AGAIN, holes, phrases
from fellesjournal.documentation.provenance import (
    Mark,
    copied,
    facts_beside,
    facts_in,
    lines_beside,
    marks_of,
    without_facts,
)
from fellesjournal.documentation.rules import Hand, Held, lay

CRP = Mark("CRP 82 mg/L (21.11.2026 08:00)", "Observation/ada-crp", "1")
PULSE = Mark("Puls 88 /min (21.11.2026 08:00)", "Observation/ada-pulse", "3")
TEXT = f"Fortsatt {CRP.text} og hoste."
FIELDS = {"v:0": TEXT, "fakta/v:0": f"{CRP.line}\n{PULSE.line}"}
LONG = "Pasienten falt på badet i går kveld og slo venstre hofte."


def test_a_fact_is_one_as_long_as_it_stands_word_for_word() -> None:
    assert facts_beside(FIELDS, "v:0") == [CRP]
    assert facts_in(FIELDS) == [CRP]
    assert facts_in(FIELDS | {"v:0": TEXT.replace("82", "28")}) == []


def test_what_is_no_line_of_ours_is_no_fact() -> None:
    for line in ("", "tekst", "Observation/x CRP", "../x@1 CRP", "Observation/x@y CRP"):
        assert facts_beside({"v:0": "CRP", "fakta/v:0": line}, "v:0") == []


def test_marks_are_read_as_they_were_written() -> None:
    copy = Mark(LONG, "Composition/ada-note", title="Innkomstnotat 20.11.2026")
    section = {"extension": [CRP.extension, {"url": "https://example.org"}, copy.extension]}
    assert marks_of(section) == [CRP, copy]
    assert lines_beside({"v:0": TEXT}, [CRP, PULSE, copy]) == {"fakta/v:0": CRP.line}


def test_in_another_citizens_note_a_hole_stands_where_the_fact_was() -> None:
    moved = without_facts(FIELDS | {"w:0": "eget"})
    assert moved == {"v:0": f"Fortsatt {AGAIN} og hoste.", "w:0": "eget"}
    assert holes(moved["v:0"]) == [AGAIN]


def test_facts_inserted_on_two_machines_are_all_kept() -> None:
    held = lay(Held({}, {}, {}), {"fakta/v:0": CRP.line}, Hand("x"))
    held = lay(held, {"fakta/v:0": PULSE.line}, Hand("y"))
    assert held.fields["fakta/v:0"] == f"{CRP.line}\n{PULSE.line}"


def test_a_sentence_of_an_earlier_note_is_copied_and_a_short_or_standard_one_is_not() -> None:
    standard = next(one for one in phrases("sykepleier")["natt"].split(". ") if "[" not in one)
    newest = ("Composition/2", "Visitt", [f"Aktuelt: {LONG} Mer.", standard])
    earlier = [newest, ("Composition/1", "X", [LONG])]
    assert copied([f"Nytt. {LONG}\nUendret."], earlier) == [Mark(LONG, "Composition/2", title="Visitt")]
    assert copied([standard, "Mer.", "Noe helt annet enn det som stod der."], earlier) == []


@given(st.lists(st.text()), st.lists(st.text()))
def test_what_is_copied_stands_in_both(new: list[str], old: list[str]) -> None:
    for mark in copied(new, [("Composition/1", "X", old)]):
        assert any(mark.text in one for one in new)
        assert any(mark.text in one for one in old)
