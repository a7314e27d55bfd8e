"""Acts in plain words: every ground, every kind, every act has its words, in both languages."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace as changed

from access.audit.test_log import NOW, NURSE, access
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.lines import lines
from fellesjournal.access.audit.reading import Logged, Place
from fellesjournal.access.audit.sentences import Sentences
from fellesjournal.access.audit.signing import signed
from fellesjournal.access.audit.texts import TEXTS
from fellesjournal.access.bulk import EXPORTER, OPERATOR
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.policies import Policies
from fellesjournal.app.region_build import BUILDER
from fellesjournal.fhir.definitions import Definitions

POLICIES = Policies()
SENTENCES = Sentences(POLICIES)
MEDICATION = "MedicationRequest/1/_history/1"


def said(*acts: Access, language: str = "nb") -> str:
    return SENTENCES.sentence(acts, language)


@pytest.mark.parametrize("language", TEXTS)
def test_every_ground_every_kind_and_every_language_has_its_words(language: str) -> None:
    texts = TEXTS[language]
    assert set(texts.because) == set(Basis)
    assert set(texts.kinds) == set(POLICIES.kinds)
    assert set(texts.verbs) == set("CRUDE")
    assert set(texts.entrance) == set(TEXTS["nb"].entrance)
    assert texts._fields == TEXTS["nb"]._fields


def test_who_signs_in_used_no_record_and_the_way_in_is_no_reason() -> None:
    citizen = Actor("Patient/9", "", "")
    came, went = (signed(citizen, what, NOW, reason="idporten") for what in ("signed-in", "signed-out"))
    assert said(came) == "Du logget inn."
    assert said(came, went) == "Du logget inn, og logget ut."
    assert said(came, language="en") == "You signed in."
    granted = signed(citizen, "app-granted", NOW, reason="helseapp patient/*.read")
    assert said(granted, language="nn") == "Du gav ein app tilgang."


@pytest.mark.parametrize("program", [OPERATOR, EXPORTER, BUILDER])
def test_programs_are_named_in_plain_words_and_not_as_they_are_called(program: Actor) -> None:
    act = changed(access(1), actor=program, action="C", decision=Decision(True, Basis.SYSTEM))
    told = [said(act, language=language) for language in TEXTS]
    assert "fellesjournal" not in "".join(told)
    assert all(len(set(texts.programs)) == len(set(texts.programs.values())) == 3 for texts in TEXTS.values())
    named = TEXTS["nb"].programs[program.person]
    assert said(act) == f"{named} opprettet noe i målinger og funn som en del av driften av journalen."


WHY = {
    Basis.ADMISSION: " fordi du er eller nylig var innlagt der.",
    Basis.REFERRAL: " fordi du er henvist dit.",
    Basis.VEDTAK: " fordi du har fått vedtak om tjenester derfra.",
    Basis.APPOINTMENT: " fordi du har eller nylig hadde time eller kontakt der.",
    Basis.LIST: " fordi noen der følger deg opp, eller skal gjøre noe for deg.",
    Basis.GP: " fordi du har fastlegen din der.",
    Basis.EMERGENCY: " med nødtilgang, som er til for når det haster med hjelp.",
    Basis.OVERRIDE: " ved å gå forbi sperringen din, som er lov når liv eller helse er i fare.",
    Basis.SELF: "Du åpnet målinger og funn.",
    Basis.PARENT: " som forelder.",
    Basis.GUARDIAN: " som verge.",
    Basis.POWER_OF_ATTORNEY: " med fullmakt fra deg.",
    Basis.SHARED: " åpnet målinger og funn.",
    Basis.OPENING: " fordi behandlingen din begynte der.",
    Basis.OVERSIGHT: " for å følge opp hvem som har brukt journalen.",
    Basis.SYSTEM: " som en del av driften av journalen.",
    Basis.PRACTICE: "funn. Dette er en øvelsesbase med oppdiktede personer, der alle kan åpne alt.",
    Basis.NO_RELATION: ", men fikk det ikke: det var ikke registrert at du får hjelp der.",
    Basis.BLOCKED: ", men fikk det ikke: du har sperret det.",
    Basis.ROLE: ", men fikk det ikke: rollen gir ikke adgang til det.",
    Basis.GRANT: ", men fikk det ikke: appen har ikke fått adgang til det.",
    Basis.WITHHELD: ", men fikk det ikke: det er sperret, eller krever en egen rett.",
    Basis.FAILED: ", men fikk det ikke: det fantes ikke, eller lot seg ikke gjøre.",
}
REFUSING = list(Basis)[list(Basis).index(Basis.NO_RELATION) :]


@pytest.mark.parametrize("basis", Basis)
def test_on_every_ground_the_citizen_is_told_why_and_no_two_grounds_are_told_alike(basis: Basis) -> None:
    decision = Decision(basis not in REFUSING, basis)
    assert said(access(decision=decision)).endswith(WHY[basis])
    for language in TEXTS:
        told = [said(access(decision=Decision(decision.permit, one)), language=language) for one in Basis]
        assert len(set(told)) >= len(Basis) - 1  # nothing is said of the own record, nor of what is nobody's
        assert not any(word in " ".join(told) for word in ("{", "}", "  ", ".."))


def test_every_resource_type_has_a_name_in_a_sentence(definitions: Definitions) -> None:
    for type in definitions.resource_types:
        text = said(access(resources=(f"{type}/1/_history/1",)))
        assert text.startswith("Sykepleier Nina Nyseng ved Sengepost 4 åpnet ")
        assert " journalen " not in text, type


def test_a_sentence_says_who_where_what_and_why() -> None:
    act = access(resources=(MEDICATION,))
    assert said(act) == (
        "Sykepleier Nina Nyseng ved Sengepost 4 åpnet legemiddellisten "
        "fordi du er eller nylig var innlagt der."
    )
    assert said(act, language="en") == (
        "Nurse Nina Nyseng at Sengepost 4 opened the medication list because you are, or recently were, "
        "a patient there."
    )


def test_several_acts_are_told_together_each_kind_once() -> None:
    acts = [
        access(resources=(MEDICATION,)),
        access(resources=("Observation/1/_history/1", MEDICATION)),
        access(action="U", interaction="update", resources=(MEDICATION,)),
    ]
    assert said(*acts).startswith(
        "Sykepleier Nina Nyseng ved Sengepost 4 åpnet legemiddellisten og målinger og funn, "
        "og endret i legemiddellisten"
    )


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        (
            {"decision": Decision(False, Basis.NO_RELATION)},
            "Sykepleier Nina Nyseng ved Sengepost 4 prøvde å åpne målinger og funn, men fikk det ikke: "
            "det var ikke registrert at du får hjelp der.",
        ),
        (
            {"decision": Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs")},
            "Sykepleier Nina Nyseng ved Sengepost 4 åpnet målinger og funn med nødtilgang, "
            "som er til for når det haster med hjelp. Begrunnelse: «Bevisstløs».",
        ),
        (
            {"interaction": "everything"},
            "Sykepleier Nina Nyseng ved Sengepost 4 åpnet hele journalen "
            "fordi du er eller nylig var innlagt der.",
        ),
        (
            {"actor": Actor("Patient/7", "innbygger", "PATRQT"), "decision": Decision(True, Basis.SELF)},
            "Du åpnet målinger og funn.",
        ),
        (
            {
                "actor": Actor("Patient/7", "innbygger", "PATRQT", app="Helseappen"),
                "decision": Decision(True, Basis.SELF),
            },
            "Du gjennom Helseappen åpnet målinger og funn.",
        ),
        (
            {
                "actor": Actor("Patient/8", "representant", "PATRQT", "Mor Prøve", represents="Patient/7"),
                "decision": Decision(True, Basis.PARENT),
            },
            "Mor Prøve åpnet målinger og funn som forelder.",
        ),
        (
            {"actor": Actor("Device/1", "?", ""), "decision": Decision(True, Basis.SYSTEM)},
            "Noen åpnet målinger og funn som en del av driften av journalen.",
        ),
        (
            {"resources": (), "asked": ""},
            "Sykepleier Nina Nyseng ved Sengepost 4 åpnet journalen fordi du er eller nylig var innlagt der.",
        ),
    ],
)
def test_attempts_emergencies_and_others_than_health_workers(changed: dict[str, Any], text: str) -> None:
    assert said(access(**changed)) == text


@pytest.mark.parametrize("language", TEXTS)
def test_to_another_reader_nothing_is_said_as_if_they_were_the_citizen(language: str) -> None:
    texts = TEXTS[language]
    own_words = {
        "nb": {"du", "deg", "din", "dine"},
        "nn": {"du", "deg", "din", "di", "dine"},
        "en": {"you", "your"},
    }[language]
    told = {basis: texts.of_another.get(basis, texts.because[basis]) for basis in Basis}
    for basis, words in told.items():
        assert not own_words & set(re.findall(r"\w+", words.lower())), basis
    assert set(texts.of_another) == {
        basis for basis, words in texts.because.items() if own_words & set(re.findall(r"\w+", words.lower()))
    }


def test_who_reads_is_you_and_the_citizen_is_named() -> None:
    parent = Actor("Patient/8", "representant", "FAMRQT", "Mor Prøve", represents="Patient/7")
    as_parent = access(actor=parent, decision=Decision(True, Basis.PARENT))
    citizen = access(
        actor=Actor("Patient/7", "innbygger", "", "Barn Prøve"), decision=Decision(True, Basis.SELF)
    )
    refused = access(decision=Decision(False, Basis.BLOCKED))
    listed = access(named=False)

    def read(act: Access, language: str = "nb") -> str:
        return SENTENCES.sentence([act], language, "Patient/8")

    assert read(as_parent) == "Du åpnet målinger og funn som forelder."
    assert read(as_parent, "en") == "You opened measurements and findings as a parent."
    assert read(citizen) == "Innbygger Barn Prøve åpnet målinger og funn."
    assert read(refused).endswith("men fikk det ikke: innbyggeren har sperret det.")
    assert "på en liste der innbyggeren sto fordi innbyggeren er" in read(listed)
    assert read(access(), "en").endswith("because the citizen is, or recently was, a patient there.")


def test_what_is_created_and_how_emergency_access_began_are_said_so() -> None:
    created = access(action="C", interaction="update", resources=(MEDICATION,))
    assert said(created).startswith(
        "Sykepleier Nina Nyseng ved Sengepost 4 opprettet noe i legemiddellisten "
    )
    assert "created something in the medication list" in said(created, language="en")
    taken = access(
        interaction="emergency",
        resources=("Task/1/_history/1",),
        decision=Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs"),
    )
    assert said(taken) == (
        "Sykepleier Nina Nyseng ved Sengepost 4 åpnet journalen med nødtilgang, som er til for når det "
        "haster med hjelp. Begrunnelse: «Bevisstløs»."
    )
    assert said(taken, language="en") == (
        "Nurse Nina Nyseng at Sengepost 4 opened the record by emergency access, which is for when help is "
        "urgent. Reason: “Bevisstløs”."
    )
    overridden = changed(taken, decision=Decision(True, Basis.OVERRIDE, "Task/1", "Bevisstløs"))
    assert said(overridden) == (
        "Sykepleier Nina Nyseng ved Sengepost 4 åpnet journalen ved å gå forbi sperringen din, som er lov "
        "når liv eller helse er i fare. Begrunnelse: «Bevisstløs»."
    )


def test_a_reason_that_is_a_sentence_ends_once() -> None:
    decision = Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs i gangen.")
    assert said(access(decision=decision)).endswith("Begrunnelse: «Bevisstløs i gangen».")


def test_in_nynorsk_titles_are_as_in_bokmaal() -> None:
    assert said(access(resources=(MEDICATION,)), language="nn") == (
        "Sykepleier Nina Nyseng ved Sengepost 4 opna legemiddellista fordi du er eller nyleg var innlagd der."
    )


def test_acts_within_some_minutes_are_one_line_and_others_are_not() -> None:
    acts = [
        access(moment=NOW + timedelta(minutes=minutes), actor=actor)
        for minutes, actor in (
            (0, NURSE),
            (5, NURSE),
            (6, replace(NURSE, person="Practitioner/x")),
            (14, NURSE),
        )
    ]
    acts += [access(moment=NOW + timedelta(minutes=30))]
    entries = [Logged(act, Place(act.moment, 1, n)) for n, act in enumerate(acts)]
    found = lines(reversed(entries), SENTENCES, "nb")
    assert [line.events for line in found] == [("1-4",), ("1-3", "1-1", "1-0"), ("1-2",)]
    assert (found[1].start, found[1].end) == (NOW, NOW + timedelta(minutes=14))


def test_sign_in_is_no_citizens_and_a_refusal_tells_why() -> None:
    login = signed(NURSE, "signed-in", NOW)
    assert (login.citizen, login.interaction, login.decision.permit) == (0, "login", True)
    refused = signed(Actor("", "", ""), "refused", NOW, reason="The token has expired.")
    assert (refused.interaction, refused.decision) == (
        "login",
        Decision(False, Basis.FAILED, reason="The token has expired."),
    )
    assert signed(NURSE, "signed-out", NOW).interaction == "logout"
