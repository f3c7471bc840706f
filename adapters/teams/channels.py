"""What is done where others read: a question answered, a post's button that opens someone's own chat, a first word.

Nothing personal stands there. Orders for a channel's posts are seen to in `orders`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

from adapters.storage import keepers
from adapters.teams.arrivals import Elsewhere, Installed, Mentioned, Pressed, Talks
from adapters.teams.calls import Rejected
from adapters.teams.commands import tip_topic
from adapters.teams.handled import Handled
from adapters.teams.own_chats import OwnChats
from adapters.teams.references import References
from adapters.teams.saying import Saying
from bot.channel_controls import TALK, wanted_about
from bot.conversation import Delivery
from bot.dialogue import understanding_of
from bot.events import Event, Wanted
from bot.messages import Control, Message
from bot.topics import is_hard, wanted_tip
from bot.understanding import Expects


@dataclass
class ChannelDesk:
    """Sees to what comes from channels and group chats."""

    saying: Saying
    chats: OwnChats
    references: References
    dropped: Counter[str]

    async def mentioned(self, it: Mentioned) -> Handled:
        """Answer a question in its thread, or say what can be asked; who tells of something hard is answered alone.

        Somebody who cannot be written to alone is answered in the thread all the same.
        """
        origin = it.origin
        await self.references.note(origin.reference)
        heard = self._hear(it.words)
        if is_hard(self.saying.talk.guide, heard) and (told := await self._alone(it, heard)):
            return told
        if not isinstance(heard, Wanted) or heard.intent not in ("ask", "tip"):
            return await self.saying.owe(origin, it.key, self._post("team_help", "team_nudges", "team_alone"))
        delivery = Delivery(origin.place, heard, origin.outbox, it.key, aside=True)
        turn = await self.saying.talk.take(delivery, self.chats.now_in_utc())
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self.saying.hand(turn, origin.place, origin.outbox),))

    async def _alone(self, it: Mentioned, event: Event) -> Handled | None:
        origin = await self.chats.resolved(it.origin)
        try:
            mine = await self.chats.begun(origin)
        except Rejected:
            return None
        turn = await self.saying.talk.take(Delivery(mine.place, event, mine.place, it.key), self.chats.now(origin))
        return Handled() if turn.duplicate else Handled(after=(lambda: self.saying.hand(turn, mine.place, mine.place),))

    def _hear(self, words: str) -> Event:
        guide, now = self.saying.talk.guide, self.chats.now_in_utc()
        if topic := tip_topic(words):
            return wanted_tip(guide, understanding_of(guide), topic, now)
        return understanding_of(guide).hear(words, Expects("idle"), now)

    async def talks(self, it: Talks) -> Handled:
        """Begin to talk with whoever pressed a post's button, in their own chat."""
        origin = await self.chats.resolved(it.origin)
        pressed = Pressed("", it.in_place, "")
        try:
            mine = await self.chats.begun(origin)
        except Rejected as rejected:
            known = rejected.status in (403, 404)
            self.dropped["no chat of their own" if known else "own chat not begun"] += 1
            return self.saying.tell("not_added_yet" if known else "could_not_note", it.origin, pressed)
        event = wanted_about(self.saying.talk.guide, it.about)
        note = self.saying.label("from_channel") if origin.kind != "personal" else ""
        delivery = Delivery(mine.place, event, mine.place, it.key, note=note)
        turn = await self.saying.talk.take(delivery, self.chats.now(origin))
        told = self.saying.tell("wrote_to_you", it.origin, pressed)
        if turn.duplicate:
            return told
        return replace(told, after=(*told.after, lambda: self.saying.hand(turn, mine.place, mine.place)))

    async def elsewhere(self, it: Elsewhere) -> Handled:
        """Turn down a press on a card of somebody's talk that was copied to where others read."""
        return self.saying.tell("only_between_us", it.origin, Pressed("", in_place=True, run=""))

    async def installed(self, it: Installed, at: float) -> Handled:
        """Say once to a team who this is for, and keep who added us: they may decide about its posts."""
        origin = await self.chats.resolved(it.origin)
        await self.references.note(replace(origin.reference, installed_at=at))
        if origin.user:
            await self.saying.store.write(partial(keepers.note, origin.team_place, origin.person))
        said = self._post("team_welcome", "team_ways", "team_nudges", "team_alone")
        return await self.saying.owe(origin, f"installed:{origin.tenant}:{origin.team}", said)

    def _post(self, *labels: str) -> Message:
        return draw_post("\n\n".join(map(self.saying.label, labels)), self.saying.label("talk_here"))


def draw_post(text: str, button: str, about: str = "") -> Message:
    """Return a post for a channel; its button opens the own chat of whoever presses it.

    Args:
        text: what is said, as CommonMark; nothing personal.
        button: the words on the button.
        about: where the talk then begins: the id of a nudge, a topic, a tip or a section; empty: where it lies.
    """
    return Message(text, (Control("button", f"{TALK}{about}", button),), about="post", personal=False)
