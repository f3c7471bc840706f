"""What people want by name: the guide's sentences, and the wish that typed words are most like.

A wish has a label: an intent (`pause`), a topic that is asked about (`ask:<topic>`) or an action that is done
(`done:<action>`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import sqrt

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.guide import Action, Guide
from bot.typed.hearing import ancestry
from bot.typed.measures import Measures
from bot.typed.named_topics import NamedTopics
from bot.typed.openings import Openings
from bot.typed.overheard import Overheard
from bot.typed.ranking import Likeness, Marks, Ranking
from bot.typed.rivals import SURE_AT, Rivals
from bot.typed.small_words import USED_BY_NAME, SmallWords
from bot.typed.statements import Statements
from bot.typed.takings_back import TakingsBack
from bot.typed.words import Lexicon, clean, split, stem

COMMANDS = frozenset(("start", "back", "skip", "progress", "profile", "plan", "done", "tip", "cv", "remind", "pause"))
COMMANDS |= {"resume", "stop", "restart", "export", "delete"}
"""Intents whose meaning a "not" turns round."""
_ASIDE = frozenset(("back", "skip", "why", "progress"))
"""Intents that mean little where nothing is asked."""
_AT_THE_TABLE = frozenset(("help", "menu", "undo", "drop", "add", "practice", "document"))
_AT_THE_TABLE |= {
    "partly",
    "snooze",
    "shrink",
    "swap",
    "repeat",
    "change",
    "log",
    "asked",
    "agreed",
    "refused",
    "claim",
}
"""Further wishes that one word can be."""
_KNOWN_AT = 0.3
"""How like the nearest sentences words must be before they count as understood."""
_STRANGE = 0.2
"""From this share of words that no sentence holds, words must be likelier still."""
_STRANGE_AT = 0.55
_TOLD_AT = 0.6
_SLIP = 88
"""Of 100, how like a command a few words must be to count as it, slips and all."""
_SHORTEST = 5
"""Letters typed from which a command is known by all but one of them."""
_OTHER_SENSE = 0.4
_LESS = 0.1
_TIP_NAMED = 0.3
_CIVIL = frozenset(("thanks", "greet"))
_LESS_CIVIL = 0.5
"""How much of its likeness a clause keeps that is only civil, beside others."""


class Wishes:
    """The guide's sentences, by intent, topic and action; those most like a typed one are found in microseconds."""

    def __init__(self, guide: Guide) -> None:
        words = guide.phrases.words
        self.lexicon = Lexicon({key: value for key, value in words.items() if key not in USED_BY_NAME})
        self.lexicon.know(words.get("known", ()))
        self.small = SmallWords(words, self.lexicon)
        self.told = Statements(self.small)
        self.takings_back = TakingsBack(self.small)
        self.measures = Measures(self.small)
        self.openings = Openings(words, self.lexicon)
        self.rivals = Rivals(guide)
        self._guide = guide
        self._agreeing = frozenset(word for said in words.get("agreeing", ()) for word in self.lexicon.read(said))
        self._exact: dict[str, str] = {}
        self._sentences: list[tuple[str, list[str]]] = []
        self._actions = set(guide.action_by_id)
        for label, phrase in _labelled(guide):
            self._learn(label, self.lexicon.learn(phrase))
        for action in guide.actions:
            self._learn_action(action)
        for question in guide.question_by_id.values():
            for option in question.options:
                for way in (option.label, *option.says):
                    self.lexicon.know(split(clean(way)))

    def _learn(self, label: str, words: list[str]) -> None:
        if words:
            self._exact.setdefault(" ".join(words), label)
            bare = self.small.bare(words)
            if len(bare) > 1 and not self.small.verdict(bare, whole=True):
                self._exact.setdefault(" ".join(bare), label)
            self._sentences.append((label, words))

    def _learn_action(self, action: Action) -> None:
        """Words for an action that report it done mean `done`; the others ask about it."""
        topic = action.topic if action.topic in self._guide.topic_by_id else ""
        for phrase in (action.label, *action.says):
            words = self.lexicon.learn(phrase)
            if words and self.told.tells_past(words, loosely=True):
                self._learn(f"done:{action.id}", words)
            elif topic:
                self._learn(f"ask:{topic}", words)

    @cached_property
    def _ranking(self) -> Ranking:
        """The index, built when the first sentence comes that is not known word for word."""
        small = self.small
        kin = {f"ask:{topic}": f"ask:{ancestry(topic, self._guide)[-1]}" for topic in self._guide.topic_by_id}
        return Ranking(self._sentences, Marks(small.asking, small.days, small.spans), kin)

    @cached_property
    def _overheard(self) -> Overheard:
        return Overheard(self.small, self.told, self._sentences, self._agreeing, self.exactly)

    @cached_property
    def _denying(self) -> list[bool]:
        return [self.small.denies(words) for _, words in self._sentences]

    def exactly(self, words: Sequence[str]) -> str:
        """Return the label whose sentence this is, politeness aside; empty where it is none."""
        return self._exact.get(" ".join(words)) or self._exact.get(" ".join(self.small.bare(words)), "")

    def clause(self, text: str, least: int = 1) -> str:
        """Return the label of the last clause that is a command word for word; empty where none is.

        A clause of fewer words than `least` counts for nothing.
        """
        for words in self.lexicon.clauses(text):
            label = self.exactly(words)
            if len(words) >= least and (label in COMMANDS or label in _ASIDE):
                return label
        return ""

    def slip(self, text: str) -> str:
        """Return the command that a single word is, but for one slip ("pasue"); empty where it is none."""
        typed = split(clean(text))
        if len(typed) != 1 or len(typed[0]) < _SHORTEST or self.lexicon.knows(typed[0]):
            return ""
        near = (known for known in self._single if OSA.distance(known, typed[0], score_cutoff=1) <= 1)
        return next((self._exact[known] for known in near if stem(known) != stem(typed[0])), "")

    @cached_property
    def _single(self) -> list[str]:
        """Commands of one word."""
        commands = COMMANDS | _ASIDE | _AT_THE_TABLE
        return [known for known, label in self._exact.items() if " " not in known and label in commands]

    def nearly(self, words: Sequence[str]) -> str:
        """Return the label whose sentence this is, but for a slip or a word left out; empty where it is none."""
        bare = self.small.bare(words)
        key = " ".join(bare)
        for known, label in self._exact.items():
            alike = known[0] == key[0] and abs(len(known) - len(key)) < 2 and len(key) > 3
            if alike and fuzz.ratio(known, key) >= _SLIP:
                return label
        for best in self._ranking.rank(bare)[:1]:
            sentence = self._sentences[best.place][1]
            if len(bare) > 1 and set(bare) <= set(sentence) and len(sentence) <= len(bare) + 1:
                return best.label
        return ""

    def ranked(self, words: Sequence[str], *, asked: bool) -> list[Likeness]:
        """Return the wishes these words are like, best first; none where nothing is like enough.

        Args:
            words: The words as `lexicon.read` returns them.
            asked: Whether a question is on the table, so that "back" and "why" make sense.
        """
        likely = self._found(words, asked=asked)
        denied = bool(likely) and self._overheard.is_denied(likely[0], words)
        found = [each for each in likely if self._overheard.is_meant(each, words)]
        found = [each for each in found if not denied or each.near >= SURE_AT]
        least = _STRANGE_AT if found and found[0].strange >= _STRANGE else _KNOWN_AT
        return found if found and found[0].near >= least else []

    def rank(self, words: Sequence[str]) -> list[Likeness]:
        """Return all that bare words are like, best first, however little."""
        return self._ranking.rank(words)

    def best_clause(self, text: str, *, asked: bool) -> list[Likeness]:
        """Return the wishes that one clause of a text is like, of the clause that tells most; as `ranked`."""
        best: list[Likeness] = []
        most = 0.0
        for words in self.lexicon.clauses(text):
            found = self.ranked(words, asked=asked)
            if found and found[0].label in _CIVIL:
                found = [each.changed(near=each.near * _LESS_CIVIL) for each in found]
            weight = found[0].near * sqrt(len(words)) if found else 0.0
            if weight > most:
                best, most = found, weight
        return best

    def _found(self, words: Sequence[str], *, asked: bool) -> list[Likeness]:
        denies = self.small.denies(words)
        found = [self._weighed(each, denies=denies, asked=asked) for each in self._ranking.rank(words)]
        found = [self._settled(each, words) for each in found]
        found = self._named_topics.raised(found, words)
        found.sort(key=lambda each: -each.score)
        likest: dict[str, Likeness] = {}
        for each in found:
            likest.setdefault(each.label, each)
        return list(likest.values())

    @cached_property
    def _named_topics(self) -> NamedTopics:
        return NamedTopics(self._guide, self.small, self.rivals, self._sentences)

    def _weighed(self, each: Likeness, *, denies: bool, asked: bool) -> Likeness:
        """Lower a command whose sentence says "not" where the words do not, or the other way round."""
        less = 0.0
        if each.label.partition(":")[0] in COMMANDS and self._denying[each.place] != denies:
            less += _OTHER_SENSE
        if not asked and each.label in _ASIDE:
            less += _LESS
        return each.changed(score=each.score - less, near=each.near * (1 - less)) if less else each

    def _settled(self, each: Likeness, words: Sequence[str]) -> Likeness:
        """Tell "done" from a question about the same thing, and a tip about a topic from the topic."""
        intent, _, detail = each.label.partition(":")
        if intent in ("ask", "tip", "done") and "tip" in words and not self.small.denies(words[: words.index("tip")]):
            return each.changed(label="tip", score=each.score + _TIP_NAMED, near=each.near + _TIP_NAMED)
        action = next((topic for topic in ancestry(detail, self._guide) if topic in self._actions), "")
        if intent in ("ask", "done") and action and self.told.has_come_to_nothing(words):
            return each.changed(label=f"called-off:{action}")
        if intent == "done" and detail and not self._reports(each, words):
            topic = self._guide.action_by_id[detail].topic
            return each.changed(label=f"ask:{topic}" if topic in self._guide.topic_by_id else "plan")
        if intent == "ask" and action and self.told.tells_past(words):
            return each.changed(label=f"done:{action}")
        return each

    def _reports(self, each: Likeness, words: Sequence[str]) -> bool:
        """Tell whether the words report something done, or are all but a sentence that does."""
        if self.small.denies(words) or self.small.asks(words) or self.told.plans(words):
            return False
        if self.told.lies_ahead(words) and not self.told.tells_past(words):
            return False
        told = self.told.tells_past(words, loosely=True) and not self.told.tells_of_others(words)
        return told or each.near >= _TOLD_AT


def _labelled(guide: Guide) -> Iterator[tuple[str, str]]:
    for intent, phrases in guide.phrases.intents.items():
        yield from ((intent, phrase) for phrase in phrases)
    for topic in guide.topics:
        yield from ((f"ask:{topic.id}", phrase) for phrase in (topic.title, *topic.asks))
