"""Sentences in other languages are told that only English is read; English ones, names and single words never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide import Guide
from bot.records import to_record
from bot.typed.other_languages import OtherLanguages
from tests.bot.test_understanding_hit_rate import lines, lists
from tests.talking import Conversing

ONLY_ENGLISH = "I only read English so far"
FOREIGN = (
    "ja, ich habe oft mit ihnen zu tun",
    "wie viel verdient man im PMO?",
    "je ne sais pas",
    "hola, quiero saber más sobre el pmo",
    "eu não tenho uma ideia",
    "io non sono sicuro, perché?",
    "ik weet het niet",
    "nie, mam czas jak zawsze",
    "как дела",
    "我不知道",
    "مرحبا",
)


@pytest.mark.parametrize("typed", FOREIGN)
def test_a_sentence_in_another_language_is_owned_up_to_and_the_question_stays(talk: Conversing, typed: str):
    talk.start()
    said = talk.say(typed)
    assert ONLY_ENGLISH in said
    assert talk.question == "pmo"
    assert not talk.state.answers


def test_somebody_new_is_told_so_after_the_welcome(talk: Conversing):
    said = talk.say("ich möchte mehr über das PMO wissen")
    assert talk.guide.welcome[:20] in said
    assert ONLY_ENGLISH in said


@pytest.mark.parametrize(("typed", "intent"), [("stop bitte", "stop"), ("nein danke", "answer"), ("oui", "answer")])
def test_a_word_or_two_are_heard_as_what_they_are(talk: Conversing, typed: str, intent: str):
    talk.start()
    assert ONLY_ENGLISH not in talk.say(typed)
    assert talk.intent == intent


def test_where_own_words_are_asked_for_any_language_is_kept(talk: Conversing):
    talk.through_plan()
    talk.say("log")
    assert ONLY_ENGLISH not in talk.say("ich habe mit ihnen einen ganzen Tag verbracht")
    assert talk.state is not None
    assert b"einen ganzen Tag" in to_record(talk.state)


def test_no_english_sentence_of_any_list_is_taken_for_another_language(guide: Guide):
    languages = OtherLanguages(guide.phrases.words["foreign"])
    typed = [line[1] for path in lists() if path.exists() for line in lines(path)]
    said = [phrase for phrases in guide.phrases.intents.values() for phrase in phrases]
    assert len(typed) + len(said) > 5_000
    assert [] == [text for text in (*typed, *said) if languages.speak(text)]


@given(st.lists(st.sampled_from(("we", "have", "no", "PMO", "ok", "ich", "2", "?")), max_size=8).map(" ".join))
def test_one_small_word_alone_tells_no_language(text: str):
    assert not OtherLanguages(("ich", "nicht")).speak(text)


@given(st.text())
def test_without_small_words_no_text_is_in_another_language(text: str):
    assert not OtherLanguages(()).speak(text)
