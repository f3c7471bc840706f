"""What to offer for a plan: a next step for each gap, the cards that fit, and a step of one's own."""

from __future__ import annotations

from bot.guide import Action, Guide, Option
from bot.profile import make_profile
from bot.state import State

OWN = "own"
"""The option for a step of the person's own."""

SMALL_MINUTES = 15
"""How long the small form of an action takes, in minutes."""


def suggest_actions(guide: Guide, state: State) -> tuple[Action, ...]:
    """Return what to offer: a next step for each gap, then the guide's own cards, those that fit a gap first."""
    gaps = make_profile(guide, state).gaps
    steps = [action for gap in gaps if (action := _next_step(guide, gap.skill.id, gap.counted))]
    wanted = {gap.skill.topic for gap in gaps}
    cards = sorted(_cards(guide, state), key=lambda a: a.topic not in wanted)
    return (*steps, *cards)


def action_options(guide: Guide, state: State) -> tuple[Option, ...]:
    """Return the suggested actions as options, each with its size, and one for a step of one's own."""
    labels = guide.phrases.labels
    options = [
        Option(id=action.id, label=_sized(guide, action), says=(action.label, *action.says))
        for action in suggest_actions(guide, state)
    ]
    return (*options, Option(id=OWN, label=labels["own_step"], says=(labels["own_step"],)))


def in_words(guide: Guide, minutes: int) -> str:
    """Return a length of time the way people say it: `15 min`, `1 hour`, `1 day`."""
    labels = guide.phrases.labels
    if minutes >= 360:
        return labels["days"].format(n=round(minutes / 480) or 1)
    if minutes >= 60:
        return labels["hours"].format(n=minutes // 60)
    return labels["minutes"].format(n=minutes)


def _cards(guide: Guide, state: State) -> list[Action]:
    """Return the guide's own cards, or those it has for this person's answer."""
    answer = state.answers.get(guide.scoring.cards_by, "")
    fitting = guide.scoring.cards.get(answer, ()) if isinstance(answer, str) else ()
    found = [action for name in fitting if (action := guide.action_by_id.get(name))]
    return found or [action for action in guide.actions if action.headline]


def _next_step(guide: Guide, skill_id: str, level: int) -> Action | None:
    step = min(max(level, 1), 3)
    return guide.find_action(f"{skill_id}.{step}.1")


def _sized(guide: Guide, action: Action) -> str:
    return f"{action.label.rstrip('.')} ({in_words(guide, action.minutes)})"
