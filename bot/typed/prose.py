"""An answer in a person's own words: the option whose sentences it is most like, or the two likeliest to pick from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide
from bot.typed.answers import by_amount
from bot.typed.hearing import NO_WORDS, REWORD, RULED_OUT, Heard
from bot.typed.numbering import CARDINALS, ORDINALS
from bot.typed.option_rows import OptionRows
from bot.typed.ranking import Likeness, Marks, Ranking, lead_of
from bot.typed.told_lists import ToldLists
from bot.typed.wishes import Wishes

_FEWEST = 3
"""From how many words on a message may be an answer in prose."""
_CLEAR = 0.55
"""By how much the likeliest option has to lead to be the answer; by less, the first two are offered."""
_LEAST = 0.35
"""How like a sentence of an option's words must be to count at all."""
_NEAR = 0.45
"""How like them they must be to be an answer; by less, the first two are offered."""
_STRANGE = 0.3
"""Above this share of words that no sentence of the options holds, nothing is taken without asking."""
_TOO_STRANGE = 0.5
"""Above this share, the words are about something else."""
_SAME = 0.85
"""From this likeness the words are all but a sentence that stands for an option, whatever single words say."""
_TOLD = 0.55
"""How like them words that ask nothing must be to be an answer, though they are like a topic, too;"""
_BEHIND = 0.3
"""and by how much less than that topic they may be like them."""
_AHEAD = 0.1
"""How much likelier an option must be than a command, where the words are all but one of its sentences."""
_DOUBTED = 0.3
"""By how much another option has to lead to put an answer in doubt that single words gave."""
_SHORT = 5
"""Up to how many words an answer with a clear yes or no in it is left as it is."""
_PLACES = frozenset((*CARDINALS, *ORDINALS, "last"))
"""Words that name an option by its place in the row."""
_BEFORE_A_PLACE = frozenset(("the", "number", "option", "answer", "pick", "take", "choose", "maybe", "or", "and", "to"))
"""After one of these a "one" is the first of a row."""
_SAYS_LITTLE = frozenset(("yes", "yeh", "so", "oh", "well", "actually", "i", "it", "that", "this", "me", "my", "too"))
_SAYS_LITTLE |= {"is", "am", "are", "do", "be"}
"""Words that by themselves tell nothing, however many sentences hold them: "yeh that's me"."""
_LOOSE_WISHES = frozenset(("ask", "profile", "progress", "start", "resume", "plan", "done", "tip", "buddy"))
"""What a sentence beside options may seem to wish for, while it only tells something."""
_OWN = (NO_WORDS, REWORD, RULED_OUT)
"""How readings begin that say more than that the words were not clear."""


class Prose:
    """The sentences for each question's options, indexed when first needed."""

    def __init__(self, guide: Guide, wishes: Wishes, rows: OptionRows) -> None:
        self._sentences = guide.phrases.answers
        self._wishes = wishes
        self._small = wishes.small
        self._rows = rows
        self._lists = ToldLists(wishes.small, wishes.lexicon.read)
        self._indexes: dict[tuple[str, ...], Ranking] = {}

    def weigh(self, message: Heard, event: Event) -> Event:
        """Return `event`, or the answer that the words are in prose, or a doubt between the two likeliest options."""
        if not self._may_answer(message):
            return event
        ranked = self._rank(message, message.words)
        options = {option.id for option in message.expects.options}
        if message.expects.context == "multi":
            row = self._rows.of(message.expects.options, message.expects.most)
            told = self._lists.add(message, event, row, lambda words: self._rank(message, words))
            if told is not event:
                return told
        if not ranked or ranked[0].near < _LEAST or ranked[0].strange > _TOO_STRANGE:
            return event
        if isinstance(event, Answered):
            return self._beside_answer(message, event, ranked)
        if isinstance(event, Wanted):
            return self._beside_wish(message, event, ranked)
        if isinstance(event, Puzzled) and (
            self._is_beyond(message, ranked) or not self._settles(event, ranked, options)
        ):
            return event
        return _settled(message, ranked, event)

    def _may_answer(self, message: Heard) -> bool:
        """Tell whether words beside options that have sentences ask nothing, and are no command or option as such.

        A few words with a number in them name an option by its place, and nothing is told: "the second one".
        """
        expects, words = message.expects, message.words
        if expects.context not in ("choice", "multi") or expects.turns_on or len(words) < _FEWEST:
            return False
        if len(words) <= _SHORT and any(_is_place(word, before) for before, word in pairwise(("", *words))):
            return False
        if _SAYS_LITTLE.issuperset(words):
            return False
        if not any(self._key(message, option.id) in self._sentences for option in expects.options):
            return False
        asks = message.asks or (self._small.asks(words) and not self._small.denies(words[:2]))
        if asks or self._wishes.exactly(words) or self._small.worries(words):
            return False
        return not self._rows.hold(words, self._rows.of(expects.options, expects.most))

    def _beside_answer(self, message: Heard, event: Answered, ranked: list[Likeness]) -> Event:
        """Weigh what single words say against the whole sentence: where they differ, the two are offered."""
        first = ranked[0]
        if message.expects.context != "choice" or event.question or first.label in event.options or not event.options:
            return event
        if lead_of(ranked) < _DOUBTED or first.strange > _STRANGE or self._is_plain(message):
            return event
        if first.near >= _SAME and lead_of(ranked) >= _CLEAR:
            return Answered(options=(first.label,))
        return Puzzled((*event.options, first.label), message.text)

    def _is_plain(self, message: Heard) -> bool:
        """Tell whether words say an amount, begin with a number, or are few with a yes or no: "four, if I may"."""
        words = message.words
        row = self._rows.of(message.expects.options, message.expects.most)
        if words[0] in CARDINALS or by_amount(words, row) is not None:
            return True
        return len(words) <= _SHORT and bool(self._small.clear_verdict(words))

    def _beside_wish(self, message: Heard, event: Wanted, ranked: list[Likeness]) -> Event:
        """Weigh a wish that was only guessed at: an option that is likelier is the answer, or offered beside it."""
        wished = next(iter(self._wishes.ranked(message.words, asked=True)), None)
        if wished is None or "#" in event.detail or ranked[0].strange > _STRANGE:
            return event
        first, is_clear = ranked[0], lead_of(ranked) >= _CLEAR
        if event.intent not in _LOOSE_WISHES:
            is_own = is_clear and first.near >= max(_SAME, wished.near + _AHEAD)
            return Answered(options=(first.label,)) if is_own else event
        told = event.intent == "ask" and is_clear and first.near >= max(_TOLD, wished.near - _BEHIND)
        if not told and first.near <= wished.near:
            return event
        if told or (is_clear and first.near >= _NEAR):
            return Answered(options=(first.label,))
        offered = event.intent == "ask" and event.detail and message.expects.context == "choice"
        return Puzzled((first.label, f"ask:{event.detail}"), message.text) if offered else event

    def _is_beyond(self, message: Heard, ranked: list[Likeness]) -> bool:
        """Tell whether the words are rather what a guide cannot help with: "tell me a joke"."""
        best = next(iter(self._wishes.ranked(message.words, asked=True)), None)
        return best is not None and best.label == "unknown" and best.near >= ranked[0].near

    @staticmethod
    def _settles(event: Puzzled, ranked: list[Likeness], options: set[str]) -> bool:
        """Tell whether a doubt is open to the likeliest option: it names none, or this one among others."""
        if not event.readings:
            return True
        if any(reading.startswith(_OWN) for reading in event.readings) or lead_of(ranked) < _CLEAR:
            return False
        return options.isdisjoint(event.readings) or ranked[0].label in event.readings

    def _rank(self, message: Heard, words: Sequence[str]) -> list[Likeness]:
        """Return the options on the table that words are like, best first."""
        options = {option.id for option in message.expects.options}
        return [each for each in self._index(message).rank(words) if each.label in options]

    def _index(self, message: Heard) -> Ranking:
        about = (message.expects.about, *(option.id for option in message.expects.options))
        index = self._indexes.get(about)
        if index is None:
            read = self._wishes.lexicon.read
            ways = self._rows.of(message.expects.options, message.expects.most).ways
            said = [
                (option.id, list(way))
                for option, own in zip(message.expects.options, ways, strict=True)
                for way in (*own, *map(read, self._sentences.get(self._key(message, option.id), ())))
            ]
            index = self._indexes[about] = Ranking(said, Marks())
        return index

    @staticmethod
    def _key(message: Heard, option: str) -> str:
        return f"{message.expects.about}.{option}"


def _is_place(word: str, before: str) -> bool:
    """Tell whether a word names a place in a row; in "we never had one" and "with that one" it stands for a thing."""
    if word == "one" and before and before not in _BEFORE_A_PLACE:
        return False
    return word in _PLACES or word.isdecimal()


def _settled(message: Heard, ranked: list[Likeness], event: Event) -> Event:
    """Return the likeliest option where it leads by far, else the first two, if one of several is asked for."""
    first = ranked[0]
    if lead_of(ranked) >= _CLEAR and first.near >= _NEAR and first.strange <= _STRANGE:
        return Answered(options=(first.label,))
    if message.expects.context != "choice":
        return event
    return Puzzled(tuple(each.label for each in ranked[:2]), message.text)
