"""Evidence: what a person says came of a step, whether they said how they know, and whose result it was."""

from __future__ import annotations

import re
from datetime import date

from bot.guide import Guide, Question, Section
from bot.state import Evidence, State

KNOWN = "known"
"""The name, or its ending, of a question that asks how the person knows, if they have not said so."""

WHOSE = ("mine", "team", "none")
"""Whose result it was; `none` leaves it out of the CV."""

JOINT = " · "
"""What stands between several answers that become one line of evidence."""

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|twice|half|hundred)\b", re.IGNORECASE)


def asks_how_known(question: Question) -> bool:
    """Say whether a question asks how the person knows."""
    return question.id == KNOWN or question.id.endswith(f"-{KNOWN}")


def told(section: Section, state: State) -> tuple[str, str]:
    """Return what was said in a section about how a step went, and how the person knows; each may be empty."""
    said, known = [], ""
    for question in section.questions:
        answer = state.answers.get(question.id, "")
        if question.kind != "text" or not isinstance(answer, str) or not answer:
            continue
        if asks_how_known(question):
            known = answer
        else:
            said.append(answer)
    return JOINT.join(said), known


def needs_no_proof(guide: Guide, text: str) -> bool:
    """Say whether nothing is left to ask: nothing was told, or it has a figure and says how the person knows."""
    low = " ".join(("", *_WORD.findall(text.lower()), ""))
    knows = any(f" {words} " in low for words in guide.phrases.words.get("knowing", ()))
    return not text or (knows and bool(_FIGURE.search(text)))


def keep_evidence(state: State, text: str, about: str, today: date, known: str = "") -> State:
    """Return the state with one more line of evidence."""
    return state.changed(evidence=(*state.evidence, Evidence(text, about, today, known)))


def claim(state: State, key: str, whose: str, today: date) -> State:
    """Return the state in which the evidence of that key is `mine`, a `team` result, or `none` for the CV.

    The key is the number of an evidence line, from 1, or the id of a skill; its example then becomes evidence.
    """
    if not key.isdecimal():
        note = Evidence(str(state.answers[f"{key}.proof"]), key, today, "", whose)
        return state.changed(evidence=(*state.evidence, note))
    notes = list(state.evidence)
    notes[int(key) - 1] = notes[int(key) - 1].changed(whose=whose)
    return state.changed(evidence=tuple(notes))
