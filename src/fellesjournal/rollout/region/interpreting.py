"""An interpreter at talks with one who needs it, named in the first note of each contact.

Who does not understand Norwegian is told in a way that is understood (pasient- og brukerrettighetsloven
§ 3-5), by an interpreter where health or rights depend on it (tolkeloven § 6). Daily help at home, and a
ward's nursing, go on with few words.
"""

from collections.abc import Sequence
from datetime import date, datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.documents import Section
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.origins import INTERPRETERS, needs_interpreter
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.units import Service

HEADING = "Tolk"
ADULT = 18
"""From which age the usual values of blood are a woman's or a man's."""
WITH_FEW_WORDS = (Service.HOME_CARE, Service.NURSING_HOME, Service.SHORT_STAY, Service.SAFETY_ALARM)
NOT_TOLD = ("Sykepleie", "Injeksjon", "Operasjonsbeskrivelse", "Intervensjon", "Dødsfall", HEADING)
"""Headings of what is no talk, or tells of the interpreter itself."""
AT_ONCE = ("Hastegrad", "Telefon")
"""Headings of talks to which nobody could be called in."""
_WAYS = ("Tolk på skjerm, {}.", "Tolk på telefon, {}.", "Tolk møtte, {}.")


def chart_of(person: Person, until: datetime) -> Chart:
    """An empty chart of the citizen's, told `until` a moment, that knows whether there is an interpreter."""
    chart = Chart(person.id, until=until)
    chart.sex, chart.adult_from = person.sex, years_after(person.born, ADULT)
    if needs_interpreter(person):
        chart.interpreter = INTERPRETERS[person.language]
    return chart


def interpreted(
    chart: Chart, service: Service | None, contact: str, day: date, sections: Sequence[Section]
) -> Sequence[Section]:
    """The sections of a note, with the interpreter first where it is the contact's first of a talk."""
    titles = [title for title, _ in sections]
    if service in WITH_FEW_WORDS or contact in chart.interpreted or any(one in NOT_TOLD for one in titles):
        return sections
    chart.interpreted.add(contact)
    way = 1 if titles[0] in AT_ONCE else day.toordinal() % len(_WAYS)
    return [(HEADING, _WAYS[way].format(chart.interpreter)), *sections]
