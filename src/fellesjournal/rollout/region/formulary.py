"""Medicines that more than one course uses, with the doses that are usual for adults."""

from fellesjournal.rollout.region.chart.medicines import Medicine

PARACETAMOL = Medicine("N02BE01", "Paracetamol 500 mg tablett", "2 tabletter inntil 4 ganger daglig", True)
PARACETAMOL_FIXED = Medicine("N02BE01", "Paracetamol 1 g tablett", "1 tablett 3 ganger daglig")
IBUPROFEN = Medicine("M01AE01", "Ibuprofen 400 mg tablett", "1 tablett inntil 3 ganger daglig", True)
NAPROXEN = Medicine("M01AE02", "Naproksen 500 mg tablett", "1 tablett morgen og kveld ved behov", True)
OXYCODONE = Medicine("N02AA05", "Oksykodon 5 mg kapsel", "1 kapsel inntil 4 ganger daglig", True)
TRAMADOL = Medicine("N02AX02", "Tramadol 50 mg kapsel", "1 kapsel inntil 3 ganger daglig", True)
MORPHINE = Medicine("N02AA01", "Morfin 10 mg depottablett", "1 tablett morgen og kveld")
PANTOPRAZOLE = Medicine("A02BC02", "Pantoprazol 20 mg enterotablett", "1 tablett hver morgen")
MACROGOL = Medicine("A06AD65", "Makrogol pulver til mikstur", "1 dosepose daglig ved behov", True)
PREDNISOLONE = Medicine("H02AB06", "Prednisolon 20 mg tablett", "2 tabletter hver morgen i 5 dager")
ASPIRIN = Medicine("B01AC06", "Acetylsalisylsyre 75 mg enterotablett", "1 tablett hver morgen")
CLOPIDOGREL = Medicine("B01AC04", "Klopidogrel 75 mg tablett", "1 tablett hver morgen")
TICAGRELOR = Medicine("B01AC24", "Tikagrelor 90 mg tablett", "1 tablett morgen og kveld")
WARFARIN = Medicine("B01AA03", "Warfarin 2,5 mg tablett", "Etter INR, hver kveld")
APIXABAN = Medicine("B01AF02", "Apiksaban 5 mg tablett", "1 tablett morgen og kveld")
APIXABAN_FIRST = Medicine(
    "B01AF02", "Apiksaban 5 mg tablett", "2 tabletter morgen og kveld i 7 dager, så 1 tablett morgen og kveld"
)
APIXABAN_LOW = Medicine("B01AF02", "Apiksaban 2,5 mg tablett", "1 tablett morgen og kveld")
SIMVASTATIN = Medicine("C10AA01", "Simvastatin 20 mg tablett", "1 tablett hver kveld")
ATORVASTATIN_HIGH = Medicine("C10AA05", "Atorvastatin 80 mg tablett", "1 tablett hver kveld")
METOPROLOL = Medicine("C07AB02", "Metoprolol 50 mg depottablett", "1 tablett hver morgen")
RAMIPRIL = Medicine("C09AA05", "Ramipril 5 mg tablett", "1 tablett hver morgen")
FUROSEMIDE = Medicine("C03CA01", "Furosemid 40 mg tablett", "1 tablett hver morgen")
SPIRONOLACTONE = Medicine("C03DA01", "Spironolakton 25 mg tablett", "1 tablett hver morgen")
DAPAGLIFLOZIN = Medicine("A10BK01", "Dapagliflozin 10 mg tablett", "1 tablett hver morgen")
NITROGLYCERIN = Medicine(
    "C01DA02", "Glyseroltrinitrat 0,5 mg resoriblett", "1 tablett under tungen ved brystsmerter", True
)
AMOXICILLIN = Medicine("J01CA04", "Amoksicillin 500 mg kapsel", "1 kapsel 3 ganger daglig i 7 dager")
DOXYCYCLINE = Medicine("J01AA02", "Doksysyklin 100 mg tablett", "1 tablett daglig i 7 dager, 2 første dag")
PENICILLIN_HIGH = Medicine(
    "J01CE02", "Fenoksymetylpenicillin 660 mg tablett", "2 tabletter 4 ganger daglig i 7 dager"
)
PENICILLIN_ON = Medicine("J01CE02", "Fenoksymetylpenicillin 660 mg tablett", "2 tabletter 4 ganger daglig")
PREDNISOLONE_ON = Medicine("H02AB06", "Prednisolon 20 mg tablett", "2 tabletter hver morgen")
CLINDAMYCIN = Medicine("J01FF01", "Klindamycin 300 mg kapsel", "1 kapsel 3 ganger daglig i 7 dager")
DICLOXACILLIN = Medicine("J01CF01", "Dikloksacillin 500 mg kapsel", "1 kapsel 4 ganger daglig i 7 dager")
SERTRALINE = Medicine("N06AB06", "Sertralin 50 mg tablett", "1 tablett hver morgen")
ESCITALOPRAM = Medicine("N06AB10", "Escitalopram 10 mg tablett", "1 tablett hver morgen")
MIRTAZAPINE = Medicine("N06AX11", "Mirtazapin 15 mg tablett", "1 tablett hver kveld")
ZOPICLONE = Medicine("N05CF01", "Zopiklon 5 mg tablett", "1 tablett ved sengetid ved behov", True)
MORPHINE_NEEDED = Medicine(
    "N02AA01", "Morfin 10 mg/mL injeksjonsvæske", "2,5-5 mg under huden ved smerter eller åndenød", True
)
MORPHINE_PUMP = Medicine("N02AA01", "Morfin 10 mg/mL injeksjonsvæske", "20 mg/døgn i smertepumpe under huden")
MIDAZOLAM = Medicine("N05CD08", "Midazolam 5 mg/mL injeksjonsvæske", "2,5 mg under huden ved uro", True)
HALOPERIDOL = Medicine("N05AD01", "Haloperidol 5 mg/mL injeksjonsvæske", "1 mg under huden ved kvalme", True)
GLYCOPYRRONIUM = Medicine(
    "A03AB02", "Glykopyrron 0,2 mg/mL injeksjonsvæske", "0,2 mg under huden ved surkling", True
)
ALENDRONATE = Medicine("M05BA04", "Alendronsyre 70 mg tablett", "1 tablett en gang i uken, fastende")
CALCIUM_D = Medicine("A12AX", "Kalsium 500 mg/vitamin D 20 µg tyggetablett", "1 tablett morgen og kveld")
IPRATROPIUM = Medicine("R03BB01", "Ipratropium 20 mikrog/dose inhalasjon", "2 doser 4 ganger daglig")
SALBUTAMOL = Medicine("R03AC02", "Salbutamol 0,1 mg/dose inhalasjon", "1-2 doser ved behov", True)
METFORMIN = Medicine("A10BA02", "Metformin 500 mg tablett", "1 tablett morgen og kveld")
GLIMEPIRIDE = Medicine("A10BB12", "Glimepirid 2 mg tablett", "1 tablett hver morgen")
INSULIN_NPH = Medicine("A10AC01", "Insulin NPH 100 E/mL penn", "10 E under huden hver kveld")
LINAGLIPTIN = Medicine("A10BH05", "Linagliptin 5 mg tablett", "1 tablett hver morgen")
LOSARTAN = Medicine("C09CA01", "Losartan 50 mg tablett", "1 tablett hver morgen")
LABETALOL = Medicine("C07AG01", "Labetalol 100 mg tablett", "1 tablett morgen og kveld")
DALTEPARIN = Medicine("B01AB04", "Dalteparin 5000 E ferdigfylt sprøyte", "1 sprøyte under huden hver kveld")
DIMETHYL_FUMARATE = Medicine(
    "L04AX07", "Dimetylfumarat 240 mg enterokapsel", "1 kapsel morgen og kveld til mat"
)
DALTEPARIN_LOW = Medicine(
    "B01AB04", "Dalteparin 2500 E ferdigfylt sprøyte", "1 sprøyte under huden hver kveld"
)
DENOSUMAB = Medicine("M05BX04", "Denosumab 60 mg ferdigfylt sprøyte", "1 sprøyte under huden hvert halvår")
ALLOPURINOL_LOW = Medicine("M04AA01", "Allopurinol 100 mg tablett", "1 tablett hver morgen")
CETIRIZINE_LOW = Medicine("R06AE07", "Cetirizin 5 mg tablett", "1 tablett daglig i pollensesongen", True)
VALACICLOVIR_LOW = Medicine("J05AB11", "Valaciklovir 500 mg tablett", "2 tabletter 2 ganger daglig i 7 dager")
ERYTHROMYCIN = Medicine("J01FA01", "Erytromycin 250 mg tablett", "2 tabletter 2 ganger daglig i 7 dager")
ERYTHROMYCIN_MIXTURE = Medicine(
    "J01FA01", "Erytromycin 40 mg/mL mikstur", "Etter vekt, morgen og kveld i 7 dager"
)
NITROFURANTOIN = Medicine("J01XE01", "Nitrofurantoin 50 mg tablett", "1 tablett 3 ganger daglig i 3 dager")
PIVMECILLINAM = Medicine("J01CA08", "Pivmecillinam 200 mg tablett", "1 tablett 3 ganger daglig i 3 dager")
TRIMETHOPRIM = Medicine("J01EA01", "Trimetoprim 160 mg tablett", "1 tablett morgen og kveld i 3 dager")
PIVMECILLINAM_HIGH = Medicine("J01CA08", "Pivmecillinam 200 mg tablett", "2 tabletter 3 ganger daglig")
TRIMETHOPRIM_SULFA = Medicine(
    "J01EE01", "Trimetoprim-sulfa 160 mg/800 mg tablett", "1 tablett morgen og kveld"
)
CIPROFLOXACIN = Medicine("J01MA02", "Ciprofloksacin 500 mg tablett", "1 tablett morgen og kveld")
MINI_PILL_OLD = Medicine("G03AC01", "Noretisteron 0,35 mg tablett", "1 tablett daglig til fast tid")
MINI_PILL = Medicine("G03AC09", "Desogestrel 75 mikrog tablett", "1 tablett daglig")
METHYLPHENIDATE = Medicine("N06BA04", "Metylfenidat 30 mg depotkapsel", "1 kapsel hver morgen")

BLEEDS_WITH = ("M01AE01", "M01AE02")
"""Not together with medicines that thin the blood, nor with failing heart or kidneys."""
