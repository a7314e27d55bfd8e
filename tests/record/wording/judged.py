"""Questions to the records of citizens with written stories, and what each must find.

Judged by what the question asks for: a resource of a type with some text in it (a text of a file counts).
"""

from typing import NamedTuple

from fellesjournal.rollout.region.stories import (
    apart,
    dementia,
    died,
    expecting,
    hip,
    many_ills,
    newborn,
    pneumonia,
    refugee,
    sports,
)


class Judged(NamedTuple):
    """What is typed in the chart of a citizen, and what must be found."""

    citizen: str
    typed: str
    type: str
    text: str


HIP, ILLS, PNEUMONIA, ASTHMA = hip.ID, many_ills.ID, pneumonia.ID, apart.ID
DIED, EXPECTING, MOTHER, DEMENTIA = died.ID, expecting.ID, newborn.MOTHER, dementia.ID
REFUGEE, KNEE = refugee.ID, sports.ID

QUESTIONS = (
    # As it is written, inflected, or only begun.
    Judged(HIP, "delir", "Composition", "Delir andre natt"),
    Judged(HIP, "protesen", "Procedure", "Delprotese"),
    Judged(HIP, "blødninger", "Composition", "blødning 250"),
    Judged(HIP, "dørstokk", "Composition", "Snublet i dørstokken"),
    Judged(ILLS, "hjertesv", "Encounter", "Hjertesvikt"),
    Judged(ILLS, "knatrelyd", "Composition", "Knatrelyder over begge lunger"),
    Judged(KNEE, "krykke", "Composition", "Krykker, is, bandasje"),
    Judged(REFUGEE, "mareritt", "Composition", "Mareritt og innsovningsvansker"),
    # Compounds both ways.
    Judged(HIP, "brudd i lårhalsen", "Encounter", "Lårhalsbrudd"),
    Judged(HIP, "trening", "Composition", "Opptrening på Multemyra"),
    Judged(HIP, "alarm", "ServiceRequest", "Trygghetsalarm"),
    Judged(ILLS, "svikt i hjertet", "Condition", "Hjertesvikt"),
    Judged(DIED, "hjertesvikt", "Composition", "Svikt i hjertet tross behandling"),
    Judged(ILLS, "væskerestriksjon", "Composition", "væskerestriksjon, daglig vekt"),
    Judged(ILLS, "ødem", "Composition", "pittingødem til knærne"),
    Judged(EXPECTING, "smerter i bekkenet", "Composition", "Bekkensmerter ved gange"),
    Judged(HIP, "snublet dørstokk", "Composition", "Snublet i dørstokken"),
    Judged(REFUGEE, "anemi", "Encounter", "Jernmangelanemi"),
    Judged(KNEE, "skade i korsbånd", "Encounter", "Fremre korsbåndskade"),
    # Other words for the same thing, and what codes are called.
    Judged(HIP, "hypertensjon", "Condition", "Høyt blodtrykk"),
    Judged(HIP, "beinskjørhet", "Encounter", "Osteoporose"),
    Judged(HIP, "hoftebrudd", "Encounter", "Lårhalsbrudd"),
    Judged(ILLS, "sukkersyke", "Condition", "Diabetes type 2"),
    Judged(ILLS, "kronisk obstruktiv lungesykdom", "Condition", "KOLS"),
    Judged(PNEUMONIA, "pneumoni", "Encounter", "Lungebetennelse"),
    Judged(PNEUMONIA, "lungebetennelse", "Composition", "Trolig pneumoni"),
    Judged(EXPECTING, "urinveisinfeksjon", "Encounter", "Blærekatarr"),
    Judged(ILLS, "hjerteinsuffisiens", "Condition", "Hjertesvikt"),
    Judged(DEMENTIA, "demens", "Condition", "Alzheimers sykdom"),
    Judged(MOTHER, "sectio", "Procedure", "Keisersnitt"),
    # Nynorsk, and letters as they are typed without them.
    Judged(HIP, "lårhalsbrot", "Encounter", "Lårhalsbrudd"),
    Judged(PNEUMONIA, "sjukdommar", "Composition", "Tidligere sykdommer"),
    Judged(HIP, "hoyre bein", "Composition", "Høyre bein forkortet"),
    Judged(EXPECTING, "blaerekatarr", "Encounter", "Blærekatarr"),
    Judged(HIP, "paakledning", "Composition", "påkledning"),
    # A letter wrong.
    Judged(HIP, "osteoprose", "Encounter", "Osteoporose"),
    Judged(ILLS, "spironolaktom", "MedicationRequest", "Spironolakton"),
    # Phrases, several words, and files.
    Judged(HIP, '"ble liggende i to timer"', "Composition", "Snublet i dørstokken"),
    Judged(ASTHMA, "glemmer dosen", "Composition", "Glemmer kveldsdosen"),
    Judged(HIP, "klage statsforvalteren", "DocumentReference", "Vedtak om"),
)

NOT_FOUND: frozenset[str] = frozenset()
"""The questions whose resource is not found yet."""
