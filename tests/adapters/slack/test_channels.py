"""Posts to channels on Slack, end to end: set up by command, mention or card, posted, talked about alone, and ended."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.storage import switches
from adapters.storage.switches import Switches
from bot.channel_conversation import channel_key
from bot.guide import Guide
from bot.subscription import Subscription, from_record
from bot.wording import Wording
from bot.working_time import is_quiet
from tests.adapters.slack.blockkit import choices
from tests.adapters.slack.pressing import pressed, sent
from tests.adapters.slack.standin_faults import refused
from tests.adapters.slack.standin_world import ANA, BEN, BOT_USER, GENERAL, PROJECTS, TEAM
from tests.adapters.slack.test_app import wrong
from tests.adapters.slack.test_notes import nothing_owed, wake
from tests.adapters.slack.workplace import Workplace, workplace
from tests.clock import BEGINS, Clock
from tests.waiting import until

PLACE = f"slack:{TEAM}:{GENERAL}"
LONDON = ZoneInfo("Europe/London")
WEEKLY = "nudge weekly monday 09:30"
Payload = dict[str, Any]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["http", "socket"])
async def either(
    tmp_path: Path, guide: Guide, wording: Wording, clock: Clock, request: pytest.FixtureRequest
) -> AsyncIterator[Workplace]:
    """Run over HTTP, and over Socket Mode."""
    async with workplace(tmp_path, guide, wording, socket=request.param == "socket", now=clock) as place:
        if request.param == "socket":
            await place.slack.socket.connected()
        yield place


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording, clock: Clock) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording, now=clock) as place:
        yield place


def answers(place: Workplace) -> list[Payload]:
    """Return what came to the response address so far."""
    return [answer for address in place.slack.responses.values() for answer in address.answers]


async def command(place: Workplace, words: str, user: str = ANA, channel: str = GENERAL) -> list[Payload]:
    """Let a person type `/lateral` and these words; return what only they then see."""
    place.made.response_url = place.slack.response_url()
    before = len(answers(place))
    answered = await place.deliver(place.made.command("/lateral", words, user, channel=channel))
    assert answered.status == 200
    shown = [*([json.loads(answered.text)] if answered.text else []), *answers(place)[before:]]
    assert {part["response_type"] for part in shown} == {"ephemeral"}
    assert [problem for part in shown for problem in wrong(part)] == []
    return shown


async def mention(place: Workplace, words: str, user: str = ANA, channel: str = GENERAL, thread: str = "") -> Payload:
    """Let a person name the bot and say this; return what only they then see."""
    before = len(place.slack.world.ephemerals)
    await place.take(place.made.mentioned(words, user, channel=channel, thread=thread))
    [shown] = place.slack.world.ephemerals[before:]
    assert (shown["channel"], shown["to"]) == (channel, user)
    assert wrong({"text": shown["text"], "blocks": shown["blocks"]}) == []
    return shown


async def press(place: Workplace, shown: Payload, option: str, user: str = ANA, channel: str = GENERAL) -> Payload:
    """Let a person press something that only they see; return what then takes its place."""
    action, state = pressed(shown, option)
    return await use(place, shown, action, state, user, channel)


async def use(
    place: Workplace, shown: Payload, action: Payload, state: Payload, user: str = ANA, channel: str = GENERAL
) -> Payload:
    place.made.response_url = place.slack.response_url()
    before = len(answers(place))
    source = {"ts": "1.1", **shown}
    stamped = {**action, "action_ts": place.made._ts()}
    delivery = place.made.act_raw(source, stamped, user, channel=channel, ephemeral=True)
    delivery.payload["state"] = {"values": state}
    await place.take(delivery)
    [answer] = answers(place)[before:]
    assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", True)
    assert wrong(answer) == []
    return answer


def plan(place: Workplace, channel: str = GENERAL) -> Subscription | None:
    """Return what is remembered of a channel, if anything."""
    key = channel_key(place.running.conversation.guide)
    rows = place.read("select record from people where person = ? and guide = ?", f"slack:{TEAM}:{channel}", key)
    return from_record(rows[0][0]) if rows else None


def due(place: Workplace) -> datetime:
    [(moment,)] = place.read("select due from agenda where person = ?", PLACE)
    return datetime.fromtimestamp(moment, UTC)


def button_of(post: Payload) -> str:
    [option] = choices(post)
    assert option.startswith("talk:")
    return option


async def talk_about(place: Workplace, user: str, post: Payload) -> tuple[list[Payload], list[Payload]]:
    """Let a person press the button of a post; return what they see in the channel, and in their own messages."""
    message = next(m for m in place.slack.team().channels[GENERAL].messages.values() if m["text"] == post["text"])
    action, _ = pressed(message, button_of(post))
    before, told = len(place.slack.calls), len(answers(place))
    stamped = {**action, "action_ts": place.made._ts()}
    await place.take(place.made.act_raw(message, stamped, user, channel=GENERAL))
    return answers(place)[told:], [call.arguments for call in place.posted(before)]


def everything_kept(place: Workplace) -> set[str]:
    """Return whom any table still holds, by id."""
    tables = {"people": "person", "agenda": "person", "outbox": "person", "undeliverable": "person"}
    tables |= {"channel_keepers": "place", "deliveries": "person"}
    return {row[0] for table, name in tables.items() for row in place.read(f"select {name} from {table}")}  # noqa: S608


# Setting it up


async def test_by_command_a_channel_gets_its_weekly_post_and_its_button_opens_the_talk_of_whoever_presses(
    either: Workplace, clock: Clock, guide: Guide
):
    place = either
    if place.server.slack.settings.app_token:
        await place.take(place.made.command("/lateral", WEEKLY))
    else:
        [shown] = await command(place, WEEKLY)
        assert shown["text"].startswith(
            "Set up: one small idea for this channel, each Monday at 09:30 (Europe/London)."
        )
    assert place.posted() == []
    moment = due(place)
    assert (moment.astimezone(LONDON).weekday(), f"{moment.astimezone(LONDON):%H:%M}") == (0, "09:30")

    [post] = await wake(place, clock, moment)

    assert (post["channel"], wrong(post)) == (GENERAL, [])
    nudge = guide.nudge_by_id[button_of(post).removeprefix("talk:")]
    assert nudge.text.split(",")[0] in post["text"]
    assert "/lateral nudge stop" in post["text"]
    assert ANA not in json.dumps(post)

    told, direct = await talk_about(place, BEN, post)

    assert [answer["text"] for answer in told] == ["I wrote to you in our direct messages."]
    assert {(answer["response_type"], answer["replace_original"]) for answer in told} == {("ephemeral", False)}
    assert {message["channel"] for message in direct} == {BEN}
    said = "\n".join(message["text"] for message in direct)
    assert said.startswith("You pressed my button in a channel, so here I am.")
    answer = guide.topic_by_id[nudge.topic].answer.replace("*", "")
    assert answer[:40] in said
    assert len(place.slack.team().channels[GENERAL].messages) == 1
    [standing] = place.slack.team().channels[GENERAL].messages.values()
    assert "edited" not in standing


async def test_by_mention_only_whoever_typed_it_sees_the_answer(either: Workplace, clock: Clock):
    place = either
    shown = await mention(place, "nudge every two weeks on tuesday at 14:00 in Paris, holidays France")
    assert shown["text"].startswith(
        "Set up: one small idea for this channel, every second Tuesday at 14:00 (Europe/Paris)."
    )
    assert "thread_ts" not in place.slack.made("chat.postEphemeral")[-1].arguments
    kept = plan(place)
    assert kept is not None
    assert (kept.rhythm, kept.day, kept.minute, kept.week.country) == ("fortnight", 1, 840, "FR")
    assert place.posted() == []
    [post] = await wake(place, clock, due(place))
    assert post["channel"] == GENERAL


async def test_a_mention_in_a_thread_is_answered_there(place: Workplace):
    await place.deliver(place.made.mentioned("what are the downsides?"))
    thread = next(iter(place.slack.team().channels[GENERAL].messages.values()), {"ts": "1.1"})["ts"]
    await mention(place, "nudge list", thread=thread)
    assert place.slack.made("chat.postEphemeral")[-1].arguments["thread_ts"] == thread


async def test_by_the_card_that_whoever_brings_us_in_gets(either: Workplace, clock: Clock):
    place = either
    await place.take(place.made.joined(inviter=BEN))
    [card] = place.slack.world.ephemerals
    assert (card["to"], card["text"].startswith("Thank you for bringing me in.")) == (BEN, True)
    assert "nudge:weekly tuesday" in choices(card)

    hours = await press(place, card, "nudge:weekly tuesday", BEN)
    done = await press(place, hours, "nudge:weekly tuesday 10:00", BEN)

    assert done["text"].startswith("Set up: one small idea for this channel, each Tuesday at 10:00 (America/New_York).")
    action, state = sent(done, ["gate", "learning"])
    await use(place, done, action, state, BEN)
    kept = plan(place)
    assert kept is not None
    assert (kept.day, kept.minute, kept.week.zone, kept.facts) == (1, 600, "America/New_York", ("gate", "learning"))
    [post] = await wake(place, clock, due(place))
    assert post["channel"] == GENERAL
    assert not is_quiet(kept.week, clock.now())


async def test_without_words_there_is_a_card_and_later_the_plan_with_what_can_be_done(place: Workplace):
    [card] = await command(place, "nudge")
    assert "nudge:weekly monday" in choices(card)
    await command(place, WEEKLY)
    [shown] = await command(place, "nudge")
    assert {"nudge:preview", "nudge:skip", "nudge:pause", "nudge:stop"} <= set(choices(shown))
    coming = await press(place, shown, "nudge:preview")
    again = await press(place, coming, "nudge:")
    assert choices(again) == choices(shown)
    stopped = await press(place, again, "nudge:stop")
    assert stopped["text"].startswith("Stopped.")
    assert place.read("select * from agenda") == []


async def test_nothing_is_sent_before_a_yes(place: Workplace, clock: Clock):
    await place.deliver(place.made.joined())
    await command(place, "nudge")
    await command(place, "nudge preview", BEN)
    assert place.read("select * from agenda") == []
    assert await wake(place, clock, BEGINS + timedelta(days=30)) == []


# Who may


async def test_somebody_not_entitled_is_told_kindly_and_alone_whom_to_ask(place: Workplace):
    [told] = await command(place, WEEKLY, BEN)
    assert told["text"].startswith("That is for whoever made this channel or brought me in, or an admin")
    assert (plan(place), place.posted()) == (None, [])
    await command(place, WEEKLY)
    before = plan(place)
    for words in ("nudge stop", "nudge pause 2 weeks", "nudge change friday"):
        [told] = await command(place, words, BEN)
        assert told["text"].startswith("That is for whoever made this channel")
    shown = await mention(place, "nudge stop", BEN)
    assert shown["text"].startswith("That is for whoever made this channel")
    assert plan(place) == before


async def test_anybody_may_see_the_plan_and_the_next_post(place: Workplace, guide: Guide):
    await command(place, WEEKLY)
    [listed] = await command(place, "nudge list", BEN)
    assert listed["text"].startswith("One small idea comes to this channel each Monday at 09:30")
    assert choices(listed) == {}
    [shown] = await command(place, "nudge preview", BEN)
    assert any(nudge.text[:30] in shown["text"] for nudge in guide.nudges if nudge.to == "channel")
    assert place.posted() == []


async def test_what_is_previewed_is_what_is_posted(place: Workplace, clock: Clock, guide: Guide):
    await command(place, WEEKLY)
    [shown] = await command(place, "nudge preview")
    [post] = await wake(place, clock, due(place))
    assert guide.nudge_by_id[button_of(post).removeprefix("talk:")].text in shown["text"]


async def test_whoever_made_the_channel_may(place: Workplace):
    place.slack.team().channels[GENERAL].creator = BEN
    await command(place, WEEKLY, BEN)
    kept = plan(place)
    assert kept is not None
    assert kept.week.zone == "America/New_York"


async def test_a_guest_may_not_whatever_else_they_are(place: Workplace):
    place.slack.team().channels[GENERAL].creator = BEN
    place.slack.team().users[BEN].is_restricted = True
    [told] = await command(place, WEEKLY, BEN)
    assert (told["text"].startswith("That is for whoever"), plan(place)) == (True, None)


async def test_whoever_brought_us_in_may_and_is_noted_before_the_acknowledgement(place: Workplace):
    await place.deliver(place.made.joined(inviter=BEN))
    await place.say("hi", BEN)
    calls = len(place.slack.calls)
    answered = await place.deliver(place.made.command("/lateral", WEEKLY, BEN))
    assert json.loads(answered.text)["text"].startswith("Set up")
    assert len(place.slack.calls) == calls


async def test_somebody_who_is_forgotten_keeps_no_say_and_leaves_no_trace(place: Workplace):
    await place.deliver(place.made.joined(inviter=BEN))
    await place.running.store.forget(f"slack:{TEAM}:{BEN}")
    assert place.read("select * from channel_keepers") == []
    [told] = await command(place, WEEKLY, BEN)
    assert told["text"].startswith("That is for whoever made this channel")


async def test_the_record_of_a_channel_names_nobody(place: Workplace):
    await command(place, WEEKLY)
    [(record,)] = place.read("select record from people where person = ?", PLACE)
    assert ANA.encode() not in record


async def test_slack_not_answering_is_said_and_nothing_is_noted(place: Workplace):
    place.slack.fail("users.info", refused("internal_error"))
    [told] = await command(place, WEEKLY)
    assert (told["text"].startswith("I could not note that just now"), plan(place)) == (True, None)


# Where


async def test_a_channel_we_are_not_in_wants_an_invitation_first(place: Workplace):
    [told] = await command(place, WEEKLY, channel=PROJECTS)
    assert (told["text"].startswith("I am not in this channel yet"), plan(place, PROJECTS)) == (True, None)


async def test_in_a_private_channel_a_mention_is_proof_enough_that_we_are_in_it(place: Workplace):
    channel = place.slack.team().channels[PROJECTS]
    channel.kind, channel.members = "group", {ANA, BEN, BOT_USER}
    [told] = await command(place, WEEKLY, channel=PROJECTS)
    assert told["text"].startswith("I cannot look into this channel.")
    shown = await mention(place, WEEKLY, channel=PROJECTS)
    assert shown["text"].startswith("Set up")
    shown = await mention(place, "nudge stop", BEN, channel=PROJECTS)
    assert shown["text"].startswith("That is for whoever")


async def test_an_archived_channel_says_so(place: Workplace):
    place.slack.team().channels[GENERAL].archived = True
    [told] = await command(place, WEEKLY)
    assert told["text"] == "This channel is archived, so I can post nothing here."


async def test_in_direct_messages_it_says_where_to_type_it(place: Workplace):
    [told] = await command(place, WEEKLY, channel="D0LATERANA")
    assert told["text"].startswith("Type that in the channel it is for")


async def test_a_slip_in_the_word_itself_offers_it(place: Workplace):
    [told] = await command(place, "nugde weekly")
    assert choices(told)["nudge:"] == "nudge"
    card = await press(place, told, "nudge:")
    assert "nudge:weekly monday" in choices(card)


async def test_what_is_typed_is_shown_and_never_obeyed(place: Workplace):
    [told] = await command(place, "nudge <!channel> *bold* <@U1> monday")
    assert "<!channel>" not in json.dumps(told)
    assert plan(place) is None


# Changing, resting, ending


async def test_a_change_holds_from_then_on(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    [shown] = await command(place, "nudge change to thursday 11:00 in New York")
    assert shown["text"].startswith("Changed: it now comes each Thursday at 11:00 (America/New_York).")
    moment = due(place).astimezone(ZoneInfo("America/New_York"))
    assert (moment.weekday(), f"{moment:%H:%M}") == (3, "11:00")
    assert len(await wake(place, clock, moment)) == 1


async def test_a_pause_silences_and_ends_by_itself(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    first = due(place)
    await command(place, "nudge pause 3 weeks")
    assert due(place) >= first + timedelta(weeks=3) - timedelta(days=7)
    assert due(place).date() >= (BEGINS + timedelta(weeks=3)).date()
    assert await wake(place, clock, first) == []
    [post] = await wake(place, clock, due(place))
    assert post["channel"] == GENERAL


async def test_a_week_is_left_out(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    first = due(place)
    await command(place, "nudge skip")
    assert due(place).date() == (first + timedelta(days=7)).date()


async def test_a_stop_ends_it_at_once_also_for_what_waits(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    moment = due(place)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await wake(place, clock, moment) == []
    await command(place, "nudge stop")
    await place.running.store.write(partial(switches.write, Switches()))
    clock.move(timedelta(seconds=61))
    before = len(place.slack.calls)
    await nothing_owed(place, clock)
    assert place.posted(before) == []
    assert place.read("select * from agenda") == []


async def test_an_operator_holds_posts_and_lets_them_go_the_same_day(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    moment = due(place)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await wake(place, clock, moment) == []
    await place.running.store.write(partial(switches.write, Switches()))
    clock.move(timedelta(seconds=61))
    before = len(place.slack.calls)
    await until(lambda: place.posted(before), "the courier, in its own time, looks again")
    assert place.posted(before)[0].arguments["channel"] == GENERAL


async def test_a_cap_for_the_day_holds_for_notes_and_posts_together(place: Workplace, clock: Clock):
    place.slack.team().channels[PROJECTS].members.add(BOT_USER)
    await command(place, WEEKLY)
    await command(place, WEEKLY, channel=PROJECTS)
    await place.running.store.write(partial(switches.write, Switches(cap=1)))
    assert len(await wake(place, clock, due(place))) == 1


async def test_it_comes_once_however_often_is_looked(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    moment = due(place)
    assert len(await wake(place, clock, moment)) == 1
    assert await wake(place, clock, moment + timedelta(minutes=5)) == []


async def test_a_month_of_downtime_brings_no_burst_and_nothing_at_a_wrong_hour(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    back = due(place) + timedelta(days=30, hours=14)
    assert await wake(place, clock, back) == []
    moment = due(place).astimezone(LONDON)
    assert (moment > back, moment.weekday(), f"{moment:%H:%M}") == (True, 0, "09:30")
    assert len(await wake(place, clock, moment)) == 1


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_a_channel_that_takes_no_post_ends_them_with_a_reason_and_leaves_nothing(
    place: Workplace, clock: Clock, error: str, caplog: pytest.LogCaptureFixture
):
    await place.deliver(place.made.joined(inviter=ANA))
    await command(place, WEEKLY)
    place.slack.fail("chat.postMessage", refused(error))
    assert await wake(place, clock, due(place)) == []
    assert f"posts to {PLACE} have ended, and nothing of it is kept: {error}" in caplog.text
    assert PLACE not in everything_kept(place)
    assert plan(place) is None


@pytest.mark.parametrize("error", ["invalid_auth", "restricted_action"])
async def test_what_may_pass_costs_a_channel_no_plan(place: Workplace, clock: Clock, error: str):
    await command(place, WEEKLY)
    moment = due(place)
    place.slack.fail("chat.postMessage", refused(error))
    assert await wake(place, clock, moment) == []
    clock.move(timedelta(seconds=600))
    before = len(place.slack.calls)
    await until(lambda: place.posted(before), "the courier, in its own time, looks again")
    assert place.posted(before)[0].arguments["channel"] == GENERAL
    assert due(place).date() == (moment + timedelta(days=7)).date()


@pytest.mark.parametrize("event", ["left", "archived", "channel_deleted"])
async def test_a_channel_we_are_out_of_leaves_nothing(place: Workplace, clock: Clock, event: str):
    await place.deliver(place.made.joined(inviter=ANA))
    await place.deliver(place.made.mentioned("what are the downsides?"))
    await command(place, WEEKLY)
    moment = due(place)
    gone = getattr(place.made, event)()
    gone.payload["event_time"] = int(clock()) + 60
    await place.deliver(gone)
    assert PLACE not in everything_kept(place)
    assert await wake(place, clock, moment) == []


async def test_old_news_of_our_leaving_does_not_undo_what_was_set_up_since(place: Workplace, clock: Clock):
    await command(place, WEEKLY)
    late = place.made.left()
    late.payload["event_time"] = int(clock()) - 3600
    await place.deliver(late)
    assert plan(place) is not None


async def test_a_workspace_that_removes_us_takes_its_channels_with_it(place: Workplace, clock: Clock):
    await place.deliver(place.made.joined(inviter=ANA))
    await command(place, WEEKLY)
    gone = place.made.uninstalled()
    gone.payload["event_time"] = int(clock()) + 60
    await place.deliver(gone)
    assert everything_kept(place) == set()
