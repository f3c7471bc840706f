"""What is done with each thing that arrives from Slack: a turn is taken, and what follows waits.

Every method returns what goes into the acknowledgement, and what to do once that has been sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.deeds import Deed, Deeds
from adapters.ignored import Ignored
from adapters.slack import arrivals, commands
from adapters.slack.arrivals import Arrival, Ordered, Pressed, Who
from adapters.slack.asides import draw_aside
from adapters.slack.channels import ChannelDesk
from adapters.slack.handled import Handled
from adapters.slack.leaving import Leaving
from adapters.slack.modals import evidence_modal, text_modal
from adapters.slack.orders import Orders
from adapters.slack.outgoing import draw
from adapters.slack.pages import Pages
from adapters.slack.people import People
from adapters.slack.saying import Saying
from bot.channel_controls import wanted_about
from bot.conversation import Delivery, Turn
from bot.dialogue import understanding_of
from bot.events import Event, Noted, Puzzled, Said, Started, Wanted
from bot.messages import Message
from bot.topics import wanted_tip
from bot.understanding import Expects

Payload = Mapping[str, Any]


@dataclass
class Desk:
    """Takes what arrives and sees to it."""

    saying: Saying
    people: People
    pages: Pages
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
        turn = await self._take(it.who, it.event, it.key, aside=bool(it.aside))
        if turn.duplicate:
            return Handled()
        if it.aside:
            return self._take_aside(it, turn)
        if turn.phase == "new":
            return Handled(after=self._forget(it.who, turn, it.pressed))
        pressed = it.pressed.changed(label="") if it.pressed and turn.heard[0] == "stale" else it.pressed
        words = (turn.chosen or it.event.text) if isinstance(it.event, Said) and turn.was_answer else ""
        self.saying.posting.answered(it.who.person, pressed, words)
        return Handled(after=(lambda: self.saying.send(it.who, turn, pressed), *self._follow(it.who)))

    def _take_aside(self, it: arrivals.Turned, turn: Turn) -> Handled:
        """Answer a press on something that only they see: in its place, as far as that takes it."""
        if turn.phase == "new":
            self.leaving.forget(it.who.person)
        parts = self.saying.shown_aside(turn)
        first = {**(parts or [self.saying.note("see_messages")])[0], "replace_original": True}
        if parts:
            answer = lambda: self.saying.send_aside(it.who, turn, it.aside, [first, *parts[1:]])  # noqa: E731 - done after
            return Handled(after=(answer, *self._follow(it.who)))
        told = (lambda: self.saying.send(it.who, turn), lambda: self.saying.tell(it.aside, first))
        return Handled(after=(*told, *self._follow(it.who)))

    async def _on_kept(self, it: arrivals.Kept) -> Handled:
        turn = await self._take(it.who, Noted(it.words, it.link), it.key, aside=True)
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self.saying.send(it.who, turn), *self._follow(it.who)))

    async def _on_commanded(self, it: arrivals.Commanded) -> Handled:
        if it.name == commands.GUIDE and (order := self.orders.read(it.words)) is not None:
            return await self.orders.take(Ordered(it.who, it.channel, order, it.key, it.respond))
        meant = commands.meaning(it.name, it.words)
        wish = self._meant(meant, it) if meant else self._in_a_sentence(it)
        if wish is None:
            return Handled(draw_aside((commands.unknown(self.saying.label("unknown_command"), it.words),))[0])
        meant = _intent_of(wish)
        if meant == "help":
            return Handled(draw_aside((commands.tell(self.saying.talk.guide.phrases.labels),))[0])
        turn = await self._take(it.who, wish, it.key, aside=meant not in commands.IN_THE_TALK)
        if turn.duplicate:
            return Handled()
        parts = [] if meant in commands.IN_THE_TALK else self.saying.shown_aside(turn)
        if not parts:
            send = lambda: self.saying.send(it.who, turn)  # noqa: E731 - done after the answer
            return Handled(self.saying.note("see_messages"), (send, *self._follow(it.who)))
        rest = lambda: self.saying.send_aside(it.who, turn, it.respond, parts[1:])  # noqa: E731 - done after the answer
        return Handled(parts[0], (rest, *self._follow(it.who)))

    def _in_a_sentence(self, it: arrivals.Commanded) -> Wanted | Puzzled | None:
        """Return what more than one word after the command asks for; a single one may be a slip, and is asked about.

        A question that may be about several topics is a doubt between those.
        """
        if " " not in it.words:
            return None
        heard = understanding_of(self.saying.talk.guide).hear(it.words, Expects("idle"), self.people.now(it.who.person))
        if isinstance(heard, Puzzled):
            return heard if any(reading.startswith("ask:") for reading in heard.readings) else None
        return heard if isinstance(heard, Wanted) and heard.intent in commands.IN_A_SENTENCE else None

    def _meant(self, meant: str, it: arrivals.Commanded) -> Started | Wanted:
        """Return the wish of a command with what was said beside it, as in `/lateral pause until monday`."""
        guide, now = self.saying.talk.guide, self.people.now(it.who.person)
        if meant == "start":
            return Started()
        if meant == "tip":
            return wanted_tip(guide, understanding_of(guide), commands.topic(it.name, it.words), now)
        heard = understanding_of(guide).hear(it.words, Expects("idle"), now) if " " in it.words else None
        return heard if isinstance(heard, Wanted) and heard.intent == meant else Wanted(meant)

    # Things beside the talk

    async def _on_shares(self, it: arrivals.Shares) -> Handled:
        tip = self.saying.talk.guide.tip_by_id.get(it.tip)
        if tip is None or not it.respond:
            return Handled()
        if not await self.saying.store.first_time(it.key, it.who.person, self.people.now_in_utc().timestamp()):
            return Handled()
        payload = draw(Message(tip.text), 0)[0]
        shared = {"response_type": "in_channel", "replace_original": False, **payload}
        return Handled(after=(lambda: self.saying.tell(it.respond, shared),))

    async def _on_writes(self, it: arrivals.Writes) -> Handled:
        question = self.saying.talk.guide.question_by_id.get(it.wants.question)
        if question is None:
            return Handled()
        asked = await self.saying.talk.question_text(it.who.person, self.people.now(it.who.person))
        view = text_modal(question.id, asked or question.text, question.hint, it.wants.revision)
        return self._open(it.who, it.trigger, view)

    async def _on_picked(self, it: arrivals.Picked) -> Handled:
        return self._open(it.who, it.trigger, evidence_modal(it.words, it.link))

    async def _on_openedhome(self, it: arrivals.OpenedHome) -> Handled:
        after: list[Deed] = []
        if it.tab == "home":
            self.pages.opened(it.who)
            after.append(lambda: self.pages.publish(it.who))
        if not await self.saying.talk.knows(it.who.person):
            turn = await self._take(it.who, Started(), f"first:{it.who.person}", aside=False)
            if not turn.duplicate:
                after.insert(0, lambda: self.saying.send(it.who, turn))
        return Handled(after=tuple(after))

    # Where others read

    async def _on_mentioned(self, it: arrivals.Mentioned) -> Handled:
        order = self.orders.read(it.words)
        if order is None:
            return await self.channels.mentioned(it)
        return await self.orders.take(Ordered(it.who, it.channel, order, it.key, mention=True, thread=it.within))

    async def _on_ordered(self, it: arrivals.Ordered) -> Handled:
        return await self.orders.take(it)

    async def _on_talks(self, it: arrivals.Talks) -> Handled:
        event = wanted_about(self.saying.talk.guide, it.about)
        delivery = Delivery(it.who.person, event, it.who.person, it.key, note=self.saying.label("from_channel"))
        turn = await self.saying.talk.take(delivery, self.people.now(it.who.person))
        if turn.duplicate:
            return Handled()
        told = {**self.saying.note("see_messages"), "replace_original": False}
        send, tell = (lambda: self.saying.send(it.who, turn)), (lambda: self.saying.tell(it.respond, told))
        return Handled(after=(send, tell, *self._follow(it.who)))

    # Coming and going

    async def _on_joined(self, it: arrivals.Joined) -> Handled:
        return await self.channels.joined(it) if it.inviter else Handled()

    async def _on_gone(self, it: arrivals.Gone) -> Handled:
        await self.channels.gone(it)
        return Handled()

    async def _on_left(self, it: arrivals.Left) -> Handled:
        await self.leaving.see_off(it)
        return Handled()

    async def _on_ignored(self, it: Ignored) -> Handled:
        if it.unknown:
            self.dropped[it.why] += 1
        return Handled()

    # What they have in common

    async def _take(self, who: Who, event: Event, key: str, *, aside: bool) -> Turn:
        delivery = Delivery(who.person, event, who.person, key, aside)
        return await self.saying.talk.take(delivery, self.people.now(who.person))

    def _follow(self, who: Who) -> Deeds:
        """Return what follows every turn: the person's zone is looked up, and their page is drawn anew."""
        return (lambda: self.people.look_up(who), lambda: self.pages.changed(who))

    def _forget(self, who: Who, turn: Turn, pressed: Pressed | None) -> Deeds:
        """Drop what memory holds of someone who is no longer known; return what is still to be done."""
        self.leaving.forget(who.person)
        return (lambda: self.saying.send(who, turn, pressed), lambda: self.pages.changed(who))

    def _open(self, who: Who, trigger: str, view: Payload) -> Handled:
        async def open_it() -> None:
            await self.saying.posting.quietly(who.team, "views.open", trigger_id=trigger, view=view)

        return Handled(after=(open_it,))


def _intent_of(wish: Started | Wanted | Puzzled) -> str:
    """Return what is wanted by name; a doubt about topics asks."""
    if isinstance(wish, Puzzled):
        return "ask"
    return wish.intent if isinstance(wish, Wanted) else "start"
