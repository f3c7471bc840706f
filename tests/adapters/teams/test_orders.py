"""Posts to channels on Teams, end to end: ordered by mention or card, posted, talked about alone, and ended."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.storage import switches
from adapters.storage.switches import Switches
from bot.channel_conversation import channel_key
from bot.guide import Guide
from bot.subscription import Subscription, from_record
from bot.wording import Wording
from tests.adapters.teams.activities import ANA, BEN, CHANNEL, TEAM, Json, Person
from tests.adapters.teams.cardschema import card_problems
from tests.adapters.teams.office import Answer, Office, office
from tests.adapters.teams.reading import card_of, choices, inputs, plain, pressed, sent, words_of
from tests.adapters.teams.standin import TENANT
from tests.adapters.teams.standin_faults import Fault, blocked, server_error
from tests.clock import BEGINS, Clock

GENERAL = f"teams:{TENANT}:{TEAM}"
OTHER = f"teams:{TENANT}:{CHANNEL}"
THREAD = "1700000000999"
BERLIN = ZoneInfo("Europe/Berlin")
WEEKLY = "nudge weekly monday 09:30"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording, clock: Clock) -> AsyncIterator[Office]:
    async with office(tmp_path, guide, wording, now=clock) as place:
        place.teams.people(TEAM, member(ANA, "owner"), member(BEN, "user"))
        yield place


def member(person: Person, role: str) -> Json:
    return {"id": person.user, "aadObjectId": person.aad, "name": person.name, "userRole": role}


async def order(place: Office, words: str, person: Person = ANA, channel: str = TEAM) -> list[Json]:
    """Let a person mention us with an order; return what then stands in that thread, of which every card is right."""
    thread = f"{channel};messageid={THREAD}"
    before = len(place.teams.shown(thread))
    await place.deliver(place.made.mentioned(words, person, channel=channel, thread=THREAD))
    said = place.teams.shown(thread)[before:]
    assert [problem for each in said if "attachments" in each for problem in card_problems(card_of(each))] == []
    return said


async def press(place: Office, data: Json, card: str, person: Person = ANA, channel: str = TEAM) -> Answer:
    return await place.deliver(place.made.in_channel(place.made.executed(data, card, person), channel))


def card_in(answer: Answer) -> Json:
    """Return the card that takes the pressed one's place, which is right."""
    assert answer.body["type"] == "application/vnd.microsoft.card.adaptive"
    card: Json = answer.body["value"]
    assert card_problems(card) == []
    return card


def told(answer: Answer) -> str:
    """Return what whoever pressed is told, and nobody else."""
    assert answer.body["type"] == "application/vnd.microsoft.activity.message"
    words: str = answer.body["value"]
    return words


def plan(place: Office, where: str = GENERAL) -> Subscription | None:
    """Return what is remembered of a channel, if anything."""
    key = channel_key(place.running.conversation.guide)
    rows = place.read("select record from people where person = ? and guide = ?", where, key)
    return from_record(rows[0][0]) if rows else None


def everything_kept(place: Office) -> set[str]:
    """Return whom any table still holds, by id."""
    tables = {"people": "person", "agenda": "person", "outbox": "person", "undeliverable": "person"}
    tables |= {"channel_keepers": "place", "deliveries": "person", "teams_references": "place"}
    return {row[0] for table, name in tables.items() for row in place.read(f"select {name} from {table}")}  # noqa: S608


# Ordering


async def test_by_mention_a_channel_gets_its_weekly_post_whose_button_opens_the_own_chat_of_whoever_presses(
    place: Office, clock: Clock, guide: Guide
):
    [said] = await order(place, WEEKLY)
    assert words_of(said).startswith("Set up: one small idea for this channel, each Monday at 09:30 (Europe/Berlin).")
    local = place.due(GENERAL).astimezone(BERLIN)
    assert (local.weekday(), f"{local:%H:%M}") == (0, "09:30")

    [post] = await place.wake(clock, place.due(GENERAL))

    assert (post.conversation, card_problems(card_of(post.body))) == (TEAM, [])
    [option] = choices(card_of(post.body))
    nudge = guide.nudge_by_id[option.removeprefix("talk:")]
    assert nudge.text.split(",")[0] in words_of(post.body)
    assert "@Lateral nudge stop" in words_of(post.body)
    assert ANA.aad not in json.dumps(post.body)

    [standing] = place.teams.shown(TEAM)
    answer = await press(place, pressed(card_of(standing), option), standing["id"], BEN)

    assert told(answer) == "I wrote to you in our own chat."
    [talk] = place.teams.shown(BEN.chat)
    assert words_of(talk).startswith("You pressed my button in a channel, so here I am. Only you can read this.")
    assert guide.topic_by_id[nudge.topic].answer.replace("*", "")[:40] in words_of(talk)
    assert place.teams.shown(TEAM) == [standing], "the post is as it was"


async def test_without_words_there_is_a_card_on_which_day_and_hour_are_chosen(place: Office, clock: Clock):
    [days] = await order(place, "nudge")
    assert {"nudge:weekly monday", "nudge:weekly tuesday"} <= set(choices(card_of(days)))
    hours = card_in(await press(place, pressed(card_of(days), "nudge:weekly tuesday"), days["id"]))
    done = card_in(await press(place, pressed(hours, "nudge:weekly tuesday 10:00"), days["id"]))
    assert plain(done).startswith("Set up: one small idea for this channel, each Tuesday at 10:00 (Europe/Berlin).")

    [facts] = inputs(done)
    ticked = sent(done, facts["id"], facts["choices"][0]["value"])
    card_in(await press(place, ticked, days["id"]))

    kept = plan(place)
    assert kept is not None
    assert (kept.day, kept.minute, kept.week.zone, len(kept.facts)) == (1, 600, "Europe/Berlin", 1)
    assert len(await place.wake(clock, place.due(GENERAL))) == 1


async def test_a_press_that_comes_as_a_message_is_answered_in_the_thread(place: Office):
    [days] = await order(place, "nudge")
    data = pressed(card_of(days), "nudge:weekly monday")
    await place.deliver(place.made.in_channel(place.made.submitted(data, days["id"]), TEAM, THREAD))
    assert "At what time on Monday?" in words_of(place.teams.shown(f"{TEAM};messageid={THREAD}")[-1])


async def test_each_channel_of_a_team_has_its_own_plan(place: Office, clock: Clock):
    await order(place, WEEKLY)
    await order(place, "nudge weekly friday 11:00 in London", channel=CHANNEL)
    first, second = plan(place), plan(place, OTHER)
    assert first is not None
    assert second is not None
    assert (first.week.zone, second.week.zone, second.day) == ("Europe/Berlin", "Europe/London", 4)
    [post] = await place.wake(clock, place.due(OTHER))
    assert post.conversation == CHANNEL


async def test_it_is_listed_changed_paused_taken_up_again_and_stopped(place: Office, clock: Clock):
    await order(place, WEEKLY)
    moment = place.due(GENERAL)
    assert "each Monday at 09:30" in words_of((await order(place, "nudge list"))[0])
    assert "each Thursday at 14:00" in words_of((await order(place, "nudge change thursday 14:00"))[0])
    assert words_of((await order(place, "nudge pause 2 weeks"))[0]).startswith("Paused.")
    assert place.due(GENERAL) > moment
    assert words_of((await order(place, "nudge resume"))[0]).startswith("It goes on: each Thursday at 14:00")
    assert words_of((await order(place, "nudge stop"))[0]).startswith("Stopped.")
    assert place.read("select * from agenda") == []
    assert await place.wake(clock, moment + timedelta(days=30)) == []


async def test_one_card_may_be_used_again_and_again(place: Office):
    await order(place, WEEKLY)
    [shown] = await order(place, "nudge")
    skip, back = pressed(card_of(shown), "nudge:skip"), {"lateral": {"option": "nudge:resume", "revision": 0}}
    for _ in range(2):
        assert plain(card_in(await press(place, skip, shown["id"]))).startswith("That week is left out.")
        assert plain(card_in(await press(place, back, shown["id"]))).startswith("It goes on")


async def test_an_order_that_is_not_clear_changes_nothing_and_is_told_to_whoever_gave_it(place: Office):
    await place.say("hello")
    [hint] = await order(place, "nudge weekly <at>everyone</at> blurbsday")
    assert words_of(hint) == "I wrote to you in our own chat."
    assert "so nothing was changed" in words_of(place.teams.shown(ANA.chat)[-1])
    assert (plan(place), place.read("select * from agenda")) == (None, [])


async def test_in_a_chat_of_ones_own_nothing_is_ordered(place: Office):
    await place.say("hello")
    data = {"lateral": {"option": "nudge:stop", "revision": 0}}
    answer = await place.deliver(place.made.executed(data, "1:00001"))
    assert told(answer).startswith("Type that in the channel it is for")


async def test_an_order_delivered_twice_is_taken_once(place: Office):
    activity = place.made.mentioned(WEEKLY)
    for _ in range(2):
        await place.deliver(activity)
    assert [version for (version,) in place.read("select version from people")] == [1]


# Who may


async def test_somebody_not_entitled_is_told_kindly_and_alone_whom_to_ask(place: Office):
    await place.say("hello", BEN)
    [hint] = await order(place, WEEKLY, BEN)
    assert words_of(hint) == "I wrote to you in our own chat."
    told_alone = words_of(place.teams.shown(BEN.chat)[-1])
    assert "That is for an owner of this team, or whoever added me to it, to decide." in told_alone
    assert plan(place) is None

    await order(place, WEEKLY)
    before = plan(place)
    [shown] = await order(place, "nudge")
    for option in ("nudge:stop", "nudge:pause", "nudge:skip"):
        answer = await press(place, pressed(card_of(shown), option), shown["id"], BEN)
        assert told(answer).startswith("That is for an owner of this team")
    assert plan(place) == before


async def test_whoever_added_us_may_and_teams_is_not_asked(place: Office):
    await place.deliver(place.made.team_installed(BEN))
    await order(place, WEEKLY, BEN)
    assert plan(place) is not None
    assert [call for call in place.teams.calls if call.method == "GET"] == []


async def test_who_is_forgotten_keeps_no_say_and_leaves_no_trace(place: Office):
    await place.deliver(place.made.team_installed(BEN))
    await place.running.store.forget(BEN.id)
    assert place.read("select * from channel_keepers") == []
    await order(place, WEEKLY, BEN)
    assert plan(place) is None


@pytest.mark.parametrize("role", ["user", "guest", "", "Owner of a cat"])
async def test_only_an_owner_of_the_team_is_one(place: Office, role: str):
    place.teams.people(TEAM, member(BEN, role))
    await order(place, WEEKLY, BEN)
    assert plan(place) is None


async def test_that_somebody_is_an_owner_is_asked_anew_for_each_order(place: Office):
    await order(place, WEEKLY)
    place.teams.people(TEAM, member(ANA, "user"))
    await order(place, "nudge stop")
    kept = plan(place)
    assert kept is not None
    assert kept.stopped is False


async def test_teams_not_answering_is_said_and_nothing_is_noted(place: Office):
    place.teams.fail(server_error(503), times=None, method="GET")
    await place.say("hello")
    await order(place, WEEKLY)
    assert "I could not note that just now" in words_of(place.teams.shown(ANA.chat)[-1])
    assert plan(place) is None


async def test_a_button_says_nothing_of_who_pressed(place: Office):
    data = {"lateral": {"option": f"nudge:{WEEKLY.removeprefix('nudge ')}", "revision": 0, "run": "x", "may": True}}
    answer = await press(place, data, "1:00001", BEN)
    assert told(answer).startswith("That is for an owner of this team")
    assert plan(place) is None


async def test_the_record_of_a_channel_names_nobody(place: Office):
    await order(place, WEEKLY)
    [(record,)] = place.read("select record from people where person = ?", GENERAL)
    assert [name for name in (ANA.user, ANA.aad, ANA.name) if name.encode() in record] == []


# What only whoever asked may read


async def test_a_preview_by_button_is_read_by_whoever_pressed_alone(place: Office, clock: Clock, guide: Guide):
    await order(place, WEEKLY)
    [shown] = await order(place, "nudge")
    words = told(await press(place, pressed(card_of(shown), "nudge:preview"), shown["id"]))
    assert words.startswith("Only you see this.")
    [post] = await place.wake(clock, place.due(GENERAL))
    [option] = choices(card_of(post.body))
    assert guide.nudge_by_id[option.removeprefix("talk:")].text.replace("*", "")[:40] in words


async def test_a_preview_by_mention_goes_to_their_own_chat_whoever_they_are(place: Office):
    await order(place, WEEKLY)
    [hint] = await order(place, "nudge preview", BEN)
    assert words_of(hint) == "I wrote to you in our own chat."
    [shown] = place.teams.shown(BEN.chat)
    assert words_of(shown).startswith("You asked me this in a channel. Only you can read it here.")


async def test_without_a_chat_of_their_own_they_are_told_how_to_get_one(place: Office):
    await order(place, WEEKLY)
    place.teams.fail(Fault(403, "BotNotInConversationRoster"), times=1, conversation="")
    [hint] = await order(place, "nudge preview", BEN)
    assert words_of(hint).startswith("I show that to you alone, and cannot write to you yet")


# Ending


async def test_taking_us_out_of_the_team_ends_all_its_posts_and_leaves_nothing(place: Office, clock: Clock):
    await place.deliver(place.made.team_installed())
    await order(place, WEEKLY)
    await order(place, WEEKLY, channel=CHANNEL)
    moment = place.due(OTHER)
    await place.deliver(place.made.team_installed(action="remove"))
    assert everything_kept(place) - {ANA.id} == set()
    assert await place.wake(clock, moment) == []


async def test_a_channel_that_is_deleted_ends_with_its_posts_and_no_other_does(place: Office):
    await order(place, WEEKLY)
    await order(place, WEEKLY, channel=CHANNEL)
    gone = place.made.in_channel(place.made.met(), TEAM, thread="")
    del gone["membersAdded"]
    data = {**gone["channelData"], "channel": {"id": CHANNEL}, "eventType": "channelDeleted"}
    await place.deliver({**gone, "channelData": data})
    assert plan(place) is not None
    assert {kept for kept in everything_kept(place) if CHANNEL in kept} == set()


async def test_a_channel_that_takes_nothing_more_ends_with_a_reason(
    place: Office, clock: Clock, caplog: pytest.LogCaptureFixture
):
    await order(place, WEEKLY)
    place.teams.fail(blocked(), times=None)
    assert await place.wake(clock, place.due(GENERAL)) == []
    assert everything_kept(place) - {ANA.id} == set()
    assert "posts to" in caplog.text
    assert "MessageWritesBlocked" in caplog.text


async def test_after_that_posts_can_be_set_up_anew(place: Office, clock: Clock):
    await order(place, WEEKLY)
    place.teams.fail(Fault(400, "BadSyntax"), times=1, conversation=TEAM)
    assert await place.wake(clock, place.due(GENERAL)) == []
    assert (plan(place), place.read("select place from teams_references where place = ?", GENERAL)) == (None, [])
    await order(place, WEEKLY)
    assert place.read("select place from teams_references where place = ?", GENERAL) == [(GENERAL,)]


# The operator


async def test_an_operator_holds_posts_too(place: Office, clock: Clock):
    await order(place, WEEKLY)
    await place.running.store.write(partial(switches.write, Switches(held=True)))
    assert await place.wake(clock, place.due(GENERAL)) == []


async def test_nothing_is_posted_before_a_yes(place: Office, clock: Clock):
    await place.deliver(place.made.team_installed())
    await order(place, "nudge")
    assert place.read("select * from agenda") == []
    assert await place.wake(clock, BEGINS + timedelta(days=30)) == []
