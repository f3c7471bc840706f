"""Topics that are named outright, by a word that mostly stands for one of them: these come before wider ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.guide import Guide
from bot.typed.ranking import Likeness
from bot.typed.rivals import Rivals
from bot.typed.small_words import SmallWords
from bot.typed.words import stem

_NAMED = 0.15
"""By how much a topic that is named is raised."""
_BESIDE_A_TOPIC = frozenset(("help", "why"))


class NamedTopics:
    """The words that name one topic, by their stem: a phrase of its own of one word, and mostly used for it."""

    def __init__(
        self, guide: Guide, small: SmallWords, rivals: Rivals, sentences: Sequence[tuple[str, list[str]]]
    ) -> None:
        """Take the guide's sentences as pairs of label and words; O(words) in time."""
        self._rivals = rivals
        named: dict[str, set[str]] = {}
        used: dict[str, Counter[str]] = {}
        for label, words in sentences:
            topic = rivals.topic_of(label)
            bare = small.bare(words)
            if len(bare) == 1:
                named.setdefault(stem(bare[0]), set()).add(topic)
            for name in set(map(stem, bare)):
                used.setdefault(name, Counter())[topic] += 1
        alone = {name: next(iter(topics)) for name, topics in named.items() if len(topics) == 1}
        self._names = {
            name: topic
            for name, topic in alone.items()
            if topic in guide.topic_by_id and 2 * used[name][topic] >= used[name].total()
        }

    def raised(self, found: list[Likeness], words: Sequence[str]) -> list[Likeness]:
        """Return what words are like, with a topic that they name raised, and "what does that mean" lowered."""
        named = {topic for word in words if (topic := self._names.get(stem(word)))}
        return [self._raised(each, named) for each in found] if named else found

    def _raised(self, each: Likeness, named: set[str]) -> Likeness:
        if each.label in _BESIDE_A_TOPIC:
            return each.changed(score=each.score - _NAMED, near=each.near - _NAMED)
        if len(named) > 1 or not each.label.startswith("ask:") or self._rivals.topic_of(each.label) not in named:
            return each
        return each.changed(score=each.score + _NAMED, near=each.near + _NAMED)
