"""A question opened again: what a changed answer takes with it, and what is asked after it.

One gone back to by steps is followed by the next one, again until where the person was; one opened from the
review is changed by itself.
"""

from __future__ import annotations

from bot.guide import ASIDE, Question
from bot.routing import walk
from bot.state import Answer
from bot.talk import Talk


def outdated(talk: Talk, question: Question, answer: Answer) -> frozenset[str]:
    """Return the questions whose answers a changed one takes with it.

    They are the steps of a plan after other actions were picked, and the rungs of a ladder opened from the review.
    """
    others = talk.guide.section_of[question.id].questions
    if question.source == "actions" and talk.state.answers.get(question.id) != answer:
        return frozenset(other.id for other in others if other.slot)
    if question.skill and question.part == "2" and from_review(talk):
        return frozenset(q.id for q in others if q.skill == question.skill and q.part in ("1", "3", "4"))
    return frozenset()


def from_review(talk: Talk) -> bool:
    """Say whether the question on the table was opened to change one answer, rather than by going back."""
    if not (talk.state.asking and talk.state.back_to):
        return False
    return talk.section is None or talk.section.shows not in ASIDE


def is_setting(talk: Talk, question: Question) -> bool:
    """Say whether a question is about notes, each of which can be settled by itself."""
    return talk.guide.section_of[question.id].shows == "follow-up"


def only_changed(talk: Talk, kept: Talk) -> bool:
    """Say whether an answer opened from the review was changed and leads to no question that was not open before."""
    section, question = talk.section, talk.question
    if section is None or question is None or not from_review(talk):
        return False
    if question.id not in talk.state.answers and is_setting(talk, question):
        return True
    return walk(talk.guide, talk.state, section)[1] is walk(kept.guide, kept.state, section)[1]


def forward(talk: Talk, question: Question, kept: Talk) -> Talk:
    """Return the footing after a question that was gone back to: the next one is opened again as well."""
    if talk.state.asking != question.id or talk.state.back_to:
        return kept
    passed = walk(kept.guide, kept.state, kept.guide.section_of[question.id])[0]
    names = [entry.id for entry in passed]
    following = names[names.index(question.id) + 1 :] if question.id in names else []
    return kept.having(asking=following[0]) if following else kept
