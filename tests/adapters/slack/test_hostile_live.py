"""Whatever people type, and wherever, the running app sends Slack only what it takes, and nothing of it is obeyed."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack import hostile
from tests.adapters.slack.blockkit import problems
from tests.adapters.slack.pressing import with_deed
from tests.adapters.slack.standin_world import ANA, GENERAL, TEAM
from tests.adapters.slack.workplace import Answer, Workplace, workplace

few = settings(max_examples=12)
typed = st.builds(
    lambda words, is_escaped: html.escape(words, quote=False) if is_escaped else words, hostile.words, st.booleans()
)
"""Words as Slack hands them on: escaped when they were typed, bare when Slack itself took them for a mention."""

REACHING_A_FREE_QUESTION = ("hello", "1", "2", "1", "2", "1", "2")
LINE = "Cut two meetings."
"""What the words follow where blank ones would not be kept."""
OURS = f"https://lateral-one.slack.com/archives/{GENERAL}/p"
"""How the address of a message that is kept as evidence begins."""


Opening = Callable[[], AbstractAsyncContextManager[Workplace]]


@pytest.fixture(scope="session")
def at_work(tmp_path_factory: pytest.TempPathFactory, guide: Guide, wording: Wording) -> Opening:
    """What runs Lateral anew, for each example by itself."""

    def opening() -> AbstractAsyncContextManager[Workplace]:
        return workplace(tmp_path_factory.mktemp("hostile"), guide, wording)

    return opening


def wrong(sent: dict[str, Any]) -> list[Any]:
    """Return what Slack would refuse in a payload, and what it would read as mark-up but for our own links."""
    drawn = sent if "type" in sent else {name: sent[name] for name in ("text", "blocks")}
    obeyed = [node for node in hostile.obeyed(drawn) if not str(node.get("url", "")).startswith(OURS)]
    return [*problems(drawn), *obeyed]


def all_wrong(place: Workplace, *answers: Answer) -> list[Any]:
    """Return what is wrong with all that Slack received, in calls and in answers to requests."""
    received = [drawing.payload for drawing in place.slack.drawings]
    received += [json.loads(answer.text) for answer in answers if answer.text]
    return [each for sent in received for each in wrong(sent)]


def refusals(place: Workplace) -> list[tuple[str, str]]:
    return [(call.method, call.outcome) for call in place.slack.calls if call.outcome != "ok"]


def kept(place: Workplace) -> dict[str, Any]:
    rows = place.read("select record from people where person = ?", f"slack:{TEAM}:{ANA}")
    return dict(json.loads(rows[0][0]))


async def asked_freely(place: Workplace) -> dict[str, Any]:
    """Talk until something is asked that is answered in one's own words; return that message."""
    for words in REACHING_A_FREE_QUESTION:
        await place.say(words)
    await place.press("open:plan")
    return place.direct()[-1]


async def look_back(place: Workplace) -> list[Answer]:
    """Let everything be shown that repeats what a person wrote."""
    await place.deliver(place.made.home_opened())
    for words in ("plan", "profile", "cv"):
        await place.say(words)
    return [await place.deliver(place.made.command("/lateral", word)) for word in ("profile", "export")]


@few
@given(typed)
async def test_words_typed_in_a_direct_message(at_work: Opening, words: str):
    async with at_work() as place:
        await asked_freely(place)
        await place.say(words)
        answers = await look_back(place)

        assert ([], []) == (all_wrong(place, *answers), refusals(place))


@few
@given(hostile.words)
async def test_words_written_in_a_modal(at_work: Opening, words: str):
    async with at_work() as place:
        message = await asked_freely(place)
        before = kept(place)
        action = with_deed(message, "write") | {"action_ts": place.made._ts()}
        await place.deliver(place.made.act_raw(message, action))
        (opened,) = place.slack.made("views.open")
        await place.deliver(place.made.submitted(opened.answer["view"], {"lateral:words": f"{LINE} {words}"}))
        answers = await look_back(place)

        assert (False, True) == (LINE in json.dumps(before), LINE in json.dumps(kept(place)))
        assert ([], []) == (all_wrong(place, *answers), refusals(place))


@few
@given(typed)
async def test_words_typed_after_the_command_for_a_tip(at_work: Opening, words: str):
    async with at_work() as place:
        tip = await place.deliver(place.made.command("/pmo-tip", words))
        other = await place.deliver(place.made.command("/lateral", words))

        # An order for a channel is answered after it was acknowledged, all else in the acknowledgement.
        ordered = words.lower().split()[:1] in (["nudge"], ["nudges"])
        assert (True, not ordered) == ("blocks" in tip.text, "blocks" in other.text)
        assert ([], []) == (all_wrong(place, tip, other), refusals(place))


@few
@given(typed, st.sampled_from(["", "what is ", "tip "]))
async def test_words_said_to_lateral_in_a_channel(at_work: Opening, words: str, before: str):
    async with at_work() as place:
        mention = place.made.mentioned(before + words)
        ts = mention.payload["event"]["ts"]
        place.slack.team().channels[GENERAL].messages[ts] = {"ts": ts, "text": "", "user": ANA}
        await place.deliver(mention)

        assert {GENERAL} == {call.arguments["channel"] for call in place.posted()}
        assert ([], []) == (all_wrong(place), refusals(place))


@few
@given(typed)
async def test_words_typed_after_the_word_for_a_channels_posts(at_work: Opening, words: str):
    async with at_work() as place:
        answer = await place.deliver(place.made.command("/lateral", f"nudge {words}"))
        await place.deliver(place.made.mentioned(f"nudge {words}"))

        assert 1 == len(place.slack.made("chat.postEphemeral"))
        assert ([], []) == (all_wrong(place, answer), refusals(place))


@few
@given(typed)
async def test_words_of_a_message_kept_as_evidence(at_work: Opening, words: str):
    async with at_work() as place:
        await place.say("hello")
        await place.deliver(place.made.shortcut("save_as_evidence", words))
        (opened,) = place.slack.made("views.open")
        await place.deliver(place.made.submitted(opened.answer["view"], {"lateral:words": f"{LINE} {words}"}))
        answers = await look_back(place)

        record = json.dumps(kept(place))
        assert (True, True) == (LINE in record, OURS in record)
        assert ([], []) == (all_wrong(place, *answers), refusals(place))
