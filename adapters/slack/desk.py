"""What is done with each thing that arrives from Slack: a turn is taken, and what follows waits.

Every method returns what goes into the acknowledgement, and what to do once that has been sent.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from adapters.courier import Courier
from adapters.deeds import Deed
from adapters.slack import arrivals, commands
from adapters.slack.arrivals import Arrival, Ordered, Pressed, Who
from adapters.slack.asides import MOST_PARTS, draw_aside, with_share
from adapters.slack.channels import ChannelDesk
from adapters.slack.handled import Handled
from adapters.slack.installations import Workspaces
from adapters.slack.modals import evidence_modal, text_modal
from adapters.slack.outgoing import draw
from adapters.slack.pages import Pages
from adapters.slack.people import People
from adapters.slack.posting import Posting
from bot.channel_controls import wanted_about
from bot.conversation import Conversation, Delivery, Turn
from bot.dialogue import understanding_of
from bot.events import Event, Noted, Said, Started, Wanted
from bot.messages import Message
from bot.ports import Outbox
from bot.topics import wanted_tip
from bot.typed.schedules import opens_order
from bot.understanding import Expects
from bot.wording import Wording

log = logging.getLogger(__name__)

Payload = Mapping[str, Any]


class Api(Protocol):
    """What is needed here beside posting."""

    async def respond(self, url: str, payload: Payload) -> bool:
        """Send to a response address; say whether it was taken."""


class Notes(Outbox, Protocol):
    """What is needed of the store beside the turns."""

    async def first_time(self, key: str, person: str, at: float) -> bool:
        """Note a delivery that is no turn, durably, and tell whether it is new."""


@dataclass
class Desk:
    """Takes what arrives and sees to it."""

    talk: Conversation
    wording: Wording
    store: Notes
    api: Api
    courier: Courier
    posting: Posting
    people: People
    pages: Pages
    workspaces: Workspaces
    channels: ChannelDesk
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
        pressed = replace(it.pressed, label="") if it.pressed and turn.heard[0] == "stale" else it.pressed
        words = (turn.chosen or it.event.text) if isinstance(it.event, Said) and turn.was_answer else ""
        self.posting.answered(it.who.person, pressed, words)
        return Handled(after=(lambda: self._send(it.who, turn, pressed), *self._follow(it.who)))

    def _take_aside(self, it: arrivals.Turned, turn: Turn) -> Handled:
        """Answer a press on something that only they see: in its place, as far as that takes it."""
        if turn.phase == "new":
            self._drop(it.who.person)
        parts = self._shown_aside(turn)
        first = {**(parts or [self._note("see_messages")])[0], "replace_original": True}
        if parts:
            return Handled(
                after=(lambda: self._tell_aside(it.who, turn, it.aside, [first, *parts[1:]]), *self._follow(it.who))
            )
        told = (lambda: self._send(it.who, turn, None), lambda: self._respond(it.aside, first))
        return Handled(after=(*told, *self._follow(it.who)))

    async def _on_kept(self, it: arrivals.Kept) -> Handled:
        turn = await self._take(it.who, Noted(it.words, it.link), it.key, aside=True)
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self._send(it.who, turn, None), *self._follow(it.who)))

    async def _on_commanded(self, it: arrivals.Commanded) -> Handled:
        if it.name == commands.GUIDE and (order := self._order(it.words)) is not None:
            return await self.channels.order(
                Ordered(it.who, it.channel, order, it.key, it.respond), self.people.now(it.who.person)
            )
        meant = commands.meaning(it.name, it.words)
        if meant is None:
            return Handled(draw_aside((commands.unknown(self._label("unknown_command"), it.words),))[0])
        if meant == "help":
            return Handled(draw_aside((commands.tell(self.talk.guide.phrases.labels),))[0])
        turn = await self._take(it.who, self._meant(meant, it), it.key, aside=meant not in commands.IN_THE_TALK)
        if turn.duplicate:
            return Handled()
        parts = [] if meant in commands.IN_THE_TALK else self._shown_aside(turn)
        if not parts:
            return Handled(self._note("see_messages"), (lambda: self._send(it.who, turn, None), *self._follow(it.who)))
        rest = lambda: self._tell_aside(it.who, turn, it.respond, parts[1:])  # noqa: E731 - done after the answer
        return Handled(parts[0], (rest, *self._follow(it.who)))

    def _meant(self, meant: str, it: arrivals.Commanded) -> Event:
        """Return the wish of a command with what was said beside it, as in `/lateral pause until monday`."""
        guide, now = self.talk.guide, self.people.now(it.who.person)
        if meant == "start":
            return Started()
        if meant == "tip":
            return wanted_tip(guide, understanding_of(guide), commands.topic(it.name, it.words), now)
        heard = understanding_of(guide).hear(it.words, Expects("idle"), now) if " " in it.words else None
        return heard if isinstance(heard, Wanted) and heard.intent == meant else Wanted(meant)

    async def _on_mentioned(self, it: arrivals.Mentioned) -> Handled:
        if (order := self._order(it.words)) is not None:
            ordered = Ordered(it.who, it.channel, order, it.key, mention=True, thread=it.within)
            return await self.channels.order(ordered, self.people.now(it.who.person))
        now = self.people.now_in_utc()
        heard = understanding_of(self.talk.guide).hear(it.words, Expects("idle"), now)
        known = isinstance(heard, Wanted) and heard.intent in ("ask", "tip")
        event: Event = heard if known else Wanted("channel")
        place = f"slack:{it.who.team}:{it.channel}"
        delivery = Delivery(place, event, f"{place}:{it.thread}", it.key, aside=True)
        turn = await self.talk.take(delivery, now)
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self._hand_over(turn, place, delivery.conversation),))

    # Things beside the talk

    async def _on_shares(self, it: arrivals.Shares) -> Handled:
        tip = self.talk.guide.tip_by_id.get(it.tip)
        if tip is None or not it.respond or not await self._first_time(it.key, it.who.person):
            return Handled()
        payload = draw(Message(tip.text), 0)[0]
        shared = {"response_type": "in_channel", "replace_original": False, **payload}
        return Handled(after=(lambda: self._respond(it.respond, shared),))

    async def _on_writes(self, it: arrivals.Writes) -> Handled:
        question = self.talk.guide.question_by_id.get(it.wants.question)
        if question is None:
            return Handled()
        asked = await self.talk.question_text(it.who.person, self.people.now(it.who.person))
        view = text_modal(question.id, asked or question.text, question.hint, it.wants.revision)
        return self._open(it.who, it.trigger, view)

    async def _on_picked(self, it: arrivals.Picked) -> Handled:
        return self._open(it.who, it.trigger, evidence_modal(it.words, it.link))

    async def _on_openedhome(self, it: arrivals.OpenedHome) -> Handled:
        after: list[Deed] = []
        if it.tab == "home":
            self.pages.opened(it.who)
            after.append(lambda: self.pages.publish(it.who))
        if not await self.talk.knows(it.who.person):
            turn = await self._take(it.who, Started(), f"first:{it.who.person}", aside=False)
            if not turn.duplicate:
                after.insert(0, lambda: self._send(it.who, turn, None))
        return Handled(after=tuple(after))

    # Posts to channels

    async def _on_ordered(self, it: arrivals.Ordered) -> Handled:
        return await self.channels.order(it, self.people.now(it.who.person))

    async def _on_talks(self, it: arrivals.Talks) -> Handled:
        event = wanted_about(self.talk.guide, it.about)
        delivery = Delivery(it.who.person, event, it.who.person, it.key, note=self._label("from_channel"))
        turn = await self.talk.take(delivery, self.people.now(it.who.person))
        if turn.duplicate:
            return Handled()
        told = {**self._note("see_messages"), "replace_original": False}
        send, tell = (lambda: self._send(it.who, turn, None)), (lambda: self._respond(it.respond, told))
        return Handled(after=(send, tell, *self._follow(it.who)))

    async def _on_joined(self, it: arrivals.Joined) -> Handled:
        if not it.inviter:
            return Handled()
        inviter = Who(it.who.team, it.inviter)
        await self.channels.note_keeper(inviter, it.channel)
        if not await self._first_time(it.key, inviter.person):
            return Handled()
        return await self.channels.welcome(inviter, it.channel, self.people.now(inviter.person))

    async def _on_gone(self, it: arrivals.Gone) -> Handled:
        await self.channels.gone(it.team, it.channel, it.at)
        return Handled()

    async def _on_left(self, it: arrivals.Left) -> Handled:
        gone = await self.workspaces.uninstalled(it.team, it.at)
        if await self.workspaces.find(it.team) is None:
            self.courier.forget_everyone(f"slack:{it.team}:")
            self.people.drop(f"slack:{it.team}:")
            self.posting.drop(it.team)
            self.pages.drop(it.team)
            log.info("workspace %s has gone, and %d rows with it", it.team, gone)
        return Handled()

    async def _on_ignored(self, it: arrivals.Ignored) -> Handled:
        if it.unknown:
            self.dropped[it.why] += 1
        return Handled()

    # What they have in common

    def _order(self, words: str) -> str | None:
        """Return the words of an order for a channel, or None where it is none."""
        return opens_order(self.talk.guide, words)

    async def _first_time(self, key: str, person: str) -> bool:
        """Tell whether what is no turn of the talk is new; noted as turns are, it runs once even after a restart."""
        return await self.store.first_time(key, person, self.people.now_in_utc().timestamp())

    async def _take(self, who: Who, event: Event, key: str, *, aside: bool) -> Turn:
        return await self.talk.take(Delivery(who.person, event, who.person, key, aside), self.people.now(who.person))

    def _follow(self, who: Who) -> tuple[Deed, ...]:
        """Return what follows every turn: the person's zone is looked up, and their page is drawn anew."""
        return (lambda: self.people.look_up(who), lambda: self.pages.changed(who))

    def _forget(self, who: Who, turn: Turn, pressed: Pressed | None) -> tuple[Deed, ...]:
        """Drop what memory holds of someone who is no longer known; return what is still to be done."""
        self._drop(who.person)
        return (lambda: self._send(who, turn, pressed), lambda: self.pages.changed(who))

    def _drop(self, person: str) -> None:
        """Drop what memory holds of a person."""
        self.posting.forget(person)
        self.people.forget(person)
        self.courier.forget(person)

    def _send(self, who: Who, turn: Turn, pressed: Pressed | None) -> None:
        self._hand_over(turn, who.person, who.person)
        if pressed is not None:
            self.posting.close(who.person, pressed)

    def _hand_over(self, turn: Turn, person: str, conversation: str) -> None:
        self.courier.hand(turn.owed_to(person, conversation))

    async def _tell_aside(self, who: Who, turn: Turn, respond: str, parts: Sequence[Payload]) -> None:
        """Give an answer where only they see it; if it is not all taken there, give it in the direct messages."""
        for part in parts:
            if not await self.api.respond(respond, part):
                self._hand_over(turn, who.person, who.person)
                return
        await self.store.delivered(turn.owed)

    async def _respond(self, url: str, payload: Payload) -> None:
        """Send to a response address what is no loss if it is not taken."""
        await self.api.respond(url, payload)

    def _shown_aside(self, turn: Turn) -> list[Payload]:
        """Return the parts of a turn's answer for where only they see it; none where it is too long for that."""
        parts = draw_aside(with_share(turn.messages, self._label("share")))
        return parts if len(parts) <= MOST_PARTS else []

    def _note(self, name: str) -> Payload:
        """Return one of the guide's own short texts, for a response."""
        return draw_aside((Message(self._label(name)),))[0]

    def _open(self, who: Who, trigger: str, view: Payload) -> Handled:
        async def open_it() -> None:
            await self.posting.quietly(who.team, "views.open", trigger_id=trigger, view=view)

        return Handled(after=(open_it,))

    def _label(self, name: str) -> str:
        return self.talk.guide.phrases.labels[name]
