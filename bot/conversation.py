"""One turn from end to end: gather, decide, word, commit. Delivery follows from the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zlib import crc32

from bot.beat import local
from bot.dialogue import phase_of, step
from bot.errors import StaleVersion
from bot.events import Event, Ticked
from bot.guide import Guide
from bot.messages import Message, join
from bot.note_wishes import wishes_of
from bot.overview import overview
from bot.ports import LANE, Agenda, Claim, Commit, Committed, Owed, Store, Stored
from bot.records import from_record, to_record
from bot.replies import AskQuestion, Reply, TellPrivacy, Welcome
from bot.talk import Heard, Step, Talk, ask
from bot.value import Value
from bot.wording import Wording

TRIES = 8
"""How often a turn is decided anew when others write first. Each try sees a fresh state, so one soon wins."""


_NOT_ASIDE = (AskQuestion, Welcome, TellPrivacy)
"""What is left out where only an answer is wanted."""


def _is_wanted_aside(reply: Reply) -> bool:
    return not isinstance(reply, _NOT_ASIDE) or (isinstance(reply, TellPrivacy) and reply.asked)


class Delivery(Value, frozen=True):
    """What a platform handed over: who, what, in which conversation, and a key that names it once and for all.

    An empty key means that the platform never delivers twice. `aside`: only what was asked for is said, and the
    question on the table is not asked again. `note` is a fixed text (CommonMark) that is said before the answer.
    """

    person: str
    event: Event
    conversation: str = ""
    key: str = ""
    aside: bool = False
    note: str = ""


class Turn(Value, frozen=True):
    """A turn that is durable. `duplicate`: it had been taken before, and nothing happened now.

    `owed` holds the outbox ids of the messages, in their order. `question` is the id now on the table. `chosen` holds
    the labels of the options that typed words picked.
    """

    messages: tuple[Message, ...]
    heard: Heard
    phase: str
    question: str | None = None
    owed: tuple[int, ...] = ()
    revision: int = 0
    duplicate: bool = False
    chosen: str = ""

    @property
    def was_answer(self) -> bool:
        """Say whether it answered what was asked."""
        return self.heard[0] in ("answer", "date", "yes", "no")

    def owed_to(self, person: str, conversation: str) -> list[Owed]:
        """Return its messages as they are owed to a person, in a conversation."""
        owed = zip(self.owed, self.messages, strict=True)
        return [Owed(id_, person, conversation, message) for id_, message in owed]


class Memory(Store, Agenda, Protocol):
    """What a conversation remembers by."""


class Conversation:
    """Takes turns with people about one guide."""

    def __init__(self, guide: Guide, wording: Wording, store: Memory, *, joined: bool = False) -> None:
        """Join a guide, its wording and a store. `joined`: each turn is answered in a single message."""
        self.guide = guide
        self.wording = wording
        self._joined = joined
        self._store = store

    def joined(self) -> Conversation:
        """Return the same conversation, each turn answered in a single message."""
        return Conversation(self.guide, self.wording, self._store, joined=True)

    async def take(self, delivery: Delivery, now: datetime) -> Turn:
        """Take one turn. When this returns, the turn is durable.

        Args:
            delivery: what arrived.
            now: the present moment, with the person's own offset.

        Raises:
            StoreError: the store could not be used; nothing was changed.
        """
        seed = _seed_of(delivery.person)
        for _ in range(TRIES):
            stored = await self._store.load(delivery.person, self.guide.id)
            made = step(self.guide, from_record(stored.record) if stored else None, delivery.event, now, seed)
            if delivery.aside and any(isinstance(reply, Welcome) for reply in made.replies):
                made = made.changed(state=made.state.changed(unmet=True))
            messages = self._word(made, delivery)
            try:
                done = await self._store.commit(self._commit(delivery, stored, made, messages, now))
            except StaleVersion:
                continue
            if done.outcome == "duplicate":
                return await self._again(delivery, now)
            return _turn(made, messages, done.owed)
        raise StaleVersion

    def _word(self, made: Step, delivery: Delivery) -> tuple[Message, ...]:
        replies = made.replies
        if delivery.aside:
            replies = tuple(reply for reply in replies if _is_wanted_aside(reply)) or replies
        said = self.wording.word(replies, asking=made.question is not None, revision=made.state.revision)
        if delivery.note:
            said = (Message(delivery.note, revision=made.state.revision), *said)
        return join(said) if self._joined else said

    def _commit(
        self,
        delivery: Delivery,
        stored: Stored | None,
        made: Step,
        messages: tuple[Message, ...],
        now: datetime,
    ) -> Commit:
        return Commit(
            person=delivery.person,
            guide=self.guide.id,
            key=delivery.key,
            expected=stored.version if stored else 0,
            record=None if made.erase else to_record(made.state),
            messages=messages,
            conversation=delivery.conversation or delivery.person,
            at=now.timestamp(),
            due=made.due,
            counts=made.counts,
        )

    async def follow_up(self, claims: Sequence[Claim], now: datetime) -> tuple[Owed, ...]:
        """Take the turns that are due without a word from anybody; return the notes now owed, durably.

        What somebody else changed meanwhile stays claimed, and comes again when its lease ends.

        Args:
            claims: what is due in this guide, as claimed.
            now: the present moment; each person's own zone is applied to it.

        Raises:
            StoreError: the store could not be used; nothing was changed.
        """
        event = Ticked(tuple(sorted(await self._store.stopped())))
        return await self.write_due(self.decide_due(claims, event, now))

    def decide_due(self, claims: Sequence[Claim], event: Ticked, now: datetime) -> list[Commit]:
        """Decide the turns that are due; what was claimed of somebody who is gone brings none.

        Raises:
            RecordTooNew: a newer version of Lateral wrote one of the records.
        """
        at = now.timestamp()
        return [turn for claim in claims if (turn := self._due_turn(claim, event, now, at)) is not None]

    async def write_due(self, turns: Sequence[Commit]) -> tuple[Owed, ...]:
        """Make turns that were decided durable; return the notes now owed.

        A turn is written only on the version it was decided on, so that none can be written twice: it needs no key.

        Raises:
            StoreError: the store could not be used; nothing was changed.
        """
        return owed_by(turns, await self._store.commit_all(turns))

    def _due_turn(self, claim: Claim, event: Ticked, now: datetime, at: float) -> Commit | None:
        if claim.stored is None:
            return None
        state = from_record(claim.stored.record)
        made = step(self.guide, state, event, local(self.guide, state, now), _seed_of(claim.person))
        return Commit(
            person=claim.person,
            guide=claim.guide,
            key="",
            expected=claim.stored.version,
            record=to_record(made.state),
            messages=self.wording.word(made.replies, asking=True, revision=made.state.revision),
            conversation=claim.person + LANE,
            at=at,
            due=made.state.beat.due * 60.0 if made.state.beat else 0.0,
            counts=made.counts,
            row=claim.row,
        )

    async def wants_note(self, person: str, revision: int) -> bool:
        """Say whether a note of that revision may still go to a person.

        Not once they stopped; nor once they said anything since it was written, for it may ask for what they have just
        told. What is then still due is decided anew.
        """
        stored = await self._store.load(person, self.guide.id)
        if stored is None:
            return False
        state = from_record(stored.record)
        return state.revision == revision and wishes_of(self.guide, state) is not None and not state.rest

    async def knows(self, person: str) -> bool:
        """Say whether anything is remembered of a person in this guide."""
        return await self._store.load(person, self.guide.id) is not None

    async def question_text(self, person: str, now: datetime) -> str:
        """Return what a person is being asked, as CommonMark; empty when nothing is."""
        stored = await self._store.load(person, self.guide.id)
        if stored is None:
            return ""
        asked = ask(Talk(self.guide, from_record(stored.record), now), again=True)[-1]
        return asked.text if isinstance(asked, AskQuestion) else ""

    async def glance(self, person: str, now: datetime) -> tuple[tuple[tuple[str, Message], ...], int]:
        """Return a person's page, each part a heading and its message, and the revision it shows."""
        stored = await self._store.load(person, self.guide.id)
        state = from_record(stored.record) if stored else None
        revision = state.revision if state else 0
        parts = overview(self.guide, state, now)
        return tuple(
            (heading, self.wording.word((reply,), asking=False, revision=revision)[0]) for heading, reply in parts
        ), revision

    async def _again(self, delivery: Delivery, now: datetime) -> Turn:
        """Say where the person is, for a delivery taken before."""
        stored = await self._store.load(delivery.person, self.guide.id)
        if stored is None:
            return Turn((), ("unknown", None), "new", duplicate=True)
        talk = Talk(self.guide, from_record(stored.record), now)
        question = talk.question.id if talk.question else None
        return Turn((), ("unknown", None), phase_of(talk), question, revision=talk.state.revision, duplicate=True)


def _seed_of(person: str) -> int:
    """Return a number of somebody's own, the same each time, by which to choose among equals for them."""
    return crc32(person.encode())


def owed_by(turns: Sequence[Commit], done: Sequence[Committed | None]) -> tuple[Owed, ...]:
    """Return what is owed by those of the turns that were written."""
    return tuple(
        Owed(id_, turn.person, turn.conversation, message)
        for turn, committed in zip(turns, done, strict=True)
        if committed is not None and committed.outcome == "done"
        for id_, message in zip(committed.owed, turn.messages, strict=True)
    )


def _turn(made: Step, messages: tuple[Message, ...], owed: tuple[int, ...]) -> Turn:
    return Turn(messages, made.heard, made.phase, made.question, owed, made.state.revision, chosen=made.chosen)
