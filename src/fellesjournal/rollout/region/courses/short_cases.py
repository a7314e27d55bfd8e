"""What one is admitted for and goes home from within days: a table that a clinician can correct."""

from collections.abc import Mapping
from typing import NamedTuple

from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    FERRITIN,
    GLUCOSE,
    HAEMOGLOBIN,
    POTASSIUM,
    SODIUM,
    TROPONIN_T,
    Measure,
)
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.formulary import PENICILLIN_ON, PIVMECILLINAM_HIGH
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story

MEDICAL, SURGICAL, ORTHOPAEDIC = (
    Service.MEDICAL_WARD,
    Service.SURGICAL_WARD,
    Service.ORTHOPAEDIC_WARD,
)
CHEST_PAIN = Problem("Uspesifisert brystsmerte", "A11", "R074")
BLEEDING = Problem("Gastrointestinal blødning", "D15", "K922")
KIDNEY = Problem("Nyrebekkenbetennelse", "U70", "N10")
RETENTION = Problem("Urinretensjon", "U08", "R33")
FAINTED = Problem("Synkope", "A06", "R55")
RACES = Problem("Supraventrikulær takykardi", "K79", "I471")
MYOMA = Problem("Leiomyom i livmor", "X78", "D259")
BOWEL = Problem("Divertikkelsykdom i tykktarm", "D92", "K573")
STONE = Problem("Nyrestein", "U95", "N209")
LOOSE = Problem("Gastroenteritt, antatt infeksiøs", "D73", "A090")
NOROVIRUS = Problem("Gastroenteritt ved norovirus", "D70", "A081")


class Case(NamedTuple):
    """Why one is admitted: for those between two ages, for so many nights, with what is told and done."""

    problem: Problem
    ward: Service
    weight: float
    youngest: int
    oldest: int
    nights: tuple[int, int]
    story: Story
    farewell: Farewell
    days: int
    ill: Ill = Ill()
    tests: Mapping[Measure, float] = {}
    """What they show; of haemoglobin it is what the citizen has lost that counts, not the number here."""
    operation: Operation | None = None
    control: tuple[int, tuple[Measure, ...]] | None = None
    """After how many days the GP takes which tests."""
    pictures: tuple[Modality, str, str] | None = None
    """What the note on arrival speaks of."""
    found_to_be: Problem | None = None
    """What it is called when it is answered what it is."""
    tablets: Medicine | None = None
    """What is given along, to the last of so many days of `cure` with those at the ward."""
    cure: int = 10
    women: bool | None = None
    """For women only, or for men only; None for both."""

    def fits(self, age: int, *, woman: bool) -> bool:
        """Whether it can be the reason at that age."""
        return self.youngest <= age <= self.oldest and self.women in (None, woman)


CASES = (
    Case(
        CHEST_PAIN, MEDICAL, 16, 30, 100, (1, 3),
        Story("Trykkende ubehag i brystet de siste timene, går ikke over i ro.",
              "Uanstrengt, ren over lungene, EKG uten ferske forandringer.",
              "Brystsmerter, lav sannsynlighet for koronarsykdom.", "Telemetri, troponin etter 3 timer."),
        Farewell("Smertefri, to negative troponiner, rolig telemetri.", "Ny kontakt ved nye smerter."),
        3, Ill(pulse=10, systolic=10), {TROPONIN_T: 7},
    ),
    Case(
        FAINTED, MEDICAL, 8, 20, 110, (2, 5),
        Story("Falt om stående, borte i under et minutt, klar med en gang etterpå.",
              "Ingen nye nevrologiske utfall, ingen bilyd, EKG med sinusrytme. Ingen skade.",
              "Trolig vasovagal eller ortostatisk synkope.", "Telemetri, ortostatisk blodtrykk, blodprøver."),
        Farewell("Ingen rytmeforstyrrelse. Blodtrykket faller litt når pasienten reiser seg.",
                 "Drikke nok, reise seg langsomt. Ikke bilkjøring de første ukene. Ny vurdering hos fastlege "
                 "ved nytt anfall."),
        2, Ill(systolic=-12), {TROPONIN_T: 7, SODIUM: 140, POTASSIUM: 4.1, GLUCOSE: 5.6},
    ),
    Case(
        KIDNEY, MEDICAL, 4, 16, 110, (3, 8),
        Story("Feber, frysninger og flankesmerter i to døgn, svie ved vannlating.",
              "Bankeøm over nyrelosjen, stix positiv på nitritt og leukocytter.",
              "Akutt pyelonefritt.", "Dyrkning av urin og blod, antibiotika intravenøst."),
        Farewell("Cefotaksim intravenøst, feberen gikk ned etter hvert. E. coli i urinen, følsom.",
                 "Ikke kontroll når plagene er borte."),
        10, Ill(pulse=22, breaths=3, temperature=2.0, systolic=-8), {CRP: 148, CREATININE: 0},
        tablets=PIVMECILLINAM_HIGH,
    ),
    Case(
        Problem("Erysipelas", "S76", "A46"), MEDICAL, 6, 35, 110, (3, 8),
        Story("Rødt, varmt og vondt underbein siden i går, frostrier.",
              "Skarpt avgrenset rødme på høyre legg, ingen sår.",
              "Erysipelas.", "Penicillin intravenøst, leie beinet høyt."),
        Farewell("Rødmen går tilbake, feberfri.", ""),
        14, Ill(pulse=18, temperature=1.8), {CRP: 122}, tablets=PENICILLIN_ON,
    ),
    Case(
        LOOSE, MEDICAL, 5, 16, 110, (2, 5),
        Story("Oppkast og diaré i to døgn, beholder ikke drikke.",
              "Tørre slimhinner, myk mage.", "Gastroenteritt med dehydrering.",
              "Væske intravenøst, enerom, prøve av avføring."),
        Farewell("Spiser og drikker. Norovirus i prøven.", "Håndhygiene i to døgn til."),
        6, Ill(pulse=18, temperature=0.7, systolic=-12),
        {CRP: 24, CREATININE: 0, SODIUM: 138, POTASSIUM: 3.5}, found_to_be=NOROVIRUS,
    ),
    Case(
        Problem("Dehydrering", "T11", "E86"), MEDICAL, 12, 75, 110, (3, 6),
        Story("Har spist og drukket lite den siste uka, slapp og ustø.",
              "Tørr i munnen, nedsatt hudturgor. Våken og klar.", "Dehydrering.",
              "Væske, veiing, ernæringsvurdering."),
        Farewell("Kviknet til, spiser halve porsjoner. Nyreprøvene er bedre enn ved innkomst.",
                 "Drikkeliste og næringsdrikk. Fastlege kontrollerer prøver om to uker."),
        7, Ill(pulse=14, systolic=-16),
        {CREATININE: 0, SODIUM: 145, POTASSIUM: 3.8}, control=(14, (CREATININE, POTASSIUM, SODIUM)),
    ),
    Case(
        STONE, SURGICAL, 7, 25, 80, (1, 3),
        Story("Takvise flankesmerter siden i natt, kaster opp av smertene.",
              "Urolig, blod i urinen, ikke feber.", "Trolig nyrestein.", "Smertelindring, CT urinveier."),
        Farewell("Stein på 4 mm nederst i urinlederen. Smertefri.", "Ventes å gå av seg selv. Sil urinen."),
        14, Ill(pulse=24, systolic=18), {CREATININE: 0, CRP: 6},
        pictures=(Modality.CT, "CT urinveier", "Stein på 4 mm nederst i urinlederen, lett stuvning."),
    ),
    Case(
        BOWEL, SURGICAL, 7, 45, 100, (3, 8),
        Story("Tiltakende smerter nede til venstre i magen i to dager.",
              "Øm i venstre fossa, ikke stram. CT: betent divertikkel, ingen abscess.",
              "Ukomplisert divertikulitt.", "Væske, smertelindring, lett kost."),
        Farewell("Gradvis bedre uten antibiotika.", "Fiberrik kost. Ny kontakt ved feber."),
        14, Ill(pulse=10, temperature=0.9), {CRP: 96},
        pictures=(Modality.CT, "CT abdomen", "Betent divertikkel i sigmoideum. Ingen abscess."),
    ),
    Case(
        BLEEDING, MEDICAL, 5, 60, 110, (3, 8),
        Story("Svart avføring i to dager, svimmel når pasienten reiser seg.",
              "Blek, melena ved undersøkelse, myk mage.", "Øvre gastrointestinal blødning.",
              "Gastroskopi, protonpumpehemmer intravenøst, blodtyping."),
        Farewell("Overfladisk sår i magesekken ved gastroskopi, ikke pågående blødning.",
                 "Syrehemmer for fire uker er på e-resept. Ny blodprosent hos fastlege om en uke."),
        20, Ill(pulse=18, systolic=-14), {HAEMOGLOBIN: 0}, control=(7, (HAEMOGLOBIN, FERRITIN)),
    ),
    Case(
        Problem("Tarmobstruksjon", "D99", "K566"), SURGICAL, 5, 45, 110, (3, 8),
        Story("Takvise magesmerter, oppkast, ikke luft siden i går.",
              "Oppblåst, klingende tarmlyder. CT: utvidet tynntarm, trolig adheranser.",
              "Tynntarmsileus.", "Sonde, fastende, væske, kontrast gjennom sonden."),
        Farewell("Kontrasten gikk igjennom, avføring andre dag.", "Små måltider. Ny kontakt ved oppkast."),
        7, Ill(pulse=14, systolic=-4), {CRP: 18},
        pictures=(Modality.CT, "CT abdomen", "Utvidet tynntarm, trolig adheranser. Ikke fri luft."),
    ),
    Case(
        RACES, MEDICAL, 2, 20, 70, (1, 1),
        Story("Plutselig hjertebank for to timer siden, lett uvel.",
              "EKG: rask regelmessig rytme, smale QRS. Slo om på adenosin.", "SVT.",
              "Telemetri til i morgen."),
        Farewell("Sinusrytme, stabil.", "Lært Valsalva. Henvist til elektrofysiologisk vurdering ved nye."),
        2, Ill(pulse=85, systolic=-8, halves=1),
    ),
    Case(
        RETENTION, SURGICAL, 6, 65, 100, (2, 5),
        Story("Ikke latt vannet siden i går kveld, sprengsmerter.",
              "Blære til navlen, 900 mL tømt med kateter.", "Akutt urinretensjon.",
              "Kateter, nyreprøver, laksantia."),
        Farewell("Later vannet etter fjernet kateter, 60 mL rest.", "Urolog vurderer ved ny retensjon."),
        10, Ill(pulse=10, systolic=18), {CREATININE: 0}, women=False,
    ),
    Case(
        Problem("Brudd i bekken", "L76", "S325"), ORTHOPAEDIC, 8, 75, 110, (3, 8),
        Story("Gled og satte seg hardt. Vondt i lysken, klarer noen skritt.",
              "Øm over symfysen, fri hofte. Røntgen: brudd i ramus, ingen hoftebrudd.",
              "Stabilt bekkenbrudd.", "Smertelindring, mobilisering etter evne."),
        Farewell("Går med rollator, smerter under kontroll.", "Belaste fritt. Fysioterapi i kommunen."),
        60, Ill(pulse=8, systolic=10),
        pictures=(Modality.XRAY, "RTG bekken", "Brudd i ramus, ingen hoftebrudd."),
    ),
    Case(
        Problem("Brudd i overarm", "L76", "S422"), ORTHOPAEDIC, 6, 70, 110, (2, 5),
        Story("Falt på skulderen, klarer ikke løfte armen.",
              "Hoven overarm, god sirkulasjon og følelse. Røntgen: lite forskjøvet brudd øverst.",
              "Brudd i proksimale humerus.", "Slynge, smertelindring."),
        Farewell("Steller seg med litt hjelp.", "Pendeløvelser fra andre uke. Ny kontakt ved mer vondt."),
        70, Ill(pulse=8, systolic=8),
        pictures=(Modality.XRAY, "RTG overarm", "Lite forskjøvet brudd øverst i humerus."),
    ),
    Case(
        Problem("Isjias med skiveprolaps", "L86", "M511"), ORTHOPAEDIC, 5, 30, 60, (2, 5),
        Story("Sterke smerter fra korsryggen ned i venstre bein i to dager, får ikke sove.",
              "Positiv Lasègue, normal kraft, vannlating uten problemer. MR: skiveprolaps L5/S1.",
              "Isjias uten lammelser.", "Smertelindring, fysioterapi."),
        Farewell("Kommer seg opp og går. Ikke grunnlag for operasjon nå.", "Holde seg i gang."),
        60, Ill(pulse=6, systolic=8),
        pictures=(Modality.MRI, "MR korsrygg", "Skiveprolaps L5/S1."),
    ),
    Case(
        MYOMA, SURGICAL, 9, 48, 55, (2, 5),
        Story("Kommer til planlagt fjerning av livmor. Store blødninger i to år.",
              "Livmor som i uke 14, fritt bevegelig.", "Myomer.", "Kikkhullsoperasjon i dag."),
        Farewell("Ukomplisert inngrep, oppe samme kveld.", "Ikke tungt arbeid i tre uker."),
        40, operation=Operation("LCD04", "Laparoskopisk total hysterektomi"), women=True,
    ),
    Case(
        Problem("Fremfall av fremre skjedevegg", "X87", "N811"), SURGICAL, 5, 52, 85, (1, 3),
        Story("Kommer til planlagt operasjon. Tyngdefølelse og kul i skjeden.",
              "Fremfall av fremre vegg, grad 2.", "Fremfall.", "Operasjon i dag."),
        Farewell("Ukomplisert, later vannet.", "Unngå tunge løft i seks uker."),
        45, operation=Operation("LEF00", "Fremre kolporafi"), women=True,
    ),
)  # fmt: skip
