"""Names that nobody bears: an adjective and a noun, as the tax authority names its synthetic persons.

Families share the noun. The lists are our own.
"""

from fellesjournal.rollout.region.chance import Chance

GIVEN = (
    "Alvorlig", "Annerledes", "Ansvarlig", "Beskjeden", "Betenksom", "Blid", "Drømmende", "Dyktig", "Ekte",
    "Endelig", "Enkel", "Faktisk", "Fargerik", "Fin", "Flittig", "Forsiktig", "Fredelig", "Frisk", "Frodig",
    "Fornøyd", "Fornuftig", "Gavmild", "Gjestfri", "Glad", "Glitrende", "Grei", "Gyllen", "Hendig",
    "Hjelpsom", "Hyggelig", "Høflig", "Ivrig", "Kjølig", "Klar", "Klok", "Koselig", "Kraftig", "Kreativ",
    "Kunstferdig", "Kvikk", "Langsom", "Lett", "Liten", "Livlig", "Lun", "Lydhør", "Lykkelig", "Lystig",
    "Løvtynn", "Merkbar", "Mild", "Modig", "Munter", "Myk", "Nevenyttig", "Nysgjerrig", "Nøktern", "Nøysom",
    "Oppfinnsom", "Ordentlig", "Overrasket", "Praktisk", "Punktlig", "Rask", "Rolig", "Romslig",
    "Rundbrynt", "Ryddig", "Rørlig", "Samlet", "Sannferdig", "Selvstendig", "Sindig", "Skarp", "Smidig",
    "Snarrådig", "Solid", "Spenstig", "Sprek", "Staselig", "Stillferdig", "Stolt", "Stødig", "Sødmefull",
    "Tenksom", "Tilfreds", "Tolerant", "Treffsikker", "Trofast", "Trygg", "Tydelig", "Tålmodig", "Undrende",
    "Varm", "Varsom", "Vennlig", "Verdig", "Vimsete", "Våken", "Ærlig",
)  # fmt: skip

_FIRST = (
    "Bjørke", "Bølge", "Eine", "Eple", "Fjell", "Fjord", "Foss", "Furu", "Gran", "Hassel", "Hav", "Hegge",
    "Isbre", "Kaste", "Kirse", "Klippe", "Korn", "Lerke", "Linde", "Lyng", "Løv", "Måne", "Multe", "Myr",
    "Nord", "Nype", "Nøtte", "Ospe", "Perle", "Rein", "Rogne", "Rose", "Sand", "Selje", "Sild", "Sjø",
    "Skjell", "Skog", "Snø", "Sol", "Stein", "Strand", "Tang", "Tind", "Torv", "Tytte", "Ulle", "Vår",
    "Vidde", "Østers",
)  # fmt: skip
_SECOND = (
    "bekk", "bær", "blad", "blomst", "bukt", "bunad", "bønne", "dal", "dråpe", "due", "fjær", "flake",
    "fugl", "gren", "gress", "hake", "hette", "hylle", "kappe", "kongle", "krone", "kvist", "lanse",
    "lanterne", "lykt", "matte", "mose", "nål", "odde", "pute", "reke", "ring", "rypa", "skje", "skygge",
    "snelle", "spade", "spire", "stjerne", "stubb", "tue", "tåke", "vik", "vind", "ås", "øy", "åre", "ert",
    "løk", "kål",
)  # fmt: skip


def given_name(chance: Chance) -> str:
    """An adjective, some of them two."""
    first = chance.pick(GIVEN)
    return f"{first} {chance.pick(GIVEN)}" if chance.yes(0.25) else first


def family_name(chance: Chance) -> str:
    """A noun made of two."""
    return f"{chance.pick(_FIRST)}{chance.pick(_SECOND)}"
