"""The ways out for notices, as the site's settings give them."""

from pathlib import Path
from urllib.parse import urlsplit

from fellesjournal.app.settings import Settings
from fellesjournal.booking.notices.ways import SmsGateway, Smtp, Way, Ways
from fellesjournal.plumbing.trouble import Trouble

_NEAR = ("127.0.0.1", "localhost", "::1")
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""How a mail server is spoken to, and its usual port."""


def ways(settings: Settings) -> Ways:
    """The ways that are set up; none where nothing is. Raises Trouble for what cannot be right."""
    found: dict[str, Way] = {}
    if settings.smtp_server:
        found["email"] = _smtp(settings)
    if settings.sms_gateway:
        found["sms"] = _sms(settings)
    return found


def _sms(settings: Settings) -> SmsGateway:
    url = urlsplit(settings.sms_gateway)
    near = url.hostname in _NEAR
    if not url.hostname or not (url.scheme == "https" or (url.scheme == "http" and near)):
        raise Trouble("FELLESJOURNAL_SMS_GATEWAY must be an https address.")
    _check_practice(settings, near=near)
    return SmsGateway(settings.sms_gateway, settings.sms_sender, _secret(settings.sms_token))


def _check_practice(settings: Settings, *, near: bool) -> None:
    if settings.practice_site and not near:
        raise Trouble(
            "A practice site sends no notices out of the machine: its citizens are invented, and their "
            "telephones may be somebody's. Take away FELLESJOURNAL_SMTP_SERVER and "
            "FELLESJOURNAL_SMS_GATEWAY, or name "
            "a server at 127.0.0.1."
        )


def _smtp(settings: Settings) -> Smtp:
    host, _, port = settings.smtp_server.partition(":")
    if settings.smtp_security not in PORTS:
        raise Trouble(f"FELLESJOURNAL_SMTP_SECURITY must be one of {', '.join(PORTS)}.")
    if port and not port.isdecimal():
        raise Trouble(
            "FELLESJOURNAL_SMTP_SERVER must be a name, or a name and a port, such as post.example:587."
        )
    if "@" not in settings.smtp_sender:
        raise Trouble("FELLESJOURNAL_SMTP_SENDER must be the e-mail address that notices come from.")
    _check_practice(settings, near=host in _NEAR)
    return Smtp(
        host,
        int(port or PORTS[settings.smtp_security]),
        settings.smtp_sender,
        settings.smtp_user,
        _secret(settings.smtp_password),
        settings.smtp_security,
    )


def _secret(file: str) -> str:
    """What a file holds; "" where none is named."""
    try:
        return Path(file).read_text(encoding="utf-8").strip() if file else ""
    except OSError as error:
        raise Trouble(f"{file} cannot be read ({error.strerror}).") from error
