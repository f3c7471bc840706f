"""Evidence to lines for a CV. Numbers stay gaps in square brackets: they are the person's to fill, never ours."""

from __future__ import annotations

from bot.guide import Guide, Pattern
from bot.replies import CvLine, Words
from bot.state import State

MOST = 5
"""How many lines are shown at once."""


def cv_lines(guide: Guide, state: State) -> tuple[CvLine, ...]:
    """Return CV patterns beside the person's own evidence, newest first; without evidence, none."""
    found: list[CvLine] = []
    for about, words in _evidence(guide, state):
        pattern = next((p for p in guide.patterns if about in p.fits), None)
        if pattern is not None:
            found.append(CvLine(pattern.line, Words(words)))
    return tuple(found[:MOST])


def sample_lines(guide: Guide, state: State) -> tuple[CvLine, ...]:
    """Return patterns for what is in the plan, or the guide's first ones."""
    planned = {line.action for line in state.commitments} | {line.action.split(".")[0] for line in state.commitments}
    fitting: list[Pattern] = [p for p in guide.patterns if planned & set(p.fits)] or list(guide.patterns)
    return tuple(CvLine(pattern.line) for pattern in fitting[:3])


def _evidence(guide: Guide, state: State) -> list[tuple[str, str]]:
    """Collect what speaks for what: notes on finished actions first, then examples given for skills."""
    notes = [(note.about.split(".")[0], note.text) for note in reversed(state.evidence)]
    for skill in guide.skills:
        proof = state.answers.get(f"{skill.id}.proof")
        if isinstance(proof, str) and proof:
            notes.append((skill.id, proof))
    return notes
