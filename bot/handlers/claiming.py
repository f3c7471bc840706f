"""Lines for the CV: shown beside the person's own evidence, and confirmed by them, one by one."""

from __future__ import annotations

from bot.cv import all_lines, cv_lines, sample_lines
from bot.events import Wanted
from bot.evidence import WHOSE, claim
from bot.handlers.telling import menu_offer, then_return
from bot.replies import Claimed, CvLine, Offer, ShowCv
from bot.talk import Step, Talk
from bot.typed.plan_lines import plan_number
from bot.typed.words import clean, split


def show_cv(talk: Talk, _event: Wanted) -> Step:
    """Show CV lines for the person's evidence, or samples of what they could become."""
    own = cv_lines(talk.guide, talk.state)
    lines: tuple[CvLine, ...] = own or sample_lines(talk.guide, talk.state)
    unsaid = next((line for line in own if not line.whose), None)
    offers = _offers(talk, unsaid)
    asks = own.index(unsaid) + 1 if unsaid else 0
    return then_return(talk, ShowCv(lines, bool(own), asks, offers), offers=offers)


def _offers(talk: Talk, unsaid: CvLine | None) -> tuple[Offer, ...]:
    """Return whose result the line may be, where that is open, and the ways on."""
    claims = tuple(
        Offer(f"do:claim:{whose}#{unsaid.key}", talk.label(f"whose_{whose}")) for whose in WHOSE if unsaid is not None
    )
    return (*claims, Offer("do:practice", talk.label("practice")), menu_offer(talk))


def take_claim(talk: Talk, event: Wanted) -> Step:
    """Keep whose result a CV line is, by the person's word, and ask about the next one."""
    said, _, key = event.detail.partition("#")
    whose = said or _said(talk, event.text)
    line = _meant(talk, key, plan_number(event.text))
    if line is None or whose not in WHOSE:
        return show_cv(talk, event)
    kept = talk.on(claim(talk.state, line.key, whose, talk.today))
    following = next((each for each in cv_lines(talk.guide, kept.state) if not each.whose), None)
    offers = _offers(talk, following)
    shown = CvLine(line.line, line.proof, line.known, whose, line.key)
    return then_return(kept, Claimed(shown, following, offers), offers=offers)


def _said(talk: Talk, text: str) -> str:
    """Return whose result it was by typed words; nothing where none were typed."""
    words = set(split(clean(text)))
    lists = talk.guide.phrases.words
    if not words.isdisjoint(lists.get("left-out", ())):
        return "none"
    if not words.isdisjoint(lists.get("of-a-team", ())):
        return "team"
    return "mine" if words else ""


def _meant(talk: Talk, key: str, number: int) -> CvLine | None:
    """Return the line of that key, of that place in the list, or the first that nothing was said of."""
    if key:
        return next((line for line in all_lines(talk.guide, talk.state) if line.key == key), None)
    shown = cv_lines(talk.guide, talk.state)
    if number:
        return shown[number - 1] if number <= len(shown) else None
    return next((line for line in shown if not line.whose), shown[0] if len(shown) == 1 else None)
