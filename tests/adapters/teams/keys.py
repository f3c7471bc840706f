"""Bot Framework's side of a token: RSA keys of our own, served with their OpenID configuration, and tokens to order.

    async with KeyServer.running() as keys:
        check = TokenCheck(APP_ID, session, Hosts(local=True), openid_url=keys.openid_url, now=lambda: NOW)
        await check.check(keys.bearer(service_url, NOW), activity)

        keys.rotate()                                   # another key; the old one is served no more
        keys.bearer(service_url, NOW, without=("exp",)) # a claim left out
        keys.bearer(service_url, NOW, iss="https://elsewhere.example", head={"kid": "unknown"})
        keys.status = 503                               # the key server is down

With the real clock, as a whole server needs it, give `time.time()` for NOW.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from tests.loopback import serving

APP_ID = "5b6f0f5e-0000-4000-8000-00000000b074"
ISSUER = "https://api.botframework.com"
ENDORSED = ("msteams", "webchat")


@cache
def private_key(name: str) -> RSAPrivateKey:
    """Return the private key of that name: made once a run, for making one takes a while."""
    del name
    return generate_private_key(65537, 2048)


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is served."""

    id: str
    endorsements: tuple[str, ...] | None = ENDORSED

    def as_jwk(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(private_key(self.id).public_key(), as_dict=True)
        endorsed = {} if self.endorsements is None else {"endorsements": list(self.endorsements)}
        return {**public, "kid": self.id, "use": "sig", **endorsed}


class KeyServer:
    """Serves the public keys, and signs with the private ones."""

    def __init__(self) -> None:
        self.keys = [Key("key-1")]
        self.url = ""
        self.fetched = 0
        self.status = 200
        self.body: bytes | None = None
        self.open = asyncio.Event()
        self.open.set()
        self.asked = asyncio.Event()

    @property
    def openid_url(self) -> str:
        """Where the OpenID configuration is."""
        return f"{self.url}/v1/.well-known/openidconfiguration"

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[KeyServer]:
        """Serve on a free port of 127.0.0.1. Clear `open` to let answers hang; `asked` is set when one is wanted."""
        server = cls()
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", server._configuration)
        app.router.add_get("/v1/.well-known/keys", server._keys)
        async with serving(app) as server.url:
            try:
                yield server
            finally:
                server.open.set()

    def rotate(self, *endorsements: str) -> None:
        """Serve a new key instead of the one there was."""
        self.keys = [Key(f"key-{int(self.keys[0].id[4:]) + 1}", endorsements or ENDORSED)]

    def bearer(
        self,
        service_url: str,
        now: float,
        *,
        key: str = "",
        without: tuple[str, ...] = (),
        head: Mapping[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """Return an `Authorization` header as Bot Framework sends it: good, unless something is said otherwise.

        Args:
            service_url: the service the token is for.
            now: when it was issued, in POSIX seconds; it is good for an hour.
            key: the id of the key to sign with; by default the first that is served.
            without: claims to leave out.
            head: fields of the token's head to set otherwise.
        """
        key_id = key or self.keys[0].id
        usual = {"iss": ISSUER, "aud": APP_ID, "serviceurl": service_url, "nbf": int(now), "exp": int(now) + 3600}
        said = {name: value for name, value in {**usual, **claims}.items() if name not in without}
        token = jwt.encode(said, private_key(key_id), "RS256", headers={"kid": key_id, **(head or {})})
        return f"Bearer {token}"

    async def _configuration(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/v1/.well-known/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        self.fetched += 1
        self.asked.set()
        await self.open.wait()
        body = (
            self.body if self.body is not None else json.dumps({"keys": [key.as_jwk() for key in self.keys]}).encode()
        )
        return web.Response(status=self.status, body=body, content_type="application/json")
