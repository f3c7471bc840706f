"""Notes on Slack, end to end: a plan is made, the day comes, the note goes, and the person answers or stops it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from adapters.storage import figures, switches
from adapters.storage.switches import Switches
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.blockkit import choices
from tests.adapters.slack.standin_faults import refused
from tests.adapters.slack.standin_world import ANA, BEN, TEAM
from tests.adapters.slack.workplace import Workplace, workplace
from tests.clock import BEGINS, Clock
from tests.waiting import until

PERSON = f"slack:{TEAM}:{ANA}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording, clock: Clock) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording, now=clock) as place:
        yield place


async def plan(place: Workplace, user: str = ANA) -> None:
    """Make a plan of one step for a week ahead, and say yes to reminders."""
    for words in ("hi", "1", "2", "1", "2", "1", "2", "what can I do in my job now", "skip", "skip"):
        await place.say(words, user)
    for words in (
        "3",
        "keep it",
        "no time",
        "my weekly team meeting ends",
        "in a week",
        "yes",
        "1",
        "yes, that is fine",
    ):
        await place.say(words, user)


def due(place: Workplace, user: str = ANA) -> datetime:
    [(moment,)] = place.read("select due from agenda where person = ?", f"slack:{TEAM}:{user}")
    return datetime.fromtimestamp(moment, UTC)


async def wake(place: Workplace, clock: Clock, moment: datetime) -> list[dict]:
    """Let that moment come; return what is sent. From then on, what is due is looked for only by the test."""
    await place.server.slack.scheduler.stop()
    before = len(place.slack.calls)
    clock.move_to(moment + timedelta(seconds=1))
    await place.server.slack.scheduler.work_off()
    await place.settle()
    return [call.arguments for call in place.posted(before)]


async def nothing_owed(place: Workplace, clock: Clock) -> None:
    """Wait until the courier, in its own time, has looked again at what was held and seen to all of it."""

    async def is_seen_to() -> bool:
        return not await place.running.store.owed(clock())

    await until(is_seen_to, "nothing is owed any more")


async def test_a_reminder_comes_on_its_day_in_working_hours_and_a_press_answers_it(place: Workplace, clock: Clock):
    await plan(place)
    moment = due(place)
    assert moment.date() == BEGINS.date() + timedelta(days=7)
    assert 9 <= moment.hour < 17
    [note] = await wake(place, clock, moment)
    assert note["channel"] == ANA
    assert "How did it go?" in note["text"]
    assert {"do:done:#1", "do:reason", "do:quiet"} <= set(choices(note))
    assert "while the day is fresh" in (await place.press("do:done:#1"))[0]["text"]


async def test_it_comes_once_however_often_is_looked(place: Workplace, clock: Clock):
    await plan(place)
    moment = due(place)
    assert len(await wake(place, clock, moment)) == 1
    assert await wake(place, clock, moment + timedelta(minutes=5)) == []


async def test_one_tap_stops_notes_and_the_talk_goes_on(place: Workplace, clock: Clock):
    await plan(place)
    await wake(place, clock, due(place))
    assert "No notes from me." in (await place.press("do:quiet"))[0]["text"]
    assert place.read("select * from agenda") == []
    assert "Your plan" in (await place.say("my plan"))[0]["text"]


async def test_a_stop_said_while_a_note_waits_keeps_it_back(place: Workplace, clock: Clock):
    await plan(place)
    moment = due(place)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await wake(place, clock, moment) == []
    await place.say("stop")
    await place.running.store.write(partial(switches.write, Switches()))
    clock.move(timedelta(seconds=61))
    before = len(place.slack.calls)
    await nothing_owed(place, clock)
    assert place.posted(before) == []


async def test_an_operator_holds_all_notes_at_once_and_what_was_queued_goes_afterwards(place: Workplace, clock: Clock):
    await plan(place)
    moment = due(place)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await wake(place, clock, moment) == []
    await place.running.store.write(partial(switches.write, Switches()))
    clock.move(timedelta(seconds=61))
    before = len(place.slack.calls)
    await until(lambda: place.posted(before), "the courier, in its own time, looks again")
    assert "How did it go?" in place.posted(before)[0].arguments["text"]


async def test_a_cap_for_the_day_holds_for_everybody_together(place: Workplace, clock: Clock):
    await plan(place)
    await plan(place, BEN)
    await place.running.store.write(partial(switches.write, Switches(cap=1)))
    assert len(await wake(place, clock, max(due(place), due(place, BEN)))) == 1


async def test_an_account_that_is_closed_ends_its_notes_with_a_reason(place: Workplace, clock: Clock):
    await plan(place)
    place.slack.fail("chat.postMessage", refused("account_inactive"))
    assert await wake(place, clock, due(place)) == []
    await place.settle()
    assert place.read("select * from agenda") == []
    [(reason,)] = place.read("select reason from undeliverable")
    assert reason == "account_inactive"


async def test_a_kind_that_was_stopped_meanwhile_is_kept_back_also_from_the_queue(place: Workplace, clock: Clock):
    await say_yes_to_tips(place)
    moment = due(place)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await wake(place, clock, moment) == []
    await place.running.store.write(partial(figures.stop, "tips", figures.BY_HAND, "2026-W48"))
    await place.running.store.write(partial(switches.write, Switches()))
    clock.move(timedelta(seconds=61))
    before = len(place.slack.calls)
    receivers = "select number from note_figures where what = 'receivers'"
    assert place.read(receivers) == [(1,)]
    await until(lambda: place.read(receivers) == [(0,)], "the tip that was taken back is counted as not received")
    assert place.posted(before) == []
    assert due(place) > moment


async def say_yes_to_tips(place: Workplace, user: str = ANA) -> None:
    for words in ("hi", "notes", "a quick tip each week", "yes, that is fine"):
        await place.say(words, user)


async def test_a_note_waits_while_somebody_is_not_to_be_disturbed_and_goes_afterwards(place: Workplace, clock: Clock):
    await plan(place)
    await come_while_quiet(place, clock, due(place))
    assert [row[0] for row in place.read("select reason from outbox")] == ["not to be disturbed"]
    assert place.read("select * from note_counts") == []
    clock.move(timedelta(seconds=700))
    before = len(place.slack.calls)
    await until(lambda: place.posted(before), "the courier, in its own time, looks again")
    assert "How did it go?" in place.posted(before)[0].arguments["text"]


async def test_a_note_that_waited_past_the_working_day_comes_on_the_next_one_once(place: Workplace, clock: Clock):
    await plan(place)
    moment = due(place)
    begins = int(moment.timestamp())
    place.slack.world.teams[TEAM].users[ANA].quiet = (begins - 600, begins + 12 * 3600)
    assert await wake(place, clock, moment) == []
    clock.move(timedelta(hours=10))
    await nothing_owed(place, clock)
    assert due(place) > moment
    place.slack.world.teams[TEAM].users[ANA].quiet = None
    assert len(await wake(place, clock, due(place))) == 1


async def test_an_answer_is_never_held_back(place: Workplace, clock: Clock):
    await plan(place)
    now = int(clock())
    place.slack.world.teams[TEAM].users[ANA].quiet = (now - 600, now + 6000)
    before = len(place.slack.made("dnd.info"))
    assert "Your plan" in (await place.say("my plan"))[0]["text"]
    assert len(place.slack.made("dnd.info")) == before


async def test_where_slack_does_not_say_the_note_goes(place: Workplace, clock: Clock):
    await plan(place)
    for token in place.slack.world.tokens.values():
        token.scopes -= {"dnd:read"}
    assert len(await wake(place, clock, due(place))) == 1


async def test_what_was_done_while_its_note_waited_is_not_asked_about_again(place: Workplace, clock: Clock):
    await plan(place)
    await come_while_quiet(place, clock, due(place))
    assert "while the day is fresh" in (await place.say("done"))[0]["text"]
    assert await disturb_again(place, clock) == []


async def test_a_note_that_waited_while_its_person_spoke_of_something_else_comes_once(place: Workplace, clock: Clock):
    await plan(place)
    await come_while_quiet(place, clock, due(place))
    await place.say("help")
    [note] = await disturb_again(place, clock)
    assert "How did it go?" in note


async def come_while_quiet(place: Workplace, clock: Clock, moment: datetime) -> None:
    """Let a moment come at which somebody is not to be disturbed for ten minutes more."""
    begins = int(moment.timestamp())
    place.slack.world.teams[TEAM].users[ANA].quiet = (begins - 600, begins + 600)
    assert await wake(place, clock, moment) == []


async def disturb_again(place: Workplace, clock: Clock) -> list[str]:
    """Let the quiet end, and what waited be looked at again; return what is then sent."""
    before = len(place.slack.calls)
    clock.move(timedelta(seconds=700))
    await nothing_owed(place, clock)
    await place.server.slack.scheduler.work_off()
    await place.settle()
    return [call.arguments["text"] for call in place.posted(before)]
