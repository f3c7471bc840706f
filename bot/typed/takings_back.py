"""How people take back what they said: "no, I meant the first one", "I said two, but it is four"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.typed.small_words import SmallWords

_LONGEST_OPENING = 6


class TakingsBack:
    """The author's words for taking something back, ready to be looked up."""

    def __init__(self, small: SmallWords) -> None:
        self._small = small
        self.amending = small.kind("amend")
        self.openings = small.kind("scratch")

    def amends(self, words: Sequence[str]) -> bool:
        """Tell whether the words hold a wish to change something."""
        return not self.amending.isdisjoint(words)

    def speaks_of_answers(self, words: Sequence[str]) -> bool:
        """Tell whether the words are about what a person answered."""
        return not self._small.kind("answers").isdisjoint(words)

    def takes_back(self, words: Sequence[str]) -> bool:
        """Tell whether an answer is taken back: "change my answer ...", "I said ..., but it is ..."."""
        text = f" {' '.join(words)} "
        told = any(f" {said} " in text for said in self._small.kind("said"))
        mistaken = not self._small.kind("mistaken").isdisjoint(words) and not self._small.asks(words)
        return (told or self.speaks_of_answers(words)) and (self.amends(words) or mistaken)

    def after_taking_back(self, words: Sequence[str]) -> Sequence[str] | None:
        """Return what follows where the words open by taking back what was said last; else None."""
        sizes = range(min(len(words), _LONGEST_OPENING), 0, -1)
        size = next((size for size in sizes if " ".join(words[:size]) in self._small.kind("scratch")), 0)
        if size:
            return words[size:]
        return self.after_taking_back(words[1:]) if words and words[0] in self._small.kind("polite") else None

    def without_correction(self, words: Sequence[str]) -> list[str]:
        """Return the words that may name what is to be changed."""
        said = {word for run in self._small.kind("said") for word in run.split()}
        plain = (
            self._small.kind("earlier")
            | self._small.kind("amend")
            | self._small.kind("answers")
            | self._small.kind("mistaken")
            | self._small.places.filler
            | said
            | self._small.asking
        )
        return [word for word in words if word not in plain]
