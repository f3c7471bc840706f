"""What is settled about notes, at a glance: which, how often, when, and whether they rest, each with what opens it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.note_wishes import WEEKLY, Wishes, wishes_of
from bot.replies import Given, Offer, ShowSettings
from bot.talk import Talk
from bot.working_time import SUN_THU, WEEKDAYS, name_of_country


def show_settings(talk: Talk) -> ShowSettings:
    """Return the settings as they are now; what was never asked is said as it is taken to be."""
    wishes = wishes_of(talk.guide, talk.state)
    settings = tuple(_settings(talk, wishes)) if wishes else ()
    set_up = () if wishes else (Offer("do:notes", talk.label("set_up_notes")),)
    rest = Offer("do:resume", talk.label("resume")) if talk.state.rest else Offer("do:pause", talk.label("pause"))
    return ShowSettings(settings, talk.state.rest, talk.state.until, (*set_up, rest))


def _settings(talk: Talk, wishes: Wishes) -> Iterator[Given]:
    for name, words in _as_taken(talk, wishes).items():
        question = talk.guide.question_by_id.get(getattr(talk.guide.follow_up, name))
        if question is not None:
            yield Given(f"edit:{question.id}", talk.label(f"setting_{name}"), words or talk.label("not_set"))


def _as_taken(talk: Talk, wishes: Wishes) -> dict[str, str]:
    """Return each setting in words, as it is acted on: a day off, or a city nobody knows, is not what was answered.

    Which day, and how many a week, is said only to whoever gets a weekly note.
    """
    week, time = wishes.week, f"{wishes.minute // 60:02}.{wishes.minute % 60:02}"
    weekly = {"often": _label(talk, "often", str(wishes.often)), "day": WEEKDAYS[wishes.day]}
    return {
        "kinds": _label(talk, "kinds", *wishes.kinds),
        **(weekly if any(kind in WEEKLY for kind in wishes.kinds) else {}),
        "time": _label(talk, "time", time) or time.replace(".", ":"),
        "zone": week.zone,
        "week": _label(talk, "week", "sun-thu" if week.workdays == SUN_THU else "mon-fri"),
        "country": name_of_country(week.country),
    }


def _label(talk: Talk, name: str, *picked: str) -> str:
    """Return the labels of these options of a setting's question."""
    question = talk.guide.question_by_id.get(getattr(talk.guide.follow_up, name))
    found = (question.option(option) for option in picked) if question else ()
    return "; ".join(option.label for option in found if option)
