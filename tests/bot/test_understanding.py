"""What typed words are heard as: commands in every context, answers to options, and honest doubt."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.events import Answered, Event, Puzzled, Wanted
from bot.typed.hearing import Context, Expects, heard
from bot.understanding import Understanding
from tests.bot.options import OFTEN, SCALE, WORK

NOW = datetime(2026, 3, 4, 10)
CONTEXTS: tuple[Context, ...] = ("idle", "scale", "confirm", "date", "text", "choice", "multi")


def expecting(context: Context) -> Expects:
    options = {"scale": SCALE, "choice": OFTEN, "multi": WORK}.get(context, ())
    return Expects(context, options, most=3 if context == "multi" else 1)


def intent_of(event: Event, context: Context = "idle") -> str:
    return heard(event, expecting(context))[0]


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("go back", "back"),
        ("why do you ask", "why"),
        ("help", "help"),
        ("my progress", "progress"),
        ("pause", "pause"),
        ("stop", "stop"),
        ("start over", "restart"),
        ("delete my data", "delete"),
        ("export my data", "export"),
        ("privacy", "privacy"),
        ("my plan", "plan"),
        ("my profile", "profile"),
        ("give me a tip", "tip"),
        ("remind me", "remind"),
        ("resume", "resume"),
        ("thanks", "thanks"),
        ("skip", "skip"),
        ("my cv", "cv"),
    ],
)
def test_a_command_works_whatever_was_asked(understanding, context, typed, intent):
    event = understanding.hear(typed, expecting(context), NOW)

    assert intent_of(event, context) == intent


@pytest.mark.parametrize(
    "typed", ["Skip", "SKIP!", "skp", "skip pls", "um, skip this one please", "skippp", "  skip\u200b  ", "sk\u00edp"]
)
def test_slips_politeness_and_invisible_signs_change_nothing(understanding, typed):
    assert understanding.hear(typed, expecting("scale"), NOW) == Wanted("skip", text=typed)


def test_a_not_turns_a_command_round(understanding):
    wanted = [intent_of(understanding.hear(typed, Expects("idle"), NOW)) for typed in ("stop", "don't stop")]

    assert wanted == ["stop", "resume"]


def test_something_not_done_yet_is_not_done(understanding):
    wanted = [intent_of(understanding.hear(typed, Expects("idle"), NOW)) for typed in ("it is done", "not done yet")]

    assert wanted == ["done", "plan"]


def test_no_tip_is_no_wish_for_a_tip(understanding):
    assert intent_of(understanding.hear("no tip please", Expects("idle"), NOW)) == "stop"


@pytest.mark.parametrize(
    "typed",
    [
        "I stopped a bad project and wrote down why.",
        "We skip the weekly report now; nobody missed it.",
        "risk review with three teams",
        "Moved two dates, then told the sponsor.",
        "2 people now use it",
        "<!channel> *bold* {name}",
    ],
)
def test_free_text_is_the_answer_word_for_word(understanding, typed):
    assert understanding.hear(typed, Expects("text"), NOW) == Answered(text=typed)


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        *((typed, "yes") for typed in ("yes", "go ahead", "why not", "👍", "1")),
        *((typed, "no") for typed in ("no", "rather not", "on second thought, no", "no, keep my data", "2")),
    ],
)
def test_a_confirmation_hears_yes_and_no(understanding, typed, verdict):
    assert understanding.hear(typed, Expects("confirm"), NOW) == Wanted(verdict, text=typed)


@pytest.mark.parametrize("typed", ["depends", "maybe", "yes and no", "not sure", "yes, but later"])
def test_a_confirmation_takes_no_half_yes(understanding, typed):
    assert understanding.hear(typed, Expects("confirm"), NOW) == Puzzled(("yes:", "no:"), typed)


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("remind me in 3 days", ("remind", "2026-03-07")),
        ("ping me tomorrow", ("remind", "2026-03-05")),
        ("pause until Monday", ("pause", "2026-03-09")),
        ("stop until friday", ("pause", "2026-03-06")),
        ("pause", ("pause", None)),
    ],
)
def test_a_reminder_and_a_pause_carry_their_day(understanding, typed, event):
    assert heard(understanding.hear(typed, Expects("idle"), NOW), Expects("idle")) == event


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("a tip about risk", ("tip", "risk-management")),
        ("what skills do I need", ("ask", "skills")),
        ("I shadowed the head of our PMO", ("done", "shadowing")),
        ("my new dashboard is live, mark it done", ("done", "data-visualisation")),
        ("what do I put on my resume", ("cv", None)),
        ("I want to change my answers", ("back", None)),
        ("show me the menu", ("help", None)),
    ],
)
def test_topics_and_actions_are_named_in_the_detail(understanding, guide, typed, meaning):
    assert heard(understanding.hear(typed, Expects("idle"), NOW), Expects("idle"), guide) == meaning


def test_a_topic_within_another_is_reported_as_the_outer_one(understanding, guide):
    event = understanding.hear("which exam is the pfmp", Expects("idle"), NOW)

    assert (event.detail, heard(event, Expects("idle"), guide)) == ("pfmp", ("ask", "certification"))


@pytest.mark.parametrize("typed", ["qwerty", "order me a pizza", "zzzz", "🦆🦆🦆", "!!!", "", " \n\t", "\x00"])
def test_what_is_no_sentence_of_the_guide_is_owned_up_to(understanding, typed):
    assert understanding.hear(typed, Expects("idle"), NOW) == Puzzled((), typed)


def test_a_bare_day_out_of_the_blue_is_asked_about(understanding):
    event = understanding.hear("tomorrow", Expects("idle"), NOW)

    assert event == Puzzled(("remind:2026-03-05", "pause:2026-03-05"), "tomorrow")


def test_heard_reports_a_date_as_iso_and_several_answers_as_a_list():
    multi = expecting("multi")

    assert [
        heard(Answered(day=date(2026, 3, 9)), Expects("date")),
        heard(Answered(options=("fix", "visit")), multi),
        heard(Answered(options=()), multi),
        heard(Answered(text="a word of mine"), Expects("text")),
    ] == [("date", "2026-03-09"), ("answer", [1, 3]), ("answer", None), ("answer", None)]


def test_another_guide_in_the_same_language_is_understood_too(tea):
    understanding = Understanding(tea)
    wanted = [understanding.hear(typed, Expects("idle"), NOW) for typed in ("give me a tip", "pls stop")]

    assert [event.intent for event in wanted if isinstance(event, Wanted)] == ["tip", "stop"]
