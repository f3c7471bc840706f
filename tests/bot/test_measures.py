"""Words that say no more than how much, how often or how sure: an answer where an option says so, else nothing."""

from __future__ import annotations

import pytest

from tests.talking import Conversing

OFTEN = ["often", "sometimes", "rarely", "usually", "mostly", "seldom", "fairly", "now and then", "quite often"]
PARTS = ["most of them", "most", "some of them", "a few", "a few of these", "quite a few", "the first few", "a couple"]


def choosing_assets(talk: Conversing) -> Conversing:
    talk.through_intake()
    talk.press("open:carry")
    return talk


@pytest.mark.parametrize("words", OFTEN)
def test_how_often_is_no_answer_where_several_things_may_be_picked(talk: Conversing, words: str):
    said = choosing_assets(talk).say(words)
    assert said.startswith("I did not catch that. Pick an answer, type its number, or say help.")
    assert (talk.question, "assets" in talk.state.answers) == ("assets", False)


@pytest.mark.parametrize("words", [*OFTEN, *(words for words in PARTS if "first" not in words)])
def test_a_measure_alone_opens_nothing_at_the_menu(talk: Conversing, words: str):
    talk.through_intake()
    assert talk.say(words).startswith("I did not catch that.")
    assert (talk.intent, talk.phase) == ("unknown", "idle")


@pytest.mark.parametrize("words", PARTS)
@pytest.mark.parametrize("section", ["carry", "gains", "plan"])
def test_some_of_several_are_asked_for_by_name(talk: Conversing, section: str, words: str):
    talk.through_intake()
    talk.press(f"open:{section}")
    if section == "plan":
        talk.say("skip", "skip")
    asked = talk.question
    assert talk.say(words).startswith("Which ones? Press them, or type their numbers, such as 1, 2.")
    assert (talk.question, asked in talk.state.answers) == (asked, False)


@pytest.mark.parametrize(
    ("words", "picked"),
    [
        ("all but 7 and 8", ("lead", "tell", "office", "watch", "frame", "papers")),
        ("all except the last", ("lead", "tell", "office", "watch", "frame", "papers", "dates")),
        ("everything apart from 8", ("lead", "tell", "office", "watch", "frame", "papers", "dates")),
        ("no", ()),
        ("nope", ()),
    ],
)
def test_what_is_left_out_of_all_is_left_out(talk: Conversing, words: str, picked: tuple[str, ...]):
    choosing_assets(talk).say(words)
    assert talk.state.answers["assets"] == picked


@pytest.mark.parametrize("words", ["all of them", "1-6", "all but the last"])
def test_more_than_may_be_picked_are_narrowed_down(talk: Conversing, words: str):
    talk.through_intake()
    talk.press("open:gains")
    assert talk.say(words).startswith("That is more than 3. Which 3 matter most?")
    assert talk.question == "wanted"


@pytest.mark.parametrize("words", ["yes", "yes please", "sure"])
def test_a_yes_to_several_is_asked_about(talk: Conversing, words: str):
    assert choosing_assets(talk).say(words).startswith("Which ones?")


def test_how_often_is_an_answer_where_an_option_says_so(talk: Conversing):
    talk.start()
    talk.say("often")
    assert talk.state.answers["pmo"] == "near"


@pytest.mark.parametrize("words", ["could be", "it depends on the day", "hmm"])
def test_whoever_cannot_decide_is_given_time(talk: Conversing, words: str):
    said = choosing_assets(talk).say(words)
    assert said.startswith("Take your time. The nearest answer will do, or say skip to leave this one open.")


@pytest.mark.parametrize("words", ["maybe", "i can't decide", "hmm"])
def test_whoever_cannot_decide_at_the_menu_is_left_free(talk: Conversing, words: str):
    talk.through_intake()
    assert talk.say(words).startswith("That is fine. Pick one of these, ask me anything, or leave it for another day.")


@pytest.mark.parametrize("words", ["good question", "great question"])
def test_whoever_calls_it_a_good_question_has_not_said_yes(talk: Conversing, words: str):
    talk.start()
    talk.say(words)
    assert talk.state.answers["pmo"] == "unsure"
