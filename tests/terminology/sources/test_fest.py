"""FEST: streamed XML, safe against what XML can carry."""

from datetime import date

import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation, Property, Release
from fellesjournal.terminology.sources import fest
from fellesjournal.terminology.sources.elements import elements

OUTER = "http://www.kith.no/xmlstds/eresept/m30/2014-12-01"
INNER = "http://www.kith.no/xmlstds/eresept/forskrivning/2014-12-01"
HEAD = "<HentetDato>2026-09-08T06:00:00</HentetDato>"

SUBSTANCE = """<KatVirkestoff><OppfVirkestoff><Id>ID_O1</Id>
<Tidspunkt>2026-01-02T03:04:05</Tidspunkt><Status V="A"/>
<Virkestoff><Id>ID_V1</Id><Navn>Oppdiktol</Navn><NavnEngelsk>Inventol</NavnEngelsk>
<RefVirkestoff>ID_V2</RefVirkestoff>
</Virkestoff></OppfVirkestoff><OppfVirkestoff><Id>ID_O2</Id><Status V="A"/><VirkestoffMedStyrke><Id>ID_S1</Id>
</VirkestoffMedStyrke></OppfVirkestoff></KatVirkestoff>"""

PRODUCT = f"""<KatLegemiddelMerkevare><OppfLegemiddelMerkevare><Id>ID_O3</Id><Status V="U" DN="Utgått"/>
<LegemiddelMerkevare xmlns="{INNER}"><Atc V="X99XX99" S="2.16.578.1.12.4.1.1.7180" DN="Oppdiktol"/>
<NavnFormStyrke>Innbill tab 5 mg</NavnFormStyrke><Reseptgruppe V="C" DN="Reseptgruppe C"/>
<LegemiddelformKort V="53" S="2.16.578.1.12.4.1.1.7448" DN="Tablett"/>
<Id>ID_M1</Id><Varenavn>Innbill</Varenavn>
</LegemiddelMerkevare></OppfLegemiddelMerkevare></KatLegemiddelMerkevare>"""

PACKAGE = f"""<KatLegemiddelpakning><OppfLegemiddelpakning><Id>ID_O4</Id><Status V="A"/>
<Legemiddelpakning xmlns="{INNER}"><NavnFormStyrke>Innbill tab 5 mg</NavnFormStyrke><Id>ID_P1</Id>
<Varenr>999999</Varenr>
<Pakningsinfo><RefLegemiddelMerkevare>ID_M1</RefLegemiddelMerkevare><Pakningsstr>100</Pakningsstr>
<EnhetPakning V="stk" DN="stykk"/><Pakningstype V="169" DN="Blisterpakning"/></Pakningsinfo>
<PakningByttegruppe><RefByttegruppe>ID_B1</RefByttegruppe></PakningByttegruppe>
<Markedsforingsinfo><Markedsforingsdato>2005-02-01</Markedsforingsdato><AvregDato>2026-10-31</AvregDato>
</Markedsforingsinfo></Legemiddelpakning></OppfLegemiddelpakning></KatLegemiddelpakning>"""

OTHERS = f"""<KatLegemiddelVirkestoff><OppfLegemiddelVirkestoff><Id>ID_O5</Id><Status V="A"/>
<LegemiddelVirkestoff xmlns="{INNER}"><NavnFormStyrke>Oppdiktol tab 5 mg</NavnFormStyrke><Id>ID_L1</Id>
<RefLegemiddelMerkevare>ID_M1</RefLegemiddelMerkevare></LegemiddelVirkestoff></OppfLegemiddelVirkestoff>
</KatLegemiddelVirkestoff><KatByttegruppe><OppfByttegruppe><Id>ID_O6</Id><Status V="A"/>
<Byttegruppe><Id>ID_B1</Id>
<Kode V="000001" DN="Oppdiktol tab 5 mg"/><GyldigFraDato>2020-01-01</GyldigFraDato>
</Byttegruppe></OppfByttegruppe>
</KatByttegruppe><KatRefusjon><OppfRefusjon><Id>ID_R</Id></OppfRefusjon></KatRefusjon>"""


def _fest(*parts: str, version: str = "") -> Release:
    text = f'<?xml version="1.0" encoding="utf-8"?><FEST xmlns="{OUTER}">{"".join(parts)}</FEST>'.encode()
    pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
    return fest.release(pieces, "fest.xml", version)


def test_each_kind_of_entry() -> None:
    release = _fest(HEAD, SUBSTANCE, PRODUCT, PACKAGE, OTHERS)
    assert (release.version, release.valid_from) == ("2026-09-08", date(2026, 9, 8))
    assert list(release.concepts) == [
        Concept(
            "ID_V1",
            "Oppdiktol",
            designations=(Designation("en", "synonym", "Inventol"),),
            properties=(
                Property("kind", "code", "virkestoff"),
                Property("refvirkestoff", "code", "ID_V2"),
                Property("changed", "dateTime", "2026-01-02T03:04:05"),
            ),
        ),
        Concept(
            "ID_M1",
            "Innbill tab 5 mg",
            designations=(Designation("nb", "short", "Innbill"),),
            properties=(
                Property("kind", "code", "merkevare"),
                Property("atc", "code", "X99XX99"),
                Property("atc-text", "string", "Oppdiktol"),
                Property("form", "string", "Tablett"),
                Property("reseptgruppe", "code", "C"),
            ),
            active=False,
        ),
        Concept(
            "ID_P1",
            "Innbill tab 5 mg, 100 stykk Blisterpakning",
            ("ID_M1",),
            properties=(
                Property("kind", "code", "pakning"),
                Property("varenr", "string", "999999"),
                Property("byttegruppe", "code", "ID_B1"),
                Property("markedsforingsdato", "dateTime", "2005-02-01"),
            ),
            valid_to=date(2026, 10, 31),
        ),
        Concept(
            "ID_L1",
            "Oppdiktol tab 5 mg",
            properties=(
                Property("kind", "code", "legemiddelvirkestoff"),
                Property("merkevare", "code", "ID_M1"),
            ),
        ),
        Concept("ID_B1", "Oppdiktol tab 5 mg", properties=(Property("kind", "code", "byttegruppe"),)),
    ]


def test_every_property_is_declared() -> None:
    release = _fest(HEAD, SUBSTANCE, PRODUCT, PACKAGE, OTHERS)
    used = {value.name for one in release.concepts for value in one.properties}
    assert used <= set(release.properties)


def test_a_version_that_is_named_goes_before_the_date() -> None:
    assert _fest(HEAD, SUBSTANCE, version="2026-09-15").version == "2026-09-15"


def test_faulty_entries_are_told_of_with_their_line() -> None:
    broken = SUBSTANCE.replace("<Navn>Oppdiktol</Navn>", "")
    dated = PACKAGE.replace("2026-10-31", "snart")
    with pytest.raises(Unprocessable) as refused:
        list(_fest(HEAD, broken, "\n", dated).concepts)
    assert [issue.diagnostics for issue in refused.value.issues] == [
        "fest.xml, line 1: OppfVirkestoff ID_V1: it has no name.",
        "fest.xml, line 7: OppfLegemiddelpakning ID_P1: snart is not a date.",
    ]


def test_what_is_no_fest_file_is_refused() -> None:
    with pytest.raises(Unprocessable, match="it is no FEST file"):
        _fest("<Noe/>")
    with pytest.raises(Unprocessable, match="does not say when it was fetched"):
        _fest(SUBSTANCE)
    with pytest.raises(Unprocessable, match="HentetDato: i går is not a date"):
        _fest("<HentetDato>i går</HentetDato>")


def test_a_file_that_breaks_off_is_refused_with_its_line() -> None:
    release = fest.release([f"<FEST>{HEAD}\n{SUBSTANCE}".encode()], "fest.xml")
    with pytest.raises(
        Unprocessable, match=r"fest\.xml, line 7: it is not well-formed XML: no element found"
    ):
        list(release.concepts)


@pytest.mark.parametrize(
    "document_type",
    [
        '<!DOCTYPE FEST SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE FEST [<!ENTITY a SYSTEM "http://example.org/">]>',
        '<!DOCTYPE FEST [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_a_document_type_is_refused_before_anything_it_declares_is_used(document_type: str) -> None:
    text = f"{document_type}<FEST>{HEAD}</FEST>".encode()
    with pytest.raises(Unprocessable, match="line 1: it has a document type"):
        fest.release([text], "fest.xml")


def test_elements_nested_very_deeply_are_refused() -> None:
    text = f"<FEST>{HEAD}<OppfVirkestoff>{'<a>' * 60}{'</a>' * 60}</OppfVirkestoff></FEST>".encode()
    with pytest.raises(Unprocessable, match="its elements are nested too deeply"):
        list(fest.release([text], "fest.xml").concepts)


def test_only_what_is_asked_for_is_kept() -> None:
    text = b"<r><other><deep/></other><one a='1'>x<in>y</in></one><one/></r>"
    first, second = elements([text], frozenset({"one"}), "x")
    assert (first.attributes, first.text, first.words("in"), second.children) == ({"a": "1"}, "x", "y", [])
    assert (first.words("no", "where"), first.attribute("a"), first.attribute("a", "in")) == ("", "1", "")
