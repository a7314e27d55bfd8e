"""The ways out: e-mail by SMTP (RFC 5321), and SMS by a gateway that takes JSON over HTTP."""

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple, Protocol

import httpx

from fellesjournal.booking.notices.texts import Text

SECONDS = 20
"""How long a server may take to answer."""


class Undelivered(Exception):
    """A notice that did not get out: why, and whether it is of use to try again."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


class Way(Protocol):
    """A way by which notices leave the house."""

    async def send(self, to: str, text: Text, id: str) -> bool:
        """Send a notice; whether it is known to have arrived, for "handed on" is all that most ways tell.

        `id` is the same at every try. Raises Undelivered.
        """


Ways = Mapping[str, Way]
"""By what citizens choose: sms and email (access/own_details.py)."""


class Smtp(NamedTuple):
    """E-mail by the site's own mail server. `security` is starttls, tls or none."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"

    async def send(self, to: str, text: Text, id: str) -> bool:
        """See Way: that the server took it is all that is known."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.sender, to, text.subject
        message["Message-ID"] = f"<{id}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text.body)
        try:
            await asyncio.to_thread(self._hand_over, message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            raise Undelivered(_said(refused), lasting=_is_lasting(refused)) from refused
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(f"The mail server {self.host}:{self.port} did not take it: {error}") from error
        return False

    def _hand_over(self, message: EmailMessage) -> None:
        trusted = ssl.create_default_context()
        if self.security == "tls":
            connected: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=trusted)
        else:
            connected = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        with connected as server:
            if self.security == "starttls":
                server.starttls(context=trusted)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)


class SmsGateway(NamedTuple):
    """SMS by a gateway: POST of {"to", "from", "text", "id"}; its answer may say {"status": "delivered"}."""

    url: str
    sender: str
    token: str = ""

    async def send(self, to: str, text: Text, id: str) -> bool:
        """See Way: an answer of 4xx but 408 and 429 is lasting."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        said = {"to": to.replace(" ", ""), "from": self.sender, "text": text.body, "id": id}
        try:
            async with httpx.AsyncClient(timeout=SECONDS) as client:
                answer = await client.post(self.url, json=said, headers=headers)
        except httpx.HTTPError as error:
            raise Undelivered(f"The SMS gateway did not answer: {error!r}") from error
        if answer.status_code >= 300:
            code = answer.status_code
            lasting = 400 <= code < 500 and code not in (401, 403, 408, 429)
            raise Undelivered(f"The SMS gateway answered {code}.", lasting=lasting)
        return _status(answer) == "delivered"


def _status(answer: httpx.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return ""
    return str(told.get("status", "")) if isinstance(told, dict) else ""


def _codes(refused: smtplib.SMTPException) -> list[int]:
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in refused.recipients.values()]
    return [refused.smtp_code] if isinstance(refused, smtplib.SMTPResponseException) else []


def _said(refused: smtplib.SMTPException) -> str:
    """Why, without the address: the reason is read by whoever runs the site."""
    return f"The mail server answered {', '.join(map(str, _codes(refused)))}."


def _is_lasting(refused: smtplib.SMTPException) -> bool:
    return all(code >= 500 for code in _codes(refused))
