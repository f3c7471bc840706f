"""Notes on Teams, end to end: a plan is made, the day comes, the note goes, and the person answers or stops it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.storage import switches
from adapters.storage.switches import Switches
from adapters.teams.tenant_pace import TenantPace, TenantTurns
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.teams.activities import ANA, BEN, Json, Person
from tests.adapters.teams.cardschema import card_problems
from tests.adapters.teams.office import Office, office
from tests.adapters.teams.reading import card_of, choices, words_of
from tests.adapters.teams.standin import Call
from tests.adapters.teams.standin_faults import blocked, server_error
from tests.clock import BEGINS, Clock
from tests.waiting import until

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording, clock: Clock) -> AsyncIterator[Office]:
    async with office(tmp_path, guide, wording, now=clock) as place:
        yield place


async def plan(place: Office, person: Person = ANA) -> None:
    """Make a plan of one step for a week ahead, and say yes to reminders."""
    for words in ("hi", "1", "2", "1", "2", "1", "2", "what can I do in my job now", "skip", "skip"):
        await place.say(words, person)
    for words in (
        *("3", "keep it", "no time", "my weekly team meeting ends", "in a week", "yes"),
        *("1", "yes, that is fine"),
    ):
        await place.say(words, person)


async def wake(place: Office, clock: Clock, moment: datetime) -> list[Json]:
    """Let that moment come; return what is sent, in which every card is right."""
    posted: list[Call] = await place.wake(clock, moment)
    assert [problem for call in posted for problem in card_problems(card_of(call.body))] == []
    return [call.body for call in posted]


async def test_a_reminder_comes_on_its_day_in_working_hours_and_a_press_answers_it(place: Office, clock: Clock):
    await plan(place)
    moment = place.due(ANA.id)
    assert moment.date() == BEGINS.date() + timedelta(days=7)
    local = moment.astimezone(BERLIN)
    assert 9 <= local.hour < 17

    [note] = await wake(place, clock, moment)

    assert "How did it go?" in words_of(note)
    assert "How did it go?" in note["summary"] or "You set" in note["summary"]
    assert {"do:done:#1", "do:reason", "do:quiet"} <= set(choices(card_of(note)))
    answer = await place.press("do:done:#1")
    assert "while the day is fresh" in words_of({"attachments": [{"content": answer.body["value"]}]})


async def test_what_came_of_it_is_asked_and_kept_as_evidence(place: Office, clock: Clock):
    await plan(place)
    await wake(place, clock, place.due(ANA.id))
    await place.press("do:done:#1")
    said = ("planning, and a gate", "I offered a list of our risks", "the head of delivery")
    asked = [words_of((await place.say(words))[-1]) for words in said]
    assert asked[-1] == "Do you want this kind of work more or less than yesterday?"
    await place.press("more")
    [(record,)] = place.read("select record from people where person = ?", ANA.id)
    assert [words for words in said if words.encode() not in record] == []


async def test_it_comes_once_however_often_is_looked(place: Office, clock: Clock):
    await plan(place)
    moment = place.due(ANA.id)
    assert len(await wake(place, clock, moment)) == 1
    assert await wake(place, clock, moment + timedelta(minutes=5)) == []


async def test_one_tap_stops_notes_and_the_talk_goes_on(place: Office, clock: Clock):
    await plan(place)
    await wake(place, clock, place.due(ANA.id))
    answer = await place.press("do:quiet")
    assert "No notes from me." in words_of({"attachments": [{"content": answer.body["value"]}]})
    assert place.read("select * from agenda") == []
    assert "Your plan" in words_of((await place.say("my plan"))[0])


async def test_a_pause_holds_until_its_day_and_ends_by_itself(place: Office, clock: Clock):
    await plan(place)
    moment = place.due(ANA.id)
    await place.say("pause notes for 3 weeks")
    assert await wake(place, clock, moment) == []
    assert place.due(ANA.id) >= BEGINS + timedelta(days=20)
    assert len(await wake(place, clock, place.due(ANA.id))) == 1


async def test_a_stop_said_while_a_note_waits_keeps_it_back(place: Office, clock: Clock):
    await plan(place)
    moment = place.due(ANA.id)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await wake(place, clock, moment) == []
    await place.say("stop")
    await place.running.store.write(partial(switches.write, Switches()))
    clock.move(timedelta(seconds=61))
    before = len(place.teams.calls)
    await held_is_seen_to(place, clock)
    assert place.posted(before) == []


async def held_is_seen_to(place: Office, clock: Clock) -> None:
    """Wait until the courier, in its own time, has looked again at what was held; let what is then due go."""

    async def is_seen_to() -> bool:
        return not await place.running.store.owed(clock())

    await until(is_seen_to, "nothing is owed any more")
    await place.server.teams.scheduler.work_off()
    await place.settle()


async def test_an_operator_holds_all_notes_at_once_and_what_was_queued_goes_afterwards(place: Office, clock: Clock):
    await plan(place)
    moment = place.due(ANA.id)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await wake(place, clock, moment) == []
    assert "How did it go?" not in words_of((await place.say("help"))[0]), "a reply waits for no note"
    await place.running.store.write(partial(switches.write, Switches()))
    clock.move(timedelta(seconds=61))
    before = len(place.teams.calls)
    await held_is_seen_to(place, clock)
    assert ["How did it go?" in words_of(call.body) for call in place.posted(before)] == [True]


async def test_a_cap_for_the_day_holds_for_everybody_together(place: Office, clock: Clock):
    await plan(place)
    await plan(place, BEN)
    await place.running.store.write(partial(switches.write, Switches(cap=1)))
    assert len(await wake(place, clock, max(place.due(ANA.id), place.due(BEN.id)))) == 1


async def test_whoever_blocks_us_gets_no_more_notes_and_the_reason_is_kept(place: Office, clock: Clock):
    await plan(place)
    place.teams.fail(blocked(), times=None)
    assert await wake(place, clock, place.due(ANA.id)) == []
    assert place.read("select * from agenda") == []
    assert place.read("select reason from undeliverable") == [("MessageWritesBlocked",)]


async def test_taking_us_out_ends_notes_and_leaves_nothing(place: Office, clock: Clock):
    await plan(place)
    moment = place.due(ANA.id)
    await place.deliver(place.made.installed(action="remove"))
    tables = ("people", "agenda", "outbox", "deliveries", "undeliverable", "teams_references")
    assert {table: place.read(f"select count(*) from {table}")[0][0] for table in tables} == dict.fromkeys(tables, 0)  # noqa: S608
    assert await wake(place, clock, moment) == []


async def test_a_note_that_fails_for_now_comes_once_after_all(place: Office, clock: Clock):
    await plan(place)
    place.teams.fail(server_error(503), times=1)
    assert await wake(place, clock, place.due(ANA.id)) == []
    clock.move(timedelta(seconds=600))
    before = len(place.teams.calls)
    await place.teams.until(lambda: len(place.posted(before)) > 0)
    assert "How did it go?" in words_of(place.posted(before)[0].body)
    assert len(place.posted(before)) == 1


async def test_a_reply_goes_before_the_notes_of_its_tenant_that_wait(place: Office, clock: Clock):
    for person in (ANA, BEN):
        await plan(place, person)
    moment = max(place.due(ANA.id), place.due(BEN.id))
    place.server.teams._posting._connector._turns = TenantTurns(TenantPace(1.0))
    before = len(place.teams.calls)
    clock.move_to(moment + timedelta(seconds=1))
    await place.server.teams.scheduler.work_off()
    await place.teams.until(lambda: len(place.posted(before)) == 1)

    await place.say("help")
    await place.settle()

    said = [("How did it go?" in words_of(call.body)) for call in place.posted(before)]
    assert said == [True, False, True]
