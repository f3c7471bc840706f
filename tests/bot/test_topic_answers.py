"""Answers to free questions stand alone: they are shown without their heading, whatever the words of the question."""

from __future__ import annotations

import re

from bot.guide import Guide, Topic

POINTING = re.compile(
    r"(?:no|in short|a little)[,.:;]|(?:yes|often|mostly|it|they|them|both|then|that|those|these|because|also)\b",
    re.IGNORECASE,
)
"""Openings that point back to a question, or to a heading, that is not said."""
ENDS = re.compile(r"(?<=[.:?!])\s")
STEM = 4
"""How many letters of a word count."""
PLAIN = {"are", "the", "for", "and", "you", "what", "that", "there", "they", "this", "have", "with"}
"""Words that say nothing of what is listed."""


def opening_of(topic: Topic) -> str:
    return ENDS.split(topic.answer, maxsplit=1)[0]


def telling(text: str) -> set[str]:
    """Return the beginnings of the words that say what a text is about."""
    words = re.findall(r"[a-z0-9]{3,}", text.lower())
    return {word[:STEM] for word in words if word not in PLAIN}


def about(topic: Topic) -> set[str]:
    """Return what the heading and the ways to ask say that a topic is about."""
    return telling(" ".join((topic.title, *topic.asks)))


def test_no_answer_opens_by_pointing_at_what_was_asked(guide: Guide):
    assert [] == [opening_of(topic) for topic in guide.topics if POINTING.match(opening_of(topic))]


def test_an_answer_that_opens_with_a_list_names_what_is_listed(guide: Guide):
    lists = [topic for topic in guide.topics if opening_of(topic).endswith(":")]

    assert len(lists) > 1
    assert [] == [opening_of(topic) for topic in lists if about(topic).isdisjoint(telling(opening_of(topic)))]
