"""Typed words that may turn something on: only what is named outright, or a plain yes, does."""

from __future__ import annotations

from bot.events import Answered, Event, Puzzled
from bot.typed.consent import Consent
from bot.typed.hearing import PLAIN_YES, Heard
from bot.typed.picking import Picking
from bot.typed.wishes import Wishes

_GOING_ON = ("", "resume")
"""What a yes may also be heard as: "go on"."""


class OptingIn:
    """Reads what is picked where each pick turns something on; what is less than plain is asked about."""

    def __init__(self, wishes: Wishes, picking: Picking, consent: Consent) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._picking = picking
        self._consent = consent

    def hear(self, message: Heard) -> Event | None:
        """Return what is picked, a doubt where that is not plain, or None where the words are about something else."""
        beyond = self._beyond_yes(message)
        picked = self._picking.answer(beyond)
        if isinstance(picked, Answered) and self._refuses(picked, message):
            return picked
        asks = message.asks and not self._small.agrees(message.words)
        plain = not asks and not self._wishes.measures.is_half_hearted(message.words)
        if plain and (agreed := self._agreed(message)):
            return agreed
        if isinstance(picked, Answered):
            named = plain and self._picking.names(beyond, picked.options)
            return picked if named else Puzzled((PLAIN_YES,), message.text)
        return Puzzled((PLAIN_YES,), message.text) if not asks and self._falls_short(message) else picked

    def _falls_short(self, message: Heard) -> bool:
        """Tell whether a yes is near, and nothing is named: "maybe", "sure, if it is not too many"."""
        words = message.words
        if self._wishes.exactly(words) or self._small.cannot_tell(words):
            return False
        unsure = self._small.verdict(words, whole=True) == "unsure"
        opens = self._small.opens_with_yes(self._small.bare(words)) > 0
        return unsure or opens or self._wishes.measures.is_half_hearted(words)

    def _beyond_yes(self, message: Heard) -> Heard:
        """Return what is named after a yes: "the tips" of "yes, the tips"; all of it where nothing more is said."""
        words = self._small.bare(message.words)
        rest = words[self._small.opens_with_yes(words) :]
        return message.changed(words=rest, text=" ".join(rest)) if 0 < len(rest) < len(words) else message

    def _agreed(self, message: Heard) -> Event | None:
        """Return what a plain yes picks, or "all of them": all but a no; None where neither is said."""
        places = self._small.places
        words = [word for word in message.words if word not in places.filler]
        if " ".join(words) in places.every:
            refusing = self._saying("no", message)
            wanted = tuple(option.id for option in message.expects.options if option.id not in refusing)
            return Answered(options=wanted) if len(wanted) <= message.expects.most else None
        known = self._wishes.exactly(message.words)
        if known not in _GOING_ON or self._consent.verdict(message) != "yes":
            return None
        meant = self._saying("yes", message)
        return Answered(options=meant) if len(meant) == 1 else None

    def _refuses(self, picked: Answered, message: Heard) -> bool:
        unsure = self._small.verdict(message.words, whole=True) == "unsure"
        return not unsure and (not picked.options or picked.options == self._saying("no", message))

    def _saying(self, verdict: str, message: Heard) -> tuple[str, ...]:
        return tuple(
            option.id
            for option in message.expects.options
            if any(self._small.verdict(self._wishes.lexicon.read(way)) == verdict for way in option.says)
        )
