"""Words that stand beside what is meant: asides, hedges, proposals, reasons, and openings of what is wanted instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.typed.words import Lexicon

OPENINGS = ("asides", "hedges", "proposing", "instead", "reasons")
"""Keys of `words` that are read here."""
_LONGEST = 6
"""Words of an opening at most, and of a statement that stands for a reason."""
_SUBJECTS = frozenset(("i", "we", "it", "that", "this", "you", "all", "everything"))
_RESERVING = frozenset(("but", "wait", "later", "first", "though", "only", "except", "yet", "until", "if", "unless"))
_RESERVING |= {"keep", "think", "check", "see", "save", "just", "some", "question", "wonder", "export", "send"}
"""With one of these, what is said after a yes takes some of it back."""


class Openings:
    """The author's openings by kind, ready to be looked up."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], lexicon: Lexicon) -> None:
        kinds = {key: frozenset(" ".join(lexicon.learn(said)) for said in words.get(key, ())) for key in OPENINGS}
        self.asides = kinds["asides"]
        self.hedges = kinds["hedges"]
        self.proposing = kinds["proposing"]
        self._instead = kinds["instead"]
        self._reasons = kinds["reasons"]

    def opens_instead(self, words: Sequence[str]) -> bool:
        """Tell whether the words open as those do that say what is wanted instead: "just", "I want"."""
        return _opens(words, self._instead)

    def gives_reason(self, words: Sequence[str], *, denies: bool) -> bool:
        """Tell whether words after a yes only give a reason for it: "because I am leaving", "I won't need it".

        `denies`: the words hold a "not" of any kind.
        """
        if not words or not _RESERVING.isdisjoint(words):
            return False
        states = words[0] in _SUBJECTS and not denies and len(words) <= _LONGEST
        return states or _opens(words, self._reasons)


def _opens(words: Sequence[str], openings: frozenset[str]) -> bool:
    return any(" ".join(words[:size]) in openings for size in range(1, _LONGEST + 1))
