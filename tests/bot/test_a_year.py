"""A year for a thousand people: every note in its time, never too many, none to whom none may go, one to all who may.

The rules are told here anew, with the calendar, the holidays and the clock taken from where they come from.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import holidays
import pytest

from bot.events import Wanted
from bot.guide import Guide
from bot.working_time import zone_of
from tests.bot.lives import BEGIN, COUNTRIES, END, InMemory, Life, Note, first_state, live, make_up, note_of

PEOPLE_EACH, TIMES_LONGER = 250, 20
WORKDAYS = {"mon-fri": (0, 1, 2, 3, 4), "sun-thu": (6, 0, 1, 2, 3)}
JUMPING = 100
ON_THEIR_DAYS = ("reminders", "near", "look-back", "silence")
"""What comes on the days a person set; in place of it, when nothing was answered, the last question."""

LEAP_DAY = date(2028, 2, 29)


class Lived:
    """A life, and what the person had wished, told plainly."""

    def __init__(self, guide: Guide, life: Life) -> None:
        said = guide.follow_up
        self.life = life
        self.notes = life.notes
        self.weekly = [note for note in life.notes if note.kind not in ON_THEIR_DAYS]
        self.often = int(life.wishes.get(said.often, "1"))
        self.workdays = WORKDAYS[life.wishes.get(said.week, "mon-fri")]
        self.days_off = days_off(COUNTRIES[life.wishes.get(said.country, "")])
        rests = [(at, event) for at, event in life.acts if isinstance(event, Wanted) and event.intent != "thanks"]
        self.rests = [(at, date.fromisoformat(rest.detail) if rest.detail else END.date()) for at, rest in rests]

    def week_of(self, note: Note) -> int:
        """Return the number of the week a note came in, as this person's weeks begin."""
        day = note.at.date()
        return (day - timedelta(days=(day.weekday() - self.workdays[0]) % 7)).toordinal() // 7

    def works_on(self, day: date) -> bool:
        return day.weekday() in self.workdays and day not in self.days_off

    def spoke_between(self, sooner: Note, later: Note) -> bool:
        return any(sooner.at < at < later.at for at, _ in self.life.acts)

    def was_due(self, note: Note) -> datetime:
        """Return the soonest moment when a note can have been due: one after a time in which nothing ran is late."""
        held = [begin for begin, end in self.life.downtimes if end <= note.at < end + timedelta(days=7)]
        return min(held, default=note.at)

    def until_woken(self) -> Iterator[tuple[datetime, datetime, date]]:
        """Yield each rest: when it began, when they broke it by something else they did, and the day it was until."""
        for begin, until in self.rests:
            later = [at for at, event in self.life.acts if at > begin and event != Wanted("thanks")]
            yield begin, min(later, default=END), until


@lru_cache
def days_off(country: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=(2027, 2028))) if country else frozenset()


@pytest.fixture(scope="module", params=range(4))
def lives(request: pytest.FixtureRequest, guide: Guide, long: bool) -> list[Lived]:
    number = PEOPLE_EACH * (TIMES_LONGER if long else 1)
    seeds = range(request.param * number, (request.param + 1) * number)
    return [Lived(guide, asyncio.run(live(guide, make_up(guide, seed), InMemory(guide)))) for seed in seeds]


def test_a_year_keeps_every_rule(lives: list[Lived]):
    for lived in lives:
        for rule in RULES:
            assert rule(lived), (rule.__name__, lived.life)
    assert sum(len(lived.notes) for lived in lives) > 5 * len(lives)
    assert sum(("step 0", LEAP_DAY) in note.lines for lived in lives for note in lived.notes) > 5


def notes_come_in_working_hours_of_a_working_day(lived: Lived) -> bool:
    return all(9 <= note.at.hour < 17 and lived.works_on(note.at.date()) for note in lived.notes)


def no_more_weekly_notes_in_seven_days_than_were_asked_for(lived: Lived) -> bool:
    days = [note.at.date() for note in lived.weekly]
    return all(sum(0 <= (day - other).days < 7 for other in days) <= min(lived.often, 2) for day in days)


def notes_keep_apart(lived: Lived) -> bool:
    return all(later.at - sooner.at >= timedelta(hours=16) for sooner, later in pairwise(lived.notes))


def nothing_comes_but_what_was_said_yes_to(lived: Lived) -> bool:
    kinds = set(lived.life.kinds)
    may = {"silence"} if kinds != {"none"} else set()
    if "reminders" in kinds:
        may |= {"reminders", "near", "look-back"}
    if kinds & {"steps", "tips", "checks"}:
        may |= {note.kind for note in lived.weekly}
    return {note.kind for note in lived.notes} <= may


def nothing_comes_while_they_rest(lived: Lived) -> bool:
    return all(
        note.at.date() >= until
        for begin, woken, until in lived.until_woken()
        for note in lived.notes
        if begin < note.at < woken
    )


def no_step_is_named_twice_for_the_same_day(lived: Lived) -> bool:
    named = Counter(line for note in lived.notes for line in note.lines if note.kind == "reminders")
    return set(named.values()) <= {1}


def whoever_answers_is_reminded_on_the_day_or_the_next_working_day(lived: Lived) -> bool:
    life = lived.life
    if "reminders" not in life.kinds or life.answering < 1 or lived.rests or life.downtimes:
        return True
    for line in life.lines:
        assert line.day is not None
        due = next(day for ahead in range(30) if lived.works_on(day := line.day + timedelta(days=ahead)))
        named = [note.at.date() for note in lived.notes if (line.words, line.day) in note.lines]
        if BEGIN.date() + timedelta(days=20) < due < END.date() - timedelta(days=2) and named != [due]:
            return False
    return True


def two_unanswered_slow_the_weekly_notes_down(lived: Lived) -> bool:
    return all(
        lived.week_of(later) - lived.week_of(sooner) >= 2
        for sooner, later in pairwise(lived.weekly)
        if later.unanswered >= 2 and not lived.spoke_between(sooner, later)
    )


def the_fifth_unanswered_asks_and_is_the_last(lived: Lived) -> bool:
    return all(note.unanswered < 5 and (note.kind == "silence") == (note.unanswered == 4) for note in lived.notes)


def after_eight_weeks_they_come_every_four(lived: Lived) -> bool:
    return all(
        lived.week_of(later) - lived.week_of(sooner) >= 4
        for sooner, later in pairwise(lived.weekly)
        if lived.was_due(later) > BEGIN + timedelta(days=14 + 8 * 7)
    )


def whoever_may_be_written_to_is(lived: Lived) -> bool:
    life = lived.life
    if not set(life.kinds) & {"steps", "tips"} or not lived.often or lived.rests:
        return True
    # Without a plan there is no step to take: then a note comes when they have been away for a while.
    soon = 40 if life.lines or "tips" in life.kinds else 80
    up = max((end for _, end in life.downtimes if end < BEGIN + timedelta(days=120)), default=BEGIN)
    # A reminder takes the place of the weekly note that falls on its day.
    taken = sum(note.at < up + timedelta(days=soon) for note in lived.notes if note.kind in ON_THEIR_DAYS)
    return any(note.at < up + timedelta(days=soon + 7 * taken) for note in lived.weekly)


def nothing_goes_while_nothing_runs_and_one_note_catches_up(lived: Lived) -> bool:
    return all(
        not any(begin <= note.at < end for note in lived.notes)
        and sum(end <= note.at < end + timedelta(hours=16) for note in lived.notes) <= 1
        for begin, end in lived.life.downtimes
    )


def moments_rise_to_the_end_of_the_year(lived: Lived) -> bool:
    beat = lived.life.state.beat
    ahead = beat is None or not beat.due or datetime.fromtimestamp(beat.due * 60, UTC) >= END - timedelta(days=30)
    return ahead and all(sooner.at < later.at for sooner, later in pairwise(lived.notes))


def test_a_clock_that_jumps_ahead_and_back_brings_no_note_twice_and_none_at_night(guide: Guide, long: bool):
    came = 0
    for seed in range(JUMPING * (TIMES_LONGER if long else 1)):
        lived = Lived(guide, asyncio.run(live_by_a_jumping_clock(guide, make_up(guide, seed))))
        for rule in (notes_come_in_working_hours_of_a_working_day, no_step_is_named_twice_for_the_same_day):
            assert rule(lived), (rule.__name__, lived.life)
        lived.weekly.sort(key=lambda note: note.at)
        assert no_more_weekly_notes_in_seven_days_than_were_asked_for(lived), lived.life
        came += len(lived.notes)
    assert came > 2 * JUMPING


async def live_by_a_jumping_clock(guide: Guide, life: Life) -> Life:
    """Let a year pass hour by hour, as a machine's clock tells it that is wrong by up to a month now and then."""
    chance, world = random.Random(life.seed), InMemory(guide)
    await world.begin(first_state(guide, life), BEGIN.astimezone(zone_of(life.zone)))
    now, wrong = BEGIN, timedelta(0)
    while now < END:
        now += timedelta(hours=5)
        if chance.random() < 0.01:
            wrong = chance.choice((timedelta(0), timedelta(0), timedelta(hours=chance.randint(-700, 700))))
        shown = now + wrong
        beat = world.state.beat
        if beat is not None and 0 < beat.due * 60 <= shown.timestamp():
            before = world.state
            note = note_of(guide, before, await world.tick(shown), shown, 0)
            life.notes += [note] if note else []
    return life


RULES = (
    notes_come_in_working_hours_of_a_working_day,
    no_more_weekly_notes_in_seven_days_than_were_asked_for,
    notes_keep_apart,
    nothing_comes_but_what_was_said_yes_to,
    nothing_comes_while_they_rest,
    no_step_is_named_twice_for_the_same_day,
    whoever_answers_is_reminded_on_the_day_or_the_next_working_day,
    two_unanswered_slow_the_weekly_notes_down,
    the_fifth_unanswered_asks_and_is_the_last,
    after_eight_weeks_they_come_every_four,
    whoever_may_be_written_to_is,
    nothing_goes_while_nothing_runs_and_one_note_catches_up,
    moments_rise_to_the_end_of_the_year,
)
