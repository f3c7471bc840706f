"""Nothing is turned on without a clear yes to it, and nothing is removed without one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide import Guide
from bot.note_wishes import wishes_of
from bot.wording import Wording
from tests.conftest import MONDAY
from tests.talking import Conversing

UNCLEAR = [
    *("fairly sure", "fairly", "pretty sure", "very sure", "quite sure", "rather sure"),
    *("sure thing, maybe", "yes maybe", "maybe yes", "probably yes", "yes i guess", "sounds ok i guess"),
    *("i guess", "i guess so", "i suppose", "i think so", "maybe", "probably", "perhaps", "possibly", "i might"),
    *("hm", "hmm", "sometimes", "often", "rarely", "usually", "mostly", "a bit", "could be", "kind of", "sort of"),
    *("if you want", "whatever", "up to you", "i don't mind", "it depends", "good question", "now and then"),
    *("sure, if it's not too many", "yes but not too often", "yeah maybe later", "yes and no", "so so"),
    *("maybe the reminders", "the reminders i guess", "perhaps a tip", "reminders?", "tips?", "i said maybe"),
    *("i got enough tips from my boss", "tips are annoying", "most of them", "a few of these"),
]
CLEAR = {
    **dict.fromkeys(("yes", "yes please", "sure", "go on then", "sounds good", "ok", "ok then", "👍"), ("reminders",)),
    **dict.fromkeys(("the reminders", "just reminders", "remind me", "1", "the first one"), ("reminders",)),
    **dict.fromkeys(("yes tips", "yes, the tips please", "go on, the tips", "a quick tip each week"), ("tips",)),
    **dict.fromkeys(("steps and tips", "2 and 3", "sure, the steps and the tips"), ("steps", "tips")),
    **dict.fromkeys(("all of them", "everything", "yes to all"), ("reminders", "steps", "tips", "checks")),
}
YES = ("yes", "sure", "ok", "the reminders", "go on then", "tips", "all of them")
DOUBTS = ("maybe", "i guess", "probably", "perhaps", "i suppose", "kind of", "possibly", "if you want", "could be")


def asked_for_notes(talk: Conversing) -> Conversing:
    talk.through_intake()
    talk.press("do:notes")
    return talk


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_is_unclear_turns_no_note_on_and_is_asked_about(talk: Conversing, words: str):
    said = asked_for_notes(talk).say(words)
    assert (wishes_of(talk.guide, talk.state), talk.question) == (None, "notes")
    assert "Would you like a short note from me" in said


@pytest.mark.parametrize("words", ["maybe", "fairly sure", "i guess", "yes but not too often"])
def test_it_is_said_that_a_plain_yes_is_needed(talk: Conversing, words: str):
    assert asked_for_notes(talk).say(words).startswith("I turn nothing on without a plain yes.")


@pytest.mark.parametrize(("words", "kinds"), CLEAR.items())
def test_a_clear_yes_turns_on_what_it_says(talk: Conversing, words: str, kinds: tuple[str, ...]):
    asked_for_notes(talk).say(words)
    assert (talk.state.answers["notes"], talk.question) == (kinds, "notes-usual")


@pytest.mark.parametrize(
    "words", ["no", "nope", "no thanks", "not really", "none", "not now", "no reminders", "not sure"]
)
def test_whoever_does_not_want_any_gets_none(talk: Conversing, words: str):
    asked_for_notes(talk).say(words)
    assert (wishes_of(talk.guide, talk.state), talk.question) == (None, None)


@given(
    st.sampled_from(YES), st.sampled_from(DOUBTS), st.sampled_from(("{yes} {doubt}", "{doubt} {yes}", "{yes}, {doubt}"))
)
def test_a_yes_with_a_doubt_beside_it_turns_nothing_on(guide: Guide, wording: Wording, yes: str, doubt: str, how: str):
    talk = asked_for_notes(Conversing(guide, wording, MONDAY))
    talk.say(how.format(yes=yes, doubt=doubt))
    assert wishes_of(talk.guide, talk.state) is None


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_is_unclear_removes_nothing(talk: Conversing, words: str):
    talk.through_intake()
    talk.say("delete", words)
    assert talk.state is not None
    assert talk.state.answers["pmo"] == "near"


@pytest.mark.parametrize("words", ["i guess", "maybe", "yes maybe", "fairly sure", "sure thing, maybe"])
def test_whoever_half_agrees_to_be_removed_is_asked_once_more(talk: Conversing, words: str):
    talk.through_intake()
    assert talk.say("delete", words).startswith("Nothing is gone yet. Only a plain yes removes it")
    assert talk.phase == "confirm"


@pytest.mark.parametrize("words", ["yes", "yes please", "sure", "ok then", "go on then", "do it"])
def test_a_clear_yes_removes_everything(talk: Conversing, words: str):
    talk.through_intake()
    talk.say("delete", words)
    assert talk.state is None


@pytest.mark.parametrize("words", ["what happens to my data then", "can my boss see this", "what is a pmo", "export"])
def test_what_is_asked_before_removing_is_answered_and_the_question_stays(talk: Conversing, words: str):
    talk.through_intake()
    said = talk.say("delete", words)
    assert said.endswith("It cannot be undone. Shall I delete it?")
    assert talk.phase == "confirm"
    talk.say("yes")
    assert talk.state is None


def test_hard_news_before_removing_lets_go_of_the_question(talk: Conversing):
    talk.through_intake()
    talk.say("delete", "i just got laid off")
    assert (talk.phase, talk.state.confirming) == ("paused", "")


def reminded(talk: Conversing) -> Conversing:
    talk.through_intake()
    talk.through_plan()
    talk.press("do:notes")
    talk.say("the reminders", "yes")
    return talk


@pytest.mark.parametrize("words", ["maybe", "fairly sure", "not sure", "hm", "blorp", "i guess not", "perhaps later"])
@pytest.mark.parametrize("asked", [True, False])
def test_after_a_stop_nothing_is_turned_on_again_by_what_is_unclear(talk: Conversing, words: str, asked: bool):
    reminded(talk)
    if asked:
        talk.press("open:carry")
    before = dict(talk.state.answers)
    talk.say("stop", words)
    assert talk.phase in ("stopped", "paused")
    assert dict(talk.state.answers) == before


@pytest.mark.parametrize("words", ["maybe", "hm", "blorp"])
def test_after_a_stop_it_is_said_how_to_go_on(talk: Conversing, words: str):
    assert (
        reminded(talk).say("stop", words)
        == "I am still quiet, and I send nothing. Say start if you want to talk again."
    )


@pytest.mark.parametrize("words", ["start", "yes", "go on", "let's talk again"])
@pytest.mark.parametrize("asked", [True, False])
def test_after_a_stop_a_plain_wish_goes_on(talk: Conversing, words: str, asked: bool):
    reminded(talk)
    if asked:
        talk.press("open:carry")
    talk.say("stop", words)
    assert talk.state.rest == ""


def test_who_cannot_tell_in_a_pause_skips_nothing(talk: Conversing):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("pause until monday", "not sure")
    assert "assets" not in talk.state.answers
