"""All of Teams but the bot, on loopback: keys, an authority, a connector, people who write, and dead services."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm

from tests.loopback import serving

APP_ID = "5b6f0f5e-0000-4000-8000-00000000b074"
AT_MOST = 30.0
"""Seconds that a turn may take before the benchmark gives up."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to the bot, each from a tenant of their own: a tenant is sent to only so often a second."""

    number: int

    @property
    def conversation(self) -> str:
        """Return the id of their chat with the bot."""
        return f"a:{self.number:07}"

    def says(self, text: str, key: int, service_url: str) -> dict[str, Any]:
        """Return what Teams sends when they say something."""
        tenant = f"{self.number:08}-2222-4333-8444-555555555555"
        return {
            "type": "message",
            "id": str(key),
            "timestamp": "2026-11-02T09:00:00.000Z",
            "localTimezone": "Europe/London",
            "channelId": "msteams",
            "serviceUrl": service_url,
            "from": {"id": f"29:{self.number}", "name": "Someone", "aadObjectId": f"aad-{self.number}"},
            "conversation": {"conversationType": "personal", "tenantId": tenant, "id": self.conversation},
            "recipient": {"id": f"28:{APP_ID}", "name": "Lateral"},
            "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}],
            "channelData": {"tenant": {"id": tenant}},
            "text": text,
            "textFormat": "plain",
            "locale": "en-GB",
        }


class World:
    """Keys, authority and connector, and a client that has turns with a bot."""

    def __init__(self) -> None:
        self.url = ""
        self._private = generate_private_key(65537, 2048)
        self._replies: dict[str, asyncio.Future[Any]] = {}
        self._numbers = count(1)
        self._tokens: dict[str, str] = {}
        self._session: aiohttp.ClientSession

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[World]:
        """Serve on a free port of 127.0.0.1."""
        world = cls()
        app = web.Application(client_max_size=4_000_000)
        app.router.add_get("/openid", world._configuration)
        app.router.add_get("/keys", world._keys)
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", world._token)
        app.router.add_post("/v3/conversations/{conversation}/activities", world._posted)
        app.router.add_post("/v3/conversations/{conversation}/activities/{id}", world._posted)
        app.router.add_put("/v3/conversations/{conversation}/activities/{id}", world._updated)
        async with serving(app) as world.url, aiohttp.ClientSession() as world._session:
            yield world

    @property
    def service_url(self) -> str:
        """Return what healthy activities have in `serviceUrl`."""
        return f"{self.url}/"

    def environment(self) -> dict[str, str]:
        """Return the environment of a bot that believes this world and no other."""
        return {
            **os.environ,
            "TEAMS_APP_ID": APP_ID,
            "TEAMS_APP_PASSWORD": "of this benchmark",
            "TEAMS_TENANT_ID": "11111111-2222-4333-8444-555555555555",
            "TEAMS_ALLOWED_TENANTS": "*",
            "TEAMS_OPENID_URL": f"{self.url}/openid",
            "TEAMS_LOGIN_URL": f"{self.url}/login",
            "TEAMS_SERVICE_HOSTS": "127.0.0.1",
        }

    async def turn(self, bot: Bot, person: Person, text: str) -> float:
        """Say something; return the seconds until the request was answered and the bot's reply had arrived."""
        reply = self._replies[person.conversation] = asyncio.get_running_loop().create_future()
        began = perf_counter()
        await self.say(bot, person, text, self.service_url)
        async with asyncio.timeout(AT_MOST):
            activity = await reply
        spent = perf_counter() - began
        if activity.get("type") != "message":
            raise ValueError("the bot did not reply")
        return spent

    async def say(self, bot: Bot, person: Person, text: str, service_url: str) -> None:
        """Say something and do not wait for what is said back."""
        body = json.dumps(person.says(text, next(self._numbers), service_url)).encode()
        headers = {"Content-Type": "application/json"}
        if bot.asks_for_proof:
            headers["Authorization"] = self._bearer(service_url)
        async with self._session.post(f"{bot.url}/api/messages", data=body, headers=headers) as answer:
            await answer.read()
            if answer.status not in (200, 201, 202):
                raise ValueError(f"the bot answered {answer.status}")

    def _bearer(self, service_url: str) -> str:
        """Return a header as Bot Framework sends it. A token is used for many requests, as there."""
        if service_url not in self._tokens:
            claims = {
                "iss": "https://api.botframework.com",
                "aud": APP_ID,
                "serviceurl": service_url,
                "nbf": int(time.time()) - 10,
                "exp": int(time.time()) + 3600,
            }
            self._tokens[service_url] = jwt.encode(claims, self._private, "RS256", headers={"kid": "key-1"})
        return f"Bearer {self._tokens[service_url]}"

    async def _configuration(self, _request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        public = RSAAlgorithm.to_jwk(self._private.public_key(), as_dict=True)
        return web.json_response({"keys": [{**public, "kid": "key-1", "endorsements": ["msteams"]}]})

    async def _token(self, _request: web.Request) -> web.Response:
        return web.json_response({"token_type": "Bearer", "expires_in": 3599, "access_token": "token"})

    async def _posted(self, request: web.Request) -> web.Response:
        activity: Mapping[str, Any] = json.loads(await request.read())
        reply = self._replies.pop(request.match_info["conversation"], None)
        if reply is not None and not reply.done():
            reply.set_result(activity)
        return web.json_response({"id": str(next(self._numbers))}, status=201)

    async def _updated(self, request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"id": request.match_info["id"]})


class Bot:
    """A bot in a process of its own."""

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        self.asks_for_proof = name != "echo"
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "benchmarks.teams_bots", name, str(folder)]
        root = Path(__file__).parent.parent
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root,
            env=dict(environment),
        )  # fmt: skip
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        if not self.url:
            _, said = self._process.communicate()
            # As the loader in this process says it, so that a missing peer is told and not a failure.
            raise ImportError(said.strip().rpartition("\n")[2], name="botbuilder-integration-aiohttp")

    def cpu(self) -> float:
        """Return the CPU time the bot has used so far, in seconds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def stop(self) -> None:
        """End the process; what it still owed is of no interest."""
        self._process.kill()
        self._process.communicate()


class Dead:
    """Two services that are dead: one takes connections and never answers, the other takes none and says nothing."""

    def __init__(self) -> None:
        self._sockets = [_listen(128), _listen(0)]
        # The second is let run full, so that whoever comes next waits in vain to be connected.
        for _ in range(4):
            waiting = socket.socket()
            waiting.setblocking(False)  # noqa: FBT003 - there is no other way to say it
            waiting.connect_ex(self._sockets[1].getsockname())
            self._sockets.append(waiting)

    @property
    def service_urls(self) -> list[str]:
        """Return their addresses."""
        return ["http://127.0.0.1:{1}/".format(*each.getsockname()) for each in self._sockets[:2]]

    def close(self) -> None:
        """Close all that is open."""
        for each in self._sockets:
            each.close()


def _listen(backlog: int) -> socket.socket:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(backlog)
    return listening
