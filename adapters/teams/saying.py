"""Says things on Teams: turns and posts are owed until they were taken; a few words beside them are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from adapters.courier import Courier
from adapters.storage.sqlite import SqliteStore
from adapters.teams.arrivals import Origin, Pressed
from adapters.teams.handled import Handled, only_to_them
from adapters.teams.outgoing import draw_note
from adapters.teams.posting import Posting
from bot.conversation import Conversation, Turn
from bot.errors import StaleVersion
from bot.messages import Message
from bot.ports import Commit, Owed
from bot.records import to_record
from bot.state import State

TRIES = 8


@dataclass
class Saying:
    """What all who see to arrivals say things with. `now` gives POSIX seconds."""

    talk: Conversation
    store: SqliteStore
    courier: Courier
    posting: Posting
    now: Callable[[], float]

    def hand(self, turn: Turn, person: str, conversation: str) -> None:
        """Let the messages of a turn be sent."""
        self.courier.hand(turn.owed_to(person, conversation))

    def tell(self, label: str, origin: Origin, pressed: Pressed | None) -> Handled:
        """Say a few words to whoever pressed something, and to nobody else; nothing is changed."""
        words = self.label(label)
        if pressed is None or pressed.in_place:
            return Handled(only_to_them(words))
        if origin.kind != "personal":
            return Handled()
        return Handled(after=(lambda: self.posting.quietly(origin.reference, draw_note(words)),))

    async def owe(self, origin: Origin, key: str, message: Message) -> Handled:
        """Owe a fixed text to where something arrived from, once for a key."""
        for _ in range(TRIES):
            stored = await self.store.load(origin.place, self.talk.guide.id)
            commit = Commit(
                person=origin.place,
                guide=self.talk.guide.id,
                key=key,
                expected=stored.version if stored else 0,
                record=stored.record if stored else to_record(State(self.talk.guide.id)),
                messages=(message,),
                conversation=origin.outbox,
                at=self.now(),
            )
            try:
                done = await self.store.commit(commit)
            except StaleVersion:
                continue
            owed = [Owed(id_, origin.place, origin.outbox, message) for id_ in done.owed]
            return Handled(after=(partial(self.courier.hand, owed),))
        raise StaleVersion

    def trouble(self, origin: Origin, pressed: Pressed | None) -> Handled:
        """Return the answer where nothing could be noted; the platform may deliver it again."""
        told = self.tell("could_not_note", origin, pressed or Pressed("", in_place=False, run=""))
        return told if told.body else replace(told, status=503)

    def label(self, name: str) -> str:
        """Return one of the guide's own short texts."""
        return self.talk.guide.phrases.labels[name]
