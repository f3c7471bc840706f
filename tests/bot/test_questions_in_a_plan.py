"""A question typed where a part of a plan line is asked for is answered, and never becomes that part."""

from __future__ import annotations

import pytest

from tests.talking import Conversing

PARTS = ("words", "obstacle", "cue")


def asked_for(talk: Conversing, part: str) -> Conversing:
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say(*("keep", "no time")[: PARTS.index(part)])
    return talk


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "words",
    [
        "can i do it next month",
        "what do you mean by that",
        "why does it need an if",
        "what is shadowing?",
        "do i have to",
    ],
)
def test_a_question_is_no_part_of_the_line(talk: Conversing, part: str, words: str):
    asked_for(talk, part).say(words)
    assert (talk.question, f"{part}.1" in talk.state.answers) == (f"{part}.1", False)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "words", ["ask if I can join", "when I get back from leave", "how projects are picked", "do it with my team"]
)
def test_what_only_begins_like_one_is_kept(talk: Conversing, part: str, words: str):
    asked_for(talk, part).say(words)
    assert talk.state.answers[f"{part}.1"] == words


@pytest.mark.parametrize("words", ["is it ok if i dont know", "what if i have no idea?"])
def test_a_doubt_put_as_a_question_passes_the_question_by(talk: Conversing, words: str):
    talk.through_intake()
    talk.press("open:plan")
    assert talk.say(words).startswith("That is fine. I leave this one open.")
    assert (talk.state.answers["wish"], talk.question) == ("", "better")


def test_whoever_asks_what_a_question_means_is_told_what_it_is_for(talk: Conversing):
    talk.start()
    said = talk.say("what do you mean?")
    assert said.startswith("PMOs differ, and so do projects.")


@pytest.mark.parametrize("words", ["fewer late nights", "less of that"])
def test_where_there_are_no_notes_less_is_about_something_else(talk: Conversing, words: str):
    talk.through_intake()
    talk.say(words)
    assert (talk.intent, talk.question) == ("unknown", None)


def test_what_somebody_else_might_say_is_no_answer(talk: Conversing):
    talk.through_intake()
    talk.press("do:notes")
    talk.submit({"notes": ("tips",)})
    talk.say("my boss might say no")
    assert (talk.question, "notes-usual" in talk.state.answers) == ("notes-usual", False)


def test_a_short_form_asks_what_is_meant(talk: Conversing):
    talk.start()
    assert talk.say("wdym").startswith("PMOs differ, and so do projects.")
