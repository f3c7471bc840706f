"""A message as a wish: the one it names word for word, else the one it is most like, with its detail; else a doubt."""

from __future__ import annotations

from bot.events import Event, Puzzled, Wanted
from bot.typed.hearing import LOST, UNDECIDED, Heard
from bot.typed.named_days import NamedDays
from bot.typed.naming import Naming
from bot.typed.plan_lines import moves_a_step, numbered_wish
from bot.typed.ranking import Likeness
from bot.typed.turns import wanted_turns
from bot.typed.wishes import Wishes

SURE = 0.8
"""From this likeness a sentence means what it says, even with a "not sure" in it."""
LOOSE = 0.6
"""Below this likeness a sentence is tried clause by clause."""
TOLD = 0.76
"""From this likeness a sentence that asks nothing is about a topic all the same."""
GUESSED = 0.5
"""Below this likeness a topic is a guess, wrong two times in three, so the likeliest are offered."""
ALONE = 0.7
"""Below this one it is answered, and the next likeliest, right one time in five, can be pressed."""
_OFFERED = 3
"""How many topics are offered at most."""
LASTING = frozenset(("until", "till", "til", "for"))
"""Words before the day that a rest lasts until."""
_SENTENCE = 4
"""From this many words, what is said beside options may be an answer in a person's own words."""
_OUTRIGHT = 3
"""From how many words on a clause that is a command is one, also in a sentence that may be an answer."""
_FEW = 5
"""Most words a bare day may come in."""
_PARTS_OF_MONTHS = frozenset(("mid", "middle", "early", "late", "begin", "start", "end", "in", "of", "the"))
_CANNOT_TELL = (UNDECIDED,)


class Wanting:
    """Reads wishes, whatever else was asked."""

    def __init__(self, wishes: Wishes, naming: Naming, days: NamedDays) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._naming = naming
        self._days = days

    def wish(self, message: Heard) -> Event:
        """Return the wish, a yes or a no; a doubt with readings where two are close, else without."""
        turns = wanted_turns(message.text, message.now)
        if turns is not None:
            return Wanted("repeat", str(turns), message.text)
        wish, number = numbered_wish(message.text)
        if wish:
            day = self._days.put_off_to(message) if wish == "snooze" else ""
            return Wanted(wish, f"{day}#{number}", message.text)
        if moves_a_step(message.text) and (day := self._days.put_off_to(message)):
            return Wanted("snooze", day, message.text)
        label = self._wishes.slip(message.text) or self._naming.asked_tip(message.words)
        label = label or self._wishes.exactly(message.words) or self._told_at_once(message)
        if label:
            return Puzzled((), message.text) if label == "unknown" else self.wanted(label, message)
        if self._wishes.measures.is_all(message.words):
            return Puzzled((), message.text)
        verdict = self._small.verdict(message.words, whole=True)
        if verdict in ("yes", "no"):
            return Wanted(verdict, text=message.text)
        if message.asked and self._small.cannot_tell(message.words):
            return Wanted("skip", LOST, message.text)
        if verdict:
            return Puzzled(_CANNOT_TELL, message.text)
        return self._likely(message)

    def wanted(self, label: str, message: Heard) -> Wanted:
        """Return the wish with its detail: the day of a reminder, the topic of a tip, the action that is done."""
        intent, _, detail = label.partition(":")
        if intent == "snooze":
            detail = self._days.put_off_to(message)
        elif intent in ("remind", "pause", "stop", "agreed"):
            days = self._days.ends_of_pause(message) if intent == "pause" else self._days.find(message).days
            if intent == "stop" and days and not LASTING.isdisjoint(message.words):
                intent = "pause"
            detail = days[0].isoformat() if days and intent != "stop" else ""
        elif intent == "called-off" and (day := self._days.put_off_to(message)):
            intent, detail = "snooze", day
        elif intent == "tip":
            detail = self._naming.tip_topic(message.words) or self._naming.strange_topic(message.words)
        elif intent in ("done", "called-off") and not detail:
            detail = self._naming.action_done(message.words)
        return Wanted(intent, detail, message.text)

    def _told_at_once(self, message: Heard) -> str:
        """Return the wish to log, where what is to be kept follows it: "add evidence: the board took my report"."""
        head, colon, told = message.text.partition(":")
        logs = bool(colon and told.strip()) and self._wishes.exactly(self._wishes.lexicon.read(head)) == "log"
        return "log" if logs else ""

    def _likely(self, message: Heard) -> Event:
        """Return the wish that the words are like enough, or that one of their clauses is."""
        ranked = self._wishes.ranked(message.words, asked=message.asked)
        near = nearness(ranked)
        told = near >= LOOSE and self._small.worries(message.words)
        questions = "?" in message.text and self._small.asks(message.words)
        doubts = not questions and self._small.hints_doubt(message.words)
        if message.asked and near < SURE and not told and doubts:
            return Puzzled(_CANNOT_TELL, message.text)
        least = SURE if len(message.words) >= _SENTENCE and not self._opens_as(ranked, message.words) else LOOSE
        if ranked and ranked[0].label.startswith("ask:"):
            least = min(least, TOLD)
        if near < least and self._tells_own_words(message):
            clause = self._wishes.clause(message.text, _OUTRIGHT)
            return self.wanted(clause, message) if clause else Puzzled((), message.text)
        if near < LOOSE:
            clause = self._wishes.clause(message.text)
            if clause:
                return self.wanted(clause, message)
            ranked = max(ranked, self._wishes.best_clause(message.text, asked=message.asked), key=nearness)
        return self._likeliest(ranked, message)

    def _opens_as(self, ranked: list[Likeness], words: list[str]) -> bool:
        """Tell whether a sentence begins with the very words of the wish it is like: "remind me tomorrow at 3"."""
        return bool(ranked) and ranked[0].label in (self._wishes.exactly(words[:2]), self._wishes.exactly(words[:1]))

    def _tells_own_words(self, message: Heard) -> bool:
        """Tell whether a sentence that asks nothing came where options stood: perhaps an answer of one's own.

        A worry asks, without a question mark.
        """
        stood = message.expects.context in ("choice", "multi", "date")
        asks = message.asks or self._small.asks(message.words) or self._small.worries(message.words)
        return stood and not asks and not self._wishes.told.has_come_to_nothing(message.words)

    def _likeliest(self, ranked: list[Likeness], message: Heard) -> Event:
        if ranked and ranked[0].label == "unknown" and ranked[0].near >= SURE:
            return Puzzled((), message.text)
        if not ranked or ranked[0].label == "unknown":
            return self._unclear(message)
        if ranked[0].label.startswith("ask:") and self._is_a_day(message):
            return self._unclear(message)
        if self._wishes.rivals.are_close(ranked):
            clause = self._wishes.clause(message.text, _OUTRIGHT)
            if clause:
                return self.wanted(clause, message)
            return Puzzled(tuple(_reading(likeness) for likeness in ranked[:2]), message.text)
        if not ranked[0].label.startswith("ask:") or ranked[0].near >= ALONE:
            return self.wanted(ranked[0].label, message)
        return self._doubtful(ranked, message)

    def _doubtful(self, ranked: list[Likeness], message: Heard) -> Event:
        """Return the topic with others that may be meant, or where it is but a guess, the doubt between them."""
        likeliest = self._wishes.rivals.likeliest(ranked, _OFFERED)
        if ranked[0].near < GUESSED:
            return Puzzled(tuple(_reading(likeness) for likeness in likeliest), message.text)
        others = (each.label.partition(":")[2] for each in likeliest[1:] if each.label.startswith("ask:"))
        return self.wanted(ranked[0].label, message).changed(near=tuple(others))

    def _is_a_day(self, message: Heard) -> bool:
        """Tell whether the words are a day and nothing else, whatever topic they are like: "mid January"."""
        plain = self._small.days | _PARTS_OF_MONTHS
        return all(word in plain or word.isdecimal() for word in message.words) and bool(self._days.find(message))

    def _unclear(self, message: Heard) -> Event:
        """Ask what a bare day is for, and own up to the rest."""
        days = self._days.find(message).days[:1] if len(message.words) <= _FEW else ()
        readings = tuple(f"{wish}:{day.isoformat()}" for day in days for wish in ("remind", "pause"))
        return Puzzled(readings, message.text)


def nearness(ranked: list[Likeness]) -> float:
    """Return how near the likeliest is; 0 where nothing is like the words."""
    return ranked[0].near if ranked else 0.0


def _reading(likeness: Likeness) -> str:
    return likeness.label if ":" in likeness.label else f"{likeness.label}:"
