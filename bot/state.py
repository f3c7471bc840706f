"""What is remembered of one person in one guide: frozen and small.

Answers stand under stable question ids, so they outlive a change of the guide's content. In a record (`bot.records`)
fields have the short names in `rename`, and what is empty is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import field

from bot.repeats import Every
from bot.value import Value

SCHEMA = 3
"""The version written into every record."""

Answer = str | tuple[str, ...]
"""An option id, several of them, or typed text. The empty string: skipped."""

Rest = Literal["", "paused", "stopped"]


_LINE_KEYS = {
    "action": "a", "words": "w", "cue": "c", "obstacle": "o", "day": "d", "done": "x", "every": "e", "times": "t",
    "partly": "p", "parts": "n", "moved": "m", "stage": "s", "staged": "g",
}  # fmt: skip


class Commitment(Value, frozen=True, omit_defaults=True, rename=_LINE_KEYS):
    """One line of the plan. `action` is the guide's id or empty; `words`, `cue` and `obstacle` may be typed.

    `day`, `done` and `partly` are local dates; `partly` is the last on which part of it was done, `parts` how often
    that was. `every` says how it repeats, `times` how often it has been done since. `moved` counts new days given
    since. `stage` is how far a step has come that needs somebody's yes (`asked`, `agreed`), `staged` since when.
    """

    action: str
    words: str
    cue: str = ""
    obstacle: str = ""
    day: date | None = None
    done: date | None = None
    every: Every | None = None
    times: int = 0
    partly: date | None = None
    parts: int = 0
    moved: int = 0
    stage: str = ""
    staged: date | None = None


_CHANGE_KEYS = {"wish": "w", "number": "n", "line": "l", "carried": "c"}


class Change(Value, frozen=True, omit_defaults=True, rename=_CHANGE_KEYS):
    """The last change to the plan: what was wanted, the number of the line, and the line as it was before.

    `carried` is what the state's own was before it.
    """

    wish: str
    number: int
    line: Commitment
    carried: int = 0


_EVIDENCE_KEYS = {"text": "t", "about": "a", "day": "d", "known": "k", "whose": "w"}


class Evidence(Value, frozen=True, omit_defaults=True, rename=_EVIDENCE_KEYS):
    """Something that happened, in the person's words, and the action or skill it speaks for.

    `known` is how they know, where they said so; `whose` whose result it is, by their word (`mine`, `team`, `none`).
    """

    text: str
    about: str
    day: date
    known: str = ""
    whose: str = ""


_BEAT_KEYS = {
    "since": "s", "looked": "l", "zone": "z", "before": "b", "due": "d", "sent": "t", "number": "n",
    "unanswered": "a", "fitted": "f", "misfits": "m", "checked": "c", "used": "u", "saved": "k", "ended": "e",
    "latest": "i", "counted": "o", "held_out": "h", "trial": "w", "trial_day": "y",
}  # fmt: skip


class Beat(Value, frozen=True, omit_defaults=True, rename=_BEAT_KEYS):
    """How following up on somebody goes. Moments are whole minutes since 1970 in UTC, days are local dates.

    `zone` is their time zone, as far as it is known. `since` is the day of their yes. `looked` is the moment up to
    which everything due has been seen to, `before` the one before that; `due` is the next (0: none). `sent` holds the
    days of the last weekly notes, `number` counts those that take turns. `unanswered` counts notes since the last word
    from the person. `fitted` is the day they were last asked whether the plan fits, `misfits` how often it did not,
    `checked` the day they were last asked to look at their skills again. `used` holds the nudges, tips and steps that
    were sent, the latest last; `saved` the tips they kept, each with the day it was last shown. `ended` says why notes
    ended, other than by the person's answers: `silent` or `blocked`. `latest` is what they had said yes to that the
    last note came of. `counted` is what they were counted for, and when last. `held_out` is the number of the week
    since their yes in which no weekly note comes (0: none); `trial` says since `trial_day` whether a note came (`with`,
    `without`).
    """

    since: date
    looked: int
    zone: str = ""
    before: int = 0
    due: int = 0
    sent: tuple[date, ...] = ()
    number: int = 0
    unanswered: int = 0
    fitted: date | None = None
    misfits: int = 0
    checked: date | None = None
    used: tuple[str, ...] = ()
    saved: tuple[tuple[str, date], ...] = ()
    ended: str = ""
    latest: str = ""
    counted: tuple[tuple[str, date], ...] = ()
    held_out: int = 0
    trial: str = ""
    trial_day: date | None = None


_STATE_KEYS = {
    "guide": "g", "revision": "r", "section": "s", "asking": "q", "back_to": "b", "last": "l", "confirming": "c",
    "rest": "z", "about": "o", "until": "u", "day": "d", "answers": "a", "offered": "f", "seen": "t",
    "commitments": "p", "evidence": "e", "beat": "n", "change": "h", "carried": "k", "unmet": "m",
    "missed": "i",
}  # fmt: skip


class State(Value, frozen=True, omit_defaults=True, rename=_STATE_KEYS, tag_field="v", tag=SCHEMA):
    """Where one person is.

    `section` is the part being walked, empty at the menu. `asking` is a question opened again by going back
    or from the review; empty: the next one is computed. `back_to` is the section to return to after a detour.
    `last` is the question answered last. `confirming` is what awaits a yes (`delete`, `restart`). `offered`
    holds what a number means at the menu. `about` is the action an evidence line is for, or `#` and the number of
    the plan line that is being reworded. `revision` counts turns. `seen` holds tips shown. `day` is the local date
    of the last turn. `change` is the last change to the plan, for taking it back. `carried` counts what was done in
    steps that have left the plan since. `beat` is None until they said yes to being followed up. `unmet`: they had an
    answer from us, and still no welcome. `missed` says how often in a row they were not understood, up to three.
    """

    guide: str
    revision: int = 0
    section: str = ""
    asking: str = ""
    back_to: str = ""
    last: str = ""
    confirming: str = ""
    rest: Rest = ""
    until: date | None = None
    about: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    seen: tuple[str, ...] = ()
    day: date | None = None
    beat: Beat | None = None
    change: Change | None = None
    carried: int = 0
    unmet: bool = False
    missed: int = 0

    def with_answer(self, question_id: str, answer: Answer) -> State:
        """Return a state in which that question has that answer."""
        return self.changed(answers={**self.answers, question_id: answer}, last=question_id, asking="")

    def without(self, question_ids: frozenset[str]) -> State:
        """Return a state without the answers to those questions."""
        if question_ids.isdisjoint(self.answers):
            return self
        kept = {key: answer for key, answer in self.answers.items() if key not in question_ids}
        return self.changed(answers=kept)
