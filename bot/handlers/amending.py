"""An earlier answer changed outright, and said back: "no wait, 2", "change the grade to same"."""

from __future__ import annotations

from bot.events import Answered
from bot.guide import MENU
from bot.handlers.answering import take_answer
from bot.handlers.reviewing import said, set_down
from bot.replies import Note
from bot.routing import previous
from bot.talk import Step, Talk


def amend(talk: Talk, event: Answered) -> Step:
    """Take an answer for the question it names, and go on from there; or come back, where it was not the last one."""
    section = talk.guide.section_of[event.question]
    last = previous(talk.guide, talk.state)
    is_last = last is not None and last.id == event.question and talk.question is not None
    home = talk.state.back_to if is_last else set_down(talk).state.back_to or MENU
    there = talk.having(section=section.id, asking=event.question, back_to=home, offered=())
    made = take_answer(there, event.changed(question=""))
    answer = said(talk.on(made.state), talk.guide.question_by_id[event.question])
    told = Note(talk.label("changed_to").format(about=answer))
    rest = (reply for reply in made.replies if reply != Note(talk.label("changed")))
    return made.changed(replies=(told, *rest))
