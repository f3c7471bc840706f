"""What is done with each thing that arrives from Teams: a turn is taken, and what follows waits.

Every method returns what goes into the answer, and what to do once that has been sent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from adapters.ignored import Ignored
from adapters.teams import arrivals, search
from adapters.teams.arrivals import Arrival, Origin, Pressed
from adapters.teams.channels import ChannelDesk
from adapters.teams.commands import tip_topic
from adapters.teams.handled import Handled, in_its_place, only_to_them
from adapters.teams.leaving import Leaving
from adapters.teams.orders import Orders
from adapters.teams.outgoing import draw
from adapters.teams.own_chats import OwnChats
from adapters.teams.personal import Cards, run_of
from adapters.teams.posting import stamp_for
from adapters.teams.references import References
from adapters.teams.saying import Saying
from bot.conversation import Delivery, Turn
from bot.dialogue import understanding_of
from bot.events import Event, Said, Started
from bot.topics import wanted_tip

ANSWERS = frozenset(("answer", "date", "yes", "no"))
"""What words are heard as when they answer what was asked."""


@dataclass
class Desk:
    """Takes what arrives and sees to it. A turn of its talk is a single message, for a card."""

    saying: Saying
    chats: OwnChats
    references: References
    cards: Cards
    leaving: Leaving
    channels: ChannelDesk
    orders: Orders
    dropped: Counter[str] = field(default_factory=Counter)

    async def handle(self, arrival: Arrival) -> Handled:
        """See to one thing that arrived. What it changes is durable when this returns."""
        name = f"_on_{type(arrival).__name__.lower()}"
        handled: Handled = await getattr(self, name)(arrival)
        return handled

    # Turns of the talk

    async def _on_turned(self, it: arrivals.Turned) -> Handled:
        origin = await self.chats.resolved(it.origin)
        if self.leaving.has_left_since(origin):
            return Handled()
        if it.pressed and it.pressed.run != run_of(origin.person):
            return self.saying.tell("not_your_card", origin, it.pressed)
        if it.event is None:
            return self.saying.tell("nothing_filled", origin, it.pressed)
        turn = await self._take(origin, await self._meant(it.event, origin), it.key)
        if it.pressed and it.pressed.in_place:
            return self._in_place(origin, it.key, it.pressed, turn)
        if turn.duplicate:
            return Handled()
        if turn.phase == "new":
            self.leaving.forget(origin.person)
        else:
            self._note_answer(origin, it, turn)
        return Handled(after=(lambda: self.saying.hand(turn, origin.person, origin.person),))

    async def _meant(self, event: Event, origin: Origin) -> Event:
        """Return what words mean that are a command of the app's: the rest is for the talk to understand.

        While something is asked, `tip` with words that name no topic may be the beginning of an answer.
        """
        topic = tip_topic(event.text) if isinstance(event, Said) else None
        if not topic:
            return event
        guide, now = self.saying.talk.guide, self.chats.now(origin)
        wanted = wanted_tip(guide, understanding_of(guide), topic, now)
        named = wanted.detail in guide.topic_by_id
        return wanted if named or not await self.saying.talk.question_text(origin.person, now) else event

    def _note_answer(self, origin: Origin, it: arrivals.Turned, turn: Turn) -> None:
        """Note how the question that stands above was answered, for its card to show."""
        answers = turn.was_answer
        if isinstance(it.event, Said):
            self.cards.answered(origin.person, "", (turn.chosen or it.event.text) if answers else "")
        elif it.pressed and answers:
            self.cards.answered(origin.person, it.pressed.card, self.cards.label(origin.person, it.event))

    def _in_place(self, origin: Origin, key: str, pressed: Pressed, turn: Turn) -> Handled:
        """Let the next card take the place of the pressed one."""
        if turn.duplicate:
            known = self.cards.answer_to(key)
            return Handled(known) if known else self.saying.tell("had_that", origin, pressed)
        person, message = origin.person, turn.messages[0] if turn.messages else None
        drawn = draw(message, stamp_for(person, message)) if message else ()
        if len(drawn) != 1 or message is None or not pressed.card:
            told = self.saying.tell("see_below", origin, pressed)
            return replace(told, after=(lambda: self.saying.hand(turn, person, person),))
        body = in_its_place(drawn[0])
        reference = origin.reference
        before = self.cards.replaced(person, pressed.card, message)
        if turn.phase == "new":
            self.leaving.forget(person)
            before = None
        else:
            self.cards.remember(key, person, body)

        async def sent() -> None:
            await self.saying.store.delivered(turn.owed)
            self.saying.posting.close(reference, before)
            if turn.phase == "new":
                await self.references.said_farewell(person)

        return Handled(body, (sent,), (lambda: self.saying.hand(turn, person, person),))

    # Where others read

    async def _on_mentioned(self, it: arrivals.Mentioned) -> Handled:
        order = self.orders.read(it)
        return await (self.channels.mentioned(it) if order is None else self.orders.take(order))

    async def _on_ordered(self, it: arrivals.Ordered) -> Handled:
        return await self.orders.take(it)

    async def _on_talks(self, it: arrivals.Talks) -> Handled:
        return await self.channels.talks(it)

    async def _on_elsewhere(self, it: arrivals.Elsewhere) -> Handled:
        return await self.channels.elsewhere(it)

    async def _on_searched(self, it: arrivals.Searched) -> Handled:
        return Handled(search.answer(self.saying.talk.guide, it.words, it.skip, it.count))

    async def _on_inserted(self, it: arrivals.Inserted) -> Handled:
        return self.saying.tell("tip_inserted", it.origin, Pressed("", in_place=False, run=""))

    async def _on_rated(self, it: arrivals.Rated) -> Handled:
        del it
        return Handled({})

    # Coming and going

    async def _on_installed(self, it: arrivals.Installed) -> Handled:
        at = it.origin.at or self.saying.now()
        if it.origin.kind != "personal":
            return await self.channels.installed(it, at)
        origin = await self.chats.resolved(it.origin)
        if not origin.user:
            return Handled()
        self.leaving.welcome_back(origin.person)
        await self.references.note(replace(self.chats.seen(origin), installed_at=at))
        if await self.saying.talk.knows(origin.person):
            return Handled()
        key, note = f"welcome:{origin.person}", self.saying.label("installed")
        delivery = Delivery(origin.person, Started(), origin.person, key, note=note)
        turn = await self.saying.talk.take(delivery, self.chats.now(origin))
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self.saying.hand(turn, origin.person, origin.person),))

    async def _on_removed(self, it: arrivals.Removed) -> Handled:
        await self.leaving.see_off(it, await self.chats.resolved(it.origin))
        return Handled()

    async def _on_unserved(self, it: arrivals.Unserved) -> Handled:
        self.dropped[it.name[:40]] += 1
        if it.name.startswith("task/"):
            return Handled({"task": {"type": "message", "value": self.saying.label("not_here")}})
        return Handled({} if it.known else None, status=200 if it.known else 501)

    async def _on_ignored(self, it: Ignored) -> Handled:
        if it.unknown:
            self.dropped[it.why] += 1
        return Handled()

    # What they have in common

    async def _take(self, origin: Origin, event: Event, key: str) -> Turn:
        """Take a turn of someone's own talk; where to write to them is kept before it is owed."""
        seen = self.chats.seen(origin)
        is_news = await self.references.note(seen)
        delivery = Delivery(origin.person, event, origin.person, key)
        turn = await self.saying.talk.take(delivery, self.chats.now(origin))
        if turn.revision == 1 and not is_news and not turn.duplicate:
            # Another process may have removed all about them, the reference too.
            await self.references.keep(seen)
        return turn

    def trouble(self, arrival: Arrival) -> Handled:
        """Return the answer where nothing could be noted; the platform may deliver it again."""
        if isinstance(arrival, (arrivals.Turned, arrivals.Ordered)):
            return self.saying.trouble(arrival.origin, arrival.pressed)
        if isinstance(arrival, arrivals.Talks) and arrival.in_place:
            return Handled(only_to_them(self.saying.label("could_not_note")))
        return Handled(status=503)
