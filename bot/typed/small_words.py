"""Small words by meaning, as the author collected them: yes and no, doubt, places in a row, times that are no day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.typed.openings import OPENINGS
from bot.typed.words import Lexicon, clean, split

Verdict = Literal["yes", "no", "unsure", ""]

ORDERS = (
    *("opens", "list", "preview", "change", "pause", "skip", "resume", "stop", "help"),
    *("weekly", "fortnightly", "monthly", "first", "noise"),
)
"""What orders for a channel are made of, each under `nudge-<name>`: `bot.typed.schedules` reads those."""

_OF_ORDERS = tuple(f"nudge-{name}" for name in ORDERS)

USED_BY_NAME = (
    *("yes", "no", "unsure", "filler", "not", "lowest", "middle", "highest", "ladder", "all", "none", "vague"),
    *("finished", "surely-finished", "finished-loosely", "asking", "days", "spans", "polite", "known"),
    *("acts", "cues", "moments", "support", "amend", "answers", "said", "mistaken", "earlier", "onward", "scratch"),
    *("knowing", "put-off", "agreeing", "worries", "of-a-team", "left-out", "others", "owners"),
    *("making", "rewording", "staying", "unfinished", "persons", "no-answer"),
    *(
        "foreign",
        "how-often",
        "how-many",
        "degrees",
        "beside-measures",
        "half-hearted",
        "come-to-nothing",
        "of-notes",
        "unclear",
    ),
    *OPENINGS,
    *_OF_ORDERS,
)
"""Keys of `words` with a part of their own; any other key stands for the words in its list."""

_LONGEST_OPENING = 6
_LONGEST_CRY = 8
_FEW = 3
_LOST = frozenset(("know", "idea", "sure", "clue", "unsure", "tell", "dunno", "idk"))
"""Words that make a doubt a wish to pass a question by; "it depends" is none."""
_SUBJECT = frozenset(("i", "we", "it", "that", "this", "you"))
"""A yes that begins with one of these ("I want to") is one only where nothing follows."""
_ATTITUDES = frozenset(("trust", "believe", "understand", "follow", "buy", "remember", "recall"))
"""After "I do not", these are about the talk, and no answer to what was asked."""
_PRAISE = frozenset(("good", "great", "right", "fine", "true", "perfect", "cool", "correct", "positive", "certain"))
"""A yes that is one of these is none before other words: "good question"."""
_CLEAR = frozenset(("yes", "no", "yeah", "yep", "nope", "sure", "nah"))
_SAYING = frozenset(("say", "says", "said", "saying", "tell", "told", "a", "the"))
"""Before a last "yes" or "no", these tell of somebody else's: "my boss might say no"."""
_SUBJECTS = frozenset(("i", "you", "we", "they", "it", "he", "she", "my", "anyone"))
_WANTING = frozenset(("want", "wish", "need", "mean", "like", "you", "to", "please", "ever", "just", "going"))


@dataclass(frozen=True, slots=True)
class Places:
    """Words that name a place in a row of options, and those that may stand around them."""

    filler: frozenset[str] = frozenset()
    lowest: frozenset[str] = frozenset()
    middle: frozenset[str] = frozenset()
    highest: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    ladder: tuple[frozenset[str], ...] = ()


class SmallWords:
    """The small words of a language, ready to be looked up."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], lexicon: Lexicon) -> None:
        read = lexicon.learn
        self._kinds = kinds = {
            key: frozenset(" ".join(read(word)) for word in words.get(key, ()))
            for key in USED_BY_NAME
            if key not in ("ladder", "known", "no-answer", "foreign", *OPENINGS, *_OF_ORDERS)
        }
        self._no_answer = frozenset(" ".join(split(clean(text))) for text in words.get("no-answer", ()))
        verdicts: tuple[Verdict, ...] = ("yes", "no", "unsure")
        self._verdicts = {text: verdict for verdict in verdicts for text in kinds[verdict]}
        self.asking = kinds["asking"]
        self.days = kinds["days"]
        self.polite = kinds["polite"]
        self.spans = kinds["spans"]
        self.places = Places(
            filler=kinds["filler"],
            lowest=kinds["lowest"],
            middle=kinds["middle"],
            highest=kinds["highest"],
            every=kinds["all"],
            none=kinds["none"],
            denying=kinds["not"],
            ladder=tuple(frozenset(" ".join(read(way)) for way in rung.split(",")) for rung in words.get("ladder", ())),
        )

    def kind(self, name: str) -> frozenset[str]:
        """Return the words that the author collected under this key, read by the lexicon."""
        return self._kinds[name]

    def denies(self, words: Sequence[str]) -> bool:
        """Tell whether the words hold a "not" of any kind."""
        return not self._kinds["not"].isdisjoint(words)

    def denied(self, words: Sequence[str]) -> list[str]:
        """Return the words right after a "not": `delete` of "do not delete it" and of "I do not want to delete it"."""
        after = (words[at + 1 :] for at, word in enumerate(words) if word in self._kinds["not"])
        meant = (next((word for word in rest if word not in _WANTING), "") for rest in after)
        return [word for word in meant if word]

    def bare(self, words: Sequence[str]) -> list[str]:
        """Return the words without the polite ones; all of them where nothing would be left."""
        return [word for word in words if word not in self._kinds["polite"]] or list(words)

    def hints_doubt(self, words: Sequence[str]) -> bool:
        """Tell whether two words or more in a row say that a person cannot tell."""
        runs = (" ".join(words[at : at + size]) for size in (2, 3, 4) for at in range(len(words) - size + 1))
        return any(run in self._kinds["unsure"] for run in runs)

    def without_doubt(self, words: Sequence[str]) -> list[str]:
        """Return the words without those that say that a person cannot tell: "a or b, can't decide" is "a or b"."""
        for size in range(min(len(words), _LONGEST_OPENING), 1, -1):
            for at in range(len(words) - size + 1):
                if " ".join(words[at : at + size]) in self._kinds["unsure"]:
                    return [*words[:at], *words[at + size :]]
        return list(words)

    def is_vague(self, words: Sequence[str], *, within: bool = False) -> bool:
        """Tell whether the words name a time, but no day ("soon"); `within`: or hold words that do."""
        vague = self._kinds["vague"]
        if " ".join(words) in vague or " ".join(self.bare(words)) in vague:
            return True
        runs = (" ".join(words[at : at + size]) for size in range(1, 6) for at in range(len(words) - size + 1))
        return within and any(run in vague for run in runs)

    def rejects_all(self, words: Sequence[str]) -> bool:
        """Tell whether the words are a plain "none"."""
        return " ".join(self.bare(words)) in self.places.none

    def says_nothing(self, words: Sequence[str]) -> bool:
        """Tell whether words as they were typed, where a person's own are asked for, are none: "done", "ok", "hmm"."""
        said = {" ".join(words), " ".join(self.bare(words))}
        return not said.isdisjoint(self._no_answer) or self._kinds["polite"].issuperset(words)

    def asks(self, words: Sequence[str]) -> bool:
        """Tell whether the words open as a question does; "did the shadowing" and "when I write it" do not."""
        if words[0] == "did":
            return words[1:2] != [] and words[1] in _SUBJECTS and not ("my" in words[1:2] and "yesterday" in words)
        if words[0] == "when" and len(words) > 1 and words[1] in _SUBJECTS:
            return False
        return words[0] in self.asking

    def verdict(self, words: Sequence[str], *, whole: bool = False) -> Verdict:
        """Return yes, no or unsure, or nothing; `whole` leaves out words that only begin so."""
        bare = self.bare(words)
        found = self._verdicts.get(" ".join(words)) or self._verdicts.get(" ".join(bare))
        return found or ("" if whole else self._opening(bare))

    def worries(self, words: Sequence[str]) -> bool:
        """Tell whether the words tell of a worry: "I am afraid of losing my title" asks what will become of it."""
        runs = (" ".join(words[at : at + size]) for size in (1, 2, 3, 4) for at in range(len(words) - size + 1))
        return any(run in self._kinds["worries"] for run in runs)

    def cannot_tell(self, words: Sequence[str]) -> bool:
        """Tell whether the words are nothing but "no idea" and the like; "you tell me" asks back."""
        lost = not _LOST.isdisjoint(words) and "you" not in words
        return lost and self.verdict(words, whole=True) == "unsure"

    def clear_verdict(self, words: Sequence[str]) -> Verdict:
        """Return the yes or no that begins or ends a sentence of any length: "yes, three of them", "at times, no".

        A "no" that begins it may belong to what follows: "no PMO is ever useful".
        """
        if words[0] in _CLEAR and words[0] != "no":
            return self.verdict(words)
        told = not _SAYING.isdisjoint(words[-2:-1])
        return self.verdict(words[-1:]) if words[-1] in _CLEAR and not told else ""

    def stays(self, words: Sequence[str]) -> bool:
        """Tell whether the words say to leave something as it is, which is no answer to a question with options."""
        return not self._kinds["staying"].isdisjoint((" ".join(words), " ".join(self.bare(words))))

    def agrees(self, words: Sequence[str]) -> bool:
        """Tell whether the words are nothing but a yes, said once or in several ways: "sure, do it"."""
        if not words or self.verdict(words, whole=True) == "yes":
            return bool(words)
        sizes = range(min(len(words) - 1, _LONGEST_OPENING), 0, -1)
        after = (words[size:] for size in sizes if self._verdicts.get(" ".join(words[:size])) == "yes")
        if any(self._kinds["polite"].issuperset(rest) or self.agrees(rest) for rest in after):
            return True
        return words[0] in self._kinds["polite"] and self.agrees(words[1:])

    def opens_with_yes(self, words: Sequence[str]) -> int:
        """Return how many words at the beginning are a yes; 0 where none are."""
        sizes = range(min(len(words), _LONGEST_OPENING), 0, -1)
        return next((size for size in sizes if self._verdicts.get(" ".join(words[:size])) == "yes"), 0)

    def needs_support(self, words: Sequence[str]) -> bool:
        """Tell whether a person says that they are in need, anywhere in the words."""
        support = self._kinds["support"]
        bare = self.bare(words)
        return any(
            " ".join(row[at : at + size]) in support
            for row in (words, bare)
            for at in range(len(row))
            for size in range(1, _LONGEST_CRY + 1)
        )

    def _opening(self, words: Sequence[str]) -> Verdict:
        """Judge by the longest known opening, and by what follows it."""
        for size in range(min(len(words), _LONGEST_OPENING), 0, -1):
            found = self._verdicts.get(" ".join(words[:size]))
            owned = words[0] in _SUBJECT and (found == "yes" or not _ATTITUDES.isdisjoint(words[size : size + 1]))
            praises = size == 1 and words[0] in _PRAISE and self._opening(words[1:]) != "yes"
            if found and not (size < len(words) and (owned or (found == "yes" and praises))):
                return self._with_rest(found, words, size)
        return ""

    def _with_rest(self, found: Verdict, words: Sequence[str], size: int) -> Verdict:
        """Weigh an opening against the words after it: "yes, but", "no, do it", "not now, I am busy"."""
        rest = words[size:]
        later = self._opening(rest) if rest else ""
        if found == "unsure" or later not in (found, "") or rest[:1] == ["but"]:
            return "unsure"
        return found if words[0] in _CLEAR or later == found or len(rest) <= _FEW else ""
