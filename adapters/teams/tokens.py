"""Who may call: checks that a request comes from Bot Framework, is meant for us, and comes from an allowed tenant."""

from __future__ import annotations

import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import aiohttp
import jwt
from jwt.types import Options

from adapters.teams.hosts import Hosts
from adapters.teams.signing_keys import OPENID_URL, SigningKey, SigningKeys

ISSUER = "https://api.botframework.com"
"""The only issuer of tokens for us. Those of the Emulator are refused."""

CHANNEL = "msteams"
ALGORITHM = "RS256"
LEEWAY_SECONDS = 300.0
"""How far the clocks may differ."""

LONGEST_TOKEN = 16_384
"""The longest token that is looked at, in characters."""

KEPT = 500
"""How many tokens with a good signature are remembered, by their hashes; the one first seen goes first."""

ANY_TENANT = "*"
_CLOCK = "See that this machine's clock is right"
_TENANT = re.compile(r"[0-9A-Za-z-]{1,64}")


class Refused(Exception):
    """A request that is not answered. `status` is 401 or 403; `reason` is short and holds nothing of the token.

    `remedy` is what whoever runs Lateral can do where it was Teams after all; empty where there is nothing.
    """

    def __init__(self, status: int, reason: str, remedy: str = "") -> None:
        """Take the HTTP status, why, and what to do."""
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class _Known:
    """A token whose signature was good: by which key, and what it claims."""

    key_id: str
    key: SigningKey
    claims: Mapping[str, Any]


class TokenCheck:
    """Checks the token that Bot Framework sends along with each activity."""

    def __init__(
        self,
        app_id: str,
        session: aiohttp.ClientSession,
        hosts: Hosts,
        *,
        openid_url: str = OPENID_URL,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take our app id, a session to fetch keys with, the hosts that are believed, and the time (POSIX seconds)."""
        self._app_id = app_id
        self._hosts = hosts
        self._keys = SigningKeys(session, openid_url, now)
        self._now = now
        self._known: OrderedDict[bytes, _Known] = OrderedDict()

    async def check(self, authorization: str | None, activity: Mapping[str, Any]) -> None:
        """Return when the activity comes from Teams and is meant for us.

        Args:
            authorization: the header of that name.
            activity: the body of the request, as it was read from JSON.

        Raises:
            Refused: 401 when the token is not good; 403 when it is, but does not cover this activity.
        """
        key, claims = await self._read(authorization)
        self._check_claims(claims)
        _check_channel(key, activity)
        self._check_service(claims, activity)

    async def _read(self, authorization: str | None) -> tuple[SigningKey, Mapping[str, Any]]:
        """Return who signed a token, and what it claims, once the signature has been found to be good.

        A token comes along with many activities. What was found of it is good for as long as its key is in use;
        times are checked for each.
        """
        token = _bearer(authorization)
        digest = sha256(token.encode()).digest()
        known = self._known.get(digest)
        key_id = known.key_id if known else _key_id(token)
        key = await self._keys.find(key_id)
        if key is None:
            raise Refused(401, "the token was signed with a key that is not known")
        if known is None or known.key is not key:
            known = _Known(key_id, key, self._claims(token, key))
            self._known[digest] = known
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return key, known.claims

    def _claims(self, token: str, key: SigningKey) -> Mapping[str, Any]:
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token, key.public, algorithms=[ALGORITHM], audience=self._app_id, issuer=ISSUER, options=_READING
            )
        except jwt.InvalidAudienceError:
            raise Refused(401, "the token is for another app", "Copy TEAMS_APP_ID again") from None
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise Refused(401, f"the token is not good: {type(error).__name__}") from None
        return claims

    def _check_claims(self, claims: Mapping[str, Any]) -> None:
        now = self._now()
        if _moment(claims["exp"]) <= now - LEEWAY_SECONDS:
            raise Refused(401, "the token has expired", _CLOCK)
        if "nbf" in claims and _moment(claims["nbf"]) > now + LEEWAY_SECONDS:
            raise Refused(401, "the token is not valid yet", _CLOCK)

    def _check_service(self, claims: Mapping[str, Any], activity: Mapping[str, Any]) -> None:
        service_url = activity.get("serviceUrl")
        if not isinstance(service_url, str) or not service_url:
            raise Refused(403, "the activity names no service address")
        if claims.get("serviceurl") != service_url:
            raise Refused(403, "the token is for another service address")
        if not self._hosts.allows(service_url):
            raise Refused(
                403,
                "the service address is not on the list",
                "If it is Microsoft's, add its host to TEAMS_SERVICE_HOSTS",
            )


_READING: Options = {
    "require": ["exp", "aud", "iss"],
    "strict_aud": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}
"""Times are checked here: the library would read the machine's clock, and the moment is an argument."""


def check_tenant(activity: Mapping[str, Any], allowed: frozenset[str]) -> str:
    """Return the tenant an activity comes from, in small letters.

    Args:
        activity: the body of the request.
        allowed: ids of tenants; `*` among them allows any.

    Raises:
        Refused: no tenant is named, the two places that name one do not agree, or it is not allowed.
    """
    named = {tenant.lower() for tenant in _tenants(activity) if tenant}
    if len(named) != 1:
        raise Refused(403, "the activity names two tenants" if named else "the activity names no tenant")
    tenant = named.pop()
    if ANY_TENANT not in allowed and tenant not in {known.lower() for known in allowed}:
        raise Refused(403, "the tenant is not allowed", "Add it to TEAMS_ALLOWED_TENANTS, if its people may talk")
    return tenant


def _tenants(activity: Mapping[str, Any]) -> tuple[str, str]:
    """Return the tenant as the conversation and as the channel's data name it; empty where they do not."""
    conversation, data = activity.get("conversation"), activity.get("channelData")
    inner = data.get("tenant") if isinstance(data, Mapping) else None
    first = conversation.get("tenantId") if isinstance(conversation, Mapping) else None
    second = inner.get("id") if isinstance(inner, Mapping) else None
    return _tenant(first), _tenant(second)


def _tenant(value: object) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str) or not _TENANT.fullmatch(value):
        raise Refused(403, "the tenant cannot be read")
    return value


def _bearer(authorization: str | None) -> str:
    kind, _, token = (authorization or "").partition(" ")
    if kind.lower() != "bearer" or not token.isascii() or not 0 < len(token) <= LONGEST_TOKEN:
        raise Refused(401, "there is no token", "If Teams sent it, let the proxy pass on Authorization")
    return token


def _key_id(token: str) -> str:
    """Return the id of the key a token says it was signed with."""
    try:
        head = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise Refused(401, "the token cannot be read") from None
    if head.get("alg") != ALGORITHM:
        raise Refused(401, "the token is not signed in the way we take")
    key_id = head.get("kid")
    if not isinstance(key_id, str) or not key_id:
        raise Refused(401, "the token names no key")
    return key_id


def _moment(value: object) -> float:
    """Return a claim as POSIX seconds."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Refused(401, "a time in the token cannot be read")
    return float(value)


def _check_channel(key: SigningKey, activity: Mapping[str, Any]) -> None:
    if activity.get("channelId") != CHANNEL:
        raise Refused(403, "the activity is not from Teams")
    if CHANNEL not in key.endorsements:
        raise Refused(403, "the key may not sign for Teams")
