"""What is measured of the pregnant and the newborn."""

from fellesjournal.rollout.region.chart.measures import Measure

FUNDUS = Measure("11881-0", "Symfyse-fundus-mål", "cm", "cm", category="exam")
FETAL_HEART = Measure("55283-6", "Fosterlyd", "/min", "/min", category="exam")
APGAR_1 = Measure("9272-6", "Apgar etter 1 minutt", "poeng", "{score}", category="survey")
APGAR_5 = Measure("9274-2", "Apgar etter 5 minutter", "poeng", "{score}", category="survey")
