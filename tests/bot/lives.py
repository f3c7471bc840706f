"""People made up at random for whom a year passes: what they wish, plan, answer and leave unanswered.

Nothing here knows how the rules are kept; `tests.bot.test_a_year` holds what came to what may come.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from bot.beat import keep_up, local
from bot.dialogue import step
from bot.events import Chose, Event, Ticked, Wanted
from bot.guide import Guide
from bot.note_wishes import wishes_of
from bot.repeats import Every
from bot.replies import FollowUpNote, Reply
from bot.state import Commitment, State
from bot.working_time import zone_of

BEGIN = datetime(2027, 12, 1, tzinfo=UTC)
END = datetime(2028, 12, 15, tzinfo=UTC)
"""A little more than a year, with a leap day and every change of clocks in it."""

ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Africa/Casablanca", "Africa/Cairo", "Asia/Jerusalem",
    "Asia/Beirut", "Asia/Dubai", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Sydney",
    "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Honolulu",
    "America/Los_Angeles", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Santiago",
    "Antarctica/Troll", "+05:45", "-03:00", "",
)  # fmt: skip
COUNTRIES = {
    "Germany": "DE", "United Kingdom": "GB", "US": "US", "Israel": "IL", "Saudi Arabia": "SA", "Japan": "JP",
    "Brazil": "BR", "New Zealand": "NZ", "": "",
}  # fmt: skip
"""By the name that people type: the code under which the library of holidays knows it."""


@dataclass(frozen=True)
class Note:
    """A note that came: when, of what kind, and the plan lines it named, each with its day.

    `number` is that of the first of these lines; `unanswered`, how many notes had come since the person's last word.
    """

    at: datetime
    kind: str
    lines: tuple[tuple[str, date | None], ...] = ()
    number: int = 0
    unanswered: int = 0


@dataclass
class Life:
    """Somebody's year: who they are, when nothing ran for them, and what came of it.

    `answering` is how likely they answer a note. `state` is what is remembered of them at the end.
    """

    seed: int
    zone: str
    wishes: Mapping[str, str]
    kinds: tuple[str, ...]
    lines: tuple[Commitment, ...]
    answering: float
    downtimes: tuple[tuple[datetime, datetime], ...]
    notes: list[Note] = field(default_factory=list)
    acts: list[tuple[datetime, Event]] = field(default_factory=list)
    state: State = field(default_factory=lambda: State(""))


class World(Protocol):
    """Where a life is lived: in memory, or on a file."""

    async def begin(self, state: State, now: datetime) -> None:
        """Remember somebody who said yes."""

    async def act(self, event: Event, now: datetime) -> None:
        """Take a turn of the person."""

    async def tick(self, now: datetime) -> Sequence[Reply]:
        """Take the turn that is due, and return what it says."""

    @property
    def state(self) -> State:
        """What is remembered of the person."""


class InMemory:
    """The rules alone. `number` is the person's own, by which to choose among equals."""

    def __init__(self, guide: Guide, number: int = 0) -> None:
        self._guide = guide
        self._number = number
        self.state = State(guide.id)

    async def begin(self, state: State, now: datetime) -> None:
        self.state = keep_up(self._guide, state, now, spoke=True)

    async def act(self, event: Event, now: datetime) -> None:
        self.state = step(self._guide, self.state, event, now, self._number).state

    async def tick(self, now: datetime) -> Sequence[Reply]:
        made = step(self._guide, self.state, Ticked(), local(self._guide, self.state, now), self._number)
        self.state = made.state
        return made.replies


def make_up(guide: Guide, seed: int) -> Life:
    """Return somebody made up of that seed, before their year."""
    chance = random.Random(seed)
    said = guide.follow_up
    wishes = {
        said.often: chance.choice(("", "", "0", "1", "2")),
        said.day: chance.choice(("", "0", "1", "2", "3", "4")),
        said.time: chance.choice(("", "09.30", "10.00", "13.30", "15.30", "16.59", "9:00")),
        said.week: chance.choice(("", "mon-fri", "sun-thu")),
        said.country: chance.choice(tuple(COUNTRIES)),
        said.zone: chance.choice(("", "", "", "Berlin", "Auckland", "Los Angeles")),
    }
    kinds = tuple(chance.sample(("reminders", "steps", "tips", "checks"), chance.randint(1, 4)))
    if chance.random() < 0.03:
        kinds = ("none",)
    return Life(
        seed,
        chance.choice(ZONES),
        {name: answer for name, answer in wishes.items() if answer},
        kinds,
        tuple(_line(chance, number) for number in range(chance.randint(0, 3))),
        chance.choice((0.0, 0.3, 0.7, 1.0)),
        tuple(_downtime(chance) for _ in range(chance.choice((0, 0, 1, 2)))),
    )


def _line(chance: random.Random, number: int) -> Commitment:
    days = (date(2028, 2, 29), BEGIN.date() + timedelta(days=chance.randint(2, 370)))
    every = chance.choice((None, None, Every(1, "week"), Every(2, "week"), Every(1, "month"), Every(1, "month", 31)))
    return Commitment("", f"step {number}", "stand-up ends", day=chance.choice(days), every=every)


def _downtime(chance: random.Random) -> tuple[datetime, datetime]:
    begin = BEGIN + timedelta(hours=chance.randint(24, 9000))
    return begin, begin + timedelta(hours=chance.choice((1, 30, 200, 700)))


async def live(guide: Guide, life: Life, world: World) -> Life:
    """Let the year pass: whatever is due is seen to in its minute, or when the machine is up again."""
    chance = random.Random(-life.seed - 1)
    now = (BEGIN + timedelta(minutes=chance.randint(0, 20_000))).astimezone(zone_of(life.zone))
    await world.begin(first_state(guide, life).changed(day=now.date()), now)
    coming = sorted(_acts(chance, now), key=lambda act: act[0])
    spoken_since = 0
    while True:
        wake = _wake(life, world.state)
        act = coming[0][0] if coming else END
        if min(wake, act) >= END:
            life.state = world.state
            return life
        if act <= wake:
            moment, event = coming.pop(0)
            life.acts.append((moment, event))
            await world.act(event, moment.astimezone(zone_of(life.zone)))
            spoken_since = 0
            continue
        before = world.state
        note = note_of(guide, before, await world.tick(wake), wake, spoken_since)
        beat = world.state.beat
        assert beat is not None
        assert beat.due == 0 or beat.due * 60 > wake.timestamp(), "it is due for ever"
        if note is not None:
            life.notes.append(note)
            spoken_since += 1
            if chance.random() < life.answering:
                coming.append((wake + timedelta(minutes=chance.choice((3, 200, 2000))), _answer(chance, note)))
                coming.sort(key=lambda act: act[0])


def first_state(guide: Guide, life: Life) -> State:
    """Return what is known of somebody when their year begins."""
    return State(guide.id, answers={**life.wishes, guide.follow_up.kinds: life.kinds}, commitments=life.lines)


def _wake(life: Life, state: State) -> datetime:
    """Return when somebody is next seen to: when something is due, or at the end of a time in which nothing runs."""
    if state.beat is None or not state.beat.due:
        return END
    wake = datetime.fromtimestamp(state.beat.due * 60, UTC)
    for begin, end in sorted(life.downtimes):
        if begin <= wake < end:
            wake = end
    return wake


def note_of(guide: Guide, state: State, said: Sequence[Reply], now: datetime, unanswered: int) -> Note | None:
    """Return the note among what a tick said, at its moment on the person's own clock."""
    notes = [reply for reply in said if isinstance(reply, FollowUpNote)]
    assert len(notes) == len(said) <= 1
    if not notes:
        return None
    wishes = wishes_of(guide, state)
    assert wishes is not None
    lines = tuple((f"{line.words}", line.day) for line in notes[0].lines)
    number = notes[0].lines[0].number if lines else 0
    return Note(now.astimezone(zone_of(wishes.week.zone)), notes[0].kind, lines, number, unanswered)


def _acts(chance: random.Random, begin: datetime) -> list[tuple[datetime, Event]]:
    """Return what somebody does of themselves: rests until a day, and now and then a word."""
    acts: list[tuple[datetime, Event]] = []
    for _ in range(chance.choice((0, 0, 1, 2))):
        moment = begin + timedelta(minutes=chance.randint(1, 500_000))
        until = (moment + timedelta(days=chance.randint(2, 60))).date()
        acts.append((moment, Wanted("pause", until.isoformat())))
    words = range(chance.choice((0, 0, 2, 8)))
    acts += [(begin + timedelta(minutes=chance.randint(1, 530_000)), Wanted("thanks")) for _ in words]
    if chance.random() < 0.05:
        acts.append((begin + timedelta(minutes=chance.randint(100_000, 500_000)), Wanted("stop")))
    return acts


def _answer(chance: random.Random, note: Note) -> Event:
    if note.kind == "reminders":
        return chance.choice((Chose(f"do:done:#{note.number}"), Wanted("thanks"), Chose("do:reason")))
    if note.kind == "silence":
        return Chose("do:more:keep")
    return Wanted("thanks")
