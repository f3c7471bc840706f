"""Activities as Teams sends them, in the shapes Microsoft documents, for two people and a team."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.adapters.teams.keys import APP_ID
from tests.adapters.teams.standin import TENANT
from tests.clock import BEGINS

Json = dict[str, Any]
BOT = f"28:{APP_ID}"
TEAM = "19:team-general@thread.tacv2"
CHANNEL = "19:another-channel@thread.tacv2"


@dataclass(frozen=True)
class Person:
    """Somebody in Teams."""

    user: str
    aad: str
    name: str
    tenant: str = TENANT

    @property
    def id(self) -> str:
        return f"teams:{self.tenant}:{self.aad or self.user}"

    @property
    def chat(self) -> str:
        """The id of their own chat with us."""
        return f"a:{self.user}"


ANA = Person("29:1ana-000", "aaaaaaaa-0000-4000-8000-000000000001", "Ana")
BEN = Person("29:1ben-000", "aaaaaaaa-0000-4000-8000-000000000002", "Ben")


@dataclass
class Activities:
    """Makes activities, each with an id of its own, a second apart."""

    service_url: str
    began: datetime = BEGINS
    numbers: Any = field(default_factory=lambda: count(1))

    def _base(self, kind: str, person: Person, **more: Any) -> Json:
        number = next(self.numbers)
        at = self.began + timedelta(seconds=number)
        return {
            "type": kind,
            "id": f"1700000000{number:03}",
            "timestamp": at.isoformat().replace("+00:00", "Z"),
            "localTimestamp": at.isoformat(),
            "localTimezone": "Europe/Berlin",
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {"id": person.user, "name": person.name, "aadObjectId": person.aad},
            "conversation": {"conversationType": "personal", "tenantId": person.tenant, "id": person.chat},
            "recipient": {"id": BOT, "name": "Lateral"},
            "entities": [
                {
                    "locale": "en-GB",
                    "country": "GB",
                    "platform": "Web",
                    "timezone": "Europe/Berlin",
                    "type": "clientInfo",
                }
            ],
            "channelData": {"tenant": {"id": person.tenant}},
            "locale": "en-GB",
            **more,
        }

    def said(self, words: str, person: Person = ANA) -> Json:
        """Words in someone's own chat; Teams writes `<` as an entity."""
        return self._base("message", person, text=html.escape(words, quote=False), textFormat="plain")

    def in_channel(self, activity: Json, channel: str = TEAM, thread: str = "1700000000999") -> Json:
        """The same, in a thread of a channel."""
        tenant = activity["conversation"]["tenantId"]
        data = {"teamsChannelId": channel, "teamsTeamId": TEAM, "channel": {"id": channel}, "team": {"id": TEAM}}
        conversation = {"isGroup": True, "conversationType": "channel", "tenantId": tenant}
        return {
            **activity,
            "conversation": {**conversation, "id": f"{channel};messageid={thread}" if thread else channel},
            "channelData": {**data, "tenant": {"id": tenant}},
        }

    def mentioned(self, words: str, person: Person = ANA, **where: str) -> Json:
        """Words in a channel with a mention of us."""
        said = self.said(words, person)
        mention = {
            "type": "mention",
            "text": "<at>Lateral</at>",
            "mentioned": {"id": BOT, "name": "Lateral"},
        }
        said["text"] = f"<at>Lateral</at> {said['text']}\n"
        said["entities"] = [mention, *said["entities"]]
        return self.in_channel(said, **where)

    def executed(self, data: Json, card: str, person: Person = ANA) -> Json:
        """A press of Action.Execute."""
        action = {"type": "Action.Execute", "verb": "press", "data": data}
        return self.invoked("adaptiveCard/action", {"action": action, "trigger": "manual"}, person, replyToId=card)

    def submitted(self, data: Json, card: str, person: Person = ANA) -> Json:
        """A press of Action.Submit, as from a client that does not know Action.Execute."""
        return self._base("message", person, value=data, replyToId=card)

    def invoked(self, name: str, value: Json, person: Person = ANA, **more: Any) -> Json:
        """An invoke."""
        return self._base("invoke", person, name=name, value=value, **more)

    def installed(self, person: Person = ANA, action: str = "add") -> Json:
        """We were added by a person for their own, or with `remove` taken out."""
        return self._base("installationUpdate", person, action=action)

    def met(self, person: Person = ANA, *, gone: bool = False) -> Json:
        """What comes beside an installation: we were added to the conversation, or taken out of it."""
        return self._base("conversationUpdate", person, **{"membersRemoved" if gone else "membersAdded": [{"id": BOT}]})

    def team_installed(self, person: Person = ANA, action: str = "add") -> Json:
        """We were added to a team by a person, or with `remove` taken out."""
        return self.in_channel(self.installed(person, action), thread="")

    def edited(self, words: str, person: Person = ANA) -> Json:
        return {**self.said(words, person), "type": "messageUpdate", "channelData": {"eventType": "editMessage"}}

    def searched(self, words: str = "", person: Person = ANA, skip: int = 0, count: int = 25) -> Json:
        """A query of the message extension; without words, the one that is made when it opens."""
        parameter = {"name": "topic", "value": words} if words else {"name": "initialRun", "value": "true"}
        options = {"skip": skip, "count": count}
        value = {"commandId": "tips", "parameters": [parameter], "queryOptions": options}
        return self.invoked("composeExtension/query", value, person)
