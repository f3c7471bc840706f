"""A plan line as a sentence: if this happens, then I will do that; what a person typed is fitted into it."""

from __future__ import annotations

import re

from bot.guide import Action, Guide
from bot.repeats import Every
from bot.replies import PlanLine, Words
from bot.state import Commitment

_LONE_I = re.compile(r"i\b(?<!\wi)")
"""Begins with the letter itself: such a pattern is looked for faster than one that begins with a boundary."""


def if_then(guide: Guide, line: PlanLine) -> str:
    """Return a plan line as one sentence: if this happens, then I will do that."""
    labels = guide.phrases.labels
    if not line.cue:
        return labels["then_only"].format(act=line.words)
    return labels["if_then"].format(cue=line.cue, act=line.words)


def show_line(guide: Guide, number: int, line: Commitment) -> PlanLine:
    """Return a commitment as it is shown: the guide's words as they are, the person's marked as theirs."""
    action = guide.find_action(line.action)
    own_act = action is None or line.words not in (act_of(guide, action, ""), act_of(guide, action, "small"))
    return PlanLine(
        number=number,
        words=Words(_act_words(guide, line.words)) if own_act else _as_mine(guide, _lower(line.words).rstrip(".")),
        cue=Words(_cue_words(guide, line.cue)) if line.cue else "",
        obstacle=Words(line.obstacle) if line.obstacle else "",
        day=line.day,
        done=line.done,
        action=action,
        every=say_every(guide, line.every) if line.every else "",
        times=line.times,
        partly=line.partly,
        stage=line.stage,
        staged=line.staged,
        moved=line.moved,
    )


def say_every(guide: Guide, every: Every) -> str:
    """Return how often a step comes round, as people say it: `every week`, `every 2 months`."""
    name = f"every_{every.unit}" if every.count == 1 else f"every_{every.unit}s"
    return guide.phrases.labels[name].format(n=every.count)


def act_of(guide: Guide, action: Action | None, said: str = "") -> str:
    """Return what will be done: the guide's words, its smaller form of them, or the person's own."""
    text = action.text.split("\n")[0] if action else ""
    if said in ("", "keep"):
        return text
    if said == "small":
        return (action.small if action else "") or guide.phrases.labels["smaller"].format(act=_lower(text))
    return said


def _act_words(guide: Guide, words: str) -> str:
    """Return what was typed without a lead-in that the sentence already has, such as `I will`."""
    return _with_capital_i(_lower(_without(guide.phrases.words.get("acts", ()), words)))


def _cue_words(guide: Guide, words: str) -> str:
    """Return a cue as it follows `if`: without its own, and whole where it names only a time."""
    cue = _with_capital_i(_lower(_without(guide.phrases.words.get("cues", ()), words)))
    first = cue.split(" ", 1)[0].lower()
    if first in guide.phrases.words.get("moments", ()):
        return guide.phrases.labels["moment"].format(cue=cue)
    return cue


def _with_capital_i(words: str) -> str:
    return _LONE_I.sub("I", words) if "i" in words else words


def _as_mine(guide: Guide, words: str) -> str:
    """Return a guide's sentence as the person would say it: `your project` becomes `my project`."""
    for pair in guide.phrases.labels.get("as_mine", "").split():
        theirs, mine = pair.split(":")
        words = re.sub(rf"\b{theirs}\b", mine, words)
    return words


def _without(lead_ins: tuple[str, ...], words: str) -> str:
    shown = words.strip().rstrip(".")
    low = shown.lower().replace("’", "'")
    if not low.startswith(lead_ins):
        return shown
    longest = max((len(lead_in) for lead_in in lead_ins if low.startswith(lead_in + " ")), default=0)
    return shown[longest:].lstrip()


def _lower(text: str) -> str:
    """Return the text with its first letter small, unless the first word is `I` or an acronym."""
    first = text.split(" ", 1)[0]
    if first == "I" or first.startswith(("I’", "I'")) or first[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]
