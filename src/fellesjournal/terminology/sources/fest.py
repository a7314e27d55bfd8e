"""FEST, the national medicines catalogue (message M30, DMP): substances, products, packages, generic groups.

Each entry (Oppf...) has a status and a time, and one object with an id of its own, ID_<GUID>, which others
refer to and which stays when the content changes: that id is the code here. A package stands below the
product it is of. What refers to something else (ATC, generic group, products of a generic prescription) is a
property. An entry that has ended (status U) is kept, and is not active.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation, Property, Release
from fellesjournal.terminology.sources.elements import Element, elements
from fellesjournal.terminology.sources.reading import Faults, day

URL = "http://ehelse.no/fhir/CodeSystem/FEST"
LICENCE = "NLOD, Direktoratet for medisinske produkter; ATC © WHO Collaborating Centre Oslo"

FETCHED = "HentetDato"
ACTIVE = "A"

PROPERTIES = {
    "kind": "virkestoff, legemiddelvirkestoff, merkevare, pakning or byttegruppe.",
    "atc": "The ATC code.",
    "atc-text": "The text of the ATC code, a substance's name as a rule.",
    "form": "The pharmaceutical form.",
    "reseptgruppe": "The prescription group.",
    "varenr": "The package's item number.",
    "byttegruppe": "The group of packages among which a pharmacy may choose.",
    "merkevare": "A product that a generic prescription may become.",
    "refvirkestoff": "A salt or ester of the substance.",
    "markedsforingsdato": "When the package came on the market.",
    "midlutgattdato": "Since when the package is not to be had for the time being.",
    "changed": "When the entry was last changed.",
}

Parts = tuple[str, tuple[str, ...], list[Designation], list[Property], date | None]
"""Name, parents, other names, properties and last day of an object."""


def release(chunks: Iterable[bytes], source: str, version: str = "") -> Release:
    """The release in a FEST file, read in pieces; its version is the day it was fetched, if none is told.

    Raises Unprocessable when the file does not begin as FEST does; its concepts raise it with every faulty
    entry.
    """
    found = elements(chunks, frozenset({FETCHED, *_KINDS}), source)
    head = next(found, None)
    if head is None:
        raise Unprocessable(f"{source}: it is no FEST file: it has none of the entries that are read.")
    fetched = head.words()[:10] if head.name == FETCHED else ""
    if not (version or fetched):
        raise Unprocessable(f"{source}: it does not say when it was fetched ({FETCHED}); name a version.")
    faults = Faults(source)
    return Release(
        url=URL,
        version=version or fetched,
        name="FEST",
        title="FEST, forskrivnings- og ekspedisjonsstøtte",
        concepts=_concepts(chain([head], found), faults),
        publisher="Direktoratet for medisinske produkter",
        licence=LICENCE,
        source=source,
        valid_from=_fetched(fetched, source),
        properties=PROPERTIES,
    )


def _fetched(text: str, source: str) -> date | None:
    try:
        return day(text)
    except ValueError as error:
        raise Unprocessable(f"{source}: {FETCHED}: {error}.") from None


def _concepts(entries: Iterable[Element], faults: Faults) -> Iterator[Concept]:
    for entry in entries:
        if entry.name == FETCHED:
            continue
        kinds = _KINDS[entry.name]
        thing = next((one for one in entry.children if one.name in kinds), None)
        if thing is None:
            continue  # a strength of a substance: it has no name of its own
        try:
            yield _concept(entry, thing, kinds[thing.name])
        except ValueError as error:
            faults.add(entry.line, f"{entry.name} {thing.words('Id') or entry.words('Id')}: {error}")
    faults.settle()


def _concept(entry: Element, thing: Element, read: Callable[[Element], Parts]) -> Concept:
    """One entry. Raises ValueError with what is wrong with it."""
    name, parents, names, properties, last = read(thing)
    code = thing.words("Id")
    if not code or not name:
        raise ValueError("it has no id" if not code else "it has no name")
    return Concept(
        code,
        name,
        parents,
        designations=tuple(names),
        properties=(
            Property("kind", "code", _KIND_NAMES[thing.name]),
            *properties,
            *_property("changed", "dateTime", entry.words("Tidspunkt")),
        ),
        active=entry.attribute("V", "Status") in ("", ACTIVE),
        valid_to=last,
    )


def _substance(thing: Element) -> Parts:
    english = thing.words("NavnEngelsk")
    names = [Designation("en", "synonym", english)] if english else []
    salts = [Property("refvirkestoff", "code", one.words()) for one in thing.all("RefVirkestoff")]
    return thing.words("Navn"), (), names, salts, None


def _generic(thing: Element) -> Parts:
    products = [Property("merkevare", "code", one.words()) for one in thing.all("RefLegemiddelMerkevare")]
    return thing.words("NavnFormStyrke"), (), [], [*_medicine(thing), *products], None


def _product(thing: Element) -> Parts:
    brand = thing.words("Varenavn")
    names = [Designation("nb", "short", brand)] if brand else []
    return thing.words("NavnFormStyrke") or brand, (), names, list(_medicine(thing)), None


def _package(thing: Element) -> Parts:
    contents = thing.all("Pakningsinfo")
    products = dict.fromkeys(ref for one in contents if (ref := one.words("RefLegemiddelMerkevare")))
    sizes = [" ".join(_size(one)) for one in contents]
    name = ", ".join(part for part in (thing.words("NavnFormStyrke"), *sizes) if part)
    market = thing.child("Markedsforingsinfo")
    dates = [
        *_property("markedsforingsdato", "dateTime", market.words("Markedsforingsdato") if market else ""),
        *_property("midlutgattdato", "dateTime", market.words("MidlUtgattDato") if market else ""),
    ]
    properties = [
        *_property("varenr", "string", thing.words("Varenr")),
        *_medicine(thing),
        *(
            Property("byttegruppe", "code", group)
            for one in thing.all("PakningByttegruppe")
            if (group := one.words("RefByttegruppe"))
        ),
        *dates,
    ]
    return name, tuple(products), [], properties, day(market.words("AvregDato")) if market else None


def _group(thing: Element) -> Parts:
    name = (
        thing.attribute("DN", "Kode") or thing.words("BeskrivelseByttbarhet") or thing.attribute("V", "Kode")
    )
    return name, (), [], [], day(thing.words("GyldigTilDato"))


def _size(content: Element) -> Iterator[str]:
    """How much of what a package has: 100 stykk Blisterpakning."""
    for part in (
        content.words("Pakningsstr"),
        content.attribute("DN", "EnhetPakning"),
        content.attribute("DN", "Pakningstype"),
    ):
        if part:
            yield part


def _medicine(thing: Element) -> Iterator[Property]:
    """What everything that can be prescribed has."""
    yield from _property("atc", "code", thing.attribute("V", "Atc"))
    yield from _property("atc-text", "string", thing.attribute("DN", "Atc"))
    yield from _property("form", "string", thing.attribute("DN", "LegemiddelformKort"))
    yield from _property("reseptgruppe", "code", thing.attribute("V", "Reseptgruppe"))


def _property(name: str, kind: str, value: str) -> tuple[Property, ...]:
    return (Property(name, kind, value),) if value else ()


_KIND_NAMES = {
    "Virkestoff": "virkestoff",
    "LegemiddelVirkestoff": "legemiddelvirkestoff",
    "LegemiddelMerkevare": "merkevare",
    "Legemiddelpakning": "pakning",
    "Byttegruppe": "byttegruppe",
}

_KINDS: dict[str, dict[str, Callable[[Element], Parts]]] = {
    "OppfVirkestoff": {"Virkestoff": _substance},
    "OppfLegemiddelVirkestoff": {"LegemiddelVirkestoff": _generic},
    "OppfLegemiddelMerkevare": {"LegemiddelMerkevare": _product},
    "OppfLegemiddelpakning": {"Legemiddelpakning": _package},
    "OppfByttegruppe": {"Byttegruppe": _group},
}
"""The entries that are read, the object in each, and how."""
