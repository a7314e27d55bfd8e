"""What speaks against a medicine, and what is given instead: facts as rows, one for each rule.

Facts are from the summaries of product characteristics (SPC) as Felleskatalogen prints them, and from
Helsedirektoratet's guidelines; each row names its source. `prescribing` asks the table whenever a medicine is
chosen, and whenever something new makes one that is used unsafe. Limits of filtration are eGFR in
mL/min/1.73 m2.
"""

from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from fellesjournal.rollout.region import formulary as given
from fellesjournal.rollout.region.chart.medicines import Medicine


class Against(Enum):
    """What kind of thing forbids a medicine."""

    MEDICINE = auto()
    """Another one in use, which stays: `of` is how its ATC code begins."""
    FILTRATION = auto()
    """Kidneys that filter less than `below`."""
    PREGNANCY = auto()
    """From the day on which it is known."""
    PROBLEM = auto()
    """A problem on the list: `of` is its ICPC-2 code."""
    STAY = auto()
    """A stay at a ward, ever after: `of` is the ICPC-2 code of what it was for."""
    ALLERGY = auto()
    """`of` is how the ATC code of what is not tolerated begins."""


class Rule(NamedTuple):
    """One row: how the ATC code of the medicine begins, what forbids it, and what is given instead."""

    medicine: str
    against: Against
    of: tuple[str, ...]
    instead: Medicine | None
    source: str
    below: float = 0
    strength: str = ""
    """Goes for products with this in their name alone."""


_HEART = ("K74", "K75", "K76", "K77", "K89", "K90", "U99")
_SPC = "SPC, Felleskatalogen"

RULES: tuple[Rule, ...] = (
    Rule("J01CE02", Against.ALLERGY, ("J01C",), given.ERYTHROMYCIN_MIXTURE, _SPC, strength="mikstur"),
    Rule("J01CE02", Against.ALLERGY, ("J01C",), given.DOXYCYCLINE, _SPC),
    Rule("J01CA08", Against.ALLERGY, ("J01C",), given.TRIMETHOPRIM_SULFA,
         "SPC; Helsedirektoratet, antibiotics: pyelonephritis", strength="2 tabletter"),
    Rule("J01CA08", Against.ALLERGY, ("J01C",), given.NITROFURANTOIN, _SPC),
    Rule("J01CF01", Against.ALLERGY, ("J01C",), given.CLINDAMYCIN, _SPC),
    Rule("J01C", Against.ALLERGY, ("J01C",), given.DOXYCYCLINE, _SPC),
    Rule("J01EE01", Against.ALLERGY, ("J01E",), given.CIPROFLOXACIN, _SPC),
    Rule("J01E", Against.ALLERGY, ("J01E",), given.PIVMECILLINAM, _SPC),
    Rule("R05DA04", Against.ALLERGY, ("R05DA04",), None, _SPC),
    Rule("N02AJ06", Against.ALLERGY, ("R05DA04",), given.PARACETAMOL, _SPC),
    Rule("A10BA02", Against.FILTRATION, (), given.LINAGLIPTIN, "SPC metformin; Helsedirektoratet, diabetes",
         below=30),
    Rule("A10BA02", Against.FILTRATION, (), given.METFORMIN, "SPC metformin; Helsedirektoratet, diabetes",
         below=45, strength="1000 mg"),
    Rule("A10BK", Against.FILTRATION, (), None, "SPC empagliflozin, dapagliflozin", below=20),
    Rule("B01AF02", Against.FILTRATION, (), given.APIXABAN_LOW, "SPC apixaban", below=30,
         strength="Apiksaban 5 mg"),
    Rule("B01AB04", Against.FILTRATION, (), given.DALTEPARIN_LOW, "SPC dalteparin", below=30,
         strength="5000"),
    Rule("M01A", Against.FILTRATION, (), given.PARACETAMOL, "SPC; NNF, kidney disease", below=60),
    Rule("J01XE01", Against.FILTRATION, (), given.TRIMETHOPRIM, "SPC nitrofurantoin", below=45),
    Rule("J01EE01", Against.FILTRATION, (), given.CIPROFLOXACIN, "SPC trimethoprim-sulfa", below=30),
    Rule("C03DA01", Against.FILTRATION, (), None, "SPC spironolactone", below=30),
    Rule("C09DA", Against.FILTRATION, (), given.LOSARTAN, "SPC hydrochlorothiazide", below=30),
    Rule("M05BA04", Against.FILTRATION, (), given.DENOSUMAB, "SPC alendronate", below=35),
    Rule("M04AA01", Against.FILTRATION, (), given.ALLOPURINOL_LOW, "SPC allopurinol", below=60,
         strength="300 mg"),
    Rule("R06AE07", Against.FILTRATION, (), given.CETIRIZINE_LOW, "SPC cetirizine", below=50,
         strength="10 mg"),
    Rule("J05AB11", Against.FILTRATION, (), given.VALACICLOVIR_LOW, "SPC valaciclovir", below=50,
         strength="3 ganger"),
    Rule("N07BB03", Against.FILTRATION, (), None, "SPC acamprosate", below=45),
    Rule("C09", Against.PREGNANCY, (), given.LABETALOL, "SPC; NGF, obstetrics"),
    Rule("C10AA", Against.PREGNANCY, (), None, _SPC),
    Rule("C08CA01", Against.PREGNANCY, (), given.LABETALOL, "NGF, obstetrics"),
    Rule("C03DA", Against.PREGNANCY, (), None, _SPC),
    Rule("M01A", Against.STAY, ("D15",), given.PARACETAMOL, "SPC: bleeding of the stomach"),
    Rule("M01A", Against.PREGNANCY, (), given.PARACETAMOL, "SPC; NGF, obstetrics"),
    Rule("J01AA", Against.PREGNANCY, (), given.ERYTHROMYCIN, "SPC doxycycline"),
    Rule("J01E", Against.PREGNANCY, (), given.PIVMECILLINAM, "SPC trimethoprim"),
    Rule("G02BA", Against.PREGNANCY, (), None, _SPC),
    Rule("G03", Against.PREGNANCY, (), None, _SPC),
    Rule("L02", Against.PREGNANCY, (), None, _SPC),
    Rule("L04", Against.PREGNANCY, (), None, _SPC),
    Rule("N06BA", Against.PREGNANCY, (), None, "SPC; legemiddelverket, ADHD"),
    Rule("A10BK", Against.PREGNANCY, (), None, _SPC),
    Rule("B01AF", Against.PREGNANCY, (), given.DALTEPARIN, _SPC),
    Rule("B01AA", Against.PREGNANCY, (), given.DALTEPARIN, _SPC),
    Rule("B01AC24", Against.PREGNANCY, (), None, _SPC),
    Rule("M04AA", Against.PREGNANCY, (), None, _SPC),
    Rule("M05BA", Against.PREGNANCY, (), None, _SPC),
    Rule("N05CF", Against.PREGNANCY, (), None, _SPC),
    Rule("N07BB", Against.PREGNANCY, (), None, _SPC),
    Rule("N02A", Against.PREGNANCY, (), given.PARACETAMOL, _SPC),
    Rule("M01A", Against.PROBLEM, _HEART, given.PARACETAMOL, "SPC; Helsedirektoratet, heart and vessels"),
    Rule("N02CC", Against.PROBLEM, ("K74", "K75", "K76", "K89", "K90"), given.PARACETAMOL, "SPC sumatriptan"),
    Rule("G03AA", Against.PROBLEM, ("N89", "K86", "K93", "K94", "K90", "K76"), given.MINI_PILL,
         "SPC; Helsedirektoratet, contraception"),
    Rule("G03C", Against.PROBLEM, ("X76",), None, "SPC oestradiol"),
    Rule("M01A", Against.MEDICINE, ("B01A",), given.PARACETAMOL, "SPC; Helsedirektoratet, stroke"),
    Rule("M01A", Against.MEDICINE, ("M01A",), None, _SPC),
    Rule("B01AB04", Against.MEDICINE, ("B01AF",), None, "SPC apixaban"),
    Rule("A10AC", Against.MEDICINE, ("A10AE",), None, "SPC: one insulin at night"),
    Rule("B01AC04", Against.MEDICINE, ("B01AF", "B01AA"), None, "SPC; Helsedirektoratet, stroke"),
    Rule("B01AC04", Against.MEDICINE, ("B01AC24",), None, "SPC; ESC, acute coronary syndromes: one of them"),
    Rule("C09C", Against.MEDICINE, ("C09A", "C09D"), None, "EMA 2014, dual blockade"),
    Rule("C09A", Against.MEDICINE, ("C09D",), None, "EMA 2014, dual blockade"),
    Rule("N02AX02", Against.MEDICINE, ("N06A",), given.PARACETAMOL, "SPC tramadol, sertraline"),
    Rule("A10BK", Against.MEDICINE, ("A10BK",), None, "SPC empagliflozin, dapagliflozin: one of them"),
    Rule("N06AB", Against.MEDICINE, ("N06AB",), None, "SPC escitalopram, sertraline"),
)  # fmt: skip
"""The first that fits says what is given instead; that is asked in its turn."""


@lru_cache(maxsize=500)
def rules_for(medicine: Medicine) -> tuple[Rule, ...]:
    """The rows that are about a medicine, in the order of the table."""
    return tuple(
        one
        for one in RULES
        if medicine.atc.startswith(one.medicine) and one.strength in f"{medicine.name} {medicine.dose}"
    )
