"""Lateral on Teams, end to end: what people do there, what the platform does, and what can go wrong."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.teams.app import LARGEST
from adapters.teams.channels import draw_post
from adapters.teams.outgoing import CONTENT_TYPE
from bot.errors import StoreFull
from bot.guide import Guide
from bot.ports import Commit, Owed
from bot.wording import Wording
from tests.adapters.teams.activities import ANA, BEN, CHANNEL, TEAM, Json
from tests.adapters.teams.office import Answer, Office, office
from tests.adapters.teams.reading import card_of, choices, filled, inputs, plain, pressed, words_of
from tests.adapters.teams.standin import TENANT
from tests.adapters.teams.standin_faults import Fault, blocked, hangs, server_error, throttled
from tests.waiting import AT_MOST

CARD = "application/vnd.microsoft.card.adaptive"
WORDS = "application/vnd.microsoft.activity.message"
GENERAL = f"teams:{TENANT}:{TEAM}"


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Office]:
    async with office(tmp_path, guide, wording) as place:
        yield place


def told(answer: Answer) -> str:
    """Return the words that only the one who pressed sees."""
    assert answer.body["type"] == WORDS
    return answer.body["value"]


def first_option(card: Json) -> str:
    """Return the first answer on a card that is neither a way around it nor a menu's."""
    return next(option for option in choices(card) if not option.startswith("do:"))


def references(place: Office) -> dict[str, tuple[str, str]]:
    rows = place.read("select place, kind, conversation from teams_references order by place")
    return {name: (kind, conversation) for name, kind, conversation in rows}


# The card in place


async def test_a_press_is_answered_with_the_next_card_in_its_place_and_nothing_is_posted(place: Office):
    await place.say("hello")
    posted = len(place.posted())

    answer = await place.press("near")

    assert (answer.status, answer.body["statusCode"], answer.body["type"]) == (200, 200, CARD)
    assert "Which of these sounds most like your PMO?" in plain(answer.body["value"])
    assert posted == len(place.posted())
    await place.running.store.flush()
    assert place.read("select count(*) from outbox") == [(0,)]


async def test_a_whole_section_by_presses_is_one_card(place: Office):
    await place.say("hello")
    for option in ("near", "controlling"):
        answer = await place.press(option)
    for _ in range(4):
        card = answer.body["value"]
        answer = await place.press(first_option(card))

    assert len(place.posted()) == 1
    assert len({card for card, _ in place.before[ANA]}) == 1
    assert len(place.answers() or {}) == 6


async def test_typed_words_are_answered_below_and_the_card_above_loses_its_controls(place: Office):
    await place.say("hello")
    [card] = await place.say("yes, often")
    await place.settle()

    above, below = place.seen()
    assert choices(card_of(above)) == {}
    assert "You chose: Yes, I deal with it often" in words_of(above)
    assert choices(card_of(below)) == choices(card_of(card)) != {}


async def test_words_that_answer_nothing_are_not_shown_as_the_answer(place: Office):
    await place.say("hello")
    await place.say("why?")
    await place.settle()

    above, below = place.seen()
    assert choices(card_of(above)) == {}
    assert "why?" not in words_of(above)
    assert "near" in choices(card_of(below))


async def test_a_card_replaced_in_place_is_the_one_that_words_then_close(place: Office):
    await place.say("hello")
    await place.press("near")
    await place.say("2")
    await place.settle()

    above, _ = place.seen()
    assert "Which of these sounds most like your PMO?" in words_of(above)
    assert "They check we follow the rules" in words_of(above) or "2" in words_of(above)
    assert choices(card_of(above)) == {}


async def test_a_client_without_execute_submits_and_the_pressed_card_shows_what_was_chosen(place: Office):
    await place.say("hello")
    data, card = place.find("near")

    [below] = await place.sent(place.made.submitted(data, card))
    await place.settle()

    assert "Which of these sounds most like your PMO?" in words_of(below)
    above = place.seen()[0]
    assert choices(card_of(above)) == {}
    assert "Yes, I deal with it often" in words_of(above)
    assert place.answers() == {"pmo": "near"}


async def test_a_press_delivered_twice_counts_once_and_is_answered_alike(place: Office):
    await place.say("hello")
    data, card = place.find("near")
    activity = place.made.executed(data, card)

    first, second = await place.deliver(activity), await place.deliver(activity)

    assert first == second
    assert place.turns == 2


async def test_two_presses_at_once_are_one_turn(place: Office):
    await place.say("hello")
    data, card = place.find("near")
    made = place.made

    answers = await asyncio.gather(*(place.post(made.executed(data, card)) for _ in range(5)))
    await place.settle()

    assert {answer.status for answer in answers} == {200}
    assert (place.turns, place.answers()) == (2, {"pmo": "near"})


async def test_a_stale_press_says_so_kindly_and_shows_where_the_talk_is(place: Office):
    await place.say("hello")
    data, card = place.find("none")
    await place.say("1")

    answer = await place.execute(data, card)

    said = plain(answer.body["value"])
    assert "That button belongs to an earlier step, so I changed nothing." in said
    assert "Which of these sounds most like your PMO?" in said
    assert place.answers() == {"pmo": "near"}


async def test_a_card_pressed_by_somebody_else_changes_nothing(place: Office):
    await place.say("hello")
    await place.say("hello", BEN)
    data, card = place.find("near")

    answer = await place.execute(data, card, BEN)

    assert told(answer).startswith("That card belongs to somebody else's talk")
    assert (place.answers(), place.answers(BEN)) == ({}, {})


async def test_a_card_pressed_by_somebody_else_with_submit_gets_a_note(place: Office):
    await place.say("hello")
    data, card = place.find("near")

    [note] = await place.sent(place.made.submitted(data, card, BEN), BEN)

    assert note["text"].startswith("That card belongs to somebody else's talk")
    assert place.answers(BEN) is None


async def test_a_card_copied_to_a_channel_works_for_nobody_there(place: Office):
    await place.say("hello")
    data, card = place.find("near")

    answer = await place.deliver(place.made.in_channel(place.made.executed(data, card)))

    assert "only you can read it" in told(answer)
    assert place.answers() == {}


async def test_sending_with_nothing_filled_in_says_what_to_do(place: Office):
    await place.say("hello")
    data, card = place.find("near")
    empty = {"lateral": data["lateral"]}

    assert told(await place.execute(empty, card)).startswith("Nothing is filled in yet.")
    assert place.answers() == {}


async def test_a_written_answer_and_a_day_come_by_form(place: Office):
    card = await _to_free_text(place)
    id_ = place.before[ANA][-1][0]

    answer = await place.execute(filled(card, "I *wrote* {{ 7*7 }} <b>tests</b>"), id_)

    assert answer.body["type"] == CARD
    assert "I *wrote* {{ 7*7 }} <b>tests</b>" in str(place.read("select record from people")[0][0], "utf-8")


async def _to_free_text(place: Office) -> Json:
    """Press on until an own text can be written; return that card."""
    for words in ("hello", "1", "2", "1", "2", "1", "2"):
        await place.say(words)
    answer = await place.press("open:plan")
    while not any(entry["type"] == "Input.Text" for entry in inputs(answer.body["value"])):
        answer = await place.press(first_option(answer.body["value"]))
    card: Json = answer.body["value"]
    return card


async def test_an_answer_that_could_not_be_sent_is_posted_instead(place: Office):
    await place.say("hello")
    data, card = place.find("near")
    raw = json.dumps(place.made.executed(data, card)).encode()
    before = len(place.posted())
    desk = place.server.teams._desk
    handle = desk.handle

    async def slow(arrival):
        handled = await handle(arrival)
        writer.transport.abort()
        await asyncio.wait_for(gone.wait(), AT_MOST)
        return handled

    gone = asyncio.Event()
    host, port = place.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    desk.handle = slow  # type: ignore[method-assign]
    bearer = place.keys.bearer(place.made.service_url, time.time())
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {bearer}\r\nContent-Length: {len(raw)}\r\n\r\n"
    writer.write(head.encode() + raw)
    await writer.drain()
    asyncio.get_running_loop().call_later(0.3, gone.set)
    await place.teams.posted(before + 1)
    await place.settle()

    assert "Which of these sounds most like your PMO?" in words_of(place.seen()[-1])
    assert place.answers() == {"pmo": "near"}


# What the platform does


async def test_a_welcome_comes_once_however_often_the_installation_is_told(place: Office):
    for activity in (place.made.installed(), place.made.met(), place.made.installed(), place.made.met()):
        assert (await place.deliver(activity)).status == 200

    [welcome] = place.seen()
    assert words_of(welcome).startswith("Thank you for adding me. If you take me out of Teams again, all that I keep")
    assert "Hello, I am Lateral." in words_of(welcome)
    assert "near" in choices(card_of(welcome))


async def test_no_second_welcome_where_the_words_came_before_the_installation(place: Office):
    await place.say("Hi")
    await place.deliver(place.made.installed())
    await place.deliver(place.made.installed(action="add-upgrade"))

    assert len(place.seen()) == 1


async def test_taking_the_app_out_removes_everything_and_putting_it_back_welcomes(place: Office):
    await place.deliver(place.made.installed())
    await place.say("1")
    await place.deliver(place.made.installed(action="remove"))
    await place.deliver(place.made.met(gone=True))

    for table, name in (
        ("people", "person"),
        ("outbox", "person"),
        ("deliveries", "person"),
        ("teams_references", "place"),
    ):
        assert place.read(f"select {name} from {table}") == []  # noqa: S608
    before = len(place.posted())
    await place.deliver(place.made.installed())
    assert "Hello, I am Lateral." in words_of(place.posted(0)[before].body)


async def test_taking_the_app_out_in_mid_talk_ends_what_waits_to_be_sent(place: Office):
    await place.say("hello")
    place.teams.fail(throttled(30), times=None)
    await place.say("1")
    late = place.made.said("2")
    await place.deliver(place.made.installed(action="remove"))
    await place.deliver(late)

    assert place.read("select count(*) from outbox") == [(0,)]
    assert place.answers() is None
    assert references(place) == {}


async def test_an_uninstall_told_late_does_not_undo_a_newer_installation(place: Office):
    late = place.made.installed(action="remove")
    await place.deliver(place.made.installed())
    await place.say("1")

    await place.deliver(late)

    assert place.answers() == {"pmo": "near"}


async def test_a_conversation_in_which_nothing_can_be_said_is_ended_with_a_reason(place: Office):
    await place.say("hello")
    place.teams.fail(blocked(), times=None)
    await place.say("1")

    assert place.read("select reason from undeliverable") == [("MessageWritesBlocked",)]
    [(at,)] = place.read("select blocked_at from teams_references")
    assert at > 0
    calls = len(place.teams.calls)
    place.teams.heal()
    await place.say("2")
    assert len(place.teams.calls) > calls, "who writes again does not block us"
    assert place.read("select blocked_at from teams_references") == [(None,)]


@pytest.mark.parametrize("fault", [throttled(0), server_error(503), Fault(412, "PreconditionFailed")], ids=str)
async def test_what_is_refused_for_now_is_sent_later_once_and_in_order(place: Office, fault: Fault):
    place.teams.fail(fault, times=1)
    await place.say("hello")
    await place.say("1")
    await place.teams.posted(2)
    await place.settle()

    assert [words_of(m).split(".")[0] for m in place.seen()] == ["Hello, I am Lateral", "Good"]


async def test_edits_reactions_typing_and_bots_change_nothing(place: Office):
    await place.say("hello")
    said = place.made.said("1")
    quiet = [
        place.made.edited("1"),
        *({**place.made.said("1"), "type": kind} for kind in ("messageDelete", "messageReaction", "typing", "event")),
        {**place.made.said("1"), "type": "surprise"},
        {**place.made.said("1"), "from": {"id": "28:other", "name": "Other"}},
        {**place.made.said("1"), "from": said["recipient"]},
        {**place.made.met(), "membersAdded": [{"id": BEN.user}]},
    ]
    for activity in quiet:
        assert (await place.deliver(activity)).status == 200
    assert (place.turns, len(place.posted())) == (1, 1)
    assert dict(place.server.teams.dropped) == {"surprise": 1}


async def test_messages_out_of_order_are_each_taken_once(place: Office):
    first, second = place.made.said("hello"), place.made.said("1")
    for activity in (second, first, second, first):
        await place.deliver(activity)

    assert place.turns == 2


async def test_a_picture_without_words_is_answered(place: Office):
    await place.say("hello")
    picture = {
        **place.made.said(""),
        "attachments": [{"contentType": "image/png", "contentUrl": "https://x.test/a.png"}],
    }

    [answer] = await place.sent(picture)

    assert "near" in choices(card_of(answer))


@pytest.mark.parametrize("words", ["Hi", "Hello", "Help", "hi ", "HELP"])
async def test_the_words_every_bot_must_know_are_answered_at_any_point(place: Office, words: str):
    assert await place.say(words)
    await place.say("1")
    assert await place.say(words)


# Who may call


async def test_what_cannot_be_read_is_400_and_what_is_not_proved_401(place: Office):
    assert (await place.post(b"{")).status == 400
    assert (await place.post(b"[" * 200_000)).status == 400
    assert (await place.post(b"[]")).status == 400
    assert (await place.post(b"x" * (LARGEST + 1))).status == 413
    assert (await place.post(place.made.said("hello"), "Bearer nonsense")).status == 401
    assert (await place.post(place.made.said("hello"), "")).status == 401
    assert place.turns == 0


async def test_another_tenant_is_403_before_anything_is_touched(place: Office):
    stranger = replace(ANA, tenant="99999999-2222-4333-8444-555555555555")
    assert (await place.post(place.made.said("hello", stranger))).status == 403
    assert (await place.post({**place.made.said("hello"), "channelId": "emulator"})).status == 403
    assert (place.turns, references(place)) == (0, {})


@pytest.mark.parametrize("name", ["from", "recipient", "conversation", "id", "name", "value", "entities", "text"])
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [[]], {"id": 7}, {"id": "\ud800"}])
async def test_a_field_of_another_form_breaks_nothing(place: Office, name: str, value: object):
    for made in (place.made.said("hello"), place.made.executed({"lateral": {}}, "1"), place.made.searched("risk")):
        made[name] = value
        assert (await place.deliver(made)).status in (200, 403, 501)


# Where others read


async def test_a_team_gets_one_short_post_when_we_are_added(place: Office):
    added = place.made.in_channel(place.made.met(), thread="")
    for activity in (place.made.team_installed(), added, place.made.team_installed()):
        await place.deliver(activity)

    [post] = place.teams.shown(TEAM)
    assert words_of(post).startswith("Hello, I am Lateral. I help project managers find out")
    assert "I post nothing here unasked." in words_of(post)
    assert "For one small idea a week in this channel, an owner of the team, or whoever added me" in words_of(post)
    assert list(choices(card_of(post)).values()) == ["Talk to me alone"]
    assert references(place) == {GENERAL: ("team", TEAM)}
    [(user, aad, zone)] = place.read("select user, aad, zone from teams_references")
    assert (user, aad, zone) == ("", "", "")


async def test_a_mention_is_answered_in_its_thread_and_nothing_personal_is_there(place: Office):
    await place.say("hello")
    await place.deliver(place.made.mentioned("what are the downsides?"))

    [answer] = place.teams.shown(f"{TEAM};messageid=1700000000999")
    assert words_of(answer).startswith("A move to the PMO has real downsides:")
    assert "Where you stand" not in words_of(answer)
    assert choices(card_of(answer)) == {}


async def test_who_tells_of_something_hard_in_a_channel_is_answered_alone(place: Office):
    await place.say("hello")
    await place.deliver(place.made.mentioned("I hate my boss"))

    assert place.teams.shown(f"{TEAM};messageid=1700000000999") == []
    assert any(words_of(card).startswith("I am sorry it is this hard.") for card in place.seen())


async def test_who_can_not_be_written_to_alone_is_answered_in_the_thread(place: Office):
    place.teams.fail(Fault(403, "BotNotInConversationRoster"))
    await place.deliver(place.made.mentioned("I hate my boss"))

    [answer] = place.teams.shown(f"{TEAM};messageid=1700000000999")
    assert words_of(answer).startswith("I am sorry it is this hard.")


@pytest.mark.parametrize(
    ("words", "begins"), [("tip", ""), ("tip risk", ""), ("hello", "Here I can"), ("", "Here I can")]
)
async def test_mentions_by_command(place: Office, words: str, begins: str):
    await place.deliver(place.made.mentioned(words))

    [answer] = place.teams.shown(f"{TEAM};messageid=1700000000999")
    assert words_of(answer).startswith(begins)


async def test_the_nearest_topics_are_named_where_no_buttons_stand(place: Office):
    await place.deliver(place.made.mentioned("tip elephants"))

    [answer] = place.teams.shown(f"{TEAM};messageid=1700000000999")
    assert words_of(answer).startswith(
        "Nobody wrote a tip on “elephants” yet.\n\nHere is what I know most about:\n\n- "
    )
    assert choices(card_of(answer)) == {}


async def test_what_is_said_in_a_channel_to_others_is_not_for_us(place: Office):
    await place.deliver(place.made.in_channel(place.made.said("hello")))
    assert (place.turns, place.posted()) == (0, [])


async def _post_to_channel(place: Office, about: str) -> Json:
    message = draw_post("A line for everyone.", "Talk to me about this", about)
    await place.deliver(place.made.team_installed())
    commit = Commit(GENERAL, "nudges", "", 0, b"{}", (message,), GENERAL)
    done = await place.running.store.commit(commit)
    place.server.teams.courier.hand([Owed(done.owed[0], GENERAL, GENERAL, message)])
    await place.settle()
    return place.teams.shown(TEAM)[-1]


async def test_the_button_of_a_channel_post_opens_the_own_chat_at_the_right_place(place: Office, guide: Guide):
    nudge = guide.nudges[0]
    post = await _post_to_channel(place, nudge.id)
    data = pressed(card_of(post), f"talk:{nudge.id}")

    answer = await place.deliver(place.made.in_channel(place.made.executed(data, post["id"])))

    assert told(answer) == "I wrote to you in our own chat."
    [card] = place.teams.shown(ANA.chat)
    assert words_of(card).startswith("You pressed my button in a channel, so here I am. Only you can read this.")
    assert guide.topic_by_id[nudge.topic].title in words_of(card) or guide.topic_by_id[nudge.topic].answer[
        :20
    ] in words_of(card)
    assert references(place)[ANA.id] == ("personal", ANA.chat)
    assert [m["id"] for m in place.teams.shown(TEAM)][-1] == post["id"], "the post is as it was"


async def test_the_same_button_may_be_pressed_again_on_another_day(place: Office):
    post = await _post_to_channel(place, "N01")
    data = pressed(card_of(post), "talk:N01")
    for _ in range(2):
        await place.deliver(place.made.in_channel(place.made.executed(data, post["id"])))
    assert len(place.teams.shown(ANA.chat)) == 2


async def test_without_the_app_the_button_says_how_to_add_it(place: Office):
    post = await _post_to_channel(place, "N01")
    data = pressed(card_of(post), "talk:N01")
    place.teams.fail(Fault(403, "BotNotInConversationRoster"), times=None)

    answer = await place.deliver(place.made.in_channel(place.made.executed(data, post["id"])))

    assert told(answer).startswith("I cannot write to you yet: in Teams, open Apps")
    assert ANA.id not in references(place)


async def test_taking_us_out_of_a_team_forgets_all_its_channels(place: Office):
    await place.deliver(place.made.team_installed())
    await place.deliver(place.made.mentioned("tip", channel=CHANNEL))
    assert set(references(place)) == {GENERAL, f"teams:{TENANT}:{CHANNEL}"}

    await place.deliver(place.made.team_installed(action="remove"))

    assert references(place) == {}
    assert place.read("select count(*) from people") == [(0,)]


# Tips to insert, and other things that want an answer at once


async def test_the_search_begins_with_a_page_of_tips(place: Office, guide: Guide):
    answer = await place.deliver(place.made.searched())
    found = answer.body["composeExtension"]
    assert (found["type"], len(found["attachments"])) == ("result", 25)
    rest = await place.deliver(place.made.searched(skip=25))
    titles = [entry["preview"]["content"]["text"] for entry in rest.body["composeExtension"]["attachments"]]
    assert len(titles) == min(25, len(guide.tips) - 25)
    assert (place.turns, references(place)) == (0, {})


async def test_the_search_finds_by_topic_and_says_when_there_is_nothing(place: Office):
    found = (await place.deliver(place.made.searched("risk"))).body["composeExtension"]
    assert found["attachments"][0]["preview"]["content"]["text"]
    assert found["attachments"][0]["content"]["type"] == "AdaptiveCard"
    nothing = (await place.deliver(place.made.searched("zzqx vvk"))).body["composeExtension"]
    assert (nothing["type"], nothing["text"][:23]) == ("message", "I have no tip like that")


async def test_a_tip_inserted_into_ones_own_chat_is_no_answer_to_anything(place: Office):
    await place.say("hello")
    found = (await place.deliver(place.made.searched("risk"))).body["composeExtension"]
    turns = place.turns
    tip = {"contentType": CONTENT_TYPE, "content": found["attachments"][0]["content"]}
    [said] = await place.sent({**place.made.said(""), "attachments": [tip]})
    assert words_of(said).startswith("That card stays here for you to come back to.")
    assert place.turns == turns


async def test_a_rating_is_taken_and_unknown_invokes_are_counted(place: Office):
    assert (await place.deliver(place.made.invoked("message/submitAction", {"actionName": "feedback"}))).status == 200
    task = await place.deliver(place.made.invoked("task/fetch", {}))
    assert task.body["task"]["type"] == "message"
    assert (await place.deliver(place.made.invoked("something/else", {}))).status == 501
    assert dict(place.server.teams.dropped) == {"task/fetch": 1, "something/else": 1}


# What is kept of people


async def test_a_reference_is_written_once_and_again_only_when_it_changed(place: Office):
    await place.say("hello")
    writes: list[str] = []
    keep = place.server.teams.references.keep

    async def noted(reference):
        writes.append(reference.locale)
        await keep(reference)

    place.server.teams.references.keep = noted  # type: ignore[method-assign]
    await place.say("1")
    await place.say("back")
    await place.sent({**place.made.said("1"), "locale": "de-DE"})

    assert writes == ["de-DE"]
    [row] = place.read("select tenant, service_url, conversation, user, aad, locale, zone from teams_references")
    assert row == (TENANT, place.made.service_url, ANA.chat, ANA.user, ANA.aad, "de-DE", "Europe/Berlin")


async def test_without_the_directorys_id_the_one_our_bot_knows_decides(place: Office):
    await place.say("hello")
    anonymous = place.made.said("1")
    del anonymous["from"]["aadObjectId"]
    await place.sent(anonymous)

    assert place.answers() == {"pmo": "near"}

    guest = replace(BEN, aad="")
    await place.say("hello", guest)
    await place.say("1", guest)
    assert place.answers(guest) == {"pmo": "near"}
    await place.say("2", BEN)
    assert place.answers(guest) == {"pmo": "near", "kind": "controlling"}
    assert place.answers(BEN) is None


async def test_forgetting_leaves_nothing_but_the_receipt_which_survives_a_failure(place: Office):
    await place.say("hello")
    await place.say("delete everything about me")
    place.teams.fail(server_error(503), times=1)
    await place.say("yes")

    assert references(place) == {}
    assert len(place.read("select place from teams_farewells")) <= 1
    await place.teams.posted(3)
    await place.settle()
    await place.running.store.flush()
    assert words_of(place.seen()[-1]).startswith("Done. I removed your answers")
    for table in ("people", "outbox", "deliveries", "teams_references", "teams_farewells"):
        found = place.read(f"select * from {table}")  # noqa: S608
        assert [row for row in found if any(ANA.id == value for value in row)] == []


async def test_forgetting_by_press_leaves_nothing_either(place: Office):
    await place.say("hello")
    await place.say("delete everything about me")
    answer = await place.press("yes")

    assert plain(answer.body["value"]).startswith("Done. I removed your answers")
    await place.running.store.flush()
    tables = ("people", "outbox", "teams_references", "teams_farewells")
    counts = [place.read(f"select count(*) from {table}") for table in tables]  # noqa: S608
    assert counts == [[(0,)]] * 4


async def test_where_nothing_can_be_noted_the_person_is_told(place: Office, monkeypatch: pytest.MonkeyPatch):
    await place.say("hello")
    data, card = place.find("near")

    async def full(*_: object) -> None:
        raise StoreFull

    monkeypatch.setattr(place.running.store, "commit", full)

    assert told(await place.execute(data, card)).startswith("I could not note that just now")
    answer = await place.deliver(place.made.said("1"))
    assert answer.status == 503
    assert words_of(place.seen()[-1]).startswith("I could not note that just now")


async def test_a_service_that_hangs_holds_up_nobody_else(place: Office):
    await place.say("hello")
    place.teams.fail(hangs(), times=None, conversation=ANA.chat)
    answer = await place.post(place.made.said("1"))
    assert answer.status == 200
    start = len(place.posted())
    await place.post(place.made.said("hello", BEN))
    await place.teams.until(lambda: len(place.posted(0)) > start)
    assert place.answers() == {"pmo": "near"}
    place.teams.heal()
    place.teams.release()
    await place.settle()


# More than one at once


async def test_the_pages_about_us_are_there(place: Office):
    for name in ("about", "privacy", "terms", "healthz", "readyz"):
        async with place.session.get(f"{place.url}/{name}") as answer:
            assert answer.status == 200
