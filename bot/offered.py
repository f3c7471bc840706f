"""What was offered at the menu: each thing with its words, and a typed day or span for the plan line it is about."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.days import parse_day, show_day
from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide, Option
from bot.plan import due_lines, open_lines, say_every, show_line
from bot.repeats import parse_every
from bot.replies import Words
from bot.talk import Talk, menu_id
from bot.typed.dates import find_days
from bot.typed.hearing import RULED_OUT
from bot.typed.turns import find_turns
from bot.typed.words import clean, split
from bot.understanding import Expects, Understanding

GENTLE = ("do:resume",)
"""What is offered, and all that is, in a rest that followed something hard: it ends only by a wish to go on."""

FEW = 4
"""Up to how many words are a bare day, where days are offered."""

PUT_OFF = ("pause", "skip", "no", "plan")
"""What "not now" and the like are heard as, which beside a due step mean the step."""

AT_A_QUESTION = ("not now", "not yet", "later")
"""Said to a question, these mean the talk, whatever is due in the plan."""

_NUMBERED = re.compile(r"do:(\w+):(\d{4}-\d\d-\d\d|\d+[dwm]\d*)(#\d+)?")


def offered_options(talk: Talk) -> tuple[Option, ...]:
    """Return what was offered at the menu, as options that can be numbered and named."""
    return tuple(_as_option(talk, offer) for offer in talk.state.offered)


def rests_gently(talk: Talk) -> bool:
    """Say whether the talk rests because somebody told of something hard."""
    return bool(talk.state.rest) and talk.state.offered == GENTLE


def menu_options(talk: Talk) -> tuple[Option, ...]:
    """Return every line of the menus by its label: a menu further up still stands there to be read, and pressed."""
    return tuple(Option(id=menu_id(item), label=item.label) for item in talk.guide.menu)


def _as_option(talk: Talk, offer: str) -> Option:
    kind, _, rest = offer.partition(":")
    for item in talk.guide.menu:
        if (kind == "open" and item.opens == rest) or (
            kind == "do" and rest == f"{item.does}:{item.detail}".rstrip(":")
        ):
            return Option(id=offer, label=item.label, says=item.says)
    if kind in ("edit", "open"):
        return Option(id=offer, label=_name(talk.guide, rest) or rest)
    intent, _, detail = rest.partition(":")
    labels = talk.guide.phrases.labels
    of_line = _of_line(talk, intent, detail) if "#" in detail or parse_day(detail) else ""
    label = of_line or _name(talk.guide, detail) or labels.get(f"offer_{intent}") or labels.get(intent, rest)
    return Option(id=offer, label=label)


def _name(guide: Guide, name: str) -> str:
    """Return the title of whatever has that id."""
    for index in (guide.topic_by_id, guide.document_by_id, guide.section_by_id):
        entry = index.get(name)
        if entry is not None:
            return str(getattr(entry, "title", ""))
    return ""


def _of_line(talk: Talk, intent: str, detail: str) -> str:
    """Return the label of something offered for a plan line: a day, a span, a step, or the line's own words."""
    said, _, number = detail.partition("#")
    day, every, action = parse_day(said), parse_every(said), talk.guide.find_action(said)
    if day:
        return show_day(day)
    if every:
        return say_every(talk.guide, every)
    if action:
        return action.label
    labels = talk.guide.phrases.labels
    if said:
        return labels.get({"never": "no_repeat", "own": "own_step"}.get(said, f"whose_{said}"), "")
    place = int(number) if number.isdecimal() else 0
    alike = sum(offer.startswith(f"do:{intent}:#") for offer in talk.state.offered)
    if alike > 1 and 0 < place <= len(talk.state.commitments):
        words = show_line(talk.guide, place, talk.state.commitments[place - 1]).words
        return words.text if isinstance(words, Words) else words
    return labels.get({"snooze": "another_day", "drop": "drop_this"}.get(intent, intent), "")


def typed_for_offer(talk: Talk, understanding: Understanding, text: str) -> Event | None:
    """Read a day, or how often, typed where such are offered for a line of the plan."""
    found = [match for offer in talk.state.offered if (match := _NUMBERED.fullmatch(offer))]
    if not found:
        return None
    intent, value, number = found[0][1], found[0][2], found[0][3] or ""
    if parse_day(value) is None:
        turns = find_turns(text, talk.now)
        return Wanted(intent, f"{turns}{number}", text) if turns and turns.every else None
    if text.strip().isdecimal() or len(split(clean(text))) > FEW:
        return None
    event = understanding.hear(text, Expects("date"), talk.now)
    return (
        Wanted(intent, f"{event.day.isoformat()}{number}", text) if isinstance(event, Answered) and event.day else None
    )


def put_off(talk: Talk, event: Event) -> Event:
    """Take "not now" and the like, where a step of the plan is due, for the step and not for the whole talk."""
    if not (_puts_off(event) and isinstance(event, Wanted | Puzzled)):
        return event
    heard = event.detail if isinstance(event, Wanted) else ""
    words = " ".join(split(clean(event.text)))
    said = next(
        (each for each in talk.guide.phrases.words.get("put-off", ()) if f" {words} ".find(f" {each} ") >= 0), ""
    )
    if not said or (talk.question is not None and said in AT_A_QUESTION):
        return event
    due = due_lines(talk.guide, talk.state, talk.today)
    dated = [line for line in open_lines(talk.guide, talk.state) if line.day]
    if not (due or (dated and words.startswith("snooze"))):
        return event
    return Wanted("snooze", _day_after(talk, words, heard), event.text)


def _puts_off(event: Event) -> bool:
    if isinstance(event, Puzzled):
        return any(reading.startswith(RULED_OUT) for reading in event.readings)
    return isinstance(event, Wanted) and event.intent in PUT_OFF


def _day_after(talk: Talk, words: str, heard: str) -> str:
    """Return the day named; "not this week" means the next one."""
    if "not this week" in words:
        return (talk.today + timedelta(days=7 - talk.today.weekday())).isoformat()
    if "not this month" in words:
        return (talk.today.replace(day=28) + timedelta(days=4)).replace(day=1).isoformat()
    days = () if heard else find_days(words, talk.now, asked=True).days
    return days[0].isoformat() if days else heard
