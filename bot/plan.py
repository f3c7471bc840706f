"""Commitments: what was chosen, tied to a cue, with a day; and which of them are due."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.days import parse_day
from bot.guide import Action, Guide, Option, Question, Section
from bot.profile import make_profile
from bot.records import MOST_NOTES
from bot.repeats import Every, parse_every
from bot.replies import PlanLine, Words
from bot.routing import picked_actions
from bot.state import Commitment, State

_LONE_I = re.compile(r"\bi\b")

OWN = "own"
"""The option for a step of the person's own."""

NOTHING = "nothing"
"""The option that says nothing is in the way."""

SMALL_MINUTES = 15
"""How long the small form of an action takes, in minutes."""

NEAR = 4
"""From how many days before its day on a step is prepared for."""

MOST_OPEN = 9
"""How many open plan lines are kept. A plan longer than that is a wish list."""


def suggest_actions(guide: Guide, state: State) -> tuple[Action, ...]:
    """Return what to offer: a next step for each gap, then the guide's own cards, those that fit a gap first."""
    gaps = make_profile(guide, state).gaps
    steps = [action for gap in gaps if (action := _next_step(guide, gap.skill.id, gap.counted))]
    wanted = {gap.skill.topic for gap in gaps}
    cards = sorted(_cards(guide, state), key=lambda a: a.topic not in wanted)
    return (*steps, *cards)


def _cards(guide: Guide, state: State) -> list[Action]:
    """Return the guide's own cards, or those it has for this person's answer."""
    answer = state.answers.get(guide.scoring.cards_by, "")
    fitting = guide.scoring.cards.get(answer, ()) if isinstance(answer, str) else ()
    found = [action for name in fitting if (action := guide.action_by_id.get(name))]
    return found or [action for action in guide.actions if action.headline]


def _next_step(guide: Guide, skill_id: str, level: int) -> Action | None:
    step = min(max(level, 1), 3)
    return guide.find_action(f"{skill_id}.{step}.1")


def action_options(guide: Guide, state: State) -> tuple[Option, ...]:
    """Return the suggested actions as options, each with its size, and one for a step of one's own."""
    labels = guide.phrases.labels
    options = [
        Option(id=action.id, label=_sized(guide, action), says=(action.label, *action.says))
        for action in suggest_actions(guide, state)
    ]
    return (*options, Option(id=OWN, label=labels["own_step"], says=(labels["own_step"],)))


def _sized(guide: Guide, action: Action) -> str:
    return f"{action.label.rstrip('.')} ({in_words(guide, action.minutes)})"


def in_words(guide: Guide, minutes: int) -> str:
    """Return a length of time the way people say it: `15 min`, `1 hour`, `1 day`."""
    labels = guide.phrases.labels
    if minutes >= 360:
        return labels["days"].format(n=round(minutes / 480) or 1)
    if minutes >= 60:
        return labels["hours"].format(n=minutes // 60)
    return labels["minutes"].format(n=minutes)


def slot_action(guide: Guide, state: State, question: Question) -> Action | None:
    """Return the action a slot's question is about; None for a step of one's own."""
    picks = picked_actions(state, guide.section_of[question.id])
    if not 0 < question.slot <= len(picks):
        return None
    return guide.find_action(picks[question.slot - 1])


def slot_values(guide: Guide, state: State, question: Question) -> dict[str, Words | str]:
    """Return what a slot's question may name: the action, the cue, the obstacle, and the whole line."""
    action = slot_action(guide, state, question)
    section = guide.section_of[question.id]
    line = draft(guide, state, section, question.slot)
    shown = show_line(guide, 1, line)
    return {
        "action": action.label if action else guide.phrases.labels["own_step"],
        "cue": shown.cue,
        "obstacle": shown.obstacle,
        "line": if_then(guide, shown),
    }


def if_then(guide: Guide, line: PlanLine) -> str:
    """Return a plan line as one sentence: if this happens, then I will do that."""
    labels = guide.phrases.labels
    if not line.cue:
        return labels["then_only"].format(act=line.words)
    return labels["if_then"].format(cue=line.cue, act=line.words)


def draft(guide: Guide, state: State, section: Section, slot: int) -> Commitment:
    """Return the commitment that a slot's answers make so far."""
    picks = picked_actions(state, section)
    action = guide.find_action(picks[slot - 1]) if 0 < slot <= len(picks) else None
    said = {
        question.part: state.answers.get(question.id, "") for question in section.questions if question.slot == slot
    }
    day, every = parse_turn(str(said.get("day", "")))
    questions = {question.part: question for question in section.questions if question.slot == slot}
    return Commitment(
        action=action.id if action else "",
        words=act_of(guide, action, str(said.get("words", ""))),
        cue=_label(questions.get("cue"), str(said.get("cue", ""))),
        obstacle=""
        if said.get("obstacle") == NOTHING
        else _label(questions.get("obstacle"), str(said.get("obstacle", ""))),
        day=day,
        every=every,
    )


def turn_code(day: date, every: Every | None) -> str:
    """Return a day, and how the step comes round from there, as an answer keeps it."""
    return f"{day.isoformat()} {every.kept_to(day)}" if every else day.isoformat()


def parse_turn(answer: str) -> tuple[date | None, Every | None]:
    """Return the day an answer holds, and how the step comes round, where it does."""
    day, _, code = answer.partition(" ")
    return parse_day(day), parse_every(code)


def act_of(guide: Guide, action: Action | None, said: str = "") -> str:
    """Return what will be done: the guide's words, its smaller form of them, or the person's own."""
    text = action.text.split("\n")[0] if action else ""
    if said in ("", "keep"):
        return text
    if said == "small":
        return (action.small if action else "") or guide.phrases.labels["smaller"].format(act=_lower(text))
    return said


def _label(question: Question | None, said: str) -> str:
    option = question.option(said) if question else None
    return option.label if option else said


def add_commitments(guide: Guide, state: State, section: Section) -> State:
    """Turn a section's slots into plan lines and drop their answers, so that the section can be walked again."""
    slots = range(1, len(picked_actions(state, section)) + 1)
    made = tuple(line for slot in slots if (line := draft(guide, state, section, slot)).words)
    spent = frozenset(question.id for question in section.questions if question.slot or question.source == "actions")
    return _with_more(state.without(spent), made)


def put_in(state: State, line: Commitment) -> State:
    """Return the state with one more line in its plan."""
    return _with_more(state, (line,))


def _with_more(state: State, lines: tuple[Commitment, ...]) -> State:
    """Return the state with these lines as well; what was done in those that leave for them is carried on."""
    wanted = (*state.commitments, *lines)
    kept = _bounded(wanted)[-MOST_NOTES:]
    carried = state.carried + sum(map(deeds_in, wanted)) - sum(map(deeds_in, kept))
    return state.changed(commitments=kept, carried=carried, change=None)


def _bounded(lines: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    surplus = sum(1 for line in lines if line.done is None) - MOST_OPEN
    kept: list[Commitment] = []
    for line in lines:
        if line.done is None and surplus > 0:
            surplus -= 1
            continue
        kept.append(line)
    return tuple(kept)


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


def show_plan(guide: Guide, state: State) -> tuple[PlanLine, ...]:
    """Return all plan lines as they are shown."""
    return tuple(show_line(guide, number, line) for number, line in enumerate(state.commitments, 1))


def open_lines(guide: Guide, state: State) -> tuple[PlanLine, ...]:
    """Return the lines not yet ticked off."""
    return tuple(line for line in show_plan(guide, state) if line.done is None)


def deeds_in(line: Commitment) -> int:
    """Return how many things have been done in a line: the step, every turn of one that repeats, every part of one."""
    return (line.done is not None) + line.times + line.parts


def steps_taken(state: State) -> int:
    """Return how many things have been done, also in steps that have left the plan since."""
    return state.carried + sum(map(deeds_in, state.commitments))


def near_lines(guide: Guide, state: State, today: date) -> tuple[PlanLine, ...]:
    """Return the open lines whose day is a few days ahead: the time to prepare."""
    last = today + timedelta(days=NEAR)
    return tuple(line for line in open_lines(guide, state) if line.day and today < line.day <= last)


def due_lines(guide: Guide, state: State, today: date) -> tuple[PlanLine, ...]:
    """Return the open lines whose day is here or past."""
    return tuple(line for line in open_lines(guide, state) if line.day and line.day <= today)
