"""What is done with each thing that arrives from Teams: a turn is taken, and what follows waits.

Every method returns what goes into the answer, and what to do once that has been sent.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from adapters.courier import Courier
from adapters.deeds import Deed
from adapters.storage.sqlite import SqliteStore
from adapters.teams import arrivals, channels, search
from adapters.teams.arrivals import Arrival, Origin, Pressed
from adapters.teams.connector import Rejected
from adapters.teams.outgoing import draw, draw_note
from adapters.teams.own_chats import OwnChats
from adapters.teams.personal import Cards, run_of
from adapters.teams.posting import Posting, stamp_for
from adapters.teams.references import THREAD, References
from adapters.teams.texts import forget_texts
from bot.conversation import Conversation, Delivery, Turn
from bot.dialogue import understanding_of
from bot.errors import StaleVersion
from bot.events import Event, Said, Started, Wanted
from bot.messages import Message
from bot.ports import Commit, Owed
from bot.state import State, to_record
from bot.topics import wanted_tip
from bot.understanding import Expects

Body = Mapping[str, Any]

ANSWERS = frozenset(("answer", "date", "yes", "no"))
"""What words are heard as when they answer what was asked."""

GONE_KEPT = 10_000
"""How many people who took us out are remembered, so that what they wrote before and arrives late begins no talk."""

TRIES = 8
CARD = "application/vnd.microsoft.card.adaptive"
WORDS = "application/vnd.microsoft.activity.message"


@dataclass(frozen=True, slots=True)
class Handled:
    """What goes into the answer, and what is done after it; `lost`: in place of that, when it could not be sent."""

    body: Body | None = None
    after: tuple[Deed, ...] = ()
    lost: tuple[Deed, ...] = ()
    status: int = 200


@dataclass
class Desk:
    """Takes what arrives and sees to it. `talk` gives a single message a turn: a card in someone's own chat is one."""

    talk: Conversation
    store: SqliteStore
    chats: OwnChats
    references: References
    courier: Courier
    posting: Posting
    cards: Cards
    dropped: Counter[str] = field(default_factory=Counter)
    _gone: OrderedDict[str, float] = field(default_factory=OrderedDict)

    async def handle(self, arrival: Arrival) -> Handled:
        """See to one thing that arrived. What it changes is durable when this returns."""
        name = f"_on_{type(arrival).__name__.lower()}"
        handled: Handled = await getattr(self, name)(arrival)
        return handled

    # Turns of the talk

    async def _on_turned(self, it: arrivals.Turned) -> Handled:
        origin = await self.chats.resolved(it.origin)
        if self._left_since(origin):
            return Handled()
        if it.pressed and it.pressed.run != run_of(origin.person):
            return self._tell("not_your_card", origin, it.pressed)
        if it.event is None:
            return self._tell("nothing_filled", origin, it.pressed)
        turn = await self._take(origin, await self._meant(it.event, origin), it.key)
        if it.pressed and it.pressed.in_place:
            return self._in_place(origin, it.key, it.pressed, turn)
        if turn.duplicate:
            return Handled()
        if turn.phase == "new":
            self._forget(origin.person)
        else:
            self._note_answer(origin, it, turn)
        return Handled(after=(lambda: self._hand(turn, origin.person, origin.person),))

    async def _meant(self, event: Event, origin: Origin) -> Event:
        """Return what words mean that are a command of the app's: the rest is for the talk to understand.

        While something is asked, `tip` with words that name no topic may be the beginning of an answer.
        """
        topic = tip_topic(event.text) if isinstance(event, Said) else None
        if not topic:
            return event
        guide, now = self.talk.guide, self.chats.now(origin)
        wanted = wanted_tip(guide, understanding_of(guide), topic, now)
        named = wanted.detail in guide.topic_by_id
        return wanted if named or not await self.talk.question_text(origin.person, now) else event

    def _note_answer(self, origin: Origin, it: arrivals.Turned, turn: Turn) -> None:
        """Note how the question that stands above was answered, for its card to show."""
        answers = turn.heard[0] in ANSWERS
        if isinstance(it.event, Said):
            self.cards.answered(origin.person, "", it.event.text if answers else "")
        elif it.pressed and answers:
            self.cards.answered(origin.person, it.pressed.card, self.cards.label(origin.person, it.event))

    def _in_place(self, origin: Origin, key: str, pressed: Pressed, turn: Turn) -> Handled:
        """Let the next card take the place of the pressed one."""
        if turn.duplicate:
            known = self.cards.answer_to(key)
            return Handled(known) if known else self._tell("had_that", origin, pressed)
        person, message = origin.person, turn.messages[0] if turn.messages else None
        drawn = draw(message, stamp_for(person, message)) if message else ()
        if len(drawn) != 1 or message is None or not pressed.card:
            told = self._tell("see_below", origin, pressed)
            return replace(told, after=(lambda: self._hand(turn, person, person),))
        body = _body(CARD, drawn[0]["attachments"][0]["content"])
        reference = origin.reference
        before = self.cards.replaced(person, pressed.card, message)
        if turn.phase == "new":
            self._forget(person)
            before = None
        else:
            self.cards.remember(key, person, body)

        async def sent() -> None:
            await self.store.delivered(turn.owed)
            self.posting.close(reference, before)
            if turn.phase == "new":
                await self.references.said_farewell(person)

        return Handled(body, (sent,), (lambda: self._hand(turn, person, person),))

    # Where others read

    async def _on_mentioned(self, it: arrivals.Mentioned) -> Handled:
        guide, origin = self.talk.guide, it.origin
        await self.references.note(origin.reference)
        topic = tip_topic(it.words)
        heard: Event = (
            wanted_tip(guide, understanding_of(guide), topic, datetime.now(UTC))
            if topic
            else understanding_of(guide).hear(it.words, Expects("idle"), datetime.now(UTC))
        )
        if not isinstance(heard, Wanted) or heard.intent not in ("ask", "tip"):
            return await self._say(origin, it.key, self._post("team_help", "team_alone"))
        delivery = Delivery(origin.place, heard, origin.outbox, it.key, aside=True)
        turn = await self.talk.take(delivery, datetime.now(UTC))
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self._hand(turn, origin.place, origin.outbox),))

    async def _on_talks(self, it: arrivals.Talks) -> Handled:
        origin = await self.chats.resolved(it.origin)
        pressed = Pressed("", it.in_place, "")
        try:
            mine = await self.chats.begun(origin)
        except Rejected as rejected:
            known = rejected.status in (403, 404)
            self.dropped["no chat of their own" if known else "own chat not begun"] += 1
            return self._tell("not_added_yet" if known else "could_not_note", it.origin, pressed)
        event = channels.meaning(self.talk.guide, it.about)
        note = self._label("from_channel") if origin.kind != "personal" else ""
        delivery = Delivery(mine.place, event, mine.place, it.key, note=note)
        turn = await self.talk.take(delivery, self.chats.now(origin))
        told = self._tell("wrote_to_you", it.origin, pressed)
        if turn.duplicate:
            return told
        return replace(told, after=(*told.after, lambda: self._hand(turn, mine.place, mine.place)))

    async def _on_elsewhere(self, it: arrivals.Elsewhere) -> Handled:
        return self._tell("only_between_us", it.origin, Pressed("", in_place=True, run=""))

    async def _on_searched(self, it: arrivals.Searched) -> Handled:
        return Handled(search.answer(self.talk.guide, it.words, it.skip, it.count))

    async def _on_rated(self, it: arrivals.Rated) -> Handled:
        del it
        return Handled({})

    # Coming and going

    async def _on_installed(self, it: arrivals.Installed) -> Handled:
        at = it.origin.at or time.time()
        if it.origin.kind != "personal":
            await self.references.note(replace(it.origin.reference, installed_at=at))
            origin = it.origin
            return await self._say(
                origin,
                f"installed:{origin.tenant}:{origin.team}",
                self._post("team_welcome", "team_ways", "team_alone"),
            )
        origin = await self.chats.resolved(it.origin)
        if not origin.user:
            return Handled()
        self._gone.pop(origin.person, None)
        await self.references.note(replace(self.chats.seen(origin), installed_at=at))
        if await self.talk.knows(origin.person):
            return Handled()
        delivery = Delivery(
            origin.person,
            Started(),
            origin.person,
            f"welcome:{origin.person}",
            note=self._label("installed"),
        )
        turn = await self.talk.take(delivery, self.chats.now(origin))
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self._hand(turn, origin.person, origin.person),))

    async def _on_removed(self, it: arrivals.Removed) -> Handled:
        origin = await self.chats.resolved(it.origin)
        known = await self.references.find(origin.place)
        if known and known.installed_at and origin.at and origin.at < known.installed_at:
            return Handled()
        places = [origin.place]
        if it.whole_team and origin.team:
            places += await self.references.in_team(origin.tenant, origin.team)
        for place in dict.fromkeys(places):
            self._gone[place] = origin.at or time.time()
            await self.store.forget(place)
            self._forget(place)
        while len(self._gone) > GONE_KEPT:
            self._gone.popitem(last=False)
        return Handled()

    async def _on_unserved(self, it: arrivals.Unserved) -> Handled:
        self.dropped[it.name[:40]] += 1
        if it.name.startswith("task/"):
            return Handled({"task": {"type": "message", "value": self._label("not_here")}})
        return Handled({} if it.known else None, status=200 if it.known else 501)

    async def _on_ignored(self, it: arrivals.Ignored) -> Handled:
        if it.unknown:
            self.dropped[it.why] += 1
        return Handled()

    # What they have in common

    async def _take(self, origin: Origin, event: Event, key: str) -> Turn:
        """Take a turn of someone's own talk; where to write to them is kept before it is owed."""
        seen = self.chats.seen(origin)
        is_news = await self.references.note(seen)
        turn = await self.talk.take(Delivery(origin.person, event, origin.person, key), self.chats.now(origin))
        if turn.revision == 1 and not is_news and not turn.duplicate:
            # Another process may have removed all about them, the reference too.
            await self.references.keep(seen)
        return turn

    async def _say(self, origin: Origin, key: str, message: Message) -> Handled:
        """Owe a fixed text to where something arrived from, once for a key."""
        for _ in range(TRIES):
            stored = await self.store.load(origin.place, self.talk.guide.id)
            record = stored.record if stored else to_record(State(self.talk.guide.id))
            version = stored.version if stored else 0
            commit = Commit(
                person=origin.place,
                guide=self.talk.guide.id,
                key=key,
                expected=version,
                record=record,
                messages=(message,),
                conversation=origin.outbox,
                at=time.time(),
            )
            try:
                done = await self.store.commit(commit)
            except StaleVersion:
                continue
            owed = [Owed(id_, origin.place, origin.outbox, message) for id_ in done.owed]

            return Handled(after=(partial(self.courier.hand, owed),))
        raise StaleVersion

    def _hand(self, turn: Turn, person: str, conversation: str) -> None:
        owed = zip(turn.owed, turn.messages, strict=True)
        self.courier.hand([Owed(id_, person, conversation, message) for id_, message in owed])

    def _tell(self, label: str, origin: Origin, pressed: Pressed | None) -> Handled:
        """Say a few words to whoever pressed something, and to nobody else; nothing is changed."""
        words = self._label(label)
        if pressed is None or pressed.in_place:
            return Handled(_body(WORDS, words))
        if origin.kind != "personal":
            return Handled()
        return Handled(after=(lambda: self.posting.quietly(origin.reference, draw_note(words)),))

    def trouble(self, arrival: Arrival) -> Handled:
        """Return the answer where nothing could be noted; the platform may deliver it again."""
        if isinstance(arrival, arrivals.Turned):
            told = self._tell("could_not_note", arrival.origin, arrival.pressed or Pressed("", in_place=False, run=""))
            return told if told.body else replace(told, status=503)
        if isinstance(arrival, arrivals.Talks) and arrival.in_place:
            return Handled(_body(WORDS, self._label("could_not_note")))
        return Handled(status=503)

    def _left_since(self, origin: Origin) -> bool:
        """Say whether someone took us out after they had sent this."""
        return bool(origin.at) and origin.at <= self._gone.get(origin.person, float("-inf"))

    def _forget(self, place: str) -> None:
        """Drop what memory holds of a person or a channel of whom nothing is kept any more."""
        self.courier.forget(place)
        self.courier.forget_everyone(f"{place}{THREAD}")
        self.references.forget(place)
        self.cards.forget(place)
        forget_texts()

    def _post(self, *labels: str) -> Message:
        return channels.draw_post("\n\n".join(map(self._label, labels)), self._label("talk_here"))

    def _label(self, name: str) -> str:
        return self.talk.guide.phrases.labels[name]


def tip_topic(words: str) -> str | None:
    """Return the topic named after the word `tip`; None where these words are no such command."""
    first, _, rest = words.strip().lstrip("/").partition(" ")
    if first.lower() not in ("tip", "tips"):
        return None
    named = rest.strip().removeprefix("about ").removeprefix("on ").strip()
    return named if 0 < len(named.split()) <= 4 else None


def _body(kind: str, value: object) -> Body:
    return {"statusCode": 200, "type": kind, "value": value}
