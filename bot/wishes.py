"""What people want by name: the guide's sentences, and the wish that typed words are most like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from bot.answers import Places
from bot.guide import Guide
from bot.ranking import Likeness, Ranking
from bot.words import Lexicon

_SMALL = frozenset(
    [
        "yes",
        "no",
        "unsure",
        "filler",
        "not",
        "lowest",
        "middle",
        "highest",
        "ladder",
        "all",
        "none",
        "vague",
        "finished",
        "polite",
    ]
)
_COMMANDS = frozenset(
    [
        "start",
        "back",
        "skip",
        "progress",
        "profile",
        "plan",
        "done",
        "tip",
        "cv",
        "remind",
        "pause",
        "resume",
        "stop",
        "restart",
        "export",
        "delete",
    ]
)
_DONE = frozenset(["done", "finished", "completed", "complete", "mark", "tick", "ticked"])
_ASKING = frozenset(
    [
        "what",
        "which",
        "how",
        "why",
        "who",
        "whom",
        "where",
        "when",
        "is",
        "are",
        "do",
        "does",
        "should",
        "am",
        "did",
    ]
)
_ASIDE = frozenset(["back", "skip", "why", "progress", "answer"])
_KNOWN_AT = 0.38
"""How like the nearest sentences words must be before they count as understood."""
_CLOSE = 0.02
_SURE_AT = 0.75
_SLIP = 88


class SmallWords:
    """Yes, no, perhaps, and the words that carry no meaning of their own."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], lexicon: Lexicon) -> None:
        read = lexicon.learn
        joined = {key: frozenset(" ".join(read(word)) for word in words.get(key, ())) for key in _SMALL - {"ladder"}}
        self._joined = joined
        self._not = joined["not"]
        self.finished = joined["finished"]
        self.polite = joined["polite"]
        self._verdicts = {text: key for key in ("yes", "no", "unsure") for text in joined[key]}
        self.places = Places(
            filler=joined["filler"],
            lowest=joined["lowest"],
            middle=joined["middle"],
            highest=joined["highest"],
            every=joined["all"],
            none=joined["none"],
            ladder=tuple(frozenset(" ".join(read(way)) for way in rung.split(",")) for rung in words.get("ladder", ())),
        )

    def denies(self, words: Sequence[str]) -> bool:
        """Tell whether the words hold a "not" of any kind."""
        return any(word in self._not for word in words)

    def is_vague(self, words: Sequence[str], *, within: bool = False) -> bool:
        """Tell whether the words name a time, but no day ("soon"); `within`: or hold words that do."""
        vague = self._joined["vague"]
        if " ".join(words) in vague or " ".join(self.bare(words)) in vague:
            return True
        runs = (" ".join(words[at : at + size]) for size in (1, 2, 3, 4) for at in range(len(words) - size + 1))
        return within and any(run in vague for run in runs)

    def bare(self, words: Sequence[str]) -> list[str]:
        """Return the words without the polite ones; all of them where nothing would be left."""
        return [word for word in words if word not in self.polite] or list(words)

    def verdict(self, words: Sequence[str], *, whole: bool = False) -> str:
        """Return `yes`, `no` or `unsure`, or nothing; `whole` leaves out words that only begin so."""
        bare = self.bare(words)
        for said in (words, bare):
            found = self._verdicts.get(" ".join(said))
            if found:
                return found
        return "" if whole else self._opening(bare)

    def _opening(self, words: Sequence[str]) -> str:
        """Judge by the longest known opening, and by what follows it."""
        for size in range(min(len(words), 6), 0, -1):
            found = self._verdicts.get(" ".join(words[:size]))
            if not found:
                continue
            rest = words[size:]
            later = self._verdicts.get(" ".join(rest)) or (self._opening(rest) if rest else "")
            if found != "unsure" and (later in (found, "") or size == len(words)):
                return "unsure" if rest[:1] == ["but"] else found if self._fits(found, words, size) else ""
            return "unsure"
        return ""

    def _fits(self, found: str, words: Sequence[str], size: int) -> bool:
        """A lone "not" or "do not" opens many sentences; a clear yes or no stands in few words."""
        return words[0] in ("yes", "no", "yeah", "yep", "nope", "sure", "nah") or len(words) - size <= 3


class Wishes:
    """The guide's sentences, by intent, topic and action."""

    def __init__(self, guide: Guide) -> None:
        words = guide.phrases.words
        self.lexicon = Lexicon({key: value for key, value in words.items() if key not in _SMALL})
        self.lexicon.know(words.get("known", ()))
        self.small = SmallWords(words, self.lexicon)
        self._exact: dict[str, str] = {}
        self._denying: list[bool] = []
        self._actions = {action.id for action in guide.actions}
        self._topics = set(guide.topic_by_id)
        self._ranking = Ranking(self._sentences(guide))
        self._guide = guide
        self._taught = False

    def _sentences(self, guide: Guide) -> Iterator[tuple[str, list[str]]]:
        for label, phrase in _labelled(guide):
            words = self.lexicon.learn(phrase)
            if not words:
                continue
            for key in (" ".join(words), " ".join(self.small.bare(words))):
                self._exact.setdefault(key, label)
            self._denying.append(self.small.denies(words))
            yield label, words

    def exactly(self, words: Sequence[str], *, slips: bool = False) -> str:
        """Return the label whose sentence this is, politeness aside; with `slips`, nearly is enough."""
        for said in (words, self.small.bare(words)):
            key = " ".join(said)
            if key in self._exact:
                return self._exact[key]
            if slips and len(key) > 3:
                near = next(
                    (
                        known
                        for known in self._exact
                        if abs(len(known) - len(key)) < 2 and known[0] == key[0] and fuzz.ratio(known, key) >= _SLIP
                    ),
                    "",
                )
                if near:
                    return self._exact[near]
        return ""

    def ranked(self, words: Sequence[str], context: str) -> list[Likeness]:
        """Return the wishes these words are like, best first; none where nothing is like enough."""
        found = self._ranking.rank(words)
        denies = self.small.denies(words)
        weighed = [self._weigh(each, denies=denies, aside=context == "idle") for each in found]
        weighed = [self._settled(each, words, denies=denies) for each in weighed]
        weighed.sort(key=lambda each: -each.score)
        likest: dict[str, Likeness] = {}
        for each in weighed:
            likest.setdefault(each.label, each)
        merged = list(likest.values())
        return merged if merged and merged[0].near >= _KNOWN_AT else []

    def best(self, words: Sequence[str], context: str) -> Likeness | None:
        """Return the likeliest wish, or None."""
        ranked = self.ranked(words, context)
        return ranked[0] if ranked else None

    def is_close(self, ranked: Sequence[Likeness]) -> bool:
        """Tell whether the first two wishes are too close to choose between."""
        if len(ranked) < 2 or ranked[0].near >= _SURE_AT:
            return False
        if self._outermost(ranked[0].label) == self._outermost(ranked[1].label):
            return False
        return ranked[0].score - ranked[1].score < _CLOSE and ranked[1].near > 0.9 * ranked[0].near

    def _outermost(self, label: str) -> str:
        """Return the outermost topic of an `ask:` label; other labels stand for themselves."""
        intent, _, topic = label.partition(":")
        return ancestry(topic, self._guide)[-1] if intent == "ask" else label

    def _weigh(self, each: Likeness, *, denies: bool, aside: bool) -> Likeness:
        factor = 1.0
        if each.label.partition(":")[0] in _COMMANDS and each.place >= 0 and self._denying[each.place] != denies:
            factor = 0.6
        if aside and each.label in _ASIDE:
            factor *= 0.9
        return replace(each, score=each.score - (1 - factor), near=each.near * factor) if factor < 1 else each

    def _settled(self, each: Likeness, words: Sequence[str], *, denies: bool) -> Likeness:
        """Tell "done" from a question about the same thing, and a tip about a topic from the topic."""
        intent, _, detail = each.label.partition(":")
        asks = words[0] in _ASKING
        past = not asks and not denies and self._tells_past(words)
        if intent in ("ask", "tip", "done") and "tip" in words and not denies:
            return replace(each, label="tip", score=each.score + 0.3, near=each.near + 0.2)
        if intent == "done" and detail and not past:
            return replace(each, label=f"ask:{detail}" if detail in self._topics else "plan")
        if intent == "ask" and past and detail in self._actions:
            return replace(each, label=f"done:{detail}")
        return each

    def _tells_past(self, words: Sequence[str]) -> bool:
        if _DONE & set(words):
            return True
        tells = words[0] in ("i", "we", "my", "the", "just", "have", "yesterday", "today") or words[0].endswith("ed")
        asks_later = any(word in ("does", "do", "what", "how", "which", "should", "can", "could") for word in words[1:])
        return tells and not asks_later and any(self._is_past(word) for word in words)

    def _is_past(self, word: str) -> bool:
        return word in self.small.finished or (len(word) > 4 and word.endswith("ed") and word not in ("need", "speed"))

    def subject(self, words: Sequence[str], intent: str) -> str:
        """Return the topic a tip is wanted about, or the action that is done; empty where none is named."""
        for about in ("about", "on", "for", "with", "regarding"):
            if intent == "tip" and about in words[:-1]:
                words = words[list(words).index(about) + 1 :]
                break
        wanted = ("ask:",) if intent == "tip" else ("done:", "ask:")
        for each in self._ranking.rank(words):
            kind, _, detail = each.label.partition(":")
            if (
                detail
                and each.label.startswith(wanted)
                and each.near >= 0.3
                and (kind == "done" or intent == "tip" or detail in self._actions)
            ):
                return detail
        return ""


def ancestry(topic_id: str, guide: Guide | None) -> list[str]:
    """Return the topic and what it lies within, outwards; a ring of topics ends where it began."""
    line = [topic_id]
    while guide is not None and topic_id in guide.topic_by_id:
        topic_id = guide.topic_by_id[topic_id].within
        if not topic_id or topic_id in line:
            break
        line.append(topic_id)
    return line


def _labelled(guide: Guide) -> Iterator[tuple[str, str]]:
    for intent, phrases in guide.phrases.intents.items():
        yield from ((intent, phrase) for phrase in phrases)
    for topic in guide.topics:
        yield from ((f"ask:{topic.id}", phrase) for phrase in (topic.title, *topic.asks))
    for action in guide.actions:
        yield from ((f"done:{action.id}", phrase) for phrase in (action.label, *action.says))
