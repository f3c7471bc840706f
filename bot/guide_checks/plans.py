"""What a plan is lived with: sections its lines open, spans its day offers, and what an action names."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guide_checks.draft import Draft
from bot.guide_text.source import Problem, report
from bot.repeats import EVERY, parse_every

_REWORDING = ("smaller", "other")


def check(draft: Draft) -> Iterator[Problem]:
    """Yield sections that cannot take what a plan line needs, and spans that stand for nothing."""
    yield from _after(draft)
    yield from _rewording(draft)
    yield from _spans(draft)


def _after(draft: Draft) -> Iterator[Problem]:
    for action in draft.read.values["actions"]:
        section = draft.guide.section_by_id.get(action.values["after"])
        if section is not None and section.shows != "evidence":
            message = f"`after` of action `{action.values['id']}` names a section that keeps no evidence."
            mend = f"Give section `{section.id}` the line `shows: evidence`."
            yield report(action.spot_of("after"), "unfit-section", message, mend)


def _rewording(draft: Draft) -> Iterator[Problem]:
    for section in draft.read.values["sections"]:
        texts = [question for question in section.values["questions"] if question.values["kind"] in ("text", "")]
        if section.values["shows"] in _REWORDING and len(texts) != 1:
            message = f"Section `{section.values['id']}` asks for a step in a person's own words."
            yield report(section.spot_of("shows"), "unfit-section", message, "Give it one question of `kind: text`.")


def _spans(draft: Draft) -> Iterator[Problem]:
    for question in draft.questions():
        for option in question.values["options"] if question.values["kind"] == "date" else ():
            name = option.values["id"]
            if name.startswith(EVERY) and parse_every(name.removeprefix(EVERY)) is None:
                message = f"`{name}` is no span of time."
                yield report(option.spot_of("id"), "unfit-span", message, "Write it as `every-2w` or `every-1m`.")
