"""What every check looks at: the entries as read, the plain values in them, and the guide they make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.guide import Guide
from bot.guide_text.building import Built
from bot.guide_text.format import USES, Id, Text, Use
from bot.guide_text.reading import Record
from bot.guide_text.source import Spot
from bot.guide_text.values import Found


@dataclass(frozen=True)
class Draft:
    """A guide on its way to be checked. `shared` holds what was read of the phrases of its language."""

    read: Record
    found: tuple[Found, ...]
    built: Built
    shared: tuple[Found, ...] = ()

    @property
    def guide(self) -> Guide:
        """Return the guide as built so far."""
        return self.built.guide

    @property
    def spot(self) -> Spot:
        """Return the beginning of the guide's first file."""
        return self.read.source.spot

    @cached_property
    def ids(self) -> Mapping[str, Mapping[str, Spot]]:
        """Return where each id stands, by the kind of its entry."""
        places: dict[str, dict[str, Spot]] = {}
        for each in self.found:
            if isinstance(each.kind, Id):
                places.setdefault(each.owner, {}).setdefault(each.owner_id, each.spot)
        return places

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names and short forms that the author declared."""
        return tuple(self.read.values["names"])

    def texts(self) -> Iterator[tuple[Found, Use]]:
        """Yield every text that a person may be shown, with what it is for."""
        for each in (*self.found, *self.shared):
            if isinstance(each.kind, Text) and USES[each.kind.use].shown:
                yield each, USES[each.kind.use]

    def questions(self) -> Iterator[Record]:
        """Yield every question as the author wrote it: ordinary, of the ladder, and once per action."""
        ladder = self.read.values["ladder"]
        yield from ladder.values["questions"] if ladder is not None else ()
        for section in self.read.values["sections"]:
            yield from section.values["questions"]
            yield from section.values["each"]


_NOT_WORDS = re.compile(r"[^\w+%]+")


def plain_words(text: str) -> str:
    """Return a text as it is compared: lower case, no accents' variants, no punctuation, single spaces."""
    flat = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("'", "")
    return _NOT_WORDS.sub(" ", flat).strip()
