"""The keys of Bot Framework: fetched without blocking, kept for a day, fetched again when one is not known."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt

from adapters.teams.answers import read_some
from adapters.teams.single_flight import SingleFlight

OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
"""Where Bot Framework says where its keys are."""

KEPT_SECONDS = 24 * 3600.0
"""How long keys are used before they are fetched again. Older ones are used on while that fails."""

APART_SECONDS = 60.0
"""The least time between two fetches, so that made-up key ids cannot make us hammer the server."""

APART_WITHOUT_KEYS = 5.0
"""The same while there are no keys at all, in seconds."""

TIMEOUT_SECONDS = 5.0
LARGEST = 1_000_000
"""The largest answer that is read, in bytes."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the channels it may sign for."""

    public: jwt.PyJWK
    endorsements: frozenset[str]


class SigningKeys:
    """The keys as they were fetched last."""

    def __init__(self, session: aiohttp.ClientSession, openid_url: str, now: Callable[[], float]) -> None:
        """Take a session, the address of the OpenID configuration, and the time as POSIX seconds."""
        self._session = session
        self._openid_url = openid_url
        self._now = now
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._fetching = SingleFlight(self._fetch)

    async def find(self, key_id: str) -> SigningKey | None:
        """Return a key, or None when Bot Framework has none of that id, or cannot be asked. Never raises."""
        is_fresh = self._now() - self._fetched_at < KEPT_SECONDS
        if not (is_fresh and key_id in self._keys) and (self._fetching.is_under_way or self._may_fetch()):
            await self._fetching.result()
        return self._keys.get(key_id)

    def _may_fetch(self) -> bool:
        apart = APART_SECONDS if self._keys else APART_WITHOUT_KEYS
        return self._now() - self._tried_at >= apart

    async def _fetch(self) -> None:
        self._tried_at = self._now()
        try:
            where = await self._read(self._openid_url)
            keys = read_keys(await self._read(str(where["jwks_uri"])))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, RecursionError) as error:
            log.warning("the keys of Bot Framework could not be fetched: %s", type(error).__name__)
        else:
            self._keys, self._fetched_at = keys, self._now()

    async def _read(self, url: str) -> dict[str, Any]:
        limit = aiohttp.ClientTimeout(TIMEOUT_SECONDS)
        async with self._session.get(url, timeout=limit, allow_redirects=False) as answer:
            if answer.status != 200:
                raise ValueError("no answer")
            body = await read_some(answer, LARGEST)
        found = json.loads(body)
        if not isinstance(found, dict):
            raise ValueError("no object")  # noqa: TRY004 - caught above with the other kinds of an unreadable answer
        return found


def read_keys(found: Mapping[str, Any]) -> dict[str, SigningKey]:
    """Return the RSA keys of a JWKS by their ids; what cannot be read as one is passed over.

    Raises:
        ValueError: there is none.
    """
    entries = found.get("keys")
    keys: dict[str, SigningKey] = {}
    for entry in entries if isinstance(entries, list) else []:
        try:
            key_id, public = entry["kid"], jwt.PyJWK.from_dict(entry, algorithm="RS256")
            endorsements = frozenset(name for name in entry.get("endorsements") or () if isinstance(name, str))
        except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if isinstance(key_id, str):
            keys[key_id] = SigningKey(public, endorsements)
    if not keys:
        raise ValueError("no keys")
    return keys
