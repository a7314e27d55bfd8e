"""Forms are brought in from files, mended where they are not FHIR R4, and told of."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from fellesjournal.app import settings
from fellesjournal.app.form_commands import questionnaires, told
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble

FORM: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "name": "Plager i dag",
    "title": "Plager",
    "status": "draft",
    "item": [
        {"linkId": "1", "type": "display", "text": "Les dette.", "required": False},
        {"linkId": "2", "type": "string", "text": "Hva plager deg?", "definition": ""},
    ],
}


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Settings:
    return replace(settings.read({}), practice_site=True, data=tmp_path, database_url=database_url)


def written(folder: Path, tree: Any) -> Path:
    file = folder / "skjema.json"
    file.write_text(tree if isinstance(tree, str) else json.dumps(tree))
    return file


async def test_a_form_is_in_the_record_and_what_was_mended_is_told(
    pool: asyncpg.Pool, site: Settings, database_url: str, tmp_path: Path
) -> None:
    file = written(tmp_path, {"resourceType": "Bundle", "entry": [{"resource": FORM}]})
    lines = await asyncio.to_thread(lambda: list(told(site, database_url, [file], citizens=True)))
    assert lines[0] == "Plager-i-dag: Plager"
    assert any("required" in line for line in lines)
    body = await pool.fetchval("select body from resource where id = 'Plager-i-dag'")
    stored = json.loads(body)
    assert stored["status"] == "active"
    assert "required" not in stored["item"][0]


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ("{", "is no JSON"),
        ({"resourceType": "Patient"}, "holds no Questionnaire"),
        ({"resourceType": "Bundle"}, "holds no Questionnaire"),
    ],
)
def test_a_file_that_holds_no_form_is_named(tmp_path: Path, tree: Any, said: str) -> None:
    with pytest.raises(Trouble, match=said):
        questionnaires(written(tmp_path, tree))
    with pytest.raises(Trouble, match="cannot be read"):
        questionnaires(tmp_path / "ingen.json")


def test_a_form_that_cannot_be_filled_in_is_refused(
    site: Settings, database_url: str, tmp_path: Path
) -> None:
    condition = {"question": "9", "operator": "exists", "answerBoolean": True}
    lost = {"linkId": "3", "type": "string", "text": "x", "enableWhen": [condition]}
    file = written(tmp_path, FORM | {"item": [lost]})
    with pytest.raises(Trouble, match="depends on '9'"):
        list(told(site, database_url, [file], citizens=False))
