"""Answers in a person's own words: short ones, loose ones, and those in which a number counts something else."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Answered, Puzzled
from bot.guide import Guide
from bot.typed.hearing import Expects, heard
from tests.talking import Conversing

NOW = datetime(2026, 3, 4, 10)
SAID = [
    ("pmo", "we used to, they closed it", "none"),
    ("pmo", "there is one at HQ", "far"),
    ("pmo", "we got one", "near"),
    ("pmo", "yea we got 1", "near"),
    ("pmo", "we haven't got one", "none"),
    ("pmo", "not any more I am afraid, it was dissolved", "none"),
    ("pmo", "they closed it last year, I'm afraid", "none"),
    ("pmo", "I am a contractor, the client has one but I am not allowed in their meetings", "client"),
    ("pmo", "yes but I do not talk to them often", "far"),
    ("pmo", "I don't know if we have one", "unsure"),
    ("kind", "they mostly nag us about status reports", "controlling"),
    ("kind", "helpful bunch", "supportive"),
    ("pull", "the data side yes", "partly"),
    ("hours", "one afternoon", "4"),
    ("hours", "5", "4"),
    ("C1.2", "yes i ran three of these", "y"),
    ("C1.2", "in my last job yes", "y"),
    ("C1.2", "never needed to", "o"),
    ("C1.sure", "pretty confident", "m"),
    ("C1.sure", "quite confident", "m"),
    ("C1.sure", "quite", "m"),
    ("C1.sure", "rather sure", "m"),
    ("C1.2", "mostly", "y"),
    ("pull", "Somewhat, I like the overview", "partly"),
    ("kind", "They mostly make sure that everyone fills in the right templates and passes the gates.", "controlling"),
    ("kind", "They send us templates and answer questions if we have any", "supportive"),
    ("rung", "I think I would like to lead a PMO team one day, so manager perhaps.", "manager"),
    ("rung", "my manager thinks the second one suits me", "manager"),
    ("notes-day", "thurs", "3"),
    ("notes-often", "2", "2"),
    ("notes-time", "11 am", "11.00"),
]


ELSE = {
    "I don't believe you": "help",
    "show me proof it works": "help",
    "I'd rather not say": "skip",
    "hi got 5 min, what is this": "help",
    "i don't want this any more": "stop",
    "remind me tomorrow at 3pm": "remind",
}
"""What is no answer, though it holds a no; the topics about this guide are reported as help."""


def at(guide: Guide, question: str) -> Expects:
    return Expects("choice", guide.question_by_id[question].options)


@pytest.mark.parametrize(("question", "typed", "option"), SAID)
def test_it_is_heard_as_the_option_it_means(understanding, guide, question, typed, option):
    assert understanding.hear(typed, at(guide, question), NOW) == Answered(options=(option,))


@pytest.mark.parametrize(("typed", "intent"), ELSE.items())
@pytest.mark.parametrize("question", ["pmo", "grade", "C1.2", "notes"])
def test_a_wish_is_no_answer_though_it_holds_a_no(understanding, guide, question, typed, intent):
    expects = at(guide, question)
    assert heard(understanding.hear(typed, expects, NOW), expects, guide)[0] == intent


def test_several_answers_may_be_named_in_a_row(understanding, guide):
    asked = guide.question_by_id["notes"]
    event = understanding.hear("steps, tips", Expects("multi", asked.options, asked.most), NOW)
    assert event == Answered(options=("steps", "tips"))


def test_a_number_that_is_one_options_place_and_anothers_name_is_asked_about(understanding, guide):
    event = understanding.hear("2", at(guide, "notes-time"), NOW)
    assert event == Puzzled(("10.00", "14.00"), "2")


def test_a_line_of_a_menu_further_up_can_be_typed_as_it_can_be_pressed(talk: Conversing):
    talk.through_intake()
    labels = [item.label for item in talk.guide.menu if item.opens and not item.within]
    for label in labels:
        talk.say("what are the downsides?")
        pressed = next(item.opens for item in talk.guide.menu if item.label == label)
        talk.say(label)
        assert talk.state.section == pressed, label
        talk.say("menu")


@pytest.mark.parametrize("words", ["partly", "yes I do that", "he said yes"])
def test_without_a_plan_nothing_is_heard_about_a_step_of_it(talk: Conversing, words: str):
    talk.start()
    talk.say("1", "1", "1")
    said = talk.say(words)
    assert ("You have no plan yet" in said, talk.question) == (False, "rung")


def test_a_span_with_its_unit_written_short_is_heard_beside_other_words(talk: Conversing):
    talk.start()
    talk.say("3", "1", "1", "max 1h or i miss my target")
    assert talk.state.answers["hours"] == "1"


def test_who_wants_no_reminders_keeps_the_talk(talk: Conversing):
    talk.start()
    talk.say("3", "no reminders please")
    assert talk.state.rest == ""


def test_a_yes_with_a_worry_is_a_worry(talk: Conversing):
    talk.start()
    talk.say("1", "1")
    assert talk.say("yes but id be seen as admin").startswith("Some people do see PMO work as overhead")
    assert talk.question == "pull"


@pytest.mark.parametrize(
    ("answers", "words", "question", "answer"),
    [
        ((), "I used to say daily, but since the reorg it is more like once a quarter", "pmo", "far"),
        (("1",), "They run things. No wait, they only check things.", "kind", "controlling"),
        (("3",), "Manager. Or no, let me be modest, analyst.", "rung", "analyst"),
        (("3", "1"), "Higher, no, on reflection the same.", "grade", "same"),
        (("3", "1", "1"), "no clue, workload changes all the time", "hours", "unsure"),
    ],
)
def test_who_corrects_themselves_within_a_sentence_is_heard_out(
    talk: Conversing, answers: tuple[str, ...], words: str, question: str, answer: str
):
    talk.start()
    talk.say(*answers, words)
    assert talk.state.answers[question] == answer


@pytest.mark.parametrize(("words", "answer"), [("nah", "n"), ("nope", "n"), ("ye", "y"), ("yh", "y")])
def test_a_short_yes_or_no_is_the_option_that_says_just_that(talk: Conversing, words: str, answer: str):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1", words)
    assert talk.state.answers["C1.2"] == answer


@pytest.mark.parametrize("words", ["i dont trust this", "i do not believe this", "I don't trust you"])
def test_whoever_does_not_trust_this_has_not_answered_no(talk: Conversing, words: str):
    talk.start()
    talk.say(words)
    assert (talk.question, talk.state.answers) == ("pmo", {})


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("is this AI?", "I am a program, not a person, and no AI makes up my words."),
        ("you're just a chatbot", "I am a program, not a person, and no AI makes up my words."),
        ("are you reading my DMs?", "I read only what you type or press here."),
        ("what's in it for my company", "A PMO that works well can bring clearer priorities"),
        ("sounds like corporate bs", "Doubt is fine."),
        ("show me evidence this works", "Doubt is fine."),
        ("is hr behind this", "I read only what you type or press here."),
    ],
)
@pytest.mark.parametrize("asked", [True, False])
def test_a_sceptic_gets_a_straight_answer(talk: Conversing, words: str, opening: str, asked: bool):
    talk.through_intake()
    if asked:
        talk.press("open:carry")
    assert talk.say(words).startswith(opening)


@pytest.mark.parametrize("nod", ["ok", "Okay.", "k", "right"])
def test_a_nod_at_a_question_about_oneself_is_asked_about_and_a_yes_then_holds(talk: Conversing, nod: str):
    talk.start()
    said = talk.say(nod)
    assert "Do you mean “Yes, I deal with it often”?" in said
    assert "pmo" not in talk.state.answers
    talk.say("yes")
    assert talk.state.answers["pmo"] == "near"
