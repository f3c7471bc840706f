"""Typed text as words: cleaned, cut to a safe length, contractions opened, slips mended, endings taken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST = 600
"""Characters of a message that are looked at; the rest is kept by the caller but never read."""

_WORD = re.compile(r"\d+(?:[./:-]\d+)+|\d+(?=ish\b)|[^\W_]+(?:'[^\W_]+)*|[☀-➿\U0001f300-\U0001faff]")
_BREAK = re.compile(r"[,.;:!?\n]+")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'", "\u201c": " ", "\u201d": " "})
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Sk"})
_ENDINGS = {"re": "are", "m": "am", "ll": "will", "ve": "have", "d": "would", "em": "them"}
_AFTER_YES = frozenset(("please", "thanks", "sir", "go", "sure"))
"""After one of these a lone "y" is a yes; elsewhere it asks why."""
_BEFORE_ONE = (["another"], ["we", "have"], ["we", "got"], ["we", "had"])
"""After one of these a "1" at the end is the word "one", and no number of anything: "yea we have 1", "another 1"."""
_IS_AFTER = frozenset(["what", "that", "it", "who", "where", "how", "when", "there", "here", "he", "she", "why"])
_OPENED = {
    "cannot": "can not",
    "can't": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "let's": "let us",
    "lets": "let us",
    "im": "i am",
    "ive": "i have",
    "id": "i would",
    "ill": "i will",
    "youre": "you are",
    "theyre": "they are",
    "its": "it is",
    "thats": "that is",
    "whats": "what is",
    "hows": "how is",
    "wheres": "where is",
    "whos": "who is",
    "gimme": "give me",
    "lemme": "let me",
    "wanna": "want to",
    "gonna": "going to",
    "gotta": "got to",
    "dunno": "do not know",
    "idk": "i do not know",
    "idc": "i do not care",
    "wdym": "what do you mean",
    "dont": "do not",
    "cant": "can not",
    "wont": "will not",
}
_OPENED |= {
    f"{verb}nt": f"{verb} not"
    for verb in [
        "did",
        "does",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "would",
        "could",
        "should",
        "must",
        "need",
    ]
}


def clean(text: str) -> str:
    """Return at most `LONGEST` characters of `text`, lower case, without accents and invisible signs."""
    text = text[:LONGEST]
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))[:LONGEST]
        text = "".join(
            (" " if sign.isspace() else "") if unicodedata.category(sign) in _DROPPED else sign for sign in text
        )
    if text[:1] == "-" and text[1:2].isdecimal():
        text = f"minus {text[1:]}"
    return text.lower().replace("n/a", "not applicable").replace("%", " percent ")


def split(cleaned: str) -> list[str]:
    """Return the words of a cleaned text, contractions opened (`do`, `not`); of bare question marks, one."""
    words: list[str] = []
    for word in _WORD.findall(cleaned):
        if word in _OPENED:
            words += _OPENED[word].split()
        elif "'" in word:
            words += _open(word)
        else:
            words.append(word)
    return words or (["?"] if "?" in cleaned else [])


def _open(word: str) -> list[str]:
    head, _, tail = word.partition("'")
    if tail == "t" and head.endswith("n"):
        return [head[:-1], "not"]
    if tail == "s":
        return [head, "is"] if head in _IS_AFTER else [head]
    return [head, _ENDINGS[tail]] if tail in _ENDINGS else [head + tail]


_NO_ENDING = frozenset(("quite", "evening", "really", "likely", "lately", "hardly", "nearly", "fairly", "shortly"))
"""Words whose last letters are no ending: "quite" is not to "quit", nor "evening" to "even"."""


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return the word without its English ending, so that `charts` meets `chart` and `improving` `improve`."""
    if word in _NO_ENDING:
        return word
    bare = word
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        bare = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
        if bare in _NO_ENDING:
            return bare
    for ending in ("ing", "ed", "ly"):
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            bare = bare[: -len(ending)]
            if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls":
                bare = bare[:-1]
            break
    return bare[:-1] if len(bare) > 3 and bare.endswith("e") and bare != "note" else bare


class Lexicon:
    """The words a guide knows: other words for the same meaning, and the right spelling of near misses."""

    def __init__(self, same: Mapping[str, Iterable[str]]) -> None:
        """Take each meaning with the other words for it, as in `{"please": ["pls"]}`."""
        self._head = {word: head for head, words in same.items() for word in words}
        self._known: set[str] = set(same)
        self._by_letter: dict[str, list[str]] = {}
        self._only_known: set[str] = set()
        self._stems: set[str] = set()

    def learn(self, text: str) -> list[str]:
        """Return the words of an author's text and count them as known and as spellings to mend towards."""
        head = self._head
        plain = text.split() if text.islower() and text.replace(" ", "").isalpha() and text.isascii() else None
        if plain is None or not _OPENED.keys().isdisjoint(plain):
            plain = split(clean(text))
        words = [head.get(word, word) for word in plain]
        self._known.update(words)
        return words

    def know(self, words: Iterable[str]) -> None:
        """Count `words` as known, so that they are not mended, without mending others towards them."""
        self._only_known.update(words)

    def knows(self, word: str) -> bool:
        """Tell whether the word is one of the guide's, or an everyday word that is left as it is."""
        return word in self._known or word in self._only_known or word in self._head

    def read(self, text: str) -> list[str]:
        """Return the words of a typed text: slips mended, one word for each meaning."""
        words = split(clean(text))
        if len(words) > 1 and words[0] == "y" and self._settle(words[1]) not in _AFTER_YES:
            words[0] = "why"
        for at, word in enumerate(words[1:-1], 1):
            if word == "n":
                words[at] = "and"
        if words[-1:] == ["1"] and (words[-2:-1] in _BEFORE_ONE or words[-3:-1] in _BEFORE_ONE):
            words[-1] = "one"
        return [self._settle(word) for word in words]

    def clauses(self, text: str) -> Iterator[list[str]]:
        """Yield the words of each clause of a text that has several, last clause first."""
        clauses = _BREAK.split(clean(text))
        for clause in reversed(clauses if len(clauses) > 1 else ()):
            words = self.read(clause)
            if words:
                yield words

    def _settle(self, word: str) -> str:
        if word in self._head:
            return self._head[word]
        if word in self._known or word in self._only_known or not word.isalpha():
            return word
        shorter = _RUN.sub(r"\1", word)
        if shorter != word and len(shorter) > 1:
            double = _RUN.sub(r"\1\1", word)
            return self._settle(double if double in self._known else shorter)
        found = self._nearest(word)
        return self._head.get(found, found)

    def _nearest(self, word: str) -> str:
        if not 4 <= len(word) <= 20:
            return word
        if not self._by_letter:
            self._sort_known()
        if stem(word) in self._stems:
            return word
        allowed = 1 if len(word) < 8 else 2
        near = process.extractOne(word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed)
        return near[0] if near and abs(len(near[0]) - len(word)) <= allowed else word

    def _sort_known(self) -> None:
        """Sort what words may be mended towards; other endings of known words are no slips."""
        for known in sorted({*self._known, *self._head}):
            if len(known) > 2:
                self._by_letter.setdefault(known[0], []).append(known)
        self._stems = {stem(known) for known in (*self._known, *self._only_known)}

    def dated(self, cleaned: str) -> str:
        """Return a cleaned text for the reading of days: same words as `read`, figures left as typed."""
        return " ".join(self._settle(word) for word in split(cleaned))
