"""Role policies: the files are read strictly, and together they keep the rules that are stated here.

The whole matrix (role x resource type x act) is computed, and held against sentences that do not come from
the files; docs/roles.md shows it by kind of information for those who review it.
"""

from pathlib import Path

import pytest

from conftest import ROOT
from fellesjournal.access.policies import FOLDER, Act, Policies, Policy, PolicyFault, Right
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.norway.codes.people import PROFESSION

PAGE = ROOT / "docs" / "roles.md"
POLICIES = Policies()

TREATS = {
    *("lege", "legestudent", "sykepleier", "psykiatrisk-lege", "psykiatrisk-sykepleier", "psykolog"),
    *("ambulansearbeider", "helsefagarbeider", "vernepleier", "fysioterapeut", "ergoterapeut", "jordmor"),
    *("helsesykepleier", "bioingenior", "radiograf", "farmasoyt", "smittevernlege"),
}
PRESCRIBES = {"lege", "psykiatrisk-lege", "jordmor", "helsesykepleier"}
NO_RECORD = ("administrator", "personvernombud")
READS_FOR_ANOTHER = (
    *("forelder", "representant", "representant-innsyn"),
    *("representant-innsyn-timer", "representant-innsyn-meldinger"),
)
CITIZENS = ("innbygger", *READS_FOR_ANOTHER, "representant-timer")
CLINICAL = (
    *("core", "notes", "observations", "results", "prescriptions", "medication", "treatment"),
    *("orders", "messages", "booking"),
)


def test_every_resource_type_is_of_one_kind(definitions: Definitions) -> None:
    types = [name for kind in POLICIES.kinds.values() for name in kind.types]
    assert sorted(types) == sorted(definitions.resource_types)


def test_what_is_shared_is_about_no_citizen(definitions: Definitions) -> None:
    compartment = definitions.compartments["Patient"]
    about = {name for name, parameters in compartment.items() if parameters}
    shared = {name for kind in POLICIES.kinds.values() if kind.shared for name in kind.types}
    shared -= {"Schedule"}  # whose calendar it is, may be a citizen's too
    assert not shared & (about | {"Task", "Device", "Binary", "Bundle", "MessageHeader", "Contract"})
    assert set(POLICIES.shared_types) - shared == {"Schedule", "Task", "Device", "Appointment"}


def matrix(definitions: Definitions) -> set[tuple[str, str, Act]]:
    """All that is permitted: (role, type, act)."""
    return {
        (policy.name, name, act)
        for policy in POLICIES.all()
        for name in definitions.resource_types
        for act in Act
        if policy.allows(act, name)
    }


def test_the_whole_matrix_keeps_the_rules(definitions: Definitions) -> None:
    permitted = matrix(definitions)
    kind_of = {name: kind.name for kind in POLICIES.kinds.values() for name in kind.types}
    for role, type_name, act in permitted:
        kind = kind_of[type_name]
        where = f"{role} may {act} {type_name}"
        system = role == "fagsystem"
        assert act is Act.READ or (role, type_name, Act.READ) in permitted, f"{where} without reading it"
        assert act is not Act.DELETE or system or role == "administrator", where
        assert kind not in CLINICAL or role not in NO_RECORD, where
        assert kind != "log" or role in ("personvernombud", *READS_FOR_ANOTHER) or system, where
        assert kind != "blocks" or act is Act.READ or role in TREATS | {"innbygger", "fagsystem"}, where
        assert (
            kind not in ("conformance", "knowledge", "directory")
            or act is Act.READ
            or role
            in (
                "administrator",
                "fagsystem",
            )
        ), where
        assert kind != "templates" or act is Act.READ or system or role in ("administrator", "faggruppe"), (
            where
        )
        if role in CITIZENS and act is not Act.READ:
            assert kind in ("messages", "booking", "blocks", "answers"), where
        if type_name == "MedicationRequest" and act is not Act.READ:
            assert role in PRESCRIBES | {"fagsystem"}, where


def test_what_is_within_a_kind_comes_with_it_and_is_given_alone_to_citizens() -> None:
    for policy in POLICIES.all():
        for act in Act:
            assert "notes" not in policy.kinds[act] or "answers" in policy.kinds[act], policy.name
    assert "QuestionnaireResponse" in POLICIES.types_of_kinds["notes"], "a block of notes is of answers"
    answering = {one.name for one in POLICIES.all() if one.allows(Act.CREATE, "QuestionnaireResponse")}
    assert answering & {*CITIZENS} == {
        *("innbygger", "forelder", "representant", "representant-innsyn-meldinger"),
    }
    assert not any(found(name).allows(Act.CREATE, "Composition") for name in CITIZENS)


def test_core_information_is_the_same_for_all_who_treat(definitions: Definitions) -> None:
    core = set(POLICIES.kinds["core"].types)
    for name in TREATS | {"helsesekretaer", "saksbehandler", *CITIZENS} - {"representant-timer"}:
        policy = found(name)
        assert {one for one in definitions.resource_types if policy.allows(Act.READ, one)} >= core, name


def test_sensitive_parts_are_open_to_the_named_only() -> None:
    def who(part: str) -> set[str]:
        return {policy.name for policy in POLICIES.all() if POLICIES.parts[part] in policy.sees}

    psychiatry = {"psykiatrisk-lege", "psykiatrisk-sykepleier", "psykolog", "innbygger", "fagsystem"}
    assert who("psychiatry") == psychiatry | {"forelder"}
    assert who("substance-use") == psychiatry
    assert who("occupational-health") == {"innbygger", "forelder", "fagsystem"}
    assert who("child-protection") == {"jordmor", "helsesykepleier", "innbygger", "fagsystem"}
    withheld = who("withheld-from-parents") | who("withheld-from-citizen")
    assert not withheld & {*CITIZENS} - {"innbygger"}
    assert "innbygger" not in who("withheld-from-citizen")


def test_rights_are_given_to_the_named_only() -> None:
    def who(right: Right) -> set[str]:
        return {policy.name for policy in POLICIES.all() if right in policy.rights}

    assert who(Right.PROTECTED_ADDRESSES) == {"folkeregisterforvalter"}
    assert who(Right.AUDIT) == {"personvernombud"}
    assert who(Right.ADMINISTER) == {"administrator"}
    assert who(Right.WHOLE_RECORD) == {"fagsystem", "kalender", "varsler", "venteliste"}
    assert who(Right.EMERGENCY) <= TREATS
    assert who(Right.OVERBOOK) < TREATS | {"helsesekretaer"}
    assert not who(Right.OVERBOOK) & {"legestudent", *CITIZENS}
    assert who(Right.OVERRIDE) < who(Right.EMERGENCY)
    assert "legestudent" not in who(Right.EMERGENCY) | who(Right.OPEN_CARE)


def test_professions_are_codes_of_the_national_list() -> None:
    known = {one.code for one in PROFESSION.codes}
    for policy in POLICIES.all():
        assert policy.professions <= known, policy.name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('titel = "x"', "there is no 'titel'"),
        ('title = { nb = "x" }', "a title is needed in nb and en"),
        ('title = { nb = "x", en = "x" }\nread = ["cores"]', "'cores' in read is none of"),
        ('title = { nb = "x", en = "x" }\nwrite = ["core"]', "'core' is written, but not read"),
        ('title = { nb = "x", en = "x" }\nsees = ["all"]', "'all' in sees is none of"),
        ('title = { nb = "x", en = "x" }\nrights = ["fly"]', "'fly' in rights is none of"),
        ('title = { nb = "x", en = "x" }\ncosigned_by = ["lege"]', "'lege' in cosigned_by is none of"),
        ('title = { nb = "x", en = "x" }\nreach = "world"', "'world' in reach is none of"),
        ("title = {", "Unclosed"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named(tmp_path: Path, text: str, told: str) -> None:
    for name in ("kinds", "labels"):
        (tmp_path / f"{name}.toml").write_text((FOLDER / f"{name}.toml").read_text())
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(PolicyFault, match=r"x\.toml") as fault:
        Policies(tmp_path)
    assert told.lower() in str(fault.value).lower() or told == "Unclosed"


def found(name: str) -> Policy:
    policy = POLICIES.find(name)
    assert policy is not None
    return policy


def test_the_page_shows_the_files(write_docs: bool) -> None:
    page = _page()
    if write_docs:
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `bin/test --write-docs tests/access/test_policies.py`"


def _page() -> str:
    kinds = POLICIES.kinds
    lines = [
        "# Roles",
        "",
        "What each role may do: made from the files in `src/fellesjournal/access/roles`, which say why,",
        "by `bin/test --write-docs`, and checked by every test run. R: reads, W: writes too, D: deletes too.",
        "The files are this project's proposal: a region decides, and changes the files.",
        "",
        "| Role | " + " | ".join(kinds) + " | open parts | rights |",
        "|---|" + "---|" * (len(kinds) + 2),
    ]
    names = {number: name for name, number in POLICIES.parts.items()}
    for policy in POLICIES.all():
        marks = [_mark(policy, kind) for kind in kinds]
        parts = ", ".join(names[number] for number in policy.sees)
        wide = ["whole organisation"] if policy.organization_wide else []
        signs = [f"notes co-signed by {', '.join(policy.cosigned_by)}"] if policy.cosigned_by else []
        rights = ", ".join([*wide, *sorted(policy.rights), *signs])
        lines.append(f"| {policy.title['nb']} `{policy.name}` | {' | '.join(marks)} | {parts} | {rights} |")
    lines += ["", "## Kinds of information", "", "| Kind | Resource types |", "|---|---|"]
    lines += [f"| {one.title['nb']} `{one.name}` | {', '.join(one.types)} |" for one in kinds.values()]
    lines += ["", "## Parts of the record that need their own right", "", "| Part | Labels |", "|---|---|"]
    for name, number in POLICIES.parts.items():
        codes = dict.fromkeys(code for (_, code), one in POLICIES.labels.items() if one == number)
        labels = ", ".join(f"`{code}`" for code in codes)
        lines.append(f"| {name} | {labels} |")
    return "\n".join(lines) + "\n"


def _mark(policy: Policy, kind: str) -> str:
    if kind in policy.kinds[Act.DELETE]:
        return "D"
    return "W" if kind in policy.kinds[Act.UPDATE] else "R" if kind in policy.kinds[Act.READ] else ""
