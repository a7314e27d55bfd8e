"""What is written on a played day, by those who meet the citizens."""

from collections.abc import Mapping, Sequence


def home_visit(what: str, hour: int) -> Sequence[str]:
    """What can be written of a visit: by what it was for, else by the hour."""
    return _DONE.get(what) or (_MORNING if hour < 11 else _DAY if hour < 17 else _EVENING)


ROUND = (
    "Bedre i dag, har sovet godt. Fortsetter som planlagt, nye prøver i morgen.",
    "Uendret. Spiser litt mer. Mobiliseres med fysioterapeut i dag.",
    "Klar for hjemreise i løpet av to dager om kommunen har plass.",
)
_MORNING = (
    "Morgenstell og medisiner gitt. I godt humør, har spist frokost.",
    "Hjulpet med dusj og klær. Går støtt innendørs, har drukket godt.",
    "Litt svimmel ved oppreising, sitter en stund på sengekanten først. Følges opp.",
)
_DAY = (
    "Varmet middag, spiste det meste. Medisiner gitt.",
    "Hjulpet til toalett og i stolen igjen. Har drukket to glass.",
    "Sovet litt etter middag. Har hatt besøk, godt humør.",
)
_EVENING = (
    "Kveldsmat og medisiner gitt. Hjulpet til sengs.",
    "Kveldsstell. Hel hud. Dør låst, lys i gangen.",
    "Ville være oppe litt til. Medisiner gitt, alt rolig.",
)
_DONE: Mapping[str, Sequence[str]] = {
    "Sårstell": (
        "Skiftet, rent i bunnen, granulerer. Ikke lukt.",
        "Skyllet og lagt ny bandasje. Litt væske, mindre rødme rundt.",
    ),
    "Samtale hjemme": (
        "Snakket om uken som gikk. Sover bedre, har vært ute hver dag.",
        "Litt tungt i dag. Gikk en tur sammen, bedre etterpå.",
    ),
    "Oppfølging i egen bolig": (
        "Laget middag sammen og satte opp ukeplanen.",
        "Ryddet kjøkkenet og satte på vask. Blid.",
    ),
    "Praktisk bistand": (
        "Vasket bad og gulv, skiftet på sengen.",
        "Støvsugd, vasket kjøkken og bad. Tok en kopp kaffe sammen.",
    ),
    "Nattilsyn": ("Sov ved tilsyn. Dør låst, lys på badet.", "Våken, hjulpet på toalettet."),
}
"""By what a visit is planned for, where the hour does not say it."""
CONSULTATION = (
    "Kontroll. Har det bra, ingen nye plager. Medisinlisten er gått gjennom.",
    "Slapp noen uker. Normal undersøkelse, blodprøver tas i dag.",
    "Vondt i kneet etter tur. Lett hevelse, stabilt. Avlastning og øvelser.",
)
TRIAGE = (
    "Falt på fortauet, vondt i håndleddet. Lett hevelse, god sirkulasjon. Grønn hastegrad.",
    "Feber og hoste i fire dager. Våken og klar. Gul hastegrad, sees av lege.",
)
ADMISSION = (
    "Innlagt med økende tungpust siste døgn. Prøver og røntgen av lungene er bestilt.",
    "Innlagt til observasjon etter besvimelse hjemme. Overvåkes med telemetri.",
)
MESSAGES = (
    "Var hos meg i dag. Fint om dere følger med på matlyst og væske den neste uken.",
    "Kontroll hos meg i dag uten endringer. Ta kontakt hvis dere er bekymret.",
)
ANSWER = "Takk for beskjed. Vi følger med og ringer hvis noe endrer seg."
LEAVES = (
    "Undersøkt av lege. Råd gitt, tar kontakt ved forverring.",
    "Ferdig vurdert. Følges opp videre etter avtale.",
)
DISCHARGE = (
    "Bedring gjennom oppholdet, reiser hjem i dag. Kontroll hos fastlegen om en uke.",
    "Upåvirket og oppegående ved utreise. Legemidlene er gjennomgått med pasienten.",
)
