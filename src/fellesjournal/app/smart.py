"""The authorization server for apps put together from the settings."""

from datetime import timedelta

import asyncpg

from fellesjournal.access.app_grants import AppGrants
from fellesjournal.access.apps import Apps
from fellesjournal.access.journal import Journal
from fellesjournal.access.signing import Signing
from fellesjournal.app.rooms import policies
from fellesjournal.app.settings import Settings
from fellesjournal.app.sign_in import SignIn
from fellesjournal.smart.server import Server


def joined(settings: Settings, pool: asyncpg.Pool, entrance: SignIn, journal: Journal) -> Server:
    """The authorization server; people sign in at the entrance."""
    grants = AppGrants(
        pool,
        access_lasts=timedelta(minutes=settings.app_token_life),
        renewable=timedelta(days=settings.app_grant_life),
    )
    return Server(
        entrance.reception,
        Apps(pool),
        grants,
        Signing(pool),
        journal,
        policies(),
        entrance.http,
        settings.base_url.rstrip("/"),
    )
