"""The search finds the tips that are about what was typed, the best first, and no others."""

from __future__ import annotations

import pytest

from adapters.teams.search import find
from bot.guide import Guide, Tip
from bot.messages import to_plain


def said_of(guide: Guide, tip: Tip) -> str:
    """Return all that a tip says, its topic, and the ways to ask for that."""
    topic = guide.topic_by_id[tip.topic]
    return " ".join((tip.topic, topic.title, *topic.asks, to_plain(tip.text))).lower()


@pytest.mark.parametrize("words", ["risk", "Report", "meeting", "decision"])
def test_each_tip_found_has_the_word_and_none_that_has_it_in_its_topic_is_left_out(guide: Guide, words: str):
    found = find(guide, words)
    assert found
    assert [tip.id for tip in found if words.lower() not in said_of(guide, tip)] == []
    named = [tip.id for tip in guide.tips if words.lower() in guide.topic_by_id[tip.topic].title.lower()]
    assert set(named) <= {tip.id for tip in found}


def test_those_whose_topic_it_is_come_first(guide: Guide):
    topics = [tip.topic for tip in find(guide, "risks")]
    of_it = [topic for topic in topics if topic == "risk-management"]
    assert of_it
    assert topics[: len(of_it)] == of_it


def test_what_says_the_word_itself_comes_before_what_only_belongs_to_its_topic(guide: Guide):
    found = [tip.topic == "risk-management" and "risk" in to_plain(tip.text).lower() for tip in find(guide, "risks")]
    assert found == sorted(found, reverse=True)


def test_what_names_a_word_comes_before_a_topic_asked_for_by_one_like_it(guide: Guide):
    assert any("exchange" in ask for ask in guide.topic_by_id["shadowing"].asks)
    named = ["change" in f"{tip.topic} {to_plain(tip.text)}".lower() for tip in find(guide, "change")]
    assert False in named
    assert named == sorted(named, reverse=True)


def test_a_slip_of_the_finger_and_a_word_not_yet_finished_find_the_same(guide: Guide):
    wanted = find(guide, "relationships")
    assert wanted
    assert find(guide, "relationshps") == wanted
    assert set(map(id, wanted)) <= set(map(id, find(guide, "relation")))


def test_each_word_has_to_be_found_and_small_ones_do_not_count(guide: Guide):
    assert find(guide, "a risk zzqxv") == []
    assert find(guide, "of the risk") == find(guide, "risk")


def test_a_topic_is_found_by_the_ways_it_is_asked_for(guide: Guide):
    for tip in guide.tips:
        for ask in guide.topic_by_id[tip.topic].asks[:2]:
            assert tip in find(guide, ask)


@pytest.mark.parametrize("words", ["", "  ", "?!", "🙂"])
def test_without_words_all_are_shown_as_the_guide_has_them(guide: Guide, words: str):
    assert find(guide, words) == list(guide.tips)
