"""Evidence to lines for a CV. Numbers stay gaps in square brackets: they are the person's to fill, never ours."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guide import Guide, Pattern
from bot.replies import CvLine, Words
from bot.state import State

MOST = 5
"""How many lines are shown at once."""


def cv_lines(guide: Guide, state: State) -> tuple[CvLine, ...]:
    """Return CV patterns beside the person's own evidence, newest first; without evidence, none.

    What they said is not for the CV is left out.
    """
    return tuple(line for line in all_lines(guide, state) if line.whose != "none")[:MOST]


def all_lines(guide: Guide, state: State) -> Iterator[CvLine]:
    """Yield a CV line for each piece of evidence, left out or not: its pattern, or one for steps of a person's own."""
    if not guide.patterns:
        return
    for about, line in _evidence(guide, state):
        pattern = next((p.line for p in guide.patterns if about in p.fits), guide.phrases.labels["cv_line"])
        yield CvLine(pattern, line.proof, line.known, line.whose, line.key)


def sample_lines(guide: Guide, state: State) -> tuple[CvLine, ...]:
    """Return patterns for what is in the plan, or the guide's first ones."""
    planned = {line.action for line in state.commitments} | {line.action.split(".")[0] for line in state.commitments}
    fitting: list[Pattern] = [p for p in guide.patterns if planned & set(p.fits)] or list(guide.patterns)
    return tuple(CvLine(pattern.line) for pattern in fitting[:3])


def _evidence(guide: Guide, state: State) -> Iterator[tuple[str, CvLine]]:
    """Yield what speaks for what: notes on finished actions first, then examples given for skills."""
    for number in range(len(state.evidence), 0, -1):
        note = state.evidence[number - 1]
        known = Words(note.known) if note.known else None
        yield note.about.split(".")[0], CvLine("", Words(note.text), known, note.whose, str(number))
    noted = {(note.about, note.text) for note in state.evidence}
    for skill in guide.skills:
        proof = state.answers.get(f"{skill.id}.proof")
        if isinstance(proof, str) and proof and (skill.id, proof) not in noted:
            yield skill.id, CvLine("", Words(proof), key=skill.id)
