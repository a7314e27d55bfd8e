"""Whatever comes in a request: it leads nowhere else, and it breaks nothing."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fellesjournal.signin import cookies, guard
from fellesjournal.signin.openid import proof
from fellesjournal.signin.openid.refusal import Refused

SITE = "https://journal.example"


@given(st.text() | st.from_regex(r"[/\\]{1,3}[a-z.@:/\\?#]{0,20}", fullmatch=True))
@example("//evil.example")
@example("/\t/evil.example")
@example("/\\evil.example")
@example("javascript:alert(1)")
@example("https:evil.example")
def test_a_place_to_go_on_to_is_always_on_this_site(text: str) -> None:
    found = guard.own_place(text, "/logg-inn/meg")
    assert urlsplit(urljoin(SITE, found))[:2] == ("https", "journal.example")
    # Browsers take a backslash for a slash, and leave out tabs and line breaks.
    assert "\\" not in found
    assert not found.startswith("//")
    assert found.isprintable()


@given(st.text())
@example('a="b')
@example("a=b; =; ;;=c; __Host-fellesjournal")
def test_no_cookie_header_is_too_odd_to_be_read(header: str) -> None:
    assert all(isinstance(value, str) for value in cookies.read(header).values())


def test_cookies_are_read_as_browsers_send_them() -> None:
    assert cookies.read("sprak=en; __Host-fellesjournal=a-b_c") == {
        "sprak": "en",
        "__Host-fellesjournal": "a-b_c",
    }
    assert cookies.read('odd={"a": [1]}; fellesjournal=x')["fellesjournal"] == "x"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::", "", "10.0.0.1"]
)
def test_without_an_address_of_its_own_a_site_is_called_as_this_machine_only(host: str) -> None:
    with pytest.raises(Refused):
        guard.origin("", host)


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "127.9.9.9"])
def test_this_machine_by_any_of_its_names(host: str) -> None:
    assert guard.origin("", host) == f"http://{host}"
    assert guard.origin(SITE, host) == SITE


def test_each_session_has_a_token_of_its_own() -> None:
    assert guard.token("a") != guard.token("b")
    guard.check_token(guard.token("a"), "a")
    for wrong in (guard.token("b"), "", "ø", "a"):
        with pytest.raises(Refused):
            guard.check_token(wrong, "a")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://journal.example/fhir?x=1#y", "https://journal.example/fhir", True),
        ("HTTPS://Journal.Example:443/fhir", "https://journal.example/fhir", True),
        ("http://journal.example:80/fhir", "http://journal.example/fhir", True),
        ("https://journal.example", "https://journal.example/", True),
        ("https://journal.example:8443/fhir", "https://journal.example/fhir", False),
        ("http://journal.example/fhir", "https://journal.example/fhir", False),
        ("https://journal.example/FHIR", "https://journal.example/fhir", False),
        ("https://journal.example.evil/fhir", "https://journal.example/fhir", False),
        ("https://journal.example:port/fhir", "https://journal.example/fhir", False),
    ],
)
def test_addresses_of_proofs_are_compared_without_query_and_usual_port(
    one: str, other: str, same: bool
) -> None:
    assert (proof.plain(one) == proof.plain(other)) is same
