"""Buttons are read whole: on Slack and on Teams, all through a talk, none of the guide's labels is cut off.

Only where a step is chosen may a button be: steps are sentences, and stand in full above.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.slack import limits as slack_limits
from adapters.slack.outgoing import draw as draw_for_slack
from adapters.teams import limits as teams_limits
from adapters.teams.outgoing import draw as draw_for_teams
from adapters.teams.stamps import Stamp
from bot.handlers.settling import show_settings
from bot.messages import Message
from bot.talk import Talk
from tests.talking import Conversing

WORDS = (
    "menu",
    "progress",
    "profile",
    "plan",
    "help",
    "why",
    "tip",
    "cv",
    "practice",
    "templates",
    "answers",
    "privacy",
)
CHANGES = ("change", "make it smaller", "swap it", "done 1", "notes", "stop notes", "delete", "no", "tip about dragons")


def whole_talk(talk: Conversing) -> Iterator[Message]:
    """Yield what is said from hello to a plan that is lived, and at every line of every menu."""
    talk.start()
    yield from talk.messages
    for take in (talk.through_quick_six, talk.through_plan):
        take()
        yield from talk.messages
    for item in talk.guide.menu:
        talk.press(f"open:{item.opens}" if item.opens else f"do:{item.does}:{item.detail}".rstrip(":"))
        yield from talk.messages
        talk.say("menu")
    for words in (*WORDS, *CHANGES):
        talk.say(words)
        yield from talk.messages
    for question in talk.guide.question_by_id:
        talk.press(f"edit:{question}")
        yield from talk.messages
    assert talk.state is not None
    talk.submit({"notes": ("reminders", "tips")})
    yield from talk.wording.word((show_settings(Talk(talk.guide, talk.state, talk.now)),))


def each_in(payload: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(payload, Mapping):
        yield payload
    for inner in payload.values() if isinstance(payload, Mapping) else payload if isinstance(payload, list) else ():
        yield from each_in(inner)


def labelled(talk: Conversing) -> Iterator[Message]:
    return (message for message in whole_talk(talk) if message.about not in ("which_one", "ask_line"))


def is_cut(words: str, shown: int) -> bool:
    return len(words) > shown or words.endswith("…")


def test_no_button_on_slack_is_cut_off(talk: Conversing):
    drawn = [each for message in labelled(talk) for each in each_in(draw_for_slack(message, 1))]
    buttons = {each["text"]["text"] for each in drawn if each.get("type") == "button"}
    assert len(buttons) > 60
    assert sorted(words for words in buttons if is_cut(words, slack_limits.BUTTON_SHOWN)) == []


def test_no_button_on_teams_is_cut_off(talk: Conversing):
    cards = [json.loads(json.dumps(draw_for_teams(message, Stamp(1)), default=dict)) for message in labelled(talk)]
    buttons = {each["title"] for each in each_in(cards) if each.get("type") == "Action.Execute"}
    assert len(buttons) > 60
    assert sorted(words for words in buttons if is_cut(words, teams_limits.BUTTON_SHOWN)) == []
