"""Teams keeps the chat contract: signed activities over HTTP, a real SQLite file, a stand-in for the connector."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.teams import limits
from adapters.teams.outgoing import draw
from adapters.teams.stamps import Stamp
from bot.guide import Guide
from bot.messages import Control, Message, Pick
from bot.wording import Wording
from tests.adapters.teams.activities import ANA, BEN, Json
from tests.adapters.teams.office import Answer, Office, office
from tests.adapters.teams.reading import card_of, choices, paragraphs, plain, words_of
from tests.adapters.teams.standin_faults import server_error
from tests.contracts.chat_contract import ChatContract, ChatDriver, Shown

PEOPLE = {"ana": ANA, "ben": BEN}


class TeamsDriver(ChatDriver):
    """Plays Teams, and two people on it."""

    def __init__(self, place: Office) -> None:
        self.place = place
        self.durable: list[bool] = []
        self.delivered: dict[str, Json] = {}

    async def say(self, person: str, words: str, key: str = "") -> list[Shown]:
        activity = self.delivered.get(key) or self.place.made.said(words, PEOPLE[person])
        if key:
            self.delivered[key] = activity
        return await self._deliver(activity)

    async def _deliver(self, activity: Json) -> list[Shown]:
        before, turns = len(self.place.teams.calls), self.place.turns
        answer = await self.place.post(activity)
        assert answer.status == 200
        changed = self.place.turns != turns
        await self.place.settle()
        calls = self.place.posted(before)
        self.durable.append(changed or not calls)
        return [shown(call.body, call.conversation) for call in calls]

    async def press(self, person: str, option: str, question: str = "") -> list[Shown]:
        before, turns = len(self.place.teams.calls), self.place.turns
        answer = await self.place.press(option, PEOPLE[person], question)
        self.durable.append(self.place.turns != turns)
        below = [shown(call.body, call.conversation) for call in self.place.posted(before)]
        return [*answered(answer), *below]

    async def hear_a_bot(self, person: str) -> list[Shown]:
        said = self.place.made.said("1", PEOPLE[person])
        ours = await self._deliver({**said, "from": said["recipient"]})
        other = {"id": "28:another-bot", "name": "Another", "role": "bot"}
        return ours + await self._deliver({**self.place.made.said("1", PEOPLE[person]), "from": other})

    async def hear_something_unknown(self, person: str) -> list[Shown]:
        edited = await self._deliver(self.place.made.edited("3", PEOPLE[person]))
        unheard = {**self.place.made.said("3", PEOPLE[person]), "type": "surprise"}
        return edited + await self._deliver(unheard)

    async def say_while_sending_fails(self, person: str, words: str) -> None:
        self.place.teams.fail(server_error(503), times=None)
        assert await self.say(person, words) == []

    async def come_back(self, person: str) -> list[Shown]:
        """Return what was owed; a turn is one card on Teams, so each of its paragraphs counts here."""
        before = len(self.place.teams.calls)
        await self.place.running.store.flush()
        [(owed,)] = self.place.read("select count(*) from outbox")
        self.place.teams.heal()
        await self.place.teams.until(lambda: len(self.place.posted(before)) >= owed)
        await self.place.settle()
        cards = [card_of(call.body) for call in self.place.posted(before)]
        return [Shown(words, words) for card in cards for words in paragraphs(card)]

    async def kept(self, person: str) -> dict[str, object] | None:
        return self.place.answers(PEOPLE[person])

    async def ids(self) -> list[str]:
        await self.place.running.store.flush()
        tables = {"people": "person", "outbox": "person", "deliveries": "person", "teams_references": "place"}
        tables |= {"teams_farewells": "place"}
        found = {row[0] for table, name in tables.items() for row in self.place.read(f"select {name} from {table}")}  # noqa: S608
        return sorted(found - {None, ""})

    def was_durable_when_answered(self) -> bool:
        return bool(self.durable) and all(self.durable)

    def longest(self) -> int:
        return limits.CARD_BYTES

    def draw(self, text: str) -> list[Shown]:
        return [shown(activity) for activity in draw(Message(text), Stamp(1))]

    def draw_options(self, count: int) -> list[Shown]:
        picks = tuple(Pick(f"option-{number}", f"Option {number}") for number in range(count))
        asked = Message("Which?", (Control("choice", "q", "", picks),), question="q")
        return [shown(activity) for activity in draw(asked, Stamp(1, "q"))]


def shown(activity: Json, conversation: str = ANA.chat) -> Shown:
    """Return a message as a person sees it."""
    words = words_of(activity)
    place = "direct" if conversation in {person.chat for person in PEOPLE.values()} else conversation
    return Shown(words, words, choices(card_of(activity)), place)


def answered(answer: Answer) -> list[Shown]:
    """Return what a press was answered, as the person who pressed sees it."""
    value = answer.body["value"]
    return [Shown(value, value)] if isinstance(value, str) else [Shown(plain(value), plain(value), choices(value))]


class TestTeams(ChatContract):
    @pytest.fixture
    async def chat(self, tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[TeamsDriver]:
        async with office(tmp_path, guide, wording) as place:
            yield TeamsDriver(place)
