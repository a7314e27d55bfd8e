"""What can be registered as an app, and what an administrator is told otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwk

from fellesjournal.access.apps import App
from fellesjournal.app.app_commands import registration
from fellesjournal.plumbing.trouble import Trouble

PUBLIC = App("", "Vekstkurve", "Eksempel AS", "public", ("https://app.example/back",), "", "patient/*.rs")
SERVICE = App("lab", "Laboratorium", "Eksempel AS", "service", scopes="system/Observation.rs")


@pytest.fixture
def keys(tmp_path: Path) -> str:
    file = tmp_path / "keys.json"
    key = jwk.ECKey.generate_key("P-384", parameters={"kid": "one"})
    file.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    return str(file)


def test_an_app_without_an_id_is_given_one() -> None:
    assert len(registration(PUBLIC, "").id) == 16


def test_keys_come_from_a_file_or_stay_at_their_address(keys: str) -> None:
    assert "EC" in registration(SERVICE, keys).jwks
    assert registration(SERVICE, "https://lab.example/keys").jwks_uri == "https://lab.example/keys"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"id": "a b"}, "3 to 64"),
        ({"name": " "}, "a name"),
        ({"responsible": ""}, "someone responsible"),
        ({"redirect_uris": ()}, "needs an address"),
        ({"redirect_uris": ("http://app.example/back",)}, "https"),
        ({"redirect_uris": ("https://app.example/*",)}, "without"),
        ({"redirect_uris": ("https://app.example/#x",)}, "without"),
        ({"redirect_uris": ("javascript:alert(1)",)}, "must not"),
        ({"launch_uri": "/launch"}, "whole"),
        ({"scopes": "openid"}, "at least one"),
        ({"scopes": "patient/*.rs nonsense"}, "nonsense"),
        ({"scopes": "patient/*.rs?category=x"}, "no scopes"),
        ({"scopes": "system/*.rs"}, "services"),
        ({"kind": "confidential"}, "public keys"),
    ],
)
def test_what_is_missing_or_wrong_is_told(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(Trouble, match=told):
        registration(PUBLIC._replace(**changed), "")


def test_a_service_has_keys_system_scopes_and_no_address(keys: str) -> None:
    for changed in ({"redirect_uris": ("https://x.example",)}, {"scopes": "patient/*.rs"}):
        with pytest.raises(Trouble):
            registration(SERVICE._replace(**changed), keys)
    for unfit in ("", "http://lab.example/keys", "missing.json"):
        with pytest.raises(Trouble):
            registration(SERVICE, unfit)
