"""Searches over the fictional region, with the answers worked out by hand."""

from urllib.parse import parse_qsl

from oracle.evaluator import Parameters

SITE = "https://lyngdalsfjord.example/fhir"
VALUE_SETS = "http://hl7.org/fhir/ValueSet"
V3 = "http://terminology.hl7.org/ValueSet"
SYSTEMS = "http://terminology.hl7.org/CodeSystem"
UCUM = "http://unitsofmeasure.org"

CASES: list[tuple[str, str]] = [
    # string
    ("Patient?name=aerfugl", "anna anna-gammel"),
    ("Patient?name=anna a", "anna"),
    ("Patient?family:contains=ås", "anna"),
    ("Patient?family:exact=Måke", "liv"),
    ("Patient?family:exact=O'Måke\\, sr.", "per"),
    ("Patient?given=per,liv", "per liv"),
    ("Patient?given=per&given=liv", ""),
    ("Patient?address=c/o kaia|1\\, $ekk", "per"),
    ("Patient?address-city=almarka", "anna"),
    ("Organization?address=oppgang o", "sykehuset"),
    # token
    ("Patient?gender=female", "anna liv"),
    ("Patient?gender=http://hl7.org/fhir/administrative-gender|female", "anna liv"),
    ("Patient?gender=urn:other|female", ""),
    ("Patient?gender:not=female", "anna-gammel per ukjent"),
    ("Patient?gender:not=female,male", "anna-gammel ukjent"),
    ("Patient?gender:missing=true", "anna-gammel"),
    ("Patient?identifier=03824130085", "anna"),
    ("Patient?identifier=|J-17", "anna"),
    ("Patient?identifier=|03824130085", ""),
    ("Patient?identifier=https://lyngdalsfjord.example/journal|", "liv"),
    (f"Patient?identifier:of-type={SYSTEMS}/v2-0203|MR|J-17", "anna"),
    (f"Patient?identifier:of-type={SYSTEMS}/v2-0203|NI|J-17", ""),
    ("Patient?identifier:text=fødsels", "anna"),
    ("Patient?active=true", "anna per"),
    ("Patient?deceased=true", "per liv"),
    ("Patient?deceased=false", "anna anna-gammel ukjent"),
    ("Patient?email=anna@hjem.example", ""),  # the telecom is of another system
    ("Patient?telecom=anna@hjem.example", "anna"),
    ("Practitioner?email=STORM@sjobris.example", "storm"),
    ("Condition?code=|T90", "per-sukker"),
    ("Condition?code:text=kols", "anna-kols"),
    ("Condition?code:text=uro sovn", "per-uro"),
    ("Condition?code:not=5913000", "anna-kols per-sukker per-uro liv-barn"),
    (f"Observation?status:in={VALUE_SETS}/observation-status&value-date:missing=false", "note-4 note-5"),
    (f"Encounter?class:in={V3}/v3-ActEncounterCode&subject=anna", "anna-inn anna-pol"),
    (f"Encounter?class:not-in={VALUE_SETS}/observation-status", "anna-inn anna-pol per-hjem liv-slutt fjern"),
    (f"RelatedPerson?relationship:below={SYSTEMS}/v3-RoleCode|CHILD", "sonn"),
    (f"RelatedPerson?relationship:above={SYSTEMS}/v3-RoleCode|SON", "sonn"),
    (f"RelatedPerson?relationship={SYSTEMS}/v3-RoleCode|CHILD", ""),
    # date
    ("Patient?birthdate=1941", "anna anna-gammel"),
    ("Patient?birthdate=1941-02-03", "anna"),
    ("Patient?birthdate=gt1958-05-01", "per liv"),
    ("Patient?birthdate=ge1958-05", "per liv"),
    ("Patient?birthdate:missing=true", "ukjent"),
    ("Patient?death-date=2024-10-27", "per"),
    ("Encounter?date=gt2030", "anna-pol"),
    ("Encounter?date=lt1990", "per-hjem"),
    ("Encounter?date=eb2024-04-03", "anna-inn"),
    ("Condition?onset-date=1999", "anna-kols"),
    ("Condition?onset-date:missing=false", "anna-kols anna-brudd"),
    ("CarePlan?activity-date=2024", "anna-plan"),
    ("CarePlan?activity-date=2024-05", ""),
    ("CarePlan?activity-date=lt2024-05-02", "anna-plan"),
    # number, quantity
    ("RiskAssessment?probability=0.3", "fall"),
    ("RiskAssessment?probability=gt0.7", "fall"),
    ("RiskAssessment?probability=gt0.75", ""),
    (f"Observation?value-quantity=62.5|{UCUM}|kg", "vekt-1 vekt-2 vekt-5"),
    (f"Observation?value-quantity=62500|{UCUM}|g", "vekt-1 vekt-2"),
    ("Observation?value-quantity=62500|urn:oid:2.16.840.1.113883.6.8|g", "vekt-1 vekt-2"),
    (f"Observation?value-quantity=gt1000|{UCUM}|kg", "vekt-3"),
    ("Observation?value-quantity=88.0||kg", "vekt-4"),
    ("Observation?value-quantity=5|urn:eget|enhet", "vekt-6"),
    (f"Observation?value-quantity=5.4|{UCUM}|mmol/L", "glukose-1 glukose-2 glukose-3 glukose-4"),
    (f"Observation?value-quantity=lt0|{UCUM}|mmol/L", "glukose-6 glukose-7"),
    (f"Encounter?length=2.5|{UCUM}|d", "anna-inn"),
    (f"Encounter?length=60|{UCUM}|h", "anna-inn"),
    (f"Condition?onset-age=lt4|{UCUM}|a", "liv-barn"),
    (f"ActivityDefinition?context-quantity=gt100|{UCUM}|a", "blodtrykk"),
    # composite: the parts in one group
    ("Observation?component-code-value-quantity=8480-6$gt130", "trykk-1"),
    ("Observation?component-code-value-quantity=8480-6$gt130,8462-4$gt130", "trykk-1 trykk-2"),
    (f"Observation?combo-code-value-quantity=http://loinc.org|8480-6$140|{UCUM}|mm[Hg]", "trykk-1 trykk-3"),
    ("Observation?code-value-quantity=8480-6$gt130", ""),
    ("Observation?code-value-concept=72166-2$http://snomed.info/sct|8517006", "note-2"),
    ("Observation?code-value-string=8302-2$høy", "note-1"),
    ("DocumentReference?relationship=DocumentReference/notat$replaces", ""),
    ("MolecularSequence?chromosome-variant-coordinate=9$ge22125503$le22125504", "sekvens"),
    ("Group?characteristic-value=bor-i$almarka", "vakt"),
    ("Group?characteristic-value=bor-i$|almarka", ""),
    ("Group?characteristic-value=bor-i$true", ""),
    # reference
    ("Condition?subject=Patient/anna", "anna-kols anna-brudd"),
    ("Condition?subject=anna", "anna-kols anna-brudd"),
    ("Condition?patient:Patient=anna", "anna-kols anna-brudd"),
    ("Condition?encounter=Encounter/anna-inn&subject=anna", "anna-kols"),
    ("Observation?subject:Group=vakt", "note-8"),
    ("Observation?patient=vakt", ""),
    ("MedicationRequest?medication=Medication/paracet", "anna-paracet"),
    ("MedicationRequest?medication=Medication/paracet/_history/1", "anna-paracet"),
    ("MedicationRequest?medication=Medication/paracet/_history/2", ""),
    ("MedicationRequest?subject=http://annet.example/fhir/Patient/liv", "liv-kode"),
    ("MedicationRequest?subject:identifier=17855820064", "per-innhold"),
    (f"CarePlan?instantiates-canonical={SITE}/PlanDefinition/hjem", "anna-plan"),
    (f"CarePlan?instantiates-canonical={SITE}/PlanDefinition/hjem|2.1", "anna-plan"),
    (f"CarePlan?instantiates-canonical={SITE}/PlanDefinition/hjem|2", ""),
    ("Encounter?location:below=Location/bygg-a", "anna-inn per-hjem"),
    ("Encounter?location:below=sengepost-3", "anna-inn"),
    ("Encounter?location:above=Location/sengepost-3", "per-hjem"),
    ("Encounter?service-provider:below=Organization/lyngdalsfjord", "anna-inn anna-pol"),
    # uri
    (f"ActivityDefinition?url={SITE}/ActivityDefinition/vekt", "vekt"),
    (f"ActivityDefinition?url:below={SITE}/", "blodtrykk vekt"),
    (f"ActivityDefinition?url:above={SITE}/ActivityDefinition/vekt/_history/5", "vekt"),
    # for every type
    ("Patient?_id=anna,per", "anna per"),
    ("Patient?_tag=prøve", "anna per"),
    ("Patient?_tag=|test", "per"),
    ("Patient?_security=R", "anna"),
    (f"Patient?_profile={SITE}/StructureDefinition/innbygger", "anna"),
    ("Patient?_source:below=https://lyngdalsfjord.example/kilde", "anna"),
    ("?_type=Patient,Practitioner&_id=storm,liv", "storm liv"),
    # chains
    ("Condition?subject.name=aerfugl", "anna-kols anna-brudd"),
    ("Condition?subject:Patient.name=make", "liv-barn"),
    ("Condition?encounter.service-provider.partof.name=lyngdal", "anna-kols"),
    ("MedicationRequest?medication.code=N02BE01", "anna-paracet"),
    ("Condition?patient.general-practitioner.name:exact=Ingeborg", "anna-kols anna-brudd"),
    ("Observation?subject.member.name=aerfugl", "note-8"),
    ("Patient?_has:Condition:subject:code=5913000", "anna"),
    ("Patient?_has:Condition:patient:encounter.status=finished", "anna"),
    ("Organization?_has:Encounter:service-provider:_has:Condition:encounter:code:text=kols", "sykehuset"),
    ("Encounter?patient._has:Group:member:_id=vakt", "anna-inn anna-pol per-hjem"),
]

ORDERED: list[tuple[str, str]] = [
    ("Patient", "ukjent liv per anna-gammel anna"),
    ("Patient?_sort=birthdate", "anna-gammel anna per liv ukjent"),
    ("Patient?_sort=-birthdate", "liv per anna-gammel anna ukjent"),
    ("Patient?_sort=gender,-_id", "liv anna per ukjent anna-gammel"),
    ("Patient?_sort=deceased", "ukjent anna-gammel anna liv per"),
    ("Patient?_sort=family", "anna-gammel anna liv per ukjent"),
    (
        "Observation?_id:not=x&value-quantity=lt0,gt80000&_sort=-value-quantity",
        "vekt-3 glukose-6 glukose-7",
    ),
]


def read(search: str) -> tuple[str | None, Parameters]:
    """ "Patient?name=anna" as type and parameters."""
    type_, _, query = search.partition("?")
    return type_ or None, parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)
