"""A small made-up code system, in three releases: sorts of ailments of trolls."""

from datetime import date

from fellesjournal.terminology.release import Concept, Designation, Property, Release

URL = "http://example.no/troll"
TODAY = date(2026, 6, 1)


def _names(nn: str, en: str) -> tuple[Designation, ...]:
    return (
        Designation("nn", "display", nn),
        Designation("en", "display", en),
        Designation("nb", "synonym", f"{en}-aktig"),
    )


def concepts() -> list[Concept]:
    """Those of the newest release."""
    return [
        Concept("T", "Trollsykdommer", abstract=True),
        Concept("T1", "Brudd", ("T",), "Noe er brukket", _names("Brot", "Fracture"), abstract=True),
        Concept("T1.1", "Brudd i hale", ("T1",), designations=_names("Halebrot", "Fracture of tail"),
                properties=(Property("side", "code", "none"), Property("weight", "integer", "3"))),
        Concept("T1.2", "Brudd i hode", ("T1",), properties=(Property("side", "code", "left"),)),
        Concept("T1.21", "Brudd i ene hodet", ("T1.2",), properties=(Property("side", "code", "left"),)),
        Concept("T1.22", "Brudd i nese", ("T1.2", "T2"), active=False),
        Concept("T2", "Nesesykdom", ("T",)),
        Concept("T2.1", "Solstikk i nese", ("T2",), valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31)),
        Concept("T3", "Forsteining", ("T",), valid_from=date(2026, 1, 1)),
    ]  # fmt: skip


def newest() -> Release:
    """In force since 2026."""
    return _release("2026", date(2026, 1, 1), concepts())


def older() -> Release:
    """In force in 2025: it has T9, which the newest no longer has, and T1 under another name."""
    gone = Concept(
        "T9", "Ettersmak av bukk", ("T",), designations=(Designation("en", "display", "Goat taste"),)
    )
    named = Concept("T1", "Knekk", ("T",))
    return _release("2025", date(2025, 1, 1), [concepts()[0], named, gone])


def coming() -> Release:
    """In force from 2027 on."""
    return _release(
        "2027", date(2027, 1, 1), [Concept("T", "Alle trollsykdommer"), Concept("X", "Ny", ("T",))]
    )


def _release(version: str, since: date, of: list[Concept]) -> Release:
    return Release(
        URL, version, "Troll", "Trollsykdommer", of, case_sensitive=False, valid_from=since,
        properties={"side": "Which side", "weight": "How heavy"},
    )  # fmt: skip
